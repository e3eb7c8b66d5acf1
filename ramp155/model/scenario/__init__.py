"""The levers, and a scenario as values of them: checked, named by presets, and written as link,
text or table.
"""
