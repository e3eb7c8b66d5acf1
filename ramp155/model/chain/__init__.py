"""The bill of materials run month by month, as one compiled loop over draws."""
