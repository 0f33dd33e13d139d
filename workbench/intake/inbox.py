"""The folder of a process that reads: what it reads is put there, and it can open nothing else.

A process that serves many files is shut in once, before it knows them (`ingest.isolation`). So each
file is copied into its folder, and with it what readers look for beside it. Large files, and a
database whose program may be writing, are read where they are, by a process for that file alone.
"""

import contextlib
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest import isolation
from ingest.media import signatures
from workbench import permissions

#: Zotero's database, which names the files of its folder.
ZOTERO = "zotero.sqlite"
#: Largest file that is copied, and largest of those beside it.
_COPIED, _BESIDE = 32 << 20, 8 << 20
#: How files beside a picture, a recording, captions or their description end.
_ENDINGS = (".info.json", ".vtt", ".srt", ".json3", ".txt", ".caption")
_LISTS = ("users.json",)
_MOST_BESIDE = 40


class NoRoomError(Exception):
    """A file cannot be copied: it may not be read, or the disk is full."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a process may read and write besides its folder.

    `heavy` gives it the limits of a recording; `model` is what transcribes: its folder, a language
    and the folder of journals, or None.
    """

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    heavy: bool = False
    model: tuple[str, str, str | None] | None = None


class Inbox:
    """A folder of one process: it reads what is put there, and writes in a folder of its own."""

    def __init__(self, scratch: Path | None) -> None:
        """`scratch`: the folder it lies in, or None for the system's temporary folder."""
        self._scratch = scratch
        self._folder: Path | None = None
        self._kept: Path | None = None
        self._placed: list[Path] = []
        for _ in range(3):
            # Another lane removes the parent folder as soon as it is empty: then retry.
            with contextlib.suppress(OSError):
                if scratch is not None:
                    permissions.folder(scratch)
                self._folder = Path(tempfile.mkdtemp(prefix="reading-", dir=scratch)).resolve()
                for name in ("in", "tmp"):
                    (self._folder / name).mkdir(mode=0o700)
                break

    @property
    def read(self) -> str:
        """The folder that the process may read, or "" if none could be made."""
        return "" if self._folder is None else str(self._folder / "in")

    @property
    def written(self) -> str:
        """The folder that the process may write in."""
        return tempfile.gettempdir() if self._folder is None else str(self._folder / "tmp")

    def is_there(self) -> bool:
        """Whether nobody has removed the folder."""
        return self._folder is None or self._folder.is_dir()

    def copied(self, path: Path) -> Path:
        """Copy a file to where the process can read it. Raises `NoRoomError`.

        Folders around it keep their names: a day of a chat is called by its channel.
        """
        if not isolation.holds_files():
            return path
        try:
            if not path.exists():
                return path
            target = self._target(path)
            shutil.copyfile(path, target)
            self._copy_beside(path, target, is_recording=False)
        except (OSError, ValueError) as error:
            raise NoRoomError from error
        return target

    def linked(self, path: Path) -> Path:
        """Link a file that the process may read, and copy what lies beside it."""
        if not isolation.holds_files() or path.name == ZOTERO:
            return path
        try:
            target = self._target(path)
            target.symlink_to(path.absolute())
            self._copy_beside(path, target, is_recording=True)
        except (OSError, ValueError):
            return path
        return target

    def _target(self, path: Path) -> Path:
        if self._folder is None:
            raise FileNotFoundError
        names = (path.parent.parent.name, path.parent.name)
        above, parent = ("in" if name in ("", "..") else name for name in names)
        target = self._folder / "in" / above / parent / path.name
        if target.parent != self._kept:
            if self._kept is not None:
                for old in list((self._folder / "in").iterdir()):
                    shutil.rmtree(old)
            target.parent.mkdir(mode=0o700, parents=True)
            self._kept = target.parent
        self._placed.append(target)
        return target

    def _copy_beside(self, path: Path, target: Path, *, is_recording: bool) -> None:
        for beside, level in _beside(path, is_recording=is_recording):
            if beside.stat().st_size <= _BESIDE:
                copy = target.parents[level] / beside.name
                self._placed.append(copy)
                shutil.copyfile(beside, copy)

    def empty(self) -> None:
        """Remove what was put there, and what was written."""
        for path in self._placed:
            with contextlib.suppress(OSError):
                path.unlink()
        self._placed.clear()
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(self.written)):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folder."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._scratch is not None:
            with contextlib.suppress(OSError):
                self._scratch.rmdir()


def needs(path: Path, target: Path | None = None) -> Needs | None:
    """What a process of its own needs for this file; None if it can be copied for any.

    `target` is a file that is to be written.
    """
    write = () if target is None else (str(target),)
    if _is_recording(path):
        from workbench.intake import speech

        model = speech.active_model()
        if model is None or model.journals is None:
            return Needs((str(path),), write, heavy=True)
        model.journals.mkdir(mode=0o700, parents=True, exist_ok=True)
        values = (str(model.model), model.language, str(model.journals))
        return Needs((str(path), values[0]), (*write, values[2]), True, values)
    if write:
        return Needs((str(path),), write)
    if not isolation.holds_files():
        return None
    if path.name == ZOTERO:
        from ingest import zotero

        preferences = path.parent.parent / "prefs.js"
        return Needs(tuple(map(str, (path.parent, preferences, *zotero.homes()))))
    try:
        result = path.stat()
    except (OSError, ValueError):
        return None
    is_small = stat.S_ISREG(result.st_mode) and result.st_size <= _COPIED
    return None if is_small else Needs((str(path),))


def _is_recording(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return signatures.is_recording(file.read(4096))
    except (OSError, ValueError):
        return False


def _beside(path: Path, *, is_recording: bool) -> Iterator[tuple[Path, int]]:
    """What readers look for beside a file, and above it (1), each at most once."""
    names = {f"{path.name}.txt"}
    stem = path.name
    while "." in stem[1:] and len(names) < _MOST_BESIDE:
        stem = stem.rpartition(".")[0]
        names.update(stem + ending for ending in _ENDINGS)
    if is_recording or path.name.endswith(".info.json"):
        # Captions have a language in their names.
        of = path.name.removesuffix(".info.json") if not is_recording else path.stem
        found = (item.name for item in path.parent.glob(f"{glob.escape(of)}.*"))
        names.update(name for name in sorted(found)[:_MOST_BESIDE] if name.endswith(_ENDINGS))
    names.discard(path.name)
    yield from ((item, 0) for name in sorted(names) if _is_file(item := path.with_name(name)))
    if path.suffix == ".json":
        for level, folder in enumerate((path.parent, path.parent.parent)):
            yield from (
                (folder / name, level)
                for name in _LISTS
                if name != path.name and _is_file(folder / name)
            )


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
