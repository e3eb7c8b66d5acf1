"""Pictures of the evidence: slips, targets, survival, silence, contested claims, the hindcast, the chain of
stages.
"""
