"""The doors of reflex recall, as the library opens them: recall, context, depth, settings."""

import sqlite3
from typing import Any

from workbench.arguments import Limit, Words
from workbench.changes import Changes
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.facts.index import FactIndex
from workbench.memory.reflex import settings
from workbench.memory.reflex.context import Context
from workbench.memory.reflex.learning import Learning
from workbench.memory.reflex.records import Recollection
from workbench.memory.reflex.reflex_recall import Reflexes, Wanted
from workbench.memory.reflex.settings import BrainConfig
from workbench.store import meta
from workbench.store.store import Store

#: Memories that a context may be made of.
_OF_CONTEXT = 64


class ReflexDoors:
    """What a library can do by reflex; `Library` is one. Any thread may call these.

    Without a collection the whole library counts, facts of every scope and all sources.
    """

    _store: Store
    _fact_index: FactIndex
    _changes: Changes
    _reflexes: Reflexes
    _learning: Learning
    _asked: QueryPatterns

    def reflex(
        self,
        cue: Words,
        *,
        depth: Words | None = None,
        collection: Words | None = None,
        limit: Limit = 5,
        max_tokens: Limit | None = None,
        as_of: Words | float | None = None,
        strategy: Words | None = None,
        learn: bool = True,
    ) -> Recollection:
        """What a cue brings to mind, told or read, best first, with the way to each and why.

        `depth` is instant, context, habit or deep (None: as the cue wants it), `strategy` hybrid,
        reflex or classic (None: as set). `max_tokens` bounds the context that is put together.
        `as_of` goes by what was known then. Only the way to an answer is learned, and with `learn`
        off nothing is. Raises `UsageError`.
        """
        found = self._reflexes.recall(
            Wanted(cue, depth, collection, limit, max_tokens, as_of, strategy)
        )
        if learn:
            self._asked.note(
                collection,
                cue,
                answered=not found.abstained,
                sureness=found.confidence,
                cue=True,
            )
        if learn and found.hits and not found.abstained:
            self._learn(found)
        return found

    def context(
        self,
        cue: Words,
        *,
        max_tokens: Limit | None = None,
        depth: Words | None = None,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> Context:
        """The memories that bear on a cue as one text of at most so many tokens, best first.

        What matters much has its place even where space is short; what says the same is said once.
        `Context.dropped` counts what found no room. Learns nothing. Raises `UsageError`.
        """
        return self._reflexes.recall(
            Wanted(cue, depth, collection, _OF_CONTEXT, max_tokens, as_of, weighty=True)
        ).context

    def depth_of(self, question: Words) -> str:
        """How deep a question wants recall to go: instant, context, habit or deep."""
        return str(self._reflexes.depth_of(question))

    def brain_config(self) -> BrainConfig:
        """The settings of reflex recall of this library."""
        return brain_config(self._store)

    def configure_brain(self, /, **given: Any) -> BrainConfig:
        """Change settings of reflex recall of this library; None brings back the usual one.

        Raises `UsageError` for a name or a value that cannot be; then nothing is changed.
        """
        usual = {name: getattr(settings.DEFAULTS, name, None) for name in given}
        wanted = {n: usual[n] if value is None else value for n, value in given.items()}
        settings.changed(settings.DEFAULTS, wanted)

        def work(connection: sqlite3.Connection) -> BrainConfig:
            kept = meta.get(connection, meta.BRAIN_CONFIG)
            after = settings.changed(settings.unpacked(str(kept or "")), wanted)
            meta.put(connection, meta.BRAIN_CONFIG, settings.packed(after))
            return after

        return self._store.write(work)

    def _learn(self, found: Recollection) -> None:
        first = found.hits[0]
        way = [first.id] if first.over is None else [first.id, first.over]
        self._learning.conduct(way)
        if first.origin.told:
            self._fact_index.strengths.recalled(first.origin.collection, [first.id])


def brain_config(store: Store) -> BrainConfig:
    """The settings that are kept with a library."""
    with store.glance() as connection:
        kept = meta.get(connection, meta.BRAIN_CONFIG)
    return settings.DEFAULTS if kept is None else settings.unpacked(str(kept))
