"""A picture as a 16:9 poster, or as the table behind it."""
