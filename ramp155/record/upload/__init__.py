"""A visitor's own tables or package: read within limits, row by row, and marked as their own."""
