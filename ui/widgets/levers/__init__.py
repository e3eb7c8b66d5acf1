"""The levers as widgets: the live slider and the plain ones."""
