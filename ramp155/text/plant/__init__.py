"""One plant in words: what it does now, what was promised of it and came, what nobody says, where reports
disagree, and what it adds.
"""
