"""The model as it would have been run at an earlier year end, against what was reported later."""
