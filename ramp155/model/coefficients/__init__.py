"""coefficients"""
