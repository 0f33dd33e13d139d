"""The doors of the fact memory, as the library opens them to window, command line and notebooks."""

from workbench.changes import Changes
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, Forgotten, Remembered, Value
from workbench.memory.turn import conversation
from workbench.memory.turn.conversation import Turn


class FactDoors:
    """What a library can do with facts; `Library` is one. A scope is a collection, None its own.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes

    def remember(
        self,
        text: str,
        *,
        collection: str | None = None,
        source: str | None = None,
        at: str | float | None = None,
        replace: bool = False,
    ) -> Remembered:
        """Store every statement of a text as a fact; `Remembered.left` says what is none, and why.

        A scope is a collection (None: the library's own), made if need be. What is known gets
        `source` as another who says it; with `replace`, what else that source said is taken back.
        `at` says since when it holds, in ISO 8601 or seconds. Raises `UsageError`.
        """
        made = facts.remember(
            self._fact_index, text, collection=collection, source=source, at=at, replace=replace
        )
        if made.new and collection is not None:
            self._changes.tell("collections")
        return made

    def turn(self, line: str, *, collection: str | None = None) -> Turn:
        """Take in one line of conversation: keep what it tells, answer what it asks, do its sums.

        Raises `UsageError` for a collection without a name.
        """
        done = conversation.turn(self._fact_index, line, collection=collection)
        if done.stored and collection is not None:
            self._changes.tell("collections")
        return done

    def value(
        self, question: str, *, collection: str | None = None, as_of: str | float | None = None
    ) -> Value | None:
        """The value that a question asks for, with the fact that says it; None where none does."""
        return facts.value(self._fact_index, question, collection=collection, as_of=as_of)

    def recall(self, cue: str, *, collection: str | None = None, limit: int = 5) -> list[Fact]:
        """The facts that bear on a cue, best first and the newest of equals."""
        return facts.recall(self._fact_index, cue, collection=collection, limit=limit)

    def history(self, cue: str, *, collection: str | None = None) -> list[Fact]:
        """What was said about a thing over time, oldest first."""
        return facts.history(self._fact_index, cue, collection=collection)

    def facts(self, *, collection: str | None = None, limit: int = -1) -> list[Fact]:
        """The facts of a scope, newest first; all where `limit` is negative."""
        return facts.listing(self._fact_index, collection=collection, limit=limit)

    def fact_count(self, *, collection: str | None = None) -> int:
        """How many facts a scope holds."""
        return facts.count(self._fact_index, collection=collection)

    def fact_scopes(self) -> list[str | None]:
        """The collections that hold facts; None stands for the library's own."""
        return facts.scopes(self._fact_index)

    def forget(
        self,
        match: str | None,
        *,
        collection: str | None = None,
        source: str | None = None,
        everything: bool = False,
    ) -> Forgotten:
        """Remove for good the facts in which these words stand, whole and in this order.

        With `source` only what that source alone said. `match` None takes all that it said, or
        with `everything` the whole scope. Raises `UsageError`, and `NotFoundError` for no such
        collection.
        """
        return facts.forget(
            self._fact_index, match, collection=collection, source=source, everything=everything
        )
