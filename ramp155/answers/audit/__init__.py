"""What is checked of the record beyond its form: order of events, double counting, headlines that moved; and what
changed from one record to another.
"""
