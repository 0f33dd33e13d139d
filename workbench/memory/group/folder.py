"""A log in a folder that any program may synchronise.

Each desk writes only into a folder of its own, each file once. So files may arrive late, twice,
under other names (“conflicted copy”) and in any order: a file counts by the hash in its name.
"""

import errno
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from workbench import permissions
from workbench.errors import LibraryError, LibraryFullError
from workbench.memory.group.log import LARGEST, Entry, name_of
from workbench.store import bundle, file

_NAME = re.compile(r"(\d{8})-([0-9a-f]{32})\b.*\.log")
_DESK = re.compile(r"[0-9a-f]{16}")


class Folder:
    """A log in a folder."""

    def __init__(self, place: str, *, create: bool = False) -> None:
        """Open it. Raises `LibraryError` if it is not there, as without a drive."""
        self._path = path = Path(place)
        self._log, self._sources = path / "log", path / "sources"
        self._places: dict[Entry, list[Path]] = {}
        try:
            if create:
                if not path.is_dir():
                    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
                permissions.folder(self._log)
                permissions.folder(self._sources)
            if not self._log.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> LibraryError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return LibraryFullError(
                f"There is no space left in “{self._path}”; your changes wait here.",
                "Free some space there, then synchronise again.",
            )
        return LibraryError(
            f"The shared folder “{self._path}” cannot be used ({error.strerror}); your changes "
            "wait here.",
            "Check that the folder is there and the program that synchronises it runs.",
        )

    def entries(self, after: int) -> Iterator[Entry]:
        """All pieces."""
        del after
        try:
            desks = [place for place in self._log.iterdir() if _DESK.fullmatch(place.name)]
            found = [
                (Entry(0, desk.name, int(match[1]), match[2]), path)
                for desk in sorted(desks)
                for path in desk.iterdir()
                if (match := _NAME.fullmatch(path.name)) is not None
            ]
        except OSError as error:
            raise self._failure(error) from error
        self._places = {}
        for entry, path in sorted(found):
            self._places.setdefault(entry, []).append(path)
        yield from self._places

    def read(self, entry: Entry) -> bytes:
        """The bytes of a piece, of its copies one that is whole; none if all vanished."""
        content = b""
        for path in self._places[entry]:
            try:
                if path.stat().st_size <= LARGEST:
                    content = path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise self._failure(error) from error
            if name_of(content) == entry.hash:
                break
        return content

    def _place(self, entry: Entry) -> Path:
        return self._log / entry.desk / f"{entry.number:08}-{entry.hash}.log"

    def has(self, entry: Entry) -> bool:
        """Whether a piece is there."""
        return self._place(entry).exists()

    def append(self, entry: Entry, content: bytes) -> None:
        """Write a piece under another name, sync it, and rename it."""
        place = self._place(entry)
        try:
            permissions.folder(place.parent)
            self._appear(place, lambda part: permissions.private(part).write_bytes(content))
        except OSError as error:
            raise self._failure(error) from error

    def _appear(self, place: Path, write: Callable[[Path], object]) -> None:
        """Have a file appear whole."""
        if place.exists():
            return
        part = place.with_name(f".{uuid.uuid4().hex}.part")
        try:
            write(part)
            file.sync(part)
            part.rename(place)
        finally:
            part.unlink(missing_ok=True)
        file.sync_folder(place.parent)

    def _texts(self, hash: str) -> list[Path]:
        return sorted(self._sources.glob(f"{hash}*{bundle.SUFFIX}"))

    def has_source(self, hash: str) -> bool:
        """Whether the text of a source is there."""
        return bool(self._texts(hash))

    def put_source(self, hash: str, bundle: Path) -> None:
        """Copy a bundle into the folder."""
        place = self._sources / f"{hash}{bundle.suffix}"
        try:
            self._appear(place, lambda part: shutil.copyfile(bundle, part))
        except OSError as error:
            raise self._failure(error) from error

    def sources(self, hash: str, folder: Path) -> list[Path]:
        """The bundles of a source's text; several where two desks wrote it."""
        del folder
        return self._texts(hash)

    def close(self) -> None:
        """Nothing is open."""
