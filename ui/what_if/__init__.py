"""The panels of What-if: goal, comparison, sensitivity, assumptions, causes, what is on record."""
