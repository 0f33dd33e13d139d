"""Opens the library for a command: the named one, the default, or the sample."""

import argparse
import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from workbench import paths, permissions
from workbench.care.diagnosis import diagnosing
from workbench.cli.output import Output
from workbench.errors import InputError, LibraryError, LibraryFullError, NotFoundError
from workbench.library import Library
from workbench.store.kept_originals import digest
from workbench.turns import settle


@contextlib.contextmanager
def open_library(
    arguments: argparse.Namespace, *, make: bool = False, reading: bool = False
) -> Iterator[Library]:
    """Open the named library, or the default; only `add` creates one.

    If the disk is full, a command that is only `reading` opens it read-only.
    """
    path = getattr(arguments, "library", None)
    if path is not None and not make and not paths.is_there(paths.absolute(path)):
        raise NotFoundError(
            f"There is no library at “{path}”.", "Check the name, or add something to it first."
        )
    try:
        library = Library.open(path)
    except LibraryFullError:
        if not reading:
            raise
        library = Library.open(path, read_only=True)
    settle()
    with library:
        if library.clock_notice:
            Output(quiet=getattr(arguments, "quiet", False)).remark(library.clock_notice)
        with diagnosing(library._store):
            if getattr(arguments, "password_file", None):
                library.queue.unlock(_password(arguments.password_file))
            yield library


def _password(path: str) -> str:
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            password = file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"The password file “{path}” cannot be read.", "Check its name; it has to be UTF-8."
        ) from error
    if not password:
        raise InputError(
            f"The first line of “{path}” is empty.", "Write the password there, and nothing else."
        )
    return password


def library_for(mode: str, arguments: argparse.Namespace) -> AbstractContextManager[Any]:
    """Open the library in the mode of a command: read, scope, change or make.

    “scope” reads, and raises `NotFoundError` for an unknown collection, so that a misspelt name
    does not look like an empty result. “nothing” is the class of libraries, “memory” an empty one,
    “anywhere” an empty one if the library does not exist.
    """
    if mode == "nothing":
        return contextlib.nullcontext(Library)
    if mode == "memory":
        # The command is about this machine, whatever the library.
        return Library.open(":memory:")
    if mode == "anywhere":
        path = getattr(arguments, "library", None)
        if path is not None and not paths.is_there(paths.absolute(path)):
            return Library.open(":memory:")
    if mode == "scope":
        return _open_scope(arguments)
    return open_library(arguments, make=mode == "make", reading=mode == "read")


@contextlib.contextmanager
def _open_scope(arguments: argparse.Namespace) -> Iterator[Library]:
    with open_library(arguments, reading=True) as library:
        check_collection(library, arguments.collection)
        yield library


def check_collection(library: Library, name: str | None) -> None:
    """Raise `NotFoundError` for an unknown collection, so that a misspelt name is no empty list."""
    if name is None:
        return
    if name.strip().casefold() not in {row.name.casefold() for row in library.collections.list()}:
        raise NotFoundError(
            f"There is no collection called “{name}”.", "See `workbench list collections`."
        )


@contextlib.contextmanager
def open_sample(output: Output) -> Iterator[Library]:
    """Open a library with the sample book, built once and cached."""
    book = paths.sample_book()
    with Library.open(_sample_place()) as library:
        hashes = {source.hash for source in library.sources.list() if source.verified}
        # A read-only one is used as it is, and one with this book without starting what adds.
        if not (hashes and library.read_only) and digest(book.read_bytes()) not in hashes:
            output.remark("Reading the sample book once…")
            added = library.add(book)[0]
            if added.error:
                raise InputError("The sample book could not be read.", added.error)
        yield library


def _sample_place() -> str | Path:
    """The path of the sample library; temporary if the cache cannot store it."""
    file = paths.cache_dir() / "sample" / "sample.brain"
    try:
        permissions.folder(file.parent)
        Library.open(file).close()
    except OSError:
        return ":memory:"
    except LibraryError as error:
        if error.passes:
            return ":memory:"
        # A cached copy only: leftovers of a crash or another version are rebuilt.
        for part in file.parent.iterdir():
            part.unlink()
    return file
