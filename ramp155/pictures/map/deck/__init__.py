"""The map as deck.gl layers: ground, sites, badges, labels."""
