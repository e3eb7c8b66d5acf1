"""The map as deck.gl layers: ground, sites, labels."""
