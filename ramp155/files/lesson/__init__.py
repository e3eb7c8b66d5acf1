"""Lessons read from TOML: steps to read, predict, move and check, with errors that name lesson, step and entry."""
