"""The name and type of a concept, elected by its oldest mentions.

A text may take "Hand" at the start of a heading for a name, and "hand over" for an action: with few
mentions the first decides, with more the majority. Mentions are evaluated only when their number
reaches a stage, which keeps linking fast.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from workbench.store import fiber_records
from workbench.store.fiber_records import FiberRecordError
from workbench.store.queries import integers, json_list

#: The generic type; any other type of a mention is more specific.
PLAIN = 6
#: Named entities, and places.
_ENTITY, _SPATIAL = 3, 2
#: Actions and intentions, as opposed to things.
_ACTION, _INTENT = 4, 8
_PROPER = (_ENTITY, _SPATIAL)
#: Numbers of mentions at which as many of the oldest are evaluated.
STAGES = (4, 24)
#: Maximum characters of a text; concepts are named at its start (see `trace`).
_LONGEST = 20_000


def stage(mentions: int) -> int:
    """The number of oldest mentions that decide name and type; 0: the first."""
    return max((item for item in STAGES if item <= mentions), default=0)


def name_due(connection: sqlite3.Connection, more: Mapping[int, int]) -> None:
    """Rename concepts that reached a stage by `more` new mentions."""
    rows = connection.execute(
        "SELECT c.id, c.mentions FROM json_each(?) j JOIN concept c ON c.id = j.value "
        "WHERE c.mentions >= ? AND NOT c.kept",
        (json_list(more), STAGES[0]),
    )
    name(
        connection,
        {id: number for id, number in rows if stage(number) != stage(number - more[id])},
    )


def name(connection: sqlite3.Connection, mentions: Mapping[int, int]) -> None:
    """Set the names and types of concepts from their oldest mentions, given their numbers."""
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
                step = fiber_records.step(record, concept)
            except FiberRecordError:
                continue
            if step is None or step.start == step.end:
                # Referred to without being named.
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
    """The oldest engrams that mention a concept, as many as its stage."""
    return integers(
        connection,
        "SELECT engram FROM mention WHERE concept = ? ORDER BY engram LIMIT ?",
        concept,
        stage(mentions) or STAGES[0],
    )


def _read(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, tuple[bytes, str]]:
    """The records and texts of engrams with fibers."""
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
    """The most frequent type; a name that often denotes a place is one."""
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
    """The most frequent form, the first of ties; capitals of headings only if all are."""
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
