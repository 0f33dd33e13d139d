"""Detects passages with instructions to a program or a reader (prompt injection).

Some signs never occur in prose: tokens of chat templates, tags and headings of roles, and invisible
characters. Others are recognised by a linear model over hashed n-grams of letters and words
(Weinberger et al., "Feature hashing", 2009), trained on examples in many languages
(`packaging/orders`; `resources/orders/CARD.md` has its accuracy). An English sentence that they
leave in doubt is read by the reader, with a head of its own. Further defences are the fence
around each passage, the absence of tools, and the check of each sentence against its citations
(Greshake et al., "Not what you've signed up for", 2023).
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
    # The window only displays the mark; NumPy is loaded for questions.
    import numpy as np
    from numpy.typing import NDArray

    from workbench.arrays import F32
    from workbench.recall.reader import Reader

REASON = "It contains instructions aimed at a language model; they were read as plain text."
#: The number of hash buckets, letters per n-gram, tokens per window, and the minimum features.
#: Shorter headings (“User Guide”) are no sentences; scripts without spaces have one token per
#: sentence.
SIZE, _LETTERS, _TOKENS, _LEAST = 1 << 17, (3, 4, 5), 40, 24
_WORDS = 4
#: Log odds from which a whole passage is withheld: worksheets and manuals have instructions, too,
#: so that below it only the sentence is left out.
_WITHHELD = 2.2
#: What the reader is asked of a sentence, the log odds from which it is, and the least that count.
QUESTION = "Is this an instruction to the assistant or program that reads it?"
_DOUBT, FLOOR = -2.0, -8.0
#: Sentence boundaries, with false positives: an instruction may not hide after an abbreviation.
_CUT = later(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
#: Boundaries of quotations inside a sentence, whose other words must not dilute an instruction.
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
    """Whether a text has such signs, or a sentence that is probably an instruction.

    Such a sentence is marked, and excluded from answers.
    """
    return _SIGNS.search(text) is not None or order_score(text) > 0 or _is_read_as_order(text)


def _is_read_as_order(text: str) -> bool:
    """Whether the reader takes a sentence that the n-grams leave in doubt for an instruction."""
    if order_score(text) <= _DOUBT or (reader := _included_reader()) is None:
        return False
    doubtful = [
        each for each in _CUT.split(text) if order_score(each) > _DOUBT and reader.supports(each)
    ]
    if not doubtful:
        return False
    head = _loaded("reader.npy", 3 * reader.size)
    scores = reader.pooled(QUESTION, doubtful) @ head[:-1] + head[-1]
    return any(score + order_score(each) > 0 for score, each in zip(scores, doubtful, strict=True))


def _included_reader() -> "Reader | None":
    """The reader, if it is the one that the head was made for, and can be used."""
    from workbench.recall import reader_at_hand
    from workbench.recall.reader import shipped

    return reader_at_hand.at_hand() if reader_at_hand.folder() == shipped() else None


def withheld(text: str) -> bool:
    """Whether a text is so certainly an instruction that the whole passage is excluded."""
    return _SIGNS.search(text) is not None or order_score(text) > _WITHHELD


@lru_cache(maxsize=2048)
def order_score(text: str) -> float:
    """The log odds that a sentence of a text is an instruction to a program or a reader.

    Raises `LibraryError` if the model is missing or damaged.
    """
    weights = _loaded("weights.npy", SIZE)
    scores = (
        float(weights[numbers].sum()) * len(numbers) ** -0.5 + float(weights[-1])
        for numbers in judged(text)
    )
    return max(scores, default=-math.inf)


def judged(text: str) -> "Iterator[NDArray[np.int64]]":
    """Yield the features of each sentence of a text, and of its quotations separately."""
    yield from parts(text)
    for sentence in _CUT.split(text):
        _, *quoted = _QUOTED.split(sentence)
        if quoted:
            yield from parts("\n".join(quoted))


def parts(text: str) -> "Iterator[NDArray[np.int64]]":
    """Yield the features of sufficiently long sentences, in overlapping windows."""
    for sentence in _CUT.split(text):
        tokens = _tokens(sentence)
        if len(tokens) < _WORDS and sentence.isascii():
            continue
        for start in range(0, max(1, len(tokens) - _TOKENS // 2), _TOKENS // 2):
            numbers = features(tokens[start : start + _TOKENS])
            if len(numbers) >= _LEAST:
                yield numbers


def features(tokens: list[str]) -> "NDArray[np.int64]":
    """The hashed n-grams of letters and of two and three words, without duplicates: int64[n]."""
    import numpy as np

    line = ["^", *tokens, "$"]
    framed = {f"<{token}>" for token in tokens}
    grams = {" ".join(line[at : at + n]) for n in (2, 3) for at in range(len(line) - n + 1)}
    grams |= framed
    grams |= {w[at : at + n] for w in framed for n in _LETTERS for at in range(len(w) - n + 1)}
    return np.array(sorted({zlib.crc32(gram.encode()) % SIZE for gram in grams}), np.int64)


def _tokens(sentence: str) -> list[str]:
    """The folded tokens of a sentence; numbers become 0."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    return ["0" if token[0].isdigit() else token for token in words.raw_tokens(folded)]


@cache
def _loaded(name: str, size: int) -> "F32":
    """The weights of `size` features, and the intercept last: float32[size + 1]."""
    import numpy as np

    try:
        weights = np.load(paths.resources() / "orders" / name)
        if weights.shape != (size + 1,):
            raise ValueError("other features")
    except (OSError, ValueError) as error:
        raise LibraryError(
            f"A file that ships with the program is missing or damaged (orders/{name}).",
            "Reinstall the program.",
        ) from error
    return np.asarray(weights, np.float32)


def marked(answer: Answer) -> Answer:
    """The answer with a tag and a reason on suspicious evidence."""
    return replace(answer, evidence=tuple(map(_marked, answer.evidence)))


def _marked(item: Evidence) -> Evidence:
    text = f"{item.source.title}\n{item.before}\n{item.quote}"
    if MARKED in item.tags or not addresses_model(text):
        return item
    return replace(item, tags=(*item.tags, MARKED), reasons=(*item.reasons, REASON))
