"""Pictures of lines counted: how many are late by country, what was promised of them, whose they are, what is unsaid."""
