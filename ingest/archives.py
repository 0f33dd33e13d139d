"""ZIP archives of readable files: each member becomes its own source, as if added by itself.

A member is extracted to a temporary folder under its bare name, read, and removed. Path traversal,
encrypted members, and members with an extreme compression ratio are left out with a notice; so is
everything beyond the limits. Archives are opened one level deep.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest import readers, unpacked
from ingest.books import naming
from ingest.books.archive import AGAIN, SPOILT, damaged, is_disk_failure, is_trap, overlap
from ingest.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IngestError,
    MissingFileError,
    UnsupportedFileError,
)
from ingest.parts import Parts
from ingest.records import Check, Notice, Reading, ReadRequest, Report, Source, unreported

#: Limits of an archive with the archives in it: unpacked bytes, and files.
MOST_BYTES = 2_000_000_000
MOST_MEMBERS = 10_000
_MOST_NAMED = 12
#: Chats in an export of ChatGPT or Claude, and other files beside them: settings, duplicate chats.
_CHATS = re.compile(r"conversations(?:-\d+)?\.json")
_ACCOUNT = re.compile(r"(?!conversations)[^/]+\.(?:json|html)")
_PIECE = 1 << 20


@dataclass(slots=True)
class _Log:
    """What was left out and why, over an archive and the archives in it."""

    unsupported: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    failed: Parts = field(default_factory=lambda: Parts("file", "archive"))
    beyond: int = 0
    bytes: int = 0
    members: int = 0
    sources: int = 0


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield the records of each member in order, then a `Notice` for each reason of omission.

    Every source has its own title and its member's hash, and all are returned: `title` and
    `start_section` do not apply. Raises `EmptyFileError`, `EncryptedFileError`, `DamagedFileError`
    and `UnsupportedFileError` if nothing can be read.
    """
    unpacked.sweep()
    log = _Log(failed=Parts("file", "archive", request.cancel))
    yield from _archive(path, "", log, request.report, log.failed.check)
    if not log.sources:
        raise _unreadable(log)
    yield from _notices(log)


def _archive(
    path: Path, inside: str, log: _Log, report: Report, cancel: Check
) -> Iterator[Reading]:
    try:
        with zipfile.ZipFile(path) as archive:
            if overlap(archive):
                raise damaged("ZIP file", "has parts that overlap, as harmful files have")
            members = [member for member in archive.infolist() if not _is_clutter(member)]
            if any(_CHATS.fullmatch(member.filename) for member in members):
                members = [item for item in members if not _ACCOUNT.fullmatch(item.filename)]
            total = sum(member.file_size for member in members)
            completed = 0
            with unpacked.folder(path) as room:
                for member in members:
                    cancel()
                    if _is_allowed(member, inside, log):
                        records = _member(archive, member, room, inside, log, cancel)
                        yield from log.failed.stream(inside + member.filename, records)
                    completed += member.file_size
                    report(completed, total, "bytes")
    except (FileNotFoundError, PermissionError):
        raise
    except SPOILT as error:
        if is_disk_failure(error):
            raise
        raise DamagedFileError("This ZIP file is cut off or corrupt.", AGAIN) from error


def _is_clutter(member: zipfile.ZipInfo) -> bool:
    """Folders, and files that systems leave in every folder."""
    parts = member.filename.replace("\\", "/").split("/")
    name = parts[-1]
    return (
        member.is_dir()
        or "__MACOSX" in parts
        or name.startswith(".")
        or name.lower() in {"thumbs.db", "desktop.ini"}
    )


def _is_allowed(member: zipfile.ZipInfo, inside: str, log: _Log) -> bool:
    name = inside + member.filename
    plain = member.filename.replace("\\", "/")
    # A symbolic link has a harmless name, and its content is a path.
    links = (member.external_attr >> 16) & 0o170000 == 0o120000
    if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or ".." in plain.split("/") or links:
        log.outside.append(name)
        return False
    if member.flag_bits & 1:
        log.locked.append(name)
        return False
    if is_trap(member):
        log.traps.append(name)
        return False
    if log.members >= MOST_MEMBERS or log.bytes + member.file_size > MOST_BYTES:
        log.beyond += 1
        return False
    log.members += 1
    log.bytes += member.file_size
    return True


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    room: Path,
    inside: str,
    log: _Log,
    cancel: Check,
) -> Iterator[Reading]:
    name = inside + member.filename
    path = room / unpacked.base_name(member.filename)
    try:
        digest = _unpack(archive, member, path, cancel)
        kind = readers.sniff(path)
        if kind == "archive":
            if unpacked.depth(path) >= unpacked.DEEPEST:
                log.nested.append(name)
                return
            yield from _archive(path, f"{name}/", log, unreported, cancel)
            return
        for record in readers.read(path, ReadRequest(cancel=cancel)):
            if isinstance(record, Source):
                log.sources += 1
                record = _located(record, name, digest)
            yield record
    except UnsupportedFileError:
        log.unsupported.append(name)
    finally:
        # One folder for all: to make and remove one takes longer than to read a note.
        path.unlink(missing_ok=True)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, cancel: Check) -> str:
    """Extract a member to `path`; returns its hash. Raises `DamagedFileError`."""
    digest = hashlib.sha256()
    written = 0
    try:
        with archive.open(member) as source, path.open("wb") as target:
            while piece := source.read(_PIECE):
                cancel()
                written += len(piece)
                if written > member.file_size:
                    raise zipfile.BadZipFile("more than it claims")
                digest.update(piece)
                target.write(piece)
    except SPOILT as error:
        if isinstance(error, OSError) and not isinstance(error, EOFError) and error.errno:
            # The disk failed, not the archive.
            raise MissingFileError(
                f"It could not be unpacked ({error.strerror}).",
                "Free some space on the disk of temporary files and try again.",
            ) from error
        raise DamagedFileError("It is cut off or corrupt.", AGAIN) from error
    return digest.hexdigest()


def _located(source: Source, name: str, digest: str) -> Source:
    # Sources of a mailbox or a table have hashes of their own.
    return replace(
        source,
        content_hash=source.content_hash or digest,
        metadata={**source.metadata, "member": name[:500]},
    )


# -- notices
# -----------------------------------------------------------------------------------------


def _notices(log: _Log) -> Iterator[Notice]:
    kinds = (
        ("unsupported", log.unsupported, "of a kind that is not read", "Add them one by one if "
         "you think that they can be read."),
        ("outside", log.outside, "named so that they lead out of the archive",
         "Pack the files again without links and without “..” in their names."),
        ("encrypted", log.locked, "locked with a password", "Unpack them with the password and "
         "add the files."),
        ("bomb", log.traps, "made to unpack to far more than they contain", "Ask where the archive "
         "comes from."),
        ("nested", log.nested, "archives inside an archive inside this one", "Unpack them and add "
         "the files."),
    )  # fmt: skip
    for code, names, reason, hint in kinds:
        if names:
            yield Notice(
                f"archive_{code}", f"{_enumerate(names)} left out: {reason}.", hint, words=""
            )
    if log.beyond:
        yield Notice(
            "archive_too_much",
            f"{log.beyond} files were left out: an archive is read up to {MOST_MEMBERS:,} files "
            f"and {MOST_BYTES // 1_000_000_000} GB.",
            "Unpack it and add the folder.",
            words="",
        )
    yield from log.failed.notices()


def _enumerate(names: list[str]) -> str:
    visible = ", ".join(f"“{naming.one_line(name)}”" for name in names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{visible}{more} {'was' if len(names) == 1 else 'were'}"


def _unreadable(log: _Log) -> IngestError:
    """The error of an archive without any readable member: the likeliest reason."""
    if log.locked and not log.failed.left_out:
        return EncryptedFileError(
            "This ZIP file is locked with a password.",
            "Unpack it with the password and add the files.",
        )
    if log.traps or log.beyond:
        return DamagedFileError(
            "This ZIP file unpacks to far more than it contains, as malicious files do.",
            "Ask where it comes from; do not unpack it.",
        )
    if log.failed.left_out:
        reason, names = next(iter(log.failed.left_out.items()))
        return DamagedFileError(
            f"No file in this ZIP file could be read; the first, “{names[0]}”: {reason.message}",
            reason.hint,
        )
    if log.unsupported or log.nested or log.outside:
        names = [*log.unsupported, *log.nested, *log.outside]
        return UnsupportedFileError(
            f"Nothing in this ZIP file can be read: {_enumerate(names)} tried in vain.",
            "Add a ZIP file of books, documents, mail, captions or tables.",
        )
    return EmptyFileError("This ZIP file is empty.", "Check that it was packed completely.")
