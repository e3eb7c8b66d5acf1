"""The command line: `python -m ramp155 COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ramp155 import files
from ramp155.record.check import check
from ramp155.record.dictionary import write_dictionary
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA

if TYPE_CHECKING:
    import pandas as pd

    from ramp155.gap import Comparison
    from ramp155.records import Records
    from ramp155.scenario import Scenario

# Commands of the tables alone: they start without the model, whose imports take most of a second.
TABLE_COMMANDS = ("check", "dictionary")
PATH_COLUMNS = [
    "month",
    "rounds_per_year",
    "baseline_rounds_per_year",
    "nameplate_rounds_per_year",
    "p10",
    "p50",
    "p90",
    "bottleneck",
]
RESPONSE_COLUMNS = ["nitrocellulose", "rounds_per_year", "bottleneck"]
STATUS_COLUMNS = [
    "line_id",
    "site_id",
    "product",
    "status",
    "flags",
    "progress",
    "slip_months",
    "evidence",
    "last_rate",
    "target_rate",
    "unit",
    "next_milestone",
    "next_date",
    "last_report",
]

SLIP_COLUMNS = [
    "line_id",
    "milestone",
    "first_promise",
    "latest_promise",
    "delivered",
    "slip_months",
    "first_event",
    "first_source",
    "end_event",
    "end_source",
]
HINDCAST_COLUMNS = [
    "cutoff",
    "observable",
    "year",
    "claim_id",
    "low",
    "high",
    "p10",
    "p50",
    "p90",
    "hit",
    "said_on",
]


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a broken record, 2 for a broken call."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(tables_only=words[:1] in [[name] for name in TABLE_COMMANDS]).parse_args(
        words
    )
    try:
        return options.command(options)
    except RecordsError as error:
        print(error, file=sys.stderr)
        return 1
    except (ValueError, OSError) as error:
        print(f"ramp155: {error}", file=sys.stderr)
        return 2


def _parser(tables_only: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ramp155", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def add(name: str, command: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        return sub

    sub = add("check", _check, "Validate the tables; print OK and counts, or every fault.")
    sub.add_argument("directory", nargs="?", default=DATA, type=Path)
    add("dictionary", _dictionary, "Write the tables' dictionary into data/README.md.")
    if tables_only:
        return parser
    from ramp155 import gap, outlook

    sub = add("run", _run, "Simulate a scenario against the baseline.")
    _scenario_options(sub)
    _draws_option(sub, 0, "accepted draws behind p10, p50 and p90; default: none")
    _format_option(sub)
    sub = add("goal", _goal, "The nitrocellulose supply that reaches a yearly output by a month.")
    _scenario_options(sub)
    sub.add_argument("--target", type=float, required=True, help="complete rounds a year")
    sub.add_argument("--by", default=outlook.DEFAULT_MONTH, help="YYYY-MM")
    _draws_option(sub, 1000, "accepted draws behind the odds")
    sub.add_argument("--format", choices=["json", "table"], default="table")
    sub = add("response", _response, "Output at one month against nitrocellulose supply, 0 to 2.")
    _scenario_options(sub)
    sub.add_argument("--month", default=outlook.DEFAULT_MONTH)
    _format_option(sub)
    sub = add("gap", _gap, "Russia's rounds over NATO's and Europe's, and the odds of parity.")
    _scenario_options(sub)
    _estimate_options(sub)
    sub.add_argument("--calibres", choices=list(gap.CALIBRES), default="155")
    sub.add_argument("--made", choices=list(gap.MADE), default="refurbished")
    sub.add_argument("--counts", choices=list(gap.COUNTS), default="output")
    _draws_option(sub, 1000, "accepted draws behind the band and the odds")
    _format_option(sub)
    sub = add("verdicts", _verdicts, "Public statements held against record and model.")
    _scenario_options(sub)
    _estimate_options(sub)
    _draws_option(sub, 1000, "accepted draws behind the odds")
    _format_option(sub)
    sub = add("status", _status, "Where every line stood on a date, one object a line.")
    sub.add_argument("--as-of", default="", help="YYYY-MM-DD; default: the record's last report")
    _format_option(sub)
    sub = add("fit", _fit, "Reported totals against the central run and the accepted draws.")
    _format_option(sub)
    sub = add("slips", _slips, "Every milestone with two dates, with both sources.")
    sub.add_argument("--as-of", default="", help="YYYY-MM-DD; default: the record's last report")
    _format_option(sub)
    sub = add(
        "hindcast", _hindcast, "Later reports against the model run with what was known before."
    )
    _format_option(sub)
    sub = add("audit", _audit, "Check what the record says; exit code 1 where a fault stands.")
    sub.add_argument(
        "--release", action="store_true", help="write today's headlines to data/released.csv"
    )
    _format_option(sub)
    sub = add("export", _export, "The record as a data package, CSV, XLSX and GeoJSON.")
    sub.add_argument("--out", type=Path, required=True, help="folder to write to")
    sub = add("geojson", _geojson, "Sites with a published town, as GeoJSON.")
    sub.add_argument("--out", type=Path, help="file to write; default: standard output")
    return parser


def _scenario_options(parser: argparse.ArgumentParser) -> None:
    from ramp155 import scenario

    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help="a lever to move; levers: "
        + ", ".join([*scenario.LEVER, "start", "also", "assume.ID"]),
    )
    parser.add_argument("--preset", help="start from a row of presets.csv; --set comes on top")


def _estimate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--russia", help="whose figure for Russia: an estimate_id of estimates.csv")
    parser.add_argument("--us", help="whose path for the US: an estimate_id of estimates.csv")


def _chosen(options: argparse.Namespace, *names: str) -> Comparison:
    """The comparison that was asked for; what was not stays at its default."""
    from ramp155 import gap

    given = {name: getattr(options, name) for name in ("russia", "us", *names)}
    return gap.Comparison(**{name: value for name, value in given.items() if value})


def _draws_option(parser: argparse.ArgumentParser, default: int, text: str) -> None:
    parser.add_argument("--draws", type=int, default=default, help=text)


def _format_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["json", "csv", "table"], default="table")


def _scenario(options: argparse.Namespace, record: Records) -> Scenario:
    from ramp155 import scenario

    settings = {}
    if options.preset:
        settings = scenario.preset_settings(record, options.preset)
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise ValueError(f"--set {setting}: expected LEVER=VALUE")
        settings[name.strip()] = value.strip()
    return scenario.from_settings(settings)


def _check(options: argparse.Namespace) -> int:
    counts, faults = check(options.directory)
    for fault in faults:
        print(fault)
    if faults:
        return 1
    print("OK " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0


def _dictionary(options: argparse.Namespace) -> int:
    print(write_dictionary())
    return 0


def _load() -> Records:
    from ramp155.record import records

    return records.load()


def _run(options: argparse.Namespace) -> int:
    from ramp155 import outlook

    record = _load()
    result = outlook.run(record, _scenario(options, record), draws=options.draws)
    path = result.path[PATH_COLUMNS]
    if options.format == "json":
        print(_json({"scenario": result.scenario.as_dict(), "path": _rows(path)}))
    else:
        _print(path, options.format)
    return 0


def _response(options: argparse.Namespace) -> int:
    from ramp155 import outlook

    record = _load()
    result = outlook.run(record, _scenario(options, record), month=options.month)
    _print(result.response[RESPONSE_COLUMNS], options.format)
    return 0


def _goal(options: argparse.Namespace) -> int:
    from ramp155 import goal, words

    record = _load()
    if options.draws < 1:
        raise ValueError("draws must be at least 1: odds are shares of draws")
    found = goal.seek(record, _scenario(options, record), options.target, options.by, options.draws)
    if options.format == "json":
        print(_json(found.as_dict()))
    else:
        for sentence in words.goal(record, found):
            print(sentence.replace("**", ""))
    return 0


def _gap(options: argparse.Namespace) -> int:
    from ramp155 import gap

    record = _load()
    chosen = _chosen(options, "calibres", "made", "counts")
    found = gap.compare(record, _scenario(options, record), chosen, options.draws)
    _print(found.ratio, options.format)
    return 0


def _verdicts(options: argparse.Namespace) -> int:
    import pandas as pd

    from ramp155 import verdicts

    record = _load()
    found = verdicts.judge(
        record, _scenario(options, record), _chosen(options), draws=options.draws
    )
    if options.format == "json":
        print(_json([verdict.as_dict() for verdict in found]))
    else:
        table = pd.DataFrame([verdict.as_dict() for verdict in found])
        table["claims"] = table["claims"].map(" ".join)
        wanted = list(table) if options.format == "csv" else ["verdict", "odds", "statement"]
        _print(table[wanted], options.format)
    return 0


def _status(options: argparse.Namespace) -> int:
    from ramp155 import timeline

    table = timeline.status(_load(), options.as_of)[STATUS_COLUMNS]
    if options.format == "json":
        for row in _rows(table):
            print(json.dumps(row, ensure_ascii=False))
    else:
        _print(table.assign(flags=table["flags"].map("; ".join)), options.format)
    return 0


def _fit(options: argparse.Namespace) -> int:
    from ramp155 import ensemble

    _print(ensemble.report(_load()).round(0), options.format)
    return 0


def _slips(options: argparse.Namespace) -> int:
    from ramp155 import evidence_words, promises, timeline

    known = timeline.as_known(_load(), options.as_of)
    dated = promises.dated(known)
    _print(dated[SLIP_COLUMNS], options.format)
    if options.format == "table" and len(dated):
        found = promises.spread(dated["slip_months"])
        print(f"\n{evidence_words.slips(found)}. {evidence_words.slips_range(known)}")
    return 0


def _hindcast(options: argparse.Namespace) -> int:
    import pandas as pd

    from ramp155 import evidence_words, hindcast

    record = _load()
    found = [hindcast.run(record, cutoff) for cutoff in hindcast.CUTOFFS]
    rows = pd.concat([one.totals.assign(cutoff=one.cutoff.isoformat()) for one in found])
    _print(rows[HINDCAST_COLUMNS], options.format)
    if options.format == "table":
        print(f"\n{evidence_words.hindcast_plain(found)}")
    return 0


def _audit(options: argparse.Namespace) -> int:
    import pandas as pd

    from ramp155 import audit

    record = _load()
    if options.release:
        headlines = audit.headlines(record)
        text = headlines.to_csv(index=False, lineterminator="\n")
        files.write_whole(DATA / "released.csv", text.encode())
        record = _load()
    found = audit.run(record)
    columns = ["severity", "rule", "id", "message"]
    _print(pd.DataFrame([vars(finding) for finding in found], columns=columns), options.format)
    return int(any(finding.severity == "fault" for finding in found))


def _export(options: argparse.Namespace) -> int:
    from ramp155 import export  # pulls in pydeck only for this command

    for path in export.write(_load(), options.out):
        print(path)
    return 0


def _geojson(options: argparse.Namespace) -> int:
    from ramp155 import maps  # pulls in geopandas only for this command

    text = maps.to_geojson(_load())
    if options.out:
        files.write_whole(options.out, text.encode())
    else:
        print(text)
    return 0


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as JSON values: unknown numbers become null."""
    rows = table.to_dict("records")
    return [{k: _plain(v) for k, v in row.items()} for row in rows]


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _print(table: pd.DataFrame, style: str) -> None:
    if style == "json":
        print(_json(_rows(table)))
    elif style == "csv":
        print(table.to_csv(index=False), end="")
    else:
        print(table.to_string(index=False, na_rep="-", float_format=lambda x: f"{x:,.6g}"))


if __name__ == "__main__":
    sys.exit(main())
