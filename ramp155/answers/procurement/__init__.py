"""Demand met month by month from Europe, the US, elsewhere and stocks, and what a European
preference costs.
"""
