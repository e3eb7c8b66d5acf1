"""Sentences about how good the evidence is: promises kept, targets, the track record, quality of the record."""
