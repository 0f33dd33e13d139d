"""The reranker: a larger cross-encoder that orders the few passages which the reader put first.

A BERT of twelve layers (Nogueira & Cho 2019, https://arxiv.org/abs/1901.04085); its score is that
of the first token of the last layer, through a dense layer. It costs about twice what the reader
does for each passage, and therefore reads only the best. `resources/reader-large/CARD.md`
describes its training.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from workbench import paths
from workbench.arrays import F32
from workbench.recall.reader import ABOUT, PairEncoder, loading

#: How many passages it reads; more gain nothing.
MOST = 12
#: The weight of the logarithm of a passage's share of the best retrieval score, beside the sum of
#: both scores: chosen on questions that were held out.
_SHARE = 9.0
#: The smallest share that counts.
_LEAST = 1e-3
#: Pairs of a batch, and the maximum share of a pair for the question.
_BATCH, _QUESTION = 8, 0.4


def shipped() -> Path | None:
    """The folder of the included reranker; None if there is none."""
    folder = paths.resources() / "reader-large"
    return folder if (folder / ABOUT).is_file() else None


class Reranker:
    """A loaded reranker. Thread-safe; calls share its threads."""

    def __init__(self, encoder: PairEncoder) -> None:
        """Wrap an encoder from `PairEncoder.load`."""
        self._encoder = encoder

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> "Reranker":
        """Load the weights in a folder.

        Raises `InputError` as `PairEncoder.load` does, and if they are not those of a reranker.
        """
        made = cls(PairEncoder.load(folder, threads))
        with loading(folder):
            made.scores("?", ["."])
        return made

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, the higher the better; of a long one its beginning counts.

        Raises `InputError` if memory runs out.
        """
        if not passages:
            return []
        tokens, heads = self._encoder.tokens, self._encoder.heads
        asked = self._encoder.encoded([question])[0].ids[: int(tokens * _QUESTION)]
        read = [each.ids[: tokens - len(asked) - 3] for each in self._encoder.encoded(passages)]
        # Those of like length together, to minimise padding.
        rising = sorted(range(len(read)), key=lambda number: len(read[number]))
        found = [0.0] * len(read)
        for first in range(0, len(rising), _BATCH):
            some = rising[first : first + _BATCH]
            layers = self._encoder.last_layer(asked, [read[number] for number in some])
            first_tokens = np.stack([each[0] for each in layers])
            pooled = np.tanh(first_tokens @ heads["pooler.weight"].T + heads["pooler.bias"])
            scores = self._encoder.head("score", pooled)[:, 0]
            for number, score in zip(some, scores.tolist(), strict=True):
                found[number] = score
        return found


def reordered(
    scores: Sequence[float], readings: Sequence[float], retrieval: Sequence[float]
) -> F32:
    """What to order passages by: the reranker's scores, the reader's, and those of retrieval.

    The latter count by their share of the best. The higher comes first.
    """
    found = np.asarray(retrieval, np.float32)
    best = max(float(found.max(initial=0.0)), 1e-6)
    share = np.log(np.maximum(found / best, _LEAST))
    joined: F32 = np.asarray(scores, np.float32) + np.asarray(readings, np.float32) + _SHARE * share
    return joined
