"""A disk on which one thing goes wrong, at the operation you choose.

It fails, fills up, flips a bit, or loses power. At a loss of power a file keeps what was synced,
and of what came after any part: whole writes, some of their sectors, or nothing. Names of new files
last once their folder is synced, and a file that was deleted may be back.
"""

import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.reliability.faulty_disk import CLOSE, CUT, DELETE, OPEN, READ, SYNC, WRITE

#: What can go wrong.
FAILS, DIES, FULL, POWER, FLIPS_WRITE, FLIPS_READ = (
    "one operation fails",
    "every operation fails from there on",
    "the disk is full",
    "the power goes",
    "a bit flips in a write",
    "a bit flips in a read",
)
KINDS = (FAILS, DIES, FULL, POWER, FLIPS_WRITE, FLIPS_READ)

_SECTOR = 512
_CODES = {
    READ: 266,  # SQLITE_IOERR_READ
    WRITE: 778,  # SQLITE_IOERR_WRITE
    SYNC: 1034,  # SQLITE_IOERR_FSYNC
    CUT: 1546,  # SQLITE_IOERR_TRUNCATE
    DELETE: 2570,  # SQLITE_IOERR_DELETE
    OPEN: sqlite3.SQLITE_CANTOPEN,
}
#: The operations that each kind counts.
COUNTED = {
    FAILS: (READ, WRITE, SYNC, CUT, DELETE, OPEN),
    DIES: (READ, WRITE, SYNC, CUT, DELETE, OPEN),
    FULL: (WRITE,),
    POWER: (WRITE, SYNC, CUT, DELETE),
    FLIPS_WRITE: (WRITE,),
    FLIPS_READ: (READ,),
}


@dataclass(slots=True)
class _Written:
    """A file: what is safe of it, and what was done to it since, in order.

    `named` is whether its name lasts; `gone` whether it was deleted.
    """

    safe: bytearray
    named: bool
    pending: list[tuple[str, int, bytes]] = field(default_factory=list)
    gone: bool = False


class BrokenDisk:
    """Counts operations and spoils the `at`-th one that `kind` counts; 0: none.

    `lost()` is called when the power goes, and never returns; `synced()` after each sync.
    """

    def __init__(
        self,
        kind: str,
        at: int,
        seed: int,
        *,
        lost: Callable[[], None] = lambda: None,
        synced: Callable[[], None] = lambda: None,
    ) -> None:
        self._kind, self._at = kind, at
        self._chance = random.Random(seed)
        self._lost, self._synced = lost, synced
        self._lock = threading.RLock()
        self._files: dict[str, _Written] = {}
        self._dead = False
        self._pages: dict[str, int] = {}
        #: Operations so far, by kind of fault.
        self.counts = dict.fromkeys(KINDS, 0)
        #: Where a bit was flipped: the file, the offset, and which bit; in a log, that of its page.
        self.flipped: tuple[str, int, int] | None = None

    def safe(self, path: str) -> bool:
        """Whether all that was written to a file would outlive a loss of power, its name too."""
        with self._lock:
            written = self._files.get(path)
            return written is None or (written.named and not written.pending)

    # -- what SQLite does ---------------------------------------------------------------------

    def asked(self, kind: str, path: str, at: int, data: bytes) -> tuple[int, bytes]:
        """Whether this is the operation, and what becomes of it."""
        with self._lock:
            self._wait_for_the_end()
            for each in KINDS:
                self.counts[each] += kind in COUNTED[each]
            self._follow_log(path, at, data)
            if not self._at or kind not in COUNTED[self._kind]:
                return 0, data
            count = self.counts[self._kind]
            if self._kind == FAILS and count == self._at:
                return _CODES[kind], data
            if self._kind == DIES and count >= self._at:
                return _CODES[kind], data
            if self._kind == FULL and count >= self._at:
                return sqlite3.SQLITE_FULL, data
            if self._kind == FLIPS_WRITE and count == self._at and data:
                return 0, self._flip(path, at, data)
            if self._kind == POWER and count == self._at:
                if kind == WRITE:
                    self._pend(path, WRITE, at, data)
                self._lose_power()
            return 0, data

    def read(self, path: str, at: int, data: bytes) -> bytes:
        """What the reader gets."""
        with self._lock:
            if self._kind == FLIPS_READ and self._at and self.counts[FLIPS_READ] == self._at:
                return self._flip(path, at, data)
        return data

    def done(self, kind: str, path: str, at: int, data: bytes) -> None:
        """Note what is to be lost, should the power go."""
        if not path or self._kind != POWER:
            return
        with self._lock:
            if kind == OPEN:
                self._opened(path)
            elif kind in (WRITE, CUT):
                self._pend(path, kind, at, data)
            elif kind == SYNC:
                self._sync(path)
                self._files[path].named = True
            elif kind == DELETE and path in self._files:
                if at:
                    del self._files[path]
                else:
                    self._files[path].gone = True
            elif kind == CLOSE:
                pass

    # -- what the program does beside it ----------------------------------------------------------

    def fsync(self, handle: int) -> None:
        """The program has the system write a file or folder; a folder's names last then."""
        with self._lock:
            self._wait_for_the_end()
            meant = os.fstat(handle)
            for path, written in list(self._files.items()):
                try:
                    here = Path(path).stat()
                    folder = Path(path).parent.stat()
                except OSError:
                    continue
                if (here.st_dev, here.st_ino) == (meant.st_dev, meant.st_ino):
                    self._sync(path)
                if (folder.st_dev, folder.st_ino) == (meant.st_dev, meant.st_ino):
                    written.named = True
            self._synced()

    # -- the loss of power ------------------------------------------------------------------------

    def _wait_for_the_end(self) -> None:
        while self._dead:
            time.sleep(1)

    def _opened(self, path: str) -> None:
        known = self._files.get(path)
        if known is not None and not known.gone:
            return
        content = Path(path).read_bytes() if Path(path).exists() else b""
        # What lay there before is safe; a new file is empty, and so far without a lasting name.
        self._files[path] = _Written(bytearray(content), named=bool(content))

    def _pend(self, path: str, kind: str, at: int, data: bytes) -> None:
        if path in self._files:
            self._files[path].pending.append((kind, at, data))

    def _sync(self, path: str) -> None:
        written = self._files.get(path)
        if written is None:
            return
        for each in written.pending:
            _apply(written.safe, *each)
        written.pending.clear()
        self._synced()

    def _lose_power(self) -> None:
        self._dead = True
        how = self._chance.choice(("nothing", "the beginning", "some", "some", "all"))
        for path, written in self._files.items():
            file = Path(path)
            if not written.named and self._chance.random() < 0.5:
                file.unlink(missing_ok=True)
                continue
            if written.gone and self._chance.random() < 0.5:
                continue
            image = written.safe
            pending = written.pending
            if how == "the beginning":
                pending = pending[: self._chance.randint(0, len(pending))]
            for kind, at, data in pending if how != "nothing" else ():
                if how == "some" and self._chance.random() < 0.4:
                    continue
                if kind == WRITE and how == "some" and self._chance.random() < 0.3:
                    for place in range(0, len(data), _SECTOR):
                        if self._chance.random() < 0.5:
                            _apply(image, WRITE, at + place, data[place : place + _SECTOR])
                    continue
                _apply(image, kind, at, data)
            file.write_bytes(image)
        self._lost()

    # -- flips ------------------------------------------------------------------------------------

    def _follow_log(self, path: str, at: int, data: bytes) -> None:
        """Remember of which page a log gets the content next: a frame is a head and a page."""
        if path.endswith("-wal") and len(data) == 24:
            self._pages[path] = int.from_bytes(data[:4], "big")

    def _flip(self, path: str, at: int, data: bytes) -> bytes:
        place, bit = self._chance.randrange(len(data)), self._chance.randrange(8)
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << bit
        where = at + place
        if path.endswith("-wal"):
            page = self._pages.get(path, 0)
            where = (page - 1) * 4096 + place if len(data) == 4096 and page else -1
        self.flipped = (path, where, bit)
        return bytes(spoilt)


def _apply(image: bytearray, kind: str, at: int, data: bytes) -> None:
    """Do to an image of a file what was done to it."""
    if kind == CUT:
        del image[at:]
        return
    if len(image) < at:
        image.extend(bytes(at - len(image)))
    image[at : at + len(data)] = data
