"""Explanations: what each figure and chart is, its arithmetic with this moment's numbers, who says so, and what it does not say."""
