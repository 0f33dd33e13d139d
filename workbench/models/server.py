"""The chosen server and its models, reached when they are needed; its errors as the library's."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import IngestError
from ingest.models import serving
from ingest.models.address import server_address
from ingest.models.records import Model, Server
from workbench.errors import InputError, NotFoundError
from workbench.jobs import Cancel
from workbench.models import choices, keys

#: Seconds for which a server and a model that were found are taken to be there: fewer than it
#: takes to load another model, which would answer too, since llama.cpp does not look at the name.
CACHE_SECONDS = 1.0
_lock = threading.Lock()
_cache: dict[tuple[str, str], tuple[Server, Model, float]] = {}


@contextmanager
def input_errors() -> Iterator[None]:
    """Let what goes wrong with a server be an `InputError` whose `reason` says why in a word."""
    try:
        yield
    except IngestError as error:
        reason = getattr(error, "reason", error.code)
        raise InputError(error.message, error.hint, reason) from error


def reached(cancel: Cancel | None = None) -> Server:
    """The chosen server. Raises `InputError` where none answers or it must not be asked."""
    selection = choices.load()
    check = (cancel or Cancel()).check
    with input_errors():
        address = server_address(selection.address, beyond=selection.beyond)
        return serving.reach(
            selection.address, beyond=selection.beyond, key=keys.load(address), check=check
        )


def selected(purpose: str, cancel: Cancel | None = None) -> tuple[Server, Model]:
    """The server and the model that was chosen for a purpose (`choices.PURPOSES`).

    Raises `NotFoundError` where none was chosen, `InputError` where it cannot be had.
    """
    selection = choices.load()
    name = str(getattr(selection, purpose))
    if not name:
        raise NotFoundError(
            f"No language model is chosen for {purpose}.",
            f"Choose one: workbench models use-language NAME --for {purpose}",
        )
    return find(name, cancel)


def find(name: str, cancel: Cancel | None = None) -> tuple[Server, Model]:
    """The chosen server and one of its models, known for a while once found. See `selected`."""
    selection = choices.load()
    key = (f"{selection.address} {selection.beyond}", name)
    with _lock:
        cached = _cache.get(key)
    if cached is not None and time.monotonic() - cached[2] < CACHE_SECONDS:
        return cached[0], cached[1]
    server = reached(cancel)
    with input_errors():
        model = serving.model(server, name, check=(cancel or Cancel()).check)
    with _lock:
        _cache[key] = (server, model, time.monotonic())
    return server, model


def forget() -> None:
    """Ask anew which server and models there are: something went wrong, or was changed."""
    with _lock:
        _cache.clear()
