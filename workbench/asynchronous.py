"""The library for asyncio: every call of `Library` and its groups, off the event loop.

Each call runs on threads of its own, by the same name and with the same arguments and results. A
task that is cancelled while it waits for a long call (one that takes `cancel`) stops that call and
ends when the call has ended; progress and changes are reported on the event loop.
"""

import asyncio
import inspect
import threading
import time
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial, wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar

from workbench.care.salvage import Salvaged
from workbench.errors import Cancelled, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library import Library
from workbench.library.answers import Answers
from workbench.library.brain import Brain
from workbench.library.collections import Collections
from workbench.library.facts import Facts
from workbench.library.graph import Graph
from workbench.library.memory import Memory
from workbench.library.models import Models
from workbench.library.notes import Notes
from workbench.library.queue import Queue
from workbench.library.sleep import Sleep
from workbench.library.sources import Sources
from workbench.library.vault import Vault
from workbench.library.versions import Versions
from workbench.recall.pictures import LibraryPictures
from workbench.recall.vectors import SentenceEmbeddings
from workbench.store.backup import Restored

P = ParamSpec("P")
R = TypeVar("R")
G = TypeVar("G")

#: Calls that may run at once; the others wait for their turn.
_THREADS = 8


class _Beside(Protocol):
    """What has calls that run beside the event loop."""

    async def _beside(self, call: Callable[..., R], long: bool, *args: Any, **given: Any) -> R: ...


def beside(
    call: Callable[Concatenate[Any, P], R],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, R]]:
    """A call of the library, or of a group of it, as a coroutine that runs it on a thread."""
    long = "cancel" in inspect.signature(call).parameters

    @wraps(call)
    async def awaited(self: _Beside, /, *args: P.args, **given: P.kwargs) -> R:
        return await self._beside(call, long, *args, **given)

    return awaited


class Opening:
    """A library that is being opened: `await` it, or use it with `async with`."""

    def __init__(self, open_it: Callable[[], Library]) -> None:
        """Use `AsyncLibrary.open`."""
        self._open_it = open_it
        self._library: AsyncLibrary | None = None

    def __await__(self) -> "Generator[Any, None, AsyncLibrary]":
        return self._opened().__await__()

    async def __aenter__(self) -> "AsyncLibrary":
        self._library = await self._opened()
        return self._library

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._library is not None:
            await self._library.close()

    async def _opened(self) -> "AsyncLibrary":
        opening = asyncio.ensure_future(asyncio.to_thread(self._open_it))
        try:
            library = await asyncio.shield(opening)
        except asyncio.CancelledError:
            # What was opened for nobody must not stay open.
            await asyncio.wait([opening])
            if opening.exception() is None:
                await asyncio.to_thread(opening.result().close)
            raise
        return AsyncLibrary(library)


class AsyncGroup(Generic[G]):
    """A group of a library's calls; each runs beside the event loop."""

    def __init__(self, library: "AsyncLibrary", group: G) -> None:
        """Made with the library that it is of."""
        self._library = library
        self._group = group

    async def _beside(self, call: Callable[..., R], long: bool, *args: Any, **given: Any) -> R:
        return await self._library._run(partial(call, self._group), long, *args, **given)


class AsyncSources(AsyncGroup[Sources]):
    """`library.sources` for asyncio."""

    get = beside(Sources.get)
    list = beside(Sources.list)
    sections = beside(Sources.sections)
    passages = beside(Sources.passages)
    text = beside(Sources.text)
    text_at = beside(Sources.text_at)
    pages = beside(Sources.pages)
    page_boxes = beside(Sources.page_boxes)
    page_picture = beside(Sources.page_picture)
    waveform = beside(Sources.waveform)
    sound_clip = beside(Sources.sound_clip)
    original = beside(Sources.original)
    original_bytes = beside(Sources.original_bytes)
    missing = beside(Sources.missing)
    locate = beside(Sources.locate)
    locate_others = beside(Sources.locate_others)
    trash = beside(Sources.trash)
    restore = beside(Sources.restore)
    preview_delete = beside(Sources.preview_delete)
    delete = beside(Sources.delete)
    reindex = beside(Sources.reindex)
    correct = beside(Sources.correct)
    tag = beside(Sources.tag)
    untag = beside(Sources.untag)
    tags = beside(Sources.tags)
    related = beside(Sources.related)
    related_sources = beside(Sources.related_sources)
    introduce = beside(Sources.introduce)


class AsyncCollections(AsyncGroup[Collections]):
    """`library.collections` for asyncio."""

    list = beside(Collections.list)
    create = beside(Collections.create)
    rename = beside(Collections.rename)
    remove = beside(Collections.remove)
    assign = beside(Collections.assign)
    unassign = beside(Collections.unassign)
    scopes = beside(Collections.scopes)
    set_capacity = beside(Collections.set_capacity)
    neighbours = beside(Collections.neighbours)
    merge = beside(Collections.merge)
    add_project = beside(Collections.add_project)
    project = beside(Collections.project)
    projects = beside(Collections.projects)
    assign_project = beside(Collections.assign_project)
    end_project = beside(Collections.end_project)


class AsyncQueue(AsyncGroup[Queue]):
    """`library.queue` for asyncio."""

    enqueue = beside(Queue.enqueue)
    reindex = beside(Queue.reindex)
    list = beside(Queue.list)
    summary = beside(Queue.summary)
    work = beside(Queue.work)
    watch = beside(Queue.watch)
    unwatch = beside(Queue.unwatch)
    watched = beside(Queue.watched)
    pause = beside(Queue.pause)
    resume = beside(Queue.resume)
    skip = beside(Queue.skip)
    retry = beside(Queue.retry)
    prioritize = beside(Queue.prioritize)
    without_page = beside(Queue.without_page)
    cancel = beside(Queue.cancel)
    dismiss = beside(Queue.dismiss)
    changed = beside(Queue.changed)
    playlist = beside(Queue.playlist)
    links_in = staticmethod(Queue.links_in)
    sample_file = staticmethod(Queue.sample_file)

    @property
    def paused(self) -> bool:
        """Whether the queue rests."""
        return self._group.paused


class AsyncFacts(AsyncGroup[Facts]):
    """`library.facts` for asyncio."""

    tell = beside(Facts.tell)
    perceive = beside(Facts.perceive)
    value = beside(Facts.value)
    recall = beside(Facts.recall)
    recall_across = beside(Facts.recall_across)
    recall_many = beside(Facts.recall_many)
    reflex = beside(Facts.reflex)
    depth = beside(Facts.depth)
    context = beside(Facts.context)
    history = beside(Facts.history)
    wordings = beside(Facts.wordings)
    list = beside(Facts.list)
    count = beside(Facts.count)
    scopes = beside(Facts.scopes)
    closest = beside(Facts.closest)
    get = beside(Facts.get)
    card = beside(Facts.card)
    info = beside(Facts.info)
    details = beside(Facts.details)
    edit = beside(Facts.edit)
    undo_edit = beside(Facts.undo_edit)
    set_expiry = beside(Facts.set_expiry)
    mark = beside(Facts.mark)
    mark_ids = beside(Facts.mark_ids)
    forget = beside(Facts.forget)
    remove = beside(Facts.remove)
    chain = beside(Facts.chain)
    associate = beside(Facts.associate)
    conflicts = beside(Facts.conflicts)
    resolve = beside(Facts.resolve)
    undo_resolution = beside(Facts.undo_resolution)


class AsyncNotes(AsyncGroup[Notes]):
    """`library.notes` for asyncio."""

    add = beside(Notes.add)
    list = beside(Notes.list)
    remove = beside(Notes.remove)
    highlight = beside(Notes.highlight)
    highlights = beside(Notes.highlights)
    change_highlight = beside(Notes.change_highlight)
    export_highlights = beside(Notes.export_highlights)
    set_variable = beside(Notes.set_variable)
    variable = beside(Notes.variable)
    variables = beside(Notes.variables)
    remove_variable = beside(Notes.remove_variable)
    set_stance = beside(Notes.set_stance)
    stance = beside(Notes.stance)
    stances = beside(Notes.stances)


class AsyncGraph(AsyncGroup[Graph]):
    """`library.graph` for asyncio."""

    concepts = beside(Graph.concepts)
    concept = beside(Graph.concept)
    concepts_of = beside(Graph.concepts_of)
    said_at = beside(Graph.said_at)
    sentences = beside(Graph.sentences)
    evidence = beside(Graph.evidence)
    associated = beside(Graph.associated)
    path = beside(Graph.path)
    neighbourhood = beside(Graph.neighbourhood)
    between = beside(Graph.between)
    statements = beside(Graph.statements)
    strengths = beside(Graph.strengths)
    links = beside(Graph.links)
    rename = beside(Graph.rename)
    retype = beside(Graph.retype)
    merge = beside(Graph.merge)
    split = beside(Graph.split)
    undo = beside(Graph.undo)
    confirm = beside(Graph.confirm)
    reject = beside(Graph.reject)
    undo_judgement = beside(Graph.undo_judgement)
    find_aliases = beside(Graph.find_aliases)
    merge_aliases = beside(Graph.merge_aliases)
    aliases = beside(Graph.aliases)
    accept_alias = beside(Graph.accept_alias)
    reject_alias = beside(Graph.reject_alias)
    link_concepts = beside(Graph.link_concepts)
    link_triples = beside(Graph.link_triples)
    concepts_behind = beside(Graph.concepts_behind)
    triples_behind = beside(Graph.triples_behind)
    progress = beside(Graph.progress)
    learn_text = beside(Graph.learn_text)
    similar_words = beside(Graph.similar_words)
    word_nearness = beside(Graph.word_nearness)
    near_words = beside(Graph.near_words)


class AsyncMemory(AsyncGroup[Memory]):
    """`library.memory` for asyncio."""

    strengthen = beside(Memory.strengthen)
    strengthen_ids = beside(Memory.strengthen_ids)
    pin = beside(Memory.pin)
    pin_ids = beside(Memory.pin_ids)
    strength = beside(Memory.strength)
    strength_of_id = beside(Memory.strength_of_id)
    retention = beside(Memory.retention)
    curve = beside(Memory.curve)
    fading = beside(Memory.fading)
    used = beside(Memory.used)
    reinforce = beside(Memory.reinforce)
    reinforcing = beside(Memory.reinforcing)
    undo_reinforcing = beside(Memory.undo_reinforcing)
    archive = beside(Memory.archive)
    unarchive = beside(Memory.unarchive)
    link = beside(Memory.link)
    consolidate = beside(Memory.consolidate)
    undo_consolidation = beside(Memory.undo_consolidation)
    working = beside(Memory.working)
    sensed = beside(Memory.sensed)
    rehearse = beside(Memory.rehearse)
    due = beside(Memory.due)
    review = beside(Memory.review)
    keep = beside(Memory.keep)
    stop_reviewing = beside(Memory.stop_reviewing)
    reviews = beside(Memory.reviews)
    topics = beside(Memory.topics)
    suggest = beside(Memory.suggest)
    query_patterns = beside(Memory.query_patterns)
    forget_asked = beside(Memory.forget_asked)


class AsyncSleep(AsyncGroup[Sleep]):
    """`library.sleep` for asyncio."""

    run = beside(Sleep.run)
    undo = beside(Sleep.undo)
    history = beside(Sleep.history)
    state = beside(Sleep.state)
    settings = beside(Sleep.settings)
    configure = beside(Sleep.configure)
    summaries = beside(Sleep.summaries)
    proposals = beside(Sleep.proposals)
    accept = beside(Sleep.accept)
    reject = beside(Sleep.reject)
    reopen = beside(Sleep.reopen)


class AsyncBrain(AsyncGroup[Brain]):
    """`library.brain` for asyncio."""

    status = beside(Brain.status)
    resize = beside(Brain.resize)
    prepare = beside(Brain.prepare)
    recall = beside(Brain.recall)
    assembly = beside(Brain.assembly)
    learned = beside(Brain.learned)
    dream = beside(Brain.dream)
    lessons = beside(Brain.lessons)
    unlearn = beside(Brain.unlearn)
    map = beside(Brain.map)
    beside_answer = beside(Brain.beside_answer)
    settings = beside(Brain.settings)
    configure = beside(Brain.configure)


class AsyncModels(AsyncGroup[Models]):
    """`library.models` for asyncio."""

    choices = beside(Models.choices)
    set_server = beside(Models.set_server)
    language = beside(Models.language)
    choose = beside(Models.choose)
    pull = beside(Models.pull)
    try_ = beside(Models.try_)
    status = beside(Models.status)
    read = beside(Models.read)
    readings = beside(Models.readings)
    speech = beside(Models.speech)
    use_speech = beside(Models.use_speech)
    fetch_speech = beside(Models.fetch_speech)


class AsyncSentenceEmbeddings(AsyncGroup[SentenceEmbeddings]):
    """`library.embeddings` for asyncio."""

    read_in_background = beside(SentenceEmbeddings.read_in_background)
    progress = beside(SentenceEmbeddings.progress)
    models = beside(SentenceEmbeddings.models)
    served = beside(SentenceEmbeddings.served)
    spaces = beside(SentenceEmbeddings.spaces)
    use = beside(SentenceEmbeddings.use)
    update = beside(SentenceEmbeddings.update)
    drop = beside(SentenceEmbeddings.drop)
    try_ = beside(SentenceEmbeddings.try_)
    update_subjects = beside(SentenceEmbeddings.update_subjects)


class AsyncLibraryPictures(AsyncGroup[LibraryPictures]):
    """`library.pictures` for asyncio."""

    space = beside(LibraryPictures.space)
    use = beside(LibraryPictures.use)
    update = beside(LibraryPictures.update)
    drop = beside(LibraryPictures.drop)
    missing = beside(LibraryPictures.missing)
    model = beside(LibraryPictures.model)
    find = beside(LibraryPictures.find)
    like = beside(LibraryPictures.like)
    labels = beside(LibraryPictures.labels)
    texts = beside(LibraryPictures.texts)


class AsyncAnswers(AsyncGroup[Answers]):
    """`library.answers` for asyncio."""

    writes = beside(Answers.writes)
    write = beside(Answers.write)
    keep = beside(Answers.keep)
    list = beside(Answers.list)
    get = beside(Answers.get)
    forget = beside(Answers.forget)
    export = beside(Answers.export)


class AsyncVault(AsyncGroup[Vault]):
    """`library.vault` for asyncio."""

    put = beside(Vault.put)
    get = beside(Vault.get)
    scopes = beside(Vault.scopes)


class AsyncVersions(AsyncGroup[Versions]):
    """`library.versions` for asyncio."""

    save = beside(Versions.save)
    list = beside(Versions.list)
    diff = beside(Versions.diff)
    restore = beside(Versions.restore)
    drop = beside(Versions.drop)


class AsyncLibrary:
    """One `.brain` file for asyncio; to be used on the event loop on which it was opened."""

    def __init__(self, library: Library) -> None:
        """Use `AsyncLibrary.open`."""
        self._library = library
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="library")
        self._lock = threading.Lock()
        self._running: set[Cancel] = set()
        self._ending: asyncio.Future[None] | None = None
        self.sources = AsyncSources(self, library.sources)
        self.collections = AsyncCollections(self, library.collections)
        self.queue = AsyncQueue(self, library.queue)
        self.facts = AsyncFacts(self, library.facts)
        self.notes = AsyncNotes(self, library.notes)
        self.graph = AsyncGraph(self, library.graph)
        self.memory = AsyncMemory(self, library.memory)
        self.sleep = AsyncSleep(self, library.sleep)
        self.brain = AsyncBrain(self, library.brain)
        self.models = AsyncModels(self, library.models)
        self.embeddings = AsyncSentenceEmbeddings(self, library.embeddings)
        self.pictures = AsyncLibraryPictures(self, library.pictures)
        self.answers = AsyncAnswers(self, library.answers)
        self.vault = AsyncVault(self, library.vault)
        self.versions = AsyncVersions(self, library.versions)

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        read_only: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> Opening:
        """Open or create the library at `path`, as `Library.open` does.

        `async with AsyncLibrary.open(…) as library` closes it in the end; `await
        AsyncLibrary.open(…)` leaves that to the caller.
        """
        return Opening(partial(Library.open, path, read_only=read_only, clock=clock))

    async def close(self) -> None:
        """Stop long calls, wait for the others, and close the file with all its threads."""
        if self._ending is None:
            self._ending = asyncio.ensure_future(asyncio.to_thread(self._end))
        await asyncio.shield(self._ending)

    def _end(self) -> None:
        with self._lock:
            for cancel in self._running:
                cancel.set()
        self._pool.shutdown(wait=True)
        self._library.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self.close()

    async def _beside(self, call: Callable[..., R], long: bool, *args: Any, **given: Any) -> R:
        return await self._run(partial(call, self._library), long, *args, **given)

    async def _run(self, call: Callable[..., R], long: bool, *args: Any, **given: Any) -> R:
        if self._ending is not None:
            raise UsageError("This library is closed.", "Open it again.")
        if not long:
            return await asyncio.wrap_future(self._pool.submit(partial(call, *args, **given)))
        cancel = given.pop("cancel", None) or Cancel()
        if "report" in given:
            given["report"] = _on_loop(given["report"])
        with self._lock:
            self._running.add(cancel)
        try:
            work = partial(call, *args, cancel=cancel, **given)
            return await _stoppable(self._pool, work, cancel)
        finally:
            with self._lock:
                self._running.discard(cancel)

    async def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on the event loop when something changed, as `Library` says."""
        loop = asyncio.get_running_loop()

        def tell(topic: str) -> None:
            # The loop may end before the library does.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(callback, topic)

        return await asyncio.wrap_future(self._pool.submit(self._library.subscribe, tell))

    @property
    def path(self) -> Path | None:
        """Where the library lies; None for one that keeps nothing."""
        return self._library.path

    @property
    def id(self) -> str:
        """The library's own id, given at its making."""
        return self._library.id

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored."""
        return self._library.read_only

    @property
    def notice(self) -> str:
        """What is unusual about the file's place and the clock, a sentence each, or ""."""
        return self._library.notice

    @property
    def clock_notice(self) -> str:
        """A sentence where the clock was behind what the library was told, as it opened, or ""."""
        return self._library.clock_notice

    @property
    def reads(self) -> bool:
        """Whether there is a reader, which finds out which of what was found answers."""
        return self._library.reads

    @property
    def reader_trouble(self) -> str:
        """One sentence on the reader that should help and cannot; "" where all is well."""
        return self._library.reader_trouble

    @staticmethod
    async def restore_backup(
        file: str | Path,
        path: str | Path | None = None,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Restored:
        """Put a backup in the place of a library that is closed, as `Library` does."""
        stop = cancel or Cancel()
        with ThreadPoolExecutor(1, thread_name_prefix="library") as pool:
            work = partial(Library.restore_backup, file, path, report=_on_loop(report), cancel=stop)
            return await _stoppable(pool, work, stop)

    @staticmethod
    async def salvage(
        source: str | Path,
        target: str | Path,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Salvaged:
        """Make a fresh library of what can be read of a damaged one, as `Library` does."""
        stop = cancel or Cancel()
        with ThreadPoolExecutor(1, thread_name_prefix="library") as pool:
            work = partial(Library.salvage, source, target, report=_on_loop(report), cancel=stop)
            return await _stoppable(pool, work, stop)

    ask = beside(Library.ask)
    search = beside(Library.search)
    turn = beside(Library.turn)
    add = beside(Library.add)
    add_text = beside(Library.add_text)
    add_sample = beside(Library.add_sample)
    train_db = beside(Library.train_db)
    verify = beside(Library.verify)
    backup = beside(Library.backup)
    export = beside(Library.export)
    import_ = beside(Library.import_)
    undo_import = beside(Library.undo_import)
    health = beside(Library.health)
    alerts = beside(Library.alerts)
    acknowledge = beside(Library.acknowledge)
    stats = beside(Library.stats)


async def _stoppable(pool: ThreadPoolExecutor, work: Callable[[], R], cancel: Cancel) -> R:
    """Run `work` on the pool; whoever stops waiting for it stops it, and waits for its end."""
    job = pool.submit(work)
    waiting = asyncio.wrap_future(job)
    try:
        return await asyncio.shield(waiting)
    except asyncio.CancelledError as stopped:
        if not job.cancel():
            cancel.set()
            await asyncio.wait([waiting])
            fault = waiting.exception()
            if fault is not None and not isinstance(fault, Cancelled):
                raise stopped from fault
        raise


def _on_loop(report: Report) -> Report:
    """The same report, called on the event loop that runs now."""
    if report is silent:
        return report
    loop = asyncio.get_running_loop()

    def tell(progress: Progress) -> None:
        loop.call_soon_threadsafe(report, progress)

    return tell
