"""What sources say differently: other dates and numbers for one thing, and what became of it."""

import builtins
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.arguments import Id, Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.group import Group
from workbench.recall.records import Evidence, SourceDifference
from workbench.store import collections, conflicts, text
from workbench.store import sources as catalogue

if TYPE_CHECKING:
    from workbench.recall.differences import ValueSentence

#: What a difference can be: settled, dismissed as none, or open.
STATES = ("settled", "dismissed", conflicts.OPEN)


class Differences(Group):
    """What a library can do with differences between its sources."""

    def list(
        self,
        collection: Words | None = None,
        *,
        state: Words = conflicts.OPEN,
        limit: Limit = 50,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> builtins.list[SourceDifference]:
        """Sentences of different sources that give different dates or numbers for one thing.

        Only what is the same but for its value counts, or what a model finds to be of one thing:
        there may be more. `state` is one of `STATES`. Raises `NotFoundError` for a collection that
        is not there, `UsageError` for another state, and `Cancelled`.
        """
        from workbench.recall.differences import differences, value_sentence
        from workbench.recall.reader_at_hand import revisions

        _check(state)
        stop, sentences = cancel or Cancel(), []
        with self._core.store.read() as connection:
            sources = {extent.source for extent in text.extents(connection) if not extent.trashed}
            if collection is not None:
                name = collections.by_name(connection, collection).name
                sources &= set(collections.source_ids(connection, name))
            extents = [item for item in text.extents(connection) if item.source in sources]
            states = conflicts.settled_sources(connection)
            for number, extent in enumerate(extents):
                stop.check()
                report(Progress("comparing", number, len(extents), "sources"))
                for row in text.engrams_between(connection, extent.first, extent.last):
                    sentence = value_sentence(row.id, row.source, row.text)
                    sentences += [sentence] if sentence is not None else []
        pairs: builtins.list[tuple[ValueSentence, ValueSentence]] = []
        for pair in differences(sentences, revisions):
            stop.check()
            first, second = sorted(pair, key=lambda sentence: sentence.engram)
            if states.get((first.engram, second.engram), conflicts.OPEN) == state:
                pairs.append((first, second))
            if len(pairs) == limit:
                break
        with self._core.store.read() as connection:
            return [
                SourceDifference(_quoted(connection, first), _quoted(connection, second), state)
                for first, second in pairs
            ]

    def settle(self, first: Id, second: Id, *, state: Words) -> None:
        """Say that a difference is "settled", or "dismissed" as none, or "open" again.

        `first` and `second` are the ids of its sentences. Raises `UsageError` for another state,
        and `NotFoundError` for a sentence that is not there.
        """
        _check(state)

        def work(connection: sqlite3.Connection) -> None:
            rows = text.engrams(connection, [first, second])
            if len(rows) < 2:
                raise NotFoundError(
                    "There are no two such sentences.", "See them with: workbench differences list"
                )
            conflicts.settle_sources(connection, first, second, state, self._core.store.clock())

        self._core.store.write(work, act=f"difference {state}")


def _check(state: str) -> None:
    if state not in STATES:
        raise UsageError(f"“{state}” is no state.", f"One of: {', '.join(STATES)}.")


def _quoted(connection: sqlite3.Connection, sentence: "ValueSentence") -> Evidence:
    from workbench.recall.quoting import evidence_at

    row = text.engrams(connection, [sentence.engram])[sentence.engram]
    (source,) = catalogue.by_ids(connection, [row.source])
    evidence = evidence_at(connection, source, (row.start, row.end), sentence.value)
    assert evidence is not None
    return replace(evidence, engram=sentence.engram)
