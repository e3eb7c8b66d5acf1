"""Commands that ask the record: status, opened, fit, slips, targets, hindcast, score, audit."""

from __future__ import annotations

import argparse
import json

import pandas as pd

from ramp155.answers.audit.checks import run_audit
from ramp155.answers.audit.headlines import list_headlines
from ramp155.answers.output.fit_report import report_fit
from ramp155.answers.targets import (
    Tally,
    list_targets,
    list_western_targets,
    tally_targets,
)
from ramp155.answers.track.archive import archive_forecast, list_releases
from ramp155.answers.track.forecasts import keep_forecasts, list_track
from ramp155.answers.track.groups import name_groups
from ramp155.answers.track.judged import judge_releases
from ramp155.answers.track.score import Score, Share, score_forecasts, score_groups
from ramp155.base.whole_file import write_whole_file
from ramp155.cli.columns import (
    HINDCAST_COLUMNS,
    OPENED_COLUMNS,
    SCORE_COLUMNS,
    SLIP_COLUMNS,
    STATUS_COLUMNS,
    TARGET_COLUMNS,
)
from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.cli.tables import build_json_rows, format_json, print_table, replace_unknown
from ramp155.history.as_known import rewind_records
from ramp155.history.openings import OPENED_SINCE, find_openings
from ramp155.history.slips import Readings, list_dated_milestones, read_slips
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.record.dates import first_day
from ramp155.record.read import DATA
from ramp155.text.evidence.promises import write_slips, write_slips_range
from ramp155.text.evidence.targets import write_targets_reading, write_targets_title
from ramp155.text.evidence.track import (
    write_misses,
    write_releases,
    write_track_reading,
    write_track_title,
)


def print_statuses(options: argparse.Namespace) -> ExitCode:
    """Print where every line stood on a date; as JSON, one object a line."""
    statuses = list_statuses(load_record(), options.as_of)[STATUS_COLUMNS]
    if options.format == "json":
        for status in build_json_rows(statuses):
            print(json.dumps(status, ensure_ascii=False))
    else:
        flag_texts = ["; ".join(flags) for flags in statuses["flags"]]
        print_table(statuses.assign(flags=flag_texts), options.format)
    return ExitCode.DONE


def print_fit(options: argparse.Namespace) -> ExitCode:
    """Print the published ranges of a year beside the runs."""
    print_table(report_fit(Model(load_record())).round(0), options.format)
    return ExitCode.DONE


def print_openings(options: argparse.Namespace) -> ExitCode:
    """Print the lines that opened since a day; as JSON, one object a line."""
    since = first_day(options.since) if options.since else OPENED_SINCE
    openings = find_openings(load_record(), since, as_of=options.as_of)
    openings = openings.rename(columns={"name": "site", "operator": "maker", "date": "opened"})
    openings["for_155"] = openings["for_155"] == "yes"
    if options.format == "json":
        for opening in build_json_rows(openings[OPENED_COLUMNS]):
            print(json.dumps(opening, ensure_ascii=False))
    else:
        print_table(openings[OPENED_COLUMNS], options.format)
    return ExitCode.DONE


def print_slips(options: argparse.Namespace) -> ExitCode:
    """Print every milestone with two dates, and at the end both readings of how far they lie apart."""
    known_records = rewind_records(load_record(), options.as_of)
    dated_milestones = list_dated_milestones(known_records)
    readings = read_slips(dated_milestones)
    if options.format == "json":
        milestones = build_json_rows(dated_milestones[SLIP_COLUMNS])
        print(format_json([*milestones, {"readings": _build_readings(readings)}]))
        return ExitCode.DONE
    print_table(dated_milestones[SLIP_COLUMNS], options.format)
    if options.format == "table" and len(dated_milestones):
        print(f"\n{write_slips(readings)}. {write_slips_range(known_records)}")
    return ExitCode.DONE


def _build_readings(readings: Readings) -> dict[str, object]:
    """Both readings as JSON values: counts, shares from 0 to 1, months."""
    spreads = {"strict": readings.strict, "middle": readings.middle}
    values: dict[str, object] = {
        name: {
            "milestones": spread.count,
            "late_share": replace_unknown(round(spread.late, 4)),
            "early_share": replace_unknown(round(spread.early, 4)),
            "median_months": replace_unknown(spread.median),
            "p90_months": replace_unknown(spread.p90),
        }
        for name, spread in spreads.items()
    }
    values["late_by_two_months_or_more"] = readings.late_clearly
    values["median_range_months"] = [
        replace_unknown(readings.median_low),
        replace_unknown(readings.median_high),
    ]
    return values


def print_targets(options: argparse.Namespace) -> ExitCode:
    """Print every public target with what became of it, and at the end what western ones came to."""
    record = load_record()
    targets = list_targets(record)[TARGET_COLUMNS]
    if options.format == "json":
        tally = _build_tally(tally_targets(list_western_targets(record)))
        print(format_json([*build_json_rows(targets), {"western": tally}]))
        return ExitCode.DONE
    print_table(targets, options.format)
    if options.format == "table":
        print(f"\n{write_targets_title(record)}. {write_targets_reading(record)}")
    return ExitCode.DONE


def _build_tally(tally: Tally) -> dict[str, object]:
    """A tally as JSON values: counts, and shares from 0 to 1."""
    return {
        name: replace_unknown(round(value, 4)) if isinstance(value, float) else value
        for name, value in vars(tally).items()
    }


def print_hindcast(options: argparse.Namespace) -> ExitCode:
    """Print every past forecast with what came of it, and how good they were."""
    forecasts = list_track(load_record())
    if options.format == "json":
        rows = build_json_rows(forecasts[HINDCAST_COLUMNS])
        print(format_json({"rows": rows, "score": _build_scores(forecasts)}))
        return ExitCode.DONE
    shown = HINDCAST_COLUMNS if options.format == "csv" else HINDCAST_COLUMNS[:15]
    print_table(forecasts[shown], options.format)
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
        shown = SCORE_COLUMNS if options.format == "csv" else SCORE_COLUMNS[:16]
        print_table(judged[shown], options.format)
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


def print_audit(options: argparse.Namespace) -> ExitCode:
    """Print what the audit finds; with `--release`, write today's headlines, forecast and track record first."""
    record = load_record()
    if options.release:
        headlines_csv = list_headlines(Model(record)).to_csv(index=False, lineterminator="\n")
        write_whole_file(DATA / "released.csv", headlines_csv.encode())
        record = load_record()  # with the headlines in it, which its version counts in
        keep_forecasts(record)
        archive_forecast(Model(record))
    findings = run_audit(Model(record))
    columns = ["severity", "rule", "id", "message"]
    print_table(
        pd.DataFrame([vars(finding) for finding in findings], columns=columns), options.format
    )
    has_fault = any(finding.severity == "fault" for finding in findings)
    return ExitCode.FAULTS if has_fault else ExitCode.DONE
