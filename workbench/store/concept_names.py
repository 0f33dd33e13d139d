"""Name and type of a concept, from its oldest mentions.

One text may take "Hand", at the beginning of a heading, for a name and "hand over" for a deed: with
a few mentions the first is as good as another, with more the usual one is meant. Mentions are
looked at when their number reaches one of a few stages, so that linking stays as quick as it is.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from workbench.store import fiber_records
from workbench.store.fiber_records import FiberRecordError
from workbench.store.queries import integers

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
    return max((item for item in STAGES if item <= mentions), default=0)


def name_due(connection: sqlite3.Connection, more: Mapping[int, int]) -> None:
    """Name concepts whose mentions have reached a stage by `more` that have come."""
    rows = connection.execute(
        "SELECT c.id, c.mentions FROM json_each(?) j JOIN concept c ON c.id = j.value "
        "WHERE c.mentions >= ? AND NOT c.kept",
        (json.dumps(list(more)), STAGES[0]),
    )
    name(
        connection,
        {id: number for id, number in rows if stage(number) != stage(number - more[id])},
    )


def name(connection: sqlite3.Connection, mentions: Mapping[int, int]) -> None:
    """Give concepts the name and type that their oldest mentions have, by how many there are."""
    oldest = {id: _oldest(connection, id, number) for id, number in mentions.items()}
    texts = _read(connection, {engram for engrams in oldest.values() for engram in engrams})
    results: list[tuple[str, int, int]] = []
    for concept, engrams in oldest.items():
        forms: list[str] = []
        types: list[int] = []
        for engram in engrams:
            if engram not in texts:
                continue
            record, text = texts[engram]
            try:
                steps = fiber_records.unpack(record).steps
            except FiberRecordError:
                continue
            step = next((item for item in steps if item.concept == concept), None)
            if step is None or step.start == step.end:
                # Meant there, and not named.
                continue
            forms.append(" ".join(text[step.start : step.end].split()))
            types.append(step.type)
        if forms:
            results.append((*_elect(forms, types, stage(mentions[concept])), concept))
    connection.executemany(
        "UPDATE concept SET name = ?1, type = ?2 WHERE id = ?3 AND (name <> ?1 OR type <> ?2)",
        [row for row in results if row[0]],
    )


def _oldest(connection: sqlite3.Connection, concept: int, mentions: int) -> list[int]:
    """As many of the oldest engrams that mention a concept as are looked at."""
    return integers(
        connection,
        "SELECT engram FROM mention WHERE concept = ? ORDER BY engram LIMIT ?",
        (concept, stage(mentions) or STAGES[0]),
    )


def _read(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, tuple[bytes, str]]:
    """The records and words of engrams that have fibers."""
    rows = connection.execute(
        "SELECT f.engram, f.record, substr(e.text, 1, ?) FROM json_each(?) j "
        "JOIN fiber f ON f.engram = j.value JOIN engram e ON e.id = f.engram",
        (_LONGEST, json.dumps(sorted(engrams))),
    )
    return {engram: (record, text) for engram, record, text in rows}


def _elect(forms: Sequence[str], types: Sequence[int], stage: int) -> tuple[str, int]:
    if not stage:
        return forms[0], next((type for type in types if type != PLAIN), PLAIN)
    type = _commonest_type(types)
    return _commonest_name(forms, proper=type in _PROPER), type


def _commonest_type(types: Sequence[int]) -> int:
    """The type that most mentions have; a name that often says where is that of a place."""
    if types.count(types[0]) == len(types):
        return types[0]
    numbers = Counter(types)
    type, maximum = max(numbers.items(), key=lambda each: (each[1], each[0] != PLAIN, -each[0]))
    if type == PLAIN and numbers[_ACTION] + numbers[_INTENT] > maximum:
        return max(_ACTION, _INTENT, key=lambda each: numbers[each])
    if type == _ENTITY and 2 * numbers[_SPATIAL] >= maximum:
        return _SPATIAL
    return type


def _commonest_name(forms: Sequence[str], *, proper: bool) -> str:
    """The form that most mentions have, the first of several; a heading's capitals only if all."""
    if forms.count(forms[0]) == len(forms):
        return forms[0]
    numbers = Counter(map(str.casefold, forms))
    commonest = max(numbers, key=lambda form: numbers[form])
    writings = Counter(form for form in forms if form.casefold() == commonest)
    plain = [form for form in writings if not _shouted(form)] or list(writings)
    if not proper:
        plain = [form for form in plain if not form[:1].isupper()] or plain
    return max(plain, key=lambda form: writings[form])


def _shouted(form: str) -> bool:
    return len(form) > 1 and form.isupper()
