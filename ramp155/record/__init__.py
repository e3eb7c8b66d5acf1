"""The record: one schema, the tables read and checked against it, and `Records` as one immutable whole.

`schema` declares every table and column once; `read` turns CSV into text tables, `rules` finds what is
wrong with them, `records` makes them numbers and dates, `check` reports on a folder. `schema`, `read`,
`rules`, `dictionary` and `check` need no pandas, so that `python -m ramp155 check` starts at once.
"""
