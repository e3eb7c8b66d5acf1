"""Coefficients drawn from their ranges, kept where they agree with published totals, and edited by
a visitor.
"""
