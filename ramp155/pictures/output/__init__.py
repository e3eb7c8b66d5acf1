"""Pictures of output over time: the path with its band, scenarios beside each other, the live
slider, reports.
"""
