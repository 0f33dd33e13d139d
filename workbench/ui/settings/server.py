"""What the page of language models asks of an Ollama, each a call for a worker.

What goes wrong there becomes one `InputError`: a sentence and a next step.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench import machine
from workbench.errors import InputError
from workbench.jobs import Cancel, Progress, Report
from workbench.machine import Graphics, Memory

if TYPE_CHECKING:
    from ingest.models.address import ServerAddress
    from ingest.models.records import Model, Said, Server

#: What a model is asked in a test. It has nothing to do with the library.
SAMPLE = "Say in one short sentence what a forgetting curve shows."
_TOKENS = 80


@dataclass(frozen=True, slots=True)
class Looked:
    """An Ollama that has answered: its models, and what its machine has where that is this one."""

    server: "Server"
    models: "tuple[Model, ...]"
    loaded: tuple[str, ...]
    memory: Memory
    graphics: tuple[Graphics, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A model that was asked `SAMPLE`, and what came of it."""

    server: "Server"
    model: "Model"
    said: "Said"


def place(text: str) -> "ServerAddress":
    """Take an address apart, "" for the usual one. Nothing is contacted. Raises `InputError`."""
    from ingest.models.address import server_address

    with _told():
        return server_address(text, beyond=True)


def usual() -> str:
    """The address that counts where none was written."""
    from ingest.models.address import usual

    return usual()


def look(address: str, beyond: bool, cancel: Cancel) -> Looked:
    """Reach the server and see what it has. `beyond` says that texts may leave this machine."""
    from ingest.models import ollama

    with _told():
        server = ollama.reach(address, beyond=beyond, check=cancel.check)
        models = ollama.models(server, check=cancel.check)
        loaded = ollama.loaded(server, check=cancel.check)
    here = server.address.here
    return Looked(
        server, tuple(models), tuple(each.name for each in loaded),
        machine.memory() if here else Memory(0, 0), tuple(machine.graphics()) if here else (),
    )  # fmt: skip


def test(server: "Server", model: "Model", cancel: Cancel) -> Tried:
    """Have a model say a sentence."""
    from ingest.models import ollama
    from ingest.models.records import Message

    with _told():
        said = ollama.said(
            ollama.chat(server, model, [Message("user", SAMPLE)], most=_TOKENS, check=cancel.check)
        )
    return Tried(server, model, said)


def pull(server: "Server", name: str, report: Report, cancel: Cancel) -> None:
    """Have the server fetch a model."""
    from ingest.models import ollama
    from ingest.models.records import Pulled

    def tell(pulled: Pulled) -> None:
        report(Progress("fetching", pulled.completed, pulled.total, "bytes", name))

    with _told():
        ollama.pull(server, name, tell, check=cancel.check)


@contextmanager
def _told() -> Iterator[None]:
    from ingest.errors import IngestError

    try:
        yield
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
