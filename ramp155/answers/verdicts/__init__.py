"""A public statement judged: the case it is held against, its rates by draw, its verdict and odds."""
