"""Speech recognition by a Whisper model in CTranslate2 format, piece by piece.

A stretch of some ten minutes is decoded, searched for voice (Silero, inside faster-whisper), and
cut at silences, so that no word is divided. Segments are written to a journal at once, so that an
interrupted transcription resumes after the last segment. Segments with low confidence are marked,
and repetition loops are collapsed (Radford et al., 2022, section 4.5, for both criteria).
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from ingest import telemetry
from ingest.errors import DamagedFileError, UnsupportedFileError
from ingest.media.sound import RATE, Recording, Sound
from ingest.media.speech_settings import SpeechSettings, lacking, model_problem
from ingest.records import Check, Report

#: Seconds at the end of a stretch in which a silence to cut at is searched.
_SEARCH_SECONDS = 60.0
#: Amplitude below which no voice detection is needed.
_SILENCE = 1e-3
#: Words get times and probabilities if the mean log probability of their window of 30 seconds is
#: below this, or the sum below is too high. To time all costs 7 % of processor time. One sentence
#: in noise among four clear ones brings a window to -0.19 or less; clear ones have -0.1.
_CONFIDENT = -0.18
#: A segment is doubtful above this compression ratio, at which Whisper itself retries, or below
#: this mean probability of its words: with tiny.en 59 of 192 segments are, including 43 of the 48
#: with a third of the words wrong, and one without errors.
_COMPRESSED = 2.4
_DOUBTED = 0.75
#: Without word probabilities: its negated mean log probability plus twice its no-speech probability
#: above this is doubtful. That marks 78 % of the segments in which two people speak at once, at
#: most 5 dB apart; Whisper's own limits (-1.0 and 0.6) 19 %.
_UNSURE = 0.9
_ANOTHER = (
    "Choose another folder in Settings, Models, or load one with `workbench speech get base`."
)
#: Names of sounds, and nothing else.
_SOUNDS = re.compile(r"(?:[♪♫\s.…*]|\[[^\[\]?]{1,40}\]|\([^()]{1,40}\))*")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words between two seconds; `doubtful` if the model was not sure of them.

    `repeats` counts immediate repetitions, which are left out. `words` has the start, end and
    probability of each word of `text.split()`; empty if unknown, or if the model was sure of the
    whole window.
    """

    start: float
    end: float
    text: str
    doubtful: bool = False
    repeats: int = 0
    words: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording, `[start, end)` in seconds, with its transcript."""

    start: float
    end: float
    segments: tuple[Segment, ...]
    language: str


def stretches(
    recording: Recording,
    settings: SpeechSettings,
    journal: "Journal",
    *,
    report: Report,
    cancel: Check,
) -> Iterator[Stretch]:
    """Transcribe in stretches, resuming from the journal.

    `report(done, total, "seconds")` reports progress. Raises `UnsupportedFileError` if the model
    cannot be loaded, and as `Recording.pieces`.
    """
    model: Any = None
    language = journal.language or settings.language
    total = int(recording.track.seconds or 0)
    at = 0.0
    with closing(_Cutter(recording, settings.stretch)) as cutter:
        for completed in journal.stretches:
            cutter.skip(completed.end, lambda second: report(int(second), total, "seconds"))
            at = completed.end
            yield completed
        while (sound := cutter.next(cancel)) is not None:
            end = at + len(sound[0]) / RATE
            segments: list[Segment] = list(journal.started)
            if sound[1]:
                if model is None:
                    report(int(at), total, "seconds")
                    model = _loaded(settings)
                after = segments[-1].end if segments else 0.0
                results, result = _segments(
                    model, sound, at, after, language, timed=_times_words(settings)
                )
                language = language or result
                for segment in _guarded(results, settings):
                    cancel()
                    report(int(segment.end), max(total, int(segment.end)), "seconds")
                    if segments and _same(segments[-1].text, segment.text):
                        segments[-1] = _with_repeat(segments[-1])
                    else:
                        segments.append(segment)
                    journal.note(segments[-1], language)
            finished = Stretch(at, end, tuple(segments), language)
            journal.close(finished)
            report(int(end), max(total, int(end)), "seconds")
            at = end
            yield finished


def _guarded(segments: Iterator[Segment], settings: SpeechSettings) -> Iterator[Segment]:
    try:
        yield from segments
    except (RuntimeError, ValueError) as error:
        # Its tokens do not match its tokenizer, or it is out of memory.
        raise _unfit(settings, "stopped while it listened") from error


def _same(text: str, other: str) -> bool:
    return text.casefold().split() == other.casefold().split()


def _with_repeat(segment: Segment) -> Segment:
    return replace(segment, doubtful=True, repeats=segment.repeats + 1)


def _segments(
    model: Any,
    sound: tuple[Sound, list[dict[str, int]]],
    at: float,
    after: float,
    language: str,
    *,
    timed: bool,
) -> tuple[Iterator[Segment], str]:
    """The segments of a stretch that begins at second `at`, without those that end by `after`.

    `timed` says whether the model supports word timestamps.
    """
    from faster_whisper.transcribe import restore_speech_timestamps
    from faster_whisper.vad import collect_chunks

    entire, voices = sound
    voices = _after(voices, int((after - at) * RATE))
    if not voices:
        return iter(()), language
    pieces, _ = collect_chunks(entire, voices)
    speech = np.concatenate(pieces, axis=0)
    segments, info = model.transcribe(
        speech, language=language or None, vad_filter=False, word_timestamps=timed
    )
    restored = restore_speech_timestamps(segments, voices, RATE)

    def produce() -> Iterator[Segment]:
        latest = max(at, after)
        end = at + len(entire) / RATE
        for item in restored:
            text = " ".join(item.text.split())
            if is_wordless(text):
                continue
            # A model can produce times beyond its input.
            start = min(max(at + float(item.start), latest), end)
            stop = min(max(at + float(item.end), start), end)
            latest = start
            words = _words(item.words or (), at, (start, stop))
            if len(words) != len(text.split()):
                words = ()
            yield Segment(round(start, 2), round(stop, 2), text, _is_doubtful(item), words=words)

    return produce(), str(info.language)


def _words(
    pieces: Sequence[Any], at: float, bounds: tuple[float, float]
) -> tuple[tuple[float, float, float], ...]:
    """Start, end and probability of each word: a piece without a leading space continues one."""
    results: list[tuple[float, float, float]] = []
    for piece in pieces:
        # NumPy numbers, which the store would take for bytes.
        begin, end, certain = map(float, (piece.start, piece.end, piece.probability))
        begin, end = (round(min(max(at + t, bounds[0]), bounds[1]), 2) for t in (begin, end))
        if results and not piece.word[:1].isspace():
            begin, certain = results[-1][0], min(results.pop()[2], certain)
        results.append((begin, end, round(certain, 2)))
    return tuple(results)


def is_wordless(text: str) -> bool:
    """Whether a segment names only sounds, as models do for music: "♪", "[Applause]"."""
    return _SOUNDS.fullmatch(text) is not None


def _after(voices: Sequence[dict[str, int]], sample: int) -> list[dict[str, int]]:
    retained = [dict(voice) for voice in voices if voice["end"] > sample]
    for voice in retained[:1]:
        voice["start"] = max(voice["start"], sample)
    return retained


def _is_doubtful(segment: Any) -> bool:
    if segment.words and segment.compression_ratio <= _COMPRESSED:
        return fmean(word.probability for word in segment.words) < _DOUBTED
    return bool(
        _unsure(segment.avg_logprob, segment.no_speech_prob)
        or segment.compression_ratio > _COMPRESSED
        # It fell back to a higher temperature.
        or segment.temperature
    )


def _unsure(average: float, no_speech: float) -> bool:
    return 2 * no_speech - average > _UNSURE


def _loaded(settings: SpeechSettings) -> Any:
    if wrong := model_problem(settings.model):
        raise UnsupportedFileError(wrong, _ANOTHER)
    # Even if the caller's own process does this.
    os.environ.update(telemetry.OFFLINE)
    try:
        from faster_whisper import WhisperModel
        from tqdm import tqdm  # type: ignore[import-untyped]
    except ImportError as error:
        raise UnsupportedFileError(*lacking()) from error
    # The thread that would draw its progress bars need not run.
    tqdm.monitor_interval = 0
    try:
        model = WhisperModel(
            str(settings.model),
            device="cpu",
            compute_type="int8",
            cpu_threads=settings.threads or os.cpu_count() or 1,
        )
    except Exception as error:
        # A damaged tokenizer raises nothing more specific.
        raise _unfit(settings, "cannot be loaded") from error
    _time_in_doubt(model)
    return model


def _time_in_doubt(model: Any) -> None:
    """Let a model time words only in windows of 30 seconds that it is not sure of."""
    hear, time = model.generate_with_fallback, model.add_word_timestamps
    doubted = True

    def generate(*given: Any, **named: Any) -> Any:
        nonlocal doubted
        result = hear(*given, **named)
        output, certain = result[:2]
        doubted = certain < _CONFIDENT or _unsure(certain, output.no_speech_prob)
        return result

    def timed(segments: list[list[dict[str, Any]]], *given: Any, **named: Any) -> None:
        if doubted:
            time(segments, *given, **named)
            return
        for item in chain.from_iterable(segments):
            item["words"] = []

    model.generate_with_fallback, model.add_word_timestamps = generate, timed


def _times_words(settings: SpeechSettings) -> bool:
    """Whether the alignment heads of the model are known; some conversions drop them."""
    try:
        config = json.loads((settings.model / "config.json").read_text(encoding="utf-8"))
        return bool(config["alignment_heads"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _unfit(settings: SpeechSettings, reason: str) -> UnsupportedFileError:
    return UnsupportedFileError(f"The speech model “{settings.model.name}” {reason}.", _ANOTHER)


class _Cutter:
    """Cuts a recording at silences into stretches, each with its voiced parts."""

    def __init__(self, recording: Recording, seconds: float) -> None:
        self._pieces = recording.pieces()
        self._at = 0
        self._size = int(seconds * RATE)
        self._search = int(min(_SEARCH_SECONDS, seconds / 2) * RATE)
        self._buffer = np.zeros(0, np.float32)

    def skip(self, second: float, report: Callable[[float], None]) -> None:
        """Skip to a second from the beginning; `report` is called."""
        requested = round(second * RATE) - self._at
        while requested > 0:
            if not len(self._buffer):
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._buffer = piece
            used = min(requested, len(self._buffer))
            self._buffer = self._buffer[used:]
            self._at += used
            requested -= used
            report(self._at / RATE)

    def next(self, cancel: Check) -> tuple[Sound, list[dict[str, int]]] | None:
        """The next stretch and its voiced parts (first and last sample); None at the end."""
        pieces, count = [self._buffer], len(self._buffer)
        while count < self._size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            cancel()
            pieces.append(piece)
            count += len(piece)
        entire = np.concatenate(pieces)
        if not len(entire):
            return None
        voices = _voices(entire)
        cut = len(entire) if len(entire) < self._size else self._cut(entire, voices)
        self._buffer = entire[cut:]
        self._at += cut
        retained = [{**v, "end": min(v["end"], cut)} for v in voices if v["start"] < cut]
        return entire[:cut], retained

    def _cut(self, samples: Sound, voices: Sequence[dict[str, int]]) -> int:
        """The middle of the last silence near the end, or the end."""
        minimum = len(samples) - self._search
        for previous, following in zip(voices[-2::-1], voices[:0:-1], strict=True):
            middle = (previous["end"] + following["start"]) // 2
            if middle < minimum:
                break
            return middle
        if voices and minimum <= voices[-1]["end"] < len(samples):
            return (voices[-1]["end"] + len(samples)) // 2
        return len(samples)

    def close(self) -> None:
        """Let go of the recording."""
        self._buffer = np.zeros(0, np.float32)


def _voices(sound: Sound) -> list[dict[str, int]]:
    """The voiced parts, as {"start", "end"} in samples."""
    if not len(sound) or float(np.abs(sound).max()) < _SILENCE:
        return []
    from faster_whisper.vad import get_speech_timestamps

    result = get_speech_timestamps(sound)
    return [{"start": int(item["start"]), "end": int(item["end"])} for item in result]


class Journal:
    """The transcript of one recording so far, in a file of lines, or in memory."""

    def __init__(self, path: Path | None = None, *, identity: str = "") -> None:
        """`identity` names model and language: a transcript by another is not used."""
        self.stretches: list[Stretch] = []
        self.started: list[Segment] = []
        self.language = ""
        self._path = path
        self._identity = identity
        if path is not None:
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            lines = []
        retained = [self._identity]
        for line in lines[1:] if lines[:1] == retained else ():
            try:
                self._take(json.loads(line))
            except (ValueError, TypeError, KeyError):
                # Truncated by the interruption.
                break
            retained.append(line)
        # Transcripts are private.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{line}\n" for line in retained), encoding="utf-8")

    def _take(self, record: dict[str, Any]) -> None:
        if "stretch" in record:
            stretch = record["stretch"]
            segments = tuple(Segment(**item) for item in stretch["segments"])
            self.language = self.language or stretch["language"]
            self.stretches.append(
                Stretch(stretch["start"], stretch["end"], segments, stretch["language"])
            )
            self.started = []
            return
        segment = Segment(**record["segment"])
        self.language = self.language or record["language"]
        if segment.repeats and self.started:
            self.started[-1] = segment
        else:
            self.started.append(segment)

    def note(self, segment: Segment, language: str) -> None:
        """Record a segment of the current stretch."""
        self._write({"segment": asdict(segment), "language": language})

    def close(self, stretch: Stretch) -> None:
        """Record that a stretch is complete."""
        self.started = []
        self._write({"stretch": asdict(stretch)})

    def _write(self, record: dict[str, Any]) -> None:
        if self._path is None:
            return
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        except OSError as error:
            raise DamagedFileError(
                f"There is not enough space for the transcript ({error.strerror or error}).",
                "Free some space, then retry.",
            ) from error
