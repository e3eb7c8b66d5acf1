"""A visitor's own data: upload, editing one line, faults, and what follows."""
