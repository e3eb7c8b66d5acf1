"""Pictures of plants: ramps, milestones, starts, policies above them, and the part of capacity on
record.
"""
