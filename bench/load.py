"""Many users on one server, over Streamlit's own websocket: What-if beside the bare app, same settings.

A session says what a browser says (the frames were read off Chromium): its first run, then at each
release of the slider every widget's state, the address, the fragment, and which messages it still
holds. A rerun lasts from the sending of that to the server's `script_finished`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import shutil
import statistics
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.server import ROOT, Server, read_cpu

SLIDER = "Nitrocellulose supply"
LIVE = ("live_slider", "ramp155_lever")  # in the names of components that stand in for it
BASELINE = 100  # percent; the address leaves it out
PATIENCE = 120  # seconds: a rerun of a fragment that is gone is never answered

Fill = Callable[[WidgetState, Any], object]


def _number(state: WidgetState, e: NumberInput) -> None:
    value = e.value if e.set_value else e.default
    if e.data_type == NumberInput.INT:
        state.int_value = int(value)
    else:
        state.double_value = value


def _selected(state: WidgetState, e: Any) -> None:  # noqa: ANN401
    state.string_value = e.raw_value if e.set_value else e.options[e.default]


def _chosen(state: WidgetState, e: Any) -> None:  # noqa: ANN401
    values = e.raw_values if e.set_value else [e.options[i] for i in e.default]
    state.string_array_value.SetInParent()  # an empty choice is sent too
    state.string_array_value.data.extend(values)


# What a browser tells the server of a widget nobody has touched, by kind of element.
UNTOUCHED: dict[str, Fill] = {
    "slider": lambda s, e: s.double_array_value.data.extend(e.value if e.set_value else e.default),
    "selectbox": _selected,
    "multiselect": _chosen,
    "number_input": _number,
    "checkbox": lambda s, e: setattr(s, "bool_value", e.value if e.set_value else e.default),
}


class Session:
    """One browser tab, as far as the server can tell."""

    def __init__(self, url: str, page: str) -> None:
        self.url, self.page_name = url, page
        self.page, self.query = "", ""  # the page's hash and the address, as the server says them
        self.widgets: dict[str, WidgetState] = {}
        self.slider, self.fragment, self.live, self.value = "", "", False, BASELINE
        self.shown: dict[tuple[int, ...], str] = {}  # hash of the element at each place
        self.held: dict[str, tuple[int, str]] = {}  # cached messages: last run used in, fragment
        self.age, self.runs = 2, 0
        self.waiting: tuple[str, str] | None = (
            None  # component and fragment of what waits for the first picture
        )
        self.exceptions, self.bytes = 0, 0
        self.changed = 0  # what is shown, and differs from before this run; widgets do not count

    async def open(self, stack: contextlib.AsyncExitStack) -> None:
        """Connect as the page does, and run it for the first time."""
        self.socket: ClientConnection = await stack.enter_async_context(
            connect(
                self.url.replace("http", "ws", 1) + "/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                max_size=None,
                compression=None,  # server.enableWebsocketCompression is off by default
                ping_interval=None,
                open_timeout=PATIENCE,
                proxy=None,
            )
        )
        await self._rerun()
        if not self.slider:
            raise AssertionError(f"{self.url}/{self.page_name} shows no slider of {SLIDER}")

    async def say_painted(self) -> None:
        """Tell the server that the first chart is drawn, where something waits for it, as a browser does."""
        if not self.waiting:
            return
        component, fragment = self.waiting
        state = WidgetState(id=f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{component}__events")
        state.json_trigger_value = json.dumps({"event": "drawn", "value": True})
        self.waiting, self.widgets[state.id] = None, state
        await self._rerun(fragment)
        del self.widgets[state.id]  # a trigger is sent once

    async def release(self, value: int) -> float:
        """Let the slider go at a new value; returns the seconds until the rerun is over.

        Raises AssertionError if the rerun changed nothing on the page.
        """
        state = WidgetState(id=self.slider)
        if self.live:
            state.json_value = json.dumps({"nc": value}, separators=(",", ":"))
        else:
            state.double_array_value.data.append(value)
        self.widgets[self.slider] = state
        self.value = value
        seconds = await self._rerun(self.fragment)
        if self.exceptions:
            return seconds  # to be counted
        # The live slider has drawn all by itself: what comes back is the address, with the lever in it.
        if not self.live and not self.changed:
            raise AssertionError(f"{self.page_name}: a release at {value} changed no element")
        if self.live and urllib.parse.parse_qs(self.query).get("nc") != [str(value)]:
            raise AssertionError(
                f"{self.page_name}: {value} released, the address says {self.query}"
            )
        return seconds

    async def _rerun(self, fragment: str = "") -> float:
        message = BackMsg()
        ask = message.rerun_script
        ask.query_string, ask.page_script_hash, ask.fragment_id = self.query, self.page, fragment
        if not self.page:
            ask.page_name = self.page_name
        ask.widget_states.widgets.extend(self.widgets.values())
        ask.cached_message_hashes.extend(self.held)
        context = ask.context_info
        context.timezone, context.timezone_offset, context.locale = "UTC", 0, "en-US"
        context.url, context.is_embedded = f"{self.url}/{self.page_name}", False
        context.color_scheme = "light"
        self.changed = 0
        async with asyncio.timeout(PATIENCE):
            start = time.perf_counter()
            await self.socket.send(message.SerializeToString())
            while not self._over(await self.socket.recv(decode=False), fragment):
                pass
            return time.perf_counter() - start

    def _over(self, raw: bytes, fragment: str) -> bool:
        """Take in one message; was it the last of the rerun?"""
        self.bytes += len(raw)
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
            self.age = message.new_session.config.max_cached_message_age
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "ref_hash":
            if message.ref_hash not in self.held:
                raise AssertionError("the server refers to a message this session no longer holds")
            self.held[message.ref_hash] = (self.runs, self.held[message.ref_hash][1])
            self._place(message, message.ref_hash)
        elif kind == "delta":
            self._delta(message)
        elif kind == "script_finished":
            return self._finished(message.script_finished, fragment)
        return False

    def _delta(self, message: ForwardMsg) -> None:
        delta = message.delta
        if message.metadata.cacheable:
            self.held.setdefault(message.hash, (self.runs, delta.fragment_id))
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        if kind is None:
            return
        element = getattr(delta.new_element, kind)
        if kind not in UNTOUCHED:
            self._place(message, message.hash)
        if kind == "exception":
            self.exceptions += 1
        if kind in UNTOUCHED and (element.id not in self.widgets or element.set_value):
            state = self.widgets[element.id] = WidgetState(id=element.id)
            UNTOUCHED[kind](state, element)
        if kind == "bidi_component" and "after_paint" in element.component_name:
            self.waiting = (element.id, delta.fragment_id)
        live = kind == "bidi_component" and any(name in element.component_name for name in LIVE)
        if live or (kind == "slider" and SLIDER in element.label):
            self.slider, self.fragment, self.live = element.id, delta.fragment_id, live

    def _place(self, message: ForwardMsg, content: str) -> None:
        place = tuple(message.metadata.delta_path)
        self.changed += self.shown.get(place) != content
        self.shown[place] = content

    def _finished(self, status: int, fragment: str) -> bool:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False  # another run follows by itself
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise AssertionError(f"{self.page_name}: the script does not compile")
        self.runs += 1
        self.held = {  # as the browser forgets them
            key: (last, owner)
            for key, (last, owner) in self.held.items()
            if (fragment and owner != fragment) or self.runs - last <= self.age
        }
        return True


class Half:
    """What one half of the releases on one app gave."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.exceptions, self.bytes, self.busy, self.wall = 0, 0, 0.0, 0.0


async def _user(
    session: Session, releases: int, pace: float, chance: random.Random, times: list[float]
) -> None:
    """Release the slider now and then, never twice at one place, never at the baseline's."""
    for _ in range(releases):
        await asyncio.sleep(chance.uniform(0, 2 * pace))
        value = chance.choice([v for v in range(201) if v not in (session.value, BASELINE)])
        times.append(await session.release(value))


async def _measure(
    server: Server, page: str, users: int, releases: int, pace: float, seed: int
) -> Half:
    """One half: everyone opens the page (the first alone, to warm the server), then all use it."""
    half = Half()
    async with contextlib.AsyncExitStack() as stack:
        sessions = [Session(server.url, page) for _ in range(users)]
        await sessions[0].open(stack)
        await sessions[0].say_painted()
        await sessions[0].release(90)
        await asyncio.gather(*(s.open(stack) for s in sessions[1:]))
        await asyncio.gather(*(s.say_painted() for s in sessions[1:]))
        before = sum(s.bytes for s in sessions)
        busy, start = read_cpu(server), time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for i, session in enumerate(sessions):
                chance = random.Random(1000 * seed + i)
                group.create_task(_user(session, releases, pace, chance, half.times))
        half.busy, half.wall = read_cpu(server) - busy, time.perf_counter() - start
        half.bytes = sum(s.bytes for s in sessions) - before
        half.exceptions = sum(s.exceptions for s in sessions)
    return half


def run(users: int = 100, releases: int = 6, pace: float = 5.0) -> dict[str, float]:
    """Rerun times of both apps under so many users, `pace` seconds apart on average, and their ratio.

    Halves run in mirrored order against drift. Raises AssertionError if a release changes nothing.
    """
    halves: dict[str, list[Half]] = {"bare": [], "what_if": []}
    pages = {"bare": "", "what_if": "what_if"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        with Server("bare.py", place) as bare, Server("app.py") as app:
            servers = {"bare": bare, "what_if": app}
            for name in ("bare", "what_if", "what_if", "bare"):
                seed = len(halves[name])  # both apps are used at the same moments
                share = releases // 2 if halves[name] else releases - releases // 2
                half = _measure(servers[name], pages[name], users, share, pace, seed)
                halves[name].append(asyncio.run(half))
                print(f"  {users} users on {name}", flush=True)
    result: dict[str, float] = {}
    for name, pair in halves.items():
        times = [1000 * t for half in pair for t in half.times]
        busy = sum(half.busy for half in pair)
        result[f"{name}_p50_ms"] = statistics.median(times)
        result[f"{name}_p95_ms"] = statistics.quantiles(times, n=20)[-1]
        result[f"{name}_cpu_ms_a_rerun"] = 1000 * busy / len(times)
        result[f"{name}_cpu_percent"] = 100 * busy / sum(half.wall for half in pair)
        result[f"{name}_kb_a_rerun"] = sum(half.bytes for half in pair) / 1000 / len(times)
    result["p95_ratio"] = result["what_if_p95_ms"] / result["bare_p95_ms"]
    result["exceptions"] = sum(half.exceptions for pair in halves.values() for half in pair)
    return result
