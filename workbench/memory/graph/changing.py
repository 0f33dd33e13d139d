"""Manual corrections of concepts: rename, retype, merge, split.

Each can be undone, and applies to future linking, too: all spellings of two merged concepts link to
one, and a corrected type is not detected again.
"""

import sqlite3
from collections.abc import Callable

from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.keys import key_of
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import concept_type
from workbench.memory.graph.namesakes import Namesake
from workbench.memory.graph.records import ConceptChange
from workbench.store import concept_changes as changes
from workbench.store import graph
from workbench.store.changes import act
from workbench.store.concept_mentions import own_key
from workbench.store.graph import ConceptRow, Places

#: The kind of each change in the change log.
KINDS = {
    "rename": "concept renamed",
    "retype": "concept retyped",
    "merge": "concepts merged",
    "split": "concept split",
}
_ALL = Places()
_LONGEST = 120


def rename(concepts: ConceptGraph, ref: ConceptRef, name: str) -> ConceptChange:
    """Rename a concept; its former name remains an alias.

    Raises `NotFoundError`, and `UsageError` for an invalid name or that of another concept.
    """
    new_name = _name(name)
    keys = dict.fromkeys(key for key in (key_of(new_name), key_of(new_name, plural=False)) if key)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> None:
        owners = graph.by_keys(connection, keys)
        conflicting = {concept for concept in owners.values() if concept != row.id}
        if conflicting:
            conflict = next(iter(graph.by_ids(connection, conflicting).values()))
            raise UsageError(
                f"There is a concept “{conflict.name}” already.", "Merge the two if they are one."
            )
        changes.assign_keys(connection, [key for key in keys if key not in owners], row.id)
        changes.name(connection, row.id, new_name, row.type)

    return _apply(concepts, ref, "rename", work)


def retype(concepts: ConceptGraph, ref: ConceptRef, type: str) -> ConceptChange:
    """Set the type of a concept. Raises `NotFoundError`, and `UsageError`."""
    of = concept_type(type)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> None:
        changes.name(connection, row.id, row.name, int(of))

    return _apply(concepts, ref, "retype", work)


def merge(
    concepts: ConceptGraph,
    ref: ConceptRef,
    target: ConceptRef,
    *,
    found: bool = False,
    by_itself: bool = False,
) -> ConceptChange:
    """Merge one concept into another, with all its names.

    `found` marks a merge that the program has proposed. One that it makes `by_itself` is undone by
    its id only. Raises `NotFoundError`, and `UsageError` for a concept and itself.
    """
    with concepts.reading() as connection:
        other = concept_cards.find_concept(concepts, connection, ref, _ALL)
        used = changes.reinforced(connection, other.id)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> None:
        if other.id == row.id:
            raise UsageError(
                f"“{row.name}” is one concept already.", "Name two different concepts."
            )
        if other.id not in graph.by_ids(connection, [other.id]):
            raise NotFoundError(f"“{other.name}” was removed meanwhile.", "Look for it again.")
        keys = graph.keys_of(connection, other.id)
        engrams = changes.holders(connection, other.id)
        changes.assign_keys(connection, keys, row.id)
        if keys:
            changes.reroute(connection, engrams, other.id, keys[0])
        by_hand = row.kept == changes.BY_HAND or not (found or by_itself)
        kept = changes.BY_HAND if by_hand else changes.BY_ITSELF
        changes.name(connection, row.id, row.name, row.type, kept)
        changes.release(connection, other.id)

    change = _apply(concepts, target, "merge", work, why="alias" if by_itself else "")
    if used:
        to = change.concept.id
        concepts.store.write(lambda c: changes.transfer_reinforcement(c, used, other.id, to))
    return change


def split(concepts: ConceptGraph, ref: ConceptRef, form: str) -> ConceptChange:
    """Make one written form of a concept a concept of its own.

    Raises `NotFoundError`, and `UsageError` if it has no such form, or no other.
    """
    new_name = _name(form)

    def work(connection: sqlite3.Connection, row: ConceptRow) -> None:
        keys = graph.keys_of(connection, row.id)
        forms = key_of(new_name), key_of(new_name, plural=False)
        moved = [key for key in keys if key.rpartition("\x1f")[2] in forms]
        if not moved:
            raise UsageError(
                f"“{row.name}” is not written “{new_name}”.",
                f"It is known as: {', '.join(key.rpartition(chr(31))[2] for key in keys)}.",
            )
        if len(moved) == len(keys):
            raise UsageError(
                f"“{row.name}” is written in no other way.", "There is nothing to split."
            )
        other = changes.make(connection, new_name, row.type)
        changes.assign_keys(connection, moved, other)
        changes.name(connection, row.id, row.name, row.type)
        changes.queue_retrace(connection, row.id)

    return _apply(concepts, ref, "split", work)


def split_namesake(concepts: ConceptGraph, namesake: Namesake) -> ConceptChange:
    """Give the people of one name in some sources a concept of their own.

    Raises `NotFoundError`.
    """
    keys = [own_key(source, namesake.key) for source in namesake.sources]
    name = namesake.key.title()

    def work(connection: sqlite3.Connection, row: ConceptRow) -> None:
        other = namesake.target or changes.make(connection, name, row.type, changes.BY_ITSELF)
        changes.assign_keys(connection, keys, other)
        changes.queue_retrace(connection, row.id, namesake.sources)
        for key in keys:
            # Never repeated, and made one again by accepting this.
            changes.reject_alias(connection, (key, namesake.key), (name, row.name), "namesake")

    return _apply(concepts, namesake.id, "split", work, why="alias")


def _apply(
    concepts: ConceptGraph,
    ref: ConceptRef,
    kind: str,
    work: Callable[[sqlite3.Connection, ConceptRow], None],
    why: str = "",
) -> ConceptChange:
    """Change a concept as one act, and relink what it concerns."""

    def change(connection: sqlite3.Connection) -> tuple[int, int]:
        row = concept_cards.find_concept(concepts, connection, ref, _ALL)
        with act(connection, KINDS[kind], concepts.store.clock(), why=why) as number:
            work(connection, row)
        return number, row.id

    concepts.catch_up()
    number, concept = concepts.store.write(change)
    with concepts.reading() as connection:
        row = graph.by_ids(connection, [concept])[concept]
        return ConceptChange(number, kind, concept_cards.to_concept(connection, row, _ALL))


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not key_of(cleaned) or len(cleaned) > _LONGEST:
        raise UsageError(
            f"A name has a letter or a digit, and at most {_LONGEST} characters.",
            "Choose another one.",
        )
    return cleaned
