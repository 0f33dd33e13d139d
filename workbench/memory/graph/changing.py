"""Manual corrections of concepts: rename, retype, merge, split.

Each change can be undone. It holds for what is linked later, too: what two concepts were written as
stands for one from then on, and a type that was given is not found anew.
"""

import sqlite3
from collections.abc import Callable

from workbench.arguments import Id
from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.keys import key_of
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import concept_type
from workbench.memory.graph.records import ConceptChange
from workbench.store import concept_changes as changes
from workbench.store import graph
from workbench.store.concept_changes import ChangeRow
from workbench.store.graph import ConceptRow, Places

_ALL = Places()
_LONGEST = 120


def rename(concepts: ConceptGraph, ref: ConceptRef, name: str) -> ConceptChange:
    """Give a concept another name; it is found by that one as well.

    Raises `NotFoundError`, and `UsageError` for a name that is none or another concept's.
    """
    new_name = _name(name)
    keys = dict.fromkeys(key for key in (key_of(new_name), key_of(new_name, plural=False)) if key)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        owners = graph.by_keys(connection, keys)
        conflicting = {concept for concept in owners.values() if concept != row.id}
        if conflicting:
            conflict = next(iter(graph.by_ids(connection, conflicting).values()))
            raise UsageError(
                f"There is a concept “{conflict.name}” already.", "Merge the two if they are one."
            )
        new = [key for key in keys if key not in owners]
        changes.give_keys(connection, new, row.id)
        changes.name(connection, row.id, new_name, row.type, kept=True)
        return _record(concepts, connection, "rename", row, keys=new)

    return _apply(concepts, ref, work)


def retype(concepts: ConceptGraph, ref: ConceptRef, type: str) -> ConceptChange:
    """Say what kind of thing a concept is. Raises `NotFoundError`, and `UsageError`."""
    of = concept_type(type)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        changes.name(connection, row.id, row.name, int(of), kept=True)
        return _record(concepts, connection, "retype", row)

    return _apply(concepts, ref, work)


def merge(
    concepts: ConceptGraph, ref: ConceptRef, target: ConceptRef, *, by_itself: bool = False
) -> ConceptChange:
    """Say that two concepts are one: whatever names the first names the second from now on.

    What the program does `by_itself` is undone by its number only.
    Raises `NotFoundError`, and `UsageError` for a concept and itself.
    """
    with concepts.reading() as connection:
        other = concept_cards.find_concept(concepts, connection, ref, _ALL)
        used = changes.learned(connection, other.id)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        if other.id == row.id:
            raise UsageError(
                f"“{row.name}” is one concept already.", "Name two different concepts."
            )
        if other.id not in graph.by_ids(connection, [other.id]):
            raise NotFoundError(f"“{other.name}” was removed meanwhile.", "Look for it again.")
        keys = graph.keys_of(connection, other.id)
        engrams, shared = changes.holders(connection, other.id, row.id)
        last = graph.linked(connection)
        changes.give_keys(connection, keys, row.id)
        if keys:
            changes.put_into(connection, engrams, other.id, keys[0])
        changes.name(connection, row.id, row.name, row.type, kept=True)
        changes.release(connection, other.id)
        return _record(
            concepts,
            connection,
            "merge",
            row,
            keys=keys,
            other=other.id,
            other_name=other.name,
            other_type=other.type,
            other_kept=other.kept,
            engrams=sorted(set(engrams) - set(shared)),
            both=shared,
            last=last,
            by_itself=by_itself,
        )

    change = _apply(concepts, target, work)
    if used:
        to = change.concept.id
        concepts.store.write(lambda c: changes.carry_over(c, used, other.id, to))
    return change


def split(concepts: ConceptGraph, ref: ConceptRef, form: str) -> ConceptChange:
    """Say that one of the ways in which a concept is written is a concept of its own.

    Raises `NotFoundError`, and `UsageError` where it is not written so, or in no other way.
    """
    new_name = _name(form)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        keys = graph.keys_of(connection, row.id)
        moved = [key for key in keys if key in (key_of(new_name), key_of(new_name, plural=False))]
        if not moved:
            raise UsageError(
                f"“{row.name}” is not written “{new_name}”.",
                f"It is known as: {', '.join(keys)}.",
            )
        if len(moved) == len(keys):
            raise UsageError(
                f"“{row.name}” is written in no other way.", "There is nothing to split."
            )
        other = changes.make(connection, new_name, row.type)
        changes.give_keys(connection, moved, other)
        changes.name(connection, row.id, row.name, row.type, kept=True)
        changes.trace_again(connection, row.id)
        return _record(concepts, connection, "split", row, keys=moved, other=other)

    return _apply(concepts, ref, work)


def undo(concepts: ConceptGraph, id: Id | None = None) -> ConceptChange:
    """Take back a change, for None the user's last.

    Raises `NotFoundError` for none such, `UsageError` where a later one rests on it.
    """

    def work(connection: sqlite3.Connection) -> ChangeRow:
        change = changes.get(connection, id)
        if change is None:
            raise NotFoundError(
                "There is no such change of a concept to be undone.",
                "What became one by itself is in `workbench aliases --state merged`.",
            )
        later = changes.later(connection, change)
        if later is not None:
            raise UsageError(
                "Something that was changed later rests on this.", f"Undo change {later} first."
            )
        _UNDO[change.what](connection, change)
        changes.drop(connection, change.id)
        record = change.record
        changes.name(connection, change.concept, record["name"], record["type"], kept=True)
        if not record["kept"]:
            changes.release(connection, change.concept)
        return change

    concepts.catch_up()
    change = concepts.store.write(work)
    with concepts.reading() as connection:
        rows = graph.by_ids(connection, [change.concept])
        row = rows.get(change.concept) or ConceptRow(
            change.concept, change.record["name"], change.record["type"], 0, None, None, False
        )
        return ConceptChange(
            change.id, f"undo {change.what}", concept_cards.to_concept(connection, row, _ALL)
        )


def _undo_name(connection: sqlite3.Connection, change: ChangeRow) -> None:
    if change.record["keys"]:
        changes.drop_keys(connection, change.record["keys"], change.concept)
        changes.trace_again(connection, change.concept)


def _undo_type(connection: sqlite3.Connection, change: ChangeRow) -> None:
    """Name and type are given back for every change."""


def _undo_merge(connection: sqlite3.Connection, change: ChangeRow) -> None:
    record = change.record
    if not graph.by_ids(connection, [record["other"]]):
        changes.restore(
            connection, record["other"], record["other_name"], record["other_type"], kept=True
        )
    changes.give_keys(connection, record["keys"], record["other"])
    if record["keys"]:
        changes.put_into(connection, record["engrams"], change.concept, record["keys"][0])
    # What named both, and what was told since, is for the tracing to tell apart.
    changes.trace_again(connection, change.concept, after=record["last"], also=record["both"])
    if not record["other_kept"]:
        connection.execute("UPDATE concept SET kept = 0 WHERE id = ?", (record["other"],))


def _undo_split(connection: sqlite3.Connection, change: ChangeRow) -> None:
    record = change.record
    changes.trace_again(connection, record["other"])
    changes.give_keys(connection, record["keys"], change.concept)
    changes.release(connection, record["other"])


_UNDO: dict[str, Callable[[sqlite3.Connection, ChangeRow], None]] = {
    "rename": _undo_name,
    "retype": _undo_type,
    "merge": _undo_merge,
    "split": _undo_split,
}


def _apply(
    concepts: ConceptGraph, ref: ConceptRef, work: Callable[[sqlite3.Connection, ConceptRow], int]
) -> ConceptChange:
    """Change the concept that is meant, and link what that concerns."""

    def change(connection: sqlite3.Connection) -> tuple[int, int]:
        row = concept_cards.find_concept(concepts, connection, ref, _ALL)
        return work(connection, row), row.id

    concepts.catch_up()
    number, concept = concepts.store.write(change)
    with concepts.reading() as connection:
        row = graph.by_ids(connection, [concept])[concept]
        stored = changes.get(connection, number)
        kind = "" if stored is None else stored.what
        return ConceptChange(number, kind, concept_cards.to_concept(connection, row, _ALL))


def _record(
    concepts: ConceptGraph,
    connection: sqlite3.Connection,
    kind: str,
    row: ConceptRow,
    **more: object,
) -> int:
    record = {"name": row.name, "type": row.type, "kept": row.kept, **more}
    return changes.put(connection, kind, row.id, concepts.store.clock(), record)


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not key_of(cleaned) or len(cleaned) > _LONGEST:
        raise UsageError(
            f"A name has a letter or a digit, and at most {_LONGEST} characters.",
            "Choose another one.",
        )
    return cleaned
