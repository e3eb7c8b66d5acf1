"""Pictures of the evidence: slips, survival, silence, contested claims, the hindcast, the chain of
stages.
"""
