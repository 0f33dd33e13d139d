"""Bundles: a library, or a part of it, as one self-verifying file.

A bundle is a ZIP file whose comment is the SHA-256 of all bytes before it, so that any change or
truncation is detected; `manifest.json` comes first and lists every member with its size and hash.
Members are read as streams up to their listed size, never extracted to their own names. The bytes
depend on the content only.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from workbench.errors import InputError, LibraryFullError, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report
from workbench.store import file
from workbench.version import __version__

FORMAT = "engram-bundle"
VERSION = 1
SUFFIX = ".engrams"
MANIFEST = "manifest.json"
#: Members of a bundle, besides originals, which are named by hash.
TABLES = (
    "collections.jsonl", "sources.jsonl", "sections.jsonl", "facts.jsonl", "links.jsonl",
    "strengths.jsonl", "concepts.jsonl", "words.jsonl",
)  # fmt: skip
ORIGINALS = "originals/"

_TIME = (1980, 1, 1, 0, 0, 0)
_COMMENT = 64
_CHUNK = 1 << 20
_MAX_MANIFEST = 64 << 20
_MAX_LINE = 256 << 20
#: Real data shrinks to a tenth; large members with a higher ratio are rejected (zip bombs).
_MAX_RATIO, _ROOMY = 200, 64 << 20
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a bundle: uncompressed bytes, their hash, and the number of lines."""

    bytes: int
    sha256: str
    lines: int


# -- writing ---------------------------------------------------------------------------------------


class Writing:
    """A bundle being written; see `write`."""

    def __init__(self, archive: zipfile.ZipFile, cancel: Cancel) -> None:
        self._archive = archive
        self._cancel = cancel
        self.members: dict[str, Member] = {}

    def lines(self, name: str, values: Iterable[Any]) -> int:
        """Write JSON values, one a line, and return their number; no member if there are none."""
        number = size = 0
        digest = hashlib.sha256()
        stream: IO[bytes] | None = None
        try:
            for value in values:
                if stream is None:
                    stream = self._archive.open(_entry(name), "w", force_zip64=True)
                line = dumped(value) + b"\n"
                stream.write(line)
                digest.update(line)
                size += len(line)
                number += 1
                if number % 256 == 0:
                    self._cancel.check()
        finally:
            if stream is not None:
                stream.close()
        if number:
            self.members[name] = Member(size, digest.hexdigest(), number)
        return number

    def blob(self, name: str, content: bytes) -> None:
        """Write bytes unchanged."""
        self._cancel.check()
        self._archive.writestr(_entry(name), content)
        self.members[name] = Member(len(content), hashlib.sha256(content).hexdigest(), 0)


def dumped(value: Any) -> bytes:
    """Canonical JSON of a value."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


@contextlib.contextmanager
def write(target: Path, head: dict[str, Any], cancel: Cancel) -> Iterator[Writing]:
    """Write a bundle to `target`, which appears when the block ends, complete and synced.

    `head` goes into its manifest. Raises `UsageError` if `target` exists, and `LibraryFullError` or
    `InputError` if it cannot be written; then no file is left.
    """
    if target.exists() or target.is_symlink():
        raise UsageError(
            f"“{target.name}” exists already; it was not touched.", "Choose another name."
        )
    if not target.parent.is_dir():
        raise NotFoundError(f"The folder “{target.parent}” does not exist.", "Make it first.")
    with unwritable(target):
        handle, name = tempfile.mkstemp(".part", f".{target.name}.", target.parent)
        os.close(handle)
    part = Path(name)
    try:
        with unwritable(target):
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                writing = Writing(archive, cancel)
                yield writing
                manifest = {
                    "format": FORMAT,
                    "version": VERSION,
                    "program": __version__,
                    **head,
                    "members": {
                        name: {"bytes": item.bytes, "sha256": item.sha256, "lines": item.lines}
                        for name, item in writing.members.items()
                    },
                }
                archive.writestr(_entry(MANIFEST), dumped(manifest))
                archive.comment = b"0" * _COMMENT
            with part.open("r+b") as stream:
                digest = _digest(stream, part.stat().st_size - _COMMENT, cancel)
                stream.seek(-_COMMENT, os.SEEK_END)
                stream.write(digest.encode())
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
            file.sync_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def unwritable(target: Path) -> Iterator[None]:
    """Convert errors of writing to `LibraryFullError` and `InputError`."""
    try:
        yield
    except OSError as error:
        if error.errno in (28, 122):
            raise LibraryFullError(
                f"There is not enough space for “{target.name}”; the unfinished file was removed.",
                "Free some space, or choose another disk.",
            ) from error
        raise InputError(
            f"“{target.name}” could not be written ({error.strerror}).", "Choose another place."
        ) from error


def _digest(stream: IO[bytes], size: int, cancel: Cancel) -> str:
    digest = hashlib.sha256()
    stream.seek(0)
    while size > 0:
        cancel.check()
        chunk = stream.read(min(_CHUNK, size))
        if not chunk:
            break
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


# -- reading ---------------------------------------------------------------------------------------


class Reading:
    """A verified bundle, opened for reading."""

    def __init__(
        self, name: str, archive: zipfile.ZipFile, manifest: dict[str, Any], cancel: Cancel
    ) -> None:
        self.name = name
        self.manifest = manifest
        self._archive = archive
        self._cancel = cancel

    def __contains__(self, name: str) -> bool:
        return name in self.manifest["members"]

    def count(self, name: str) -> int:
        """The number of lines of a member; 0 if it is missing."""
        return int(self.manifest["members"].get(name, {}).get("lines", 0))

    def names(self, prefix: str) -> list[str]:
        """The names of members with this prefix."""
        return [name for name in self.manifest["members"] if name.startswith(prefix)]

    def lines(self, name: str) -> Iterator[Any]:
        """The JSON values of a member, in order; empty if it is missing."""
        if name not in self:
            return
        member = self.manifest["members"][name]
        left, digest = int(member["bytes"]), hashlib.sha256()
        with self._archive.open(name) as stream:
            while left > 0:
                line = stream.readline(min(left, _MAX_LINE) + 1)
                if not line or len(line) > min(left, _MAX_LINE):
                    raise damaged(self.name)
                self._cancel.check()
                left -= len(line)
                digest.update(line)
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise damaged(self.name) from error
                yield value
            if stream.read(1) or digest.hexdigest() != member["sha256"]:
                raise damaged(self.name)

    def blob(self, name: str) -> bytes:
        """The bytes of a member."""
        member = self.manifest["members"][name]
        with self._archive.open(name) as stream:
            content = stream.read(int(member["bytes"]) + 1)
        if (
            len(content) != member["bytes"]
            or hashlib.sha256(content).hexdigest() != member["sha256"]
        ):
            raise damaged(self.name)
        return content


@contextlib.contextmanager
def read(path: Path, report: Report, cancel: Cancel) -> Iterator[Reading]:
    """Verify and open a bundle. Raises `InputError`."""
    report(Progress("checking", note=path.name))
    try:
        with path.open("rb") as stream:
            _prove(path, stream, cancel)
            stream.seek(0)
            with zipfile.ZipFile(stream) as archive:
                yield Reading(path.name, archive, _manifest(path.name, archive), cancel)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged(path.name) from error
    except OSError as error:
        raise InputError(
            f"“{path.name}” could not be read ({error.strerror}).", "Check that you may read it."
        ) from error


def damaged(name: str) -> InputError:
    """The error for a bundle that fails verification."""
    return InputError(
        f"The bundle “{name}” is damaged or cut off; nothing was changed.",
        "Copy it again from where it came from, or have it exported again.",
        "damaged",
    )


def _prove(path: Path, stream: IO[bytes], cancel: Cancel) -> None:
    size = path.stat().st_size
    begin = stream.read(16)
    if not begin:
        raise InputError(f"“{path.name}” is empty.", "Choose another file.", "empty")
    if begin == b"SQLite format 3\0":
        raise InputError(
            f"“{path.name}” is a library, not a bundle of one.",
            "Open it with --library, and export from there what you want to bring over.",
            "library",
        )
    if begin[:2] != b"PK":
        raise InputError(
            f"“{path.name}” is not a bundle of Engram Workbench.",
            "Choose a file that `workbench export` has made.",
            "not_a_bundle",
        )
    stream.seek(max(size - _COMMENT, 0))
    comment = stream.read()
    if len(comment) != _COMMENT or not set(comment.decode("ascii", "replace")) <= _HEX:
        raise _foreign_or_damaged(path, stream)
    if _digest(stream, size - _COMMENT, cancel) != comment.decode("ascii"):
        raise damaged(path.name)


def _foreign_or_damaged(path: Path, stream: IO[bytes]) -> InputError:
    """The error for a file without a valid comment: a damaged bundle if it names our members."""
    stream.seek(0)
    head = stream.read(_CHUNK)
    ours = any(name.encode() in head for name in (*TABLES, MANIFEST))
    if ours:
        return damaged(path.name)
    return InputError(
        f"“{path.name}” is not a bundle of Engram Workbench.",
        "Choose a file that `workbench export` has made; add others with `workbench add`.",
        "not_a_bundle",
    )


def _manifest(name: str, archive: zipfile.ZipFile) -> dict[str, Any]:
    entries = archive.infolist()
    by_name = {entry.filename: entry for entry in entries}
    entry = by_name.get(MANIFEST)
    if entry is None or len(by_name) != len(entries) or entry.file_size > _MAX_MANIFEST:
        raise damaged(name)
    with archive.open(entry) as stream:
        content = stream.read(_MAX_MANIFEST + 1)
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise damaged(name) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise damaged(name)
    version = manifest.get("version")
    if not isinstance(version, int) or version < 1:
        raise damaged(name)
    if version > VERSION:
        raise InputError(
            f"The bundle “{name}” is from a newer version of the program; nothing was changed.",
            "Update Engram Workbench, or have it exported by this version.",
            "newer",
        )
    members = manifest.get("members")
    if not isinstance(members, dict) or members.keys() | {MANIFEST} != by_name.keys():
        raise damaged(name)
    if not all(_is_member(record) for record in members.values()):
        raise damaged(name)
    entire = sum(record["bytes"] for record in members.values())
    if entire > _ROOMY and entire > _MAX_RATIO * sum(item.compress_size for item in entries):
        raise InputError(
            f"The bundle “{name}” would unpack to {entire // 1_000_000} MB, far more than words "
            "do; nothing was changed.",
            "Have it exported again by somebody whom you trust.",
            "bomb",
        )
    for member, record in members.items():
        if not _allowed(member) or by_name[member].file_size != record["bytes"]:
            raise damaged(name)
    return manifest


def _allowed(member: str) -> bool:
    if member in TABLES:
        return True
    hash = member.removeprefix(ORIGINALS)
    return member != hash and len(hash) == 64 and set(hash) <= _HEX


def _is_member(record: Any) -> bool:
    return (
        isinstance(record, dict)
        and all(isinstance(record.get(key), int) and record[key] >= 0 for key in ("bytes", "lines"))
        and isinstance(record.get("sha256"), str)
    )
