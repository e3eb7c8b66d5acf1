"""What a browser sends of the components of a page: a month let go, a click on the map or its list, words typed into the search."""

from __future__ import annotations

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest


def find_component(app: AppTest, name: str) -> Any:  # noqa: ANN401
    """The component of a page as it is sent to a browser."""
    return next(
        node.proto for node in app.get("bidi_component") if node.proto.component_name.endswith(name)
    )


def read_plants(app: AppTest) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the map and its list are given: what is chosen, and all the rest."""
    head, body = bytes(find_component(app, "ramp155_plants").bytes).split(b"\n", 1)
    return json.loads(head), json.loads(body)


def list_map_sentences(app: AppTest) -> list[str]:
    """What stands over the list of plants, where there is one, in the month that the map was given."""
    if not any(
        node.proto.component_name.endswith("ramp155_plants") for node in app.get("bidi_component")
    ):
        return []
    head, body = read_plants(app)
    known = body["known"][int(head["hindsight"])]
    day = body["days"].index(head["day"])
    return [known[name][day] for name in ("heading", "opened", "late", "soon") if head["list"]]


def release_month(app: AppTest, day: object, hindsight: object = False) -> None:
    """Let the month slider go."""
    states = app._tree.get_widget_states()
    sent = states.widgets.add()
    sent.id = find_component(app, "ramp155_months").id
    sent.json_value = json.dumps({"released": {"day": day, "hindsight": hindsight, "count": 1}})
    app._run(states)


def click(app: AppTest, event: str, clicked: object) -> None:
    """Click on the map or its list."""
    send(app, "ramp155_plants", event, clicked)


def send(app: AppTest, name: str, event: str, sent_value: object) -> None:
    """What the component of a name tells the server."""
    states = app._tree.get_widget_states()
    sent = states.widgets.add()
    sent.id = _make_trigger_id(find_component(app, name).id, "events")
    sent.json_trigger_value = json.dumps([{"event": event, "value": sent_value}])
    app._run(states)


def search_plants(app: AppTest, query: str) -> dict[str, Any]:
    """Type into the header's search: what it lists then."""
    send(app, "ramp155_plant_search", "query", query)
    return read_plant_search(app)


def read_plant_search(app: AppTest) -> dict[str, Any]:
    """What the header's search lists."""
    listed: dict[str, Any] = json.loads(find_component(app, "ramp155_plant_search").json)
    return listed
