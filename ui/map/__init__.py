"""What stands on the map page: the choice of a site, utilisation, the table of sites."""
