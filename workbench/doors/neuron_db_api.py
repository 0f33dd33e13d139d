"""Endpoints compatible with neuron-db's HTTP interface.

One of its scopes is a collection here. They lie under `/neuron-db`, so that a scope may have any
name. Unlike there, `forget` needs a `match`, and nothing is cut off silently.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbench.asynchronous import AsyncLibrary
from workbench.doors.web import Desk, reads_only, refusal
from workbench.errors import NotFoundError, UsageError
from workbench.library.operations import OPERATIONS

_MOST_HITS = 50


def routes(desk: Desk) -> tuple[Route, ...]:
    """The routes of the interface, answered from the library of a desk."""
    library = desk.library

    async def scope(request: Request) -> Response:
        name = request.path_params["scope"]
        if request.method == "GET":

            async def about(_content: bytes) -> dict[str, Any]:
                return await _about(library, name)

            return await desk.answered(request, None, about)
        return await ask(request, "turn")

    async def verb(request: Request) -> Response:
        return await ask(request, request.path_params["verb"])

    async def ask(request: Request, verb: str) -> Response:
        if verb not in _VERBS:
            return refusal(404, "There is no such endpoint.", f"One of: {', '.join(_VERBS)}.")
        answer, writes = _VERBS[verb]
        if writes and library.read_only:
            return reads_only()

        async def work(content: bytes) -> dict[str, Any]:
            try:
                message = json.loads(content or b"{}")
            except (ValueError, RecursionError):
                message = None
            if not isinstance(message, dict):
                raise UsageError("The body is not a JSON object.", 'Such as {"query": "my plan"}.')
            return await answer(library, request.path_params["scope"], message)

        return await desk.answered(request, None, work)

    return (
        Route("/neuron-db/v1/{scope}", scope, methods=["GET", "POST"]),
        Route("/neuron-db/v1/{scope}/{verb}", verb, methods=["POST"]),
    )


async def _about(library: AsyncLibrary, scope: str) -> dict[str, Any]:
    try:
        held = await library.stats(collection=scope)
    except NotFoundError:
        # There, a scope begins with the first question about it.
        return {"facts": 0, "max_facts": None, "created": None, "updated": None}
    return {
        "facts": held.facts, "max_facts": held.capacity,
        "created": held.first_told, "updated": held.last_told,
    }  # fmt: skip


async def _turn(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    arguments = OPERATIONS["turn"].checked({"line": message.get("message"), "collection": scope})
    done = await library.turn(**arguments)
    facts = (await _about(library, scope))["facts"]
    return {"reply": done.text, "kind": done.kind, "wrote": done.stored, "facts": facts}


async def _get(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    answer = await library.facts.value(_query(message), collection=scope)
    return {"value": None if answer is None else answer.value}


async def _recall(library: AsyncLibrary, scope: str, message: dict[str, Any]) -> dict[str, Any]:
    hits = (await _recall_many(library, scope, {**message, "k": 1}))["hits"]
    return hits[0] if hits else {"value": None, "fact": None, "coverage": 0.0}


async def _recall_many(
    library: AsyncLibrary, scope: str, message: dict[str, Any]
) -> dict[str, Any]:
    query, count = _query(message), message.get("k", 5)
    if not isinstance(count, int):
        raise UsageError("“k” is not at a whole number.", "Give a number from 1 to 50.")
    value = await library.facts.value(query, collection=scope)
    facts = await library.facts.recall(
        query, collection=scope, limit=max(1, min(count, _MOST_HITS))
    )  # fmt: skip
    if value is not None:
        # What answers comes first, as there.
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
    gone = await library.facts.forget(match, collection=scope)
    return {"forgot": gone.forgotten, "remaining": gone.remaining}


def _query(message: dict[str, Any]) -> str:
    query = message.get("query", message.get("message"))
    if not isinstance(query, str):
        raise UsageError("“query” is missing.", "Give it as text.")
    return query


_VERBS = {
    "turn": (_turn, True),
    "get": (_get, False),
    "recall": (_recall, False),
    "recall_many": (_recall_many, False),
    "observe": (_observe, True),
    "forget": (_forget, True),
}
