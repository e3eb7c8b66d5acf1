"""plants"""
