"""Capacity by stage: how much of it named lines account for, and how far it is used."""
