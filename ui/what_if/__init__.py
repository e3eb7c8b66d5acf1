"""what_if"""
