"""The map: sites, borders and labels, as a deck.gl map that moves and as a picture that is sent."""
