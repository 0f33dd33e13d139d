"""The reader on a small model of random weights: what it says, and what it makes of bad input."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import astuple
from pathlib import Path
from time import monotonic

import numpy as np
import pytest

from reader.export import calibrated, export, write_about
from tests.benchmarks import processors
from tests.patience import seconds
from tests.space.embeddings import tiny_model
from tests.space.embeddings.tiny_model import HIDDEN, LONGEST, WORDS, Floats
from workbench import paths
from workbench.errors import Cancelled, InputError
from workbench.jobs import Cancel
from workbench.recall import reader
from workbench.recall.reader import Reader, Reading
from workbench.space.embeddings import folder

_QUESTION = "is salt mined"
_PASSAGE = "salt is mined in deep old mountains"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Floats]]:
    """A reader's folder and its weights; no test changes them."""
    base = tmp_path_factory.mktemp("base")
    chance = np.random.default_rng(4)
    weights = {
        **tiny_model.write(base),
        "score.weight": chance.standard_normal((1, HIDDEN)).astype(np.float32),
        "score.bias": np.array([0.5], np.float32),
        "span.weight": chance.standard_normal((2, HIDDEN)).astype(np.float32),
        "span.bias": np.zeros(2, np.float32),
    }
    place = tmp_path_factory.mktemp("reader")
    export(weights, folder.inspect_folder(base), place, tokens=LONGEST)
    write_about(place, tokens=LONGEST, languages=["en"], scale=2.0, offset=-1.0)
    return place, weights


@pytest.fixture(scope="module")
def tiny(made: tuple[Path, Mapping[str, Floats]]) -> Reader:
    return Reader.load(made[0])


def _read(model: Reader, question: str, passage: str) -> Reading:
    (found,) = model.read(question, [passage])
    assert found is not None
    return found


def test_score_probability_and_span_are_those_of_the_weights(
    made: tuple[Path, Mapping[str, Floats]],
) -> None:
    place, weights = made
    tiny = Reader.load(place)
    asked, said = _QUESTION.split(), _PASSAGE.split()
    ids = [2, *map(WORDS.index, asked), 3, *map(WORDS.index, said), 3]
    types = [0] * (len(asked) + 2) + [1] * (len(said) + 1)
    hidden = tiny_model.last_layer(weights, ids, types)
    (score,) = weights["score.weight"] @ hidden.mean(axis=0) + weights["score.bias"]
    found = _read(tiny, _QUESTION, _PASSAGE)
    assert found.score == pytest.approx(score, abs=0.15)
    assert found.probability == pytest.approx(1 / (1 + math.exp(1 - 2 * found.score)), abs=1e-5)
    opens, closes = weights["span.weight"] @ hidden[5:-1].T
    one, other = max(
        ((i, j) for i in range(len(said)) for j in range(i, len(said))),
        key=lambda span: opens[span[0]] + closes[span[1]],
    )
    assert _PASSAGE[found.start : found.end] == " ".join(said[one : other + 1])


def test_passages_are_read_alike_alone_and_together(tiny: Reader) -> None:
    passages = [_PASSAGE, "bees sleep", "old salt", "mountains " * 9] * 12
    together = tiny.read(_QUESTION, passages)
    assert len(together) == len(passages)
    for passage, found in zip(passages[:4], together[-4:], strict=True):
        assert found is not None
        assert found.score == pytest.approx(_read(tiny, _QUESTION, passage).score, abs=0.05)


def test_of_a_long_passage_the_best_window_speaks(tiny: Reader) -> None:
    filling = ["bees sleep in deep old mountains " * 40, "salt is mined in salt " * 40]
    whole = "".join(filling)
    found = _read(tiny, _QUESTION, whole)
    assert found.score >= max(_read(tiny, _QUESTION, each).score for each in filling) - 0.05
    assert 0 <= found.start < found.end <= len(whole)
    assert whole[found.start : found.end].strip() == whole[found.start : found.end]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("", ""),
        ("?", "salt"),
        ("", "salt is mined"),
        ("is salt mined", ""),
        ("salt " * 5000, "salt"),
        ("salt " * 5000, "salt is mined " * 3400),
        ("Кто это?", "Это соль."),
        ("谁发现了盐？", "古老的山里有盐。"),
        ("is salt\ud800 mined", "salt \udfff is \x00 mined"),
        ("is salt mined", " \n\t "),
        ("👩‍🚀?", "x" * 20_000),
    ],
    ids=range(11),
)
def test_no_text_is_an_error_and_spans_lie_in_the_passage(
    tiny: Reader, question: str, passage: str
) -> None:
    found = _read(tiny, question, passage)
    assert math.isfinite(found.score)
    assert 0 <= found.probability <= 1
    assert 0 <= found.start <= found.end <= len(passage)
    assert (found.start < found.end) == bool(passage.strip())


def test_no_passages_no_readings(tiny: Reader) -> None:
    assert tiny.read(_QUESTION, []) == []


def test_without_time_the_first_passages_are_read_or_none(tiny: Reader) -> None:
    assert tiny.read(_QUESTION, [_PASSAGE] * 3, seconds=0) == [None] * 3
    began = monotonic()
    passages = [_PASSAGE] * 20_000
    found = tiny.read(_QUESTION, passages, seconds=0.05)
    assert monotonic() - began < 10
    read = [each is not None for each in found]
    assert 0 < sum(read) < len(passages)
    assert read == sorted(read, reverse=True)


def test_it_stops_when_asked(tiny: Reader) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        tiny.read(_QUESTION, [_PASSAGE], cancel=cancel)


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Who mined the salt in the mountains?", True),
        ("Salt?", True),
        ("Wer hat das Salz in den Bergen gefunden?", False),
        ("谁发现了盐？", False),
    ],
)
def test_other_languages_than_it_has_learned_are_told(
    tiny: Reader, question: str, known: bool
) -> None:
    assert tiny.supports(question) is known


def _cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        *((name, _cut) for name in (reader.MODEL, reader.TOKENIZER, reader.HEADS, reader.ABOUT)),
        *((name, lambda raw: b"") for name in (reader.MODEL, reader.HEADS, reader.ABOUT)),
        (reader.ABOUT, lambda raw: b"[]"),
        (reader.ABOUT, lambda raw: raw.replace(b'"tokens": 24', b'"tokens": 4000')),
        (reader.ABOUT, lambda raw: raw.replace(b'"scale": 2.0', b'"scale": "much"')),
        (reader.ABOUT, lambda raw: raw.replace(b'"tokens": 24', b'"tokens": 1000000000')),
        (reader.ABOUT, lambda raw: raw.replace(b'"tokens": 24', b'"tokens": -5')),
        (reader.ABOUT, lambda raw: raw.replace(b'"scale": 2.0', b'"scale": NaN')),
        (reader.HEADS, lambda raw: raw[:-64] + raw[-64:][::-1]),
        (reader.HEADS, lambda raw: raw.replace(b"score.weight", b"other.weight")),
        (reader.HEADS, lambda raw: raw.replace(b"[1, 32]", b"[2, 16]")),
        (reader.TOKENIZER, lambda raw: raw.replace(b"[CLS]", b"[ABC]")),
    ],
)
def test_damaged_or_foreign_weights_are_refused_in_one_sentence(
    made: tuple[Path, Mapping[str, Floats]],
    tmp_path: Path,
    file: str,
    spoil: Callable[[bytes], bytes],
) -> None:
    for each in made[0].iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    whole = (tmp_path / file).read_bytes()
    spoilt = spoil(whole)
    assert spoilt != whole
    (tmp_path / file).write_bytes(spoilt)
    with pytest.raises(InputError, match="reader") as caught:
        Reader.load(tmp_path)
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_a_folder_without_a_reader_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match=f"There is no reader in “{place.name}”") as caught:
            Reader.load(place)
        # Installing the program again would bring back another one.
        assert "WORKBENCH_READER" in caught.value.hint


def test_calibration_finds_the_curve_that_the_answers_follow() -> None:
    chance = np.random.default_rng(5)
    scores = chance.standard_normal(4000) * 3
    answers = chance.random(4000) < 1 / (1 + np.exp(-(0.7 * scores - 1.2)))
    scale, offset = calibrated(list(scores), list(answers))
    assert scale == pytest.approx(0.7, abs=0.1)
    assert offset == pytest.approx(-1.2, abs=0.15)


_LITTLE_MEMORY = """
import resource, sys, tokenizers
from pathlib import Path
from workbench.errors import InputError
from workbench.recall.reader import Reader
from workbench.space.embeddings.encoder import import_hiding_torch
import_hiding_torch("ctranslate2")
pages = int(Path("/proc/self/statm").read_text().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (12 << 20), -1))
try:
    Reader.load(Path(sys.argv[1]))
except InputError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
def test_without_memory_it_says_so() -> None:
    # The shipped weights alone are larger than what is left: nothing else gets to fail first.
    place = reader.shipped()
    assert place is not None
    done = subprocess.run(
        [sys.executable, "-c", _LITTLE_MEMORY, place],
        capture_output=True, text=True, timeout=seconds(60), check=False,
    )  # fmt: skip
    assert "not enough free memory" in done.stdout, done.stderr


def test_the_shipped_reader_fits_and_finds_the_sentence_that_answers() -> None:
    place = reader.shipped()
    assert place is not None
    assert (place / "CARD.md").is_file()
    assert sum(each.stat().st_size for each in place.iterdir()) < 30_000_000
    passages = [
        "The harbour of Nordhaven was praised by every sailor who saw it.",
        "Ina Vask dug the harbour of Nordhaven with forty men in 1871.",
        "In 1902 the ships of Nordhaven carried salt and wool.",
    ]
    readings = Reader.load(place).read("Who dug the harbour of Nordhaven?", passages)
    found = [each for each in readings if each is not None]
    best = max(range(len(passages)), key=lambda i: found[i].score)
    assert best == 1
    assert found[best].probability > 0.5 > max(found[0].probability, found[2].probability)
    assert passages[best][found[best].start : found[best].end] == "Ina Vask"


_ON_ANOTHER = """
import json, sys
from dataclasses import astuple
from workbench.recall import reader
asked, *passages = json.load(sys.stdin)
print(json.dumps([*map(astuple, reader.Reader.load(reader.shipped()).read(asked, passages))]))
"""


@pytest.mark.slow
def test_a_passage_is_read_alike_on_other_processors_and_in_other_batches() -> None:
    place = reader.shipped()
    assert place is not None
    lines = (paths.resources() / "sample" / "the-trace.md").read_text("utf-8").split("\n")
    passages = [line for line in lines if len(line) > 200][:24]
    asked = "What did Ebbinghaus learn by heart?"
    mine = Reader.load(place)
    together = np.array([astuple(each) for each in mine.read(asked, passages) if each])
    alone = np.array([astuple(_read(mine, asked, passage)) for passage in passages])
    done = subprocess.run(
        [sys.executable, "-c", _ON_ANOTHER], input=json.dumps([asked, *passages]),
        env={**os.environ, **processors.narrowed("GENERIC")},
        capture_output=True, text=True, timeout=seconds(60), check=True,
    )  # fmt: skip
    # A score that is halfway between two thousandths may be rounded up or down.
    assert np.abs(alone - together).max() <= 0.002
    assert np.abs(np.array(json.loads(done.stdout)) - together).max() <= 0.002
