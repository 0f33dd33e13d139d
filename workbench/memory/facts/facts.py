"""The fact memory: value, recall, history, forget; `remembering` has how they come in.

A fact is an engram of its own with what it claims beside it; it can be asked for as soon as
`remember` has returned. Candidates come from the words of the facts (every condition of a question
must be met by one), what answers is chosen by `claims.values`.
"""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace

from workbench.arguments import Words
from workbench.errors import UsageError
from workbench.memory import plasticity, told_words
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic, replaced
from workbench.memory.facts import cues, remembering, statement_clock
from workbench.memory.facts.cues import content_words, graded_terms
from workbench.memory.facts.index import Cue, FactIndex
from workbench.memory.facts.ranking import Weighed, rerank
from workbench.memory.facts.records import Fact, Forgotten, Value
from workbench.memory.facts.unspaced_scripts import is_dense
from workbench.memory.sharing import forgetting
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.store import change_purge, changes, collections, marks, notes, removal, strengths
from workbench.store import facts as rows
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow

#: Facts that are looked at for one question, newest first.
_CANDIDATES = 400
#: Facts whose words are looked at in one go.
_BATCH = 64
#: Of so many facts of a kind those that bear on a cue are looked for; of more, the other way round.
_SELECTIVE = 4096
#: Former wordings that are looked at for one cue, the newest.
_WORDINGS = 2000
#: Facts beyond those asked for that are looked at for what replaced them.
_SPARE = 2
#: How well a word is met by one that only stands for it.
_LIKE = 0.5


def value(
    index: FactIndex,
    question: str,
    *,
    collection: str | None = None,
    as_of: str | float | None = None,
) -> Value | None:
    """The value that a question asks for; None where no fact answers it.

    Where something ended what would answer, that is quoted. `as_of` answers as it was
    then. Raises `UsageError` for what is no date.
    """
    from workbench.memory.facts import claimed  # the grammar is not needed to open a library

    cutoff = None if as_of is None else remembering.parse_time(as_of)
    with index.store.read() as connection:
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
    """Whether a former value was used so much more that it is shown beside the one that holds."""
    return plasticity.rank(older.strength) > plasticity.rank(newer.strength)


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
    within: Collection[int] | None = None,
    as_of: str | float | None = None,
) -> list[Fact]:
    """The facts that bear on a cue, best first; scored from 0 to 1.

    `within` limits them to those of these ids, `as_of` to what was known then.

    Equals are ranked as `ranking.rerank` says for `by`, "words" or "strength". Only where no fact
    holds a word of the cue, words are tried that the library has learned, or that are a slip away.
    """
    if limit <= 0:
        return []
    weighed: list[Weighed] = []
    cutoff = None if as_of is None else remembering.parse_time(as_of)
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return []
        selection: list[int] | None = None
        if min_priority > 0 or kind not in (None, "fact"):
            selection = marks.marked(connection, scope, kind, min_priority, _SELECTIVE)
        if within is not None:
            selection = sorted(within if selection is None else set(selection).intersection(within))
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
            if not include_expired:
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
        # What was replaced is looked up for those alone that may be shown.
        best = rerank(weighed, by)[: limit + _SPARE]
        superseded = replaced(index, connection, [fact.row for fact in best], cutoff)
        best = [fact._replace(current=fact.row.id not in superseded) for fact in best]
        return _to_facts(connection, rerank(best, by)[:limit], collection, timestamp)


def _related_cue(index: FactIndex, cue: str) -> Cue:
    """The words that the library has learned to be like those of a cue."""
    groups = (
        [pair for other in sorted(index.similar_words(word)) for pair in graded_terms(other, _LIKE)]
        for word in content_words(cue[:2000])
    )
    return [group for group in groups if group]


def _respelled_cue(index: FactIndex, scope: int, cue: str) -> Cue:
    """The words of facts that are a slip away from those of a cue."""
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
    """What was said about a thing over time, oldest first; with `as_of` until then."""
    cutoff = None if as_of is None else remembering.parse_time(as_of)
    with index.store.read() as connection:
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
    """The facts of a scope that once held all the words of a cue."""
    cue_words = set(content_words(cue[:2000]))
    if not cue_words:
        return set()
    return {
        id
        for id, text in marks.reworded(connection, scope, _WORDINGS)
        if cue_words.issubset(told_words.in_order(text))
    }


def _past_wordings(connection: sqlite3.Connection, facts: Sequence[Fact]) -> list[Fact]:
    """How these facts read before they were edited."""
    by = {fact.id: fact for fact in facts}
    return [past_wording(by[row.engram], row) for row in marks.wordings(connection, by)]


def wordings(index: FactIndex, fact: Fact) -> list[Fact]:
    """How a fact or note read before it was edited, oldest first, and how it reads now."""
    with index.store.read() as connection:
        return [*_past_wordings(connection, [fact]), fact]


def past_wording(fact: Fact, row: WordingRow) -> Fact:
    """A fact or note as it read before it was edited."""
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
    """The facts of a scope, newest first; those of one kind where it is named."""
    with index.store.read() as connection:
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


def by_ids(index: FactIndex, ids: Collection[int]) -> list[Fact]:
    """Those of these facts that exist, of any scope, by id."""
    with index.store.read() as connection:
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
    """Those of these facts of a scope that exist, by id, as they were at `until` (None: now)."""
    with index.store.read() as connection:
        return _facts(index, connection, rows.by_ids(connection, ids), collection, until)


def count(index: FactIndex, *, collection: Words | None = None) -> int:
    """How many facts a scope holds, without those that are archived."""
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return 0
        return index.count(scope) - strengths.archived_counts(connection).get(scope, 0)


def scopes(index: FactIndex, about: str = "") -> list[str | None]:
    """The collections that hold facts, None the library's own; see `FactIndex.scopes`."""
    with index.store.read() as connection:
        ids = index.scopes()
        if about and len(ids) > 1:
            # To take a question apart for nothing would be felt whenever one is asked.
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
    """Facts with what they are ranked by, apart from a score."""
    strong = index.strengths.of_facts(connection, stored)
    return [Weighed(row, 1.0, row.id not in stale, *strong[row.id]) for row in stored]


def _to_facts(
    connection: sqlite3.Connection,
    weighed: Sequence[Weighed],
    collection: str | None,
    timestamp: float,
) -> list[Fact]:
    # Most facts were told by the user alone.
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


# -- choosing by words -----------------------------------------------------------------------------


def containing(
    index: FactIndex,
    match: str,
    *,
    collection: str | None = None,
    limit: int | None = None,
    allowed: Collection[int] | None = None,
) -> tuple[int | None, list[int]]:
    """The scope, and its facts in which the words of `match` stand, whole and in this order.

    The newest comes first, of many no more than `limit`; only those of `allowed` count (None: all).
    The scope is None where there is no such collection. Raises `UsageError` for a match without
    words.
    """
    if not told_words.in_order(match):
        raise UsageError("No words were given.", "Give words that occur in the statements.")
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return None, []
        matches = _matching(index, connection, scope, match, None, limit, allowed)
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
    """Remove the facts of a scope in which the words of `match` stand, whole and in this order.

    With `source` only what that source said, and of that only what nobody else says. `match` None
    removes all of it, the whole scope, notes as well, only with `everything`. With `keep_versions`
    they stay in the versions of the scope. Raises `UsageError` for a match without a word that says
    something, `NotFoundError`
    for a collection that is not there.
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
        selected = _matching(index, connection, scope, match, source)
        retained = 0
        if not keep_versions:
            retained = _leave_versions(connection, scope, selected, match, source)
        if source is None:
            removed = rows.remove(connection, selected)
        else:
            removed = rows.unsay(connection, selected, remembering.source_name(source))
            # What was merged into these knows who said it, too.
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
    source: str | None,
) -> int:
    if match is None and source is None:
        return forgetting.drop_all(connection, scope)
    by = None if source is None else remembering.source_name(source)

    def matches(text: str) -> bool:
        return match is None or cues.same_words(text, match)

    return forgetting.matching(connection, scope, selected, matches, by)


def _matching(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    match: str | None,
    source: str | None,
    limit: int | None = None,
    allowed: Collection[int] | None = None,
) -> list[int]:
    """The facts that hold these words and were said by a source; of many the newest `limit`."""
    inside = allowed
    if source is not None:
        inside = rows.of_teller(connection, scope, remembering.source_name(source))
    if match is None:
        if inside is not None:
            return list(inside)
        return index.all(scope)
    # Half of a word without spaces is none.
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
