"""Sources: their texts, pages, sound, metadata and trash."""

import builtins
import json
import sqlite3
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import paths
from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import NotFoundError, UsageError
from workbench.intake import accounting, queue
from workbench.intake.accounting import Account
from workbench.intake.records import LookUp
from workbench.jobs import Cancel
from workbench.library.group import Group, query
from workbench.library.options import SourceDetails
from workbench.recall.records import Answer, Introduction, Place
from workbench.recall.search import Request
from workbench.store import details as bibliographic
from workbench.store import kept_originals, tags, text
from workbench.store import sources as catalogue
from workbench.store.kept_originals import Original
from workbench.store.records import SourceRow

if TYPE_CHECKING:
    # Imported on first use, as listing sources needs none of these.
    from ingest.reference_list import ListedWork
    from workbench.intake.correcting import Corrected
    from workbench.intake.listening import Waveform
    from workbench.recall.citation_styles import Citation, CitationStyle
    from workbench.recall.pictures import PictureHit
    from workbench.recall.related import Alike
    from workbench.store.removal import Deletion

#: Maximum characters of a call for boxes.
_MAX_LETTERS = 100_000


class Sources(Group):
    """A library's calls on its sources."""

    get = query(catalogue.by_id)

    def list(
        self,
        *,
        collection: Words | None = None,
        tag: Words | None = None,
        trashed: bool = False,
        missing: bool = False,
        cancel: Cancel | None = None,
    ) -> builtins.list[SourceRow]:
        """The sources, newest first; with `trashed`, those in the trash instead.

        With `missing` those whose original is no longer where it was: the file system is asked,
        which may take its time, and nothing of the library is held meanwhile.
        """
        folded = None if tag is None else tags.fold(tag)
        lost: Collection[int] = ()
        if missing:
            # Deferred, with the readers of files that it knows.
            from workbench.intake import rereading

            lost = rereading.missing(self._store, cancel)
        with self._store.read() as connection:
            rows = catalogue.listing(connection, collection=collection, tag=folded, trashed=trashed)
        return [row for row in rows if row.id in lost] if missing else rows

    sections = query(text.sections)

    passages = query(text.passages)

    pages = query(text.pages)

    text = query(text.text_at)

    def page_boxes(
        self, source: Id, start: Number, end: Number, *, letters: bool = False
    ) -> builtins.list[tuple[int, tuple[float, float, float, float]]]:
        """Boxes of the words at `[start, end)`: (page number, box in fractions), one a line.

        With `letters` one a character: it has no width where a character has no ink, and page 0
        where it stands on none. Raises `UsageError` for more than 100,000 of them.
        """
        from workbench.store import originals

        if letters and end - start > _MAX_LETTERS:
            raise UsageError("This is more than 100,000 characters.", "Ask for one page at a time.")
        boxes = originals.letter_boxes if letters else originals.line_boxes
        with self._store.read() as connection:
            return boxes(connection, source, start, end)

    def page_picture(self, source: Id, number: Number, width: Number) -> tuple[int, int, bytes]:
        """A PDF page or a picture `width` pixels wide: (width, height, RGBA rows).

        Drawn from the original. Page 1 of an EPUB is its cover, that of a recording a still of the
        film, or the picture that comes with its sound.

        Raises `NotFoundError` where the original is gone or has changed since it was read,
        `InputError` where there is no such page or picture.
        """
        from workbench.intake import listening
        from workbench.store import originals

        core = self._core
        with core.store.read() as connection:
            is_audio = catalogue.by_id(connection, source).kind in listening.KINDS
        if is_audio:
            return listening.still(core.store, core.intake, source, width)

        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            with core.store.read() as connection:
                original = originals.unchanged(connection, source)
                original = original or originals.stored_copy(connection, source, Path(folder))
            if original is None:
                raise NotFoundError(
                    "The original file is not where it was, or has changed.",
                    "Its text is kept and shown instead.",
                )
            with core.intake.unlocking():
                return originals.picture(original, number, width)

    def waveform(
        self, source: Id, *, count: Limit = 600, cancel: Cancel | None = None
    ) -> "Waveform":
        """How loud the recording of a transcript is over its time, in `count` parts or more.

        Raises `NotFoundError` where the recording is not there, `InputError` where it is damaged.
        """
        from workbench.intake import listening

        return listening.waveform(self._store, self._core.intake, source, count, cancel)

    def sound_clip(self, source: Id, second: float, *, cancel: Cancel | None = None) -> Path:
        """A WAV file with the sound of a transcript from a second on, for playback.

        It is cached for an hour. Raises as `waveform`.
        """
        from workbench.intake import listening

        return listening.sound_clip(self._store, self._core.intake, source, second, cancel)

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
            row = kept_originals.of_source(connection, source)
            if row is None:
                raise NotFoundError(
                    f"The library keeps no original of “{title}”.",
                    "It was read from a file, which stays where it is.",
                )
            return kept_originals.content(connection, row.hash)

    def locate(
        self, source: Id, path: str | Path, *, others: bool = False, cancel: Cancel | None = None
    ) -> builtins.list[int]:
        """Record the new path of a source's original; returns all sources of that file.

        With `others`, also search for other missing originals that were moved along with it. Raises
        `InputError` if the file's content differs from what was read.
        """
        from workbench.intake import rereading

        find = rereading.relocate_siblings if others else rereading.locate
        located = find(self._store, source, path, cancel)
        if located:
            self._core.changes.tell("sources")
        return located

    def trash(self, sources: Sequence[Id], *, restore: bool = False) -> None:
        """Move sources to the trash, or restore them with search and citations.

        Nothing of what lies in the trash is found any more, and nothing is lost: it stays there
        until `delete`.
        """
        change = catalogue.restore if restore else catalogue.trash
        self._store.write(
            lambda c: change(c, sources),
            act="sources restored" if restore else "sources moved to the trash",
        )
        self._notify_sources()

    def delete(self, sources: Sequence[Id], *, preview: bool = False) -> "Deletion":
        """Remove sources for good, in one transaction; no word of them is left in its files.

        With `preview` nothing is removed. `Deletion.clean` is False where another reader holds on
        to an older moment of the library, so that its log is only emptied when the last program
        closes it. Raises `NotFoundError`, and `UsageError` for a source that is being read.
        """
        from workbench.store import changes, removal

        core = self._core

        def remove(connection: sqlite3.Connection) -> builtins.list[str]:
            places = [p for row in catalogue.by_ids(connection, sources) for p in row.locations]
            queue.remove_completed(connection, sources)
            removal.remove(connection, sources)
            changes.erased(connection, "sources deleted", len({*sources}), core.store.clock())
            return places

        # A preview includes pending triples; a deletion does not wait for them.
        with core.graph.reading_triples() if preview else core.store.read() as connection:
            vanishing = removal.preview(connection, sources, core.store.path)
        if preview:
            return removal.Deletion(False, None, vanishing)
        places = core.store.write(remove, sync=True)
        core.lexicon.forget()
        for place in map(Path, places):
            if place.parent == paths.cache_dir() / "pasted":
                place.unlink(missing_ok=True)
        clean = removal.compact(core.store)
        self._notify_sources()
        return removal.Deletion(True, clean, vanishing)

    def correct(self, source: Id, start: Number, end: Number, words: Words) -> "Corrected":
        """Put other words in the place of `[start, end)` of a transcript.

        Citations follow by their words, and every other word keeps its second. Reading the source
        again from its original brings back what was heard. Raises `NotFoundError`, `UsageError`.
        """
        from workbench.intake import correcting

        corrected = self._store.write(
            lambda c: correcting.correct(c, source, start, end, words), sync=True
        )
        self._core.index()
        self._core.changes.tell("sources")
        return corrected

    def edit(
        self, sources: Sequence[Id], details: SourceDetails, *, as_read: bool = False
    ) -> builtins.list[SourceRow]:
        """Set bibliographic fields of sources, and return them as they are then.

        What is set counts in citations, exports and answers, and is kept when a source is read
        again. With `as_read` every field is set back to what was read first. Raises
        `NotFoundError`, and `UsageError` for a value that a field cannot have.
        """

        def write(connection: sqlite3.Connection) -> builtins.list[SourceRow]:
            if as_read:
                bibliographic.restore(connection, sources)
            bibliographic.edit(connection, sources, details.changes())
            return catalogue.by_ids(connection, sources)

        rows = self._store.write(write, act="source details changed", sync=True)
        self._core.changes.tell("sources")
        return rows

    def look_up(
        self, identifier: Words, *, send: bool = False, cancel: Cancel | None = None
    ) -> LookUp:
        """The record of a work in a public catalogue, by its DOI, arXiv number or ISBN.

        Nothing is sent unless `send`, and then one request to the returned `address`. Nothing is
        changed; use `edit` to apply fields. Raises `UsageError` for invalid numbers, `InputError`
        without an answer.
        """
        from workbench.intake import bibliography

        return bibliography.look_up(identifier, send, cancel or Cancel())

    def tag(self, sources: Sequence[Id], name: Words, *, remove: bool = False) -> None:
        """Put a tag on sources, or take it off; tags ignore case.

        A source can have many; a tag that no source has any more is gone.
        """
        change = tags.untag if remove else tags.tag
        self._store.write(lambda c: change(c, sources, name), act="tags changed")
        self._core.changes.tell("sources")

    tags = query(tags.all_tags)

    def related(
        self,
        selection: Words | Id | Sequence[Id],
        *,
        limit: Limit = 8,
        cancel: Cancel | None = None,
    ) -> "builtins.list[Alike]":
        """The passages nearest to a selection, elsewhere in the library, nearest first.

        `selection` is text, the ids of statements, or the id of a source, of which stretches from
        all over it are looked up; it is not among what is found. With an active embedding model
        nearness is of meaning, and holds across languages as far as the model does; without one,
        of words.
        """
        from workbench.recall.related import Related

        core = self._core
        finder = Related(core.store, core.recall, core.embedding_reading.search)
        if isinstance(selection, int):
            return finder.to_source(selection, limit=limit, cancel=cancel)
        return finder.to_selection(selection, limit=limit, cancel=cancel)

    def pictures(
        self, like: Words | Id | Path, *, limit: Limit = 12
    ) -> "builtins.list[PictureHit]":
        """The pictures, figures among them, that are nearest to words, a source or a file.

        Raises `NotFoundError` where no image model is in use, `InputError` where it cannot run.
        """
        return self._core.pictures.find(like, limit)

    def labels(
        self, picture: Id | str | Path, *, names: Sequence[Words] = (), limit: Limit = 5
    ) -> builtins.list[tuple[str, float]]:
        """The library's concepts that fit a picture best, with probabilities.

        `names` replaces the concepts; probabilities sum to 1 over all. Zero-shot classification.
        """
        return self._core.pictures.labels(picture, names, limit)

    def account(self, source: Id) -> Account:
        """What was read of a source, counted: pages, words, figures, tables; and what was not."""
        with self._store.read() as connection:
            row = catalogue.by_id(connection, source)
            sections = text.sections(connection, source)
            texts = (text.section_text(connection, section.id) for section in sections)
            pages, passages = text.pages(connection, source), text.passages(connection, source)
            return accounting.account(row, pages, texts, passages)

    def forms(self, source: Id) -> builtins.list[SourceRow]:
        """The sources that look like the same work as this one, with itself, oldest first.

        They count once in the graph. Nothing where there is no other, or where those that came
        later are kept apart (`edit` with `same_work="no"`).
        """
        with self._store.read() as connection:
            first_of = self._core.graph.graphs.copies(connection)
            first = first_of.get(source, source)
            copies = [copy for copy, original in first_of.items() if original == first]
            return catalogue.by_ids(connection, [first, *copies] if copies else [])

    def references(self, source: Id) -> "builtins.list[ListedWork]":
        """The works that a source lists at its end, each with its year."""
        from ingest.reference_list import listed_works

        with self._store.read() as connection:
            sections = text.sections(connection, source)
            texts = [text.section_text(connection, section.id) for section in sections]
        return listed_works("\n\n".join(texts))

    def cite(
        self,
        sources: Sequence[Id],
        *,
        style: Words = "apa",
        places: Sequence[Place] | None = None,
    ) -> "builtins.list[Citation]":
        """Each source, at its place where `places` are given, as a citation style has it.

        `style` is one of `citation_styles`, or the path of a `.csl` file. Raises `NotFoundError`
        for a source or style that there is not, `InputError` for a file that is no style.
        """
        from workbench.recall.citation_styles import cite
        from workbench.recall.cited_sources import Cited, csl_items

        locators = [Place(None, None, None, 0, 0)] * len(sources) if places is None else places
        if len(locators) != len(sources) or not all(
            isinstance(locator, Place) for locator in locators
        ):
            raise UsageError("Each source has one place.", "Give as many places as sources.")
        return cite(csl_items([Cited(self.get(id)) for id in sources]), style, locators)

    def bibliography(self, sources: Sequence[Id], *, form: Words = "apa") -> str:
        """Sources as a list of references: "bibtex", "ris", "csl" (JSON), or by a style.

        Raises as `cite`.
        """
        from workbench.recall.citation_styles import reference_list
        from workbench.recall.cited_sources import Cited, bibtex, csl_items, ris

        with self._store.read() as connection:
            rows = {id: catalogue.by_id(connection, id) for id in sources}
        cited = [Cited(row) for row in rows.values()]
        if form == "bibtex":
            return bibtex(cited)
        if form == "ris":
            return ris(cited)
        items = csl_items(cited)
        if form == "csl":
            return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
        return "".join(f"{entry}\n" for entry in reference_list(items, form) if entry)

    @property
    def citation_styles(self) -> "builtins.list[CitationStyle]":
        """The citation styles that ship with the program, by title."""
        from workbench.recall.citation_styles import styles

        return styles()

    def introduce(self, source: Id, *, cancel: Cancel | None = None) -> Introduction:
        """What a source is about, and up to three questions that it answers, each tried.

        Raises `NotFoundError` for a source that is not there or in the trash.
        """
        with self._store.read() as connection:
            catalogue.check_searched(connection, [source])

        def answer(question: str) -> Answer:
            overview = self._core.overviews.answer(question, [source], (), 5)
            request = Request(question, {source}, cancel=cancel or Cancel())
            return overview or self._core.trial.ask(request)

        return self._core.overviews.introduction(source, answer)
