"""What people use today, beside which retrieval is measured, over the same texts and questions.

BM25, a sentence-embedding model, their reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009,
k 60), a personalised PageRank over passages and the names in them (the part of HippoRAG, Gutiérrez
et al. 2024, that needs no language model), and the fusion of all three.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.bench.rival_bm25 import Bm25
from workbench.space.embeddings.encoder import Encoder

Scores = NDArray[np.float64]

#: The constant of reciprocal-rank fusion.
_RANK = 60.0
#: Of PageRank: the chance to begin anew, rounds, passages of BM25 where it begins beside the names
#: of the question, and what these weigh against those.
_ANEW, _ROUNDS, _BEGUN, _WORDS = 0.5, 20, 20, 0.5
#: A name in more than this share of the passages tells nothing.
_EVERYWHERE = 0.1
_NAME = re.compile(
    r"\b[A-Z][\w'’.\-]*(?:\s+(?:of|the|and|de|von|van|la|du|in)(?=\s+[A-Z])|\s+[A-Z0-9][\w'’.\-]*)*"
)
#: Words that are written large only because they begin a sentence.
_BEGINNINGS = frozenset(
    re.findall(
        r"\w+",
        "the a an in on at by for from to of and or but he she it they his her its their this that "
        "these those who what when where which how why is was are were did does do has had have as "
        "with after before during while if there one both i we you my our your not no yes",
    )
)
#: Words of the longest name that is looked for in a question.
_LONGEST = 6


class Rivals:
    """All of them over the same texts; those that need a model only where one is given."""

    def __init__(
        self,
        texts: Sequence[str],
        titles: Sequence[str],
        encoder: Encoder | None = None,
        vectors: NDArray[np.float32] | None = None,
    ) -> None:
        """`titles` are as many as texts, "" where one has none. Raises `InputError` like `Bm25`.

        `vectors` are those of the texts, float32[n, dimension], where they have been made already.
        """
        self._bm25 = Bm25(texts)
        self._walk = NameWalk(texts, titles)
        self._encoder = encoder
        if encoder is not None and vectors is None:
            vectors = encoder.encode(texts)
        self._vectors = vectors

    def scores(self, question: str) -> dict[str, Scores]:
        """What each rival says of every text: float64[n] by the rival's name."""
        found = {"bm25": self._bm25.scores(question).astype(np.float64)}
        found["name_walk"] = self._walk.scores(question, found["bm25"])
        if self._encoder is not None and self._vectors is not None:
            asked = self._encoder.of_question(question)
            found["minilm"] = (self._vectors @ asked).astype(np.float64)
            found["hybrid"] = fused(found["bm25"], found["minilm"])
            found["three_fused"] = fused(found["bm25"], found["minilm"], found["name_walk"])
        return found

    def best(self, question: str, most: int) -> dict[str, list[int]]:
        """The places of each rival's best texts, best first; earlier ones first among equals."""
        return {
            name: np.argsort(-scores, kind="stable")[:most].tolist()
            for name, scores in self.scores(question).items()
        }


def fused(*scores: Scores) -> Scores:
    """Reciprocal-rank fusion of as many rankings of the same texts: float64[n]."""
    total: Scores = np.zeros(len(scores[0]))
    for each in scores:
        ranks = np.empty(len(each))
        ranks[np.argsort(-each, kind="stable")] = np.arange(len(each))
        total += 1 / (_RANK + ranks)
    return total


class NameWalk:
    """Personalised PageRank over texts and the names that stand in them."""

    def __init__(self, texts: Sequence[str], titles: Sequence[str]) -> None:
        said = [_names(text) for text in texts]
        for names, title in zip(said, titles, strict=True):
            if title:
                names[_plain(title)] += 2
        held = Counter(name for names in said for name in names)
        kept = [name for name, count in held.items() if count <= _EVERYWHERE * len(texts)]
        self._texts = len(texts)
        self._at = {name: len(texts) + number for number, name in enumerate(kept)}
        self._rarity = {name: float(np.log(1 + len(texts) / held[name])) for name in kept}
        edges = [
            (place, self._at[name], (1 + np.log(count)) * self._rarity[name])
            for place, names in enumerate(said)
            for name, count in names.items()
            if name in self._at
        ]
        rows = np.array([each[0] for each in edges], np.int64)
        columns = np.array([each[1] for each in edges], np.int64)
        weights = np.array([each[2] for each in edges], np.float64)
        self._from = np.concatenate([rows, columns])
        self._to = np.concatenate([columns, rows])
        self._nodes = len(texts) + len(kept)
        both = np.concatenate([weights, weights])
        out = np.bincount(self._from, both, self._nodes)
        self._share = both / out[self._from]

    def scores(self, question: str, words: Scores) -> Scores:
        """How often a walk from the question's names and the best texts by words visits each."""
        begun: Scores = np.zeros(self._nodes)
        for name in self._asked(question):
            begun[self._at[name]] += self._rarity[name]
        if begun.any():
            begun /= begun.sum()
        top = np.argsort(-words, kind="stable")[:_BEGUN]
        near = np.maximum(words[top], 0) ** 2
        if near.any():
            begun[top] += _WORDS * near / near.sum()
        if begun.any():
            begun /= begun.sum()
        visited = begun
        for _ in range(_ROUNDS):
            flow = np.bincount(self._to, self._share * visited[self._from], self._nodes)
            visited = _ANEW * begun + (1 - _ANEW) * flow
        # Of texts that no walk reaches those with its words come first.
        least = 1e-6 * words / (np.abs(words).max(initial=0) + 1e-9)
        reached: Scores = visited[: self._texts] + least
        return reached

    def _asked(self, question: str) -> list[str]:
        words = re.findall(r"[\w'’.\-()]+", question)
        found = []
        for count in range(_LONGEST, 0, -1):
            for first in range(len(words) - count + 1):
                name = _plain(" ".join(words[first : first + count]))
                if name in self._at and (count > 1 or words[first][:1].isupper()):
                    found.append(name)
        return found


def _names(text: str) -> Counter[str]:
    """The names in a text: words written large that stand together."""
    found: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and words[0].lower() in _BEGINNINGS:
            words = words[1:]
        name = _plain(" ".join(words))
        if len(name) > 2 and name not in _BEGINNINGS:
            found[name] += 1
    return found


def _plain(name: str) -> str:
    """A name without what stands in brackets, marks at its ends, its genitive and its case."""
    bare = re.sub(r"\s*\(.*?\)\s*", " ", name).strip(" .,'’-").lower()
    return re.sub(r"[’']s$", "", bare).strip()


def beside(figures: Mapping[str, Scores]) -> str:
    """What each rival reached, in per cent, as words."""
    return ", ".join(f"{name} {100 * float(each.mean()):.1f} %" for name, each in figures.items())
