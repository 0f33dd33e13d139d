"""Notes: highlights, instructions, variables and stances."""

import builtins
from collections.abc import Sequence

from workbench.arguments import Exact, Id, Limit, Number, Words
from workbench.errors import UsageError
from workbench.library.group import Group
from workbench.memory.facts import fact_details
from workbench.memory.facts.marking import mark
from workbench.memory.facts.records import Fact, Remembered
from workbench.memory.notes import highlights, notes, pdf_copy, stances, variables
from workbench.memory.notes.records import Highlight, Stance, Variable


class Notes(Group):
    """What a library can do with notes. A scope is a collection, None the library's own."""

    def add(
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
        made = notes.note(self._core.fact_index, kind, text, collection=collection, marked=marked)
        self._tell_scope(collection)
        return made

    def list(
        self, *, collection: Words | None = None, kind: Words | None = None, limit: Limit = -1
    ) -> builtins.list[Fact]:
        """The instructions, stances and variables of a scope, or one kind of them, newest first."""
        return notes.listing(self._core.fact_index, collection=collection, kind=kind, limit=limit)

    def remove(self, ids: Sequence[Id]) -> int:
        """Remove exactly these notes (or facts) for good; returns how many were still there."""
        gone = fact_details.forget(self._core.fact_index, ids)
        if gone:
            self._tell_highlights()
        return gone

    def highlight(
        self, source: Id, start: Number, end: Number, *, colour: Words = "yellow", note: Words = ""
    ) -> Highlight:
        """Highlight `[start, end)` of a source's text, in one of five colours, with a note or none.

        A highlight that is there already gets the colour and note. It follows its words when the
        source is read again. Raises `NotFoundError` and `UsageError`.
        """
        made = highlights.add(self._core.fact_index, source, start, end, colour, note)
        self._tell_highlights()
        return made

    def highlights(self, source: Id | None = None) -> builtins.list[Highlight]:
        """The highlights of a source in reading order; without one, of all sources by title."""
        return highlights.listing(self._core.fact_index, source)

    def change_highlight(
        self, id: Id, *, colour: Words | None = None, note: Words | None = None
    ) -> Highlight:
        """Change the colour or the note of a highlight; "" removes the note.

        Raises `NotFoundError` and `UsageError`.
        """
        made = highlights.change(self._core.fact_index, id, colour, note)
        self._tell_highlights()
        return made

    def export_highlights(self, source: Id | None = None, *, format: Words = "markdown") -> str:
        """The highlights of a source, or all, as text: “markdown” or “annotations”.

        Annotations are JSON by the W3C Web Annotation model. Raises `NotFoundError`, `UsageError`.
        """
        found = self.highlights(source)
        if format == "annotations":
            return highlights.annotations(self._core.fact_index, found)
        if format != "markdown":
            raise UsageError(f"Unknown format “{format}”.", "Choose markdown or annotations.")
        return highlights.markdown(self._core.fact_index, found)

    def marked_pdf(self, source: Id) -> bytes:
        """A copy of a source's PDF in which its highlights and notes are annotations.

        Every PDF viewer shows them; the original stays as it is. Raises `NotFoundError` where the
        original is gone or has changed, `UsageError` where the source is no PDF or has no
        highlight on a page, `InputError` where the file is damaged.
        """
        found = self.highlights(source)
        with self._core.store.read() as connection:
            return pdf_copy.marked(connection, source, found)

    def _tell_highlights(self) -> None:
        for topic in ("facts", "highlights"):
            self._core.changes.tell(topic)

    def set_variable(
        self, key: Exact, value: Exact, *, collection: Words | None = None
    ) -> Variable:
        """Set a variable to exactly this text; what it was is replaced. Raises `UsageError`."""
        new = variables.new(key, value)
        id, _ = notes.store(self._core.fact_index, new, variables.write, collection=collection)
        self._tell_scope(collection)
        now = self._core.fact_index.store.clock()
        return Variable(id, new.name, new.text, collection, now)

    def variable(self, key: Exact, *, collection: Words | None = None) -> str | None:
        """The text of a variable exactly as it was set; None where there is none of that key."""
        key = variables.key_of(key)
        row = notes.by_key(self._core.fact_index, collection, variables.KIND, key)
        return None if row is None else row.text

    def variables(self, *, collection: Words | None = None) -> builtins.list[Variable]:
        """The variables of a scope by key."""
        rows = notes.load_rows(self._core.fact_index, collection, variables.KIND)
        return sorted(
            (variables.to_variable(row, collection) for row in rows), key=lambda var: var.key
        )

    def remove_variable(self, key: Exact, *, collection: Words | None = None) -> bool:
        """Remove a variable for good; False where there is none of that key."""
        key = variables.key_of(key)
        row = notes.by_key(self._core.fact_index, collection, variables.KIND, key)
        return row is not None and self.remove([row.id]) > 0

    def set_stance(self, topic: Exact, text: Exact, *, collection: Words | None = None) -> Stance:
        """State what you hold of a topic, or state it again: it gets firmer, the others fade.

        Raises `UsageError`.
        """
        new = stances.new(topic, text)
        _, created = notes.store(self._core.fact_index, new, stances.write, collection=collection)
        self._tell_scope(collection)
        row = notes.by_key(self._core.fact_index, collection, stances.KIND, new.key)
        if row is None:
            raise notes.missing(0)
        return stances.to_stance(row, collection, created=created)

    def stance(self, topic: Exact, *, collection: Words | None = None) -> Stance | None:
        """What is held of a topic; None where nothing is."""
        key = stances.key_of(topic)
        row = notes.by_key(self._core.fact_index, collection, stances.KIND, key)
        return None if row is None else stances.to_stance(row, collection)

    def stances(self, *, collection: Words | None = None) -> builtins.list[Stance]:
        """The stances of a scope, the firmest first."""
        rows = notes.load_rows(self._core.fact_index, collection, stances.KIND)
        told = [stances.to_stance(row, collection) for row in rows]
        return sorted(told, key=lambda stance: (-stance.intensity, stance.topic))
