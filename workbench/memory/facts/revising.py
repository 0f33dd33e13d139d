"""Judges what statements do to earlier ones when they are told, in the background.

A model (`recall.revision`) reads each new statement with the few earlier ones that share a noun or
a name; likely effects are rows from then on (`store.modelled`), so that a question asks no model.
What is not judged yet is found by its words. Statements of one source and time describe one state,
and so do those of one large call, an import: they have no effect on one another.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from workbench.jobs import Cancel
from workbench.memory.claims.supersession import may_bear_on, topic_words
from workbench.memory.facts import cues
from workbench.memory.facts.index import IMPORT, FactIndex
from workbench.store import facts as rows
from workbench.store import modelled
from workbench.store.facts import FactRow
from workbench.store.modelled import RevisionRow
from workbench.store.store import Store

#: Statements per transaction.
_BATCH = 32
#: Earlier statements that are searched for a new one, and the most similar that are judged.
_SEARCHED, _JUDGED = 24, 6
#: A noun in more statements than this shows no common topic, if there are rarer ones.
_COMMON = 200
#: A noun in at most as many shows one by itself.
_RARE = 12
#: The minimum probability of a change for a pair to be stored. Of one of several assertions the
#: probability may be higher than of the whole statement.
STORED = 0.35


class Effect(Protocol):
    """The probabilities that a newer statement ends an older one, or replaces its value."""

    @property
    def ends(self) -> float: ...

    @property
    def replaces(self) -> float: ...


class Judge(Protocol):
    """A model of revisions, as `recall.revision.RevisionModel`."""

    def effects(self, older: str, newer: Sequence[str], /) -> Sequence[Effect]:
        """The effect of each newer statement on the older one."""


def is_behind(store: Store, version: str) -> bool:
    """Whether statements were told since the model of this version judged the last one."""
    with store.read() as connection:
        model, upto = modelled.judged_upto(connection)
        return rows.revision(connection).newest > (upto if model == version else 0)


def catch_up(
    index: FactIndex, judge: Callable[[], Judge | None], version: str, cancel: Cancel
) -> int:
    """Judge all statements that were told since the last call; returns their number.

    `version` is that of the model; another one begins anew. Without a model nothing is judged, and
    the next call goes on. Raises `Cancelled`.
    """
    done = 0
    while True:
        cancel.check()
        with index.reading() as connection:
            model, upto = modelled.judged_upto(connection)
            upto = upto if model == version else 0
            newest = rows.revision(connection).newest
            new = rows.singly_told(connection, upto, IMPORT, _BATCH)
            reached = new[-1] if len(new) == _BATCH else newest
            pairs = [pair for row in rows.by_ids(connection, new)
                     for pair in _pairs(index, connection, row)]  # fmt: skip
        if newest <= upto:
            return done
        reader = judge() if pairs else None
        if pairs and reader is None:
            return done
        found = list(_judged(reader, pairs)) if reader is not None else []
        index.store.write(
            partial(modelled.store_revisions, model=version, rows=found, upto=reached)
        )
        done += len(new)
        cancel.check()


def _judged(judge: Judge, pairs: Iterable[tuple[FactRow, FactRow]]) -> Iterator[RevisionRow]:
    by_older: dict[FactRow, list[FactRow]] = {}
    for older, newer in pairs:
        by_older.setdefault(older, []).append(newer)
    for older, later in by_older.items():
        effects = judge.effects(older.text, [newer.text for newer in later])
        for newer, effect in zip(later, effects, strict=True):
            if effect.ends + effect.replaces >= STORED:
                yield RevisionRow(older.id, newer.id, effect.ends, effect.replaces)


def _pairs(
    index: FactIndex, connection: sqlite3.Connection, row: FactRow
) -> Iterator[tuple[FactRow, FactRow]]:
    """Yield a new statement with those that it may change, or that may change it."""
    words = topic_words(row.text)
    counts = {word: index.frequency(row.scope, (word,), _COMMON + 1) for word in words}
    known = {word for word in words if counts[word] > 1}
    shared = {word for word in known if counts[word] <= _COMMON} or known
    if not shared:
        return
    ranked = index.best(row.scope, cues.cue(" ".join(sorted(shared))), _SEARCHED)
    others = {other.id: other for other in rows.by_ids(connection, [id for id, _ in ranked])}
    near = []
    for id, _ in ranked:
        # A later fact meets this one when it is judged itself, unless it was told before.
        common = topic_words(others[id].text) & shared if id in others and id < row.id else set()
        if len(common) > 1 or any(counts[word] <= _RARE for word in common):
            near.append(others[id])
    for other in near[:_JUDGED]:
        if row.teller == other.teller != rows.USER and row.at == other.at:
            continue
        older, newer = sorted((row, other), key=lambda fact: (fact.at, fact.id))
        if may_bear_on(newer.text, older.text):
            yield older, newer
