"""The doors of notes, variables, stances and scopes, as the library opens them."""

from collections.abc import Sequence

from workbench.arguments import Exact, Id, Limit, Number, Words
from workbench.changes import Changes
from workbench.memory.facts import editing, fact_details, facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import NOTE_KINDS, mark
from workbench.memory.facts.records import Fact, Remembered
from workbench.memory.notes import notes, scopes, stances, variables
from workbench.memory.notes.records import Scope, Stance, Stats, Variable


class NoteDoors:
    """What a library can do with notes and scopes; `Library` is one.

    A scope is a collection, None the library's own. Any thread may call these. Raises only errors
    of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes

    # -- notes ----------------------------------------------------------------------------------

    def note(
        self,
        kind: Words,
        text: Exact,
        *,
        collection: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
    ) -> Remembered:
        """Take in a note: a fact of that kind, or an instruction, stance or variable.

        Instructions, stances (“TOPIC: TEXT”) and variables (“KEY is VALUE”) are kept apart from the
        facts: `recall(kind=...)` finds them. Raises `UsageError`.
        """
        marked = mark(None, priority, expires_days)
        made = notes.note(self._fact_index, kind, text, collection=collection, marked=marked)
        self._tell_scope(collection)
        return made

    def note_list(
        self, *, collection: Words | None = None, kind: Words | None = None, limit: Limit = -1
    ) -> list[Fact]:
        """The instructions, stances and variables of a scope, or one kind of them, newest first."""
        return notes.listing(self._fact_index, collection=collection, kind=kind, limit=limit)

    def forget_notes(self, ids: Sequence[Id]) -> int:
        """Remove exactly these notes (or facts) for good; returns how many were still there."""
        gone = fact_details.forget(self._fact_index, ids)
        if gone:
            self._changes.tell("facts")
        return gone

    # -- variables ------------------------------------------------------------------------------

    def var_set(self, key: Exact, value: Exact, *, collection: Words | None = None) -> Variable:
        """Set a variable to exactly this text; what it was is replaced. Raises `UsageError`."""
        new = variables.new(key, value)
        id, _ = notes.store(self._fact_index, new, variables.put, collection=collection)
        self._tell_scope(collection)
        now = self._fact_index.store.clock()
        return Variable(id, new.name, new.text, collection, now)

    def var_get(self, key: Exact, *, collection: Words | None = None) -> str | None:
        """The text of a variable exactly as it was set; None where there is none of that key."""
        key = variables.key_of(key)
        row = notes.by_key(self._fact_index, collection, variables.KIND, key)
        return None if row is None else row.text

    def var_list(self, *, collection: Words | None = None) -> list[Variable]:
        """The variables of a scope by key."""
        rows = notes.found(self._fact_index, collection, variables.KIND)
        return sorted((variables.told(row, collection) for row in rows), key=lambda var: var.key)

    def var_remove(self, key: Exact, *, collection: Words | None = None) -> bool:
        """Remove a variable for good; False where there is none of that key."""
        key = variables.key_of(key)
        row = notes.by_key(self._fact_index, collection, variables.KIND, key)
        return row is not None and self.forget_notes([row.id]) > 0

    # -- stances --------------------------------------------------------------------------------

    def stance(self, topic: Exact, text: Exact, *, collection: Words | None = None) -> Stance:
        """State what you hold of a topic, or state it again: it gets firmer, the others fade.

        Raises `UsageError`.
        """
        new = stances.new(topic, text)
        _, created = notes.store(self._fact_index, new, stances.put, collection=collection)
        self._tell_scope(collection)
        row = notes.by_key(self._fact_index, collection, stances.KIND, new.key)
        if row is None:
            raise notes.no_such(0)
        return stances.told(row, collection, created=created)

    def stance_of(self, topic: Exact, *, collection: Words | None = None) -> Stance | None:
        """What is held of a topic; None where nothing is."""
        key = stances.key_of(topic)
        row = notes.by_key(self._fact_index, collection, stances.KIND, key)
        return None if row is None else stances.told(row, collection)

    def stances(self, *, collection: Words | None = None) -> list[Stance]:
        """The stances of a scope, the firmest first."""
        rows = notes.found(self._fact_index, collection, stances.KIND)
        told = [stances.told(row, collection) for row in rows]
        return sorted(told, key=lambda stance: (-stance.intensity, stance.topic))

    # -- one fact or note -----------------------------------------------------------------------

    def fact(self, id: Id) -> Fact:
        """The fact or note of that id. Raises `NotFoundError`."""
        found: Fact | None = next(iter(facts.by_ids(self._fact_index, [id])), None)
        found = found or notes.one(self._fact_index, id)
        if found is None:
            raise notes.no_such(id)
        return found

    def edit_fact(self, id: Id, text: Exact) -> Fact:
        """Correct the words of a fact or note; the former ones stay in its history.

        A fact has another id from then on (`Fact.id` of what is returned), is said by you, and
        holds since the same time. Raises `UsageError` for what is not one statement, and
        `NotFoundError`.
        """
        edit = notes.edit if notes.is_note(self._fact_index, id) else editing.edit
        changed = edit(self._fact_index, id, text)
        self._changes.tell("facts")
        return changed

    def undo_edit(self, id: Id) -> Fact:
        """Take back the last edit of a fact or note; returns it as it is then.

        Raises `NotFoundError`, and `UsageError` where it was never edited.
        """
        there = self.fact(id)
        undo = notes.undo if _is_note(there) else editing.undo
        changed = undo(self._fact_index, id)
        self._changes.tell("facts")
        return changed

    def fact_wordings(self, id: Id) -> list[Fact]:
        """How a fact or note read before it was edited, oldest first, and how it reads now.

        Raises `NotFoundError`.
        """
        there = self.fact(id)
        if _is_note(there):
            return notes.wordings(self._fact_index, there)
        return facts.wordings(self._fact_index, there)

    # -- scopes ---------------------------------------------------------------------------------

    def scopes(self) -> list[Scope]:
        """The scopes that hold facts or notes, with counts; the library's own first."""
        return scopes.scopes(self._fact_index)

    def stats(self, *, collection: Words | None = None) -> Stats:
        """What a scope holds, who told it, when. Raises `NotFoundError` for no such collection."""
        return scopes.stats(self._fact_index, collection=collection)

    def set_capacity(self, most: Limit | None, *, collection: Words | None = None) -> int:
        """Let a scope keep at most that many facts (None: any number); returns how many went now.

        Beyond that the oldest leave it for good, which `Stats.dropped` and `Remembered.dropped`
        tell. Raises `UsageError`.
        """
        gone = scopes.set_capacity(self._fact_index, most, collection=collection)
        self._tell_scope(collection)
        return gone

    def neighbours(
        self, cue: Words, *, window: Limit = 1, collection: Words | None = None
    ) -> list[Fact]:
        """What was told just before and just after the newest fact that a cue hits best."""
        return scopes.neighbours(self._fact_index, cue, window=window, collection=collection)

    def recall_across(
        self,
        cue: Words,
        *,
        collection: Words | None = None,
        limit: Limit = 5,
        as_of: Words | float | None = None,
    ) -> list[Fact]:
        """Recall over a scope and those inside it (`scope__name`); notes are not among them.

        `as_of` shows what was known then.
        """
        return scopes.recall_across(
            self._fact_index, cue, collection=collection, limit=limit, as_of=as_of
        )

    def recall_many(
        self, cues: Sequence[Words], *, collection: Words | None = None, limit: Limit = 5
    ) -> list[list[Fact]]:
        """Recall for several cues at once, in their order."""
        return scopes.recall_many(self._fact_index, cues, collection=collection, limit=limit)

    def _tell_scope(self, collection: str | None) -> None:
        self._changes.tell("facts")
        if collection is not None:
            self._changes.tell("collections")


def _is_note(fact: Fact) -> bool:
    return fact.kind in NOTE_KINDS
