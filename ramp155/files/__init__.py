"""What is taken away: posters, tables, slides, briefs, live pages, the data package and stories."""
