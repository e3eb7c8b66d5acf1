"""ramp_up"""
