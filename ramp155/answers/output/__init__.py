"""Output of a scenario: its path and band, the response to supply, the odds of targets, and what
one month comes to.
"""
