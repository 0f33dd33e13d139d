"""Triples from a language model, sentence by sentence, in the background.

Sentences are read in the order of their engrams, some at once. What comes of them is stored in one
transaction with the mark up to which was read, and in it meets what the rules have drawn. So a
kill, of this program or of the server, loses at most the sentences at hand. Without a model that is
chosen for it nothing is read, and nothing else waits for it.
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
from workbench.store import lease, modelled, text
from workbench.store.modelled import ModelRow, ReaderRow
from workbench.store.relation_rows import MODAL, NEGATED
from workbench.store.store import Store


@dataclass(frozen=True, slots=True)
class ModelReadingState:
    """How far a model with one version of its prompt has read this library.

    `done` engrams of `total`; `refused` triples were about nothing that was read. `trouble` says
    in one sentence why it cannot read now, `warning` why what it gave is less than it should be.
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
#: Seconds for which the lease is taken: an answer may take minutes.
_HELD = 1200.0
#: Sentences that are looked at for one request, most of which may be short.
_LOOKED = 64

#: Gives the server and the model that read, when they are needed.
Chosen = Callable[[Cancel], tuple[Server, Model]]


@dataclass(frozen=True, slots=True)
class ModelRead:
    """What was read in one go; `warning` is one sentence where that is less than it should be."""

    model: str
    sentences: int
    triples: int
    refused: int
    unread: int
    warning: str = ""


def _taken() -> LibraryLockedError:
    return LibraryLockedError(
        "A language model reads this library already, in another program.",
        "Wait until it has finished, or stop it there.",
    )


def _extraction(cancel: Cancel) -> tuple[Server, Model]:
    return server.chosen("extraction", cancel)


class ModelReader:
    """Reads one library. Every method may be called from any thread."""

    def __init__(self, store: Store, stating: Stating, chosen: Chosen = _extraction) -> None:
        self._store = store
        self._stating = stating
        self._chosen = chosen
        self._lock = threading.Lock()
        #: Why the model could not read when it last should, "" where it could: one sentence.
        self.trouble = ""

    def wanted(self) -> bool:
        """Whether a model is chosen that reads by itself."""
        return bool(choices.load().extraction)

    def catch_up(self, report: Report = silent, cancel: Cancel | None = None) -> ModelRead:
        """Read what is left. What was read stays when it is stopped, or when the server ends.

        Raises `NotFoundError` where no model is chosen, `InputError` where it cannot be used,
        `LibraryLockedError` where another program reads, `Cancelled`.
        """
        stop = cancel or Cancel()
        with self._lock:
            try:
                there, model = self._chosen(stop)
                with lease.held(self._store, LEASE, _taken, seconds=_HELD) as renew:
                    made = self._read_on(there, model, renew, report, stop)
            except WorkbenchError as error:
                self.trouble = error.message
                server.forget()
                raise
            self.trouble = ""
            return made

    def _read_on(
        self,
        there: Server,
        model: Model,
        renew: Callable[[sqlite3.Connection], None],
        report: Report,
        cancel: Cancel,
    ) -> ModelRead:
        # The rules that check it are loaded when a model reads, and not to open a library.
        from ingest.triples.by_model import VERSION, read_by_model

        sentences = triples = refused = unread = empty = 0
        now = self._store.clock()
        while True:
            cancel.check()
            reader = self._store.write(
                lambda c: modelled.begin(c, model.name, model.digest, VERSION, now)
            )
            some, upto, last = self._next(reader.upto)
            if not upto:
                break
            report(Progress("reading", reader.upto, last, "statements", model.name))
            with server.told():
                read = read_by_model(
                    there, model, some,
                    check=cancel.check, keep_alive=choices.load().keep_alive,
                )  # fmt: skip
            found: dict[int, list[ModelRow]] = {id: [] for id, _ in some if id not in read.unread}
            for each in read.triples:
                flags = (NEGATED if each.negated else 0) | (MODAL if each.possible else 0)
                found[each.sentence].append(
                    ModelRow(reader.id, each.subject, each.relation, each.object, flags)
                )
            counts = len(some), read.refused, len(read.unread), int(read.empty)

            def keep(
                connection: sqlite3.Connection,
                reader: ReaderRow = reader,
                upto: int = upto,
                found: dict[int, list[ModelRow]] = found,
                counts: tuple[int, int, int, int] = counts,
            ) -> bool:
                renew(connection)
                return modelled.keep(connection, reader, upto, found, counts)

            self._stating.learn(found, keep)
            sentences += len(some)
            triples += len(read.triples)
            refused += read.refused
            unread += len(read.unread)
            empty += read.empty
        return ModelRead(
            model.name, sentences, triples, refused, unread,
            warning(model.name, sentences, triples, unread, empty),
        )  # fmt: skip

    def _next(self, upto: int) -> tuple[list[tuple[int, str]], int, int]:
        """Sentences for one request, the engram up to which they are, and the last there is.

        The second is 0 where nothing is left.
        """
        from ingest.triples.by_model import LETTERS, SENTENCES

        with self._store.read() as connection:
            rows = text.replay(connection, upto, _LOOKED)
            last = text.last_statement(connection)
            trashed = {each.source for each in text.extents(connection) if each.trashed}
        some: list[tuple[int, str]] = []
        letters, reached = 0, 0
        for id, source, _, _, words in rows:
            if source not in trashed:
                letters += len(words)
                if some and (letters > LETTERS or len(some) == SENTENCES):
                    break
                some.append((id, words))
            reached = id
        return some, reached, last


def warning(model: str, sentences: int, triples: int, unread: int, empty: int) -> str:
    """One sentence on a reading that gave less than it should, "" where it did not."""
    if empty and not triples:
        return (
            f"“{model}” found no statement in {sentences} sentences: "
            "another model will find more, and the rules' statements stay."
        )
    if unread * 4 > sentences:
        return f"“{model}” gave no usable answer for {unread} of {sentences} sentences."
    return ""
