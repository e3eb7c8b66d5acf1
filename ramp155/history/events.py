"""Which events are dated milestones, and the year with which today's build-up begins."""

from __future__ import annotations

MILESTONES = ["groundbreaking", "opened", "first_output", "full_rate"]
BUILD_UP_YEAR = 2020  # what was promised or begun before this year belongs to an older build-up
