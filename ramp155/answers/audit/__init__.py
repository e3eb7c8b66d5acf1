"""What is checked of the record beyond its form: order of events, double counting, headlines that
moved.
"""
