"""The suite `media`: captions, speech, text in pictures, and pictures by what they show.

Captions of a video of two hours are made with rolling lines, as automatic ones are, and timed from
the file to the verified source. Words are compared with the references of the evaluation data,
capitals and marks aside. Speech is compared with the bare model on the same sound, with Whisper
tiny.en where the package that carries it is installed, which also writes down the recordings of the
evaluation data, and half an hour of them by the command.
"""

import json
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from ingest.media import captions, sound, speech
from ingest.media.speech_settings import SpeechSettings
from tests.benchmarks import pictures, real_models, recognition
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.processes import added, command, in_home
from tests.benchmarks.processes import run as run_process
from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

GOALS: Mapping[str, Goal] = {
    "captions_verified_30000_words": Goal("s", 2, False),
    "captions_word_errors": Goal("count", 0, False),
    "speech_overhead_real": Goal("%", 10, False),
    "speech_word_errors_real": Goal("%", 12, False),
    "speech_memory_30_minutes_real": Goal("MB", 1000, False),
    **recognition.GOALS,
    **pictures.GOALS,
}
_WORDS, _WORDS_A_SECOND, _LINE = 30_000, 4.0, 8
_RUNS = 3
#: Minutes of sound that both hear, and of the long recording.
_MINUTES, _LONG_MINUTES = 3, 30


def run(say: Say) -> list[Row]:
    """Measure every row of the suite; needs the evaluation data."""
    corpus = corpus_folder()
    rows = [
        _verified(say),
        _errors(corpus / "captions"),
        *_speech(corpus / "speech", say),
        *recognition.run(say),
        *pictures.run(say),
    ]
    say(", ".join(f"{row.name} {row.value} {row.unit}" for row in rows))
    return rows


# -- captions --------------------------------------------------------------------------------------


def rolling(words: list[str]) -> str:
    """Automatic captions of these words, as a video site makes them."""
    lines = [words[at : at + _LINE] for at in range(0, len(words), _LINE)]
    out = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    above = " "
    for number, line in enumerate(lines):
        start = number * _LINE / _WORDS_A_SECOND
        times = [start + n / _WORDS_A_SECOND for n in range(len(line) + 1)]
        end = times[-1] - 0.01
        timed = line[0] + "".join(
            f"<{_stamp(at)}><c> {word}</c>" for at, word in zip(times[1:], line[1:], strict=False)
        )
        out.append(f"{_stamp(start)} --> {_stamp(end)} align:start\n{above}\n{timed}\n")
        plain = " ".join(line)
        out.append(f"{_stamp(end)} --> {_stamp(times[-1])} align:start\n{plain}\n \n")
        above = plain
    return "\n".join(out)


def _stamp(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{seconds % 60:06.3f}"


def _verified(say: Say) -> Row:
    prose = Prose(5)
    words: list[str] = []
    while len(words) < _WORDS:
        words += re.sub(r"[^\w ]", "", prose.sentence().lower()).split()
    words = words[:_WORDS]
    taken = []
    for _ in range(_RUNS):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "talk.en.vtt")
            file.write_text(rolling(words), encoding="utf-8")
            with Library.open(Path(folder, "x.brain")) as library:
                began = time.perf_counter()
                (added,) = library.add(file)
                taken.append(time.perf_counter() - began)
                assert added.source is not None, added.error
                kept = [
                    word
                    for row in library.sources.sections(added.source)
                    for word in library.sources.text(row.source, row.start, row.end).split()
                ]
        assert kept == words, "words were lost or said twice"
    say(f"captions verified in {', '.join(f'{each:.2f}' for each in taken)} s")
    on = f"{_WORDS} words, rolling; start of the reader included; best of {_RUNS}"
    return judged("captions_verified_30000_words", min(taken), GOALS, on)


def _errors(folder: Path) -> Row:
    errors = files = count = 0
    for reference in sorted(folder.glob("*.reference.txt")):
        right = _letters(reference.read_text(encoding="utf-8"))
        stem = reference.name.removesuffix(".reference.txt")
        for file in sorted(folder.glob(f"{stem}.*.vtt")):
            spoken = captions.words(file.read_text(encoding="utf-8"))
            found = _letters(" ".join(word.text for word in spoken))
            errors += _distance(right, found)
            files += 1
            count += len(right)
            assert all(one.start <= two.start for one, two in pairwise(spoken))
    on = f"{files} files, {count} words, capitals and marks aside"
    return judged("captions_word_errors", errors, GOALS, on)


def _letters(text: str) -> list[str]:
    # Written captions write "self-destruction" and set dashes; automatic ones know neither.
    folded = (re.sub(r"\W", "", word.lower()) for word in text.split())
    return [word for word in folded if word]


def _distance(right: list[str], found: list[str]) -> int:
    blocks = SequenceMatcher(None, right, found, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal")


# -- speech ----------------------------------------------------------------------------------------


def _speech(folder: Path, say: Say) -> Iterator[Row]:
    names = [name for name in GOALS if name.startswith("speech_")]
    real = real_models.whisper()
    if real is None:
        why = f"{real_models.WHISPER} is missing"
        yield from (judged(name, None, GOALS, why) for name in names)
        return
    with tempfile.TemporaryDirectory() as place:
        file = _long(sorted(folder.glob("*.wav")), Path(place, "short.wav"), _MINUTES)
        on = f"{_MINUTES} min of speech, one thread, Whisper tiny.en"
        yield _overhead(say, names[0], real, file, on)
        yield _heard(names[1], real, folder)
        file = _long(sorted(folder.glob("*.wav")), Path(place, "hours.wav"), _LONG_MINUTES)
        yield from _half_an_hour(names[2], real, file, Path(place))


def _overhead(say: Say, name: str, model: Path, file: Path, on: str) -> Row:
    both: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(_RUNS):
        for who, work in (("bare", _bare), ("ours", _ours)):
            began = time.process_time()
            work(file, model)
            both[who].append(time.process_time() - began)
    bare, ours = min(both["bare"]), min(both["ours"])
    say(f"{name}: processor time: bare {bare:.1f} s, here {ours:.1f} s")
    return judged(name, 100 * (ours / bare - 1), GOALS, on)


def _heard(name: str, model: Path, folder: Path) -> Row:
    """The share of words that a real model writes down wrongly."""
    errors = count = 0
    told = (folder / "references.jsonl").read_text(encoding="utf-8").splitlines()
    for spoken in map(json.loads, told):
        right = _letters(_as_spoken(spoken["text"]))
        said = " ".join(_written(folder / spoken["file"], SpeechSettings(model, "en")))
        errors += _distance(right, _letters(_as_spoken(said)))
        count += len(right)
    on = f"{len(told)} recordings, {count} words, capitals and marks aside, Whisper tiny.en"
    return judged(name, 100 * errors / count, GOALS, on)


def _as_spoken(text: str) -> str:
    """Words as they sound: nobody hears whether "Mr." or a hyphen was meant."""
    return re.sub(r"\bmr\b\.?", "mister", text.lower()).replace("-", " ")


def _half_an_hour(name: str, model: Path, file: Path, place: Path) -> Iterator[Row]:
    """The most memory of the command that adds half an hour of speech, and all it starts.

    Beside it the real-time factor: the seconds that the command took for a second of sound.
    """
    library, home = place / "talk.brain", place / "home"
    run_process(command(library, "speech", "use", str(model)), in_home(home))
    done = added(library, [file], home, memory=True)
    on = f"workbench add of {_LONG_MINUTES} min of speech, Whisper tiny.en, all processes"
    yield judged(name, done.peak_megabytes, GOALS, on)
    factor = round(done.seconds / (60 * _LONG_MINUTES), 3)
    yield Row("speech_real_time_factor_real", factor, "s/s", input=on)


def _bare(file: Path, model: Path) -> None:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
    segments, _ = whisper.transcribe(str(file), vad_filter=True)
    for _ in segments:
        continue


def _ours(file: Path, model: Path) -> None:
    for _ in _written(file, SpeechSettings(model, threads=1)):
        continue


def _written(file: Path, means: SpeechSettings) -> Iterator[str]:
    """What is said, segment by segment."""
    with sound.open_recording(file) as recording:
        for stretch in speech.stretches(
            recording, means, speech.Journal(), report=lambda *_far: None, cancel=lambda: None
        ):
            yield from (segment.text for segment in stretch.segments)


def _long(files: list[Path], target: Path, minutes: int) -> Path:
    """The recordings one after the other, again and again, for so many minutes."""
    import wave

    import numpy as np

    def pieces() -> Iterator[bytes]:
        for file in files:
            with sound.open_recording(file) as recording:
                whole = np.concatenate([*recording.pieces(), np.zeros(sound.RATE, np.float32)])
            yield (np.clip(whole, -1, 1) * 32767).astype("<i2").tobytes()

    once = b"".join(pieces())
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.RATE)
        size = minutes * 60 * sound.RATE * 2
        out.writeframes((once * (size // len(once) + 1))[:size])
    return target
