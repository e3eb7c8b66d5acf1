"""What stands on the map page: the choice of a site, its dossier, utilisation, the table of sites."""
