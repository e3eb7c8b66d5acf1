"""Sentences about output: the title, what holds it back, the goal, and all that moves with the
slider.
"""
