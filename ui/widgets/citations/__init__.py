"""Who says so, on a page: sources as links, and lists of claims, events and assumptions."""
