"""How fast an embedding model reads, and how fast its vectors are searched."""

import time
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.space.embeddings import folder, searching
from workbench.space.embeddings.building import Stretch, pack
from workbench.space.embeddings.encoder import Encoder, missing
from workbench.space.nearest import largest
from workbench.store.vectors import SpaceRow

#: Texts that are encoded, and words of one; vectors that are searched, and searches.
_TEXTS, _WORDS, _VECTORS, _SEARCHES = 150, 80, 100_000, 50
_BUNDLES = 500


def model() -> folder.ModelFolder | None:
    """The model that a package brings, where it can be run."""
    return next(iter(folder.installed()), None) if missing() is None else None


def rows(goals: Mapping[str, Goal], say: Say) -> list[Row]:
    """The rows `minilm_rate` and `semantic_search_100k`."""
    found = [_search(goals)]
    chosen = model()
    if chosen is not None:
        found.append(_rate(chosen, goals))
    say(", ".join(f"{row.name} {row.value} {row.unit}" for row in found))
    return found


def bundled(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Vectors of unit length that lie in bundles, as those of sentences do: float32[count, d].

    The bundles are the same for every seed.
    """
    falling = 0.97 ** np.arange(dimension)
    middles = np.random.default_rng(3).standard_normal((_BUNDLES, dimension)) * falling
    chance = np.random.default_rng(seed)
    numbers = middles[chance.integers(0, _BUNDLES, count)]
    numbers += 0.5 * chance.standard_normal((count, dimension)) * falling
    unit: NDArray[np.float32] = numbers / np.linalg.norm(numbers, axis=1, keepdims=True)
    return unit.astype(np.float32)


def _rate(chosen: folder.ModelFolder, goals: Mapping[str, Goal]) -> Row:
    encoder = Encoder.load(chosen, threads=1)
    prose = Prose(1)
    texts = []
    for _ in range(_TEXTS):
        words: list[str] = []
        while len(words) < _WORDS:
            words += prose.sentence().split()
        texts.append(" ".join(words[:_WORDS]))
    encoder.encode(texts[:10])
    began = time.process_time()
    encoder.encode(texts)
    rate = _TEXTS / (time.process_time() - began)
    return judged("minilm_rate", rate, goals, f"{_TEXTS} texts of {_WORDS} words, one thread")


def _search(goals: Mapping[str, Goal]) -> Row:
    """Vectors in bundles, as those of sentences lie."""
    chance = np.random.default_rng(3)
    numbers = bundled(_VECTORS, 384, 3)
    rows = pack([Stretch(3 * n + 1, 3, "") for n in range(_VECTORS)], numbers)
    table = searching._table_of(SpaceRow(0, 0, "", "", "", 384, active=True), rows, None)
    # What a library keeps of a vector: the rounded numbers are what the exact search compares.
    held = np.frombuffer(b"".join(row.numbers for row in rows), np.int8).reshape(_VECTORS, 384)
    held = held * np.array([[row.scale] for row in rows], np.float32)
    times, right = [], []
    for n in range(_SEARCHES):
        asked = numbers[n] + 0.3 * chance.standard_normal(384).astype(np.float32) / 20
        asked /= np.linalg.norm(asked)
        began = time.perf_counter()
        starts = table.starts[largest(table.cosines(asked), 300)]
        times.append(1000 * (time.perf_counter() - began))
        best = set((3 * np.argsort(-(held @ asked))[:10]).tolist())
        right.append(len(best.intersection(starts[:10].tolist())) / 10)
    on = (
        f"{_VECTORS} vectors of 384 numbers; {100 * np.mean(right):.1f} % of the best 10 "
        "of an exact search found"
    )
    return judged("semantic_search_100k", float(np.median(times)), goals, on)
