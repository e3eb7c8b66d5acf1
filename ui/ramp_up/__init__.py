"""What only Ramp-up has: the table of lines."""
