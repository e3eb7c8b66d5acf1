"""What every room stands on and what knows nothing of ammunition: the memory of answers, paths,
whole files, foreign text.
"""
