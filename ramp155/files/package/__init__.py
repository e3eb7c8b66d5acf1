"""The record as a data package, CSV, XLSX and GeoJSON."""
