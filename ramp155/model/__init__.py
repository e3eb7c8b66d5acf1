"""What follows from the record: monthly capacity, the chain of stages, and thousands of draws of
what nobody published.
"""
