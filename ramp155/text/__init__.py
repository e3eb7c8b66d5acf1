"""Answers in words: every sentence on a page, in a file or in a brief, made from the numbers beside
it.
"""
