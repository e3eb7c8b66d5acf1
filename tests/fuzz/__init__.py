"""What strangers send, made up by the million: links for the codec and the pages, files for what reads them."""
