"""Parses JSON from model output, and whether it is complete.

In spite of a schema, models may add fences or prose, stop early, or answer in their reasoning.
Complete values are read; of a truncated list, its complete items.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.errors import ModelError
from ingest.models import serving
from ingest.models.records import ChatRequest, Reply, Server
from ingest.models.watched import Timing
from ingest.records import Check

#: Candidate starts of an object or list that are tried, and depth of a value.
_TRIED, _DEEP = 64, 64
_CLOSING = {"{": "}", "[": "]"}
#: A string, possibly truncated, or a bracket.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+\\?"?|[{}\[\]]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value (object or list) and whether it is complete."""

    value: Any
    complete: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of a structured answer, and the reply."""

    value: Any
    complete: bool
    reply: Reply


def structured(
    server: Server,
    request: ChatRequest,
    *,
    timing: Timing | None = None,
    check: Check = serving.go_on,
    patient: bool = False,
) -> Answer:
    """Chat with a JSON schema; the rest is as in `serving.chat`.

    The value is JSON, and not validated against the schema. Raises `ModelError` ("answer") without
    JSON.
    """
    reply = serving.complete(
        serving.chat(server, request, timing=timing, check=check, patient=patient)
    )
    # Some models put their whole answer into their reasoning.
    result = parse(reply.text) or (parse(reply.thinking) if not reply.text.strip() else None)
    try:
        if result is None:
            raise ValueError("no JSON")
        return Answer(_fit(result.value), result.complete and not reply.cut, reply)
    except ValueError as error:
        raise ModelError(
            "answer",
            f"The answer of “{request.of.name}” was not in the requested form.",
            "Retry it, or choose another model.",
        ) from error


def _fit(value: Any, depth: int = 0) -> Any:
    """A value whose texts can be stored. Raises `ValueError` if it is nested too deep."""
    if depth > _DEEP:
        raise ValueError("too deep")
    if isinstance(value, str):
        return serving.text_of(value)
    if isinstance(value, list):
        return [_fit(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {serving.text_of(name): _fit(item, depth + 1) for name, item in value.items()}
    return value


def parse(text: str) -> Parsed | None:
    """The JSON object or list in a text: bare, fenced, or the longest amid prose; or None.

    A truncated one is repaired.
    """
    try:
        value = _loaded(text.strip())
        return Parsed(value, True) if isinstance(value, (dict, list)) else None
    except ValueError:
        pass
    best: tuple[int, int, Any] | None = None
    broken, tried = -1, 0
    decoder = json.JSONDecoder(parse_constant=_refuse)
    for at in _openings(text):
        if best is not None and at < best[1]:
            continue
        tried += 1
        if tried > _TRIED:
            break
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            broken = at if broken < 0 else broken
            continue
        if best is None or end - at > best[1] - best[0]:
            best = (at, end, value)
    if broken >= 0 and (best is None or broken < best[0]):
        # A complete value may be part of a truncated one.
        mended = _mended(text[broken:])
        if mended is not None:
            return Parsed(mended, False)
    return Parsed(best[2], True) if best is not None else None


def _openings(text: str) -> Iterator[int]:
    for at, sign in enumerate(text):
        if sign in "{[":
            yield at


def _mended(text: str) -> Any:
    """A truncated value, closed at the last place where that works."""
    stack: list[str] = []
    ends: list[tuple[int, str]] = []
    for match in _STRUCTURE.finditer(text):
        at, sign = match.start(), match[0]
        if sign in "{[":
            stack.append(_CLOSING[sign])
            if len(stack) > _DEEP:
                return None
        elif sign in "}]":
            if not stack or stack.pop() != sign:
                break
            ends.append((at + 1, "".join(reversed(stack))))
            if not stack:
                break
    for end, closing in reversed(ends[-8:]):
        try:
            return _loaded(text[:end] + closing)
        except ValueError:
            continue
    return None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("too deep") from error


def _refuse(name: str) -> Any:
    """Reject NaN and infinities, which JSON does not have."""
    raise ValueError(name)
