"""The fact memory: remember, value, recall, history, forget.

A fact is an engram of its own with what it claims beside it; it can be asked for as soon as
`remember` has returned. Candidates come from the words of the facts (every condition of a question
must be met by one), what answers is chosen by `choosing`.
"""

import math
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from ingest.segment import EVERY_LINE, segment
from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts import asking, choosing, meaning, speech, topics
from workbench.memory.facts.claims import Statement, carries, dense_words, is_dense, read
from workbench.memory.facts.index import FactIndex, key
from workbench.memory.facts.marking import PLAIN, Mark
from workbench.memory.facts.matching import Candidate
from workbench.memory.facts.ranking import rerank
from workbench.memory.facts.reading import same, tokens
from workbench.memory.facts.records import Fact, Forgotten, Left, Remembered, Value
from workbench.memory.facts.wordings import formerly
from workbench.store import capacity, collections, marks, names, notes, removal, strengths
from workbench.store import facts as rows
from workbench.store.facts import FactRow, NewFact
from workbench.store.marks import WordingRow

#: Facts that are looked at for one question, newest first.
_MOST = 400
_MOST_GROUPS = 8
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
#: Ends of lines as different systems and typesetters write them.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: What `datetime` can tell, with a day to spare for the zone.
_EARLIEST, _LATEST = -62_135_510_400.0, 253_402_214_400.0


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
    also: Callable[[sqlite3.Connection, Sequence[int]], None] | None = None,
) -> Remembered:
    """Store every statement of a text, in one transaction; what is not stored is told.

    `source` is the name of who said it; with `replace` it takes back what else it said in this
    scope. `at` says since when it holds (None: now). With `again` what is known is stored once
    more. `also` is done with the ids of the new facts in the same transaction. Raises `UsageError`.
    """
    now = index.store.clock()
    since = moment(at) if at is not None else None
    by = _source(source)
    if replace and not by:
        raise UsageError("Whose statements are to be replaced?", "Name the source.")
    taken, left = _sift(text, weighed=mark.kind is not None)
    begun = now if since is None else since
    # A text may say the same many times; it is read once.
    read_ = {piece: _new(piece, begun) for piece in dict.fromkeys(taken)}
    new = list(read_.values())

    def work(connection: sqlite3.Connection) -> tuple[list[int], list[int], int]:
        scope = _scope(connection, collection, make=bool(new))
        if scope is None:
            return [], [], 0
        before = rows.said_by(connection, scope, by) if replace else []
        added: list[int] = []
        known: list[int] = []
        for fact in new:
            there = None if again else _known(connection, scope, fact, since)
            if there is None:
                added.append(rows.add(connection, scope, fact, by, now))
            else:
                rows.said(connection, there, by, now)
                if there not in added:
                    known.append(there)
        if replace:
            rows.unsay(connection, set(before) - set(added) - set(known), by)
        if mark != PLAIN:
            expires = mark.expires(now)
            marks.put(connection, [*added, *known], mark.kind, mark.priority, expires)
        if also is not None and added:
            also(connection, added)
        return added, known, capacity.enforce(connection, scope, len(added)) if added else 0

    if not new and not replace:
        return Remembered((), (), tuple(left))
    added, known, dropped = index.store.write(work)
    return Remembered(tuple(added), tuple(dict.fromkeys(known)), tuple(left), dropped)


def only_statement(text: str) -> str:
    """The one statement that a text is. Raises `UsageError` where it is none, or several."""
    taken, left = _sift(text)
    if len(taken) != 1 or left:
        raise UsageError(
            "A fact is one statement.",
            "Write it as one sentence such as “my plan is pro”; tell others on their own.",
        )
    return taken[0]


def held_as(connection: sqlite3.Connection, scope: int, statement: str) -> int | None:
    """The fact that says a statement already and still holds; None where there is none."""
    return _known(connection, scope, _new(statement, 0.0), None)


def retell(
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
    id = rows.add(connection, scope, _new(text, at), first, told)
    capacity.unsure(connection, scope)
    for source, when in others:
        rows.said(connection, id, source, when)
    return id


def moment(at: str | float) -> float:
    """Seconds since the epoch of an ISO 8601 time, local where it names no zone."""
    if isinstance(at, int | float):
        if not _EARLIEST <= at <= _LATEST:
            raise UsageError(
                f"“{at}” is no time.", "Give the seconds since 1970, or a date such as 2026-07-01."
            )
        return float(at)
    try:
        return datetime.fromisoformat(at.strip()).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"“{at}” is no date or time.", "Write it as 2026-07-01 or 2026-07-01T09:30."
        ) from error


def _source(name: str | None) -> str:
    return "" if name is None else " ".join(_CONTROL.sub(" ", names.whole(name)).split())


def _scope(connection: sqlite3.Connection, name: str | None, *, make: bool) -> int | None:
    if make and name is not None:
        return collections.create(connection, name).id
    return rows.scope_id(connection, name)


def _sift(text: str, *, weighed: bool = False) -> tuple[list[str], list[Left]]:
    """The statements of a text, and what is none of them with the reason.

    Where somebody has `weighed` it and said what kind it is, two words are enough.
    """
    # A byte order mark is none of the text, wherever files were put together.
    clean = _CONTROL.sub(" ", _LINE_END.sub("\n", names.whole(text).replace("\ufeff", "")))
    found: list[str] = []
    left: list[Left] = []
    for start, end in segment(clean, "en", EVERY_LINE):
        piece = clean[start:end].strip()
        reason = _reason(piece, weighed)
        if reason:
            left.append(Left(piece, reason))
        else:
            found.append(piece)
    if not found and not left:
        left.append(Left(text[:200], "empty"))
    return found, left


def _reason(piece: str, weighed: bool) -> str:
    """Why a piece of text is no statement; "" where it is one."""
    if asking.is_question(piece):
        return "question"
    said = tokens(piece)
    if not any(any(c.isalnum() for c in token.raw) for token in said) and len(said) < 2:
        return "empty"
    if is_dense(piece):
        return "" if len(piece) > 2 else "chatter"
    meant = [token for token in said if carries(token) and token.word not in speech.CHATTER]
    if not meant:
        return "chatter"
    if (
        len(said) < 3
        and not weighed
        and not any(token.numeric or ":" in token.after for token in said)
    ):
        return "" if read(piece).claims else "chatter"
    return ""


def _new(piece: str, at: float) -> NewFact:
    return NewFact(
        text=piece,
        same=topics.number(same(piece)),
        at=at,
        claims=topics.rows(piece),
        words=_words(piece),
    )


def _words(piece: str) -> tuple[int, ...]:
    """What a fact is found by: its words and their dictionary forms."""
    found: dict[str, None] = {}
    if is_dense(piece):
        found.update(dict.fromkeys(sorted(dense_words(piece))))
    for token in tokens(piece):
        if carries(token):
            found.update(dict.fromkeys(sorted(speech.kin(token.word))))
    return tuple(sorted({key(word) for word in found}))


def _known(
    connection: sqlite3.Connection, scope: int, fact: NewFact, since: float | None
) -> int | None:
    """The fact that says this already and still holds; None where it must be said anew."""
    there = rows.known(connection, scope, fact.same)
    if there is None or (since is not None and since > there.at):
        return None
    stale = rows.stale(connection, [there.id])
    count = rows.claims(connection, [there.id]).get(there.id, 0)
    held = {place for _, place in stale}
    return None if count and len(held) >= count else there.id


# -- asking ----------------------------------------------------------------------------------------


def value(
    index: FactIndex,
    question: str,
    *,
    collection: str | None = None,
    as_of: str | float | None = None,
) -> Value | None:
    """The value that a question asks for; None where no fact answers it.

    Only where none does are words tried that the library has learned. `as_of` answers as it
    was then. Raises `UsageError` for what is no date.
    """
    asked = asking.ask(question)
    until = None if as_of is None else moment(as_of)
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return None
        choice, sure = _chosen(index, connection, scope, asked, until), 1.0
        if choice is None:
            other = meaning.reworded(asked, index.alike)
            if other is None:
                return None
            choice, sure = _chosen(index, connection, scope, other, until), meaning.LEARNED
        if choice is None:
            return None
        (fact_,) = _facts(index, connection, rows.by_ids(connection, [choice.id]), collection)
    said = choice.said or fact_.text[choice.start : choice.end]
    confidence = round(choice.confidence * sure, 3)
    if sure < 1 and not (confidence >= choosing.LEAST and meaning.fits(asked, choice, said)):
        return None
    return Value(question, said, confidence, fact_, choice.start, choice.end)


def _chosen(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: asking.Asked,
    until: float | None,
) -> choosing.Choice | None:
    found = rows.by_ids(connection, index.meeting(scope, _conditions(asked), _MOST))
    if until is not None:
        found = [row for row in found if row.at <= until]
    then = index.store.clock() if until is None else until
    found = [row for row in found if row.expires is None or row.expires > then]
    places: dict[int, set[int]] = {}
    for fact, place in index.stale([row.id for row in found], until):
        places.setdefault(fact, set()).add(place)
    return choosing.choose(
        asked,
        [
            Candidate(row.id, row.at, _read(row.text), frozenset(places.get(row.id, ())))
            for row in found
        ],
    )


@lru_cache(maxsize=20_000)
def _read(text: str) -> Statement:
    return read(text)


def _conditions(asked: asking.Asked) -> list[tuple[int, ...]]:
    """For each condition the words of which a fact must hold one."""
    if asked.dense:
        return [(key(word),) for word in sorted(asked.dense)]
    return [
        tuple(
            sorted(
                {key(word) for form in part.kin for word in speech.related(form)}
                | {key(word) for word in part.like}
            )
        )
        for part in (*asked.wanted, *asked.counted)
    ]


def recall(
    index: FactIndex,
    cue: str,
    *,
    collection: str | None = None,
    limit: int = 5,
    kind: str | None = None,
    min_priority: int = 0,
    include_expired: bool = False,
    by: str = "words",
) -> list[Fact]:
    """The facts that bear on a cue, best first; scored from 0 to 1.

    Equals are ranked as `ranking.rerank` says for `by`, "words" or "strength".
    """
    limit = max(limit, 0)
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return []
        terms = _terms(cue)
        scored = _scored(index, connection, scope, terms) or _scored(
            index, connection, scope, _learned(index, cue)
        )
        if kind is not None or min_priority > 0:
            those = marks.those(connection, scored, kind, min_priority)
            scored = {id: score for id, score in scored.items() if id in those}
        order = sorted(scored, key=lambda id: (-round(scored[id], 6), -id))
        facts: list[Fact] = []
        while order and len(facts) < limit:
            found = rows.by_ids(connection, order[: limit * 4])
            del order[: limit * 4]
            told = _facts(index, connection, found, collection, scored)
            facts += [fact for fact in told if include_expired or not fact.expired]
    return rerank(facts, by)[:limit]


def _scored(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    terms: Sequence[list[tuple[int, float]]],
) -> dict[int, float]:
    """How much of a cue's weight each fact meets; rare words weigh more."""
    total = max(rows.count(connection, scope), 1)
    weights: list[tuple[float, tuple[tuple[int, float], ...]]] = []
    for term in terms:
        number = index.frequency(scope, [word for word, _ in term])
        if number:
            weights.append((math.log(1 + total / number), tuple(term)))
    if not weights:
        return {}
    weights.sort(key=lambda each: -each[0])
    whole = sum(weight for weight, _ in weights) or 1.0
    missing = 1 - 0.5 * (len(terms) - len(weights)) / len(terms)
    groups = [tuple(word for word, _ in forms) for _, forms in weights[:_MOST_GROUPS]]
    ids = set(index.meeting(scope, groups, _MOST // 4))
    for group in groups:
        ids.update(index.meeting(scope, [group], _MOST // 4))
    scored = dict.fromkeys(ids, 0.0)
    for weight, forms in weights:
        best: dict[int, float] = {}
        for word, level in forms:
            for id in index.among(scope, word, ids):
                best[id] = max(best.get(id, 0.0), level)
        for id, level in best.items():
            scored[id] += weight * level / whole * missing
    return {id: score for id, score in scored.items() if score > 0}


def _terms(cue: str) -> list[list[tuple[int, float]]]:
    """The words of a cue, each with the words that meet it and how well."""
    text = cue[:2000]
    if is_dense(text):
        return [[(key(word), 1.0)] for word in sorted(dense_words(text))]
    found: dict[str, list[tuple[int, float]]] = {}
    said = [t for t in tokens(text) if carries(t) and t.word not in {"please", "now", "currently"}]
    for token in said:
        forms = {key(word): 0.6 for word in speech.related(token.word)}
        forms.update({key(word): 0.9 for word in speech.kin(token.word)})
        forms[key(token.word)] = 1.0
        found[token.word] = list(forms.items())
    return list(found.values())


def _learned(index: FactIndex, cue: str) -> list[list[tuple[int, float]]]:
    """The words that the library has learned to be like those of a cue."""
    found = {
        token.word: [(key(word), 0.5) for form in speech.kin(token.word)
                     for word in sorted(index.alike(form))]
        for token in tokens(cue[:2000])
        if carries(token)
    }  # fmt: skip
    return [words for words in found.values() if words]


def history(index: FactIndex, cue: str, *, collection: str | None = None) -> list[Fact]:
    """What was said about a thing over time, oldest first."""
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return []
        scored = _scored(index, connection, scope, _terms(cue))
        top = max(scored.values(), default=0.0)
        near = [id for id, score in scored.items() if score >= max(0.6 * top, 0.3)]
        every = {*near, *rows.of_topics(connection, scope, near)}
        every |= formerly(connection, scope, cue)
        facts = _facts(index, connection, rows.by_ids(connection, every), collection)
        facts += _former(connection, facts)
    return sorted(facts, key=lambda fact: (fact.at, fact.id))


def _former(connection: sqlite3.Connection, facts: Sequence[Fact]) -> list[Fact]:
    """How these facts read before they were edited."""
    by = {fact.id: fact for fact in facts}
    return [former(by[row.engram], row) for row in marks.wordings(connection, by)]


def wordings(index: FactIndex, fact: Fact) -> list[Fact]:
    """How a fact or note read before it was edited, oldest first, and how it reads now."""
    with index.store.read() as connection:
        return [*_former(connection, [fact]), fact]


def former(fact: Fact, row: WordingRow) -> Fact:
    """A fact or note as it read before it was edited."""
    said = tuple(name for name, _ in row.tellers if name)
    return replace(
        fact, id=row.former, text=row.text, sources=said, told=row.told, at=row.at,
        current=False, became=fact.id,
    )  # fmt: skip


def listing(
    index: FactIndex,
    *,
    collection: str | None = None,
    limit: int = -1,
    kind: str | None = None,
) -> list[Fact]:
    """The facts of a scope, newest first; those of one kind where it is named."""
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return []
        found = rows.of_scope(connection, scope, kind=kind, limit=limit)
        return _facts(index, connection, found, collection)


def by_ids(index: FactIndex, ids: Collection[int]) -> list[Fact]:
    """Those of these facts that exist, of any scope, by id."""
    with index.store.read() as connection:
        found = rows.by_ids(connection, ids)
        scopes = dict.fromkeys(row.scope for row in found)
        names = {scope: collections.name_of(connection, scope) for scope in scopes}
        told = [
            fact
            for scope in scopes
            for fact in _facts(
                index, connection, [row for row in found if row.scope == scope], names[scope]
            )
        ]
    return sorted(told, key=lambda fact: fact.id)


def in_scope(index: FactIndex, ids: Collection[int], collection: str | None) -> list[Fact]:
    """Those of these facts of a scope that exist, by id."""
    with index.store.read() as connection:
        return _facts(index, connection, rows.by_ids(connection, ids), collection)


def count(index: FactIndex, *, collection: str | None = None) -> int:
    """How many facts a scope holds, without those that are archived."""
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return 0
        return rows.count(connection, scope) - strengths.archived_count(connection, scope)


def scopes(index: FactIndex) -> list[str | None]:
    """The collections that hold facts; None is the library's own scope."""
    with index.store.read() as connection:
        return list(rows.scope_names(connection).values())


def _facts(
    index: FactIndex,
    connection: sqlite3.Connection,
    found: Sequence[FactRow],
    collection: str | None,
    scored: dict[int, float] | None = None,
) -> list[Fact]:
    ids = [row.id for row in found]
    by = rows.sources(connection, ids)
    stale: dict[int, int] = {}
    for fact, _ in index.stale(ids):
        stale[fact] = stale.get(fact, 0) + 1
    claims = rows.claims(connection, ids)
    now = index.store.clock()
    strong = index.strengths.of_facts(connection, {row.id: (row.told, row.kind) for row in found})
    return [
        Fact(
            id=row.id,
            text=row.text,
            collection=collection,
            sources=by.get(row.id, ()),
            told=row.told,
            at=row.at,
            current=not stale.get(row.id) or stale[row.id] < claims.get(row.id, 0),
            score=1.0 if scored is None else round(scored.get(row.id, 0.0), 4),
            kind=row.kind,
            priority=row.priority,
            expires=row.expires,
            expired=row.expires is not None and row.expires <= now,
            strength=round(strong[row.id][0], 4),
            archived=strong[row.id][1],
        )
        for row in found
    ]


# -- choosing by words -----------------------------------------------------------------------------


def holding(
    index: FactIndex, match: str, *, collection: str | None = None
) -> tuple[int | None, list[int]]:
    """The scope, and its facts in which the words of `match` stand, whole and in this order.

    The newest comes first; the scope is None where there is no such collection. Raises `UsageError`
    for a match without words.
    """
    if not tokens(match):
        raise UsageError("Which facts?", "Name words that stand in them.")
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        found = [] if scope is None else _matching(connection, scope, match, None)
    return scope, sorted(found, reverse=True)


# -- forgetting ------------------------------------------------------------------------------------


def forget(
    index: FactIndex,
    match: str | None,
    *,
    collection: str | None = None,
    source: str | None = None,
    everything: bool = False,
) -> Forgotten:
    """Remove the facts of a scope in which the words of `match` stand, whole and in this order.

    With `source` only what that source said, and of that only what nobody else says. `match` None
    removes all of it, the whole scope, notes as well, only with `everything`. Raises `UsageError`
    for an empty match, `NotFoundError` for a collection that is not there.
    """
    if match is not None and not tokens(match):
        raise UsageError("Forget what?", "Name words of the facts that shall go.")
    if match is None and source is None and not everything:
        raise UsageError("Forget what?", "Name words of the facts that shall go, or say all.")

    def work(connection: sqlite3.Connection) -> tuple[int, int, int]:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            raise NotFoundError(
                f"There is no collection called “{names.shown(collection or '')}”.",
                "See `workbench list collections`.",
            )
        chosen = _matching(connection, scope, match, source)
        if source is None:
            gone = rows.remove(connection, chosen)
        else:
            gone = rows.unsay(connection, chosen, _source(source))
            # What was merged into these knows who said it, too.
            strengths.drop_merged(connection, chosen)
        cleared = notes.clear(connection, scope) if match is None and source is None else 0
        return gone, rows.count(connection, scope), cleared

    gone, remaining, cleared = index.store.write(work, sync=True)
    clean = removal.compact(index.store) if gone or cleared else True
    return Forgotten(gone, remaining, clean, cleared)


def _matching(
    connection: sqlite3.Connection, scope: int, match: str | None, source: str | None
) -> list[int]:
    if source is not None:
        inside: Collection[int] | None = rows.said_by(connection, scope, _source(source))
    else:
        inside = None
    if match is None:
        if inside is not None:
            return list(inside)
        return rows.ids_of_scope(connection, scope)
    wanted = [token.word for token in tokens(match)]
    # Words that say nothing stand in no index, and half of a word without spaces is none.
    keys = {(key(t.word),) for t in tokens(match) if carries(t)} if not is_dense(match) else set()
    if keys:
        ids: Iterable[int] = rows.holding(connection, scope, sorted(keys)[:_MOST_GROUPS], -1)
    else:
        ids = rows.ids_of_scope(connection, scope)
    if inside is not None:
        ids = set(ids) & set(inside)
    return [row.id for row in rows.by_ids(connection, ids) if _holds(row.text, wanted, match)]


def _holds(text: str, wanted: Sequence[str], match: str) -> bool:
    """Whether words stand in a text, whole and one after the other."""
    if is_dense(match):
        return match.strip() in text
    said = [token.word for token in tokens(text)]
    size = len(wanted)
    return any(said[i : i + size] == list(wanted) for i in range(len(said) - size + 1))
