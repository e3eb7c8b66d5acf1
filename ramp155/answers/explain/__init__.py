"""A figure taken apart: between which runs it lies, and what one run's month is made of."""
