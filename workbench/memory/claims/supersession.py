"""Supersession: which told statements something newer replaced, and which contradict each other.

Both are decided when they are asked for, over the claims of the statements near by: a statement is
replaced where each of its claims about the present is; two contradict where both tell of the
present, neither as a change, and cannot both be so.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from ingest.language.claims import claims_of
from ingest.language.records import Clause
from ingest.language.word_lists import words
from workbench.memory import told_words
from workbench.memory import words as index_words
from workbench.memory.claims import candidates
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.held import (
    Contradiction,
    Held,
    Memory,
    Told,
    contradiction,
    owners,
    restates,
    same_topic,
)
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.store import facts
from workbench.store.facts import FactRow

#: Statements near to one that are compared with it, and the least share of its words they hold.
_NEIGHBOURS, _SHARED = 40, 0.25


def replaced(
    index: FactIndex,
    connection: sqlite3.Connection,
    found: Sequence[FactRow],
    until: float | None = None,
) -> set[int]:
    """The ids of those of these statements that something newer replaced by `until`."""
    by_scope: dict[int, list[FactRow]] = {}
    for row in found:
        by_scope.setdefault(row.scope, []).append(row)
    stale: set[int] = set()
    for scope, rows in by_scope.items():
        view = ScopeView(index, connection, scope, until)
        # What holds from later on replaces nothing yet.
        present = view.in_force(row.id for row in rows)
        if index.count(scope) <= candidates.LIMIT:
            groups = [(present, neighbours(view, present))]
        else:
            groups = [([row], [row, *_successors(view, row)]) for row in present]
        for asked, compared in groups:
            if len(compared) > 1:
                stale |= _stale(candidates.memory(view, compared), {row.id for row in asked})
    return stale


def _successors(view: ScopeView, row: FactRow) -> list[FactRow]:
    """The newer statements that share most with one and name what it is about.

    Only these are analysed: of a large scope few can replace a statement.
    """
    about = {form for claim in claims_of(row.text).claims for form in _subject_forms(claim.clause)}
    if not about:
        return []
    ranked = view.index.best(view.scope, cues.cue(row.text), _NEIGHBOURS)
    near = view.in_force(id for id, score in ranked if score >= _SHARED)
    newer = (other for other in near if (other.at, other.id) > (row.at, row.id))
    return [other for other in newer if not about.isdisjoint(_forms(told_words.split(other.text)))]


def _subject_forms(clause: Clause) -> set[str]:
    """The forms of the words for what a clause is about; a speaker is “I” and “my”."""
    subject = clause.subject
    if subject is None:
        return set()
    named = [word for thing in owners(subject) for word in thing.words]
    if not {"i", "we"}.isdisjoint(named):
        named += sorted(words("first_person"))
    return _forms(named)


def _forms(said: Iterable[str]) -> set[str]:
    return {form for word in said for form in (word, *index_words.forms(word, "en"))}


def _stale(memory: Memory, ids: Collection[int]) -> set[int]:
    """Those of these statements each of whose claims about the present is replaced."""
    claims: dict[int, list[Held]] = {}
    for held in memory.claims:
        stated = held.claim.derived in ("", "state")
        if held.told.id in ids and held.claim.status == "now" and stated:
            claims.setdefault(held.told.id, []).append(held)
    return {id for id, own in claims.items() if all(map(memory.replaced, own))}


def outdated(
    index: FactIndex, connection: sqlite3.Connection, scope: int, found: Sequence[FactRow]
) -> set[int]:
    """The ids of those of these statements of a scope that would be news if told again.

    That is where something newer replaced any of what follows from them: “I paid Ben back”, and
    then owed him again.
    """
    view = ScopeView(index, connection, scope)
    ids = {row.id for row in found}
    memory = candidates.memory(view, neighbours(view, view.in_force(ids)))
    # What something is called in passing is said of it for good.
    lasting = (held for held in memory.claims if held.claim.derived != "called")
    newer = ((held.told.id, memory.newer(held)) for held in lasting if held.told.id in ids)
    return {id for id, other in newer if other is not None and other.told.id != id}


def neighbours(view: ScopeView, found: Sequence[FactRow]) -> list[FactRow]:
    """These statements with those of the scope that share most with one of them."""
    own = {row.id for row in found}
    near = _near(view, [row.text for row in found], len(found))
    return [*found, *(row for row in view.in_force(near) if row.id not in own)]


def contradictions(view: ScopeView, statement: Told) -> Iterator[tuple[FactRow, Contradiction]]:
    """The statements of a scope that contradict one, each with how.

    `statement` is one of the scope, or (with the id 0) one that is not told yet.
    """
    moment, ids = view.moment, _near(view, [statement.text], 1)
    near = [
        row
        for row in facts.by_ids(view.connection, list(ids))
        if row.expires is None or row.expires > moment
    ]
    others = {row.id: row for row in near if row.id != statement.id}
    context = [row for row in near if row.id == statement.id]
    beside = candidates.with_context(view, [*others.values(), *context])
    memory = Memory([*beside, *([] if context else [statement])])
    claims: dict[int, list[Held]] = {}
    for held in memory.claims:
        claims.setdefault(held.told.id, []).append(held)
    own = claims.pop(statement.id, [])
    for id, theirs in claims.items():
        kind = next(_contradictions(own, theirs), None)
        if kind is not None and id in others:
            yield others[id], kind


def _contradictions(own: Sequence[Held], theirs: Sequence[Held]) -> Iterator[Contradiction]:
    """How the claims of two statements contradict; what both tell, as of a list, does not."""
    for claim in own:
        for other in theirs:
            kind = contradiction(claim, other)
            if kind is not None and not (
                any(restates(one.clause, claim.clause) for one in theirs)
                or any(restates(one.clause, other.clause) for one in own)
            ):
                yield kind


def on_topic(view: ScopeView, rows: Sequence[FactRow]) -> list[FactRow]:
    """The statements of a scope, whenever told, with a claim on the topic of one of these; by id.

    A topic is what can only be one thing at a time, or what one claim asserts and another denies.
    """
    near = {row.id: row for row in neighbours(view, rows)}
    memory = candidates.memory(view, list(near.values()))
    wanted = {row.id for row in rows}
    own = [held for held in memory.claims if held.told.id in wanted]
    ids = wanted | {
        held.told.id
        for held in memory.claims
        if held.told.id not in wanted and any(_one_topic(mine, held) for mine in own)
    }
    return [near[id] for id in sorted(ids) if id in near]


def _one_topic(one: Held, other: Held) -> bool:
    return same_topic(one.clause, other.clause) or same_topic(other.clause, one.clause)


def _near(view: ScopeView, texts: Sequence[str], size: int) -> Collection[int]:
    index, scope = view.index, view.scope
    if index.count(scope) <= max(candidates.LIMIT, size):
        return index.all(scope)
    near = (index.best(scope, cues.cue(text), _NEIGHBOURS) for text in texts)
    return {id for ranked in near for id, _ in ranked}
