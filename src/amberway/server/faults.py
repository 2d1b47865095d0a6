"""One shape for everything that can go wrong, on every route."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from amberway.errors import AmberwayError, Problem, ScenarioError, ServerError

KINDS = {
    400: "bad-request",
    401: "no-token",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    422: "invalid",
    500: "internal",
}
"""Name of the fault by HTTP status, where nothing more special is said."""


class Fault(BaseModel):
    """One thing that is wrong: where it is, what it is, how to mend it.

    `table` and `id` name the row of a draft that it concerns.
    """

    check: str = Field(description="name of the check that found it")
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    what: str
    mend: str
    table: str | None = None
    id: str | None = None


class Refusal(BaseModel):
    """Why a request was not answered."""

    kind: str
    message: str
    problems: list[Fault] = Field(default_factory=list)


class Failure(BaseModel):
    """The body of every answer that is not a success."""

    error: Refusal


Responses = dict[int | str, dict[str, Any]]


def may_fail(*statuses: int) -> Responses:
    """What a route declares in the OpenAPI document about its failures."""
    return {status: {"model": Failure, "description": KINDS[status]} for status in statuses}


def may_fail_beside_a_stream(*statuses: int) -> Responses:
    """The same for a route whose success is no JSON: its failures are."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}
    return {status: {"description": KINDS[status], "content": content} for status in statuses}


ANYWHERE = (400, 401, 403, 413, 422)
"""Statuses with which any address may refuse."""


def fault(problem: Problem, table: str | None = None, row: str | None = None) -> Fault:
    """A problem of the tables as it is told."""
    return Fault(**vars(problem), table=table, id=row)


def failure(
    status: int,
    message: str,
    kind: str | None = None,
    problems: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer of the one shape."""
    refusal = Refusal(
        kind=kind or KINDS.get(status, "error"), message=message, problems=list(problems)
    )
    # Escaped: what was sent may hold text that cannot be written as UTF-8.
    body = json.dumps(Failure(error=refusal).model_dump())
    return Response(body, status, dict(headers or {}), media_type="application/json")


class RefusedError(ServerError):
    """A change of a draft that is refused, with its problems."""

    def __init__(self, problems: list[Fault]) -> None:
        self.problems = problems
        count = len(problems)
        super().__init__(
            422, "invalid", f"Not saved: {count} problem{'' if count == 1 else 's'} in it."
        )


def not_found(what: str, name: str) -> ServerError:
    """There is no such thing."""
    return ServerError(404, "not-found", f"There is no {what} {name[:60]!r}.")


def conflict(message: str) -> ServerError:
    """The state of things forbids it."""
    return ServerError(409, "conflict", message)


def install(app: FastAPI) -> None:
    """Make every failure of an application take the one shape."""

    @app.exception_handler(HTTPException)
    async def of_http(_: Request, error: HTTPException) -> Response:
        words = {
            404: "There is nothing at this address.",
            405: "This address does not know the method.",
        }
        message = words.get(error.status_code, str(error.detail))
        return failure(error.status_code, message, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def of_body(_: Request, error: RequestValidationError) -> Response:
        return failure(
            422, "The request is not of the form asked for.", problems=map(_fault, error.errors())
        )

    @app.exception_handler(AmberwayError)
    async def of_amberway(_: Request, error: AmberwayError) -> Response:
        if isinstance(error, ServerError):
            problems = error.problems if isinstance(error, RefusedError) else []
            return failure(error.status, str(error), error.kind, problems)
        if isinstance(error, ScenarioError):
            message = str(error).partition("\n")[0] + "."
            return failure(422, message, problems=map(fault, error.problems))
        return failure(400, str(error))

    @app.exception_handler(Exception)
    async def of_ours(_: Request, error: Exception) -> Response:
        return failure(500, f"The server failed ({type(error).__name__}); its log says where.")


def _fault(detail: Mapping[str, Any]) -> Fault:
    where, *rest = (str(part) for part in detail["loc"])
    value = detail.get("input")
    shown = None if isinstance(value, dict | list) or value is None else str(value)[:60]
    message = str(detail["msg"])
    return Fault(
        check="request",
        file=where,
        column=".".join(rest) or None,
        value=shown,
        what=message[:1].lower() + message[1:],
        mend="/api/openapi.json says what is asked for.",
    )
