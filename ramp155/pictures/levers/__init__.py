"""Pictures of what levers and coefficients do: response, tornado, odds of a goal, causes,
utilisation.
"""
