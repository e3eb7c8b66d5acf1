"""Headlines: the finding of each picture in at most twelve words, for a slide, made from the numbers of the longer one."""
