"""The record as a data package, as CSV and as XLSX."""
