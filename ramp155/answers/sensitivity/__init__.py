"""What an answer hangs on: one coefficient at a time, all at once, and the parts a change is made
of.
"""
