"""Commands that ask how good forecasts were: hindcast, score."""

from __future__ import annotations

import argparse

import pandas as pd

from ramp155.answers.track.archive import list_releases
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.groups import name_groups
from ramp155.answers.track.judged import judge_releases
from ramp155.answers.track.score import Score, Share, score_forecasts, score_groups
from ramp155.cli.columns import HINDCAST_COLUMNS, SCORE_COLUMNS
from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.cli.tables import build_json_rows, format_json, print_table, replace_unknown
from ramp155.text.evidence.track import (
    write_misses,
    write_releases,
    write_track_reading,
    write_track_title,
)


def print_hindcast(options: argparse.Namespace) -> ExitCode:
    """Print every past forecast with what came of it, and how good they were."""
    forecasts = list_track(load_record())
    if options.format == "json":
        rows = build_json_rows(forecasts[HINDCAST_COLUMNS])
        print(format_json({"rows": rows, "score": _build_scores(forecasts)}))
        return ExitCode.DONE
    print_table(forecasts[HINDCAST_COLUMNS], options.format)
    if options.format == "table":
        print(
            f"\n{write_track_title(forecasts)}. {write_track_reading(forecasts)} {write_misses(forecasts)}"
        )
    return ExitCode.DONE


def print_score(options: argparse.Namespace) -> ExitCode:
    """Print forecasts of earlier releases with what was reported after them, and how good they were."""
    judged = judge_releases(load_record())
    releases = list_releases()
    if options.format == "json":
        answer = {
            "releases": [release._asdict() for release in releases],
            "rows": build_json_rows(judged[SCORE_COLUMNS]),
            "score": _build_scores(judged),
            "says": write_releases(judged, releases),
        }
        print(format_json(answer))
        return ExitCode.DONE
    if len(judged) or options.format == "csv":
        print_table(judged[SCORE_COLUMNS], options.format)
    if options.format == "table":
        print(write_releases(judged, releases))
    return ExitCode.DONE


def _build_scores(forecasts: pd.DataFrame) -> dict[str, object]:
    """All scores as JSON values: over everything, and by group, series and cut-off."""
    grouped = forecasts.assign(group=name_groups(forecasts))
    is_europe = grouped["kind"] == "europe"
    by = {"by_kind": "group", "by_series": "series", "by_cutoff": "cutoff"}
    return {
        "overall": _build_score(score_forecasts(grouped)),
        "europe": _build_score(score_forecasts(grouped[is_europe])),
        "panel": _build_score(score_forecasts(grouped[~is_europe])),
        **{
            name: {key: _build_score(score) for key, score in score_groups(grouped, column).items()}
            for name, column in by.items()
        },
    }


def _build_score(score: Score) -> dict[str, object]:
    """A score as JSON values: counts, shares from 0 to 1 with their 90 % intervals, average misses in log."""
    values: dict[str, object] = {"n": score.inside80.number}
    for level, share in (("50", score.inside50), ("80", score.inside80)):
        values |= {
            f"hits{level}": share.hits,
            f"coverage{level}": _round(share.share),
            f"coverage{level}_interval": [_round(share.low), _round(share.high)],
        }
    values["crps"] = _round(score.crps)
    values |= {f"crps_{rule}": _round(miss) for rule, miss in score.rivals.items()}
    values["published80"] = _build_share(score.published)
    values["bounds"] = _build_share(score.bounds)
    return values


def _build_share(share: Share) -> dict[str, int]:
    return {"hits": share.hits, "n": share.number}


def _round(number: float) -> object:
    return replace_unknown(round(number, 4))
