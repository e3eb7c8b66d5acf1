"""Tests draw 200 sets of assumptions where the product draws 1,000: what is held here is not how
many.
"""

from __future__ import annotations

import os

# Read once, when `ramp155.model.model` is imported; servers that browser tests start inherit it.
os.environ.setdefault("RAMP155_DRAWS", "200")
