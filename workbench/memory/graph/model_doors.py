"""The doors of reading by a language model: let it read, and how far it is."""

from dataclasses import dataclass

from workbench.changes import Changes
from workbench.jobs import Cancel, Report, silent
from workbench.memory.graph.modelling import ModelRead, ModelReader, warning
from workbench.store import modelled, text
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


class ModelReadingDoors:
    """What a library can do with a model that reads its sentences; `Library` is one."""

    _store: Store
    _changes: Changes
    _model_reader: ModelReader

    def read_with_model(
        self, *, report: Report = silent, cancel: Cancel | None = None
    ) -> ModelRead:
        """Let the model chosen for extraction read what it has not read; another reads all anew.

        It also does so by itself in the background. What it finds meets what the rules have drawn
        in one association. Raises `NotFoundError` where none is chosen, `InputError` where it
        cannot be used, `LibraryLockedError` where another program does it, `Cancelled`; what was
        read stays.
        """
        made = self._model_reader.catch_up(report, cancel)
        if made.triples:
            self._changes.tell("facts")
        return made

    def model_readings(self) -> list[ModelReadingState]:
        """Which models have read this library and how far, the last chosen first."""
        with self._store.read() as connection:
            rows = modelled.readers(connection)
            last = text.last_statement(connection)
        trouble = self._model_reader.trouble
        return [
            ModelReadingState(
                row.model, row.prompt, min(row.upto, last), last, row.sentences, row.triples,
                row.refused, row.unread, trouble if not at else "",
                warning(row.model, row.sentences, row.triples, row.unread, row.empty),
            )
            for at, row in enumerate(rows)
        ]  # fmt: skip
