"""Supersession: which facts newer ones replace, and which contradict each other.

Both are computed on demand, over the claims of related statements: a statement is superseded if all
its claims about the present are; two contradict each other if they are incompatible claims about
the present, neither marked as a change. Later statements that may change an earlier one beyond the
grammar are only looked up here: a trained model judges them when they are told (`facts.revising`).
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from ingest.language.analyse import analyse
from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.records import Clause
from ingest.language.verbs import verb_of
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
from workbench.store import conflicts, facts, modelled
from workbench.store.facts import FactRow

#: Neighbours that are compared with a statement, and the minimum share of common words.
_NEIGHBOURS, _SHARED = 40, 0.25
#: A word in as many statements of a scope names no one subject, if there are rarer ones.
_COMMON = 200
#: The minimum probability of a change that a topic's history shows.
_CHANGE = 0.5
#: The newest statements that are judged at a question.
_JUDGED = 8


def replaced(
    index: FactIndex,
    connection: sqlite3.Connection,
    statements: Sequence[FactRow],
    until: float | None = None,
) -> set[int]:
    """The ids of those of these statements that are superseded at `until`."""
    by_scope: dict[int, list[FactRow]] = {}
    known = index.superseded(until)
    for row in statements:
        if row.id not in known:
            by_scope.setdefault(row.scope, []).append(row)
    for scope, rows in by_scope.items():
        view = ScopeView(index, connection, scope, until)
        # A claim on the future supersedes nothing yet.
        present = view.in_force(row.id for row in rows)
        if index.count(scope) <= candidates.LIMIT:
            groups = [(present, neighbours(view, present))]
        else:
            groups = [([row], [row, *_successors(view, row)]) for row in present]
        for targets, compared in groups:
            ids = {row.id for row in targets}
            stale = candidates.claim_set(view, compared).stale(ids) if len(compared) > 1 else set()
            known |= {id: id in stale for id in ids}
        known |= {row.id: False for row in rows if row.id not in known}
    return {row.id for row in statements if known.get(row.id)}


def _successors(view: ScopeView, row: FactRow) -> list[FactRow]:
    """The newer statements most similar to one that name its subject.

    Only these are analysed: few statements of a large scope can supersede it.
    """
    index, scope = view.index, view.scope
    may_be_dated = row.since is not None or index.is_dated(view.connection)
    if not may_be_dated and not _is_named_later(view, row, cues.content_words(row.text)):
        # without analysing it
        return []
    claims = claims_of(row.text).claims
    subject_words = sorted({word for claim in claims for word in _subject(claim.clause)})
    if not may_be_dated and not _is_named_later(view, row, subject_words):
        return []
    forms = _forms(index.rare(scope, subject_words, _COMMON) or subject_words)
    ranked = index.best(scope, cues.cue(row.text), _NEIGHBOURS)
    nearby = (id for id, score in ranked if score >= _SHARED)
    return [
        other
        for other in view.in_force(nearby, since=(row.at, row.id))
        if not _is_simultaneous(row, other) and not forms.isdisjoint(_text_forms(other.text))
    ]


def _is_named_later(view: ScopeView, row: FactRow, words: Sequence[str]) -> bool:
    """Whether a statement told after one has one of these words, of the rare ones if there are.

    “The project Nordlys” is not named by any project, “my plan” not by “I”.
    """
    rare = view.index.rare(view.scope, words, _COMMON) or words
    newest = view.index.meeting(view.scope, [tuple(_forms(rare))], 1) if rare else []
    return any(id > row.id for id in newest)


def _is_simultaneous(row: FactRow, other: FactRow) -> bool:
    """Whether a source such as a database stated both at once: neither is newer."""
    return row.teller == other.teller != facts.USER and row.recorded == other.recorded


@lru_cache(4000)
def _text_forms(text: str) -> frozenset[str]:
    return frozenset(_forms(told_words.split(text)))


def _subject(clause: Clause) -> set[str]:
    """The words of a subject; a speaker is “I” and “my”."""
    subject = clause.subject
    if subject is None:
        return set()
    terms = [word for phrase in owners(subject) for word in phrase.words]
    if not {"i", "we"}.isdisjoint(terms):
        terms += sorted(words("first_person"))
    return {*terms}


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

    A topic is a single-valued relation, or one that a claim asserts and another denies. What is
    judged to have changed one of these is on its topic, too.
    """
    judged = modelled.revisions_of(view.connection, [row.id for row in rows])
    changes = {row.newer for row in judged if row.ends + row.replaces >= _CHANGE}
    nearby = {row.id: row for row in (*neighbours(view, rows), *view.in_force(changes))}
    claim_set = candidates.claim_set(view, list(nearby.values()))
    topic_ids = {row.id for row in rows}
    topic_claims = [dated for dated in claim_set.claims if dated.statement.id in topic_ids]
    ids = (
        topic_ids
        | changes
        | {
            dated.statement.id
            for dated in claim_set.claims
            if dated.statement.id not in topic_ids
            and any(
                same_topic(topic.clause, dated.clause) or same_topic(dated.clause, topic.clause)
                for topic in topic_claims
            )
        }
    )
    return [nearby[id] for id in sorted(ids) if id in nearby]


def _neighbour_ids(view: ScopeView, texts: Sequence[str], size: int) -> Collection[int]:
    index, scope = view.index, view.scope
    if index.count(scope) <= max(candidates.LIMIT, size):
        return index.all(scope)
    rankings = (index.best(scope, cues.cue(text), _NEIGHBOURS) for text in texts)
    return {id for ranked in rankings for id, _ in ranked}


def later_statements(view: ScopeView, id: int) -> list[FactRow]:
    """Later statements in force that may change one: judged so, or not judged yet.

    Those not judged yet share a noun or name with it (`may_bear_on`). Those of which a person said
    that both hold are left out.
    """
    connection = view.connection
    judged = {row.newer for row in modelled.revisions_of(connection, [id])}
    pending = view.index.unjudged.since(connection)
    origin = next(iter(facts.by_ids(connection, [id])), None) if judged or pending else None
    if origin is None:
        return []
    content = topic_words(origin.text) if pending else frozenset()
    sharing = {
        other
        for other, text in facts.texts(connection, pending).items()
        if topic_words(text) & content and may_bear_on(text, origin.text)
    }
    later = view.in_force(judged | sharing, since=(origin.at, id))
    later = [row for row in later if row.scope == origin.scope]
    valid = conflicts.valid_beside(connection, id) if later else ()
    return sorted((row for row in later if row.id not in valid), key=lambda row: (row.at, row.id))[
        -_JUDGED:
    ]


@lru_cache(4000)
def topic_words(text: str) -> frozenset[str]:
    """The nouns, names and numbers of a text."""
    tokens = (token for sentence in analyse(text).sentences for token in sentence.tokens)
    return frozenset(singular(token.low) for token in tokens if token.may_be("NEC"))


def may_bear_on(newer: str, older: str) -> bool:
    """Whether a model need be asked if a statement changes an older one that shares its topic.

    Not of one that is fully parsed as past or possible. If the older one only gives a quantity, the
    newer has to name it: who cleaned lamp 3 has no bearing on “the price of lamp 3 is 10 euros”.
    """
    if _leaves_all(newer):
        return False
    quantities = [_quantity(claim.clause) for claim in claims_of(older).claims]
    named = topic_words(newer)
    return not quantities or not all(words and words.isdisjoint(named) for words in quantities)


def _quantity(clause: Clause) -> frozenset[str]:
    """The head of a subject with an owner and the words of its amount; empty for other clauses."""
    subject, amount = clause.subject, clause.complement
    if clause.verb != "be" or subject is None or amount is None:
        return frozenset()
    is_quantity = amount.kind == "number" or amount.number != ""
    is_owned = subject.owner is not None or any(p == "of" for p, _ in subject.inside)
    return frozenset({subject.head, *amount.words}) if is_quantity and is_owned else frozenset()


def _leaves_all(text: str) -> bool:
    """Whether a statement is fully parsed, and entirely past or uncertain."""
    parsed = claims_of(text)
    present = any(claim.status in ("now", "happened") for claim in parsed.claims)
    # “called it off” is an event, whatever “called” is
    past = [claim.clause for claim in parsed.claims if claim.status == "was"]
    phrasal = any(words("particle") & {*clause.adverbs} for clause in past)
    return parsed.complete and not present and not phrasal and not any(map(_had_done, past))


def _had_done(clause: Clause) -> bool:
    """“I had the number changed” and “I called it a day” are events, too."""
    last = clause.object.text.rpartition(" ")[2] if clause.object is not None else ""
    caused = clause.verb == "have" and bool(verb_of(last.lower(), "participle"))
    return caused or (clause.verb == "call" and not clause.passive)
