"""The suite `media`: captions, speech, text in pictures, and pictures by what they show.

Captions of a video of two hours are made with rolling lines, as automatic ones are, and timed from
the file to the verified source. Words are compared with the references of the evaluation data,
capitals and marks aside. Speech is compared with the bare model on the same sound: with a model of
real size and chance for weights that says nothing, so that what we add has the least to hide
behind; how well a real model hears is not measured here.
"""

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from ingest.media import captions, sound, speech
from ingest.media.means import Means
from workbench.bench import pictures, recognition
from workbench.bench.corpus import corpus_folder
from workbench.bench.made_whisper import write_model
from workbench.bench.prose import Prose
from workbench.bench.rows import Goal, Row, judged
from workbench.errors import InputError
from workbench.library import Library

Say = Callable[[str], None]

GOALS: Mapping[str, Goal] = {
    "captions_verified_30000_words": Goal("s", 2, False),
    "captions_word_errors": Goal("count", 0, False),
    "speech_overhead_over_bare": Goal("%", 10, False),
    **recognition.GOALS,
    **pictures.GOALS,
}
_WORDS, _WORDS_A_SECOND, _LINE = 30_000, 4.0, 8
_RUNS = 3
#: Minutes of sound that both hear.
_MINUTES = 11


def run(say: Say) -> list[Row]:
    """Measure every row of the suite that the evaluation data allows."""
    rows = [_verified(say), _errors(say), _overhead(say), *recognition.run(say), *pictures.run(say)]
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
                    for word in library.sources.text(row.id).split()
                ]
        assert kept == words, "words were lost or said twice"
    say(f"captions verified in {', '.join(f'{each:.2f}' for each in taken)} s")
    goal = GOALS["captions_verified_30000_words"]
    on = f"{_WORDS} words, rolling; start of the reader included; best of {_RUNS}"
    return judged("captions_verified_30000_words", min(taken), goal, on)


def _errors(say: Say) -> Row:
    name, goal = "captions_word_errors", GOALS["captions_word_errors"]
    try:
        folder = corpus_folder() / "captions"
    except InputError as missing:
        say(f"no captions were compared: {missing}")
        return judged(name, None, goal, "no evaluation data")
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
    return judged(name, errors, goal, f"{files} files, {count} words, capitals and marks aside")


def _letters(text: str) -> list[str]:
    # Written captions write "self-destruction" and set dashes; automatic ones know neither.
    folded = (re.sub(r"\W", "", word.lower()) for word in text.split())
    return [word for word in folded if word]


def _distance(right: list[str], found: list[str]) -> int:
    blocks = SequenceMatcher(None, right, found, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal")


# -- speech ----------------------------------------------------------------------------------------


def _overhead(say: Say) -> Row:
    name, goal = "speech_overhead_over_bare", GOALS["speech_overhead_over_bare"]
    try:
        folder = corpus_folder() / "speech"
    except InputError as missing:
        say(f"no speech was heard: {missing}")
        return judged(name, None, goal, "no evaluation data")
    with tempfile.TemporaryDirectory() as place:
        model = write_model(Path(place, "made"), width=384, heads=6, layers=4, brief=True)
        file = _long(sorted(folder.glob("*.wav")), Path(place, "long.wav"))
        both: dict[str, list[float]] = {"bare": [], "ours": []}
        for _ in range(_RUNS):
            for who, work in (("bare", _bare), ("ours", _ours)):
                began = time.process_time()
                work(file, model)
                both[who].append(time.process_time() - began)
        bare, ours = min(both["bare"]), min(both["ours"])
    say(f"processor time for {_MINUTES} minutes of speech: bare {bare:.1f} s, here {ours:.1f} s")
    on = f"{_MINUTES} min of speech, one thread, random weights in the size of Whisper tiny"
    return judged(name, 100 * (ours / bare - 1), goal, on)


def _bare(file: Path, model: Path) -> None:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
    segments, _ = whisper.transcribe(str(file), vad_filter=True)
    for _ in segments:
        continue


def _ours(file: Path, model: Path) -> None:
    means = Means(model, threads=1)
    with sound.opened(file) as recording:
        for _ in speech.stretches(
            recording, means, speech.Journal(), report=lambda *_far: None, cancel=lambda: None
        ):
            continue


def _long(files: list[Path], target: Path) -> Path:
    """The recordings one after the other, again and again, for `_MINUTES`."""
    import wave

    import numpy as np

    def pieces() -> Iterator[bytes]:
        for file in files:
            with sound.opened(file) as recording:
                whole = np.concatenate([*recording.pieces(), np.zeros(sound.RATE, np.float32)])
            yield (np.clip(whole, -1, 1) * 32767).astype("<i2").tobytes()

    once = b"".join(pieces())
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.RATE)
        size = _MINUTES * 60 * sound.RATE * 2
        out.writeframes((once * (size // len(once) + 1))[:size])
    return target
