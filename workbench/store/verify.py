"""Verifies a library: texts at their positions, counts, references.

Stored properties of sources are compared with their contents, section by section, so that memory
does not grow with the library.
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from workbench.errors import Cancelled, LibraryError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store import (
    damage,
    facts,
    failures,
    kept_originals,
    migration,
    notes,
    quarantine,
    queries,
    repair,
    row_counts,
    sealed,
    strengths,
    versions,
)
from workbench.store.queries import counted
from workbench.store.store import Store

#: Maximum problems reported individually; the rest is only counted.
_MAX_REPORTED = 50

_FAR = ("verified", "embedded", "linked", "learned")


@dataclass(frozen=True, slots=True)
class Verified:
    """The result: numbers of checked items, duration (seconds), and problems as sentences.

    `repaired` lists repairs made before; `problems` are those left.
    """

    sound: bool
    sources: int
    passages: int
    engrams: int
    seconds: float
    problems: tuple[str, ...]
    repaired: tuple[str, ...] = ()
    facts: int = 0


def verify(
    store: Store,
    find: Callable[[int], bool] | None = None,
    *,
    index: Callable[[Cancel], Iterable[str]] | None = None,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> Verified:
    """Check the file structure, every quote's text, the counts and, with `find`, the index.

    `find(source)` tells whether a search finds a source; it is called for every verified source
    outside the trash. `index(cancel)` yields differences between the index and the file. Raises
    `Cancelled`.
    """
    started = time.perf_counter()
    cancel = cancel or Cancel()
    report(Progress("structure"))
    problems: list[str] = []
    counts = _Truth(0, 0, 0)
    rows: list[tuple[Any, ...]] = []
    fact_count = 0
    if not store.in_place():
        problems.append(failures.vanished(store.file).message)
    with store.read() as connection:
        broken = list(_guarded(lambda: _structure(connection)))
        problems += broken
        cancel.check()
        problems += _guarded(lambda: _relations(connection))
        problems += _guarded(lambda: _sources(connection, rows, counts, report, cancel))
        problems += _guarded(lambda: _ownership(connection))
        problems += _guarded(lambda: kept_originals.faults(connection, cancel))
        with contextlib.suppress(sqlite3.DatabaseError):
            fact_count = sum(facts.counts(connection).values())
        for faults in _FAULTS:
            cancel.check()
            problems += _guarded(partial(faults, connection))
    if index is not None:
        report(Progress("index", 0, len(rows), "sources"))
        problems += [
            f"{sentence[:1].upper()}{sentence[1:]}" for sentence in _guarded(partial(index, cancel))
        ]
    if find is not None:
        problems += _guarded(lambda: _unfound(rows, find, report, cancel))
    report(Progress("sources", len(rows), len(rows), "sources"))
    if broken:
        damage.note(store.file, broken[0])
    elif not problems:
        damage.clear(store.file)
    if len(problems) > _MAX_REPORTED:
        more = len(problems) - _MAX_REPORTED
        problems = [*problems[:_MAX_REPORTED], f"There are {more} more problems of this kind."]
    return Verified(
        sound=not problems,
        sources=len(rows),
        passages=counts.passages,
        engrams=counts.engrams,
        seconds=time.perf_counter() - started,
        problems=tuple(problems),
        facts=fact_count,
    )


def _guarded(faults: Callable[[], Iterable[str]]) -> Iterator[str]:
    """The faults found by a check; a check that fails has found damage."""
    try:
        yield from faults()
    except Cancelled:
        raise
    except (sqlite3.DatabaseError, LibraryError) as error:
        yield f"The file is damaged: {getattr(error, 'message', error)}"
    except Exception as error:  # noqa: BLE001 - what a damaged row leads to cannot be foreseen
        yield f"A row cannot be read as it was written: {error}."


@dataclass(slots=True)
class _Truth:
    """The actual counts of a source."""

    passages: int
    engrams: int
    pages: int


def _structure(connection: sqlite3.Connection) -> Iterator[str]:
    yield from migration.faults(connection)
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MAX_REPORTED})"):
        if line != "ok":
            yield f"The file is damaged: {line}"
    for index in queries.miscased_indexes(connection):
        yield f"The file is damaged: letters of index {index} are not those of its table"


def _relations(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(20):
        yield f"Row {row} of {table} belongs to a {parent} that is not there."


def _sources(
    connection: sqlite3.Connection,
    rows: list[tuple[Any, ...]],
    total: "_Truth",
    report: Report,
    cancel: Cancel,
) -> Iterator[str]:
    """Check each source and count its items; appends to `rows`."""
    rows += connection.execute(
        "SELECT id, title, characters, passages, engrams, pages, state, trashed FROM source "
        "ORDER BY id"
    )
    for number, (source, title, characters, *counts, state, _trashed) in enumerate(rows):
        report(Progress("sources", number, len(rows), "sources", title))
        truth = _Truth(0, 0, 0)
        for sentence in _source(connection, source, characters, state != "queued", truth, cancel):
            yield f"“{title}” (source {source}): {sentence}"
        stored = (counts[0], counts[1], counts[2])
        actual = (truth.passages, truth.engrams, truth.pages)
        if stored != actual:
            yield f"“{title}” (source {source}): {_miscounted(stored, actual)}"
        total.passages += truth.passages
        total.engrams += truth.engrams


def _unfound(
    rows: Sequence[tuple[Any, ...]], find: Callable[[int], bool], report: Report, cancel: Cancel
) -> Iterator[str]:
    for number, (source, title, *_, state, trashed) in enumerate(rows):
        cancel.check()
        report(Progress("index", number, len(rows), "sources", title))
        if state in _FAR and trashed is None and not find(source):
            yield f"“{title}” (source {source}): a search does not find it."


def _miscounted(stored: tuple[int, ...], actual: tuple[int, ...]) -> str:
    """The wrong counts of a source, as a sentence."""
    wrong = [
        f"{count} {noun} are noted and {result} are there"
        for noun, count, result in zip(
            ("passages", "statements", "pages"), stored, actual, strict=True
        )
        if count != result
    ]
    return f"{', '.join(wrong)}."


def _source(
    connection: sqlite3.Connection,
    source: int,
    characters: int,
    finished: bool,
    truth: _Truth,
    cancel: Cancel,
) -> Iterator[str]:
    at = 0
    first_engrams = 0
    sections = connection.execute(
        "SELECT id, ordinal, start, end FROM section WHERE source = ? ORDER BY ordinal", (source,)
    ).fetchall()
    for position, (section, ordinal, start, end) in enumerate(sections):
        cancel.check()
        if ordinal != position:
            yield f"chapter {position} is missing."
        if start != at:
            yield f"chapter {ordinal} starts at {start}, and the text before it ends at {at}."
        (text,) = connection.execute("SELECT text FROM section WHERE id = ?", (section,)).fetchone()
        if len(text) != end - start:
            yield f"chapter {ordinal} holds {len(text)} characters of {end - start}."
        at = end
        yield from _passages(connection, section, start, text, truth)
    if at != characters:
        yield f"it says it has {characters} characters, and it has {at}."
    for first, last in connection.execute(
        "SELECT first, last FROM extent WHERE source = ?", (source,)
    ):
        first_engrams += last - first + 1
    if first_engrams != truth.engrams:
        yield f"{first_engrams} statements are marked as its own, and it has {truth.engrams}."
    for number, start, end in connection.execute(
        "SELECT number, start, end FROM page WHERE source = ? ORDER BY number", (source,)
    ):
        truth.pages += 1
        # A page that continues in the next section is stored with the section it starts in.
        if not 0 <= start <= end or (end > at and finished) or start > at:
            yield f"page {number} lies outside its text."


def _passages(
    connection: sqlite3.Connection, section: int, base: int, text: str, truth: _Truth
) -> Iterator[str]:
    rows = connection.execute(
        "SELECT id, start, end, first_engram, last_engram FROM passage WHERE section = ? "
        "ORDER BY id",
        (section,),
    ).fetchall()
    if not rows:
        return
    lowest = min(row[3] for row in rows)
    highest = max(row[4] for row in rows)
    engrams: dict[int, list[tuple[int, int, int, str]]] = {}
    for engram, owner, start, end, words in connection.execute(
        "SELECT id, passage, start, end, text FROM engram WHERE id BETWEEN ? AND ? ORDER BY id",
        (lowest, highest),
    ):
        engrams.setdefault(owner, []).append((engram, start, end, words))
    limit = base + len(text)
    for passage, start, end, first, last in rows:
        truth.passages += 1
        if not base <= start < end <= limit:
            yield f"passage {passage} lies outside its chapter."
        members = engrams.pop(passage, [])
        truth.engrams += len(members)
        if [engram for engram, *_ in members] != list(range(first, last + 1)):
            yield f"passage {passage} lacks statements."
        for engram, from_, to, words in members:
            if not start <= from_ < to <= end:
                yield f"statement {engram} lies outside its passage."
            if text[from_ - base : to - base] != words:
                yield f"the words of statement {engram} are not those at its place."


def _ownership(connection: sqlite3.Connection) -> Iterator[str]:
    previous = 0
    for first, last in connection.execute("SELECT first, last FROM extent ORDER BY first"):
        if first <= previous or last < first:
            yield f"Statements {first} to {previous} are marked as belonging to two sources."
        previous = last
    yield from counted(connection, {"{} statements belong to no source.": _UNOWNED})


_UNOWNED = (
    "SELECT count(*) FROM engram e WHERE e.passage IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM passage p JOIN extent x ON x.source = p.source "
    "AND e.id BETWEEN x.first AND x.last WHERE p.id = e.passage)"
)
#: Told engrams have no span in a text, and kinds match the rows of statements.
_KINDS = {
    "{} statements are of another kind or length than they should be.": (
        "SELECT (SELECT count(*) FROM engram e JOIN fact f ON f.engram = e.id WHERE "
        "e.kind <> 'fact' OR e.passage IS NOT NULL OR e.start <> 0 OR e.end <> length(e.text)) + "
        "(SELECT count(*) FROM engram e JOIN note n ON n.engram = e.id WHERE "
        "e.kind <> n.kind OR e.passage IS NOT NULL OR e.start <> 0 OR e.end <> length(e.text)) + "
        "(SELECT count(*) FROM engram WHERE passage IS NOT NULL AND kind <> 'statement')"
    )
}
#: Further checks, in order.
_FAULTS: tuple[Callable[[sqlite3.Connection], Iterable[str]], ...] = (
    quarantine.faults,
    row_counts.faults,
    row_counts.counter_faults,
    partial(counted, queries=_KINDS),
    sealed.faults,
    partial(counted, queries=facts.FAULTS),
    partial(counted, queries=notes.FAULTS),
    partial(counted, queries=strengths.FAULTS),
    versions.faults,
    repair.count_faults,
)
