"""The library: open, add, ask, search, verify; further calls are in its groups.

The window, the command line and notebooks are equal clients of it. Logic belongs in the packages
below (`store`, `intake`, `memory`, `recall`); this only connects them.
"""

import contextlib
import importlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, cast, overload

from workbench import paths
from workbench.arguments import Exact, Id, Limit, Words
from workbench.care.diagnosis import damaged
from workbench.errors import InputError, UsageError, WorkbenchError
from workbench.intake.records import Added
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library import adding
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.memory.facts.statement_clock import dependable
from workbench.once import once
from workbench.recall.records import Answer
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.care.salvage import Salvaged
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
    from workbench.library.sleep import Sleep
    from workbench.library.sources import Sources
    from workbench.library.tables import Tables
    from workbench.library.timeline import Timeline
    from workbench.library.vault import Vault
    from workbench.library.versions import Versions
    from workbench.memory.facts.records import Value
    from workbench.memory.notes.records import Stats
    from workbench.memory.schemas.records import Trained
    from workbench.memory.sharing.records import Exported, Imported, ImportUndone
    from workbench.memory.turn.conversation import Turn
    from workbench.memory.vital.records import Alert, Health
    from workbench.recall.records import SearchResult
    from workbench.sleep.records import Undone
    from workbench.store.backup import Backup, Restored
    from workbench.store.changes import Change
    from workbench.store.verify import Verified

PathOrLink = str | Path
#: Answers of a conversation that a follow-up can refer to.
_TURNS = 6


def _group(name: str) -> Any:
    """A group of calls, imported on first use."""

    def load(library: "Library") -> Group:
        module = importlib.import_module(f"workbench.library.{name.lower()}")
        group: Group = getattr(module, name)(library._core)
        return group

    return once(load)


class Library(Group):
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
        processes are published, too, within a second.
        """
        return self._core.subscribe(callback)

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
        (see `facts.reflex`) the answer has the memories that come to mind beside it.

        `turns` are the answers before it in a conversation, oldest first: a follow-up takes its
        subject from them, unless `about` names another, and where nothing carries, the answer asks
        back in its `suggestion`.

        The answer is quotes and comes at once, and calls no language model; `write` has it written.
        `quotes` says that it is to stay so. Unless `read` the reader is left out, which puts the
        quotes into order and chooses the sentences: a first look, in some tens of milliseconds,
        that is not noted as asked.
        """
        from workbench.library import scoped_answer

        return scoped_answer.ask(
            self, question, collection=collection, sources=sources, limit=limit, explain=explain,
            as_of=as_of, depth=depth, turns=turns, about=about, read=read, cancel=cancel,
        )  # fmt: skip

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
        """Answer the next question of a conversation, and keep the answer in it.

        Follow-ups take their subject from its last answers. Unless only `quotes` are wanted, the
        model chosen for dialogue writes the answer from them; `report` is told what it has written
        so far (the stage "writing"). A library that can only be read keeps nothing.
        """
        history = self.answers.list(conversation=conversation, limit=_TURNS)
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

        A phrase in double quotes is found as it is written. Sources with most hits come first, each
        in the order of its text; sources in the trash are left out. `collection` and `sources`
        limit where it looks. At most `limit` hits are returned, `total` counts all. Raises
        `NotFoundError` for no such collection or source, `UsageError` for a limit below 1.
        """
        from workbench.recall import full_text

        return full_text.search(
            self._core.store, self._core.lexicon.refresh(cancel), self._core.languages(), query,
            self._core.recall.in_scope,
            collection=collection, within=sources, limit=limit, cancel=cancel,
        )  # fmt: skip

    def turn(self, line: Words, *, collection: Words | None = None) -> "Turn":
        """Take in one line of conversation: keep what it tells, answer what it asks, do its sums.

        Raises `UsageError` for a collection without a name.
        """
        # Imported on first use, not when a library opens.
        from workbench.memory.turn import conversation

        def answering(question: str) -> "Value | None":
            return self._core.statements.value(question, [collection])

        result = conversation.turn(self._core.fact_index, line, answering, collection=collection)
        answers = [reply.fact.id for reply in result.replies if reply.fact is not None]
        self._core.strengths.recalled(collection, answers)
        if result.kind in ("answer", "unknown"):
            self._core.query_patterns.note(collection, line, has_answer=bool(answers))
        self._notify_if(result.stored > 0, collection)
        return result

    def add(
        self,
        paths: PathOrLink | Sequence[PathOrLink | Id] | None,
        *,
        collection: Words | None = None,
        title: Words | None = None,
        wait: Words = "verified",
        replace: bool = False,
        typed: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
        each: Callable[[Added], None] | None = None,
    ) -> list[Added]:
        """Add files and links; return when each is verified (or has failed: see `Added.error`).

        `each` is told of a source as soon as its file is done; then nothing is returned.

        `wait` names another stage; at "embedded" an embedding model has read them, too, where one
        is to (some ten seconds a novel), and at "linked" what they say is in the graph of concepts.

        A page of the web is fetched once, and kept as it came (`original`); of a video its captions
        are, in the language named behind the address (`#captions=de,en`), and its sound only with
        `#speech` there and where it has no captions. Only where the user
        `typed` its address it may lie on this machine or in a private network.

        A file that has changed since it was added is kept beside what it was (`Added.former`); with
        `replace` it takes the place of that source, and citations follow by their words.

        Sources, given by their numbers, are read again (None: all that have an original): id,
        title, tags and collections stay, citations follow by their words, and what cannot be read
        again keeps its text. Raises `NotFoundError` and, for text without a file, `InputError`.
        """
        items = [paths] if isinstance(paths, str | Path) else paths
        jobs = adding.enqueue(
            self._core, items, collection=collection, title=title, replace=replace, typed=typed
        )
        return adding.run(self._core, jobs, wait, report, cancel or Cancel(), each)

    def add_text(
        self,
        content: Words | bytes,
        *,
        title: Words | None = None,
        collection: Words | None = None,
        wait: Words = "verified",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add text that has no file (pasted, piped); it lives in the library alone."""
        from workbench.intake import requests

        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if not requests.first_line(data):
            raise InputError("There was no text to add.", "Paste or pipe some words.", "empty")
        job = self._core.intake.enqueue_text(
            data, title=title or requests.title_of(data), collection=collection
        )
        return adding.run(self._core, [job], wait, report, cancel or Cancel())

    def add_link(
        self,
        link: Words,
        *,
        title: Words | None = None,
        collection: Words | None = None,
        wait: Words = "verified",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add the page or video at an address of the web, and nothing of this machine.

        Addresses in this machine or a private network are refused (`Added.error`).
        """
        if not link.lower().startswith(("http://", "https://")):
            raise UsageError(f"“{link[:80]}” is not a web address.", "Such as https://…")
        return self.add(
            link, title=title, collection=collection, wait=wait, report=report, cancel=cancel
        )

    def train_db(
        self,
        url: Words,
        *,
        domain: Words = "",
        collection: Words | None = None,
        consolidate: bool = False,
        salience_ceiling: float = 0.5,
        initial_stage: Words = "episodic",
        include_patterns: bool = True,
        include_relationships: bool = True,
        max_tables: Limit = 100,
        patience: float = 15.0,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Trained":
        """Learn the tables, columns, references and patterns of a database; no row is read.

        `url` is the path of an SQLite file, `sqlite:///…` or `postgresql://user@host/database`; a
        password may stand in it or in PGPASSWORD, and is kept nowhere. What the schema says becomes
        facts of the collection that the database has told; `domain` is what they call it. Learning
        it again changes what is different since, and nothing where nothing is. Of more than
        `max_tables` tables those are learned that are tied to most others. A server or a lock is
        waited for `patience` seconds. Raises `UsageError`, `InputError`, and `Cancelled`; then
        nothing was changed.
        """
        # Imported on first use: opens other databases, and network connections.
        from workbench.memory.schemas.records import Training
        from workbench.memory.schemas.training import train

        asked = Training(
            domain=domain,
            patterns=include_patterns,
            references=include_relationships,
            max_tables=max_tables,
            salience_ceiling=salience_ceiling,
            stage=initial_stage,
            consolidate=consolidate,
        )
        trained = train(
            self._core.fact_index, url, asked,
            collection=collection, report=report, cancel=cancel, timeout=patience,
        )  # fmt: skip
        if trained.changed:
            self._core.changes.tell("facts")
            if collection is not None:
                self._core.changes.tell("collections")
        return trained

    def verify(
        self, *, repair: bool = False, report: Report = silent, cancel: Cancel | None = None
    ) -> "Verified":
        """Check integrity, every quote's words at their place, counts, and index against truth.

        With `repair`, what is derivable is mended where something is wrong: counts, ownership,
        rows without an owner, the index; `Verified.problems` are those that are left.
        """
        from workbench.library import checking

        stop = cancel or Cancel()
        report_before = checking.verified(self._core, report, stop)
        if report_before.sound or not repair:
            return report_before
        mended = checking.mended(self._core, stop)
        self._notify_sources()
        return replace(checking.verified(self._core, report, stop), repaired=mended)

    def backup(
        self,
        file: str | Path,
        *,
        replace: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Backup":
        """Copy the library to one file while it is in use, proven row by row and synced (X1).

        In a folder the copy gets the library's name and the date. With `replace` it may take the
        place of an older backup of this library; whatever else has the name is refused with
        `UsageError`.
        """
        return self._core.store.backup(Path(file), report, cancel, replace=replace)

    @staticmethod
    def restore_backup(
        file: str | Path,
        path: str | Path | None = None,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Restored":
        """Replace the library at `path` (None: the default), which must be closed, by a backup.

        The existing file is moved to `Restored.aside`. Raises `LibraryLockedError` while any
        program has it open, and `InputError` if the backup was altered.
        """
        from workbench.library import checking

        return checking.restored(Path(file), None if path is None else Path(path), report, cancel)

    @staticmethod
    def salvage(
        source: str | Path,
        target: str | Path,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Salvaged":
        """Create a new library from the readable parts of a damaged one, which stays unchanged.

        Texts with missing chapters are read again if their original exists. Raises `NotFoundError`,
        `UsageError` if `target` exists, and `LibraryError`.
        """
        from workbench.library import checking

        return checking.salvaged(Path(source), Path(target), report, cancel)

    def export(
        self,
        target: str | Path,
        *,
        format: Words = "bundle",
        collection: Words | None = None,
        sources: Sequence[Id] | None = None,
        memories: Sequence[Id] | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Exported":
        """Write the library, a collection, or these sources and facts, for others.

        A `bundle` is one file that `import_` brings in whole: `target` is its name, or a folder
        that it goes into. `jsonl`, `csv` and `graphml` fill a new folder. `markdown` makes linked
        notes for Obsidian in a new folder, a vault, or one that it made before; there it writes its
        own notes anew, and touches none that somebody made or changed. `anki` makes one file, a
        deck of what is kept for review. Not in it are the trash, questions asked, versions, where
        files lie here, and never the vault. Raises `UsageError`,
        `NotFoundError`, and a `LibraryFullError` or `InputError` where it cannot be written; then
        nothing is left of it, but for such a folder.
        """
        from workbench.memory.sharing import formats

        if format in ("graphml", "markdown") and not self._core.store.read_only:
            self.graph.link(report=report, cancel=cancel)
        return formats.export(
            self._core.fact_index,
            self._core.graph,
            Path(target),
            format=format,
            collection=collection,
            sources=sources,
            memories=memories,
            report=report,
            cancel=cancel or Cancel(),
        )

    def import_(
        self,
        path: str | Path,
        *,
        collection: Words | None = None,
        policy: Words = "prefer_recent",
        preview: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Imported":
        """Bring in a bundle or JSON Lines of facts: all or nothing.

        Also a brain that NeuralMemory exported, a graph as GraphML, each link of which becomes a
        fact, and a file of neuron-db, whose scopes become collections. All of it goes into
        `collection` where that is named. What is here already stays single. Of two facts that
        contradict each other the `policy` says which counts: prefer_local, prefer_remote,
        prefer_recent, prefer_stronger; `Imported.conflicts` tells them. `preview` only tells.
        `undo("import", Imported.run)` takes it back. Others write meanwhile, and see what has
        come so far; an import that is cancelled, fails or is killed is taken back. Raises
        `InputError` for what is no bundle, damaged or from a newer version.
        """
        from workbench.memory.sharing import formats

        imported = formats.import_(
            self._core.fact_index,
            Path(path),
            collection=collection,
            policy=policy,
            preview=preview,
            report=report,
            cancel=cancel or Cancel(),
        )
        if not preview:
            self._core.lexicon.index_all()
            self._notify_shared()
        return imported

    @overload
    def undo(self, what: Literal["import"], run: Id | None = None) -> "ImportUndone": ...
    @overload
    def undo(
        self,
        what: Literal["sleep", "concept", "consolidation", "lesson", "lessons"] | None = None,
        run: Id | None = None,
        *,
        collection: Words | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Undone": ...
    def undo(
        self,
        what: Words | None = None,
        run: Id | None = None,
        *,
        collection: Words | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "ImportUndone | Undone":
        """Take back what was done last, or the change of number `run` (see `changes`).

        `what` limits that to a sleep, a consolidation, a concept's change, or a lesson that a
        reward has taught the brain; "lessons" are all of these. What was changed since by somebody
        else is refused, of a sleep or lesson it is left as it is. `redo` does it again. Of an
        "import" or merge what it brought goes for good, what it changed is as before. A
        `collection` limits which change is the last. Raises `UsageError`, `NotFoundError` where
        there is none or it was taken back already, `LibraryLockedError` while the library sleeps,
        and `Cancelled`: then the next undoing of a sleep goes on.
        """
        index = self._core.fact_index
        if what == "import":
            from workbench.memory.sharing import runs

            undone = runs.undo(index, run)
            if undone.sources:
                self._core.lexicon.forget()
            self._notify_shared()
            return undone
        from workbench.sleep import undoing
        from workbench.sleep.records import Undone

        if what == "lessons":
            self._core.strengths.flush()
            return Undone(0, "lessons", rows=self._core.lessons.forget())
        if what not in (None, *undoing.KINDS):
            raise UsageError(
                f"“{what}” cannot be undone.",
                "Choose import, concept, consolidation, sleep, lesson or lessons.",
            )
        return self._turn_change(what, run, collection, report, cancel, again=False)

    def redo(
        self, run: Id | None = None, *, report: Report = silent, cancel: Cancel | None = None
    ) -> "Undone":
        """Do again what was taken back last, or the change of number `run`. Raises as `undo`."""
        return self._turn_change(None, run, None, report, cancel, again=True)

    def changes(
        self, limit: Limit = 20, *, memories: Sequence[Id] = (), sources: Sequence[Id] = ()
    ) -> "list[Change]":
        """What was done of late, the newest first: each but the final can be undone, or redone.

        With `memories` (statements and notes) or `sources` only what changed one of these.
        """
        from workbench.store import changes

        self._core.strengths.flush()
        owners = [*memories, *(-source for source in sources)]
        with self._core.store.read() as connection:
            return changes.listing(connection, owners, limit)

    def numbering(self) -> "AbstractContextManager[list[int]]":
        """The ids of the changes that calls of this thread make inside, in order.

        Empty for a remote library; use its `changes`.
        """
        from workbench.store import changes

        return changes.numbering()

    def _turn_change(
        self,
        what: str | None,
        run: int | None,
        collection: str | None,
        report: Report,
        cancel: Cancel | None,
        *,
        again: bool,
    ) -> "Undone":
        from workbench.sleep import undoing

        stop = cancel or Cancel()
        try:
            target = undoing.Target(what, run, collection, again)
            return undoing.turn(self._core.fact_index, self._core.graph, target, report, stop)
        finally:
            self._notify_shared()

    def health(self, collection: Words | None = None) -> "Health":
        """How well a library is: a grade from A to F, and its parts with what to do about each.

        One that holds nothing, or too little, has no grade. Raises `NotFoundError` for no such
        collection.
        """
        from workbench.library import health

        return health.graded(self._core, collection)

    def alerts(
        self,
        collection: Words | None = None,
        *,
        limits: Mapping[Words, float] | None = None,
        resolved: bool = False,
    ) -> "list[Alert]":
        """What is over its limits by now, the most severe first, each with what to do about it.

        Limits are those of the library (`brain.configure(alert_memories=...)` and so on), or for
        once those in `limits`: memories, concepts, fibers, associations, connectivity, orphans,
        expired, stale. An alert is raised when it is first found, and resolved when its cause is
        found to be gone; with `resolved` those follow, the latest first. Raises `UsageError` for no
        such limit, and `NotFoundError` for no such collection.
        """
        from workbench.library import health

        return health.alerts(self._core, collection, limits or {}, resolved=resolved)

    def acknowledge(
        self, which: Id | Words, status: Words, *, collection: Words | None = None
    ) -> "Alert":
        """Mark an open alert, by its number or its type, as seen, acknowledged or resolved.

        What is resolved by hand comes back after six hours if its cause is still there. Raises
        `UsageError` for no such status or type, `NotFoundError` for no such alert or collection.
        """
        from workbench.library import health

        return health.marked(self._core, which, status, collection)

    def stats(self, *, collection: Words | None = None) -> "Stats":
        """What a scope holds, who told it, when. Raises `NotFoundError` for no such collection."""
        from workbench.memory.notes import scopes

        return scopes.stats(self._core.fact_index, collection=collection)

    @property
    def path(self) -> Path | None:
        """The path of the library; None if it is in memory."""
        return self._core.store.path

    @property
    def id(self) -> str:
        """The library's id, created with it."""
        return self._core.store.id

    @property
    def read_only(self) -> bool:
        """Whether the library was opened read-only."""
        return self._core.store.read_only

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
        return " ".join(filter(None, (self._core.store.notice, self.clock_notice)))

    @property
    def clock_notice(self) -> str:
        """A warning if the clock was behind the library's latest entry when it opened, or ""."""
        return self._core.clock_notice

    def _clear_imports(self) -> None:
        """Roll back imports of processes that were killed."""
        store = self._store
        # Problems of the library are raised by its first call instead.
        with contextlib.suppress(WorkbenchError):
            if not store.read_only and store.rows(
                "SELECT 1 FROM change WHERE kind = 'import' AND state = 'open' LIMIT 1"
            ):
                from workbench.memory.sharing import runs

                runs.clear(store)
