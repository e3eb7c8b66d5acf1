"""Memory of one server that runs for long: many scenarios asked of one record, then many uploads.

Each scenario is asked as the Overview, What-if and Gap ask for it, and no two are the same. What is
measured is the process's resident memory and what the record's memory counts itself as holding.
"""

from __future__ import annotations

import gc
import random
import sys
import weakref
from pathlib import Path

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS, Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.procurement.flows import compute_flows
from ramp155.answers.procurement.terms import Terms
from ramp155.answers.trial import try_model
from ramp155.base.memory import ASSETS
from ramp155.files.live_body import build_live_body
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.theme import apply_theme
from ramp155.pictures.view import View, compare_pictured_gap, run_pictured_outlook
from ramp155.record.records import Records, load
from ramp155.record.upload.merge import read_upload

WHAT_IF_PICTURES = ("output", "response", "goal_odds", "stages")
GAP_PICTURES = ("ratio", "rates", "parity", "tracks")
AT_SCENARIOS = (50, 100, 200, 500, 1000)
AT_QUICK_SCENARIOS = (30, 60)
AT_RUNS_OF_FULL_SIZE = (10, 30, 60)  # at a thousand draws
AT_UPLOADS = (5, 20, 50)
MEGABYTE = 1024**2


def measure_resident() -> float:
    """Resident memory of this process.

    Returns
    -------
    float
        Megabytes.
    """
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / MEGABYTE


def draw_view(model: Model, luck: random.Random) -> View:
    """A view nobody has asked for yet: levers, month, whose figures and demand by chance."""
    scenario = Scenario(
        luck.randint(0, 200) / 100,
        start=f"{luck.randint(2026, 2028)}-{luck.randint(1, 12):02d}",
        linters=luck.randint(20, 150) / 100,
        share_for_155=luck.randint(80, 120) / 100,
        fuzes=luck.randint(20, 150) / 100,
        extra_delay=luck.randint(0, 12),
    )
    comparison = Comparison(
        russia=luck.choice(list(list_estimates(model.record, "RU"))),
        calibres=luck.choice(list(CALIBRES)),
        made=luck.choice(list(CONDITIONS)),
        counts=luck.choice(list(COUNTS)),
    )
    terms = Terms(preference=luck.randint(0, 100) / 100, aid=1000 * luck.randint(0, 150))
    return View(scenario, luck.choice(MONTHS[-60:]), comparison, terms)


def ask_pages(model: Model, view: View, theme: str = "dark") -> None:
    """Ask what the Overview, What-if and Gap ask for one view."""
    scenario, month = view.scenario, view.month
    read_outlook(model, scenario, month)
    run_pictured_outlook(model, scenario, month)
    compute_target_odds(model, scenario, month)
    build_live_body(model, scenario, month, 300, "full", (), theme)
    compare_pictured_gap(model, view)
    compute_flows(model, scenario, view.terms, view.comparison.us)
    for name in (*WHAT_IF_PICTURES, *GAP_PICTURES):
        apply_theme(build_picture(model, name, view).spec, theme)


def ask_scenarios(model: Model, counts: tuple[int, ...], name: str) -> dict[str, float]:
    """Resident and counted megabytes after so many scenarios, each asked once.

    Returns
    -------
    dict of str to float
        Megabytes by name, and the growth from the first count to the last as a ratio.
    """
    luck = random.Random(155)
    measured: dict[str, float] = {f"{name}_before_mb": measure_resident()}
    for asked in range(1, counts[-1] + 1):
        ask_pages(model, draw_view(model, luck))
        if asked in counts:
            measured[f"{name}_{asked}_resident_mb"] = measure_resident()
            measured[f"{name}_{asked}_counted_mb"] = model.memory.bytes / MEGABYTE
            measured[f"{name}_{asked}_assets_mb"] = ASSETS.bytes / MEGABYTE
            print(f"  {asked} of {counts[-1]} scenarios, {name}", flush=True)
    first, last = (f"{name}_{count}_resident_mb" for count in (counts[0], counts[-1]))
    return {**measured, f"{name}_last_over_first": measured[last] / measured[first]}


def build_upload(number: int) -> bytes:
    """A table of one event, which no other upload has."""
    header = "event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis"
    row = f"my-{number},unterluess-rheinmetall--round,2026-05-01,rate,2026-04,done"
    return f"{header}\n{row},{200000 + number},rounds/yr,done,Seen {number}\n".encode()


def ask_uploads(records: Records, draws: int, counts: tuple[int, ...]) -> dict[str, float]:
    """Resident megabytes after so many uploads, each read, asked and dropped; how many are left alive.

    Returns
    -------
    dict of str to float
        Megabytes by name, uploads alive (count), and the growth from the first count to the last.
    """
    luck = random.Random(155)
    alive: list[weakref.ref[object]] = []
    measured: dict[str, float] = {}
    for sent in range(1, counts[-1] + 1):
        own = read_upload(records, [("events.csv", build_upload(sent))], probe=try_model)
        list_statuses(own)
        ask_pages(Model(own, draws), draw_view(Model(own, draws), luck))
        alive += [weakref.ref(own), weakref.ref(own.memory)]
        del own
        if sent in counts:
            gc.collect()
            measured[f"uploads_{sent}_resident_mb"] = measure_resident()
            print(f"  {sent} of {counts[-1]} uploads", flush=True)
    measured["uploads_alive"] = sum(reference() is not None for reference in alive)
    first, last = (f"uploads_{count}_resident_mb" for count in (counts[0], counts[-1]))
    return {**measured, "uploads_last_over_first": measured[last] / measured[first]}


def run(quick: bool = False) -> dict[str, float]:
    """Measure all three, one after the other in this process; of a quick run the first alone, and less of it.

    Returns
    -------
    dict of str to float
        Megabytes, counts and ratios by name.
    """
    records = load()
    if quick:
        return ask_scenarios(Model(records, 200), AT_QUICK_SCENARIOS, "draws_200")
    measured = ask_scenarios(Model(records, 200), AT_SCENARIOS, "draws_200")
    measured |= ask_scenarios(Model(records, 1000), AT_RUNS_OF_FULL_SIZE, "draws_1000")
    records.memory.clear()
    return measured | ask_uploads(records, 200, AT_UPLOADS)


def main() -> int:
    """Print what was measured."""
    for name, number in run().items():
        print(f"{name:36s} {number:10.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
