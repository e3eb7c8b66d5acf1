"""What an answer hangs on, coefficient by coefficient over the draws, and the parts a change is made of."""
