"""What decides where lines and sites stand."""
