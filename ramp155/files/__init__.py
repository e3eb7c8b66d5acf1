"""What is taken away: posters, tables, slides, briefs, the live page, the data package, stories."""
