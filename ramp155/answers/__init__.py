"""Questions asked of record and model, answered in numbers: no words, no pictures."""
