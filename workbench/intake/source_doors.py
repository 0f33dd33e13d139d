"""The doors of looking at what was read: sources, collections, tags, text and originals."""

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from workbench.arguments import Id, Number, Words
from workbench.changes import Changes
from workbench.errors import NotFoundError
from workbench.intake import queue, relocate
from workbench.jobs import Cancel
from workbench.memory.notes import texts
from workbench.store import collections, kept_originals, originals, tags, text
from workbench.store import sources as catalogue
from workbench.store.kept_originals import Original
from workbench.store.records import (
    CollectionRow,
    PageRow,
    PassageRow,
    SectionRow,
    SourceRow,
    TagRow,
)
from workbench.store.store import Store


class ShelfDoors:
    """What a library can show and order of its sources; `Library` is one. Any thread may call."""

    _store: Store
    _changes: Changes

    def sources(
        self, *, collection: Words | None = None, tag: Words | None = None, trashed: bool = False
    ) -> list[SourceRow]:
        """The sources, newest first; with `trashed`, those in the trash instead."""
        folded = None if tag is None else tags.fold(tag)
        with self._store.read() as connection:
            return catalogue.listing(connection, collection=collection, tag=folded, trashed=trashed)

    def source(self, source: Id) -> SourceRow:
        """One source, trashed or not. Raises `NotFoundError`."""
        with self._store.read() as connection:
            return catalogue.by_id(connection, source)

    def collections(self) -> list[CollectionRow]:
        """The collections by name."""
        with self._store.read() as connection:
            return collections.all_collections(connection)

    def create_collection(self, name: Words) -> CollectionRow:
        """Make an empty collection (or return the one of that name)."""
        row = self._store.write(lambda c: collections.create(c, name))
        self._changes.tell("collections")
        return row

    def rename_collection(self, name: Words, new: Words) -> CollectionRow:
        """Give a collection another name; what waits on the queue for it follows.

        Raises `NotFoundError`, and `UsageError` for a name that is taken.
        """

        def work(connection: sqlite3.Connection) -> CollectionRow:
            row = collections.rename(connection, name, new)
            queue.collection_renamed(connection, name, row.name)
            return row

        row = self._store.write(work)
        self._tell_sources()
        return row

    def assign(self, sources: Sequence[Id], collection: Words) -> None:
        """Put sources into a collection, too (a source can be in many)."""
        self._store.write(lambda c: collections.assign(c, sources, collection))
        self._tell_sources()

    def unassign(self, sources: Sequence[Id], collection: Words) -> None:
        """Take sources out of a collection; they stay in the library."""
        self._store.write(lambda c: collections.unassign(c, sources, collection))
        self._tell_sources()

    def remove_collection(self, name: Words) -> None:
        """Remove a collection; its sources, facts and notes stay in the library."""
        self._store.write(lambda c: collections.remove(c, name, texts.words))
        self._tell_sources()
        self._changes.tell("facts")

    def tags(self) -> list[TagRow]:
        """The tags of the sources outside the trash, by name."""
        with self._store.read() as connection:
            return tags.all_tags(connection)

    def tag(self, sources: Sequence[Id], name: Words) -> None:
        """Put a tag on sources (a source can have many); tags ignore case."""
        self._store.write(lambda c: tags.tag(c, sources, name))
        self._changes.tell("sources")

    def untag(self, sources: Sequence[Id], name: Words) -> None:
        """Take a tag off sources; one that no source has any more is gone."""
        self._store.write(lambda c: tags.untag(c, sources, name))
        self._changes.tell("sources")

    def sections(self, source: Id) -> list[SectionRow]:
        """The chapters of a source, in order."""
        with self._store.read() as connection:
            return text.sections(connection, source)

    def section_text(self, section: Id) -> str:
        """The whole text of a chapter; its first character is at `SectionRow.start`."""
        with self._store.read() as connection:
            return text.section_text(connection, section)

    def passages(self, source: Id) -> list[PassageRow]:
        """Exactly what was indexed of a source, in order (L4)."""
        with self._store.read() as connection:
            return text.passages(connection, source)

    def pages(self, source: Id) -> list[PageRow]:
        """The pages of a source, in order; empty where it has none."""
        with self._store.read() as connection:
            return text.pages(connection, source)

    def text_at(self, source: Id, start: Number, end: Number) -> str:
        """The source's text at `[start, end)`."""
        with self._store.read() as connection:
            return text.text_at(connection, source, start, end)

    def page_boxes(
        self, source: Id, start: Number, end: Number
    ) -> list[tuple[int, tuple[float, float, float, float]]]:
        """Boxes of the words at `[start, end)`: (page number, box in fractions), one a line."""
        with self._store.read() as connection:
            return originals.line_boxes(connection, source, start, end)

    def page_picture(self, source: Id, number: Number, width: Number) -> tuple[int, int, bytes]:
        """A PDF page or a picture `width` pixels wide: (width, height, RGBA rows).

        Drawn from the original.

        Raises `NotFoundError` where the original is gone or has changed since it was read.
        """
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            with self._store.read() as connection:
                original = originals.unchanged(connection, source)
                original = original or originals.kept_copy(connection, source, Path(folder))
            if original is None:
                raise NotFoundError(
                    "The original file is not where it was, or has changed.",
                    "Its text is kept and shown instead.",
                )
            return originals.picture(original, number, width)

    def original(self, source: Id) -> Original | None:
        """What is kept of a page of the web or of pasted text: address, media type, date, size.

        None where the original is a file that stays where it is. Raises `NotFoundError`.
        """
        with self._store.read() as connection:
            catalogue.by_id(connection, source)
            return kept_originals.of_source(connection, source)

    def original_bytes(self, source: Id) -> bytes:
        """The kept original as it came. Raises `NotFoundError` where none is kept."""
        with self._store.read() as connection:
            title = catalogue.by_id(connection, source).title
            held = kept_originals.of_source(connection, source)
            if held is None:
                raise NotFoundError(
                    f"The library keeps no original of “{title}”.",
                    "It was read from a file, which stays where it is.",
                )
            return kept_originals.content(connection, held.hash)

    def missing(self, *, cancel: Cancel | None = None) -> list[int]:
        """The sources whose original is no longer where it was (L8); asks the file system.

        Holds nothing of the library meanwhile: a network folder may take its time to answer.
        """
        return relocate.missing(self._store, cancel)

    def locate(self, source: Id, path: str | Path, *, cancel: Cancel | None = None) -> list[int]:
        """Record where the original of a source is now; returns all sources of that file.

        Raises `InputError` where the file's content is not what was read.
        """
        found = relocate.locate(self._store, source, path, cancel)
        self._changes.tell("sources")
        return found

    def locate_others(
        self, source: Id, path: str | Path, *, cancel: Cancel | None = None
    ) -> list[int]:
        """After `locate`: find other missing originals that were moved along with this one."""
        found = relocate.others(self._store, source, path, cancel)
        if found:
            self._changes.tell("sources")
        return found

    def _tell_sources(self) -> None:
        self._changes.tell("sources")
        self._changes.tell("collections")
