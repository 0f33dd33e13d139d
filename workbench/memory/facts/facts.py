"""The fact memory: value, recall, history, forget; `remembering` stores facts.

A fact is an engram of its own, stored with its claims; it can be retrieved as soon as `remember`
has returned. Candidates come from the words of the facts (one must satisfy each condition of a
question); `claims.values` selects the answer.
"""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from workbench.arguments import Words
from workbench.errors import UsageError
from workbench.memory import plasticity, told_words
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic, replaced
from workbench.memory.facts import cues, remembering, statement_clock
from workbench.memory.facts.cues import content_words, graded_terms
from workbench.memory.facts.index import Cue, FactIndex
from workbench.memory.facts.records import Fact, FactQuery, Forgotten, Value
from workbench.memory.sharing import forgetting
from workbench.memory.told_words import is_dense
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.store import change_purge, changes, collections, marks, notes, removal, strengths
from workbench.store import facts as rows
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow

# -- ranking ---------------------------------------------------------------------------------------
# Ranks facts for a cue: by words, then relevance, then strength, then time.
#
# Strength breaks ties only, in coarse steps, and never lifts a superseded fact above its
# successor: use is a sign of importance, not of truth.

#: The ranking orders.
ORDERS = ("words", "strength")


class Weighed(NamedTuple):
    """A fact relevant to a cue, with its ranking keys; see `Fact`.

    A tuple, since many are ranked and few returned.
    """

    row: FactRow
    score: float
    current: bool
    strength: float
    archived: bool


def rerank(facts: list[Weighed], by: str = "words") -> list[Weighed]:
    """Sort facts in place, best first.

    Ties by "words" go to current facts, then to much stronger ones, then to the newest; by
    "strength" to the strongest, current or not. Archived facts come last among equals. Raises
    `UsageError` for another order.
    """
    if by not in ORDERS:
        raise UsageError(f"Facts are not ranked by “{by}”.", "Rank by words or by strength.")
    if len(facts) > 1:
        facts.sort(key=_by_words if by == "words" else _by_strength)
    return facts


def _millionths(score: float) -> int:
    """A score in millionths, to compare with tolerance; much faster than `round`."""
    return int(score * 1e6 + 0.5)


def _by_words(fact: Weighed) -> tuple[int, bool, bool, int, float, int]:
    row, score, current, strength, archived = fact
    step = -plasticity.rank(strength)
    return -_millionths(score), archived, not current, step, -row.at, -row.id


def _by_strength(fact: Weighed) -> tuple[int, bool, float, bool, float, int]:
    row, score, current, strength, archived = fact
    return -_millionths(score), archived, -round(strength, 3), not current, -row.at, -row.id


# -- facts -----------------------------------------------------------------------------------------

#: Candidate facts for one question, newest first.
_CANDIDATES = 400
#: Facts per batch.
_BATCH = 64
#: Up to this many facts of a kind are scored directly; beyond, the matches are filtered by kind.
_SELECTIVE = 4096
#: Former wordings searched for one cue, the newest.
_WORDINGS = 2000
#: Extra facts that are checked for supersession.
_SPARE = 2
#: Weight of a match with a similar word.
_LIKE = 0.5
_ANY = FactQuery()


def value(
    index: FactIndex,
    question: str,
    *,
    collection: str | None = None,
    as_of: str | float | None = None,
) -> Value | None:
    """The value that a question asks for; None if no fact answers it.

    If a statement ended the value, that one is quoted. `as_of` answers as of that time. Raises
    `UsageError` for an invalid date.
    """
    from workbench.memory.facts import claimed  # the grammar is not needed to open a library

    cutoff = None if as_of is None else remembering.parse_time(as_of)
    with index.reading() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return None
        view = ScopeView(index, connection, scope, cutoff)
        reading = claimed.read(view, question)
        match = reading.match
        if match is None:
            ending = claimed.ending(question, reading)
            if ending is None:
                return None
            stored = rows.by_ids(connection, [ending.id])
            weighed = _weighed(index, connection, stored, set())
            (fact,) = _to_facts(connection, weighed, collection, view.reference_time)
            return Value(question, None, claimed.CONTRAST, fact, 0, 0)
        id, newer = match.statement.id, match.newer
        besides = claimed.superseded_by(match, reading.claim_set) if newer is None else [newer.id]
        stored = rows.by_ids(connection, [id, *besides])
        stale = reading.claim_set.stale([row.id for row in stored])
        weighed = _weighed(index, connection, stored, stale)
        cited = _to_facts(connection, weighed, collection, view.reference_time)
        fact_ = next(fact for fact in cited if fact.id == id)
        also = max(
            (fact for fact in cited if fact.id != id and (newer or _is_stronger(fact, fact_))),
            key=lambda fact: fact.strength,
            default=None,
        )
    start = -1 if match.answer in ("yes", "no") else fact_.text.find(match.answer)
    start, end = (start, start + len(match.answer)) if start >= 0 else (0, 0)
    text = statement_clock.dated(match.answer, fact_.at, view.reference_time)
    confidence = claimed.confidence(match)
    beside = None if also is None else Value(question, None, confidence, also, 0, 0)
    return Value(question, text, confidence, fact_, start, end, beside)


def _is_stronger(older: Fact, newer: Fact) -> bool:
    """Whether a former value was used so much more that it is shown beside the current one."""
    return plasticity.rank(older.strength) > plasticity.rank(newer.strength)


def recall(index: FactIndex, cue: str, query: FactQuery = _ANY) -> list[Fact]:
    """The facts relevant to a cue, best first; scores from 0 to 1.

    Only if no fact contains a word of the cue, learned similar words are tried, and words one edit
    away.
    """
    kind, min_priority, limit = query.kind, query.min_priority, query.limit
    if limit <= 0:
        return []
    weighed: list[Weighed] = []
    cutoff = None if query.as_of is None else remembering.parse_time(query.as_of)
    with index.reading() as connection:
        scope = rows.scope_id(connection, query.collection)
        if scope is None:
            return []
        selection: list[int] | None = None
        if min_priority > 0 or kind not in (None, "fact"):
            selection = marks.marked(connection, scope, kind, min_priority, _SELECTIVE)
        if query.within is not None:
            selected = query.within if selection is None else {*selection} & {*query.within}
            selection = sorted(selected)
        words: Cue = cues.cue(cue)
        fetched, offset = limit * 4, 0
        ranked = index.best(scope, words, fetched, selection)
        if not ranked and (selection is None or not index.best(scope, words, 1, None)):
            words = _related_cue(index, cue) or _respelled_cue(index, scope, cue)
            ranked = index.best(scope, words, fetched, selection)
        timestamp = index.store.clock() if cutoff is None else cutoff
        while ranked:
            scored = dict(ranked[offset:])
            if kind is not None or min_priority > 0:
                allowed = marks.filtered(connection, scored, kind, min_priority)
                scored = {id: score for id, score in scored.items() if id in allowed}
            stored = rows.by_ids(connection, scored)
            if not query.include_expired:
                stored = [row for row in stored if row.expires is None or row.expires > timestamp]
            if cutoff is not None:
                stored = [row for row in stored if row.at <= cutoff]
            strong = index.strengths.of_facts(connection, stored)
            weighed += [
                Weighed(row, scored.get(row.id, 1.0), True, *strong[row.id]) for row in stored
            ]
            if len(weighed) >= limit or len(ranked) < fetched:
                break
            fetched, offset = fetched * 4, fetched
            ranked = index.best(scope, words, fetched, selection)
        # Supersession is looked up only for facts that may be returned.
        best = rerank(weighed, query.by)[: limit + _SPARE]
        superseded = replaced(index, connection, [fact.row for fact in best], cutoff)
        best = [fact._replace(current=fact.row.id not in superseded) for fact in best]
        ranked_facts = rerank(best, query.by)[:limit]
        return _to_facts(connection, ranked_facts, query.collection, timestamp)


def _related_cue(index: FactIndex, cue: str) -> Cue:
    """The learned similar words of those of a cue."""
    groups = (
        [pair for other in sorted(index.similar_words(word)) for pair in graded_terms(other, _LIKE)]
        for word in content_words(cue[:2000])
    )
    return [group for group in groups if group]


def _respelled_cue(index: FactIndex, scope: int, cue: str) -> Cue:
    """The words of facts one edit away from those of a cue."""
    groups = (
        [pair for other in index.respellings(scope, word) for pair in graded_terms(other, _LIKE)]
        for word in content_words(cue[:2000])
    )
    return [group for group in groups if group]


def history(
    index: FactIndex,
    cue: str,
    *,
    collection: str | None = None,
    as_of: str | float | None = None,
) -> list[Fact]:
    """The facts on a topic over time, oldest first; with `as_of` until then."""
    cutoff = None if as_of is None else remembering.parse_time(as_of)
    with index.reading() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return []
        scored = dict(index.best(scope, cues.cue(cue), _CANDIDATES))
        top = max(scored.values(), default=0.0)
        relevant = [id for id, score in scored.items() if score >= max(0.6 * top, 0.3)]
        view = ScopeView(index, connection, scope, cutoff)
        ids = {row.id for row in on_topic(view, rows.by_ids(connection, relevant))}
        ids |= _formerly(connection, scope, cue)
        facts = _facts(index, connection, rows.by_ids(connection, ids), collection, cutoff)
        facts += _past_wordings(connection, facts)
    if cutoff is not None:
        facts = [fact for fact in facts if fact.at <= cutoff]
    return sorted(facts, key=lambda fact: (fact.at, fact.id))


def _formerly(connection: sqlite3.Connection, scope: int, cue: str) -> set[int]:
    """The facts of a scope whose former wording contained all words of a cue."""
    cue_words = set(content_words(cue[:2000]))
    if not cue_words:
        return set()
    return {
        id
        for id, text in marks.reworded(connection, scope, _WORDINGS)
        if cue_words.issubset(told_words.in_order(text))
    }


def _past_wordings(connection: sqlite3.Connection, facts: Sequence[Fact]) -> list[Fact]:
    """The former wordings of these facts."""
    by = {fact.id: fact for fact in facts}
    return [past_wording(by[row.engram], row) for row in marks.wordings(connection, by)]


def wordings(index: FactIndex, fact: Fact) -> list[Fact]:
    """The wordings of a fact or note, oldest first, the current one last."""
    with index.reading() as connection:
        return [*_past_wordings(connection, [fact]), fact]


def past_wording(fact: Fact, row: WordingRow) -> Fact:
    """A former wording as a fact or note."""
    speakers = tuple(name for name, _ in row.tellers if name)
    return replace(
        fact, id=row.former, text=row.text, sources=speakers, told=row.told, at=row.at,
        current=False, became=fact.id,
    )  # fmt: skip


def listing(
    index: FactIndex,
    *,
    collection: str | None = None,
    limit: int = -1,
    kind: str | None = None,
) -> list[Fact]:
    """The facts of a scope, newest first; of one kind if given."""
    with index.reading() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return []
        if kind is None:
            ids = index.all(scope, limit)
        elif kind == "fact":
            excluded = marks.of_other_kinds(connection, scope)
            ids = [id for id in index.all(scope) if id not in excluded]
        else:
            ids = marks.of_kind(connection, scope, kind)
        stored = rows.by_ids(connection, ids if limit < 0 else ids[:limit])
        return _facts(index, connection, stored[::-1], collection)


def unjudged(index: FactIndex, collection: str | None) -> list[Fact]:
    """All facts of a scope by id, as if none was superseded: judging that takes the longest."""
    with index.reading() as connection:
        scope = rows.scope_id(connection, collection)
        stored = [] if scope is None else rows.by_ids(connection, index.all(scope))
        weighed = _weighed(index, connection, stored, ())
        return _to_facts(connection, weighed, collection, index.store.clock())


def by_ids(index: FactIndex, ids: Collection[int]) -> list[Fact]:
    """The facts with these ids that exist, of any scope, by id."""
    with index.reading() as connection:
        stored = rows.by_ids(connection, ids)
        scopes = dict.fromkeys(row.scope for row in stored)
        names = {scope: collections.name_of(connection, scope) for scope in scopes}
        facts = [
            fact
            for scope in scopes
            for fact in _facts(
                index, connection, [row for row in stored if row.scope == scope], names[scope]
            )
        ]
    return sorted(facts, key=lambda fact: fact.id)


def in_scope(
    index: FactIndex, ids: Collection[int], collection: str | None, until: float | None = None
) -> list[Fact]:
    """The facts of a scope with these ids that exist, by id, as of `until` (None: now)."""
    with index.reading() as connection:
        return _facts(index, connection, rows.by_ids(connection, ids), collection, until)


def count(index: FactIndex, *, collection: Words | None = None) -> int:
    """The number of facts in a scope, without archived ones."""
    with index.reading() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return 0
        return index.count(scope) - strengths.archived_counts(connection).get(scope, 0)


def scopes(index: FactIndex, about: str = "") -> list[str | None]:
    """The collections that hold facts, None for the library's own; see `FactIndex.scopes`."""
    with index.reading() as connection:
        ids = index.scopes()
        if about and len(ids) > 1:
            # Parsing a cue needlessly would slow down every question.
            ids = index.scopes(cues.cue(about))
        return [collections.name_of(connection, scope) for scope in ids]


def _facts(
    index: FactIndex,
    connection: sqlite3.Connection,
    stored: Sequence[FactRow],
    collection: str | None,
    cutoff: float | None = None,
) -> list[Fact]:
    stale = replaced(index, connection, stored, cutoff)
    weighed = _weighed(index, connection, stored, stale)
    timestamp = index.store.clock() if cutoff is None else cutoff
    return _to_facts(connection, weighed, collection, timestamp)


def _weighed(
    index: FactIndex,
    connection: sqlite3.Connection,
    stored: Sequence[FactRow],
    stale: Collection[int],
) -> list[Weighed]:
    """Facts with their ranking keys, with score 1."""
    strong = index.strengths.of_facts(connection, stored)
    return [Weighed(row, 1.0, row.id not in stale, *strong[row.id]) for row in stored]


def _to_facts(
    connection: sqlite3.Connection,
    weighed: Sequence[Weighed],
    collection: str | None,
    timestamp: float,
) -> list[Fact]:
    # Most facts come from the user alone.
    shared = [fact.row.id for fact in weighed if fact.row.teller or fact.row.shared]
    by = rows.sources(connection, shared)
    return [
        Fact(
            id=row.id,
            text=row.text,
            collection=collection,
            sources=by.get(row.id, ()),
            told=row.recorded,
            at=row.at,
            current=current,
            score=round(score, 4),
            kind=row.kind,
            priority=row.priority,
            expires=row.expires,
            expired=row.expires is not None and row.expires <= timestamp,
            strength=round(strength, 4),
            archived=archived,
        )
        for row, score, current, strength, archived in weighed
    ]


# -- selecting by words ----------------------------------------------------------------------------


def containing(
    index: FactIndex,
    match: str,
    *,
    collection: str | None = None,
    limit: int | None = None,
    allowed: Collection[int] | None = None,
) -> tuple[int | None, list[int]]:
    """The scope and its facts that contain the words of `match`, whole and in this order.

    Newest first, at most `limit`; restricted to `allowed` (None: all). The scope is None if there
    is no such collection. Raises `UsageError` for a match without words.
    """
    if not told_words.in_order(match):
        raise UsageError("No words were given.", "Give words that occur in the statements.")
    with index.reading() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return None, []
        matches = _matching(index, connection, scope, match, allowed, limit)
    return scope, sorted(matches, reverse=True)


# -- forgetting ------------------------------------------------------------------------------------


def forget(
    index: FactIndex,
    match: str | None,
    *,
    collection: str | None = None,
    source: str | None = None,
    everything: bool = False,
    keep_versions: bool = False,
) -> Forgotten:
    """Delete the facts of a scope that contain the words of `match`, whole and in this order.

    With `source` they lose that source, and only those without another are deleted. `match` None
    selects all; without a `source`, notes as well, and only with `everything`. With `keep_versions`
    they stay in the versions of the scope. Raises `UsageError` for a match without content words,
    `NotFoundError` for an unknown collection.
    """
    if match is not None and not told_words.in_order(match):
        raise UsageError(
            "Nothing was given to forget.", "Give words from the statements to forget."
        )
    if match is not None and set(told_words.in_order(match)) <= ENGLISH_STOP:
        raise UsageError(
            f"“{match}” stands in too many statements to be forgotten by.",
            "Give more words of the statements to forget.",
        )
    if match is None and source is None and not everything:
        raise UsageError(
            "Nothing was given to forget.", "Give words from the statements to forget, or say all."
        )

    def work(connection: sqlite3.Connection) -> tuple[int, int, int, int]:
        scope = rows.require_scope(connection, collection)
        total = index.count(scope)
        name = None if source is None else remembering.source_name(source)
        inside = None if name is None else rows.of_teller(connection, scope, name)
        selected = _matching(index, connection, scope, match, inside)
        retained = 0
        if not keep_versions:
            retained = _leave_versions(connection, scope, selected, match, name)
        if name is None:
            removed = rows.remove(connection, selected)
        else:
            removed = rows.unsay(connection, selected, name)
            # The sources of facts merged into these go, too.
            change_purge.purge(connection, selected)
        cleared = notes.clear(connection, scope) if match is None and source is None else 0
        changes.erased(connection, "forgotten", len(selected) + cleared, index.store.clock())
        return removed, total - removed, cleared, retained

    removed, remaining, cleared, retained = index.store.write(work, sync=True)
    if removed:
        index.forget()
    clean = removal.compact(index.store) if removed or cleared or retained else True
    return Forgotten(removed, remaining, clean, cleared)


def _leave_versions(
    connection: sqlite3.Connection,
    scope: int,
    selected: Sequence[int],
    match: str | None,
    by: str | None,
) -> int:
    if match is None and by is None:
        return forgetting.drop_all(connection, scope)

    def matches(text: str) -> bool:
        return match is None or cues.same_words(text, match)

    return forgetting.matching(connection, scope, selected, matches, by)


def _matching(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    match: str | None,
    inside: Collection[int] | None,
    limit: int | None = None,
) -> list[int]:
    """The facts `inside` (None: all) that contain these words; at most `limit`, the newest."""
    if match is None:
        if inside is not None:
            return list(inside)
        return index.all(scope)
    # Part of a dense word is not a word.
    words = [] if is_dense(match) else told_words.split(match)
    ids: Collection[int] = index.meeting(scope, [(word,) for word in words], -1)
    if not words:
        ids = index.all(scope)
    if inside is not None:
        ids = set(ids) & set(inside)
    if limit is None:
        return [row.id for row in rows.by_ids(connection, ids) if cues.same_words(row.text, match)]
    newest = sorted(ids, reverse=True)
    matches: list[int] = []
    for begin in range(0, len(newest), _BATCH):
        part = rows.by_ids(connection, newest[begin : begin + _BATCH])
        matches += [row.id for row in part if cues.same_words(row.text, match)]
        if len(matches) >= limit:
            break
    return sorted(matches, reverse=True)[:limit]
