"""Stores the statements of a text as facts, and reports what was left out.

A known statement that is still current is not stored again, but gains a source. A long text is
stored in parts, to bound memory and locks; it is acknowledged, or rolled back, as a whole.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory import told_words
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.supersession import outdated
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import PLAIN, Mark
from workbench.memory.facts.records import Left, Remembered
from workbench.memory.facts.splitting import refusal, split
from workbench.memory.kinds import marked
from workbench.memory.kinds.guessing import guess
from workbench.store import collections, names
from workbench.store import facts as rows

#: Statements per transaction.
_PART = 4096
#: New statements of the same text that may have superseded a repeated one.
_RECENT = 8
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
#: The range of `datetime`, with a day to spare for the time zone.
_EARLIEST, _LATEST = -62_135_510_400.0, 253_402_214_400.0

#: Statements up to which storing is an act that can be undone.
_ONE_ACT = 1000
#: A callback in the transaction, with the ids of new facts.
Also = Callable[[sqlite3.Connection, Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """How the statements of a text are stored.

    `source` is the name of their source; with `replace` its other facts in this scope are removed.
    `at` is the start of validity (None: now). With `again` known statements are stored once more.
    `also` is called with the ids of new facts in their transaction.
    """

    collection: str | None = None
    source: str | None = None
    at: str | float | None = None
    replace: bool = False
    mark: Mark = PLAIN
    again: bool = False
    also: Also | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text to store: source, time, start of validity (None: that time) and options."""

    by: str
    recorded: float
    valid_from: float | None
    options: StoreOptions

    @property
    def at(self) -> float:
        return self.recorded if self.valid_from is None else self.valid_from


_DEFAULTS = StoreOptions()


@dataclass(slots=True)
class _Outcome:
    """The facts stored, found and attributed for a text so far, by id."""

    scope: int | None = None
    previous: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    existing: list[int] = field(default_factory=list)
    #: Known facts that gained a source.
    attributed: list[int] = field(default_factory=list)
    dropped: int = 0


def remember(
    index: FactIndex,
    text: str,
    options: StoreOptions = _DEFAULTS,
    *,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> Remembered:
    """Store every statement of a text, all or none; the result lists what was left out.

    Raises `UsageError`, and `Cancelled`.
    """
    if cancel is not None:
        cancel.check()
    pieces = split(text)
    valid_from = parse_time(options.at) if options.at is not None else None
    entry = _Entry(source_name(options.source), index.time.read(), valid_from, options)
    replace, mark = options.replace, options.mark
    if replace and not entry.by:
        raise UsageError("Whose statements are to be replaced?", "Name the source.")
    left: list[Left] = []
    outcome = _Outcome()
    total = len(pieces) if pieces or replace else 0
    try:
        for begin in range(0, max(total, 1), _PART):
            if cancel is not None:
                cancel.check()
            part = pieces[begin : begin + _PART]
            # Two words are enough if a kind is given.
            reasons = [refusal(piece, brief=mark.kind is not None) for piece in part]
            left += [Left(*pair) for pair in zip(part, reasons, strict=True) if pair[1]]
            statements = [piece for piece, reason in zip(part, reasons, strict=True) if not reason]
            ends = begin + _PART >= total
            if statements or (replace and ends):
                _store(index, statements, entry, outcome, first=begin == 0, ends=ends)
            if total > _PART:
                report(Progress("remembering", min(begin + _PART, total), total, "statements"))
    except BaseException:
        _take_back(index, entry, outcome)
        raise
    if not pieces:
        left.append(Left(text[:200], "empty"))
    # A statement that the text itself repeats was not known before.
    new = set(outcome.added)
    existing = dict.fromkeys(id for id in outcome.existing if id not in new)
    return Remembered(tuple(outcome.added), tuple(existing), tuple(left), outcome.dropped)


def single_statement(text: str) -> str:
    """The single statement of a text. Raises `UsageError` if there is none, or several."""
    pieces = split(text)
    if len(pieces) != 1 or refusal(pieces[0]):
        raise UsageError(
            "A fact is one statement.",
            "Write it as one sentence such as “my plan is pro”; tell others on their own.",
        )
    return pieces[0]


def existing_id(
    index: FactIndex, connection: sqlite3.Connection, scope: int, statement: str
) -> int | None:
    """The current fact equal to a statement; None if there is none."""
    return existing_ids(index, connection, scope, [statement]).get(0)


def existing_ids(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    statements: Sequence[str],
    valid_from: float | None = None,
) -> dict[int, int]:
    """Current facts equal to these statements, by position.

    Equal but for case and spacing. With `valid_from` only facts valid since then or later.
    """
    same = index.same(scope, statements, connection)
    if not same:
        return {}
    ids = [id for group in same.values() for id in group]
    rows_by_id = {row.id: row for row in rows.by_ids(connection, ids)}
    newest = {
        place: max(
            (rows_by_id[id] for id in ids if id in rows_by_id), key=lambda row: (row.at, row.id)
        )
        for place, ids in same.items()
        if any(id in rows_by_id for id in ids)
    }
    current = [row for row in newest.values() if valid_from is None or valid_from <= row.at]
    current_ids = {row.id for row in current} - outdated(index, connection, scope, current)
    return {place: row.id for place, row in newest.items() if row.id in current_ids}


def retell(
    connection: sqlite3.Connection,
    scope: int,
    text: str,
    *,
    recorded: float,
    at: float,
    tellers: Sequence[tuple[str, float]],
) -> int:
    """Store a statement with its original sources and times; returns its id.

    To be called inside a write.
    """
    (first, _), *further = tellers or [("", recorded)]
    id = rows.add(connection, scope, [text], first, recorded=recorded, at=at)
    rows.unsure_count(connection, scope)
    for source, time in further:
        rows.add_teller(connection, id, source, time)
    return id


def parse_time(at: str | float) -> float:
    """Seconds since the epoch of an ISO 8601 time, local if it has no zone."""
    if isinstance(at, int | float):
        if not _EARLIEST <= at <= _LATEST:
            raise UsageError(
                f"“{at}” is not a time.",
                "Give the seconds since 1970, or a date such as 2026-07-01.",
            )
        return float(at)
    try:
        return datetime.fromisoformat(at.strip()).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"“{at}” is not a date or time.", "Write it as 2026-07-01 or 2026-07-01T09:30."
        ) from error


def source_name(name: str | None) -> str:
    """The normalised name of a source; "" is the user."""
    return (
        "" if name is None else " ".join(_CONTROL.sub(" ", names.without_surrogates(name)).split())
    )


def _store(
    index: FactIndex,
    texts: Sequence[str],
    entry: _Entry,
    outcome: _Outcome,
    *,
    first: bool,
    ends: bool,
) -> None:
    """Store the statements of one part in one transaction."""
    collection, mark, replace = entry.options.collection, entry.options.mark, entry.options.replace
    # Refresh the index before the library is locked.
    index.lexicon.refresh()

    def work(connection: sqlite3.Connection) -> _Outcome:
        scope = _scope(connection, collection, make=bool(texts))
        if scope is None:
            return _Outcome()
        part = _Outcome(scope, outcome.previous)
        if first and replace:
            part.previous = rows.of_teller(connection, scope, entry.by)
        new, existing = _sorted(index, connection, scope, texts, entry)
        if new:
            start = rows.add(connection, scope, new, entry.by, recorded=entry.recorded, at=entry.at)
            part.added = list(range(start, start + len(new)))
        part.existing = existing
        part.attributed = [
            id for id in existing if rows.add_teller(connection, id, entry.by, entry.recorded)
        ]
        if replace and ends:
            retained = {*outcome.added, *outcome.existing, *part.added, *part.existing}
            rows.unsay(connection, set(part.previous) - retained, entry.by)
        guessed: dict[int, str] = {}
        if mark.kind is None:
            kinds = ((id, guess(text)) for id, text in zip(part.added, new, strict=True))
            guessed = {id: kind for id, kind in kinds if kind is not None}
        if guessed or mark != PLAIN:
            marked.note(connection, collection, [*part.added, *part.existing],
                        guessed=guessed, mark=mark, timestamp=entry.recorded)  # fmt: skip
        if entry.options.also is not None and part.added:
            entry.options.also(connection, part.added)
        part.dropped = (
            rows.enforce_capacity(connection, scope, len(part.added)) if part.added else 0
        )
        return part

    # A long list can be forgotten by its source, and would double in the log.
    is_one_act = first and ends and len(texts) <= _ONE_ACT
    part = index.store.write(work, act="statement remembered" if is_one_act else "")
    if part.added:
        index.acknowledge(part.added[-1])
    outcome.scope, outcome.previous = part.scope, part.previous
    outcome.added += part.added
    outcome.existing += part.existing
    outcome.attributed += part.attributed
    outcome.dropped += part.dropped


def _sorted(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    texts: Sequence[str],
    entry: _Entry,
) -> tuple[list[str], list[int]]:
    """Partition texts into new ones, and the ids of current known facts."""
    keys = list(map(told_words.normalized, texts))
    stored: dict[int, int] = {}
    if not entry.options.again:
        stored = existing_ids(index, connection, scope, texts, entry.valid_from)
    if not stored and len(set(keys)) == len(keys):
        return list(texts), []
    new: list[str] = []
    existing: list[int] = []
    places: dict[str, int] = {}
    for place, (text, key) in enumerate(zip(texts, keys, strict=True)):
        if key in places:
            if not _is_superseded(text, new[places[key] + 1 :]):
                continue
        elif place in stored and not _is_superseded(text, new):
            existing.append(stored[place])
            continue
        places[key] = len(new)
        new.append(text)
    return new, existing


def _is_superseded(text: str, successors: Sequence[str]) -> bool:
    """Whether a later statement superseded a text, so that it is new again."""
    words = set(cues.content_words(text))
    nearby = [
        statement for statement in successors if words.intersection(cues.content_words(statement))
    ][-_RECENT:]
    if not nearby:
        return False
    claim_set = ClaimSet(
        Statement(at, statement, at) for at, statement in enumerate((text, *nearby))
    )
    return any(dated.statement.id == 0 and claim_set.replaced(dated) for dated in claim_set.claims)


def _scope(connection: sqlite3.Connection, name: str | None, *, make: bool) -> int | None:
    if make and name is not None:
        return collections.create(connection, name).id
    return rows.scope_id(connection, name)


def _take_back(index: FactIndex, entry: _Entry, outcome: _Outcome) -> None:
    """Delete the stored parts of a text that failed."""
    if not outcome.added and not outcome.attributed:
        return

    def work(connection: sqlite3.Connection) -> None:
        rows.remove(connection, outcome.added)
        rows.unsay(connection, outcome.attributed, entry.by)

    index.store.write(work)
