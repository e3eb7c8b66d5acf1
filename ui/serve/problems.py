"""Errors as `application/problem+json` (RFC 9457): what a program reads when there is no answer."""

from __future__ import annotations

import http
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

# Any page may ask: everything here is public, and nothing depends on who asks.
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Ramp155-Record, Ramp155-Changed-On-Disk",
    "X-Content-Type-Options": "nosniff",
}


def build_problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A problem as RFC 9457 has it.

    Parameters
    ----------
    status : int
        Code of HTTP, 400 to 599.
    detail : str
        What is wrong this time, in a sentence.
    headers : mapping of str, optional
        Headers beside the usual ones.

    Returns
    -------
    JSONResponse
        Of the type `application/problem+json`.
    """
    problem = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    usual = {**OPEN_HEADERS, "Cache-Control": "no-store"}
    return JSONResponse(
        problem, status, {**usual, **(headers or {})}, media_type="application/problem+json"
    )


async def tell_http_problem(request: Request, error: Exception) -> JSONResponse:
    """A wrong address or method as a problem."""
    assert isinstance(error, HTTPException)
    return build_problem(error.status_code, str(error.detail), error.headers)


async def tell_failure(request: Request, error: Exception) -> JSONResponse:
    """What nobody expected, without a word of what it was."""
    return build_problem(500, "The answer could not be worked out.")
