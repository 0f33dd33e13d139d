"""Triples from a language model, sentence by sentence, in the background.

Sentences are read in the order of their engrams, several per request. The results are stored in one
transaction with the mark of progress, joined with the triples of rules, so that a crash of this
program or of the server loses at most the current request. Without a selected model nothing is
read, and nothing waits.
"""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ingest.models.records import Model, Server
from workbench.errors import LibraryLockedError, WorkbenchError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory.graph.stating import Stating
from workbench.models import choices, server
from workbench.store import lease, modelled, sending, text
from workbench.store.modelled import ModelRow, ReaderRow
from workbench.store.relation_rows import MODAL, NEGATED
from workbench.store.store import Store


@dataclass(frozen=True, slots=True)
class ModelReadingState:
    """The progress of a model with one version of its prompt.

    `done` engrams of `total`; `refused` triples had no support in the text. `trouble` is a sentence
    why it cannot read now, `warning` why its results are incomplete.
    """

    model: str
    prompt: int
    done: int
    total: int
    sentences: int
    triples: int
    refused: int
    unread: int
    trouble: str = ""
    warning: str = ""


LEASE = "language model"
#: Seconds of the lease: an answer may take minutes.
_LEASE_SECONDS = 1200.0
#: Sentences scanned per request, most of which may be too short.
_SCANNED = 64

#: Returns the server and model, at the first use.
ModelChoice = Callable[[Cancel], tuple[Server, Model]]


@dataclass(frozen=True, slots=True)
class ModelRead:
    """The result of one run; `warning` is a sentence if it is incomplete."""

    model: str
    sentences: int
    triples: int
    refused: int
    unread: int
    warning: str = ""


def _locked_error() -> LibraryLockedError:
    return LibraryLockedError(
        "A language model reads this library already, in another program.",
        "Wait until it has finished, or stop it there.",
    )


def _extraction(cancel: Cancel) -> tuple[Server, Model]:
    return server.selected("extraction", cancel)


class ModelReader:
    """Reads one library with a language model. Thread-safe."""

    def __init__(self, store: Store, stating: Stating, choose: ModelChoice = _extraction) -> None:
        self._store = store
        self._stating = stating
        self._choose = choose
        self._lock = threading.Lock()
        #: Why the last run failed, as one sentence; "" if it did not.
        self.trouble = ""

    def is_enabled(self) -> bool:
        """Whether a model is selected for extraction."""
        return bool(choices.load().extraction)

    def catch_up(self, report: Report = silent, cancel: Cancel | None = None) -> ModelRead:
        """Read pending sentences; finished ones stay if cancelled or if the server stops.

        Raises `NotFoundError` if no model is selected, `InputError` if it cannot be used,
        `LibraryLockedError` if another program reads, `Cancelled`.
        """
        stop = cancel or Cancel()
        with self._lock:
            try:
                model_server, model = self._choose(stop)
                sending.check(self._store, model_server)
                with lease.acquired(
                    self._store, LEASE, _locked_error, seconds=_LEASE_SECONDS
                ) as renew:
                    result = self._read_on(model_server, model, renew, report, stop)
            except WorkbenchError as error:
                self.trouble = error.message
                server.forget()
                raise
            self.trouble = ""
            return result

    def _read_on(
        self,
        model_server: Server,
        model: Model,
        renew: Callable[[sqlite3.Connection], None],
        report: Report,
        cancel: Cancel,
    ) -> ModelRead:
        # Loaded only for extraction, not to open a library.
        from ingest.triples.by_model import VERSION, read_by_model

        sentences = triples = refused = unread = empty = 0
        started = self._store.clock()
        while True:
            cancel.check()
            reader = self._store.write(
                lambda c: modelled.begin(c, model.name, model.digest, VERSION, started)
            )
            sentences_read, upto, end = self._next(reader.upto)
            if not upto:
                break
            report(Progress("reading", reader.upto, end, "statements", model.name))
            with server.input_errors():
                read = read_by_model(
                    model_server, model, sentences_read,
                    check=cancel.check, keep_alive=choices.load().keep_alive,
                )  # fmt: skip
            rows: dict[int, list[ModelRow]] = {
                id: [] for id, _ in sentences_read if id not in read.unread
            }
            for triple in read.triples:
                flags = (NEGATED if triple.negated else 0) | (MODAL if triple.possible else 0)
                rows[triple.sentence].append(
                    ModelRow(reader.id, triple.subject, triple.relation, triple.object, flags)
                )
            counts = len(sentences_read), read.refused, len(read.unread), int(read.empty)

            def store_rows(
                connection: sqlite3.Connection,
                reader: ReaderRow = reader,
                upto: int = upto,
                rows: dict[int, list[ModelRow]] = rows,
                counts: tuple[int, int, int, int] = counts,
            ) -> bool:
                renew(connection)
                return modelled.store(connection, reader, upto, rows, counts)

            self._stating.learn(rows, store_rows)
            sentences += len(sentences_read)
            triples += len(read.triples)
            refused += read.refused
            unread += len(read.unread)
            empty += read.empty
        return ModelRead(
            model.name, sentences, triples, refused, unread,
            warning(model.name, sentences, triples, unread, empty),
        )  # fmt: skip

    def _next(self, upto: int) -> tuple[list[tuple[int, str]], int, int]:
        """Sentences for one request, the last engram they cover, and the last one there is.

        The second is 0 if nothing is pending.
        """
        from ingest.triples.by_model import LETTERS, SENTENCES

        with self._store.read() as connection:
            rows = text.replay(connection, upto, _SCANNED)
            end = text.last_statement(connection)
            trashed = {extent.source for extent in text.extents(connection) if extent.trashed}
        batch: list[tuple[int, str]] = []
        letters, reached = 0, 0
        for id, source, _, _, words in rows:
            if source not in trashed:
                letters += len(words)
                if batch and (letters > LETTERS or len(batch) == SENTENCES):
                    break
                batch.append((id, words))
            reached = id
        return batch, reached, end


def warning(model: str, sentences: int, triples: int, unread: int, empty: int) -> str:
    """A sentence on an incomplete run, "" for a complete one."""
    if empty and not triples:
        return (
            f"“{model}” found no statement in {sentences} sentences: "
            "another model will find more, and the rules' statements stay."
        )
    if unread * 4 > sentences:
        return f"“{model}” gave no usable answer for {unread} of {sentences} sentences."
    return ""
