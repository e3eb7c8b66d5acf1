"""The library, and what holds of the checkout as a whole."""
