"""Prefixes that some embedding models expect before a question or a passage.

A model that expects them finds less without them. They are in the model's own description where
that has them, as sentence-transformers writes it; else they are known by the name under which the
model is published, from its model card.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.patterns import later

#: Letters of an instruction at most: a damaged description may have anything.
_LONGEST = 400
_SEARCHING = "Represent this sentence for searching relevant passages: "

#: What stands for the languages of a model that reads most of them.
MULTILINGUAL = "multilingual"


@dataclass(frozen=True, slots=True)
class Instructions:
    """What stands before a question, and before a passage that is read; "" where nothing does."""

    question: str = ""
    passage: str = ""

    @property
    def mark(self) -> str:
        """What a digest has at its end: vectors of passages read otherwise are others."""
        return "+p" if self.passage else ""


NONE = Instructions()
#: By the names of models, the first that fits.
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
    """What a model of this name expects, as far as that is known."""
    return next(
        (instructions for pattern, instructions in _PUBLISHED if pattern.search(name)), NONE
    )


def described(prompts: object) -> Instructions | None:
    """What the `prompts` of a description say; None where they say nothing of searching."""
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
