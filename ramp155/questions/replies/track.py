"""Replies on how good forecasts were: hindcast, score."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.track.archive import list_releases
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.groups import name_groups
from ramp155.answers.track.judged import judge_releases
from ramp155.answers.track.score import Score, Share, score_forecasts, score_groups
from ramp155.questions.read import Asked
from ramp155.questions.replies.columns import HINDCAST_COLUMNS, SCORE_COLUMNS
from ramp155.questions.replies.reply import Reply
from ramp155.questions.replies.tables import build_json_rows, replace_unknown, write_table
from ramp155.record.records import Records
from ramp155.text.evidence.track import (
    write_misses,
    write_releases,
    write_track_reading,
    write_track_title,
)

_SHORT_COLUMNS = HINDCAST_COLUMNS[:15]  # what is printed to be read


def reply_hindcast(record: Records, asked: Asked) -> Reply:
    """Every past forecast with what came of it, and how good they were."""
    forecasts = list_track(record)
    rows = build_json_rows(forecasts[HINDCAST_COLUMNS])
    values = {"rows": rows, "score": _build_scores(forecasts)}

    def write_text() -> str:
        sentences = f"{write_track_title(forecasts)}. {write_track_reading(forecasts)} {write_misses(forecasts)}"
        return f"{write_table(forecasts[_SHORT_COLUMNS])}\n\n{sentences}"

    return Reply(values, forecasts[HINDCAST_COLUMNS], write_text)


def reply_score(record: Records, asked: Asked) -> Reply:
    """Forecasts of earlier releases with what was reported after them, and how good they were."""
    judged = judge_releases(record)
    releases = list_releases()
    says = write_releases(judged, releases)
    values = {
        "releases": [release._asdict() for release in releases],
        "rows": build_json_rows(judged[SCORE_COLUMNS]),
        "score": _build_scores(judged),
        "says": says,
    }

    def write_text() -> str:
        short_table = judged[["version", *_SHORT_COLUMNS]]
        return f"{write_table(short_table)}\n{says}" if len(judged) else says

    return Reply(values, judged[SCORE_COLUMNS], write_text)


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
            f"coverage{level}": _round_known(share.share),
            f"coverage{level}_interval": [_round_known(share.low), _round_known(share.high)],
        }
    values["crps"] = _round_known(score.crps)
    values |= {f"crps_{rule}": _round_known(miss) for rule, miss in score.rivals.items()}
    values["published80"] = _build_hits(score.published)
    values["bounds"] = _build_hits(score.bounds)
    return values


def _build_hits(share: Share) -> dict[str, int]:
    return {"hits": share.hits, "n": share.number}


def _round_known(number: float) -> object:
    return replace_unknown(round(number, 4))
