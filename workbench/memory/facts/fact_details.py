"""Details of one fact: its claims, earlier facts about the same, and its deletion.

`forget` finds facts by their words; here a fact is known by its id, as a list on screen knows it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.facts.staleness import claims_of
from workbench.memory.sharing import forgetting
from workbench.store import facts as rows
from workbench.store import notes, removal
from workbench.store.claim_records import ClaimRow


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
    claims = claims_of(row)
    alike = {
        each
        for topic in {claim.topic for claim in claims if claim.topic}
        for each in index.of_topic(row.scope, topic)
    }
    known = {fact.id: fact for fact in facts.by_ids(index, {id, *alike})}
    fact = known.pop(id, None)
    if fact is None:  # forgotten meanwhile
        return None
    others = sorted(known.values(), key=lambda each: (each.at, each.id), reverse=True)
    said = tuple(_said(row.text, claim) for claim in claims)
    values = tuple(claim.value for claim in claims if claim.value[0] < claim.value[1])
    return FactCard(fact, said, tuple(others), values)


def forget(index: FactIndex, ids: Sequence[int], *, keep_versions: bool = False) -> int:
    """Remove exactly these facts and notes for good; returns how many were still there.

    They leave the versions of their scopes, too, unless `keep_versions`.
    """

    def work(connection: sqlite3.Connection) -> int:
        if not keep_versions:
            forgetting.these(connection, ids)
        return rows.remove(connection, ids) + notes.remove(connection, ids)

    gone = index.store.write(work, sync=True)
    if gone:
        index.forget()
        removal.compact(index.store)
    return gone


def _said(text: str, claim: ClaimRow) -> Claimed:
    return Claimed(
        subject=text[slice(*claim.subject)],
        relation=claim.relation,
        value=text[slice(*claim.value)],
        negative=claim.negative,
        doubtful=claim.doubtful,
    )
