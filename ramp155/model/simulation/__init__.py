"""Levers put on capacity, and the chain run over positions of the slider and draws."""
