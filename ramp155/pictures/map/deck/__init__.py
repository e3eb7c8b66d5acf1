"""The ground of the map as deck.gl layers: sea, land, borders, and the shade of countries."""
