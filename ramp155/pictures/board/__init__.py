"""The board of lines: its rows, all months of them for the browser, and its picture for the wall."""
