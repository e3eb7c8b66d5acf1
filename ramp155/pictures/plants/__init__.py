"""Pictures of plants: where they are, who runs them, starts, policies above them, and the part of capacity on
record.
"""
