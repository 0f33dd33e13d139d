"""Selects the facts that may answer a question, with those stored just before them.

A small scope is read completely. In a large one, facts that match every word of the question, or a
synonym, come first, with later ones that may change them: usually they suffice. Then follow the
facts that match most of the question's weight, those on a name among them (“the landlord of Mara's
assistant”), and those directly after one of them that refer to it (“he keeps it there”).
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.language import search_terms
from ingest.language.claims import claims_of
from ingest.language.corrections import points_back
from ingest.language.events import may_change
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.identity import DEPTH, definite
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.statement_clock import calendar_day
from workbench.store import conflicts, modelled
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Maximum seconds of one sitting.
TALK = 600.0
#: Maximum statements analysed for one question, and for each name among them.
LIMIT, _NAME_LIMIT = 60, 20
#: The probability of a change from which a judged statement is superseded.
CERTAIN = 0.75
#: Derivations of claims that say what another one of the sentence does.
_REPEATED = ("own", "called")
#: The minimum score of a candidate, relative to the best.
_SCORE_SHARE = 0.4
_NAME_SOURCES, _NAMES = 8, 6
#: Maximum characters of a question.
_QUESTION = 2000
#: Preceding statements of a scope that one may refer to.
_ADJACENT = 2


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The statements of one scope as of `until` (None: now).

    With `judged`, what a model of revisions is sure of supersedes, too (`store.revisions`).
    """

    index: FactIndex
    connection: sqlite3.Connection
    scope: int
    until: float | None = None
    judged: bool = False

    @property
    def reference_time(self) -> float:
        """The time of the query, in seconds since the epoch."""
        return self.index.store.clock() if self.until is None else self.until

    def in_force(self, ids: Iterable[int], since: tuple[float, int] | None = None) -> list[FactRow]:
        """Those of these statements that were in effect then and had not expired.

        With `since`, the time and id of a statement, only later ones.
        """
        time = self.reference_time
        return [
            row
            for row in rows.by_ids(self.connection, list(ids), since=since)
            if self._in_effect(row, time) and (row.expires is None or row.expires > time)
        ]

    def _in_effect(self, row: FactRow, time: float) -> bool:
        """Whether a statement was valid then; new ones are, even if the clock was set back."""
        return row.at <= time or (self.until is None and row.at <= row.recorded)


def selections(view: ScopeView, question: str) -> Iterator[list[FactRow]]:
    """Yield candidate sets for a question: first a few that probably answer it, then all."""
    index, scope = view.index, view.scope
    if index.count(scope) <= LIMIT:
        yield view.in_force(index.all(scope))
        return
    cue = cues.cue(question)
    ranked_ids = _top_scored(index.best(scope, cue, LIMIT))
    # Facts in other words may share none with the question.
    meeting_ids = _meeting(index, scope, question)
    if 0 < len(meeting_ids) < _NAME_LIMIT:
        meeting = view.in_force(meeting_ids)
        covering = [row for row in meeting if cues.covers(cue, row.text)] or meeting
        nearby_ids = (*meeting_ids, *ranked_ids)
        yield _with_following(view, [*covering, *_changes(view, covering, nearby_ids)])
    selected = view.in_force(dict.fromkeys((*meeting_ids, *ranked_ids)))
    visited, latest = {row.id for row in selected}, selected
    for _ in range(DEPTH):
        new = dict.fromkeys(id for id in _naming(view, latest) if id not in visited)
        visited |= new.keys()
        latest = view.in_force(new)
        selected += latest
    yield _with_following(view, selected)


def _naming(view: ScopeView, selected: Iterable[FactRow]) -> Iterator[int]:
    """Yield the statements on names in the first of these."""
    for name in _names(selected):
        yield from _top_scored(view.index.best(view.scope, cues.cue(name), _NAME_LIMIT))


def _changes(
    view: ScopeView, statements: Sequence[FactRow], nearby_ids: Iterable[int]
) -> Iterator[FactRow]:
    """Yield possible changes of some statements: neighbours, and those on a name in them."""
    since = min((row.at for row in statements), default=view.reference_time)
    nearby = {*nearby_ids, *_naming(view, statements)} - {row.id for row in statements}
    for row in view.in_force(nearby):
        if row.at >= since and may_change(row.text):
            yield row


def later_changes(view: ScopeView, statement: Statement, known: Collection[int]) -> list[FactRow]:
    """Later statements, in other words than the question, that may have changed the given one.

    “I own a cello” answers which instrument is owned, until “the cello went to a school”.
    """
    if view.index.count(view.scope) <= LIMIT:
        return []
    ranked = view.index.best(view.scope, cues.cue(statement.text), LIMIT)
    since = (statement.at, statement.id)
    later = view.in_force((id for id, _ in ranked if id not in known), since)
    return [row for row in later if may_change(row.text)]


def _with_following(view: ScopeView, selected: list[FactRow]) -> list[FactRow]:
    """These statements with those directly after one of them that refer to it."""
    following = {
        id for row in selected for id in view.index.adjacent(view.scope, row.id, _ADJACENT)
    }
    followers = view.in_force(sorted(following - {row.id for row in selected}))
    return [*selected, *(row for row in followers if points_back(row.text))]


def claim_set(view: ScopeView, selected: Collection[FactRow]) -> ClaimSet:
    """The claims of these statements; those that the user confirmed as still valid are exempt."""
    ids = {row.id for row in selected}
    exempt = conflicts.confirmed_valid(view.connection, ids)
    replacements: dict[int, int] = {}
    if view.judged:
        texts = {row.id: row.text for row in selected}
        replacements = {
            row.older: row.newer
            for row in modelled.revisions_of(view.connection, ids)
            if row.ends + row.replaces >= CERTAIN and says_one_thing(texts[row.older])
        }
        later = view.in_force({*replacements.values()} - ids)
        selected = [*selected, *later]
    return ClaimSet(
        with_context(view, selected), exempt, calendar_day(view.reference_time), replacements
    )


def says_one_thing(text: str) -> bool:
    """Whether a statement makes one claim, so that what changes it changes that one."""
    return len([claim for claim in claims_of(text).claims if claim.derived not in _REPEATED]) < 2


def with_context(view: ScopeView, selected: Collection[FactRow]) -> list[Statement]:
    """The statements, each with up to two preceding ones that it refers to."""
    by_id = {row.id: row for row in selected}
    preceding = {
        row.id: view.index.adjacent(view.scope, row.id, -_ADJACENT)[::-1]
        for row in selected
        if points_back(row.text)
    }
    missing = {id for ids in preceding.values() for id in ids} - by_id.keys()
    available = by_id | {row.id: row for row in rows.by_ids(view.connection, missing)}

    def context(row: FactRow) -> tuple[str, ...]:
        preceding_rows = (available.get(id) for id in preceding.get(row.id, ()))
        return tuple(
            prior.text
            for prior in preceding_rows
            if prior and 0 <= row.recorded - prior.recorded <= TALK
        )

    return [
        Statement(row.id, row.text, row.at, context(row), row.at != row.recorded)
        for row in selected
    ]


def _meeting(index: FactIndex, scope: int, question: str) -> list[int]:
    """The statements that match each word of a question, or a substitute."""

    def spelled(word: str) -> list[str]:
        return [] if index.frequency(scope, (word,), 1) else index.respellings(scope, word)

    groups = search_terms.groups(question[:_QUESTION], index.similar_words, spelled)
    return index.meeting(scope, groups, _NAME_LIMIT) if groups else []


def _top_scored(ranked: Sequence[tuple[int, float]]) -> list[int]:
    """The statements whose score is near that of the best."""
    return [id for id, score in ranked if score >= _SCORE_SHARE * ranked[0][1]]


def _names(selected: Iterable[FactRow]) -> list[str]:
    """Names that the first statements give to somebody or something, or whose bearer they name."""
    identities: list[str] = []
    subjects: list[str] = []
    for row in list(selected)[:_NAME_SOURCES]:
        for claim in claims_of(row.text).claims:
            clause = claim.clause
            is_identity = clause.verb == "be" and claim.status in ("now", "will")
            if is_identity and claim.derived in ("", "called"):
                roles = (clause.subject, clause.complement)
                identities += [role.text for role in roles if role and role.kind == "name"]
            subject = clause.subject
            if subject is not None and (subject.kind == "name" or definite(subject)):
                # later changes may use the name or “the forms”
                subjects.append(subject.text)
    return list(dict.fromkeys((*identities, *subjects)))[:_NAMES]
