"""Pictures of demand and money: two tracks, preference, purchases, prices, grants."""
