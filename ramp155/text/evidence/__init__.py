"""Sentences about how good the evidence is: promises kept, the hindcast, quality of the record."""
