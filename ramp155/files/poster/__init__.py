"""A picture as a file: its chart drawn, set as a poster, or its figures as a table."""
