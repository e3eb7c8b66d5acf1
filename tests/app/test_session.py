"""What a user brings lives and dies with the session: nothing of the process keeps it."""

from __future__ import annotations

import gc
import weakref

import pandas as pd
import pytest

from ramp155.answers.trial import try_model
from ramp155.model.scenario.levers import ALL_LEVERS
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.merge import merge_upload
from tests.shared import open_entry
from ui.link.fields import EVIDENCE_VIEWS
from ui.widgets.levers import released

VISITS = [
    ("overview", {}),
    ("map", {"use": "1"}),
    ("ramp_up", {}),
    ("what_if", {"nc": "70", "panel": "causes"}),
    ("gap", {"show": "who"}),
    *(("evidence", {"look": view}) for view in EVIDENCE_VIEWS),
]


def bring_own_data(records: Records) -> Records:
    event = records.events.iloc[0]
    cells = {column: str(event[column]) for column in SCHEMAS["events"]}
    cells |= {"event_id": "own-event", "rate": "", "unit": "", "rate_status": ""}
    cells |= {"investment_eur_m": "", "basis": "Mine"}
    return merge_upload(records, {"events": pd.DataFrame([cells])}, probe=try_model, onto=records)


@pytest.mark.parametrize(("page", "query"), VISITS, ids=lambda part: str(part))
def test_own_data_goes_with_its_session(page: str, query: dict[str, str], records: Records) -> None:
    own_records = bring_own_data(records)
    alive = weakref.ref(own_records.memory)
    app = open_entry(120)
    app.session_state["own"] = own_records
    for key, text in query.items():
        app.query_params[key] = text
    if page != "overview":
        app.switch_page(f"../pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    assert len(own_records.memory) > 0
    del app, own_records
    gc.collect()
    assert alive() is None


def test_of_what_sliders_let_go_only_numbers_in_range_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(released.st, "session_state", session)
    sent = {"fuzes": 80.2, "explosive": 999, "filling": "40", "shifts": None, "nothing": 3}
    released.take_positions(sent, ALL_LEVERS)
    released.take_positions(["fuzes"], ALL_LEVERS)
    assert session == {"fuzes": 80, "levers_known": {"fuzes": 80}}
