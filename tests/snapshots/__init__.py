"""What the product shows, written down: a change to it is seen as a difference in a file.

Renew after a change that was meant: `python -m tests.snapshots`, then read the difference before it is committed.
"""
