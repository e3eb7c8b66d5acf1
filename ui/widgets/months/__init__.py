"""The month as known on: a slider that plays in the browser and tells the server only when it is let go."""
