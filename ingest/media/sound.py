"""Decodes the sound of a recording or film into samples, piece by piece, by PyAV.

Any format becomes one channel at 16 kHz. Frames that cannot be decoded are skipped, as players do,
so that a damaged file gives what it has. Memory is bounded by the stretch, however long the
recording.
"""

import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import DamagedFileError, IngestError, NoTextError, UnsupportedFileError
from ingest.media import speech_settings

#: Samples per second.
RATE = 16_000
#: Consecutive invalid frames after which a file is given up.
_MAX_BROKEN = 2_000

Sound = NDArray[np.float32]


@dataclass(slots=True)
class Track:
    """Metadata of the sound; `seconds` is None if unknown.

    `broken` counts the frames that could not be decoded so far.
    """

    seconds: float | None
    codec: str
    tags: dict[str, str] = field(default_factory=dict)
    broken: int = 0


class Recording:
    """An open recording: its metadata, and its sound, once from the beginning."""

    def __init__(self, container: Any, stream: Any, track: Track) -> None:
        """Call `open_recording` instead."""
        self.track = track
        self._container = container
        self._stream = stream

    def pieces(self) -> Iterator[Sound]:
        """The sound in small pieces: (n,) float32 from -1 to 1, at `RATE`.

        Raises `DamagedFileError` if nothing can be decoded.
        """
        import av

        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        result = False
        row = 0
        for packet in self._packets():
            created: list[Sound] = []
            try:
                for frame in packet.decode():
                    frame.pts = None
                    created += map(_as_float, resampler.resample(frame))
                row = 0
            except (av.error.FFmpegError, ValueError):
                # Including impossible rates, channels and formats.
                self.track.broken += 1
                row += 1
                if row > _MAX_BROKEN:
                    break
            result = result or bool(created)
            yield from created
        if result:
            for piece in resampler.resample(None):
                yield _as_float(piece)
        else:
            raise DamagedFileError(
                "No sound in this recording can be decoded: it is cut off or corrupt.",
                "Copy or download it again and add the new copy.",
            )

    def _packets(self) -> Iterator[Any]:
        """The packets of the stream, up to where the file is invalid."""
        import av

        try:
            yield from self._container.demux(self._stream)
        except (av.error.InvalidDataError, av.error.EOFError, ValueError):
            self.track.broken += 1

    def stretches(self, seconds: float) -> Iterator[Sound]:
        """The sound in stretches of so many seconds, the last one shorter."""
        size = int(seconds * RATE)
        pending: list[Sound] = []
        count = 0
        for piece in self.pieces():
            pending.append(piece)
            count += len(piece)
            while count >= size:
                entire = np.concatenate(pending)
                yield entire[:size]
                pending, count = [entire[size:]], count - size
        if count:
            yield np.concatenate(pending)


@contextmanager
def open_recording(path: Path) -> Iterator[Recording]:
    """Open a recording or a film.

    Raises `DamagedFileError`, `NoTextError` if it has no sound, `UnsupportedFileError` if its codec
    or PyAV is not available.
    """
    av = _decoder()
    try:
        container = av.open(str(path), mode="r", metadata_errors="ignore")
    except (av.error.FFmpegError, ValueError) as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        raise DamagedFileError(
            "This recording cannot be opened: it is cut off or corrupt.",
            "Copy or download it again and add the new copy.",
        ) from error
    with container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            raise NoTextError(
                "This film has no sound, so there is nothing to transcribe.",
                "Add its captions as an .srt or .vtt file, if it has any.",
            )
        codec = _codec(stream)
        tags = {str(key).lower(): str(value) for key, value in container.metadata.items()}
        lasts = container.duration
        track = Track(lasts / 1_000_000 if lasts and lasts > 0 else None, codec, tags)
        yield Recording(container, stream, track)


def _decoder() -> Any:
    """PyAV. Raises `UnsupportedFileError` without it."""
    try:
        import av
    except ImportError as error:
        raise UnsupportedFileError(*speech_settings.lacking()) from error
    return av


def _codec(stream: Any) -> str:
    """The name of the stream's codec. Raises `UnsupportedFileError` if it is not available."""
    import av

    context: Any = getattr(stream, "codec_context", None)
    name = getattr(context, "name", "") if context is not None else ""
    if name:
        try:
            context.open(strict=False)
        except (av.error.FFmpegError, ValueError, OSError):
            name = ""
    if name:
        return str(name)
    raise UnsupportedFileError(
        "The sound of this recording is in a format that cannot be read here.",
        "Convert it to MP3, M4A, FLAC, OGG or WAV with another program, and add that.",
    )


def _as_float(frame: Any) -> Sound:
    entire: Sound = frame.to_ndarray().reshape(-1).astype(np.float32) / 32768.0
    return entire


def clip(path: Path, target: Path, second: float, lasts: float, cancel: Callable[[], None]) -> None:
    """Write so many seconds of sound from a position as a WAV file.

    It is decoded from the beginning: not every format can seek precisely.
    """
    first, final = int(second * RATE), int((second + lasts) * RATE)
    with open_recording(path) as recording, wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        at = 0
        for piece in recording.pieces():
            cancel()
            part = piece[max(0, first - at) : max(0, final - at)]
            file.writeframes((np.clip(part, -1, 1) * 32767).astype("<i2").tobytes())
            at += len(piece)
            if at >= final:
                break


def levels(path: Path, count: int, cancel: Callable[[], None]) -> tuple[float, list[float]]:
    """The length of a recording in seconds, and the peak of each of its parts, 0 to 1.

    There are `count` parts, or up to twice as many if the length is not known beforehand.
    """
    total = 0
    with open_recording(path) as recording:
        seconds = recording.track.seconds
        per = max(1, int((seconds or count) * RATE / count))
        results: list[float] = []
        remainder = np.zeros(0, np.float32)
        for piece in recording.pieces():
            cancel()
            total += len(piece)
            remainder = np.concatenate([remainder, np.abs(piece)])
            entire = len(remainder) // per
            if entire:
                results += [
                    float(x) for x in remainder[: entire * per].reshape(entire, per).max(axis=1)
                ]
                remainder = remainder[entire * per :]
        if len(remainder):
            results.append(float(remainder.max()))
    while len(results) > 2 * count:
        results = [max(results[at : at + 2]) for at in range(0, len(results), 2)]
    return total / RATE, results


#: Position in a film as a share of its length: titles fade in from black.
_AT = 0.1
#: Most rows of a frame.
_HIGHEST = 4000


def film_frame(path: Path, width: int) -> tuple[int, int, bytes]:
    """A frame of a film, `width` pixels wide: (width, height, RGBA rows).

    Raises `IngestError` if there is none, and without PyAV.
    """
    av = _decoder()
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            stream = next(iter(container.streams.video), None)
            if stream is not None and stream.frames != 1 and container.duration:
                container.seek(int(container.duration * _AT))
            for frame in container.decode(stream) if stream is not None else ():
                high = max(1, min(_HIGHEST, round(width * frame.height / frame.width)))
                painted = frame.reformat(width=width, height=high, format="rgba")
                return width, high, painted.to_ndarray().tobytes()
    except (av.error.FFmpegError, ValueError):
        pass
    raise IngestError("This recording has no picture.", "Its words are kept and shown.")
