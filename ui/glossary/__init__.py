"""The glossary page: the term that is open, the search, and a card for every term."""
