"""Calls of the page of language models to the library, each for a worker.

The choices are those of the machine: without an open library the same doors are there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import InputError
from workbench.jobs import Cancel, Report

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.models.choices import LanguageChoices
    from workbench.models.language import (
        LanguageModel,
        LanguageModels,
        LanguageStatus,
        LanguageTrial,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """An address that was taken apart: whether it is this machine, its host, how it is asked."""

    here: bool
    host: str
    url: str


@dataclass(frozen=True, slots=True)
class Looked:
    """How it stands with the server, and its models where it answers."""

    status: "LanguageStatus"
    models: "tuple[LanguageModel, ...]"

    @property
    def answers(self) -> bool:
        """Whether the server was reached."""
        return self.status.answers


def doors(library: "Library | None") -> "LanguageModels":
    """The language models as the library has them, or without one."""
    from workbench.models.language import LanguageModels

    return library.models if library is not None else LanguageModels()


def place(text: str) -> Place:
    """Take an address apart, "" for the usual one. Nothing is contacted. Raises `InputError`."""
    from ingest.errors import IngestError
    from ingest.models.address import server_address

    try:
        result = server_address(text, beyond=True)
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
    return Place(result.here, result.host, result.url)


def usual() -> str:
    """The address that counts where none was written."""
    from ingest.models.address import usual

    return usual()


def choices() -> "LanguageChoices":
    """What is chosen. Contacts nobody."""
    from workbench.models import choices

    return choices.load()


def look(library: "Library | None", cancel: Cancel) -> Looked:
    """Ask the chosen server how it stands and what it has."""
    there = doors(library)
    status = there.status(cancel=cancel)
    return Looked(status, tuple(there.list(cancel=cancel)) if status.answers else ())


def connect(library: "Library | None", address: str, beyond: bool, cancel: Cancel) -> Looked:
    """Choose a server, then ask it. `beyond` says that texts may leave this machine."""
    doors(library).choose(address, "server", beyond=beyond)
    return look(library, cancel)


def choose(library: "Library | None", name: str, purpose: str, cancel: Cancel) -> Looked:
    """Choose a model for a purpose, "" for none, and see how it stands then."""
    doors(library).choose(name, purpose, cancel=cancel)
    return look(library, cancel)


def test(library: "Library | None", name: str, cancel: Cancel) -> "LanguageTrial":
    """Have a model say a sentence."""
    return doors(library).try_(name, cancel=cancel)


def pull(library: "Library | None", name: str, report: Report, cancel: Cancel) -> None:
    """Have the server fetch a model."""
    doors(library).fetch(name, report=report, cancel=cancel)
