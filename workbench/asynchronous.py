"""The library for asyncio: every door of `Library`, awaited, with no call on the event loop.

Each door runs on threads of its own, by the same name and with the same arguments and results. A
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
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from workbench.care.salvage import Salvaged
from workbench.errors import Cancelled, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library import Library
from workbench.store.backup import Restored

P = ParamSpec("P")
R = TypeVar("R")

#: Calls that may run at once; the others wait for their turn.
_THREADS = 8


def beside(
    door: Callable[Concatenate[Library, P], R],
) -> Callable[Concatenate["AsyncLibrary", P], Coroutine[Any, Any, R]]:
    """A door of the library as a coroutine that runs it on a thread."""
    long = "cancel" in inspect.signature(door).parameters

    @wraps(door)
    async def call(self: "AsyncLibrary", /, *args: P.args, **given: P.kwargs) -> R:
        return await self._beside(door, long, *args, **given)

    return call


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


class AsyncLibrary:
    """One `.brain` file for asyncio; to be used on the event loop on which it was opened."""

    def __init__(self, library: Library) -> None:
        """Use `AsyncLibrary.open`."""
        self._library = library
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="library")
        self._lock = threading.Lock()
        self._running: set[Cancel] = set()
        self._ending: asyncio.Future[None] | None = None

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

    async def _beside(
        self,
        door: Callable[..., R],
        long: bool,
        *args: Any,
        **given: Any,
    ) -> R:
        if self._ending is not None:
            raise UsageError("This library is closed.", "Open it again.")
        if not long:
            return await asyncio.wrap_future(
                self._pool.submit(partial(door, self._library, *args, **given))
            )
        cancel = given.pop("cancel", None) or Cancel()
        if "report" in given:
            given["report"] = _on_loop(given["report"])
        with self._lock:
            self._running.add(cancel)
        try:
            work = partial(door, self._library, *args, cancel=cancel, **given)
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

    @property
    def paused(self) -> bool:
        """Whether the queue rests."""
        return self._library.paused

    links_in = staticmethod(Library.links_in)
    sample_file = staticmethod(Library.sample_file)

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

    # -- asking and caring
    ask = beside(Library.ask)
    introduce = beside(Library.introduce)
    search = beside(Library.search)
    write = beside(Library.write)
    writes = beside(Library.writes)
    keep_answer = beside(Library.keep_answer)
    kept_answers = beside(Library.kept_answers)
    kept_answer = beside(Library.kept_answer)
    forget_answers = beside(Library.forget_answers)
    export_answer = beside(Library.export_answer)
    trash = beside(Library.trash)
    restore = beside(Library.restore)
    preview_delete = beside(Library.preview_delete)
    delete = beside(Library.delete)
    backup = beside(Library.backup)
    verify = beside(Library.verify)

    # -- reading
    add = beside(Library.add)
    add_text = beside(Library.add_text)
    add_sample = beside(Library.add_sample)
    enqueue = beside(Library.enqueue)
    changed = beside(Library.changed)
    reindex = beside(Library.reindex)
    enqueue_reindex = beside(Library.enqueue_reindex)
    work = beside(Library.work)
    queue = beside(Library.queue)
    queue_summary = beside(Library.queue_summary)
    watch = beside(Library.watch)
    playlist = beside(Library.playlist)
    waveform = beside(Library.waveform)
    sound_clip = beside(Library.sound_clip)
    speech_models = beside(Library.speech_models)
    use_speech_model = beside(Library.use_speech_model)
    get_speech_model = beside(Library.get_speech_model)
    correct_transcript = beside(Library.correct_transcript)
    unwatch = beside(Library.unwatch)
    watched = beside(Library.watched)
    pause = beside(Library.pause)
    resume = beside(Library.resume)
    skip = beside(Library.skip)
    retry = beside(Library.retry)
    prioritize = beside(Library.prioritize)
    leave_out_page = beside(Library.leave_out_page)
    cancel = beside(Library.cancel)
    dismiss = beside(Library.dismiss)

    # -- the shelf
    sources = beside(Library.sources)
    source = beside(Library.source)
    collections = beside(Library.collections)
    create_collection = beside(Library.create_collection)
    rename_collection = beside(Library.rename_collection)
    assign = beside(Library.assign)
    unassign = beside(Library.unassign)
    remove_collection = beside(Library.remove_collection)
    tags = beside(Library.tags)
    tag = beside(Library.tag)
    untag = beside(Library.untag)
    sections = beside(Library.sections)
    section_text = beside(Library.section_text)
    passages = beside(Library.passages)
    pages = beside(Library.pages)
    text_at = beside(Library.text_at)
    page_boxes = beside(Library.page_boxes)
    page_picture = beside(Library.page_picture)
    original = beside(Library.original)
    original_bytes = beside(Library.original_bytes)
    missing = beside(Library.missing)
    locate = beside(Library.locate)
    locate_others = beside(Library.locate_others)

    # -- facts
    remember = beside(Library.remember)
    turn = beside(Library.turn)
    value = beside(Library.value)
    recall = beside(Library.recall)
    history = beside(Library.history)
    facts = beside(Library.facts)
    fact_count = beside(Library.fact_count)
    fact_scopes = beside(Library.fact_scopes)
    closest = beside(Library.closest)
    forget = beside(Library.forget)

    # -- one fact
    fact_card = beside(Library.fact_card)
    forget_facts = beside(Library.forget_facts)

    # -- notes, variables, stances, scopes
    note = beside(Library.note)
    note_list = beside(Library.note_list)
    forget_notes = beside(Library.forget_notes)
    var_set = beside(Library.var_set)
    var_get = beside(Library.var_get)
    var_list = beside(Library.var_list)
    var_remove = beside(Library.var_remove)
    stance = beside(Library.stance)
    stance_of = beside(Library.stance_of)
    stances = beside(Library.stances)
    fact = beside(Library.fact)
    edit_fact = beside(Library.edit_fact)
    undo_edit = beside(Library.undo_edit)
    fact_wordings = beside(Library.fact_wordings)
    scopes = beside(Library.scopes)
    stats = beside(Library.stats)
    set_capacity = beside(Library.set_capacity)
    neighbours = beside(Library.neighbours)
    recall_across = beside(Library.recall_across)
    recall_many = beside(Library.recall_many)

    # -- meaning
    learn_text = beside(Library.learn_text)
    similar_words = beside(Library.similar_words)
    word_nearness = beside(Library.word_nearness)
    near_words = beside(Library.near_words)
    embed_in_background = beside(Library.embed_in_background)
    embedding_progress = beside(Library.embedding_progress)
    embedding_models = beside(Library.embedding_models)
    served_embedding_models = beside(Library.served_embedding_models)
    embedding_spaces = beside(Library.embedding_spaces)
    use_embeddings = beside(Library.use_embeddings)
    update_embeddings = beside(Library.update_embeddings)
    update_subjects = beside(Library.update_subjects)
    drop_embeddings = beside(Library.drop_embeddings)
    try_embeddings = beside(Library.try_embeddings)
    pictures_missing = beside(Library.pictures_missing)
    picture_model = beside(Library.picture_model)
    picture_space = beside(Library.picture_space)
    use_pictures = beside(Library.use_pictures)
    update_pictures = beside(Library.update_pictures)
    drop_pictures = beside(Library.drop_pictures)
    find_pictures = beside(Library.find_pictures)
    pictures_like = beside(Library.pictures_like)
    picture_labels = beside(Library.picture_labels)
    texts_for_picture = beside(Library.texts_for_picture)
    see_also = beside(Library.see_also)
    see_also_source = beside(Library.see_also_source)

    # -- language models
    language_models = beside(Library.language_models)
    language_choices = beside(Library.language_choices)
    language_status = beside(Library.language_status)
    choose_language_model = beside(Library.choose_language_model)
    set_model_server = beside(Library.set_model_server)
    pull_language_model = beside(Library.pull_language_model)
    try_language_model = beside(Library.try_language_model)
    read_with_model = beside(Library.read_with_model)
    model_readings = beside(Library.model_readings)

    # -- the brain
    brain_status = beside(Library.brain_status)
    resize_brain = beside(Library.resize_brain)
    prepare_brain = beside(Library.prepare_brain)
    brain_learned = beside(Library.brain_learned)
    brain_recall = beside(Library.brain_recall)
    brain_assembly = beside(Library.brain_assembly)
    brain_dream = beside(Library.brain_dream)
    brain_lessons = beside(Library.brain_lessons)
    brain_unlearn = beside(Library.brain_unlearn)
    concept_map = beside(Library.concept_map)
    with_brain = beside(Library.with_brain)

    # -- regions and sleep
    perceive = beside(Library.perceive)
    sensed = beside(Library.sensed)
    working_memory = beside(Library.working_memory)
    rehearse = beside(Library.rehearse)
    sleep = beside(Library.sleep)
    undo_sleep = beside(Library.undo_sleep)
    sleeps = beside(Library.sleeps)
    sleep_state = beside(Library.sleep_state)
    sleep_settings = beside(Library.sleep_settings)
    set_sleep_settings = beside(Library.set_sleep_settings)
    summaries = beside(Library.summaries)
    proposals = beside(Library.proposals)
    accept_proposal = beside(Library.accept_proposal)
    reject_proposal = beside(Library.reject_proposal)
    reopen_proposal = beside(Library.reopen_proposal)

    # -- chains
    chain = beside(Library.chain)
    associate = beside(Library.associate)
    find_aliases = beside(Library.find_aliases)
    merge_aliases = beside(Library.merge_aliases)
    aliases = beside(Library.aliases)
    accept_alias = beside(Library.accept_alias)
    reject_alias = beside(Library.reject_alias)
    find_path = beside(Library.find_path)
    associated_concepts = beside(Library.associated_concepts)

    # -- strength
    strengthen = beside(Library.strengthen)
    strengthen_facts = beside(Library.strengthen_facts)
    pin = beside(Library.pin)
    pin_facts = beside(Library.pin_facts)
    strength = beside(Library.strength)
    fact_strength = beside(Library.fact_strength)
    strength_of = beside(Library.strength_of)
    curve = beside(Library.curve)
    fading = beside(Library.fading)
    used = beside(Library.used)
    reinforce = beside(Library.reinforce)
    reinforcing = beside(Library.reinforcing)
    undo_reinforcing = beside(Library.undo_reinforcing)
    let_go = beside(Library.let_go)
    take_back = beside(Library.take_back)
    link = beside(Library.link)
    consolidate = beside(Library.consolidate)
    undo_consolidation = beside(Library.undo_consolidation)

    # -- databases
    train_db = beside(Library.train_db)

    # -- the vault
    vault_put = beside(Library.vault_put)
    vault_get = beside(Library.vault_get)
    vault_scopes = beside(Library.vault_scopes)

    # -- versions
    snapshot = beside(Library.snapshot)
    snapshots = beside(Library.snapshots)
    diff = beside(Library.diff)
    restore_snapshot = beside(Library.restore_snapshot)
    drop_snapshot = beside(Library.drop_snapshot)

    # -- bundles
    export = beside(Library.export)
    import_ = beside(Library.import_)
    undo_import = beside(Library.undo_import)
    merge_scopes = beside(Library.merge_scopes)

    # -- concepts and associations
    link_concepts = beside(Library.link_concepts)
    concepts_behind = beside(Library.concepts_behind)
    linking_progress = beside(Library.linking_progress)
    link_triples = beside(Library.link_triples)
    triples_behind = beside(Library.triples_behind)
    neighbourhood = beside(Library.neighbourhood)
    between = beside(Library.between)
    sayings = beside(Library.sayings)
    relation_strengths = beside(Library.relation_strengths)
    reject_edge = beside(Library.reject_edge)
    confirm_edge = beside(Library.confirm_edge)
    undo_edge = beside(Library.undo_edge)
    concepts = beside(Library.concepts)
    concept = beside(Library.concept)
    concepts_of = beside(Library.concepts_of)
    sentences_at = beside(Library.sentences_at)
    said_at = beside(Library.said_at)
    evidence = beside(Library.evidence)
    rename_concept = beside(Library.rename_concept)
    retype_concept = beside(Library.retype_concept)
    merge_concepts = beside(Library.merge_concepts)
    split_concept = beside(Library.split_concept)
    undo_concept_change = beside(Library.undo_concept_change)
    links_of = beside(Library.links_of)

    # -- recall by reflex, settings
    reflex = beside(Library.reflex)
    context = beside(Library.context)
    depth_of = beside(Library.depth_of)
    brain_config = beside(Library.brain_config)
    configure_brain = beside(Library.configure_brain)

    # -- kinds, projects, reviews
    info = beside(Library.info)
    memory_info = beside(Library.memory_info)
    set_expiry = beside(Library.set_expiry)
    mark_memories = beside(Library.mark_memories)
    mark_ids = beside(Library.mark_ids)
    project_add = beside(Library.project_add)
    project_info = beside(Library.project_info)
    project_list = beside(Library.project_list)
    project_assign = beside(Library.project_assign)
    project_end = beside(Library.project_end)
    reviews_due = beside(Library.reviews_due)
    review = beside(Library.review)
    keep_for_review = beside(Library.keep_for_review)
    stop_review = beside(Library.stop_review)
    reviews_of = beside(Library.reviews_of)

    # -- alerts and health
    alerts = beside(Library.alerts)
    mark_alert = beside(Library.mark_alert)
    health = beside(Library.health)

    # -- contradictions
    conflicts = beside(Library.conflicts)
    resolve_conflict = beside(Library.resolve_conflict)
    undo_resolution = beside(Library.undo_resolution)

    # -- what is asked together
    topics = beside(Library.topics)
    suggest = beside(Library.suggest)
    query_patterns = beside(Library.query_patterns)
    forget_asked = beside(Library.forget_asked)


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
