"""Waveform of a recording, and clips of it to play.

The sound of a recording is its original; that of captions is a recording of the same name beside
them. Clips are files in the cache, since system players cannot be told where to begin.
"""

import contextlib
import glob
import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.media import signatures
from workbench import paths, permissions
from workbench.errors import InputError, NotFoundError
from workbench.intake.intake import Intake
from workbench.jobs import Cancel
from workbench.store import originals, sources
from workbench.store.store import Store

#: Seconds of sound in a clip, and seconds for which it is cached.
CLIP_SECONDS = 90.0
_STAYS = 3600.0
#: Kinds of sources with sound.
KINDS = ("recording", "captions")


@dataclass(frozen=True, slots=True)
class Waveform:
    """The length of a recording in seconds, and the loudness of each of its equal parts, 0 to 1."""

    seconds: float
    levels: tuple[float, ...]


def waveform(
    store: Store, intake: Intake, source: int, count: int, cancel: Cancel | None
) -> Waveform:
    """The loudness of a transcript's recording over time, in at least `count` parts.

    Raises `NotFoundError` if the recording is missing, `InputError` if it is damaged.
    """
    with _sound_of(store, source) as file, intake.reader() as reader:
        return Waveform(*reader.levels(file, count, cancel or Cancel()))


def sound_clip(
    store: Store, intake: Intake, source: int, second: float, cancel: Cancel | None
) -> Path:
    """Write a WAV file of a transcript's sound from a second on, to be played.

    It is cached for an hour. Raises as `waveform`.
    """
    folder = paths.cache_dir() / "clips"
    try:
        permissions.folder(folder)
        for path in folder.iterdir():
            if time.time() - path.stat().st_mtime > _STAYS:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"There is not enough space to play it ({error.strerror or error}).",
            "Free some space, then try again.",
            reason="disk",
        ) from error
    target = folder / f"{secrets.token_hex(6)}.wav"
    try:
        permissions.private(target)
        with _sound_of(store, source) as file, intake.reader() as reader:
            reader.clip(file, target, max(0.0, second), CLIP_SECONDS, cancel or Cancel())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def still(store: Store, intake: Intake, source: int, width: int) -> tuple[int, int, bytes]:
    """A frame of a film, or the cover of a recording: (width, height, RGBA rows).

    Raises `NotFoundError` if the recording is missing, `InputError` if it has no picture.
    """
    with _sound_of(store, source) as file, intake.reader() as reader:
        return reader.frame(file, width, Cancel())


@contextlib.contextmanager
def _sound_of(store: Store, source: int) -> Iterator[Path]:
    """The recording of a transcript. Raises `NotFoundError`."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        with store.read() as connection:
            row = sources.by_id(connection, source)
            file = originals.unchanged(connection, source)
            if row.kind == "recording":
                file = file or originals.stored_copy(connection, source, Path(folder))
            elif row.kind == "captions" and file is not None:
                file = _sibling_recording(file)
            else:
                file = None
        if file is None:
            raise NotFoundError(
                f"The recording of “{row.title}” is not here.",
                "Its words are kept and shown; locate the recording to hear it.",
            )
        yield file


def _sibling_recording(captions: Path) -> Path | None:
    """The recording beside a file of captions: "talk.mp4" beside "talk.en.vtt"."""
    stem = captions.name.split(".")[0]
    for path in sorted(captions.parent.glob(f"{glob.escape(stem)}.*")):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if path != captions and signatures.is_recording(file.read(4096)):
                return path
    return None
