"""Briefings: stories read from TOML, written back, and made from a page or from pinned scenarios."""
