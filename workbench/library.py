"""The library: open, add, ask, list, show, trash, verify. A thin front to the rooms below.

The window, the command line and notebooks are equal clients of it. Logic belongs in the rooms
(`store`, `intake`, `memory`, `recall`); here it is only handed from one to the next.
"""

import contextlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from workbench import paths, permissions
from workbench.arguments import Id, Limit, Words, checked
from workbench.brain.library.brain_recall import Thinking
from workbench.brain.library.emergent import Emergent
from workbench.brain.library.learning import Lessons
from workbench.brain.library.lesson_doors import LessonDoors
from workbench.care.diagnosis import damaged, diagnosed
from workbench.care.salvage import Salvaged, salvage
from workbench.changes import Changes
from workbench.errors import InputError, NotFoundError, WorkbenchError
from workbench.intake import queue
from workbench.intake.doors import IntakeDoors
from workbench.intake.intake import Intake
from workbench.intake.listening import SoundDoors
from workbench.intake.source_doors import ShelfDoors
from workbench.intake.speech_doors import SpeechDoors
from workbench.jobs import Cancel, Report, silent
from workbench.memory.asked.doors import AskedDoors
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.chains.doors import ChainDoors
from workbench.memory.facts.fact_details import SingleDoors
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.plastic_doors import PlasticDoors
from workbench.memory.facts.records import Fact
from workbench.memory.facts.remembering import moment
from workbench.memory.facts.telling_time import dependable, gone_back
from workbench.memory.fading.doors import FadingDoors
from workbench.memory.graph.alias_doors import AliasDoors
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.doors import GraphDoors
from workbench.memory.graph.edge_doors import EdgeDoors
from workbench.memory.graph.model_doors import ModelReadingDoors
from workbench.memory.graph.modelling import ModelReader
from workbench.memory.graph.path_doors import PathDoors
from workbench.memory.index_check import differences
from workbench.memory.kinds.conflict_doors import ConflictDoors
from workbench.memory.kinds.doors import KindDoors
from workbench.memory.lexicon import Lexicon
from workbench.memory.notes import notes
from workbench.memory.notes.doors import NoteDoors
from workbench.memory.reflex.deepening import valued
from workbench.memory.reflex.doors import ReflexDoors, brain_config
from workbench.memory.reflex.learning import Learning
from workbench.memory.reflex.reflex_recall import Reflexes
from workbench.memory.regions.doors import RegionDoors
from workbench.memory.regions.sensory import SensoryBuffer
from workbench.memory.rewards import Rewards
from workbench.memory.schemas.doors import SchemaDoors
from workbench.memory.sharing.doors import SharingDoors
from workbench.memory.sharing.version_doors import VersionDoors
from workbench.memory.vault_doors import VaultDoors
from workbench.memory.vital.doors import VitalDoors
from workbench.models.doors import LanguageDoors
from workbench.recall import full_text, reader_at_hand
from workbench.recall.answered.doors import AnsweredDoors
from workbench.recall.map_doors import MapDoors
from workbench.recall.meaning import MeaningDoors
from workbench.recall.overview import Overviews
from workbench.recall.pictures import PictureDoors
from workbench.recall.recall import Recall
from workbench.recall.records import Answer, Introduction, SearchResult
from workbench.recall.subjects import Subjects
from workbench.recall.thread import Thread
from workbench.recall.told_answers import closest, told, with_closest, with_recalled, with_told
from workbench.recall.vectors import VectorDoors
from workbench.recall.word_use import WordUse
from workbench.recall.writing.doors import WritingDoors
from workbench.sleep.awake import Awake
from workbench.sleep.doors import SleepDoors
from workbench.space.corpus_space import CorpusSpace
from workbench.space.embeddings.background import Background as VectorBackground
from workbench.space.embeddings.searching import Embeddings
from workbench.space.pictures.showing import Pictures
from workbench.store import backup as copies
from workbench.store import collections, meta, removal, text
from workbench.store import repair as repairs
from workbench.store import sources as catalogue
from workbench.store.backup import Backup, Restored
from workbench.store.removal import Vanishing
from workbench.store.store import Store
from workbench.store.verify import Verified, verify
from workbench.suggestions import SuggestionDoors

_TOPICS = ("sources", "queue", "collections", "facts")
_LOOK_SECONDS = 0.5


@diagnosed
@checked
class Library(
    IntakeDoors,
    SpeechDoors,
    SoundDoors,
    ShelfDoors,
    SleepDoors,
    RegionDoors,
    SingleDoors,
    NoteDoors,
    MeaningDoors,
    VectorDoors,
    PictureDoors,
    LanguageDoors,
    SuggestionDoors,
    LessonDoors,
    MapDoors,
    WritingDoors,
    AnsweredDoors,
    ChainDoors,
    PlasticDoors,
    FadingDoors,
    SchemaDoors,
    VaultDoors,
    VersionDoors,
    SharingDoors,
    GraphDoors,
    PathDoors,
    EdgeDoors,
    ModelReadingDoors,
    AliasDoors,
    ReflexDoors,
    KindDoors,
    ConflictDoors,
    AskedDoors,
    VitalDoors,
):
    """One `.brain` file and everything that can be done with it.

    Thread-safe: every method may be called from any thread, never from the GUI thread where it
    may take longer than a frame. Raises only errors of `workbench.errors`.
    """

    def __init__(self, store: Store, cache: Path | None) -> None:
        """Use `Library.open`."""
        self._store = store
        self._graph = ConceptGraph(store, unite=self._unite_names, busy=self._busy)
        self._spoken: tuple[tuple[int, int], frozenset[str]] | None = None
        self._emergent = Emergent(store, self._languages)
        self._thinking = Thinking(store, lambda: self._emergent.meant)
        self._changes = Changes(self._at_once)
        self._graph.stating.learned = lambda: self._changes.tell("graph")
        self._lexicon = Lexicon(store, cache)
        self._space = CorpusSpace(store)
        self._fact_index = FactIndex(store, self._space.alike, cache)
        self._fact_index.strengths.learns = lambda: brain_config(store).learning
        self._lessons = Lessons(
            store, self._fact_index.strengths, lambda: brain_config(store).learning
        )
        self._rewards = Rewards()
        self._rewards.listener = self._lessons
        self._reflexes = Reflexes(
            self._graph, self._fact_index, self._lexicon, lambda: brain_config(store)
        )
        self._learning = Learning(store, self._fact_index.strengths, lambda: brain_config(store))
        self._asked = QueryPatterns(store, self._fact_index.strengths, lambda: brain_config(store))
        self._sensory = SensoryBuffer(store.clock)
        self._awake = Awake(store, self._fact_index.strengths)
        self._embeddings = Embeddings(store)
        self._pictures = Pictures(store)
        self._subjects = Subjects(self._lexicon, store, self._languages, self._extents)
        self._word_use = WordUse(
            self._lexicon, self._subjects, store, self._languages, self._extents, self._said,
        )  # fmt: skip
        self._vectors = VectorBackground(
            self._read_for_meaning,
            lambda: (
                self._unread()
                or self._pictures.space() is not None
                or self._subjects.stale()
                or self._word_use.stale()
            ),
            busy=lambda: self._intake.working,
        )
        self._model_reader = ModelReader(store, self._graph.stating)
        self._model_reading = VectorBackground(
            lambda cancel: self._model_reader.catch_up(cancel=cancel),
            self._model_reader.wanted,
            "reading by a language model",
        )
        self._recall = Recall(
            store, self._lexicon, strengths=self._fact_index.strengths,
            tiers=self._meaning_tiers, reader=reader_at_hand.at_hand,
        )  # fmt: skip
        self._overviews = Overviews(store)
        self._embed_all = self._embed_if_wanted
        self._intake = Intake(
            store, index=self._index, find=self._recall.finds, notify=self._changes.tell
        )
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._watcher_begins = threading.Lock()
        self._clock_notice = gone_back(store)
        # What others change before the watcher first looks is a change, too.
        self._opened_at = store.data_version() if store.path is not None else 0

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        read_only: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Open or create the library at `path` (None: the default; ":memory:": keeps nothing).

        `clock` says what time it is for all that is remembered and fades, in seconds since the
        epoch; where it gives no time of a calendar, the system's counts. Raises a `LibraryError`
        that says what is wrong with the file, which is then untouched.
        """
        wanted = paths.default_library() if path is None else path
        store = Store.open(wanted, read_only=read_only, make_folder=path is None)
        store.clock = dependable(clock)
        # A library that keeps nothing has no cache on disk either.
        cache = None if store.path is None else paths.cache_dir() / "index" / store.id
        try:
            library = cls(store, cache)
            library._clear_imports()
            return library
        except BaseException as error:
            foreseen = isinstance(error, WorkbenchError) or not isinstance(error, Exception)
            meant = None if foreseen else damaged(store)
            store.close()
            if meant is None:
                raise
            raise meant from error

    def close(self) -> None:
        """Stop every thread and process of this library and close the file."""
        if self._closed.is_set():
            return
        with self._watcher_begins:
            self._closed.set()
        # What still waits for another program's lock must not hold up the end of this one.
        self._store.stop_waiting()
        if self._watcher is not None:
            self._watcher.join()
        with contextlib.ExitStack() as ends:
            # All are closed, the file last, even where a damaged library lets one of them fail.
            for each in (
                self._store,
                self._fact_index,
                self._embeddings,
                self._pictures,
                self._model_reading,
                self._vectors,
                self._graph,
                self._thinking,
                self._emergent,
                self._lexicon,
                self._changes,
                self._intake,
            ):
                ends.callback(each.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """Where the library lies; None for one that keeps nothing."""
        return self._store.path

    @property
    def id(self) -> str:
        """The library's own id, given at its making."""
        return self._store.id

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored."""
        return self._store.read_only

    @property
    def reads(self) -> bool:
        """Whether there is a reader, which finds out which of what was found answers."""
        return reader_at_hand.folder() is not None

    @property
    def reader_trouble(self) -> str:
        """One sentence on the reader that should help and cannot; "" where all is well."""
        return reader_at_hand.trouble()

    @property
    def notice(self) -> str:
        """What is unusual about the file's place and the clock, a sentence each, or ""."""
        return " ".join(filter(None, (self._store.notice, self.clock_notice)))

    @property
    def clock_notice(self) -> str:
        """A sentence where the clock was behind what the library was told, as it opened, or ""."""
        return self._clock_notice

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on any thread when something changed; returns an unsubscriber.

        Topics: "sources", "queue", "collections", "facts" (notes, too), "graph" (associations were
        drawn from what was read or told), "meaning" (see `embedding_progress`); at most 10 calls a
        second each. What other processes change in the same library is noticed, too, within a
        second.
        """
        with self._watcher_begins:
            # Closing waits for a watcher that has begun; after that none begins.
            begins = self._watcher is None and self._store.path is not None
            if begins and not self._closed.is_set():
                self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
                self._watcher.start()
        if not self._store.read_only:
            # What another program has added meanwhile may not have been read by the model.
            self._vectors.wake()
            self._language_chosen()
        return self._changes.subscribe(callback)

    def _language_chosen(self) -> None:
        if not self._store.read_only and self._model_reader.wanted():
            self._model_reading.wake()

    def _watch(self) -> None:
        seen = self._opened_at
        while not self._closed.wait(_LOOK_SECONDS):
            now = self._store.data_version()
            if now != seen:
                seen = now
                for topic in _TOPICS:
                    self._changes.tell(topic)

    def _at_once(self, topic: str) -> None:
        self._graph.wake(topic)
        if topic == "sources" and not self._store.read_only:
            self._vectors.wake()
            self._language_chosen()
        self._awake.note(topic)

    def _index(self) -> None:
        self._lexicon.refresh()

    def _busy(self) -> bool:
        """Whether something is at work that somebody waits for, and what follows it may wait."""
        return self._intake.working or self._subjects.making

    def search(
        self,
        query: Words,
        *,
        collection: Words | None = None,
        sources: Sequence[Id] | None = None,
        limit: Limit = 200,
        cancel: Cancel | None = None,
    ) -> SearchResult:
        """Sentences that contain all words of `query` in any form, with their places.

        A phrase in double quotes is found as it is written. Sources with most hits come first, each
        in the order of its text; sources in the trash are left out. `collection` and `sources`
        limit where it looks. At most `limit` hits are returned, `total` counts all. Raises
        `NotFoundError` for no such collection or source, `UsageError` for a limit below 1.
        """
        return full_text.search(
            self._store, self._lexicon.refresh(cancel), self._languages(), query,
            collection=collection, within=sources, limit=limit, cancel=cancel,
        )  # fmt: skip

    def _embed_if_wanted(self, report: Report, cancel: Cancel) -> None:
        # Where no model is to read the library, or none can be used, it is as good as read.
        with contextlib.suppress(NotFoundError):
            self.update_embeddings(report=report, cancel=cancel)

    def _languages(self) -> frozenset[str]:
        """The languages of the sources, read again only when other statements count."""
        with self._store.glance() as connection:
            standing = meta.standing(connection)
            known = self._spoken
            if known is None or known[0] != standing:
                known = self._spoken = standing, catalogue.languages(connection)
        return known[1]

    def _extents(self) -> list[text.Extent]:
        with self._store.glance() as connection:
            return text.extents(connection)

    def _said(self, engrams: Sequence[int]) -> dict[int, str]:
        with self._store.glance() as connection:
            return text.statements(connection, engrams)

    def _read_for_meaning(self, cancel: Cancel) -> None:
        """What the background does: what takes seconds before what may take hours."""
        self.update_subjects(cancel=cancel)
        self._word_use.update(cancel)
        if self._unread():
            self._embed(cancel)
        if self._pictures.space() is not None:
            self.update_pictures(cancel=cancel)

    # -- asking ---------------------------------------------------------------------------------

    def ask(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        sources: Sequence[Id] | None = None,
        limit: Limit = 5,
        quotes: bool = False,
        explain: bool = False,
        as_of: Words | float | None = None,
        depth: Words | None = None,
        turns: Sequence[Answer] | None = None,
        about: Words = "",
        read: bool = True,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Answer:
        """Answer from the library's own words; `sources` or `collection` limit what may count.

        Facts that were told count, too, unless `sources` are named. Raises `NotFoundError` for a
        source that is not there or in the trash. `as_of` answers from what the
        library held and what was true then; raises `UsageError` for what is no date. With a `depth`
        (see `reflex`) the answer has the memories that come to mind beside it.

        `turns` are the answers before it in a conversation, oldest first: a follow-up takes its
        subject from them, unless `about` names another, and where nothing carries, the answer asks
        back in its `suggestion`.

        The answer is quotes and comes at once, and calls no language model; `write` has it written.
        `quotes` says that it is to stay so. Unless `read` the reader is left out, which puts the
        quotes into order and chooses the sentences: a first look, in some tens of milliseconds,
        that is not noted as asked.
        """
        wanted: set[int] | None = None if sources is None else set(sources)
        if sources is not None:
            with self._store.read() as connection:
                catalogue.check_searched(connection, sources)
        if collection is not None:
            with self._store.read() as connection:
                inside = set(collections.source_ids(connection, collection))
            wanted = inside if wanted is None else wanted & inside
        if as_of is not None:
            before = {row.id for row in self.sources() if row.added <= moment(as_of)}
            wanted = before if wanted is None else wanted & before
        scope: dict[str, object] = {}
        if collection is not None:
            scope["collection"] = collection
        if sources is not None:
            scope["sources"] = list(sources)
        if as_of is not None:
            scope["as_of"] = as_of

        def answered(question: str, thread: Thread | None = None) -> Answer:
            answer = self._recall.ask(
                question, sources=wanted, limit=limit, explain=explain, read=read, thread=thread,
                cancel=cancel,
            )  # fmt: skip
            if sources is None:
                answer = self._with_told(answer, question, collection, limit, as_of, depth)
            return answer

        overview = self._overviews.answer(question, wanted, turns or (), limit, answered)
        if overview is not None:
            answer = overview
        elif turns is None and not about:
            answer = answered(question)
        else:
            # What reads a follow-up is loaded by the first, not to open a library.
            from workbench.recall.conversation import followed

            answer = followed(
                self._store, self._lexicon, question, turns or (), about, wanted, answered
            )
        if read:
            self._asked.note(
                collection, question, answered=not answer.abstained, sureness=answer.confidence
            )
        if read and as_of is None and not answer.abstained and answer.evidence:
            # What answers first is used by that; the rest is when somebody opens it.
            self._answered_by(*answer.evidence[0].engrams)
        return replace(answer, scope=scope)

    def introduce(self, source: Id, *, cancel: Cancel | None = None) -> Introduction:
        """What a source is about, and up to three questions that it answers, each tried.

        Raises `NotFoundError` for a source that is not there or in the trash.
        """
        with self._store.read() as connection:
            catalogue.check_searched(connection, [source])

        def asked(question: str) -> Answer:
            overview = self._overviews.answer(question, [source], (), 5, asked)
            return overview or self._recall.ask(question, sources={source}, cancel=cancel)

        return self._overviews.introduction(source, asked)

    def closest(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> list[Fact]:
        """Up to three told facts of a scope that come nearest to a question, best first."""
        return closest(self._fact_index, question, [collection], as_of=as_of)

    def _with_told(
        self,
        answer: Answer,
        question: str,
        collection: str | None,
        limit: int,
        as_of: str | float | None,
        depth: str | None,
    ) -> Answer:
        """The answer of the sources with what was told, and what comes to mind at a `depth`."""
        begun = time.perf_counter()
        scopes = [collection] if collection is not None else self.fact_scopes(about=question)
        answer = with_told(answer, told(self._fact_index, question, scopes, as_of=as_of))
        if depth is not None:
            recalled = self.reflex(
                question, depth=depth, collection=collection, limit=limit, as_of=as_of
            )
            answer = with_recalled(answer, recalled, valued(self._fact_index, recalled))
        answer = with_closest(answer, question, self._fact_index, scopes, as_of)
        took = answer.milliseconds + 1000 * (time.perf_counter() - begun)
        return replace(answer, milliseconds=took)

    # -- caring ---------------------------------------------------------------------------------

    def trash(self, sources: Sequence[Id]) -> None:
        """Move sources to the trash: nothing of them is found any more, nothing is lost."""
        self._store.write(lambda c: catalogue.trash(c, sources))
        self._tell_sources()

    def restore(self, sources: Sequence[Id]) -> None:
        """Bring sources back from the trash, with search and citations."""
        self._store.write(lambda c: catalogue.restore(c, sources))
        self._tell_sources()

    def preview_delete(self, sources: Sequence[Id]) -> Vanishing:
        """What `delete` would take and what it would leave (L6). Raises `NotFoundError`."""
        with self._graph.drawn() as connection:
            return removal.preview(connection, sources, self._store.path)

    def delete(self, sources: Sequence[Id]) -> bool:
        """Remove sources for good, in one transaction; no word of them is left in its files.

        Returns False where another reader holds on to an older moment of the library, so that its
        log is only emptied when the last program closes it. Raises `NotFoundError`, and
        `UsageError` for a source that is being read.
        """

        def work(connection: sqlite3.Connection) -> list[str]:
            places = [p for row in catalogue.by_ids(connection, sources) for p in row.locations]
            queue.let_go(connection, sources)
            removal.remove(connection, sources)
            return places

        places = self._store.write(work, sync=True)
        self._lexicon.forget()
        self._subjects.forget()
        self._word_use.forget()
        for place in map(Path, places):
            if place.parent == _pasted_folder():
                place.unlink(missing_ok=True)
        clean = removal.compact(self._store)
        self._tell_sources()
        return clean

    def backup(
        self, file: str | Path, *, report: Report = silent, cancel: Cancel | None = None
    ) -> Backup:
        """Copy the library to one file while it is in use, proven row by row and synced (X1).

        In a folder the copy gets the library's name and the date. An older backup of this library
        is replaced; anything else that has the name is refused with `UsageError`.
        """
        return self._store.backup(Path(file), report, cancel)

    @staticmethod
    def restore_backup(
        file: str | Path,
        path: str | Path | None = None,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Restored:
        """Put a backup in the place of the library at `path` (None: the default), closed before.

        What lies there is moved aside to `Restored.aside`. Refused with `LibraryLockedError` while
        any program has it open, and with `InputError` where the backup is not as it was made.
        """
        target = paths.default_library() if path is None else Path(path)
        if path is None:
            permissions.folder(target.parent)
        restored = copies.restore(Path(file), target, report, cancel)
        # The same id, other engrams under the same numbers: the index must be made anew.
        shutil.rmtree(paths.cache_dir() / "index" / restored.library, ignore_errors=True)
        return restored

    @staticmethod
    def salvage(
        source: str | Path,
        target: str | Path,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Salvaged:
        """Make a fresh library of all that can be read of a damaged one, which stays as it is.

        Texts that have lost chapters are read again where their original is at hand. Raises
        `NotFoundError`, `UsageError` where `target` exists, and `LibraryError`.
        """
        made = salvage(Path(source), Path(target), report, cancel)
        derived, lost = list(made.derived), list(made.lost)
        if made.reread:
            with Library.open(made.path) as library:
                for source_id in made.reread:
                    with contextlib.suppress(NotFoundError, InputError):
                        outcomes = library.reindex([source_id], report=report, cancel=cancel)
                        if any(added.error for added in outcomes):
                            continue
                        mark = f"(source {source_id})"
                        lost = [each for each in lost if mark not in each]
                        derived.append(f"A text was read again from its original {mark}.")
        return replace(made, derived=tuple(derived), lost=tuple(lost))

    def verify(
        self, *, repair: bool = False, report: Report = silent, cancel: Cancel | None = None
    ) -> Verified:
        """Check integrity, every quote's words at their place, counts, and index against truth.

        With `repair`, what is derivable is mended where something is wrong: counts, ownership,
        rows without an owner, the index; `Verified.problems` are those that are left.
        """
        stop = cancel or Cancel()
        found = self._verify(report, stop)
        if found.sound or not repair:
            return found
        mended = self._store.mend(repairs.mend)
        mended += self._store.mend(notes.derive_words)
        self._lexicon.rebuild(stop)
        self._subjects.forget()
        self._word_use.forget()
        self._fact_index.rebuild()
        mended.append("The index was made anew.")
        self._tell_sources()
        return replace(self._verify(report, stop), repaired=tuple(mended))

    def _verify(self, report: Report, cancel: Cancel) -> Verified:
        return verify(
            self._store,
            self._recall.finds,
            index=lambda stop: (
                *differences(self._store, self._lexicon, stop),
                *self._fact_index.differences(),
                *notes.differences(self._store),
            ),
            report=report,
            cancel=cancel,
        )


def _pasted_folder() -> Path:
    return paths.cache_dir() / "pasted"
