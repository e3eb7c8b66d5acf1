"""In which unit each number of an answer stands, by the name of its field."""

from __future__ import annotations

_ROUNDS = "complete rounds a year"
_SHARE = "0 to 1"
_LOG_MISS = "average miss, natural logarithm"
_RATE = "a year, in `unit`"
UNITS: dict[str, str] = {
    **dict.fromkeys(
        (
            "rounds_per_year",
            "baseline_rounds_per_year",
            "nameplate_rounds_per_year",
            "p10",
            "p25",
            "p50",
            "p75",
            "p90",
            "figure_p10",
            "figure_p90",
            "nameplate_p10",
            "nameplate_p50",
            "nameplate_p90",
            "reported_low",
            "reported_high",
            "allows_p10",
            "allows_p50",
            "allows_p90",
            "alone_adds_p50",
            "alone_median_rises",
            "adds_p50",
            "median_rises",
        ),
        _ROUNDS,
    ),
    **dict.fromkeys(
        (
            "bottleneck_share",
            "binds_share",
            "alone_gains_share",
            "gains_share",
            "odds",
            "late_share",
            "early_share",
            "coverage50",
            "coverage80",
        ),
        f"share of runs or cases, {_SHARE}",
    ),
    "nitrocellulose": "times today's supply, 1 = 100 %",
    "effort": "share of the levers' way, 1 = from baseline to double",
    "progress": f"share of the promised rate that is reached, {_SHARE}",
    **dict.fromkeys(
        ("lateness_months", "slip_months", "slip_low", "slip_high", "months_late"), "months"
    ),
    **dict.fromkeys(("median_months", "p90_months", "median_range_months"), "months late"),
    **dict.fromkeys(("milestones", "late_by_two_months_or_more"), "milestones"),
    **dict.fromkeys(("last_rate", "target_rate", "rate"), _RATE),
    "ratio": "what came over what was promised",
    "investment_eur_m": "million euros",
    **dict.fromkeys(("value_low", "value_high"), "in `value_unit`"),
    **dict.fromkeys(("agreeing_count", "known_count"), "estimates"),
    **dict.fromkeys(("crps", "crps_persistence", "crps_line", "crps_promises"), _LOG_MISS),
}
