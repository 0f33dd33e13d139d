"""What all public calls of one open library work on: its file, indexes and background work.

A `Core` is made once for each library that is open and closed with it. It holds no public call;
those lie in the groups (`workbench.library.facts` and so on), which share it.
"""

import contextlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.brain.library.brain_recall import Thinking
from workbench.brain.library.emergent import Emergent
from workbench.brain.library.learning import Lessons
from workbench.changes import Changes
from workbench.errors import NotFoundError
from workbench.intake.intake import Intake
from workbench.jobs import Cancel, Report
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.telling_time import gone_back
from workbench.memory.graph import merging
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.modelling import ModelReader
from workbench.memory.lexicon import Lexicon
from workbench.memory.reflex.kept_settings import brain_config
from workbench.memory.reflex.learning import Learning
from workbench.memory.reflex.reflex_recall import Reflexes
from workbench.memory.regions.sensory import SensoryBuffer
from workbench.memory.rewards import Rewards
from workbench.recall import reader_at_hand
from workbench.recall.overview import Overviews
from workbench.recall.pictures import LibraryPictures
from workbench.recall.recall import Recall
from workbench.recall.subjects import Subjects
from workbench.recall.told_by_meaning import FactMeaning
from workbench.recall.vectors import SentenceEmbeddings
from workbench.recall.word_use import WordUse
from workbench.sleep.awake import Awake
from workbench.space.corpus_space import CorpusSpace
from workbench.space.embeddings.background import Background
from workbench.space.embeddings.searching import Embeddings
from workbench.space.pictures.showing import Pictures
from workbench.store import meta, text
from workbench.store import sources as catalogue
from workbench.store.store import Store

_TOPICS = ("sources", "queue", "collections", "facts")
_LOOK_SECONDS = 0.5


class Core:
    """The parts of one open library, wired to each other. Every method is for any thread."""

    def __init__(self, store: Store, cache: Path | None) -> None:
        """Use `Library.open`. Indexes are kept under `cache`; None keeps nothing on disk."""
        self.store = store
        self.graph = ConceptGraph(store, unite=self._unite_names, busy=self._busy)
        self._spoken: tuple[tuple[int, int], frozenset[str]] | None = None
        self.emergent = Emergent(store, self.languages)
        self.thinking = Thinking(store, lambda: self.emergent.meant)
        self.changes = Changes(self._at_once)
        self.graph.stating.learned = lambda: self.changes.tell("graph")
        self.lexicon = Lexicon(store, cache)
        self.space = CorpusSpace(store)
        self.fact_index = FactIndex(store, self.space.alike, cache)
        strengths = self.fact_index.strengths
        strengths.learns = lambda: brain_config(store).learning
        self.lessons = Lessons(store, strengths, lambda: brain_config(store).learning)
        self.rewards = Rewards()
        self.rewards.listener = self.lessons
        self.reflexes = Reflexes(
            self.graph, self.fact_index, self.lexicon, lambda: brain_config(store)
        )
        self.learning = Learning(store, strengths, lambda: brain_config(store))
        self.asked = QueryPatterns(store, strengths, lambda: brain_config(store))
        self.sensory = SensoryBuffer(store.clock)
        self._awake = Awake(store, strengths)
        self.subjects = Subjects(self.lexicon, store, self.languages, self._extents)
        self.word_use = WordUse(
            self.lexicon, self.subjects, store, self.languages, self._extents, self._said,
        )  # fmt: skip
        self.embeddings = SentenceEmbeddings(store, Embeddings(store), self.subjects, self.changes)
        self.recall = Recall(
            store, self.lexicon, strengths=strengths, tiers=self.embeddings.tiers,
            reader=reader_at_hand.at_hand,
        )  # fmt: skip
        self.fact_meaning = FactMeaning(
            self.fact_index, self.embeddings.searching, reader_at_hand.at_hand
        )
        self.pictures = LibraryPictures(
            store, self.changes, self.recall, Pictures(store), self.graph
        )
        self.model_reader = ModelReader(store, self.graph.stating)
        self._meaning = Background(
            self._read_for_meaning,
            lambda: (
                self.embeddings.unread()
                or self.pictures.space() is not None
                or self.subjects.stale()
                or self.word_use.stale()
            ),
            busy=lambda: self.intake.working,
        )
        self.embeddings.wake = self._meaning.wake
        self._model_reading = Background(
            lambda cancel: self.model_reader.catch_up(cancel=cancel),
            self.model_reader.wanted,
            "reading by a language model",
        )
        self.overviews = Overviews(store)
        self.intake = Intake(
            store, index=self.index, find=self.recall.finds, notify=self.changes.tell
        )
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._watcher_begins = threading.Lock()
        self.clock_notice = gone_back(store)
        # What others change before the watcher first looks is a change, too.
        self._opened_at = store.data_version() if store.path is not None else 0

    def close(self) -> None:
        """Stop every thread and process of this library and close the file."""
        if self._closed.is_set():
            return
        with self._watcher_begins:
            self._closed.set()
        # What still waits for another program's lock must not hold up the end of this one.
        self.store.stop_waiting()
        if self._watcher is not None:
            self._watcher.join()
        with contextlib.ExitStack() as ends:
            # All are closed, the file last, even where a damaged library lets one of them fail.
            for each in (
                self.store,
                self.fact_index,
                self.embeddings,
                self.pictures,
                self._model_reading,
                self._meaning,
                self.graph,
                self.thinking,
                self.emergent,
                self.lexicon,
                self.changes,
                self.intake,
            ):
                ends.callback(each.close)

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """As `Library.subscribe`."""
        with self._watcher_begins:
            # Closing waits for a watcher that has begun; after that none begins.
            begins = self._watcher is None and self.store.path is not None
            if begins and not self._closed.is_set():
                self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
                self._watcher.start()
        if not self.store.read_only:
            # What another program has added meanwhile may not have been read by the model.
            self._meaning.wake()
            self.language_chosen()
        return self.changes.subscribe(callback)

    def language_chosen(self) -> None:
        """A language model may have been chosen: let it read in the background if it is to."""
        if not self.store.read_only and self.model_reader.wanted():
            self._model_reading.wake()

    def index(self) -> None:
        """Take what was read since into the index."""
        self.lexicon.refresh()

    def forget_learned(self) -> None:
        """What was learned of words may count what is gone: it is learned again when asked for."""
        self.subjects.forget()
        self.word_use.forget()

    def languages(self) -> frozenset[str]:
        """The languages of the sources, read again only when other statements count."""
        with self.store.glance() as connection:
            standing = meta.standing(connection)
            known = self._spoken
            if known is None or known[0] != standing:
                known = self._spoken = standing, catalogue.languages(connection)
        return known[1]

    def embed_if_wanted(self, report: Report, cancel: Cancel) -> None:
        """Let an embedding model read on, where one is to read the library."""
        # Where no model is to read the library, or none can be used, it is as good as read.
        with contextlib.suppress(NotFoundError):
            self.embeddings.update(report=report, cancel=cancel)

    def answered_by(self, *engrams: int) -> int:
        """These answered first, which nobody has said to be good: they alone grow stronger."""
        use = self.fact_index.strengths
        if not engrams or self.store.read_only or not use.learns():
            return 0
        use.seen(engrams)
        return len(engrams)

    def _watch(self) -> None:
        seen = self._opened_at
        while not self._closed.wait(_LOOK_SECONDS):
            now = self.store.data_version()
            if now != seen:
                seen = now
                for topic in _TOPICS:
                    self.changes.tell(topic)

    def _at_once(self, topic: str) -> None:
        self.graph.wake(topic)
        if topic in ("sources", "facts") and not self.store.read_only:
            self._meaning.wake()
        if topic == "sources" and not self.store.read_only:
            self.language_chosen()
        self._awake.note(topic)

    def _busy(self) -> bool:
        """Whether something is at work that somebody waits for, and what follows it may wait."""
        return self.intake.working or self.subjects.making

    def _unite_names(self, cancel: Cancel) -> None:
        if merging.merge(self.graph, cancel=cancel, by_itself=True):
            self.changes.tell("facts")

    def _extents(self) -> list[text.Extent]:
        with self.store.glance() as connection:
            return text.extents(connection)

    def _said(self, engrams: Sequence[int]) -> dict[int, str]:
        with self.store.glance() as connection:
            return text.statements(connection, engrams)

    def _read_for_meaning(self, cancel: Cancel) -> None:
        """What the background does: what takes seconds before what may take hours."""
        self.subjects.update(cancel)
        self.word_use.update(cancel)
        if self.embeddings.unread():
            self.embeddings.read_on(cancel)
        if self.pictures.space() is not None:
            self.pictures.update(cancel=cancel)
