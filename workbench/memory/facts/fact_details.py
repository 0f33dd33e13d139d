"""Details of one fact: its claims, earlier facts about the same, and its deletion.

`forget` finds facts by their words; here a fact is known by its id, as a list on screen knows it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.claims import Claim, claims_of
from ingest.language.records import Clause, Phrase
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.sharing import forgetting
from workbench.store import facts as rows
from workbench.store import notes, removal


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim in words: “the plan” · “is” · “pro”; `value` is "" where there is none."""

    subject: str
    relation: str
    value: str
    negative: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact with what it claims and the `others` about the same thing, newest first.

    `values` are the half-open spans of its claims' values in `fact.text`.
    """

    fact: Fact
    claims: tuple[Claimed, ...]
    others: tuple[Fact, ...]
    values: tuple[tuple[int, int], ...] = ()


def card(index: FactIndex, id: int) -> FactCard | None:
    """All about a fact; None where there is none of that id."""
    with index.store.read() as connection:
        stored = rows.by_ids(connection, [id])
    if not stored:
        return None
    (row,) = stored
    with index.store.read() as connection:
        related = on_topic(ScopeView(index, connection, row.scope), [row])
    known = {fact.id: fact for fact in facts.by_ids(index, {id, *(other.id for other in related)})}
    fact = known.pop(id, None)
    if fact is None:  # forgotten meanwhile
        return None
    others = sorted(known.values(), key=lambda each: (each.at, each.id), reverse=True)
    claims = [claim for claim in claims_of(row.text).claims if not claim.derived]
    pairs = [(_claimed(claim), value) for claim in claims for value in [_value(claim.clause)]]
    spans = tuple((value.start, value.end) for _, value in pairs if value is not None)
    return FactCard(fact, tuple(claimed for claimed, _ in pairs), tuple(others), spans)


def forget(index: FactIndex, ids: Sequence[int], *, keep_versions: bool = False) -> int:
    """Remove exactly these facts and notes for good; returns how many were still there.

    They leave the versions of their scopes, too, unless `keep_versions`.
    """

    def work(connection: sqlite3.Connection) -> int:
        if not keep_versions:
            forgetting.drop_memories(connection, ids)
        return rows.remove(connection, ids) + notes.remove(connection, ids)

    gone = index.store.write(work, sync=True)
    if gone:
        index.forget()
        removal.compact(index.store)
    return gone


def _claimed(claim: Claim) -> Claimed:
    clause, value = claim.clause, _value(claim.clause)
    return Claimed(
        subject="" if clause.subject is None else clause.subject.text,
        relation="is" if clause.verb == "be" else clause.verb,
        value="" if value is None else value.text,
        negative=clause.negated,
        doubtful=claim.status == "maybe",
    )


def _value(clause: Clause) -> Phrase | None:
    """What a clause says of its subject: its object, its complement, or where and when."""
    others = (thing for _, thing in clause.prepositions)
    return clause.object or clause.complement or next(others, None)
