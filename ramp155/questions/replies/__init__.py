"""What each question is answered with: values for machines, a table, and words for people."""
