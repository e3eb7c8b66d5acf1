"""Replay and Evidence in process: what is shown is the library's, bad input loses nothing, links
restore.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ramp155.answers.targets import list_targets
from ramp155.answers.track.archive import list_releases
from ramp155.answers.track.dates import list_past_dates
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.groups import GROUPS, name_groups
from ramp155.answers.track.judged import judge_releases
from ramp155.answers.track.score import score_groups
from ramp155.answers.trial import try_model
from ramp155.history.claims import list_claims, search_claims
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.slips import list_dated_milestones, list_followed_milestones, read_slips
from ramp155.model.capacity.stages import build_capacity
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.record.upload.merge import merge_upload
from ramp155.text.citations import write_error_link
from ramp155.text.evidence.promises import write_slips, write_slips_range
from ramp155.text.evidence.targets import (
    write_kind_outcome,
    write_targets_cautions,
    write_targets_title,
)
from ramp155.text.evidence.track import (
    write_dates,
    write_misses,
    write_releases,
    write_share,
    write_track_title,
)
from tests.app.clicks import release_month
from tests.app.test_pages import link, open_page, texts
from ui.link.fields import EVIDENCE_VIEWS
from ui.widgets.own_data.line_editor import EDITED_COLUMNS, find_changed_rows

LINE = "unterluess-rheinmetall--round"
HEADER = "event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis\n"
MINE = HEADER + f"my-1,{LINE},2026-05-01,rate,2026-04,done,250000,rounds/yr,done,Seen by me\n"


@pytest.mark.parametrize("look", EVIDENCE_VIEWS)
def test_a_view_renders_without_fault_or_warning(look: str) -> None:
    app = open_page("evidence", look=look)
    assert not app.error
    assert not app.warning
    assert any(str(m.value).startswith("## ") for m in app.markdown)
    assert len(texts(app)) > 150


def test_replay_walks_month_by_month(records: Records) -> None:
    days = list_month_ends(FIRST_REPLAY_DAY, records.end)
    assert days[0] == dt.date(2022, 1, 31)
    assert days[-1] == records.end
    assert dt.date(2024, 2, 29) in days
    assert len(days) == (records.end.year - 2022) * 12 + records.end.month


def test_a_month_let_go_rewinds_the_page_and_stands_in_the_link(
    records: Records,
) -> None:
    app = open_page("ramp_up")
    release_month(app, "2024-06-30", False)
    assert link(app)["as_of"] == "2024-06-30"
    release_month(app, "2024-06-30", True)
    assert link(app)["hindsight"] == "1"
    for broken in ("2024-06-29", "soon", None):
        release_month(app, broken, True)
        assert link(app)["as_of"] == "2024-06-30"
    assert not app.exception


def test_a_date_between_month_ends_keeps_its_place() -> None:
    app = open_page("map", as_of="2024-06-14")
    assert app.session_state["as_of"] == dt.date(2024, 6, 14)
    assert link(app)["as_of"] == "2024-06-14"


def test_promises_state_median_and_p90_with_their_ranges(records: Records) -> None:
    said = texts(open_page("evidence", look="promises"))
    dated = list_dated_milestones(records)
    assert write_slips(read_slips(dated)) in said
    assert write_slips_range(records) in said
    assert f"{len(dated)} of them with two dates" in said


def test_the_slip_list_links_both_sources(records: Records) -> None:
    app = open_page("evidence", look="promises")
    table = next(d.value for d in app.dataframe if "first_url" in d.value)
    assert len(table) == len(list_followed_milestones(records))
    assert table["report"].str.startswith("evidence?evidence_view=take&report=").all()
    slipped = table[table["slip"] != ""]
    assert len(slipped) == len(list_dated_milestones(records)) >= 50
    assert (slipped["first_who"] != "").all()
    assert (slipped["end_who"] != "").all()


def test_targets_state_what_became_of_them(records: Records) -> None:
    app = open_page("evidence", look="targets")
    said = texts(app)
    assert write_targets_title(records) in said
    assert write_targets_cautions(records) in said
    table = next(d.value for d in app.dataframe if "promised_url" in d.value)
    assert len(table) == len(list_targets(records))
    assert (table["outcome"] != "").all()
    assert link(app)["evidence_view"] == "targets"


def test_standing_targets_say_what_others_of_their_kind_came_to(records: Records) -> None:
    said = texts(open_page("what_if"))
    for kind in ("eu", "us", "russia"):
        assert write_kind_outcome(records, kind) in said


def test_the_claims_view_shows_both_sides_and_why(records: Records) -> None:
    app = open_page("evidence", look="claims")
    said = texts(app)
    assert "EU capacity at the end of 2024" in said
    assert "Both can be true" in said
    app.selectbox(key="topic").set_value("nato-ru-ratio").run()
    assert link(app)["topic"] == "nato-ru-ratio"


def test_the_ledger_is_filtered_and_searched(records: Records) -> None:
    app = open_page("evidence", look="claims", quantity="round_output", subject="RU")
    rows = search_claims(list_claims(records), "", "round_output", "RU")
    assert f"**{len(rows)} claims**" in texts(app)
    app.text_input(key="find").set_value("no such words at all").run()
    assert "Nothing here fits" in texts(app)
    assert link(app)["find"] == "no such words at all"


def test_the_ledger_is_filtered_by_who_says_so_and_keeps_it_in_the_link(records: Records) -> None:
    claims = list_claims(records)
    publisher = claims["publisher"].mode()[0]
    app = open_page("evidence", look="claims", speaker=publisher)
    count = (claims["publisher"] == publisher).sum()
    assert f"**{count} claims**" in texts(app)
    assert link(app)["speaker"] == publisher
    ledger = next(frame.value for frame in app.dataframe if "basis" in frame.value)
    assert list(ledger.columns)[:2] == ["publisher", "basis"]
    app.selectbox(key="publisher").set_value(None).run()
    app.text_input(key="find").set_value("Rheinmettal").run()
    assert "Near in spelling: Rheinmetall" in texts(app)


def test_the_evidence_opens_with_the_track_record(records: Records) -> None:
    app = open_page("evidence")
    forecasts = list_track(records)
    assert f"## {write_track_title(forecasts)}" in texts(app)
    assert write_misses(forecasts) in texts(app)
    misses = next(d.value for d in app.table if "No change" in d.value.columns)
    scores = score_groups(forecasts.assign(group=name_groups(forecasts)), "group")
    for group, score in scores.items():
        row = misses.loc[GROUPS[group]]
        assert row["Ours"] == f"{score.crps:.2f}"
        assert row["Line"] == f"{score.rivals['line']:.2f}"
    by_cutoff = next(d.value for d in app.dataframe if "end of 2023" in d.value.index)
    held = score_groups(forecasts, "cutoff")["2023-12-31"].inside80
    assert by_cutoff.loc["end of 2023", "inside80"] == write_share(held)
    listed = next(d.value for d in app.dataframe if "verdict" in d.value.columns)
    assert len(listed) == (forecasts["bound"] == "").sum()


def test_the_track_record_has_the_plain_word_first_and_each_term_once() -> None:
    said = texts(open_page("evidence", plain="1"))
    assert said.count("CRPS") == said.count("average miss (CRPS") == 1
    assert said.count("Wilson") == said.count("what chance alone leaves open (Wilson)") == 1


def test_the_track_record_says_what_became_of_releases_and_dates(records: Records) -> None:
    app = open_page("evidence", look="track")
    assert write_releases(judge_releases(records), list_releases()) in texts(app)
    dates = list_past_dates(records)
    assert write_dates(dates[dates["state"] != "not due yet"]) in texts(app)


def test_an_older_link_to_the_hindcast_opens_the_track_record() -> None:
    app = open_page("evidence", look="hindcast")
    assert not app.warning
    assert "evidence_view" not in link(app)
    assert "meant to hold 8 of 10" in texts(app)


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("", "evidence?evidence_view=take&report="),
        ("me@example.org", "mailto:me@example.org?subject="),
        ("https://host/new", "https://host/new?title="),
        ("https://host/new?labels=data", "https://host/new?labels=data&title="),
    ],
)
def test_report_an_error_carries_the_id(records: Records, address: str, begins: str) -> None:
    url = write_error_link(records, "some-row-01", address)
    assert url.startswith(begins)
    assert "some-row-01" in url
    assert not address or records.version in url
    assert " " not in url


def upload(app: AppTest, **files: str | bytes) -> AppTest:
    """Send files as the uploader does (`mine_csv` is called mine.csv), and press the button."""
    uploader = next(u for u in app.get("file_uploader"))
    for name, body in files.items():
        uploader.upload(name.replace("_", "."), body if isinstance(body, bytes) else body.encode())
    uploader.run()
    return app.button(key="use_upload").click().run()


def test_own_data_is_used_marked_and_removed(records: Records) -> None:
    app = open_page("evidence", look="yours")
    upload(app, mine_csv=MINE)
    assert not app.exception
    own_records = app.session_state["own"]
    assert own_records.own == {"my-1"}
    assert "**Your data** is on the record" in texts(app)
    app.switch_page("../pages/map.py").run()
    assert not app.exception
    assert "**Your data** is on the record" in texts(app)
    app.query_params["site"] = "unterluess-rheinmetall"
    app.switch_page("../pages/plant.py").run()
    assert "Your data: Seen by me" in texts(app)
    app.switch_page("../pages/what_if.py").run()
    assert not app.exception
    app.button(key="own_removed").click().run()
    assert app.session_state["own"] is None
    assert "Your data" not in texts(app)


BROKEN = [
    ("mine_csv", MINE.replace("250000", "inf"), "mine.csv, line 2, rate"),
    ("mine_csv", MINE.encode("utf-16"), "UTF-16"),
    ("package_zip", b"PK\x03\x04 broken", "package.zip"),
]


def test_a_broken_upload_loses_nothing() -> None:
    app = open_page("evidence", look="yours")
    upload(app, mine_csv=MINE)
    before = app.session_state["own"].version
    for name, body, said in BROKEN:
        upload(app, **{name: body})
        assert not app.exception
        assert said in "\n".join(str(c.value) for c in app.code)
        assert app.session_state["own"].version == before
        assert "**Your data** is on the record" in texts(app)


def test_a_choice_the_new_record_does_not_know_goes_back(records: Records) -> None:
    app = open_page("evidence", look="yours")
    sites = "site_id,name,operator,country,town,lat,lon\nmine,Mine,Me,DE,Celle,52.62,10.08\n"
    lines = "line_id,site_id,product,origin,title,for_155\nmine--round,mine,round,new,A plant,yes\n"
    events = MINE.replace(LINE, "mine--round")
    upload(app, sites_csv=sites, lines_csv=lines, events_csv=events)
    assert app.session_state["own"].own >= {"my-1"}
    app.query_params["site"] = "mine"
    app.switch_page("../pages/plant.py").run()
    assert app.session_state["site"] == "mine"
    assert not app.exception
    app.button(key="own_removed").click().run()
    assert not app.exception
    assert app.session_state["site"] is None


def test_an_edited_rate_moves_the_model(records: Records) -> None:
    """The rows that the editor gives back go the same way as an upload."""
    import pandas as pd

    events = records.events[records.events["line_id"] == LINE].sort_values("known_on")
    table = events.set_index("event_id")[[*EDITED_COLUMNS, "basis"]]
    changed = table.copy()
    row = table.index[(table["event"] == "full_rate") & table["rate"].notna()][-1]
    changed.loc[row, "rate"] = 900_000.0
    added = pd.DataFrame([{"event": "rate", "date": "2028", "status": "planned", "rate": 950_000.0,
                           "unit": "rounds/yr", "rate_status": "planned", "reported_on": "2026-06"}])  # fmt: skip
    changed = pd.concat([changed, added])
    rows = find_changed_rows(Model(records), LINE, table, changed)
    assert len(rows) == 2
    own_records = merge_upload(records, {"events": rows}, probe=try_model)
    assert row in own_records.own
    base, mine = (
        np.median(
            build_capacity(r, draw_coefficients(Model(r)).params, Scenario()).stages["projectile"][
                -1
            ]
        )
        for r in (records, own_records)
    )
    assert mine > base * 1.1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"look": "nonsense"}, "look=nonsense: no such view"),
        ({"look": "claims", "topic": "nothing"}, "topic=nothing: no such topic"),
        ({"look": "claims", "find": "x" * 200}, "at most 80 characters"),
        ({"group": "colour"}, "group=colour: no such group"),
    ],
)
def test_a_mangled_link_is_told(query: dict[str, str], said: str) -> None:
    app = open_page("evidence", **query)
    assert any(said in str(w.value) for w in app.warning)
