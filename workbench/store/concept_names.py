"""What a concept is called and of which kind it is, by how its oldest mentions have it.

One text may take "Hand", at the beginning of a heading, for a name and "hand over" for a deed: with
a few mentions the first is as good as another, with more the usual one is meant. Mentions are
looked at when their number reaches one of a few stages, so that linking stays as quick as it is.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

from workbench.store import fiber_records
from workbench.store.fiber_records import FiberRecordError

#: The type of what is no more than a concept: any other that a text gives it says more.
PLAIN = 6
#: Of what has a name of its own, and of where something is.
_ENTITY, _SPATIAL = 3, 2
#: What is done and what is meant to be done: one against what is a thing.
_ACTION, _INTENT = 4, 8
_PROPER = (_ENTITY, _SPATIAL)
#: Numbers of mentions at which they are looked at; as many of the oldest are.
STAGES = (4, 24)
#: How much of a text is looked at: names stand at its beginning (see `trace`).
_LONGEST = 20_000


def stage(mentions: int) -> int:
    """How many of the oldest mentions tell name and type; 0 where the first one does."""
    return max((each for each in STAGES if each <= mentions), default=0)


def tell(connection: sqlite3.Connection, more: Mapping[int, int]) -> None:
    """Name concepts whose mentions have reached a stage by `more` that have come."""
    rows = connection.execute(
        "SELECT j.value, c.mentions FROM json_each(?) j JOIN concept c ON c.id = j.value "
        "WHERE c.mentions >= ? AND NOT c.kept",
        (f"[{','.join(map(str, more))}]", STAGES[0]),
    ).fetchall()
    for concept, mentions in rows:
        if stage(mentions) != stage(mentions - more[concept]):
            tell_one(connection, concept, mentions)


def tell_one(connection: sqlite3.Connection, concept: int, mentions: int) -> None:
    """Name one concept and say its type, as its oldest mentions have them."""
    looked = stage(mentions)
    found = _read(connection, concept, looked or STAGES[0])
    if not found:
        return
    if looked:
        type = _usual_type(Counter(type for _, type in found))
        name = _usual_name([form for form, _ in found], proper=type in _PROPER)
    else:
        name = found[0][0]
        type = next((type for _, type in found if type != PLAIN), PLAIN)
    connection.execute(
        "UPDATE concept SET name = ?, type = ? WHERE id = ? AND (name <> ? OR type <> ?)",
        (name, type, concept, name, type),
    )


def _read(connection: sqlite3.Connection, concept: int, limit: int) -> list[tuple[str, int]]:
    """Name and type in the oldest fibers that hold a concept; damaged ones are left out."""
    rows = connection.execute(
        "SELECT f.record, substr(e.text, 1, ?) FROM (SELECT engram FROM mention WHERE concept = ? "
        "ORDER BY engram LIMIT ?) m JOIN fiber f ON f.engram = m.engram "
        "JOIN engram e ON e.id = f.engram ORDER BY f.engram",
        (_LONGEST, concept, limit),
    )
    found: list[tuple[str, int]] = []
    for record, text in rows:
        try:
            steps = fiber_records.unpack(record).steps
        except FiberRecordError:
            continue
        for step in steps:
            if step.concept == concept:
                form = " ".join(text[step.start : step.end].split())
                if form:
                    found.append((form, step.type))
    return found


def _usual_type(numbers: Counter[int]) -> int:
    """The type that most mentions have; a name that often says where is that of a place."""
    type, most = max(numbers.items(), key=lambda each: (each[1], each[0] != PLAIN, -each[0]))
    if type == PLAIN and numbers[_ACTION] + numbers[_INTENT] > most:
        return max(_ACTION, _INTENT, key=lambda each: numbers[each])
    if type == _ENTITY and 2 * numbers[_SPATIAL] >= most:
        return _SPATIAL
    return type


def _usual_name(forms: Sequence[str], *, proper: bool) -> str:
    """The form that most mentions have, the first of several; a heading's capitals only if all."""
    numbers = Counter(map(str.casefold, forms))
    usual = max(numbers, key=lambda form: numbers[form])
    writings = Counter(form for form in forms if form.casefold() == usual)
    plain = [form for form in writings if not _shouted(form)] or list(writings)
    if not proper:
        plain = [form for form in plain if not form[:1].isupper()] or plain
    return max(plain, key=lambda form: writings[form])


def _shouted(form: str) -> bool:
    return len(form) > 1 and form.isupper()
