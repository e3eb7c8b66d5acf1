"""The one table of questions: what may be asked, with ranges and units, for the command line, the web's endpoints and assistants alike."""
