"""What the browser needs to run the chain by itself: the draws as compact numbers, the ramps of lines and the
chain's shape, in one compressed block.

Totals travel as knots and lines as ramps, so that delays, shares of projects and countries can be moved there
too: 9 stages x 108 months x 1,000 draws would be ten times as heavy and answer none of these.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ramp155.answers.output.figure_band import describe_figure_band
from ramp155.answers.output.medians import find_baseline_path, find_year_median
from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.delays import name_delay
from ramp155.model.capacity.growth import LONGEST_SHIFT, list_counted_ramps
from ramp155.model.capacity.needs import compute_line_scale, compute_needs
from ramp155.model.capacity.ramp import Ramp
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.capacity.stages import list_total_knots
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.coefficients.edits import Edits
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import (
    FORECAST_START,
    LAST_PLANNED_MONTH,
    MONTHS,
    YEARS,
    find_record_month,
)
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST, Scenario
from ramp155.model.simulation.levers import list_stage_levers
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_baseline
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import LEVER_GROUPS
from ramp155.text.phrases import PHRASES
from ramp155.text.scenario import find_warned_medians
from ramp155.text.stages import name_stages

_TRIMMED_BITS = 24  # of a float's 64
# Coefficients that levers are put on, by the name under which they travel.
_LEVERED = {
    "share": "share_155_nitrocellulose",
    "asia": "linters_asia_share",
    "reserve": "reserve_nitrocellulose",
    "realised": "realised_share",
    "utilisation": "utilisation",
}


def name_engine(model: Model, assume: Edits = ()) -> str:
    """A short name of an engine by what it is made of: record, draws, coefficients of one's own."""
    return hashlib.blake2b(repr((model.identity, assume)).encode(), digest_size=8).hexdigest()


@remember
def pack_engine(model: Model, assume: Edits = ()) -> bytes:
    """All that the browser needs to run the chain under any lever, compressed (zlib).

    Four bytes with the length of the head, the head as JSON, then the arrays that it lists in their order:
    floats and whole months as bytes, one of each a draw, each array on a multiple of eight bytes.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    assume : tuple of (str, float), optional
        Coefficients of one's own.

    Returns
    -------
    bytes
        Under half a megabyte at 1,000 draws; with coefficients of one's own the baseline's runs come along.
    """
    records = model.record
    draws = draw_coefficients(model, assume)
    params, chain = draws.params, find_chain(records)
    arrays: dict[str, NDArray[Any]] = {
        name: _trim_digits(params[coefficient]) for name, coefficient in _LEVERED.items()
    }
    arrays["need"] = _trim_digits(compute_needs(records, params)[records.stage_of_role["supply"]])
    stages = _list_stages(records, params, arrays)
    lines = _list_lines(records, params, arrays)
    if assume:
        arrays["baseline"] = _trim_digits(run_baseline(model)[:, draws.kept])
    head = {
        "key": name_engine(model, assume),
        "draws": len(params["utilisation"]),
        "months": MONTHS,
        "recordMonth": find_record_month(records),
        "lastPlanned": MONTHS.index(LAST_PLANNED_MONTH),
        "longestShift": LONGEST_SHIFT,
        "baseline": Scenario().as_dict(),
        "rested": {
            "path": (find_baseline_path(model) * 12).tolist(),
            "years": [find_year_median(model, Scenario(), year) for year in YEARS],
        },
        "targets": records.targets["rounds_per_year"].tolist(),
        "figure": describe_figure_band(records),
        "order": chain.order,
        "roles": dict(records.stage_of_role),
        "words": _list_words(model, assume),
        "stages": stages,
        "lines": lines,
        "arrays": [[name, array.dtype.str[1:], array.size] for name, array in arrays.items()],
    }
    written_head = json.dumps(head, ensure_ascii=False).encode()
    written_head += b" " * (-(len(written_head) + 4) % 8)
    parts = [len(written_head).to_bytes(4, "little"), written_head]
    for array in arrays.values():
        content = np.ascontiguousarray(array).tobytes()
        parts.append(content + bytes(-len(content) % 8))
    return zlib.compress(b"".join(parts), 6)


def _list_words(model: Model, assume: Edits) -> dict[str, Any]:
    """What the browser's sentences are made with: templates, levers, names, and what warnings compare levers with."""
    countries = model.record.countries
    return {
        "phrases": PHRASES,
        "levers": [
            {
                "name": lever.name,
                "key": lever.key,
                "label": lever.label,
                "short": lever.short,
                "unit": lever.unit,
                "scale": lever.scale,
                "base": lever.base,
                "low": lever.low,
                "high": lever.high,
                "step": lever.step,
                "timed": lever.is_timed,
                "explains": lever.explains,
                "group": LEVER_GROUPS[lever.group],
            }
            for lever in LEVERS
        ],
        "stages": name_stages(model.record),
        "countries": dict(zip(countries["country"], countries["name"], strict=True)),
        "medians": find_warned_medians(model, assume),
        "start": FORECAST_START,
    }


def _list_stages(
    records: Records, params: Params, arrays: dict[str, NDArray[Any]]
) -> list[dict[str, Any]]:
    """Every stage's place in the chain and how its capacity comes about; fills `arrays` with what is drawn."""
    chain, need, levers = (
        find_chain(records),
        compute_needs(records, params),
        list_stage_levers(records),
    )
    entries = []
    for row in records.list_stages():
        stage = row.stage
        rule, _, followed = row.total.partition(":")
        share = params[row.share] if row.share else np.ones(1)
        entry: dict[str, Any] = {
            "stage": stage,
            "feeds": chain.feeds[stage],
            "lead": chain.lead[stage],
            "buffer": chain.buffer[stage],
            "levers": levers[stage],
            "rule": rule,
            "followed": followed,
        }
        if rule == "knots":
            months, totals = list_total_knots(stage, params)
            if row.imports:
                totals = totals + params[row.imports]
            entry["knots"] = months.tolist()
            arrays[f"total_{stage}"] = _as_run(totals * share / need[stage] / 12, params)
        elif rule in ("ratio", "follows"):
            arrays[f"ratio_{stage}"] = _trim_digits(params[f"ratio_{stage}"])
        if rule != "unlimited":
            scale = compute_line_scale(stage, row.lines_share, params, share, need)
            arrays[f"lines_{stage}"] = _as_run(scale, params)
        entries.append(entry)
    return entries


def _as_run(rounds: Array, params: Params) -> NDArray[Any]:
    """Rounds a month as plants really run."""
    return _trim_digits(rounds * params["utilisation"])


def _trim_digits(numbers: Array) -> Array:
    """Numbers to nine digits: what is cut off is noughts, which take next to no room once compressed.

    Of 32-bit floats six or seven digits are left, and where output is little they would not bear it.
    """
    half = np.uint64(1 << (_TRIMMED_BITS - 1))
    bits = (np.ascontiguousarray(numbers, dtype="<f8").view("<u8") + half) >> np.uint64(
        _TRIMMED_BITS
    )
    return np.asarray((bits << np.uint64(_TRIMMED_BITS)).view("<f8"))


def _list_lines(
    records: Records, params: Params, arrays: dict[str, NDArray[Any]]
) -> list[dict[str, Any]]:
    """The ramps of named lines that add to capacity; fills `arrays` with how late each is, in whole months."""
    counted = {ramp.line_id for ramp in list_counted_ramps(records)}
    entries = []
    for ramp in list_ramps(records):
        is_counted = ramp.line_id in counted
        if not is_counted and ramp.country not in COUNTRIES_ON_REQUEST:
            continue
        if is_counted and not (ramp.planned or ramp.start_planned):
            continue  # it stands, and what stands is in the totals
        delay = name_delay(ramp.line_id)
        if delay not in params:
            delay = "slip_months"
        late = np.clip(np.rint(params[delay]), 0, LONGEST_SHIFT).astype("u1")
        arrays.setdefault(delay, late)
        entries.append(
            _list_ramp(ramp) | {"also": "" if is_counted else ramp.country, "delay": delay}
        )
    return entries


def _list_ramp(ramp: Ramp) -> dict[str, Any]:
    return {
        "stage": ramp.stage,
        "stand": ramp.stand,
        "done": ramp.done,
        "planned": ramp.planned,
        "start": ramp.start,
        "startPlanned": ramp.start_planned,
        "base": ramp.base,
        "recordEnd": ramp.record_end,
    }
