"""Paths of a request: expands folders, opens files, hashes bytes."""

import errno
import hashlib
import os
import stat
import urllib.parse
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import readers
from ingest.errors import ForeignFormatError, IngestError, UnsupportedFileError
from ingest.web import address
from workbench import paths
from workbench.errors import Cancelled, InputError
from workbench.intake import speech
from workbench.intake.records import Added
from workbench.jobs import Cancel
from workbench.store.kept_originals import PASTED

#: Suffixes of downloads that have not ended.
UNFINISHED = (
    *(".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".aria2"),
    *(".!ut", ".!qb", ".bc!"),
)
_SYSTEM_FILES = frozenset({"desktop.ini", "thumbs.db"})
#: Folders of programs, with thousands of files that nobody reads.
_PACKAGES = frozenset({"node_modules", "__pycache__", "__MACOSX"})
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Print:
    """The fingerprint of a file: SHA-256 in hex, size in bytes, modification time in ns."""

    hash: str
    size: int
    mtime_ns: int


def as_text(path: str | Path) -> str:
    """A path as the library stores it: absolute; links unchanged.

    A name that does not decode is stored as a `file:` URL. Raises `InputError` for invalid paths;
    an empty one would mean the current folder.
    """
    text = str(path)
    if not text.strip() or "\0" in text:
        raise InputError(
            "That is not a file name.", "Say which file or folder to add.", reason="missing"
        )
    if is_link(text) or _is_stored(text):
        return address.tidy(text)
    absolute = os.path.normpath(paths.absolute(text))
    try:
        absolute.encode()
    except UnicodeEncodeError:
        return "file://" + urllib.parse.quote(os.fsencode(absolute))
    return absolute


def as_path(stored: str) -> Path:
    """The path that `as_text` stored."""
    if stored.startswith("file://"):
        return Path(os.fsdecode(urllib.parse.unquote_to_bytes(stored.removeprefix("file://"))))
    return Path(stored)


def is_link(text: str) -> bool:
    """Whether this is a link and not a path."""
    return address.is_link(text.strip()) and not _is_stored(text)


def _is_stored(text: str) -> bool:
    """Whether `as_text` writes an undecodable path like this; other `file:` URLs are links."""
    if not text.startswith("file:///"):
        return False
    try:
        urllib.parse.unquote_to_bytes(text.removeprefix("file://")).decode()
    except UnicodeDecodeError:
        return True
    return False


def host_of(stored: str) -> str:
    """The host of a link in lower case."""
    return stored.partition("://")[2].partition("/")[0].lower()


def is_pasted(stored: str) -> bool:
    """Whether this stands for pasted text, which the library stores itself."""
    return stored.startswith(PASTED)


def name_of(stored: str) -> str:
    """The display name."""
    if is_link(stored):
        return stored
    if is_pasted(stored):
        return "Pasted text"
    name = as_path(stored).name if stored.startswith("file://") else os.path.basename(stored)  # noqa: PTH119 - of every job, many times
    return name.encode("utf-8", "replace").decode() or stored


def files_of(folder: Path) -> Iterator[Path]:
    """The readable files below a folder, sorted by name, without hidden ones.

    Other files (programs, pipes, libraries) are skipped; `why_unread` gives the reason. Links to
    folders, and links to files that lie elsewhere, are not followed: an unpacked archive of a
    stranger can hold them. Files that look readable but are not (empty, damaged, unsupported
    documents) are returned so that they are reported; so are folders that cannot be opened.
    """
    closed: list[Path] = []
    been: set[tuple[int, int]] = set()

    def note(error: OSError) -> None:
        # Files that vanished meanwhile are ignored.
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            closed.append(Path(os.fsdecode(error.filename)))

    for local, folders, names in os.walk(folder, onerror=note):
        yield from closed
        closed.clear()
        folders[:] = _read_folders(folders)
        if is_visited(local, been):
            folders.clear()
            continue
        for name in sorted(names):
            path = Path(local, name)
            if not name.startswith(".") and not leads_out(path, folder) and not read_error(path):
                yield path
    yield from closed


def _read_folders(names: Sequence[str]) -> list[str]:
    """The folders that are looked through, in order: not hidden ones, nor packages."""
    return sorted(name for name in names if not name.startswith(".") and name not in _PACKAGES)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a file is a link to one that does not lie below `folder`."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def is_visited(folder: str, been: set[tuple[int, int]]) -> bool:
    """Whether a folder was visited before: mounts and junctions can form cycles."""
    try:
        facts = os.stat(folder)  # noqa: PTH116 - a path of the walk, as text
    except OSError:
        return False
    existing = (facts.st_dev, facts.st_ino)
    if existing in been:
        return True
    been.add(existing)
    return False


def is_file(path: Path) -> bool:
    """Whether this is a regular file."""
    try:
        return path.is_file()
    except OSError:
        # The name is too long for this system.
        return False


def read_error(path: Path) -> str:
    """Why a file in a folder is skipped, as a sentence; "" if it is read.

    A damaged file of a supported kind is not skipped: its reader reports the error.
    """
    if not is_file(path):
        return "It is not a file: a device, a pipe, or a link that leads nowhere."
    if path.name.endswith(
        (".brain-wal", ".brain-shm", ".brain-journal", ".brain-told", ".brain-told-other")
    ):
        return "It belongs to a library."
    if path.name.lower() in _SYSTEM_FILES:
        return "It belongs to the system."
    if path.name.lower().endswith(UNFINISHED):
        return "It is a download that has not ended."
    try:
        kind = readers.sniff(path)
    except ForeignFormatError:
        return ""
    except UnsupportedFileError as error:
        # Without its hint, which suggests other files.
        return error.message
    except IngestError:
        return ""
    # A folder of music is not a list of failures: recordings count only with a speech model.
    if kind == "recording" and speech.active_model() is None:
        return "It is a recording, and no speech model is installed."
    return ""


def fingerprint(path: Path, cancel: Cancel) -> Print:
    """Hash a file in chunks.

    Raises `InputError` if it cannot be read, and `Cancelled`.
    """
    name = name_of(as_text(path))
    digest = hashlib.sha256()
    try:
        # Checked before opening: opening a pipe would wait for a writer.
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise InputError(
                f"“{name}” is a device or a pipe, not a file.",
                "Save its content to a file, or pipe it into `workbench add -`.",
                reason="missing",
            )
        with path.open("rb", buffering=0) as file:
            previous = os.fstat(file.fileno())
            while piece := file.read(_PIECE):
                digest.update(piece)
                if cancel.is_set:
                    raise Cancelled
    except FileNotFoundError:
        raise InputError(
            f"There is no file “{name}”.", "Check the name and add it again.", reason="missing"
        ) from None
    except IsADirectoryError:
        raise InputError(
            f"“{name}” is a folder.", "Add the files that are in it.", reason="missing"
        ) from None
    except OSError as error:
        raise InputError(
            f"“{name}” could not be opened ({error.strerror}).",
            "Give it a shorter name, or move it up, and add it again."
            if error.errno == errno.ENAMETOOLONG
            else "Check that you may read it, then retry.",
            reason="missing",
        ) from error
    return Print(digest.hexdigest(), previous.st_size, previous.st_mtime_ns)


def has_changed(path: Path, since: Print) -> bool:
    """Whether size or modification time of the file differ."""
    try:
        current = path.stat()
    except OSError:
        return True
    return (current.st_size, current.st_mtime_ns) != (since.size, since.mtime_ns)


def ignored_files(path: str, tried: Collection[str]) -> Iterator[Added]:
    """The skipped files of a folder, each with the reason as its notice."""
    from ingest import zotero

    if is_file(Path(paths.absolute(path), zotero.DATABASE)):
        # Other files there belong to Zotero.
        return
    # A path that is no folder yields nothing.
    for folder, folders, names in os.walk(paths.absolute(path)):
        for name in sorted(_PACKAGES.intersection(folders)):
            place = as_text(Path(folder, name))
            notices = (f"The folder “{name}” has packages of programs, not documents.",)
            yield Added(None, "", "skipped", 0, 0, 0, 0, 0.0, None, place, notices=notices)
        folders[:] = _read_folders(folders)
        for name in sorted(names):
            file = Path(folder, name)
            stored = as_text(file)
            if name.startswith(".") or stored in tried:
                continue
            # There is no reason if the file appeared, or became readable, after the folder was
            # read.
            reason = read_error(file) or "It did not exist yet. Add the folder again."
            if leads_out(file, paths.absolute(path)):
                reason = "It is a link to a file outside of the folder. Add that file itself."
            yield Added(None, "", "skipped", 0, 0, 0, 0, 0.0, None, stored, notices=(reason,))
