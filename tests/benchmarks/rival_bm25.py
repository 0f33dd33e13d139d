"""The rival beside which retrieval is measured: bm25s, as its users set it up."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.errors import InputError


class Bm25:
    """BM25 (k1 1.5, b 0.75, English stop words and Snowball stems) over whole texts, by bm25s."""

    def __init__(self, texts: Sequence[str]) -> None:
        try:
            import bm25s
            import Stemmer
        except ImportError as error:
            raise InputError(
                "The rival of this suite, bm25s, is not installed.",
                "Run `uv sync --group dev`.",
                "missing",
            ) from error
        self._bm25s = bm25s
        self._stemmer = Stemmer.Stemmer("english")
        self._count = len(texts)
        self._model = bm25s.BM25(k1=1.5, b=0.75)
        tokens = bm25s.tokenize(
            list(texts), stopwords="en", stemmer=self._stemmer, show_progress=False
        )
        self._model.index(tokens, show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """What every text scores: float32[n]."""
        (tokens,) = self._bm25s.tokenize(
            [question],
            stopwords="en",
            stemmer=self._stemmer,
            show_progress=False,
            return_ids=False,
        )
        known = [token for token in tokens if token in self._model.vocab_dict]
        scores: NDArray[np.float32] = np.zeros(self._count, np.float32)
        if known:
            scores = self._model.get_scores(known)
        return scores

    def best(self, question: str, most: int) -> list[int]:
        """The places of the best texts, best first; earlier ones first among equals."""
        return [int(place) for place in np.argsort(-self.scores(question), kind="stable")[:most]]
