"""The number of the model: raised when an equation changes, so that links say which model they were
made with.
"""

from __future__ import annotations

MODEL_VERSION = 4
