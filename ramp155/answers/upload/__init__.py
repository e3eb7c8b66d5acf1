"""A visitor's tables put on the record, and the trial whether the model runs on it."""
