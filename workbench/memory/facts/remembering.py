"""Saves the statements of a text as facts, and reports what was left out.

What is known already and still holds is not stored again, but gets its teller as another one. A
long text is stored a part at a time, so that it needs little memory and nobody has to wait for it
long; it is acknowledged, or taken back, as a whole.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ingest.language.claims import claims_of
from ingest.language.question_detection import is_question
from ingest.language.word_lists import words as word_class
from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory import told_words
from workbench.memory.claims.held import Memory, Told
from workbench.memory.claims.supersession import outdated
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import PLAIN, Mark
from workbench.memory.facts.records import Left, Remembered
from workbench.memory.facts.splitting import split
from workbench.memory.facts.unspaced_scripts import is_dense
from workbench.memory.kinds import marked
from workbench.memory.kinds.guessing import guess
from workbench.store import capacity, collections, names
from workbench.store import facts as rows

#: Statements that are stored in one transaction.
_PART = 4096
#: New statements of the same text that may have replaced what is said again in it.
_NEAR = 8
#: A value, or the sign before one.
_VALUE = re.compile(r"[\d:=]")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
#: What `datetime` can tell, with a day to spare for the zone.
_EARLIEST, _LATEST = -62_135_510_400.0, 253_402_214_400.0


#: What is done in a transaction with the ids of what was new in it.
Also = Callable[[sqlite3.Connection, Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """How a text is told: by whom, when, since when (None: since then), with what mark.

    `again`: known or not; `also` is done with the ids of new facts.
    """

    by: str
    told: float
    since: float | None
    mark: Mark
    again: bool
    also: Also | None

    @property
    def at(self) -> float:
        return self.told if self.since is None else self.since


@dataclass(slots=True)
class _Done:
    """What has become of a text so far."""

    scope: int | None = None
    before: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    #: Of those known, which the teller had not said before.
    said: list[int] = field(default_factory=list)
    dropped: int = 0


def remember(
    index: FactIndex,
    text: str,
    *,
    collection: str | None = None,
    source: str | None = None,
    at: str | float | None = None,
    replace: bool = False,
    mark: Mark = PLAIN,
    again: bool = False,
    also: Also | None = None,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> Remembered:
    """Store every statement of a text, all or none; what is not stored is told.

    `source` is the name of who said it; with `replace` it takes back what else it said in this
    scope. `at` says since when it holds (None: now). With `again` what is known is stored once
    more. `also` is done with the ids of new facts in their transaction. Raises `UsageError`, and
    `Cancelled`.
    """
    if cancel is not None:
        cancel.check()
    pieces = split(text)
    since = moment(at) if at is not None else None
    told = _Told(source_name(source), index.time.now(), since, mark, again, also)
    if replace and not told.by:
        raise UsageError("Whose statements are to be replaced?", "Name the source.")
    left: list[Left] = []
    done = _Done()
    last = len(pieces) if pieces or replace else 0
    try:
        for begin in range(0, max(last, 1), _PART):
            if cancel is not None:
                cancel.check()
            part = pieces[begin : begin + _PART]
            # Two words are enough where somebody has said what kind of thing they are.
            reasons = [_reason(piece, brief=mark.kind is not None) for piece in part]
            left += [Left(*pair) for pair in zip(part, reasons, strict=True) if pair[1]]
            chosen = [piece for piece, reason in zip(part, reasons, strict=True) if not reason]
            ends = begin + _PART >= last
            if chosen or (replace and ends):
                _store(index, chosen, told, collection, done,
                       first=begin == 0, ends=ends, replace=replace)  # fmt: skip
            if last > _PART:
                report(Progress("remembering", min(begin + _PART, last), last, "statements"))
    except BaseException:
        _take_back(index, told, done)
        raise
    if not pieces:
        left.append(Left(text[:200], "empty"))
    # What the text itself says twice was not known before.
    new = set(done.added)
    known = dict.fromkeys(id for id in done.known if id not in new)
    return Remembered(tuple(done.added), tuple(known), tuple(left), done.dropped)


def only_statement(index: FactIndex, text: str) -> str:
    """The one statement that a text is. Raises `UsageError` where it is none, or several."""
    pieces = split(text)
    if len(pieces) != 1 or _reason(pieces[0]):
        raise UsageError(
            "A fact is one statement.",
            "Write it as one sentence such as “my plan is pro”; tell others on their own.",
        )
    return pieces[0]


def held_as(
    index: FactIndex, connection: sqlite3.Connection, scope: int, statement: str
) -> int | None:
    """The fact that says a statement already and still holds; None where there is none."""
    return holding(index, connection, scope, [statement]).get(0)


def holding(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    statements: Sequence[str],
    since: float | None = None,
) -> dict[int, int]:
    """For the places of statements that are known: the fact that says the same and still holds.

    The same but for case and spacing. What has held for a shorter time than `since` says is left.
    """
    same = index.same(scope, statements, connection)
    if not same:
        return {}
    ids = [id for group in same.values() for id in group]
    known = {row.id: row for row in rows.by_ids(connection, ids)}
    newest = {
        place: max((known[id] for id in ids if id in known), key=lambda row: (row.at, row.id))
        for place, ids in same.items()
        if any(id in known for id in ids)
    }
    found = [row for row in newest.values() if since is None or since <= row.at]
    there = {row.id for row in found} - outdated(index, connection, scope, found)
    return {place: row.id for place, row in newest.items() if row.id in there}


def retell(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    text: str,
    *,
    told: float,
    at: float,
    tellers: Sequence[tuple[str, float]],
) -> int:
    """Store a statement as it once was told, by whom and when; returns its id.

    To be called inside a write.
    """
    (first, _), *others = tellers or [("", told)]
    id = rows.add(connection, scope, [text], first, told=told, at=at)
    capacity.unsure(connection, scope)
    for source, when in others:
        rows.said(connection, id, source, when)
    return id


def moment(at: str | float) -> float:
    """Seconds since the epoch of an ISO 8601 time, local where it names no zone."""
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
    """Who tells, as it is stored; "" is the user."""
    return "" if name is None else " ".join(_CONTROL.sub(" ", names.whole(name)).split())


def _reason(text: str, *, brief: bool = False) -> str:
    """Why a text is no statement, "" where it is one; `brief` ones need not claim anything."""
    if is_question(text):
        return "question"
    words = told_words.in_order(text)
    if not words:
        return "" if any(character.isalnum() for character in text) else "empty"
    if is_dense(text):
        return "" if len(text) > 2 else "chatter"
    chatter = word_class("chatter")
    if all(word in chatter for word in cues.telling_words(text)):
        return "chatter"
    if len(words) > 2 or brief or _VALUE.search(text) or claims_of(text).claims:
        return ""
    return "chatter"


def _store(
    index: FactIndex,
    texts: Sequence[str],
    told: _Told,
    collection: str | None,
    done: _Done,
    *,
    first: bool,
    ends: bool,
    replace: bool,
) -> None:
    """Store the statements of one part in one transaction."""
    # Nobody has to wait for the index while the library is locked.
    index.lexicon.refresh()

    def work(connection: sqlite3.Connection) -> _Done:
        scope = _scope(connection, collection, make=bool(texts))
        if scope is None:
            return _Done()
        now = _Done(scope, done.before)
        if first and replace:
            now.before = rows.said_by(connection, scope, told.by)
        new, known = _sorted(index, connection, scope, texts, told)
        if new:
            start = rows.add(connection, scope, new, told.by, told=told.told, at=told.at)
            now.added = list(range(start, start + len(new)))
        now.known = known
        now.said = [id for id in known if rows.said(connection, id, told.by, told.told)]
        if replace and ends:
            still = {*done.added, *done.known, *now.added, *now.known}
            rows.unsay(connection, set(now.before) - still, told.by)
        guessed: dict[int, str] = {}
        if told.mark.kind is None:
            kinds = ((id, guess(text)) for id, text in zip(now.added, new, strict=True))
            guessed = {id: kind for id, kind in kinds if kind is not None}
        if guessed or told.mark != PLAIN:
            marked.note(connection, collection, new=now.added, existing=now.known,
                        guessed=guessed, mark=told.mark, timestamp=told.told)  # fmt: skip
        if told.also is not None and now.added:
            told.also(connection, now.added)
        now.dropped = capacity.enforce(connection, scope, len(now.added)) if now.added else 0
        return now

    now = index.store.write(work)
    if now.added:
        index.acknowledge(now.added[-1])
    done.scope, done.before = now.scope, now.before
    done.added += now.added
    done.known += now.known
    done.said += now.said
    done.dropped += now.dropped


def _sorted(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    texts: Sequence[str],
    told: _Told,
) -> tuple[list[str], list[int]]:
    """The texts that are new, and the ids of what is known and still holds."""
    keys = list(map(told_words.normalized, texts))
    there = {} if told.again else holding(index, connection, scope, texts, told.since)
    if not there and len(set(keys)) == len(keys):
        return list(texts), []
    new: list[str] = []
    known: list[int] = []
    here: dict[str, int] = {}
    for place, (text, key) in enumerate(zip(texts, keys, strict=True)):
        if key in here:
            if not _ended(text, new[here[key] + 1 :]):
                continue
        elif place in there and not _ended(text, new):
            known.append(there[place])
            continue
        here[key] = len(new)
        new.append(text)
    return new, known


def _ended(text: str, later: Sequence[str]) -> bool:
    """Whether one of the later statements ended what a text says, so that it is news again."""
    words = set(cues.telling_words(text))
    near = [each for each in later if words.intersection(cues.telling_words(each))][-_NEAR:]
    if not near:
        return False
    memory = Memory(Told(at, each, at) for at, each in enumerate((text, *near)))
    return any(held.told.id == 0 and memory.replaced(held) for held in memory.claims)


def _scope(connection: sqlite3.Connection, name: str | None, *, make: bool) -> int | None:
    if make and name is not None:
        return collections.create(connection, name).id
    return rows.scope_id(connection, name)


def _take_back(index: FactIndex, told: _Told, done: _Done) -> None:
    """Undo the parts that were stored of a text that was not stored as a whole."""
    if not done.added and not done.said:
        return

    def work(connection: sqlite3.Connection) -> None:
        rows.remove(connection, done.added)
        rows.unsay(connection, done.said, told.by)

    index.store.write(work)
