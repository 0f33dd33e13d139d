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

from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory.facts import index_entries
from workbench.memory.facts.index import FactIndex, known_same
from workbench.memory.facts.index_entries import stance
from workbench.memory.facts.marking import PLAIN, Mark
from workbench.memory.facts.parsing.parser import Kept, parse
from workbench.memory.facts.parsing.splitting import split
from workbench.memory.facts.records import Left, Remembered
from workbench.memory.facts.staleness import claims_of
from workbench.memory.kinds import marked
from workbench.memory.kinds.guessing import guess
from workbench.memory.postings.entries import SAME, Entry, salted
from workbench.store import capacity, collections, names
from workbench.store import facts as rows
from workbench.store.claim_records import ClaimRow

#: Statements that are stored in one transaction.
_PART = 4096
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
            kept = parse(part, weighed=mark.kind is not None)
            chosen = _chosen(part, kept, left)
            ends = begin + _PART >= last
            if chosen or (replace and ends):
                _store(index, part, kept, chosen, told, collection, done,
                       first=begin == 0, ends=ends, replace=replace)  # fmt: skip
            if last > _PART:
                report(Progress("remembering", min(begin + _PART, last), last, "statements"))
    except BaseException:
        _take_back(index, told, done)
        raise
    if last > _PART:
        index.settle()
    if not pieces:
        left.append(Left(text[:200], "empty"))
    # What the text itself says twice was not known before.
    new = set(done.added)
    known = dict.fromkeys(id for id in done.known if id not in new)
    return Remembered(tuple(done.added), tuple(known), tuple(left), done.dropped)


def only_statement(index: FactIndex, text: str) -> str:
    """The one statement that a text is. Raises `UsageError` where it is none, or several."""
    pieces = split(text)
    if len(pieces) != 1 or parse(pieces)[0].reason:
        raise UsageError(
            "A fact is one statement.",
            "Write it as one sentence such as “my plan is pro”; tell others on their own.",
        )
    return pieces[0]


def held_as(
    index: FactIndex, connection: sqlite3.Connection, scope: int, statement: str
) -> int | None:
    """The fact that says a statement already and still holds; None where there is none."""
    return held_alike(index, connection, scope, parse([statement], every=True), [0])[0]


def held_alike(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    kept: Sequence[Kept],
    places: Sequence[int],
) -> list[int | None]:
    """For each of these statements the fact that says the same and still holds; None for none.

    The same but for case and spacing.
    """
    keys = [salted(kept[at].same, scope) ^ SAME for at in places]
    held = index.postings_in(connection).frequency(keys).tolist()
    look = _Known(index, connection, scope, kept, None)
    return [look.there(at) if there else None for at, there in zip(places, held, strict=True)]


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
    records = [parse([text], every=True)[0].record]
    id = rows.add(connection, scope, [text], records, first, told=told, at=at)
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


def _chosen(part: Sequence[str], kept: Sequence[Kept], left: list[Left]) -> list[int]:
    """The places of the statements among the pieces; the others go to `left` with their reason."""
    left += [Left(text, each.reason) for text, each in zip(part, kept, strict=True) if each.reason]
    return [place for place, each in enumerate(kept) if not each.reason]


def _store(
    index: FactIndex,
    part: Sequence[str],
    kept: Sequence[Kept],
    chosen: Sequence[int],
    told: _Told,
    collection: str | None,
    done: _Done,
    *,
    first: bool,
    ends: bool,
    replace: bool,
) -> None:
    """Store the statements of one part in one transaction."""

    def work(connection: sqlite3.Connection) -> tuple[_Done, list[Entry]]:
        index.adopt(connection)
        scope = _scope(connection, collection, make=bool(chosen))
        if scope is None:
            return _Done(), []
        now = _Done(scope, done.before)
        if first and replace:
            now.before = rows.said_by(connection, scope, told.by)
        new, known = _sorted(index, connection, scope, kept, chosen, told)
        entries: list[Entry] = []
        if new:
            texts, records = [part[at] for at in new], [kept[at].record for at in new]
            start = rows.add(connection, scope, texts, records, told.by, told=told.told, at=told.at)
            now.added = list(range(start, start + len(new)))
            entries = [
                index_entries.entry(kept[at], id, told.at, scope)
                for at, id in zip(new, now.added, strict=True)
            ]
        now.known = known
        now.said = [id for id in known if rows.said(connection, id, told.by, told.told)]
        if replace and ends:
            still = {*done.added, *done.known, *now.added, *now.known}
            rows.unsay(connection, set(now.before) - still, told.by)
        guessed: dict[int, str] = {}
        if told.mark.kind is None:
            kinds = ((id, guess(part[at])) for id, at in zip(now.added, new, strict=True))
            guessed = {id: kind for id, kind in kinds if kind is not None}
        if guessed or told.mark != PLAIN:
            marked.note(connection, collection, new=now.added, known=now.known,
                        guessed=guessed, mark=told.mark, now=told.told)  # fmt: skip
        if told.also is not None and now.added:
            told.also(connection, now.added)
        now.dropped = capacity.enforce(connection, scope, len(now.added)) if now.added else 0
        return now, entries

    def then(result: tuple[_Done, list[Entry]]) -> None:
        index.append(result[1])

    now, _ = index.store.write(work, then=then)
    done.scope, done.before = now.scope, now.before
    done.added += now.added
    done.known += now.known
    done.said += now.said
    done.dropped += now.dropped


def _sorted(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    kept: Sequence[Kept],
    chosen: Sequence[int],
    told: _Told,
) -> tuple[list[int], list[int]]:
    """The places of what is new, and the ids of what is known and still holds."""
    keys = [salted(kept[at].same, scope) ^ SAME for at in chosen]
    held = index.postings_in(connection).frequency(keys).tolist()
    if not any(held) and len(set(keys)) == len(keys):
        return list(chosen), []
    look = _Known(index, connection, scope, kept, told.since)
    known: list[int] = []
    here: dict[int, int] = {}
    for place, key, number in zip(chosen, keys, held, strict=True):
        if key in here and not look.taken_over(here[key]):
            continue
        if key not in here and number and not told.again:
            there = look.there(place)
            if there is not None:
                known.append(there)
                continue
        here[key] = look.add(place)
    return look.new, known


class _Known:
    """What is known of what a part says; what is new in it counts from its place on."""

    def __init__(
        self,
        index: FactIndex,
        connection: sqlite3.Connection,
        scope: int,
        kept: Sequence[Kept],
        since: float | None,
    ) -> None:
        self.new: list[int] = []
        self._index = index
        self._connection = connection
        self._scope = scope
        self._since = since
        self._kept = kept
        #: The last of the new ones that speaks of a topic, or says or denies something.
        self._topics: dict[int, int] = {}
        self._stances: dict[int, int] = {}

    def add(self, place: int) -> int:
        """Count a piece as new; returns which of the new ones it is."""
        number = len(self.new)
        self.new.append(place)
        for claim in self._kept[place].claims:
            self._topics[claim.topic] = number
            self._stances[stance(claim.content, claim.negative)] = number
        return number

    def there(self, place: int) -> int | None:
        """The fact that says the same and still holds; None where it must be said anew."""
        id = known_same(self._index.postings(), self._scope, self._kept[place].same)
        found = [] if id is None else rows.by_ids(self._connection, [id])
        if not found or (self._since is not None and self._since > found[0].at):
            return None
        claims = claims_of(found[0])
        stale = {at for _, at in self._index.stale_of(found)}
        gone = [at in stale or self._over(claim, 0) for at, claim in enumerate(claims)]
        if claims and all(gone):
            return None
        from workbench.memory.facts import retelling  # the grammar is not needed to tell

        return None if retelling.ended_since(self._index, self._connection, found[0]) else id

    def taken_over(self, number: int) -> bool:
        """Whether newer ones have taken the place of all that a new one claims."""
        claims = self._kept[self.new[number]].claims
        return bool(claims) and all(self._over(claim, number + 1) for claim in claims)

    def _over(self, claim: ClaimRow, first: int) -> bool:
        """Whether one of the new ones, from the `first` on, takes the place of a claim."""
        against = stance(claim.content, not claim.negative)
        return (claim.topic != 0 and self._topics.get(claim.topic, -1) >= first) or (
            self._stances.get(against, -1) >= first
        )


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
