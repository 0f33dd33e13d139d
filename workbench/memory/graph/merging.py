"""Merges aliases: automatically if certain, else on confirmation.

A merge is a change of concepts like a manual one, so it can be undone and applies to future
sources; undone and rejected ones are not repeated.
"""

import sqlite3
from functools import cache

from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory.graph import aliases, changing, concept_cards
from workbench.memory.graph.aliases import CERTAIN, TYPES, ConceptName, Likeness
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.namesakes import namesakes
from workbench.memory.graph.records import Alias
from workbench.store import concept_changes as rows
from workbench.store import graph, undo
from workbench.store.concept_changes import AliasRow
from workbench.store.graph import EVERYWHERE, Places

STATES = ("open", "merged", "rejected")
#: Memories searched for the definition of an acronym, and stored as evidence.
_SEARCHED, _EVIDENCE_LIMIT = 32, 3
#: Rounds of detection, since a merge may make others certain.
_ROUNDS = 3


def find(concepts: ConceptGraph) -> int:
    """Detect aliases; returns how many await confirmation."""
    concepts.catch_up()
    with concepts.reading() as connection:
        candidates = [ConceptName(*row) for row in rows.mentioned(connection, TYPES)]

        @cache
        def places(concept: int) -> frozenset[int]:
            return rows.places_of(connection, concept)

        def texts(concept: int, other: int) -> list[str]:
            engrams = graph.containing(connection, {concept, other}, EVERYWHERE)
            if len(engrams) > _SEARCHED:
                # Definitions are usually at the first occurrence.
                engrams = engrams[: _SEARCHED // 2] + engrams[-_SEARCHED // 2 :]
            return [row[1] for row in graph.memories(connection, engrams)]

        pairs = aliases.likenesses(candidates, places, _is_word, texts)
        names = {concept.id: concept.name for concept in candidates}
        noted = [(pair, _evidence(connection, pair, places(pair.id) & places(pair.target)))
                 for pair in pairs]  # fmt: skip

    def work(connection: sqlite3.Connection) -> int:
        for id in rows.undone_aliases(connection):
            rows.set_alias_state(connection, id, "rejected", None)
        existing = rows.aliases_by_keys(connection)
        proposed: set[tuple[str, str]] = set()
        for pair, evidence in noted:
            keys = _keys(connection, pair)
            if keys is None:
                continue
            proposed.add(keys)
            candidate = AliasRow(
                0, *keys, names[pair.id], names[pair.target], pair.reason, pair.certainty,
                tuple(sorted(evidence)), "open",
            )  # fmt: skip
            rows.propose_alias(connection, existing, candidate)
        rows.withdraw_aliases(connection, proposed)
        return len(rows.aliases(connection, "open"))

    return concepts.store.write(work)


def merge(
    concepts: ConceptGraph,
    *,
    certainty: float = CERTAIN,
    report: Report = silent,
    cancel: Cancel | None = None,
    by_itself: bool = False,
) -> list[Alias]:
    """Detect aliases and merge those of at least this `certainty`.

    Merges `by_itself` are not what the user undoes as their last change. Returns what was merged.
    Raises `Cancelled` between two of them; finished ones stay.
    """
    merged_ids: list[int] = []
    for _ in range(_ROUNDS):
        with concepts.reading() as connection:
            separate = namesakes(connection, _is_word)
        for namesake in separate:
            changing.split_namesake(concepts, namesake)
        find(concepts)
        with concepts.store.read() as connection:
            waiting = [
                row for row in rows.aliases(connection, "open") if row.certainty >= certainty
            ]
        before = len(merged_ids)
        for number, row in enumerate(waiting):
            if cancel is not None:
                cancel.check()
            report(Progress("merging", number, len(waiting), "names"))
            if _merged(concepts, row, by_itself=by_itself):
                merged_ids.append(row.id)
        if len(merged_ids) == before:
            break
    return [_load_alias(concepts, id) for id in merged_ids]


def listing(concepts: ConceptGraph, state: str, limit: int) -> list[Alias]:
    """The detected aliases, the surest first. Raises `UsageError` for an unknown state."""
    if state not in STATES:
        raise UsageError(f"“{state}” is not a state.", f"Choose one of {', '.join(STATES)}.")
    with concepts.reading() as connection:
        return [_to_alias(connection, row) for row in rows.aliases(connection, state, limit)]


def accept(concepts: ConceptGraph, id: int) -> Alias:
    """Merge a proposed pair. Raises `NotFoundError`, and `UsageError` if a concept is gone."""
    row = _load_row(concepts, id)
    if row.state != "merged" and not _merged(concepts, row):
        raise UsageError(f"“{row.name}” is no longer there.", "Look for names again.")
    return _load_alias(concepts, id)


def reject(concepts: ConceptGraph, id: int) -> Alias:
    """Reject a pair, and undo its merge. Raises `NotFoundError`.

    Raises `UsageError` if a later change depends on it.
    """
    row = _load_row(concepts, id)
    merged_by = row.change if row.state == "merged" else None

    def work(connection: sqlite3.Connection) -> None:
        if merged_by is not None and undo.stands(connection, merged_by):
            undo.undo(connection, merged_by)
        rows.set_alias_state(connection, id, "rejected", None)

    concepts.catch_up()
    concepts.store.write(work)
    return _load_alias(concepts, id)


def _merged(concepts: ConceptGraph, row: AliasRow, *, by_itself: bool = False) -> bool:
    """Merge two concepts, if both exist; returns whether they were."""
    with concepts.reading() as connection:
        owners = graph.by_keys(connection, (row.key, row.into_key))
    source, target = owners.get(row.key), owners.get(row.into_key)
    if source is None or target is None or source == target:
        return False
    change = changing.merge(concepts, source, target, found=True, by_itself=by_itself)
    concepts.store.write(lambda c: rows.set_alias_state(c, row.id, "merged", change.id))
    return True


def _load_row(concepts: ConceptGraph, id: int) -> AliasRow:
    with concepts.reading() as connection:
        row = rows.alias(connection, id)
    if row is None:
        raise NotFoundError(f"There is no alias {id}.", "See `workbench aliases`.")
    return row


def _load_alias(concepts: ConceptGraph, id: int) -> Alias:
    row = _load_row(concepts, id)
    with concepts.reading() as connection:
        return _to_alias(connection, row)


def _to_alias(connection: sqlite3.Connection, row: AliasRow) -> Alias:
    return Alias(
        row.id,
        row.name,
        row.into_name,
        row.why,
        row.certainty,
        row.state,
        row.change,
        tuple(concept_cards.mentioned(connection, row.evidence)),
    )


def _keys(connection: sqlite3.Connection, pair: Likeness) -> tuple[str, str] | None:
    keys = [graph.keys_of(connection, id) for id in (pair.id, pair.target)]
    return (keys[0][0], keys[1][0]) if all(keys) else None


def _evidence(connection: sqlite3.Connection, pair: Likeness, shared: frozenset[int]) -> list[int]:
    """Memories with both concepts, or one of each, from a shared place if there is one."""
    both, places = (pair.target, pair.id), Places(shared or None)
    return graph.containing(connection, both, EVERYWHERE, _EVIDENCE_LIMIT) or [
        engram for id in both for engram in graph.mentions(connection, id, places, 1)
    ]


def _is_word(word: str) -> bool:
    from ingest.triples.lexicon import lexicon

    return word.casefold() in lexicon()
