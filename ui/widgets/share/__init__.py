"""Share: the link with its QR code, and the files of a page or story."""
