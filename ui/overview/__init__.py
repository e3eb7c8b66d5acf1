"""What only the Overview has: the site picked on its map."""
