"""How well records are ranked: the shares and gains that the figures of retrieval are made of."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence

from workbench.library import Library

Metric = Callable[[Sequence[str], Collection[str]], float]

#: Quotes asked for, so that ten different records come out.
_QUOTES = 60


def recall_at(most: int) -> Metric:
    """Share of the right records among the first `most`."""

    def measure(ranked: Sequence[str], gold: Collection[str]) -> float:
        return len(set(gold).intersection(ranked[:most])) / len(gold)

    return measure


def ndcg10(ranked: Sequence[str], gold: Collection[str]) -> float:
    """Normalised discounted cumulative gain of the first ten."""
    gain = sum(1 / math.log2(2 + i) for i, key in enumerate(ranked[:10]) if key in gold)
    return gain / sum(1 / math.log2(2 + i) for i in range(min(10, len(gold))))


def ranked(library: Library, question: str) -> list[str]:
    """The keys of the records that are quoted, in order; a source without a key has its number."""
    evidence = library.ask(question, limit=_QUOTES, quotes=True).evidence
    return list(dict.fromkeys(each.source.key or f"#{each.source.id}" for each in evidence))


def whole(record: Mapping[str, str]) -> str:
    """What the rival reads: title (or speaker) and text, as its published baselines do."""
    if record.get("author"):
        return f"{record['author']}: {record['text']}"
    return f"{record['title']}. {record['text']}" if record.get("title") else record["text"]
