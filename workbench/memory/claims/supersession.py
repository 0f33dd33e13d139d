"""Supersession: which facts newer ones replace, and which contradict each other.

Both are computed on demand, over the claims of related statements: a statement is superseded if all
its claims about the present are; two contradict each other if they are incompatible claims about
the present, neither marked as a change. Later statements that may change an earlier one beyond the
grammar are only selected here, by common words; a trained model judges them (`recall.revision`).
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from ingest.language.analyse import analyse
from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.records import Clause
from ingest.language.word_lists import words
from workbench.memory import told_words
from workbench.memory import words as index_words
from workbench.memory.claims import candidates
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.cardinality import same_topic
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim, Statement, owners
from workbench.memory.claims.contradictions import Contradiction, contradiction, restates
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.store import facts
from workbench.store.facts import FactRow

#: Neighbours that are compared with a statement, and the minimum share of common words.
_NEIGHBOURS, _SHARED = 40, 0.25
#: Statements that are searched, and the newest that are judged.
_SEARCHED, _JUDGED = 60, 8


def replaced(
    index: FactIndex,
    connection: sqlite3.Connection,
    statements: Sequence[FactRow],
    until: float | None = None,
) -> set[int]:
    """The ids of those of these statements that are superseded at `until`."""
    by_scope: dict[int, list[FactRow]] = {}
    for row in statements:
        by_scope.setdefault(row.scope, []).append(row)
    stale: set[int] = set()
    for scope, rows in by_scope.items():
        view = ScopeView(index, connection, scope, until)
        # A claim on the future supersedes nothing yet.
        present = view.in_force(row.id for row in rows)
        if index.count(scope) <= candidates.LIMIT:
            groups = [(present, neighbours(view, present))]
        else:
            # Neighbourhoods overlap: each statement is fetched once.
            fetched: dict[int, FactRow | None] = {row.id: row for row in present}
            groups = [([row], [row, *_successors(view, row, fetched)]) for row in present]
        for targets, compared in groups:
            if len(compared) > 1:
                claim_set = candidates.claim_set(view, compared)
                stale |= claim_set.stale({row.id for row in targets})
    return stale


def _successors(view: ScopeView, row: FactRow, fetched: dict[int, FactRow | None]) -> list[FactRow]:
    """The newer statements most similar to one that name its subject.

    Only these are analysed: few statements of a large scope can supersede it. `fetched` caches
    statements by id, None for those not in force; missing ones are added.
    """
    ranked = view.index.best(view.scope, cues.cue(row.text), _NEIGHBOURS)
    ids = sorted(id for id, score in ranked if score >= _SHARED)
    missing = set(ids) - fetched.keys()
    fetched |= dict.fromkeys(missing) | {other.id: other for other in view.in_force(missing)}
    nearby = (other for id in ids if (other := fetched[id]) is not None)
    newer = [
        other
        for other in nearby
        if (other.at, other.id) > (row.at, row.id) and not _is_simultaneous(row, other)
    ]
    if not newer:
        return []
    claims = claims_of(row.text).claims
    subject_forms = {form for claim in claims for form in _subject_forms(claim.clause)}
    return [other for other in newer if not subject_forms.isdisjoint(_text_forms(other.text))]


def _is_simultaneous(row: FactRow, other: FactRow) -> bool:
    """Whether a source such as a database stated both at once: neither is newer."""
    return row.teller == other.teller != facts.USER and row.recorded == other.recorded


@lru_cache(4000)
def _text_forms(text: str) -> frozenset[str]:
    return frozenset(_forms(told_words.split(text)))


def _subject_forms(clause: Clause) -> set[str]:
    """The forms of the words of a subject; a speaker is “I” and “my”."""
    subject = clause.subject
    if subject is None:
        return set()
    terms = [word for phrase in owners(subject) for word in phrase.words]
    if not {"i", "we"}.isdisjoint(terms):
        terms += sorted(words("first_person"))
    return _forms(terms)


def _forms(terms: Iterable[str]) -> set[str]:
    return {form for word in terms for form in (word, *index_words.forms(word, "en"))}


def outdated(
    index: FactIndex, connection: sqlite3.Connection, scope: int, statements: Sequence[FactRow]
) -> set[int]:
    """The ids of those of these statements of a scope that would be news if repeated.

    These are superseded in any derived claim: “I paid Ben back”, and then owed him again.
    """
    view = ScopeView(index, connection, scope)
    ids = {row.id for row in statements}
    claim_set = candidates.claim_set(view, neighbours(view, view.in_force(ids)))
    # An incidental name is permanent.
    lasting = (dated for dated in claim_set.claims if dated.claim.derived != "called")
    newer = (
        (dated.statement.id, claim_set.newer(dated))
        for dated in lasting
        if dated.statement.id in ids
    )
    return {id for id, other in newer if other is not None and other.statement.id != id}


def neighbours(view: ScopeView, statements: Sequence[FactRow]) -> list[FactRow]:
    """These statements with the most similar ones of the scope."""
    statement_ids = {row.id for row in statements}
    nearby = _neighbour_ids(view, [row.text for row in statements], len(statements))
    return [*statements, *(row for row in view.in_force(nearby) if row.id not in statement_ids)]


def contradictions(
    view: ScopeView, statement: Statement
) -> Iterator[tuple[FactRow, Contradiction]]:
    """Yield the statements of a scope that contradict one, each with the kind.

    `statement` is one of the scope, or (with id 0) not stored yet.
    """
    time, ids = view.reference_time, _neighbour_ids(view, [statement.text], 1)
    nearby = [
        row
        for row in facts.by_ids(view.connection, list(ids))
        if row.expires is None or row.expires > time
    ]
    rivals = {row.id: row for row in nearby if row.id != statement.id}
    context = [row for row in nearby if row.id == statement.id]
    statements = candidates.with_context(view, [*rivals.values(), *context])
    claim_set = ClaimSet([*statements, *([] if context else [statement])])
    claims: dict[int, list[DatedClaim]] = {}
    for dated in claim_set.claims:
        claims.setdefault(dated.statement.id, []).append(dated)
    statement_claims = claims.pop(statement.id, [])
    for id, theirs in claims.items():
        kind = next(_contradictions(statement_claims, theirs), None)
        if kind is not None and id in rivals:
            yield rivals[id], kind


def _contradictions(
    left: Sequence[DatedClaim], right: Sequence[DatedClaim]
) -> Iterator[Contradiction]:
    """Yield the contradictions between two statements, except on claims that both make."""
    for claim in left:
        for other in right:
            kind = contradiction(claim, other)
            if kind is not None and not (
                any(restates(dated.clause, claim.clause) for dated in right)
                or any(restates(dated.clause, other.clause) for dated in left)
            ):
                yield kind


def on_topic(view: ScopeView, rows: Sequence[FactRow]) -> list[FactRow]:
    """The statements of a scope, of any time, with a claim on the topic of one of these; by id.

    A topic is a single-valued relation, or one that a claim asserts and another denies.
    """
    nearby = {row.id: row for row in neighbours(view, rows)}
    claim_set = candidates.claim_set(view, list(nearby.values()))
    topic_ids = {row.id for row in rows}
    topic_claims = [dated for dated in claim_set.claims if dated.statement.id in topic_ids]
    ids = topic_ids | {
        dated.statement.id
        for dated in claim_set.claims
        if dated.statement.id not in topic_ids
        and any(
            same_topic(topic.clause, dated.clause) or same_topic(dated.clause, topic.clause)
            for topic in topic_claims
        )
    }
    return [nearby[id] for id in sorted(ids) if id in nearby]


def _neighbour_ids(view: ScopeView, texts: Sequence[str], size: int) -> Collection[int]:
    index, scope = view.index, view.scope
    if index.count(scope) <= max(candidates.LIMIT, size):
        return index.all(scope)
    rankings = (index.best(scope, cues.cue(text), _NEIGHBOURS) for text in texts)
    return {id for ranked in rankings for id, _ in ranked}


def later_statements(view: ScopeView, id: int) -> list[FactRow]:
    """The newest later statements in force that share a noun or name with one.

    Those that are fully parsed as past or possible are excluded.
    """
    (origin,) = facts.by_ids(view.connection, [id])
    ranked = view.index.best(view.scope, cues.cue(origin.text), _SEARCHED)
    since = origin.at, origin.id
    later = [row for row in view.in_force(id for id, _ in ranked) if (row.at, row.id) > since]
    content = _content(origin.text) if later else frozenset()
    related = [row for row in later if _content(row.text) & content and not _leaves_all(row.text)]
    return sorted(related, key=lambda row: (row.at, row.id))[-_JUDGED:]


def _content(text: str) -> frozenset[str]:
    """The nouns, names and numbers of a text."""
    tokens = (token for sentence in analyse(text).sentences for token in sentence.tokens)
    return frozenset(singular(token.low) for token in tokens if token.may_be("NEC"))


def _leaves_all(text: str) -> bool:
    """Whether a statement is fully parsed, and entirely past or uncertain."""
    parsed = claims_of(text)
    present = any(claim.status in ("now", "happened") for claim in parsed.claims)
    return parsed.complete and not present
