"""LexRank (Erkan and Radev 2004): the most central sentences of a text.

Sentences are nodes, joined by the cosine of their words (tf·idf over these sentences). A random
walk over such an undirected graph stays at each node in proportion to the sum of its weights, so
that no iteration is needed: a sentence's rank is its product with the sum of all of them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench.memory import words
from workbench.memory.vocabulary import COMMON, STOP

#: Words of a sentence that can be read by itself.
_LEAST, _MOST = 7, 42
#: A sentence that leans on the one before it, or is said by somebody, tells less by itself.
_LEANS = re.compile(
    r"\W*(?:and|but|or|so|then|thus|he|she|it|they|his|her|its|their|this|that|these|those|here"
    r"|there|yes|no|oh|well|however|therefore|also|such|next|finally|again)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"[“”\"«»]|^\s*['‘]|[’'][,.!?]?\s*$")
#: A question tells nothing, nor does a label of who speaks belong to what is said.
_ASKS = re.compile(r"[?？؟]\W*$")
_LABEL = re.compile(r"[^\W\d_][\w.'’ -]{0,30}: (?=\S)|\d+:\d+ ")
_ENDS = re.compile(r"[.!?…。]['’”\")\]*_]*$")
_WHOLE, _LEANING, _SAID, _ASKED = 1.0, 0.55, 0.6, 0.3


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return words.forms(word, "en")[0]


def said(sentence: str) -> frozenset[str]:
    """The stems of the words of a sentence that carry something."""
    found = {part for raw in words.raw_tokens(sentence) for part in words.split(raw)}
    return frozenset(
        _stem(word)
        for word in found
        if word not in STOP and word not in COMMON and not word.isdigit()
    )


def standing(sentence: str) -> float:
    """How well a sentence can be read by itself, from 0 for a heading or a line of code to 1."""
    if label := _LABEL.match(sentence):
        sentence = sentence[label.end() :]
    count = len(sentence.split())
    letters = sum(map(str.isalpha, sentence))
    if not _LEAST <= count <= _MOST or not _ENDS.search(sentence):
        return 0.0
    if (
        letters < 0.7 * len(sentence.replace(" ", ""))
        or not sentence.lstrip("“\"'‘*_")[:1].isupper()
    ):
        return 0.0
    value = _LEANING if _LEANS.match(sentence) else _WHOLE
    value *= _ASKED if _ASKS.search(sentence) else 1.0
    return value * _SAID if _SPOKEN.search(sentence) else value


def ranks(sentences: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """The rank of each sentence, given by its stems; 1 for the highest, 0 for one without words."""
    number: dict[str, int] = {}
    columns: list[int] = []
    lengths = np.zeros(len(sentences), np.int64)
    for at, stems in enumerate(sentences):
        columns += [number.setdefault(stem, len(number)) for stem in sorted(stems)]
        lengths[at] = len(stems)
    if not columns:
        return np.zeros(len(sentences))
    column = np.array(columns)
    row = np.repeat(np.arange(len(sentences)), lengths)
    met = np.bincount(column, minlength=len(number))
    weight = np.log(len(sentences) / met[column]) * (met[column] > 1)
    norm = np.sqrt(np.bincount(row, weight**2, len(sentences)))
    value = weight / np.where(norm > 0, norm, 1)[row]
    total = np.bincount(column, value, len(number))
    rank = np.bincount(row, value * total[column], len(sentences))
    return np.asarray(rank / max(float(rank.max()), 1e-9), np.float64)
