"""Selects the told statements that may answer a question, with what was told just before them.

A small scope is read whole. Of a large one the inverted index gives the statements that share most
of the question's weight, then those that a name among them leads to (“the landlord of Mara's
assistant”), then what was told right after one of them and points at it (“he keeps it there”).
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.language import search_terms
from ingest.language.claims import claims_of
from ingest.language.corrections import points_back
from workbench.memory.claims.held import Memory, Told, definite
from workbench.memory.claims.things import DEPTH
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.store import conflicts
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Seconds between the first and the last statement of one sitting.
TALK = 600.0
#: Statements that are analysed for one question, and more for each name among them.
LIMIT, _NAME_LIMIT = 60, 20
#: The least score of a candidate, as a share of the best one's.
_SCORE_SHARE = 0.4
_NAME_SOURCES, _NAMES = 8, 6
#: Characters of a question that are looked at.
_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The statements of one scope as they were at `until` (None: as they are now)."""

    index: FactIndex
    connection: sqlite3.Connection
    scope: int
    until: float | None = None

    @property
    def moment(self) -> float:
        """The moment that is asked about, in seconds since the epoch."""
        return self.index.store.clock() if self.until is None else self.until

    def in_force(self, ids: Iterable[int]) -> list[FactRow]:
        """Those of these statements that had been told by then and had not expired."""
        moment = self.moment
        return [
            row
            for row in rows.by_ids(self.connection, list(ids))
            if self._begun(row, moment) and (row.expires is None or row.expires > moment)
        ]

    def _begun(self, row: FactRow, moment: float) -> bool:
        """Whether a statement held by then; one just told does, whatever a clock set back says."""
        return row.at <= moment or (self.until is None and row.at <= row.told)


def select(view: ScopeView, question: str) -> list[FactRow]:
    """The candidates for a question."""
    index, scope = view.index, view.scope
    if index.count(scope) <= LIMIT:
        return view.in_force(index.all(scope))
    near = _near(index.best(scope, cues.cue(question), LIMIT))
    # Those told in other words may share none with the question.
    ids = dict.fromkeys((*_meeting(index, scope, question), *near))
    selected = view.in_force(ids)
    seen, latest = {row.id for row in selected}, selected
    for _ in range(DEPTH):
        lists = (_near(index.best(scope, cues.cue(name), _NAME_LIMIT)) for name in _names(latest))
        new = dict.fromkeys(id for ids in lists for id in ids if id not in seen)
        seen |= new.keys()
        latest = view.in_force(new)
        selected += latest
    following = {row.id + step for row in selected for step in (1, 2)}
    following -= {row.id for row in selected}
    selected += [
        row
        for row in view.in_force(sorted(following))
        if row.scope == scope and points_back(row.text)
    ]
    return selected


def memory(view: ScopeView, selected: Collection[FactRow]) -> Memory:
    """The claims of these statements; what the user has said to hold all the same is kept."""
    kept = conflicts.both_true(view.connection, {row.id for row in selected})
    return Memory(with_context(view, selected), kept, _day(view.moment))


def with_context(view: ScopeView, selected: Collection[FactRow]) -> list[Told]:
    """The statements, each with up to two told just before it that it points at."""
    by_id = {row.id: row for row in selected}
    anaphoric = {row.id for row in selected if points_back(row.text)}
    missing = {id - step for id in anaphoric for step in (1, 2)} - by_id.keys()
    earlier = rows.by_ids(view.connection, missing) if missing else []
    before = by_id | {row.id: row for row in earlier if row.scope == view.scope}

    def context(row: FactRow) -> tuple[str, ...]:
        if row.id not in anaphoric:
            return ()
        near = (before.get(row.id - step) for step in (2, 1))
        return tuple(prior.text for prior in near if prior and 0 <= row.told - prior.told <= TALK)

    return [Told(row.id, row.text, row.at, context(row)) for row in selected]


def _day(moment: float) -> date | None:
    """The day of a moment; None where no calendar has it."""
    try:
        return date.fromtimestamp(moment)
    except (OverflowError, OSError, ValueError):
        return None


def _meeting(index: FactIndex, scope: int, question: str) -> list[int]:
    """The statements that hold for each word of a question what may stand for it."""

    def spelled(word: str) -> list[str]:
        return [] if index.frequency(scope, (word,), 1) else index.near(scope, word)

    groups = search_terms.groups(question[:_QUESTION], index.alike, spelled)
    return index.meeting(scope, groups, _NAME_LIMIT) if groups else []


def _near(ranked: Sequence[tuple[int, float]]) -> list[int]:
    """The statements that meet nearly as much of a cue as the best one."""
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
                # what was moved since is told of by name or as “the forms”
                subjects.append(subject.text)
    return list(dict.fromkeys((*identities, *subjects)))[:_NAMES]
