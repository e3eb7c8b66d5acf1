"""What stands on the map page: filters and month, what clicks choose, utilisation, the table of plants."""
