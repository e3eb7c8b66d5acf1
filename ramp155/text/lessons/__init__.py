"""What lessons say: an answer in words, how far off a guess was, and why it is so."""
