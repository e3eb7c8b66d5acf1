"""The view as a link: fields and how they are read, session state, pins, notices."""
