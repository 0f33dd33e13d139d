"""The parts of an open library that all public calls share: file, indexes, background work.

Each open library has one `Core`. It has no public calls; these are in the groups
(`workbench.library.facts` and so on).
"""

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.background_thread import Woken
from workbench.changes import Changes
from workbench.errors import LibraryError, NotFoundError
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts.statement_clock import clock_warning
from workbench.memory.reflex.settings import brain_config
from workbench.memory.rewards import Rewards
from workbench.models import choices
from workbench.once import once
from workbench.space.embeddings.background import Background
from workbench.store import meta
from workbench.store import sources as catalogue
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.brain.library.brain_recall import Thinking
    from workbench.brain.library.emergent import Emergent
    from workbench.brain.library.learning import Lessons
    from workbench.intake.intake import Intake
    from workbench.memory.asked.patterns import QueryPatterns
    from workbench.memory.facts.index import FactIndex
    from workbench.memory.graph.concept_graph import ConceptGraph
    from workbench.memory.graph.modelling import ModelReader
    from workbench.memory.lexicon import Lexicon
    from workbench.memory.reflex.learning import Learning
    from workbench.memory.reflex.reflex_recall import Reflexes
    from workbench.memory.regions.gate import SensoryBuffer
    from workbench.memory.strengths import Strengths
    from workbench.recall.embedding_reading import EmbeddingReading, StatementVectors
    from workbench.recall.overview import Overviews
    from workbench.recall.pictures import LibraryPictures
    from workbench.recall.reader import Reader
    from workbench.recall.recall import Recall
    from workbench.recall.reranker import Reranker
    from workbench.recall.similar_words import SimilarWords
    from workbench.recall.statements import Statements
    from workbench.sleep.schedule import Awake
    from workbench.space.corpus_space import CorpusSpace
    from workbench.space.pictures.showing import Pictures
    from workbench.store.text import Extent

_TOPICS = ("sources", "queue", "collections", "facts")
_POLL_SECONDS = 0.5
#: Passages that a trial question reads: of 39 trials about eleven sources, the results equal those
#: with all passages, in half the time; with 16 they do not.
_TRIED = 20
#: Statements without vectors that get static ones before the first question: .4 s for 10,000.
_APPROXIMATED = 10_000
#: Seconds that the background pauses after a slice of the index, for questions.
_PAUSE = 1.0


class Core:
    """The parts of one open library, connected. Thread-safe.

    Parts are created, and their modules imported, on first use.
    """

    def __init__(self, store: Store, cache: Path | None) -> None:
        """Use `Library.open`. Indexes are cached under `cache`; None: in memory only."""
        self.store = store
        self._spoken: tuple[tuple[int, int], frozenset[str]] | None = None
        self.changes = Changes(self._on_change)
        self._cache = cache
        #: Messages of failing background work, by its name.
        self.failures: dict[str, str] = {}
        self._meaning = Background(
            self._read_in_background,
            lambda: (
                bool(self.lexicon.refresh().unindexed)
                or self.embedding_reading.unread()
                or self.statement_vectors.left
                or self.pictures.space() is not None
                or self._is_judging_behind()
            ),
            busy=self._adding,
        )
        self._model_reading = Background(
            lambda cancel: self.model_reader.catch_up(cancel=cancel),
            lambda: self.model_reader.is_enabled(),
            "reading by a language model",
        )
        for worker in (self._meaning, self._model_reading):
            self._follow(worker)
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._watcher_begins = threading.Lock()
        self.clock_notice = clock_warning(store)
        # Changes by other processes since then are reported by the watcher.
        self._opened_at = store.data_version() if store.path is not None else 0

    @once
    def lexicon(self) -> "Lexicon":
        """The inverted index."""
        from workbench.memory.lexicon import Lexicon

        lexicon = Lexicon(self.store, self._cache)
        if not self.store.read_only:
            lexicon.wake = self._meaning.wake
        return lexicon

    @once
    def strengths(self) -> "Strengths":
        """Strengths of memories, which use changes."""
        from workbench.memory.strengths import Strengths

        strengths = Strengths(self.store)
        strengths.learns = lambda: brain_config(self.store).learning
        self._follow(strengths.worker)
        return strengths

    @once
    def query_patterns(self) -> "QueryPatterns":
        """Frequent questions and their sequences."""
        from workbench.memory.asked.patterns import QueryPatterns

        return QueryPatterns(self.store, self.strengths, lambda: brain_config(self.store))

    @once
    def awake(self) -> "Awake":
        """The record of days of use."""
        from workbench.sleep.schedule import Awake

        return Awake(self.store, self.strengths)

    @once
    def embedding_reading(self) -> "EmbeddingReading":
        """Embedding of the library, and search by embeddings."""
        from workbench.recall.embedding_reading import EmbeddingReading

        return EmbeddingReading(self.store, self.changes, self._meaning.wake)

    @once
    def recall(self) -> "Recall":
        """Retrieval of passages and sentences that answer."""
        from workbench.recall import reader_at_hand

        return self._recall(reader_at_hand.at_hand, reader_at_hand.reranker)

    @once
    def trial(self) -> "Recall":
        """As `recall`, with fewer passages read: whether a question can be answered."""
        from workbench.recall import reader_at_hand

        def first() -> "Reader | None":
            reader = reader_at_hand.at_hand()
            return reader and reader.of_first(_TRIED)

        return self._recall(first)

    def _recall(
        self,
        reader: "Callable[[], Reader | None]",
        reranker: "Callable[[], Reranker | None]" = lambda: None,
    ) -> "Recall":
        from workbench.recall.reader_at_hand import revisions
        from workbench.recall.recall import Recall

        # What another program added, or an older one.
        self.embedding_reading.approximate(_APPROXIMATED)
        return Recall(
            self.store, self.lexicon, self.strengths, self.embedding_reading.nearness, reader,
            revisions, reranker,
        )  # fmt: skip

    @once
    def fact_index(self) -> "FactIndex":
        """The index of told statements."""
        from workbench.memory.facts.index import FactIndex

        return FactIndex(
            self.lexicon, lambda word: self.space.interchangeable(word), self.strengths
        )

    @once
    def graph(self) -> "ConceptGraph":
        """Concepts, mentions and associations; a thread adds new ones."""
        from workbench.memory.graph.concept_graph import ConceptGraph

        graph = ConceptGraph(self.store, unite=self._unite_names, busy=self._adding)
        graph.stating.on_learn = lambda: self.changes.tell("graph")
        self._follow(graph.background)
        return graph

    @once
    def emergent(self) -> "Emergent":
        """Inferred associations, by similarity of use."""
        from workbench.brain.library.emergent import Emergent

        return Emergent(self.store, self.languages, self.graph.places)

    @once
    def thinking(self) -> "Thinking":
        """The spiking brain of this library."""
        from workbench.brain.library.brain_recall import Thinking
        from workbench.store import graph_rows

        def roads(connection: sqlite3.Connection) -> "Iterator[list[graph_rows.Road]]":
            # A work in two formats counts once.
            return graph_rows.associations(connection, self.graph.graphs.copies(connection))

        return Thinking(self.store, roads, lambda: self.emergent.similarity)

    @once
    def lessons(self) -> "Lessons":
        """Learning of the brain from use."""
        from workbench.brain.library.learning import Lessons

        return Lessons(self.store, self.strengths, lambda: brain_config(self.store).learning)

    @once
    def rewards(self) -> Rewards:
        """Feedback on answers, from which the brain learns."""
        rewards = Rewards()
        rewards.listener = self.lessons
        return rewards

    @once
    def reflexes(self) -> "Reflexes":
        """Recall by spreading activation."""
        from workbench.memory.reflex.reflex_recall import Reflexes

        return Reflexes(self.graph, self.fact_index, self.lexicon, lambda: brain_config(self.store))

    @once
    def learning(self) -> "Learning":
        """Links between memories recalled together (Hebbian learning)."""
        from workbench.memory.reflex.learning import Learning

        return Learning(self.store, self.strengths, lambda: brain_config(self.store))

    @once
    def sensory(self) -> "SensoryBuffer":
        """Recent perceptions."""
        from workbench.memory.regions.gate import SensoryBuffer

        return SensoryBuffer(self.store.clock)

    @once
    def space(self) -> "CorpusSpace":
        """Distributional similarity of words in the library."""
        from workbench.space.corpus_space import CorpusSpace

        return CorpusSpace(self.store)

    @once
    def similar_words(self) -> "SimilarWords":
        """Words of similar meaning among those of the library."""
        from workbench.recall.similar_words import SimilarWords

        return SimilarWords(self.lexicon, self.languages, self._extents, self.statement_texts)

    @once
    def statements(self) -> "Statements":
        """Told statements as candidates for an answer."""
        from workbench.recall import reader_at_hand
        from workbench.recall.statements import Statements

        return Statements(
            self.fact_index,
            self.statement_vectors,
            reader_at_hand.at_hand,
            reader_at_hand.revisions,
        )

    @once
    def statement_vectors(self) -> "StatementVectors":
        """Sentence vectors of told statements."""
        from workbench.recall.embedding_reading import StatementVectors

        reading = self.embedding_reading
        return StatementVectors(
            self.store, reading.search, reading.shipped_model, self._meaning.wake
        )

    @once
    def pictures(self) -> "LibraryPictures":
        """Pictures, and search among them."""
        from workbench.recall.pictures import LibraryPictures

        return LibraryPictures(self.store, self.changes, self.picture_search, self.graph)

    @once
    def picture_search(self) -> "Pictures":
        """Embeddings of pictures, and search in them."""
        from workbench.space.pictures.showing import Pictures

        return Pictures(self.store)

    @once
    def model_reader(self) -> "ModelReader":
        """Extraction of associations from passages by a language model."""
        from workbench.memory.graph.modelling import ModelReader

        return ModelReader(self.store, self.graph.stating)

    @once
    def overviews(self) -> "Overviews":
        """Answers to questions for an overview."""
        from workbench.recall.overview import Overviews

        return Overviews(self.store)

    @once
    def intake(self) -> "Intake":
        """The queue of sources to read."""
        from workbench.intake.intake import Intake
        from workbench.intake.records import Hooks

        return Intake(self.store, Hooks(self.index, self.recall.finds, self.changes.tell))

    def close(self) -> None:
        """End all threads and processes of this library, and close the file."""
        if self._closed.is_set():
            return
        with self._watcher_begins:
            self._closed.set()
        # Calls that wait for another process's lock must not delay closing.
        self.store.stop_waiting()
        if self._watcher is not None:
            self._watcher.join()
        with contextlib.ExitStack() as ends:
            # All are closed, the file last, even if a damaged library makes one fail.
            for name in (
                "store",
                "fact_index",
                "strengths",
                "embedding_reading",
                "picture_search",
                "_model_reading",
                "_meaning",
                "graph",
                "thinking",
                "emergent",
                "lexicon",
                "changes",
                "intake",
            ):
                ends.callback(self._end, name)

    def _end(self, part: str) -> None:
        """Close a part if it was created; until then background work may create it."""
        component = vars(self).get(part)
        if component is not None:
            component.close()

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """As `Library.subscribe`."""
        with self._watcher_begins:
            # `close` waits for a running watcher; no new one may start.
            starts = self._watcher is None and self.store.path is not None
            if starts and not self._closed.is_set():
                self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
                self._watcher.start()
        if not self.store.read_only:
            # Other processes may have added sources that are not embedded.
            self._meaning.wake()
            self.start_language_reading()
        return self.changes.subscribe(callback)

    def start_language_reading(self) -> None:
        """Wake the language model's reading if a model for extraction is chosen."""
        if not self.store.read_only and choices.load().extraction:
            self._model_reading.wake()

    def index(self) -> None:
        """Index what was read since, by words and by meaning."""
        self.lexicon.refresh()
        self.embedding_reading.approximate()

    def languages(self) -> frozenset[str]:
        """The languages of the sources, cached until the statements change."""
        with self.store.read() as connection:
            version = meta.statement_version(connection)
            cached = self._spoken
            if cached is None or cached[0] != version:
                cached = self._spoken = version, catalogue.languages(connection)
        return cached[1]

    def embed_if_enabled(self, report: Report, cancel: Cancel) -> None:
        """Embed what is new, if the library uses an embedding model."""
        # Without a usable model there is nothing to embed.
        with contextlib.suppress(NotFoundError):
            self.embedding_reading.read(report, cancel)

    def mark_answers_read(self, *engrams: int) -> int:
        """Strengthen the statements of the first answer, without feedback; returns their number."""
        use = self.strengths
        if not engrams or self.store.read_only or not use.learns():
            return 0
        use.mark_read(engrams)
        return len(engrams)

    def _watch(self) -> None:
        version = self._opened_at
        while not self._closed.wait(_POLL_SECONDS):
            try:
                current = self.store.data_version()
            except (LibraryError, sqlite3.Error):
                # Temporarily unavailable: try again.
                continue
            if current != version:
                version = current
                for topic in _TOPICS:
                    self.changes.tell(topic)

    def _follow(self, worker: Woken) -> None:
        """Store and publish why background work fails, until it succeeds."""
        worker.on_failure = partial(self._note_failure, worker.name)

    def _note_failure(self, name: str, sentence: str) -> None:
        self.failures.pop(name, None)
        if sentence:
            self.failures[name] = sentence
        self.changes.tell("meaning")
        with self.store.read() as connection:
            stored = meta.failures(connection).get(name, "")
        if stored != sentence and not self.store.read_only:
            self.store.write(lambda c: meta.note_failure(c, name, sentence))

    def _on_change(self, topic: str) -> None:
        if not self._closed.is_set():
            self.graph.wake(topic)
        if topic in ("sources", "facts") and not self.store.read_only:
            self._meaning.wake()
        if topic == "sources" and not self.store.read_only:
            self.start_language_reading()
        self.awake.note(topic)

    def _adding(self) -> bool:
        """Whether sources are being added."""
        return "intake" in vars(self) and self.intake.working

    def _unite_names(self, cancel: Cancel) -> None:
        from workbench.memory.graph import merging

        if merging.merge(self.graph, cancel=cancel, by_itself=True):
            self.changes.tell("facts")

    def _extents(self) -> "list[Extent]":
        from workbench.store import text

        with self.store.read() as connection:
            return text.extents(connection)

    def statement_texts(self, engrams: Sequence[int]) -> dict[int, str]:
        """The texts of engrams by id."""
        from workbench.store import text

        with self.store.read() as connection:
            return text.statements(connection, engrams)

    def _read_in_background(self, cancel: Cancel) -> None:
        """Background work: short tasks before those that may take hours."""
        self._index_statements(cancel)
        self.judge_told(cancel)
        if self.embedding_reading.unread():
            self.embedding_reading.read_on(cancel)
        self.statement_vectors.embed_left(cancel)
        if self.pictures.space() is not None:
            self.picture_search.update(silent, cancel)

    def _is_judging_behind(self) -> bool:
        """Whether statements were told that a model of revisions has not judged."""
        from workbench.memory.facts import revising
        from workbench.recall import revision

        version = revision_version(revision.shipped())
        has_model = version != "" and not self.store.read_only
        return has_model and revising.is_behind(self.store, version)

    def judge_told(self, cancel: Cancel) -> None:
        """Judge what the statements told since the last time do to earlier ones."""
        from workbench.memory.facts import revising
        from workbench.recall import reader_at_hand, revision

        version = revision_version(revision.shipped())
        if version and not self.store.read_only:
            revising.catch_up(self.fact_index, reader_at_hand.revisions, version, cancel)

    def _index_statements(self, cancel: Cancel) -> None:
        if not self.lexicon.refresh(cancel).unindexed:
            return
        try:
            self.lexicon.index_all(self.embedding_reading.show, cancel, rest=_PAUSE)
        finally:
            self.embedding_reading.show(None)


@cache
def revision_version(folder: Path | None) -> str:
    """A digest of the head of a model of revisions; "" without one."""
    if folder is None:
        return ""
    return hashlib.blake2b((folder / "heads.safetensors").read_bytes(), digest_size=8).hexdigest()
