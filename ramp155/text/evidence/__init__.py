"""Sentences about how good the evidence is: promises kept, targets, the hindcast, quality of the record."""
