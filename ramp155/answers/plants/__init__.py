"""One plant in numbers: our reading of its lines, what was promised of them as it was promised, what it
adds by stage, where reports disagree, and who makes the same.
"""
