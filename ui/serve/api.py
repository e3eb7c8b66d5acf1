"""`/api/v1`: the questions of the one table asked over the web. GET only; nothing here knows what a question means.

An answer is worked out in a thread, at most `_WORKERS` at once, and is the same for everybody: its ETag is known before
it is worked out, so that who has it already is told so at no cost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ramp155.questions.ask import hash_asked, write_reply_json
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.describe.openapi import build_openapi
from ramp155.questions.question import API_ROOT, Question
from ramp155.questions.read import Asked, UnknownSubjectError, read_asked, split_given
from ramp155.record.faults import RecordsError
from ramp155.record.records import Records
from ui.serve.limits import Allowance
from ui.serve.problems import OPEN_HEADERS, build_problem, tell_failure, tell_http_problem

_WORKERS = 2  # answers worked out at once
_MOST_WAITING = 32  # questions that wait for that; the next is told to come again
_SECONDS_TO_WAIT = 10
_CACHE_CONTROL = "public, max-age=300, stale-while-revalidate=86400"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Api:
    """The endpoints over a record.

    Parameters
    ----------
    load_records : callable
        Gives the record; asked at every question, so it is to be quick after the first.
    allowance : Allowance
        How much each caller may ask.
    base : str
        The path under which the server stands, blank for none.
    """

    def __init__(
        self, load_records: Callable[[], Records], allowance: Allowance, base: str = ""
    ) -> None:
        self._load_records = load_records
        self._allowance = allowance
        self._base = base
        self._workers = anyio.CapacityLimiter(_WORKERS)
        self._under_way: dict[str, asyncio.Task[bytes]] = {}

    def build_app(self) -> Starlette:
        """The application, to be mounted at `/api/v1` or asked by itself."""
        routes = [Route("/openapi.json", self._describe, methods=["GET", "OPTIONS"])]
        for question in QUESTIONS.values():
            subject = f"/{{{question.subject.name}}}" if question.subject else ""
            answer = partial(self._answer, question)
            routes.append(Route(f"/{question.name}{subject}", answer, methods=["GET", "OPTIONS"]))
        handlers = {HTTPException: tell_http_problem, Exception: tell_failure}
        return Starlette(routes=routes, exception_handlers=handlers)

    async def _describe(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=OPEN_HEADERS | _PREFLIGHT)
        try:
            records = await asyncio.to_thread(self._load_records)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", _say_when())
        description = await asyncio.to_thread(build_openapi, records, self._base)
        headers = {**OPEN_HEADERS, "Cache-Control": "public, max-age=300"}
        return JSONResponse(description, headers=headers)

    async def _answer(self, question: Question, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=OPEN_HEADERS | _PREFLIGHT)
        try:
            records, asked, name = await asyncio.to_thread(self._read, question, request)
        except RecordsError:
            return build_problem(503, "The record breaks its own rules.", _say_when())
        except UnknownSubjectError as error:
            return build_problem(404, str(error))
        except ValueError as error:
            return build_problem(400, str(error))
        headers = {
            **OPEN_HEADERS,
            "Cache-Control": _CACHE_CONTROL,
            "ETag": f'W/"{name}"',  # weak: it may be sent packed or not
            "Link": f'<{self._base}{API_ROOT}/openapi.json>; rel="service-desc", '
            '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
            "Ramp155-Record": records.version,
        }
        if _is_known(request, name):
            return Response(status_code=304, headers=headers)
        caller = request.client.host if request.client else ""
        seconds = self._allowance.spend(caller, asked.cost)
        if seconds:
            detail = f"This question costs {asked.cost} points, and this caller's are spent."
            return build_problem(429, detail, {"Retry-After": str(seconds)})
        if name not in self._under_way and (
            self._workers.statistics().tasks_waiting >= _MOST_WAITING
        ):
            return build_problem(503, "Too many questions are waiting.", _say_when())
        content = await self._work_out(records, asked, name)
        return Response(content, headers=headers, media_type="application/json")

    def _read(self, question: Question, request: Request) -> tuple[Records, Asked, str]:
        """The record, what is asked of it, and the name of the answer. Raises ValueError for what cannot be asked."""
        records = self._load_records()
        texts: dict[str, str] = dict(request.path_params)
        for key, text in request.query_params.multi_items():
            if key in texts:
                raise ValueError(f"{key} is said twice")
            texts[key] = text
        asked = read_asked(question, records, *split_given(question, texts), is_served=True)
        return records, asked, hash_asked(records, asked)

    async def _work_out(self, records: Records, asked: Asked, name: str) -> bytes:
        """The answer, worked out once for all who ask for it at the same time; who leaves does not stop it."""
        task = self._under_way.get(name)
        if task is None:
            work = partial(
                anyio.to_thread.run_sync, write_reply_json, records, asked, limiter=self._workers
            )
            task = self._under_way[name] = asyncio.create_task(work())
            task.add_done_callback(lambda _: self._under_way.pop(name, None))
        return await asyncio.shield(task)


def _say_when() -> dict[str, str]:
    return {"Retry-After": str(_SECONDS_TO_WAIT)}


def _is_known(request: Request, name: str) -> bool:
    """Whether the caller has the answer of this name already (If-None-Match)."""
    names = request.headers.get("if-none-match", "").split(",")
    return any(known.strip().removeprefix("W/") in (f'"{name}"', "*") for known in names)
