"""Endpoints compatible with neuron-db's HTTP interface.

Its scopes are collections here, below `/neuron-db`, so that a scope may have any name. Unlike
there, `forget` requires a `match`, and nothing is truncated silently.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbench.asynchronous import AsyncLibrary
from workbench.doors.web import Desk, read_only_refusal, refusal
from workbench.errors import NotFoundError, UsageError
from workbench.library.operations import OPERATIONS

_MAX_HITS = 50


def routes(desk: Desk) -> tuple[Route, ...]:
    """The routes of the interface, answered by a desk's library."""
    library = desk.library

    async def scope(request: Request) -> Response:
        name = request.path_params["scope"]
        if request.method == "GET":

            async def describe(_content: bytes) -> dict[str, Any]:
                return await _describe(library, name)

            return await desk.respond(request, None, describe)
        return await ask(request, "turn")

    async def verb(request: Request) -> Response:
        return await ask(request, request.path_params["verb"])

    async def ask(request: Request, verb: str) -> Response:
        if verb not in _VERBS:
            return refusal(404, "There is no such endpoint.", f"One of: {', '.join(_VERBS)}.")
        answer, writes = _VERBS[verb]
        if writes and library.read_only:
            return read_only_refusal()

        async def work(content: bytes) -> dict[str, Any]:
            try:
                message = json.loads(content or b"{}")
            except (ValueError, RecursionError):
                message = None
            if not isinstance(message, dict):
                raise UsageError("The body is not a JSON object.", 'Such as {"query": "my plan"}.')
            return await answer(library, request.path_params["scope"], message)

        return await desk.respond(request, None, work)

    return (
        Route("/neuron-db/v1/{scope}", scope, methods=["GET", "POST"]),
        Route("/neuron-db/v1/{scope}/{verb}", verb, methods=["POST"]),
    )


async def _describe(library: AsyncLibrary, scope: str) -> dict[str, Any]:
    try:
        totals = await library.stats(collection=scope)
    except NotFoundError:
        # In neuron-db the first question creates a scope.
        return {"facts": 0, "max_facts": None, "created": None, "updated": None}
    return {
        "facts": totals.facts, "max_facts": totals.capacity,
        "created": totals.first_told, "updated": totals.last_told,
    }  # fmt: skip


async def _turn(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    line = message.get("message")
    if not isinstance(line, str):
        raise UsageError("“message” is missing.", "Give it as text.")
    arguments = OPERATIONS["turn"].checked({"line": line, "collection": scope})
    result = await library.turn(**arguments)
    facts = (await _describe(library, scope))["facts"]
    return {"reply": result.text, "kind": result.kind, "wrote": result.stored, "facts": facts}


async def _get(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    answer = await library.facts.value(_query(message), collection=scope)
    return {"value": None if answer is None else answer.value}


async def _recall(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    hits = (await _recall_batch(library, scope, {**message, "k": 1}))["hits"]
    return hits[0] if hits else {"value": None, "fact": None, "coverage": 0.0}


async def _recall_batch(
    library: AsyncLibrary, scope: str, message: dict[str, Any]
) -> dict[str, Any]:
    query, count = _query(message), message.get("k", 5)
    if not isinstance(count, int):
        raise UsageError("“k” is not a whole number.", "Give a number from 1 to 50.")
    value = await library.facts.value(query, collection=scope)
    facts = await library.facts.recall(
        query, collection=scope, limit=max(1, min(count, _MAX_HITS))
    )  # fmt: skip
    if value is not None:
        # As in neuron-db, the fact of the value comes first.
        facts = [value.fact, *(row for row in facts if row.id != value.fact.id)][
            : max(1, len(facts))
        ]
    hits = [
        {
            "value": value.value if value is not None and value.fact.id == row.id else None,
            "fact": row.text,
            "coverage": row.score,
        }
        for row in facts
    ]
    return {"hits": hits}


async def _observe(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    facts = message.get("facts")
    if not isinstance(facts, list) or not all(isinstance(fact, str) for fact in facts):
        raise UsageError(
            "“facts” is not a list of texts.", 'Such as {"facts": ["my plan is pro"]}.'
        )
    result = await library.facts.tell("\n".join(facts), collection=scope)
    return {"wrote": len(result.new)}


async def _forget(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    match = message.get("match")
    if not isinstance(match, str) or not match.strip():
        raise UsageError("“match” is missing: nothing was forgotten.", "Give words of the facts.")
    removed = await library.facts.forget(match, collection=scope)
    return {"forgot": removed.forgotten, "remaining": removed.remaining}


def _query(message: dict[str, Any]) -> str:
    query = message.get("query", message.get("message"))
    if not isinstance(query, str):
        raise UsageError("“query” is missing.", "Give it as text.")
    return query


_VERBS = {
    "turn": (_turn, True),
    "get": (_get, False),
    "recall": (_recall, False),
    "recall_many": (_recall_batch, False),
    "observe": (_observe, True),
    "forget": (_forget, True),
}
