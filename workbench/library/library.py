"""The library: open, add, ask, search, verify; further calls are in its groups.

The window, the command line and notebooks are equal clients of it. Logic belongs in the packages
below (`store`, `intake`, `memory`, `recall`); this only connects them.
"""

import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from workbench import paths
from workbench.arguments import Exact, Id, Limit, Words
from workbench.care.diagnosis import damaged
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.adding import Adding
from workbench.library.care import Care
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.library.history import History
from workbench.library.sharing import Sharing
from workbench.memory.facts.statement_clock import dependable
from workbench.once import once
from workbench.recall.records import QUOTED, TURNS, Answer
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.library.answers import Answers
    from workbench.library.brain import Brain
    from workbench.library.collections import Collections
    from workbench.library.differences import Differences
    from workbench.library.facts import Facts
    from workbench.library.graph import Graph
    from workbench.library.memory import Memory
    from workbench.library.models import Models
    from workbench.library.notes import Notes
    from workbench.library.queue import Queue
    from workbench.library.shared import Shared
    from workbench.library.sleep import Sleep
    from workbench.library.sources import Sources
    from workbench.library.tables import Tables
    from workbench.library.timeline import Timeline
    from workbench.library.vault import Vault
    from workbench.library.versions import Versions
    from workbench.memory.facts.records import Meant
    from workbench.memory.notes.records import Stats
    from workbench.memory.turn.conversation import Turn
    from workbench.recall.records import SearchResult


def _group(name: str) -> Any:
    """A group of calls, imported on first use."""

    def load(library: "Library") -> Group:
        module = importlib.import_module(f"workbench.library.{name.lower()}")
        group: Group = getattr(module, name)(library._core)
        return group

    return once(load)


class Library(Adding, History, Sharing, Care):
    """One `.brain` file and all operations on it.

    Thread-safe; calls that may take longer than a frame do not belong on the GUI thread. Raises
    only errors of `workbench.errors`. Less common calls are in groups: `library.sources`,
    `library.facts`, `library.graph` and so on.
    """

    def __init__(self, store: Store, cache: Path | None) -> None:
        """Use `Library.open`."""
        super().__init__(Core(store, cache))

    #: Sources, their text, pages and tags.
    sources: "Sources" = _group("Sources")
    #: Collections and projects.
    collections: "Collections" = _group("Collections")
    #: The queue of sources to read.
    queue: "Queue" = _group("Queue")
    #: Told statements.
    facts: "Facts" = _group("Facts")
    #: Highlights, notes, variables, stances and instructions.
    notes: "Notes" = _group("Notes")
    #: Concepts and their associations.
    graph: "Graph" = _group("Graph")
    #: Strength, fading, archiving, reviews.
    memory: "Memory" = _group("Memory")
    #: Consolidation while idle.
    sleep: "Sleep" = _group("Sleep")
    #: The spiking brain.
    brain: "Brain" = _group("Brain")
    #: Language models and their servers.
    models: "Models" = _group("Models")
    #: Answers: saved, exported, written by a model.
    answers: "Answers" = _group("Answers")
    #: Tables: the same questions for several sources.
    tables: "Tables" = _group("Tables")
    #: Differences between sources.
    differences: "Differences" = _group("Differences")
    #: Dated statements in chronological order.
    timeline: "Timeline" = _group("Timeline")
    #: A log that several devices or people share.
    group: "Shared" = _group("Shared")
    #: Secrets.
    vault: "Vault" = _group("Vault")
    #: Versions of told statements.
    versions: "Versions" = _group("Versions")

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        read_only: bool = False,
        clock: Callable[[], float] = time.time,
        token: Exact | None = None,
        insecure: bool = False,
        background: bool = False,
    ) -> Self:
        """Open or create the library at `path` (None: the default; ":memory:": in memory only).

        The address of a server (`workbench serve`) opens its library with a `token`; without
        encryption beyond this machine only if `insecure`. In the `background`, for a program that
        stays open, the shipped embedding model embeds the library while nothing is being added,
        unless another model or none was chosen.

        `clock` returns the time in seconds since the epoch, for all that is stored and fades; for
        invalid times the system's clock is used. Raises a `LibraryError` that says what is wrong
        with the file, which is then unchanged.
        """
        if isinstance(path, str) and path.startswith(("http://", "https://")):
            from workbench.library.remote import RemoteLibrary

            return cast(Self, RemoteLibrary(path, token, read_only=read_only, insecure=insecure))
        location = paths.default_library() if path is None else path
        store = Store.open(location, read_only=read_only, make_folder=path is None)
        store.clock = dependable(clock)
        # An in-memory library has no cache on disk either.
        cache = None if store.path is None else paths.cache_dir() / "index" / store.id
        try:
            library = cls(store, cache)
            library._clear_imports()
            if background:
                library._core.embedding_reading.begin_by_itself()
            return library
        except BaseException as error:
            foreseen = isinstance(error, WorkbenchError) or not isinstance(error, Exception)
            diagnosis = None if foreseen else damaged(store)
            store.close()
            if diagnosis is None:
                raise
            raise diagnosis from error

    def close(self) -> None:
        """End all threads and processes of this library, and close the file."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on any thread after changes; returns an unsubscriber.

        Topics: "sources", "queue", "collections", "facts" (also notes), "graph" (new associations),
        "meaning" (see `models.progress`); at most 10 calls a second each. Changes by other
        processes are published within a second.
        """
        return self._core.subscribe(callback)

    def ask(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        sources: Sequence[Id] | None = None,
        limit: Limit = QUOTED,
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
        """Answer from the library's own words; `sources` or `collection` limit what is searched.

        The answer consists of quotes; no language model is called (see `answers.write`). Told
        statements count, too, unless `sources` are given. `as_of` answers from what the library
        contained, and what was true, at that time. A `depth` adds the memories of reflex recall
        (see `facts.reflex`). `explain` gives each quote the reasons why it was found.

        `turns` are the previous answers of a conversation, oldest first: a follow-up question takes
        its subject from them, or from `about` if given; if neither has one, the `suggestion` of the
        answer asks for it. `quotes` asks that the answer is never rewritten by a model.

        Without `read` the reader model, which ranks the quotes and selects the sentences, is
        skipped: a preview within tens of milliseconds, which is not recorded as a question.

        Raises `NotFoundError` for a source that does not exist or is in the trash, and `UsageError`
        if `as_of` is not a date.
        """
        from workbench.library import scoped_answer

        request = scoped_answer.AskRequest(
            collection,
            sources,
            limit,
            explain,
            as_of,
            depth,
            turns,
            about,
            read,
            cancel or Cancel(),
        )
        return scoped_answer.ask(self, question, request)

    def converse(
        self,
        question: Words,
        *,
        conversation: Words,
        collection: Words | None = None,
        quotes: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Answer:
        """Answer the next question of a conversation, and save the answer in it.

        Follow-ups take their subject from its last answers. Unless only `quotes` are wanted, the
        dialogue model rewrites the answer; `report` gets its drafts (stage "writing"). A read-only
        library saves nothing.
        """
        history = self.answers.list(conversation=conversation, limit=TURNS)
        turns = [row.written or row.answer for row in reversed(history)]
        answer = self.ask(
            question, collection=collection, turns=turns, quotes=quotes, cancel=cancel
        )
        answer = replace(answer, scope={**answer.scope, "conversation": conversation})
        load = answer
        if not quotes and self.answers.writes:
            load = self.answers.write(
                answer, turns=turns, cancel=cancel,
                on_draft=lambda draft: report(Progress("writing", note=draft.text())),
            )  # fmt: skip
        return replace(load, id=self.answers.keep(answer, load).id)

    def search(
        self,
        query: Words,
        *,
        collection: Words | None = None,
        sources: Sequence[Id] | None = None,
        limit: Limit = 200,
        cancel: Cancel | None = None,
    ) -> "SearchResult":
        """Sentences that contain all words of `query` in any form, with their places.

        Phrases in double quotes must match literally. Sources with the most hits come first, each
        in the order of its text; sources in the trash are skipped. `collection` and `sources` limit
        the search. At most `limit` hits are returned; `total` counts all. Raises `NotFoundError`
        for an unknown collection or source, `UsageError` for a limit below 1.
        """
        from workbench.recall import full_text

        core = self._core
        request = full_text.TextQuery(query, collection, sources, limit, core.languages(), cancel)
        snapshot = core.lexicon.refresh(cancel)
        return full_text.search(core.store, snapshot, request, core.recall.in_scope)

    def turn(self, line: Words, *, collection: Words | None = None) -> "Turn":
        """Take in one line of conversation: keep what it tells, answer what it asks, do its sums.

        Raises `UsageError` for a collection without a name.
        """
        # Imported on first use, not when a library opens.
        from workbench.library.told import told
        from workbench.memory.turn import conversation

        def answering(question: str) -> "Meant":
            return told(self._core, question, [collection])

        result = conversation.turn(self._core.fact_index, line, answering, collection=collection)
        answers = [reply.fact.id for reply in result.replies if reply.fact is not None]
        self._core.strengths.recalled(collection, answers)
        if result.kind in ("answer", "unknown"):
            self._core.query_patterns.note(collection, line, has_answer=bool(answers))
        self._notify_if(result.stored > 0, collection)
        return result

    def stats(self, *, collection: Words | None = None) -> "Stats":
        """What a scope contains, who stated it, and when. Raises `NotFoundError`."""
        from workbench.memory.notes import scopes

        return scopes.stats(self._core.fact_index, collection=collection)

    @property
    def path(self) -> Path | None:
        """The path of the library; None if it is in memory."""
        return self._store.path

    @property
    def id(self) -> str:
        """The library's id, created with it."""
        return self._store.id

    @property
    def read_only(self) -> bool:
        """Whether the library was opened read-only."""
        return self._store.read_only

    @property
    def reads(self) -> bool:
        """Whether a reader model is available, which selects the answers among the candidates."""
        from workbench.recall import reader_at_hand

        return reader_at_hand.folder() is not None

    @property
    def reader_trouble(self) -> str:
        """Why the reader model cannot be used, in one sentence, or ""."""
        from workbench.recall import reader_at_hand

        return reader_at_hand.load_problem()

    @property
    def notice(self) -> str:
        """Warnings about the file's place and the clock, a sentence each, or ""."""
        return " ".join(filter(None, (self._store.notice, self.clock_notice)))

    @property
    def clock_notice(self) -> str:
        """A warning if the clock was behind the library's latest entry when it opened, or ""."""
        return self._core.clock_notice
