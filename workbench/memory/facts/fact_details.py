"""Details of one fact: its claims, earlier facts on the topic, and its deletion.

`forget` here deletes by id, `facts.forget` by words.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.claims import Claim, claims_of
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.kinds.cards import value_of
from workbench.memory.kinds.records import Info
from workbench.memory.sharing import forgetting
from workbench.store import changes, notes, removal
from workbench.store import facts as rows


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim in words: “the plan” · “is” · “pro”; `value` is "" if there is none."""

    subject: str
    relation: str
    value: str
    negative: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact with its claims and the `others` on the same topic, newest first.

    `values` are the half-open spans of its claims' values in `fact.text`, `info` its metadata.
    """

    fact: Fact
    info: Info
    claims: tuple[Claimed, ...] = ()
    others: tuple[Fact, ...] = ()
    values: tuple[tuple[int, int], ...] = ()


def card(index: FactIndex, fact: Fact, info: Info) -> FactCard:
    """The details of a fact; a note has neither claims nor others."""
    with index.store.read() as connection:
        stored = rows.by_ids(connection, [fact.id])
    if not stored:
        return FactCard(fact, info)
    (row,) = stored
    with index.store.read() as connection:
        related = on_topic(ScopeView(index, connection, row.scope), [row])
    others = facts.by_ids(index, {other.id for other in related} - {fact.id})
    siblings = sorted(others, key=lambda other: (other.at, other.id), reverse=True)
    claims = [claim for claim in claims_of(row.text).claims if not claim.derived]
    pairs = [(_claimed(claim), value) for claim in claims for value in [value_of(claim.clause)]]
    spans = tuple((value.start, value.end) for _, value in pairs if value is not None)
    return FactCard(fact, info, tuple(claimed for claimed, _ in pairs), tuple(siblings), spans)


def forget(index: FactIndex, ids: Sequence[int], *, keep_versions: bool = False) -> int:
    """Delete exactly these facts and notes; returns how many existed.

    They are removed from versions of their scopes, too, unless `keep_versions`.
    """

    def work(connection: sqlite3.Connection) -> int:
        if not keep_versions:
            forgetting.drop_memories(connection, ids)
        return changes.erased(
            connection,
            "forgotten",
            rows.remove(connection, ids) + notes.remove(connection, ids),
            index.store.clock(),
        )

    removed = index.store.write(work, sync=True)
    if removed:
        index.forget()
        removal.compact(index.store)
    return removed


def _claimed(claim: Claim) -> Claimed:
    clause, value = claim.clause, value_of(claim.clause)
    return Claimed(
        subject="" if clause.subject is None else clause.subject.text,
        relation="is" if clause.verb == "be" else clause.verb,
        value="" if value is None else value.text,
        negative=clause.negated,
        doubtful=claim.status == "maybe",
    )
