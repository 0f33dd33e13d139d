"""Notes: highlights, instructions, variables and stances."""

import builtins
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, overload

from workbench import paths
from workbench.arguments import Exact, Id, Limit, Number, Words
from workbench.errors import InputError, UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.memory.facts.marking import mark
from workbench.memory.facts.records import Fact, Remembered
from workbench.memory.notes import highlights, notes, pdf_copy, stances, variables
from workbench.memory.notes.records import (
    FolderSync,
    Highlight,
    NotePlace,
    Stance,
    TakenOver,
    Variable,
)
from workbench.store.notes import HIGHLIGHT

#: Kinds of notes with a key, and its normalisation.
_KEYED = {variables.KIND: variables.key_of, stances.KIND: stances.key_of}


class Notes(Group):
    """A library's calls on notes. A scope is a collection, None the library's own.

    A variable is found by its key, a stance by its topic.
    """

    def add(
        self,
        kind: Words,
        text: Exact,
        *,
        key: Exact | None = None,
        collection: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
    ) -> Remembered:
        """Take in a note: a fact of that kind, or an instruction, stance or variable.

        A variable under `key` is set to exactly this text and replaces the former one; a stance
        about `key` gets firmer each time, while the others fade. Without a key it is in the text
        (“KEY is VALUE”, “TOPIC: TEXT”). `facts.recall` finds them by their kind. Raises
        `UsageError`.
        """
        index = self._core.fact_index
        marked = mark(None, priority, expires_days)
        remembered = notes.note(index, kind, text, key, collection=collection, marked=marked)
        self._notify_scope(collection)
        return remembered

    @overload
    def get(
        self, kind: Literal["variable"], key: Exact, *, collection: Words | None = None
    ) -> Variable | None: ...
    @overload
    def get(
        self, kind: Literal["stance"], key: Exact, *, collection: Words | None = None
    ) -> Stance | None: ...
    def get(
        self, kind: Words, key: Exact, *, collection: Words | None = None
    ) -> Variable | Stance | None:
        """The variable of a key, or the stance about a topic; None where there is none.

        Raises `UsageError`.
        """
        row = notes.by_key(self._core.fact_index, collection, kind, _key_of(kind)(key))
        if row is None:
            return None
        if kind == variables.KIND:
            return variables.to_variable(row, collection)
        return stances.to_stance(row, collection)

    @overload
    def list(
        self, kind: Literal["variable"], *, collection: Words | None = None
    ) -> builtins.list[Variable]: ...
    @overload
    def list(
        self, kind: Literal["stance"], *, collection: Words | None = None
    ) -> builtins.list[Stance]: ...
    @overload
    def list(
        self, kind: Literal["highlight"], *, source: Id | None = None
    ) -> builtins.list[Highlight]: ...
    @overload
    def list(
        self,
        kind: Literal["instruction"] | None = None,
        *,
        collection: Words | None = None,
        limit: Limit = -1,
    ) -> builtins.list[Fact]: ...
    def list(
        self,
        kind: Words | None = None,
        *,
        collection: Words | None = None,
        source: Id | None = None,
        limit: Limit = -1,
    ) -> (
        builtins.list[Variable]
        | builtins.list[Stance]
        | builtins.list[Highlight]
        | builtins.list[Fact]
    ):
        """The notes of a scope, newest first, or those of one kind.

        Variables come by key, stances the firmest first. Highlights are those of a source in
        reading order, or of all sources by title. Raises `UsageError`.
        """
        index = self._core.fact_index
        if kind == HIGHLIGHT:
            return highlights.listing(index, source)
        if kind == variables.KIND:
            rows = notes.load_rows(index, collection, kind, limit)
            records = (variables.to_variable(row, collection) for row in rows)
            return sorted(records, key=lambda variable: variable.key)
        if kind == stances.KIND:
            rows = notes.load_rows(index, collection, kind, limit)
            views = (stances.to_stance(row, collection) for row in rows)
            return sorted(views, key=lambda stance: (-stance.intensity, stance.topic))
        return notes.listing(index, collection=collection, kind=kind, limit=limit)

    def places(self, *ids: Id) -> builtins.list[NotePlace]:
        """Tags of these facts and notes, and of highlights where they stand and in which colour."""
        return highlights.places_of(self._core.fact_index, ids)

    def highlight(
        self,
        id: Id,
        start: Number | None = None,
        end: Number | None = None,
        *,
        colour: Words | None = None,
        note: Words | None = None,
    ) -> Highlight:
        """Highlight `[start, end)` of a source's text, or change the highlight of this number.

        In one of five colours, with a note or none (""). A highlight that is there already gets the
        colour and note. It follows its words when the source is read again. Raises `NotFoundError`
        and `UsageError`.
        """
        index = self._core.fact_index
        if start is None or end is None:
            record = highlights.change(index, id, colour, note)
        else:
            colour = highlights.COLOURS[0] if colour is None else colour
            record = highlights.add(index, id, (start, end), colour, note or "")
        self._notify_highlights()
        return record

    def remove(self, *ids: Id) -> int:
        """Delete notes and highlights; returns how many there were. `Library.undo` restores them.

        `facts.forget` deletes them for good, from what can be undone, too.
        """
        removed = notes.remove(self._core.fact_index, ids)
        if removed:
            self._notify_highlights()
        return removed

    def take_over(
        self, path: str | Path, source: Id | None = None, *, preview: bool = False
    ) -> TakenOver:
        """Import highlights from a PDF or from an export of Kindle, Readwise or KOReader.

        Each is located by its text in `source`, else in the source that the file names or is;
        `preview` stores nothing. Raises `NotFoundError`, `InputError` for a file without
        highlights, and `UsageError` if no source is known.
        """
        # Imported on first use.
        from workbench.memory.notes import taken_over

        core = self._core
        with core.intake.unlocking():
            made = taken_over.take_over(core.fact_index, Path(path), source, preview=preview)
        if made.placed and not preview:
            self._notify_highlights()
        return made

    def sync(
        self,
        folder: str | Path,
        *,
        collection: Words | None = None,
        keep: Words = "",
        preview: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> FolderSync:
        """Bring a folder of Markdown notes and the facts of a scope together, both ways.

        A new note is told with its front matter (kind, priority, expires, tags), a new fact written
        as a note; what changed on one side goes to the other. What changed on both, or is gone from
        one, is only listed: with `keep` “file” or “library” that side counts, and what it still has
        comes back. Nothing is deleted. Notes with several lines (such as those of basic-memory) are
        read line by line, and never written. Raises `UsageError`.
        """
        # Imported on first use: most libraries have no such folder.
        from workbench.library.facts import Facts
        from workbench.library.memory import Memory
        from workbench.library.memory_folder import MemoryFolder

        if keep not in ("", "file", "library"):
            raise UsageError(f"There is no side “{keep}”.", "Keep file or library.")
        core = self._core
        place = paths.absolute(folder)
        try:
            look = MemoryFolder(Facts(core), Memory(core), place, collection, preview=preview)
            return look.run(keep, report, cancel or Cancel())
        except OSError as error:
            raise InputError(
                f"The folder “{place.name}” cannot be used ({error.strerror}).",
                "Check that you may read and write it, and its disk.",
            ) from error

    def export(
        self,
        source: Id | None = None,
        *,
        format: Words = "markdown",
        ids: Sequence[Id] | None = None,
    ) -> bytes:
        """The highlights of a source, or all, as a file: “markdown”, “annotations” or “pdf”.

        With `ids` only these of them.
        Annotations are JSON by the W3C Web Annotation model. A PDF is a copy of the source's with
        its highlights and notes as annotations; the original stays as it is. Raises
        `NotFoundError`, also where the original is gone or has changed, `UsageError` where the
        source is no PDF or has no highlight on a page, and `InputError` for a damaged file.
        """
        index = self._core.fact_index
        marked = highlights.listing(index, source)
        if ids is not None:
            marked = [highlight for highlight in marked if highlight.id in ids]
        if format == "pdf":
            if source is None:
                raise UsageError(
                    "A PDF copy is made for one source at a time.",
                    "Say which source: highlights ID",
                )
            with self._core.intake.unlocking(), self._store.read() as connection:
                return pdf_copy.marked(connection, source, marked)
        if format not in ("markdown", "annotations"):
            raise UsageError(f"Unknown format “{format}”.", "Choose markdown, annotations or pdf.")
        write = highlights.markdown if format == "markdown" else highlights.annotations
        return write(index, marked).encode()

    def _notify_highlights(self) -> None:
        for topic in ("facts", "highlights"):
            self._core.changes.tell(topic)


def _key_of(kind: str) -> Callable[[str], str]:
    if kind not in _KEYED:
        raise notes.no_key(kind)
    return _KEYED[kind]
