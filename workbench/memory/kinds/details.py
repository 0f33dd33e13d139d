"""Kind, priority, tags, trust and expiry of one memory.

Trust has an upper bound by origin: 0.9 for the user, 0.7 for imports and other programs, 0.5 for
what was generated automatically.
"""

import sqlite3
from collections.abc import Sequence

from workbench.errors import NotFoundError, UsageError
from workbench.memory import words
from workbench.memory.facts import facts, plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import NEVER, Mark, check_days
from workbench.memory.facts.records import Fact
from workbench.memory.kinds import marked, reviewing
from workbench.memory.kinds.records import Info
from workbench.memory.notes import notes
from workbench.memory.regions.stores import Layer, Region
from workbench.store import collections, marks, reviews, strengths
from workbench.store import notes as note_rows

_DAY_SECONDS = 86_400
#: The maximum trust by origin.
USER_TRUST, IMPORTED_TRUST, AUTOMATIC_TRUST = 0.9, 0.7, 0.5
#: Prefixes of the names of automatic sources.
_AUTOMATIC = ("auto",)


def cap(sources: Sequence[str]) -> float:
    """The maximum trust of a memory by its sources; none for the user."""
    if not sources:
        return USER_TRUST
    if all(source.casefold().startswith(_AUTOMATIC) for source in sources):
        return AUTOMATIC_TRUST
    return IMPORTED_TRUST


def matching(index: FactIndex, match: str, *, collection: str | None = None) -> list[int]:
    """The facts and notes of a scope that contain these words, whole and in order.

    Newest first. Raises `UsageError` for a match without words.
    """
    _, matches = facts.containing(index, match, collection=collection)
    phrase = words.sequence(match)
    size = len(phrase)
    for note in notes.listing(index, collection=collection):
        note_words = words.sequence(note.text)
        if any(note_words[i : i + size] == phrase for i in range(len(note_words) - size + 1)):
            matches.append(note.id)
    return matches


def info_of(index: FactIndex, id: int) -> Info | None:
    """The details of a memory; None if there is none of that id."""
    strength = plastic.strength_of(index, id)
    if strength is None:
        return None
    fact = strength.fact or notes.load(index, id)
    if fact is None:
        return None
    with index.store.read() as connection:
        tags = marks.tags_of(connection, [id]).get(id, ())
        trust = marks.trust_of(connection, id)
        inside = collections.projects_of(connection, id)
        due = reviews.by_ids(connection, [id]).get(id)
    limit = cap(fact.sources)
    timestamp = index.store.clock()
    return Info(
        id=id,
        text=fact.text,
        type=fact.kind,
        priority=fact.priority,
        tags=tags,
        source=", ".join(fact.sources) or "user",
        sources=fact.sources,
        trust=limit if trust is None else min(trust, limit),
        collection=fact.collection,
        projects=tuple(map(marked.short, inside)),
        told=fact.told,
        at=fact.at,
        expires=fact.expires,
        expires_in_days=_days_left(fact, timestamp),
        expired=fact.expired,
        current=fact.current,
        pinned=strength.pinned,
        archived=strength.archived,
        strength=round(strength.strength, 4),
        stability=strength.stability,
        retention=round(strength.retention, 4),
        salience=strength.salience,
        stage=strength.stage,
        layer=Layer.LONG_TERM if strength.fact is None else strength.layer,
        region=Region.NEOCORTEX if strength.fact is None else strength.region,
        access_count=strength.uses,
        used=strength.used if strength.uses else None,
        due=None if due is None else due.due,
    )


def _days_left(fact: Fact, timestamp: float) -> float | None:
    return None if fact.expires is None else round((fact.expires - timestamp) / _DAY_SECONDS, 4)


def set_expiry(index: FactIndex, ids: Sequence[int], days: float | None) -> int:
    """Let memories expire after so many days from now, or never (None); returns how many exist.

    Raises `UsageError` for a time in the past, and for pinned memories.
    """
    forever = days is None or days == NEVER
    if days is not None:
        check_days(days)
    expires = None if forever or days is None else index.store.clock() + days * _DAY_SECONDS

    def work(connection: sqlite3.Connection) -> int:
        existing = _existing(connection, ids)
        if not forever and any(
            row.pinned for row in strengths.by_ids(connection, existing).values()
        ):
            raise UsageError("A pinned statement cannot expire.", "Let it fade again first.")
        marks.set_expiry(connection, existing, expires)
        return len(existing)

    index.strengths.flush()
    return index.store.write(work, act="expiry changed")


def note(index: FactIndex, ids: Sequence[int], mark: Mark, untag: Sequence[str] = ()) -> int:
    """Set metadata of memories; returns how many exist. Notes keep their kind.

    A new kind brings its default expiry if the mark has no days. Raises `UsageError`, and
    `NotFoundError` for an unknown project.
    """
    removed_tags = marks.plain(untag)
    if mark.days is not None:
        set_expiry(index, ids, mark.days)

    def work(connection: sqlite3.Connection) -> int:
        existing = _existing(connection, ids)
        timestamp = index.store.clock()
        note_kinds = {row.id: row.kind for row in note_rows.by_ids(connection, existing)}
        if mark.kind is not None and note_kinds:
            raise UsageError(
                "Instructions, stances and variables are of their own kind.",
                "Choose words that occur in facts only.",
            )
        if mark.kind is not None or mark.priority is not None:
            for id in existing:
                marks.store(connection, [id], mark.kind or note_kinds.get(id), mark.priority, None)
        if mark.kind is not None and mark.days is None:
            strength_rows = strengths.by_ids(connection, existing)
            fading = [
                id for id in existing if id not in strength_rows or not strength_rows[id].pinned
            ]
            marks.set_expiry(connection, fading, mark.expires(timestamp))
        marks.tag(connection, existing, mark.tags)
        marks.untag(connection, existing, removed_tags)
        if mark.trust is not None:
            marks.set_trust(connection, existing, mark.trust)
        if mark.priority is not None and mark.priority >= reviewing.AUTOMATIC_PRIORITY:
            marked.schedule_review(
                connection, [id for id in existing if id not in note_kinds], timestamp
            )
        return len(existing)

    return index.store.write(work, act="details changed")


def _existing(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """The ids of the facts and notes that exist."""
    created = strengths.origins(connection, ids)
    return [id for id in ids if id in created]


def missing(match: str) -> NotFoundError:
    """The error that no memory contains these words."""
    return NotFoundError(
        f"No memory contains the words “{match.strip()[:60]}”.",
        "See what there is with: workbench list memories",
    )
