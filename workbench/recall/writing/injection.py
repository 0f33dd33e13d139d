"""Marks passages that give orders to a program or to who reads an answer (prompt injection).

Some signs prose has no use for: the tokens of chat templates, tags and headings of roles, and
letters that nobody sees. Other orders are told by a linear model over hashed n-grams of letters and
words (Weinberger et al., "Feature hashing", 2009), which learned from examples in many languages
(`packaging/orders`; `resources/orders/CARD.md` says what it catches and what it does not). A
language model is kept from harm by more: the fence around each passage, having no tools, and the
check of each sentence against what it cites (Greshake et al., "Not what you've signed up for",
2023).
"""

import math
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ingest.patterns import later
from workbench import paths
from workbench.errors import LibraryError
from workbench.memory import words
from workbench.recall.records import MARKED, Answer, Evidence

if TYPE_CHECKING:
    # The window shows the mark; arrays are loaded when a question is asked.
    import numpy as np
    from numpy.typing import NDArray

    from workbench.arrays import F32

REASON = "It contains instructions aimed at a language model; they were read as plain text."
#: Numbers that features are hashed to, letters of an n-gram, tokens that are judged at once, and
#: features of what is long enough to be judged. Headings (“User Guide”) of fewer words are no
#: sentences; scripts that part no words have one token for a sentence.
SIZE, _LETTERS, _TOKENS, _LEAST = 1 << 17, (3, 4, 5), 40, 24
_WORDS = 4
#: Log odds from which on nothing of a passage answers: worksheets and manuals, too, give orders, so
#: that below only the sentence itself is left out.
_WITHHELD = 2.2
#: Where a text is cut for judging, eagerly: an order may not hide behind an abbreviation.
_CUT = later(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
#: Where the words of somebody else begin or end inside a sentence, whose own words must not dilute
#: an order: at quotation marks, and behind what announces them.
_QUOTED = later(r"[“”„«»‹›\"‘「」『』]|(?<=[:;])\s|(?<=[：；])")
_SIGNS = re.compile(
    r"""
    <\|[^|<>\s]{1,40}\|> | \[/?INST\] | <</?SYS>>            # tokens of chat templates
    | </?\s*(?:passage|system|assistant|instructions?)\b[^<>\n]{0,40}>
    | ^\s*\#{2,}\s*(?:system|instructions?|response|assistant)\s*:
    # Letters of the Unicode block “tags”, which are invisible, but for those of a flag.
    | (?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def addresses_model(text: str) -> bool:
    """Whether a text holds such signs, or a sentence that is likelier an order than not.

    Such a sentence is marked, and no answer is taken from it.
    """
    return _SIGNS.search(text) is not None or order_score(text) > 0


def withheld(text: str) -> bool:
    """Whether a text gives orders so surely that nothing of it may answer."""
    return _SIGNS.search(text) is not None or order_score(text) > _WITHHELD


@lru_cache(maxsize=2048)
def order_score(text: str) -> float:
    """The log odds that a sentence of a text gives orders to a program or to who reads an answer.

    Raises `LibraryError` where the model is missing or damaged.
    """
    weights = _weights()
    scores = (
        float(weights[numbers].sum()) * len(numbers) ** -0.5 + float(weights[-1])
        for numbers in judged(text)
    )
    return max(scores, default=-math.inf)


def judged(text: str) -> "Iterator[NDArray[np.int64]]":
    """The features of each sentence of a text, and of what is quoted in it by itself."""
    yield from parts(text)
    for sentence in _CUT.split(text):
        _, *quoted = _QUOTED.split(sentence)
        yield from parts("\n".join(quoted))


def parts(text: str) -> "Iterator[NDArray[np.int64]]":
    """The features of each sentence that is long enough, those of a long one in stretches."""
    for sentence in _CUT.split(text):
        tokens = _tokens(sentence)
        if len(tokens) < _WORDS and sentence.isascii():
            continue
        for start in range(0, max(1, len(tokens) - _TOKENS // 2), _TOKENS // 2):
            numbers = features(tokens[start : start + _TOKENS])
            if len(numbers) >= _LEAST:
                yield numbers


def features(tokens: list[str]) -> "NDArray[np.int64]":
    """The numbers of the n-grams of letters and of two and three words in tokens, each once."""
    import numpy as np

    line = ["^", *tokens, "$"]
    framed = {f"<{token}>" for token in tokens}
    grams = {" ".join(line[at : at + n]) for n in (2, 3) for at in range(len(line) - n + 1)}
    grams |= framed
    grams |= {w[at : at + n] for w in framed for n in _LETTERS for at in range(len(w) - n + 1)}
    return np.array(sorted({zlib.crc32(gram.encode()) % SIZE for gram in grams}), np.int64)


def _tokens(sentence: str) -> list[str]:
    """The folded tokens of a sentence; what begins with a figure is 0."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    return ["0" if token[0].isdigit() else token for token in words.raw_tokens(folded)]


@cache
def _weights() -> "F32":
    """The weight of each feature, and last the constant."""
    import numpy as np

    try:
        weights = np.load(paths.resources() / "orders" / "weights.npy")
        if weights.shape != (SIZE + 1,):
            raise ValueError("other features")
    except (OSError, ValueError) as error:
        raise LibraryError(
            "A file that ships with the program is missing or damaged (orders/weights.npy).",
            "Reinstall the program.",
        ) from error
    return np.asarray(weights, np.float32)


def marked(answer: Answer) -> Answer:
    """The answer with a tag and a reason on evidence that holds such signs or orders."""
    return replace(answer, evidence=tuple(map(_marked, answer.evidence)))


def _marked(item: Evidence) -> Evidence:
    text = f"{item.source.title}\n{item.before}\n{item.quote}"
    if MARKED in item.tags or not addresses_model(text):
        return item
    return replace(item, tags=(*item.tags, MARKED), reasons=(*item.reasons, REASON))
