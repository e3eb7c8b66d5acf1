"""Forecasts of the past against what came: how many ranges held, how far they missed, and the archive of released forecasts."""
