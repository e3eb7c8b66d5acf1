"""What was known on a day: status, milestones, slips, durations and claims, all derived from dated
events.
"""
