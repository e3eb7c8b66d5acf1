"""hindcast"""
