"""The workbench's end of the processes that read files and fetch links."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ingest
from ingest import telemetry
from ingest.media.playlist import Entry, Playlist
from ingest.web.fetched import Fetched
from workbench import permissions
from workbench.intake import wire
from workbench.intake.process import Process
from workbench.jobs import Cancel

#: What reads unless a test says otherwise.
DEFAULT_READER = f"{ingest.__name__}.readers:read"

#: Seconds without a record or a word of progress after which a reading is given up.
SILENCE_SECONDS = 180.0


def _command(kind: str, *arguments: str) -> list[str]:
    """The command line of a `reader` or `fetch` process."""
    if getattr(sys, "frozen", False):
        # A bundle has no interpreter to run a module with; its entry point knows these words.
        return [sys.executable, f"--{kind}-process", *arguments]
    return [sys.executable, "-P", "-m", f"workbench.intake.{kind}_process", *arguments]


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be read, called by its `name` in errors, from a section on, without some pages.

    `pictures` is "read", "leave out" for no text in them at all, "scans" for that of scanned
    pages and none of figures beside text, or "put off" for none of either, where a document has
    other text: one that has not raises an `InputError` for “recognition_put_off”.
    """

    path: str
    name: str
    title: str | None = None
    start_section: int = 0
    left_out: Sequence[int] = ()
    pictures: str = "read"


class Reader:
    """One process that reads and, once a link is to be fetched, another one that fetches.

    The one that reads opens whatever it is given and has no network; the one that fetches has, and
    opens no document. Both are used by one thread at a time, and for many files.

    `passwords` are tried where a PDF is locked; the list may grow meanwhile.

    `scratch` is the folder below which they may lay things aside; what is left there of one that
    died, somebody else sweeps away.
    """

    def __init__(
        self,
        reader: str = DEFAULT_READER,
        silence: float = SILENCE_SECONDS,
        scratch: Path | None = None,
        passwords: Sequence[str] = (),
    ) -> None:
        self._scratch = scratch
        self._passwords = passwords
        self._reading = Process(_command("reader", reader), telemetry.OFFLINE, silence)
        self._fetching = Process(_command("fetch"), telemetry.OFF, silence)

    @property
    def pid(self) -> int:
        """The number of the process that reads; 0 before the first start."""
        return self._reading.pid

    def start(self) -> None:
        """Start reading unless it runs; returns before it is ready, which takes a moment."""
        self._reading.start()

    def read(self, request: Request, cancel: Cancel) -> Generator[wire.Frame, None, None]:
        """Read a file and yield its frames, `batch` and `progress`. Raises as `Process.request`."""
        with _own_folder(self._scratch) as folder:
            message = (
                "read",
                os.fsencode(request.path),
                request.title,
                request.start_section,
                tuple(request.left_out),
                folder,
                request.pictures,
                tuple(self._passwords),
            )
            yield from self._reading.request(wire.pack(message), request.name, cancel)

    def fetch(
        self,
        address: str,
        *,
        typed: bool,
        tell: Callable[[int, int | None, str], None],
        cancel: Cancel,
    ) -> Fetched:
        """Fetch a page of the web; `tell(done, total, unit)` hears how far it is.

        Raises what `read` raises.
        """
        content = bytearray()
        told: wire.Frame = ()
        with _own_folder(self._scratch) as folder:
            request = wire.pack(("fetch", address, typed, folder))
            for frame in self._fetching.request(request, address, cancel):
                if frame[0] == "piece":
                    content += frame[1]
                elif frame[0] == "fetched":
                    told = frame[1:]
                elif frame[0] == "progress":
                    tell(*frame[1:])
        asked, final, media_type, charset, fetched, file_name = told
        return Fetched(asked, final, media_type, charset, fetched, bytes(content), file_name)

    def playlist(
        self, address: str, *, first: int, count: int, typed: bool, cancel: Cancel
    ) -> Playlist:
        """What a list of videos holds, from its entry `first` on. Raises what `read` raises."""
        request = wire.pack(("listed", address, first, count, typed))
        result: Playlist | None = None
        for frame in self._fetching.request(request, address, cancel):
            if frame[0] == "listed":
                _, title, channel, total, entries = frame
                result = Playlist(title, channel, total, tuple(Entry(*item) for item in entries))
        assert result is not None
        return result

    def levels(self, path: Path, count: int, cancel: Cancel) -> tuple[float, tuple[float, ...]]:
        """Seconds and loudness of a recording (`ingest.media.sound.levels`)."""
        request = wire.pack(("levels", os.fsencode(path), count))
        result: tuple[float, tuple[float, ...]] = (0.0, ())
        for frame in self._reading.request(request, path.name, cancel):
            if frame[0] == "levels":
                result = frame[1], tuple(frame[2])
        return result

    def clip(self, path: Path, target: Path, second: float, lasts: float, cancel: Cancel) -> None:
        """Write a piece of a recording to `target` (`ingest.media.sound.clip`)."""
        values = (os.fsencode(path), os.fsencode(target), second, lasts)
        for _ in self._reading.request(wire.pack(("clip", *values)), path.name, cancel):
            pass

    def frame(self, path: Path, width: int, cancel: Cancel) -> tuple[int, int, bytes]:
        """A frame of a film (`ingest.media.film_frame.film_frame`)."""
        request = wire.pack(("still", os.fsencode(path), width))
        frames = list(self._reading.request(request, path.name, cancel))
        return next((item[1], item[2], item[3]) for item in frames if item[0] == "still")

    def attachments(self, path: Path, cancel: Cancel) -> list[Path]:
        """The files that a list of references names (`ingest.bibliography.attachments`)."""
        results: list[Path] = []
        request = wire.pack(("attachments", os.fsencode(path)))
        for frame in self._reading.request(request, path.name, cancel):
            if frame[0] == "attachments":
                results = [Path(os.fsdecode(item)) for item in frame[1]]
        return results

    def close(self) -> None:
        """End both processes and everything they have started."""
        self._reading.close()
        self._fetching.close()


@contextlib.contextmanager
def _own_folder(scratch: Path | None) -> Iterator[bytes]:
    """A folder for one reading, removed afterwards with what a reader that was ended left in it.

    Its path as bytes; empty, which means the system's own, where none can be made.
    """
    folder = None
    for _ in range(3):
        # Another lane removes the folder above it as soon as that is empty: then once more.
        with contextlib.suppress(OSError):
            if scratch is not None:
                permissions.folder(scratch)
            folder = tempfile.mkdtemp(prefix="reading-", dir=scratch)
            break
    try:
        yield b"" if folder is None else os.fsencode(folder)
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if scratch is not None:
            with contextlib.suppress(OSError):
                scratch.rmdir()
