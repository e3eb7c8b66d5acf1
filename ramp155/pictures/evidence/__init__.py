"""Pictures of the evidence: slips, targets, survival, silence, contested claims, the track record, the chain of
stages.
"""
