"""Speech recognition by a Whisper model in the CTranslate2 format, piece by piece.

A stretch of some ten minutes is decoded, the voice in it found (Silero, inside faster-whisper), and
cut where nobody speaks, so that no word falls between two. What the model says is journalled as it
comes: a reading that was ended goes on after the last segment, not at the last stretch. Segments
that the model itself was not sure of are marked, and what it repeats like a broken record is said
once (Radford et al., 2022, section 4.5, has both signs).
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
from ingest.media.means import Means, trouble
from ingest.media.sound import RATE, Recording, Sound
from ingest.records import Check, Report

#: The last so many seconds of a stretch in which a silence to cut at is looked for.
_SEARCH_SECONDS = 60.0
#: What is quieter than this everywhere is silence, without anybody listening.
_SILENCE = 1e-3
#: Words are timed, and their probabilities known, where the mean log probability of their window of
#: 30 seconds is below this, or the sum below too high. To time all costs 7 % of processor time. One
#: sentence in noise among four clear ones brings a window to -0.19 or less; clear ones have -0.1.
_SURE = -0.18
#: A segment is doubtful above this compression, at which Whisper itself tries again, or below this
#: mean probability of its words: with tiny.en 59 of 192 segments are, of 48 in which a third of the
#: words is wrong 43, and one in which none is.
_COMPRESSED = 2.4
_DOUBTED = 0.75
#: Where nobody knows its words: where its mean log probability, negated, and twice its chance of no
#: speech come above this sum. It doubts 78 % of the segments in which two people speak at once, at
#: most 5 dB apart; Whisper's own limits (-1.0 and 0.6) 19 %.
_UNSURE = 0.9
_ANOTHER = (
    "Choose another folder in Settings, Models, or load one with `workbench speech get base`."
)
#: Marks of sounds between words, and nothing else.
_SOUNDS = re.compile(r"(?:[♪♫\s.…*]|\[[^\[\]?]{1,40}\]|\([^()]{1,40}\))*")


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words between two seconds; `doubtful` where the model was not sure of them.

    `repeats` counts how often it said them again right after, which is left out. `words` has the
    start, end and probability of each word of `text.split()`; empty where nobody knows, or where
    the model was sure of all that it heard then.
    """

    start: float
    end: float
    text: str
    doubtful: bool = False
    repeats: int = 0
    words: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording, `[start, end)` in seconds, with what is said in it."""

    start: float
    end: float
    segments: tuple[Segment, ...]
    language: str


def stretches(
    recording: Recording, means: Means, journal: "Journal", *, report: Report, cancel: Check
) -> Iterator[Stretch]:
    """What is said, a stretch at a time; those in the journal come from there.

    `report(done, total, "seconds")` is told how far it is. Raises `UnsupportedFileError` where the
    model cannot be loaded, and what `Recording.pieces` raises.
    """
    model: Any = None
    language = journal.language or means.language
    total = int(recording.track.seconds or 0)
    at = 0.0
    with closing(_Cutter(recording, means.stretch)) as cutter:
        for completed in journal.stretches:
            cutter.skip(completed.end, lambda second: report(int(second), total, "seconds"))
            at = completed.end
            yield completed
        while (sound := cutter.next(cancel)) is not None:
            end = at + len(sound[0]) / RATE
            told: list[Segment] = list(journal.started)
            if sound[1]:
                if model is None:
                    report(int(at), total, "seconds")
                    model = _loaded(means)
                after = told[-1].end if told else 0.0
                said, result = _said(model, sound, at, after, language, timed=_times_words(means))
                language = language or result
                for segment in _heard(said, means):
                    cancel()
                    report(int(segment.end), max(total, int(segment.end)), "seconds")
                    if told and _same(told[-1].text, segment.text):
                        told[-1] = _again(told[-1])
                    else:
                        told.append(segment)
                    journal.note(told[-1], language)
            finished = Stretch(at, end, tuple(told), language)
            journal.close(finished)
            report(int(end), max(total, int(end)), "seconds")
            at = end
            yield finished


def _heard(said: Iterator[Segment], means: Means) -> Iterator[Segment]:
    try:
        yield from said
    except (RuntimeError, ValueError) as error:
        # Its tokens are not those of its tokenizer, or its memory has run out.
        raise _unfit(means, "stopped while it listened") from error


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _again(segment: Segment) -> Segment:
    return replace(segment, doubtful=True, repeats=segment.repeats + 1)


def _said(
    model: Any,
    sound: tuple[Sound, list[dict[str, int]]],
    at: float,
    after: float,
    language: str,
    *,
    timed: bool,
) -> tuple[Iterator[Segment], str]:
    """The segments of a stretch that begins at second `at`, those that end by `after` left out.

    `timed` says whether the model can give each word its time and probability.
    """
    from faster_whisper.transcribe import restore_speech_timestamps
    from faster_whisper.vad import collect_chunks

    entire, voices = sound
    voices = _after(voices, int((after - at) * RATE))
    if not voices:
        return iter(()), language
    pieces, _ = collect_chunks(entire, voices)
    speech = np.concatenate(pieces, axis=0)
    segments, about = model.transcribe(
        speech, language=language or None, vad_filter=False, word_timestamps=timed
    )
    restored = restore_speech_timestamps(segments, voices, RATE)

    def said() -> Iterator[Segment]:
        last = max(at, after)
        end = at + len(entire) / RATE
        for item in restored:
            text = " ".join(item.text.split())
            if is_wordless(text):
                continue
            # A model can name times beyond what it heard.
            start = min(max(at + float(item.start), last), end)
            stop = min(max(at + float(item.end), start), end)
            last = start
            words = _words(item.words or (), at, (start, stop))
            if len(words) != len(text.split()):
                words = ()
            yield Segment(round(start, 2), round(stop, 2), text, _is_doubtful(item), words=words)

    return said(), str(about.language)


def _words(
    pieces: Sequence[Any], at: float, within: tuple[float, float]
) -> tuple[tuple[float, float, float], ...]:
    """Start, end and probability of each word: a piece without a space before it goes on one."""
    results: list[tuple[float, float, float]] = []
    for piece in pieces:
        # Numbers of numpy, which the store would take for bytes.
        begin, end, certain = map(float, (piece.start, piece.end, piece.probability))
        begin, end = (round(min(max(at + t, within[0]), within[1]), 2) for t in (begin, end))
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
        # It was not content with the likeliest words, and drew others.
        or segment.temperature
    )


def _unsure(mean: float, no_speech: float) -> bool:
    return 2 * no_speech - mean > _UNSURE


def _loaded(means: Means) -> Any:
    if wrong := trouble(means.model):
        raise UnsupportedFileError(wrong, _ANOTHER)
    # Also where the caller's own process does this.
    os.environ.update(telemetry.OFFLINE)
    try:
        from faster_whisper import WhisperModel
        from tqdm import tqdm  # type: ignore[import-untyped]
    except ImportError as error:
        raise UnsupportedFileError(
            "Speech recognition (faster-whisper) is missing or does not run here.",
            "Reinstall the program, or add a transcript as an .srt or .vtt file.",
        ) from error
    # Its bars are never shown; the thread that would draw them need not run.
    tqdm.monitor_interval = 0
    try:
        model = WhisperModel(
            str(means.model),
            device="cpu",
            compute_type="int8",
            cpu_threads=means.threads or os.cpu_count() or 1,
        )
    except Exception as error:
        # A damaged tokenizer is told by nothing narrower.
        raise _unfit(means, "cannot be loaded") from error
    _time_in_doubt(model)
    return model


def _time_in_doubt(model: Any) -> None:
    """Have a model time the words of those 30 seconds alone that it is not sure of."""
    hear, time = model.generate_with_fallback, model.add_word_timestamps
    doubted = True

    def heard(*given: Any, **named: Any) -> Any:
        nonlocal doubted
        result = hear(*given, **named)
        told, certain = result[:2]
        doubted = certain < _SURE or _unsure(certain, told.no_speech_prob)
        return result

    def timed(segments: list[list[dict[str, Any]]], *given: Any, **named: Any) -> None:
        if doubted:
            time(segments, *given, **named)
            return
        for item in chain.from_iterable(segments):
            item["words"] = []

    model.generate_with_fallback, model.add_word_timestamps = heard, timed


def _times_words(means: Means) -> bool:
    """Whether it is known which heads of the model follow the sound; some conversions forget it."""
    try:
        about = json.loads((means.model / "config.json").read_text(encoding="utf-8"))
        return bool(about["alignment_heads"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _unfit(means: Means, why: str) -> UnsupportedFileError:
    return UnsupportedFileError(f"The speech model “{means.model.name}” {why}.", _ANOTHER)


class _Cutter:
    """Cuts a recording into stretches, each with the places of voices in it, at silences."""

    def __init__(self, recording: Recording, seconds: float) -> None:
        self._pieces = recording.pieces()
        self._at = 0
        self._size = int(seconds * RATE)
        self._search = int(min(_SEARCH_SECONDS, seconds / 2) * RATE)
        self._held = np.zeros(0, np.float32)

    def skip(self, second: float, tell: Callable[[float], None]) -> None:
        """Go on to a second, counted from the beginning; `tell` hears how far one is."""
        requested = round(second * RATE) - self._at
        while requested > 0:
            if not len(self._held):
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._held = piece
            used = min(requested, len(self._held))
            self._held = self._held[used:]
            self._at += used
            requested -= used
            tell(self._at / RATE)

    def next(self, cancel: Check) -> tuple[Sound, list[dict[str, int]]] | None:
        """The next stretch and the voices in it (first and last sample); None at the end."""
        pieces, count = [self._held], len(self._held)
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
        self._held = entire[cut:]
        self._at += cut
        retained = [{**v, "end": min(v["end"], cut)} for v in voices if v["start"] < cut]
        return entire[:cut], retained

    def _cut(self, whole: Sound, voices: Sequence[dict[str, int]]) -> int:
        """The middle of the last silence near the end, else the end."""
        minimum = len(whole) - self._search
        for previous, following in zip(voices[-2::-1], voices[:0:-1], strict=True):
            middle = (previous["end"] + following["start"]) // 2
            if middle < minimum:
                break
            return middle
        if voices and minimum <= voices[-1]["end"] < len(whole):
            return (voices[-1]["end"] + len(whole)) // 2
        return len(whole)

    def close(self) -> None:
        """Let go of the recording."""
        self._held = np.zeros(0, np.float32)


def _voices(sound: Sound) -> list[dict[str, int]]:
    """Where somebody speaks, as {"start", "end"} in samples."""
    if not len(sound) or float(np.abs(sound).max()) < _SILENCE:
        return []
    from faster_whisper.vad import get_speech_timestamps

    result = get_speech_timestamps(sound)
    return [{"start": int(item["start"]), "end": int(item["end"])} for item in result]


class Journal:
    """What was written down of one recording so far, in a file of lines; in memory without one."""

    def __init__(self, path: Path | None = None, *, about: str = "") -> None:
        """`about` names model and language: what another one wrote down does not count."""
        self.stretches: list[Stretch] = []
        self.started: list[Segment] = []
        self.language = ""
        self._path = path
        self._about = about
        if path is not None:
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            lines = []
        retained = [self._about]
        for line in lines[1:] if lines[:1] == retained else ():
            try:
                self._take(json.loads(line))
            except (ValueError, TypeError, KeyError):
                # Cut off in mid-line by what ended the reading.
                break
            retained.append(line)
        # What is said is for the owner alone.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{line}\n" for line in retained), encoding="utf-8")

    def _take(self, told: dict[str, Any]) -> None:
        if "stretch" in told:
            stretch = told["stretch"]
            segments = tuple(Segment(**item) for item in stretch["segments"])
            self.language = self.language or stretch["language"]
            self.stretches.append(
                Stretch(stretch["start"], stretch["end"], segments, stretch["language"])
            )
            self.started = []
            return
        segment = Segment(**told["segment"])
        self.language = self.language or told["language"]
        if segment.repeats and self.started:
            self.started[-1] = segment
        else:
            self.started.append(segment)

    def note(self, segment: Segment, language: str) -> None:
        """Note a segment of the stretch at hand."""
        self._write({"segment": asdict(segment), "language": language})

    def close(self, stretch: Stretch) -> None:
        """Note that a stretch is done."""
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
