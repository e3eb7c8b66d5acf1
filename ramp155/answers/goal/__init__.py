"""goal"""
