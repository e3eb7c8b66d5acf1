"""What goes round every answer of the server: its headers, its line in the log, and the counts of them for whoever watches."""
