"""Prefixes that some embedding models expect before a question or a passage.

Such models retrieve worse without them. They come from the model's own description as
sentence-transformers writes it, or else, by its published name, from its model card.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.patterns import later

#: Longest instruction: a damaged description may contain anything.
_LONGEST = 400
_SEARCHING = "Represent this sentence for searching relevant passages: "

#: The language tag of multilingual models.
MULTILINGUAL = "multilingual"


@dataclass(frozen=True, slots=True)
class Instructions:
    """The prefixes of a question and of a passage, "" for none."""

    question: str = ""
    passage: str = ""

    @property
    def mark(self) -> str:
        """A suffix of the digest: other prefixes make other vectors."""
        return "+p" if self.passage else ""


NONE = Instructions()
#: By the names of models; the first match counts.
_PUBLISHED: tuple[tuple[re.Pattern[str], Instructions], ...] = tuple(
    (later(rf"(?:^|[/_-]){name}", re.IGNORECASE), _instructions)
    for name, _instructions in (
        (r"nomic-embed-text", Instructions("search_query: ", "search_document: ")),
        (
            r"embedding-?gemma",
            Instructions("task: search result | query: ", "title: none | text: "),
        ),
        (
            r"e5-mistral|multilingual-e5-large-instruct|qwen3-embedding",
            Instructions(
                "Instruct: Given a web search query, retrieve relevant passages that answer the "
                "query\nQuery: "
            ),
        ),
        (r"(?:multilingual-)?e5(?:$|[-:_])", Instructions("query: ", "passage: ")),
        (r"snowflake-arctic-embed2|snowflake-arctic-embed-[lm]-v2", Instructions("query: ")),
        (r"bge-m3", NONE),
        (
            r"mxbai-embed|snowflake-arctic-embed|bge-(?:large|base|small)-en",
            Instructions(_SEARCHING),
        ),
    )
)


def published(name: str) -> Instructions:
    """The instructions of a published model, if known."""
    return next(
        (instructions for pattern, instructions in _PUBLISHED if pattern.search(name)), NONE
    )


def described(prompts: object) -> Instructions | None:
    """The `prompts` of a description; None without any for search."""
    if not isinstance(prompts, Mapping):
        return None
    by_name = {
        str(key).lower(): value
        for key, value in prompts.items()
        if isinstance(value, str) and len(value) <= _LONGEST
    }
    question = next((by_name[key] for key in ("query", "search_query") if key in by_name), "")
    names = ("document", "passage", "search_document", "corpus")
    passage = next((by_name[key] for key in names if key in by_name), "")
    return Instructions(question, passage) if question or passage else None
