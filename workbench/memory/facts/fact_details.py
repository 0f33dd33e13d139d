"""One fact: its claims, earlier facts on the topic, its edits and its deletion.

`forget` here deletes by id, `facts.forget` by words. An edit is a correction. The former wording is
no longer a fact and answers nothing; the new one is a fact with another id, stated by the user,
with the same time of validity and strength. A former wording belongs to the fact that replaced it,
and is deleted with it. So are the saved topics of questions that no other fact of the scope has.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.claims import Claim, claims_of
from workbench.errors import NotFoundError, UsageError
from workbench.memory import told_words
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic
from workbench.memory.concepts.keys import key_of
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.kinds.cards import value_of
from workbench.memory.kinds.records import Info
from workbench.memory.sharing import forgetting
from workbench.store import changes, collections, marks, notes, removal, strengths
from workbench.store import facts as rows
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow

#: Facts whose words are searched; beyond, all saved questions of the scope are deleted.
_SEARCHED = 1000


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


def edit(index: FactIndex, id: int, text: str) -> Fact:
    """Reword a fact; returns the fact that replaces it.

    If the new wording is known already, it becomes that fact. Raises `UsageError` for text that is
    not one statement, and `NotFoundError`.
    """
    statement = remembering.single_statement(text)
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        if statement == row.text:
            return id
        tellers = tuple(rows.tellings(connection, [id])[id])
        said = (("", timestamp),)
        new = _restate(
            index, connection, row,
            WordingRow(0, id, id, statement, said, timestamp, row.at, timestamp),
        )  # fmt: skip
        _inherit(connection, id, new)
        marks.store_wording(
            connection, WordingRow(0, new, id, row.text, tellers, row.recorded, row.at, timestamp)
        )
        rows.remove(connection, [id])
        return new

    # Uses are recorded by id, which is about to go.
    index.strengths.flush()
    return _fact_of(index, index.store.write(work, act="statement edited"))


def undo(index: FactIndex, id: int) -> Fact:
    """Revert the last edit of a fact; returns the restored fact.

    Raises `NotFoundError` for an unknown fact, `UsageError` if it was never edited.
    """

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        wordings = marks.wordings(connection, [id])
        if not wordings:
            raise UsageError("This fact was never edited.", "There is nothing to undo.")
        wording = wordings[-1]
        tellers = [name for name, _ in rows.tellings(connection, [id])[id]]
        old = _restate(index, connection, row, wording)
        marks.drop(connection, wording.id)
        _inherit(connection, id, old)
        # A fact known before the edit, or stated by others since, stays.
        if row.recorded == wording.until and tellers == [""]:
            rows.remove(connection, [id])
        return old

    # Uses are recorded by id, which is about to go.
    index.strengths.flush()
    return _fact_of(index, index.store.write(work, act="statement edited"))


def _restate(
    index: FactIndex, connection: sqlite3.Connection, instead: FactRow, wording: WordingRow
) -> int:
    """Store a wording in the scope of the fact that it replaces; returns its id."""
    existing = remembering.existing_id(index, connection, instead.scope, wording.text)
    if existing is None or existing == instead.id:
        return remembering.retell(
            connection, instead.scope, wording.text,
            recorded=wording.told, at=wording.at, tellers=wording.tellers,
        )  # fmt: skip
    for name, time in wording.tellers:
        rows.add_teller(connection, existing, name, time)
    return existing


def _inherit(connection: sqlite3.Connection, id: int, to: int) -> None:
    """Move marks and strength from one fact to another; the strength only if that has none."""
    marks.move(connection, id, to)
    if not strengths.by_ids(connection, [to]):
        strengths.move(connection, id, to)


def _row(connection: sqlite3.Connection, id: int) -> FactRow:
    stored = rows.by_ids(connection, [id], damaged=True)
    if not stored:
        raise NotFoundError(
            f"There is no fact or note {id}.", "See `workbench list memories --json` for those."
        )
    return stored[0]


def _fact_of(index: FactIndex, id: int) -> Fact:
    matches = facts.by_ids(index, [id])
    if not matches:
        raise NotFoundError("The statement has been forgotten in the meantime.", "Save it again.")
    return matches[0]


def drop_topics(
    index: FactIndex, patterns: QueryPatterns, ids: Sequence[int], collection: str | None
) -> None:
    """Delete the topics that only these facts of a scope have, before the facts are deleted."""
    keys = patterns.keys(collection) if ids else set()
    if not keys:
        return
    if len(ids) > _SEARCHED:
        patterns.forget(collection)
        return
    with index.store.read() as connection:
        texts = [*rows.texts(connection, ids).values()]
        texts += (wording.text for wording in marks.wordings(connection, ids))
    words = {key_of(word) for text in texts for word in told_words.in_order(text)}
    removed = set(ids)
    unique = [
        topic
        for topic in keys
        if any(
            word in words and _is_unique_to(index, word, removed, collection)
            for word in topic.split()
        )
    ]
    if unique:
        patterns.forget_topics(unique, collection)


def drop_topics_by_scope(index: FactIndex, patterns: QueryPatterns, ids: Sequence[int]) -> None:
    """`drop_topics` of facts of several scopes."""
    inside: dict[str | None, list[int]] = {}
    with index.store.read() as connection:
        for row in rows.by_ids(connection, ids):
            inside.setdefault(collections.name_of(connection, row.scope), []).append(row.id)
    for collection, removed in inside.items():
        drop_topics(index, patterns, removed, collection)


def _is_unique_to(index: FactIndex, word: str, ids: set[int], collection: str | None) -> bool:
    return ids.issuperset(facts.containing(index, word, collection=collection)[1])
