"""Manual corrections of concepts: rename, retype, merge, split.

Each change can be undone. It holds for what is linked later, too: what two concepts were written as
stands for one from then on, and a type that was given is not found anew.
"""

import sqlite3
from collections.abc import Callable

from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.keys import key_of
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import concept_type
from workbench.memory.graph.records import ConceptChange
from workbench.store import concept_changes as changes
from workbench.store import graph
from workbench.store.concept_changes import ChangeRow
from workbench.store.graph import ConceptRow, Places

_ALL = Places()
_LONGEST = 120


def rename(held: ConceptGraph, which: Which, name: str) -> ConceptChange:
    """Give a concept another name; it is found by that one as well.

    Raises `NotFoundError`, and `UsageError` for a name that is none or another concept's.
    """
    called = _name(name)
    keys = dict.fromkeys(key for key in (key_of(called), key_of(called, plural=False)) if key)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        taken = graph.by_keys(connection, keys)
        others = {concept for concept in taken.values() if concept != row.id}
        if others:
            there = next(iter(graph.by_ids(connection, others).values()))
            raise UsageError(
                f"There is a concept “{there.name}” already.", "Merge the two if they are one."
            )
        new = [key for key in keys if key not in taken]
        changes.give_keys(connection, new, row.id)
        changes.name(connection, row.id, called, row.type, kept=True)
        return _put(held, connection, "rename", row, keys=new)

    return _done(held, which, work)


def retype(held: ConceptGraph, which: Which, type: str) -> ConceptChange:
    """Say what kind of thing a concept is. Raises `NotFoundError`, and `UsageError`."""
    of = concept_type(type)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        changes.name(connection, row.id, row.name, int(of), kept=True)
        return _put(held, connection, "retype", row)

    return _done(held, which, work)


def merge(
    held: ConceptGraph, which: Which, into: Which, *, by_itself: bool = False
) -> ConceptChange:
    """Say that two concepts are one: whatever names the first names the second from now on.

    What the program does `by_itself` is undone by its number only.
    Raises `NotFoundError`, and `UsageError` for a concept and itself.
    """
    with held.reading() as connection:
        other = concept_cards.wanted(held, connection, which, _ALL)
        used = changes.learned(connection, other.id)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        if other.id == row.id:
            raise UsageError(
                f"“{row.name}” is one concept already.", "Name two different concepts."
            )
        if other.id not in graph.by_ids(connection, [other.id]):
            raise NotFoundError(f"“{other.name}” was removed meanwhile.", "Look for it again.")
        keys = graph.keys_of(connection, other.id)
        engrams, both = changes.holders(connection, other.id, row.id)
        last = graph.linked(connection)
        changes.give_keys(connection, keys, row.id)
        if keys:
            changes.put_into(connection, engrams, other.id, keys[0])
        changes.name(connection, row.id, row.name, row.type, kept=True)
        changes.release(connection, other.id)
        return _put(
            held,
            connection,
            "merge",
            row,
            keys=keys,
            other=other.id,
            other_name=other.name,
            other_type=other.type,
            other_kept=other.kept,
            engrams=sorted(set(engrams) - set(both)),
            both=both,
            last=last,
            by_itself=by_itself,
        )

    done = _done(held, into, work)
    if used:
        to = done.concept.id
        held.store.write(lambda c: changes.carry_over(c, used, other.id, to))
    return done


def split(held: ConceptGraph, which: Which, form: str) -> ConceptChange:
    """Say that one of the ways in which a concept is written is a concept of its own.

    Raises `NotFoundError`, and `UsageError` where it is not written so, or in no other way.
    """
    called = _name(form)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> int:
        keys = graph.keys_of(connection, row.id)
        own = [key for key in keys if key in (key_of(called), key_of(called, plural=False))]
        if not own:
            raise UsageError(
                f"“{row.name}” is not written “{called}”.",
                f"It is known as: {', '.join(keys)}.",
            )
        if len(own) == len(keys):
            raise UsageError(
                f"“{row.name}” is written in no other way.", "There is nothing to split."
            )
        other = changes.make(connection, called, row.type)
        changes.give_keys(connection, own, other)
        changes.name(connection, row.id, row.name, row.type, kept=True)
        changes.trace_again(connection, row.id)
        return _put(held, connection, "split", row, keys=own, other=other)

    return _done(held, which, work)


def undo(held: ConceptGraph, id: int | None = None) -> ConceptChange:
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
        before = change.record
        changes.name(connection, change.concept, before["name"], before["type"], kept=True)
        if not before["kept"]:
            changes.release(connection, change.concept)
        return change

    held.catch_up()
    change = held.store.write(work)
    with held.reading() as connection:
        rows = graph.by_ids(connection, [change.concept])
        row = rows.get(change.concept) or ConceptRow(
            change.concept, change.record["name"], change.record["type"], 0, None, None, False
        )
        return ConceptChange(
            change.id, f"undo {change.what}", concept_cards.told(connection, row, _ALL)
        )


def _undo_name(connection: sqlite3.Connection, change: ChangeRow) -> None:
    if change.record["keys"]:
        changes.drop_keys(connection, change.record["keys"], change.concept)
        changes.trace_again(connection, change.concept)


def _undo_type(connection: sqlite3.Connection, change: ChangeRow) -> None:
    """Name and type are given back for every change."""


def _undo_merge(connection: sqlite3.Connection, change: ChangeRow) -> None:
    before = change.record
    if not graph.by_ids(connection, [before["other"]]):
        changes.restore(
            connection, before["other"], before["other_name"], before["other_type"], kept=True
        )
    changes.give_keys(connection, before["keys"], before["other"])
    if before["keys"]:
        changes.put_into(connection, before["engrams"], change.concept, before["keys"][0])
    # What named both, and what was told since, is for the tracing to tell apart.
    changes.trace_again(connection, change.concept, after=before["last"], also=before["both"])
    if not before["other_kept"]:
        connection.execute("UPDATE concept SET kept = 0 WHERE id = ?", (before["other"],))


def _undo_split(connection: sqlite3.Connection, change: ChangeRow) -> None:
    before = change.record
    changes.trace_again(connection, before["other"])
    changes.give_keys(connection, before["keys"], change.concept)
    changes.release(connection, before["other"])


_UNDO: dict[str, Callable[[sqlite3.Connection, ChangeRow], None]] = {
    "rename": _undo_name,
    "retype": _undo_type,
    "merge": _undo_merge,
    "split": _undo_split,
}


def _done(
    held: ConceptGraph, which: Which, work: Callable[[sqlite3.Connection, ConceptRow], int]
) -> ConceptChange:
    """Change the concept that is meant, and link what that concerns."""

    def change(connection: sqlite3.Connection) -> tuple[int, int]:
        row = concept_cards.wanted(held, connection, which, _ALL)
        return work(connection, row), row.id

    held.catch_up()
    number, concept = held.store.write(change)
    with held.reading() as connection:
        row = graph.by_ids(connection, [concept])[concept]
        made = changes.get(connection, number)
        what = "" if made is None else made.what
        return ConceptChange(number, what, concept_cards.told(connection, row, _ALL))


def _put(
    held: ConceptGraph,
    connection: sqlite3.Connection,
    what: str,
    row: ConceptRow,
    **more: object,
) -> int:
    record = {"name": row.name, "type": row.type, "kept": row.kept, **more}
    return changes.put(connection, what, row.id, held.store.clock(), record)


def _name(name: str) -> str:
    called = " ".join(name.split())
    if not key_of(called) or len(called) > _LONGEST:
        raise UsageError(
            f"A name has a letter or a digit, and at most {_LONGEST} characters.",
            "Choose another one.",
        )
    return called
