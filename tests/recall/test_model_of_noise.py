"""A model whose vectors say nothing seldom buries what holds every word of a question."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.recall.recall import Recall
from workbench.recall.search import Request
from workbench.space.nearest import NearestStretches
from workbench.store import text
from workbench.store.store import Store

#: Passages of six sentences, sentences of a long text, and words that all are made of.
_NOTES, _RUNNING, _WORDS = 300, 600, 600
_WORD = re.compile(r"\w+")


class _Noise:
    """Finds sentences by chance, others for every question; all are as near where `flat`."""

    def __init__(self, size: int, flat: bool) -> None:
        self._size, self._flat = size, flat

    def nearest(
        self,
        question: str,
        *,
        limit: int = 300,
        within: NDArray[np.bool_] | None = None,
        seconds: float = 0.0,
    ) -> NearestStretches | None:
        chance = np.random.default_rng(list(question.encode()))
        starts = chance.permutation(self._size)[:limit].astype(np.int32)
        cosines = np.linspace(0.6, 0.5, limit, dtype=np.float32)[: len(starts)]
        return NearestStretches(
            starts, starts + 1, np.full_like(cosines, 0.5) if self._flat else cosines
        )

    def all_cosines(
        self, question: str, *, within: NDArray[np.bool_] | None = None, seconds: float = 0.0
    ) -> NearestStretches | None:
        return self.nearest(question, limit=self._size)


def _sentences(chance: random.Random) -> Iterator[str]:
    """Sentences of words that nobody speaks, some of them far more often than others."""
    sounds = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in "bdgklmnprstvz"]
    words = [one + other for one, other in zip(sounds, reversed(sounds), strict=True)]
    words = chance.sample(words, _WORDS)
    often = [1 / (place + 20) for place in range(_WORDS)]
    while True:
        yield " ".join(dict.fromkeys(chance.choices(words, often, k=10))).capitalize() + "."


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noise")
    made = _sentences(random.Random(7))
    texts = [" ".join(next(made) for _ in range(6)) for _ in range(_NOTES)]
    records = (json.dumps({"id": f"{at}", "text": each}) for at, each in enumerate(texts))
    (folder / "records.jsonl").write_text("\n".join(records), encoding="utf-8")
    (folder / "long.txt").write_text(" ".join(next(made) for _ in range(_RUNNING)), "utf-8")
    with Library.open(folder / "x.brain") as library:
        # Side by side either might come first, and other sentences would be asked for.
        library.add([folder / "records.jsonl"])
        library.add([folder / "long.txt"])
    return folder / "x.brain"


def _place(recall: Recall, words: list[str]) -> int | None:
    """Where among five the first quote stands that holds all the words."""
    best = [each.quote for each in recall.ask(Request(f"where is {' '.join(words)}")).evidence]
    held = [set(words) <= set(_WORD.findall(quote.lower())) for quote in best]
    return held.index(True) + 1 if any(held) else None


@pytest.mark.slow
@pytest.mark.parametrize("flat", [False, True])
def test_a_model_that_knows_nothing_seldom_buries_a_quote_that_holds_all_words(
    shelf: Path, flat: bool
) -> None:
    chance = random.Random(11)
    with Store.open(shelf, read_only=True) as store:
        with store.read() as connection:
            said = [row[4] for row in text.replay(connection, 0, 10_000)]
        lexicon, noise = Lexicon(store, None), _Noise(len(said), flat)
        alone, noisy = Recall(store, lexicon), Recall(store, lexicon, nearness=lambda: noise)
        asked = [chance.sample(_WORD.findall(one.lower()), 5) for one in chance.sample(said, 16)]
        first = [words for words in asked if _place(alone, words) == 1]
        assert len(first) >= len(asked) / 3
        lost = [words for words in first if _place(noisy, words) is None]
        # Without what `yields` takes back it is more than half of them.
        assert len(lost) <= len(first) / 4
