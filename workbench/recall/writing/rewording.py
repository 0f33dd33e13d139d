"""A question in other words, as the passage that answers it may say it.

A language model writes the question anew and imagines a sentence that answers it; both are looked
for beside the question itself, as people know a tale in other words than it is told in. What it
imagines is never shown. Query2doc, Wang et al. 2023, https://arxiv.org/abs/2303.07678; imagined
answers, Gao et al. 2022, https://arxiv.org/abs/2212.10496.
"""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from ingest.errors import ModelError
from ingest.models.records import ChatRequest, Message
from ingest.models.structured import structured
from workbench.recall.records import Evidence
from workbench.recall.writing.choosing import Reader
from workbench.recall.writing.prompting import rules

PROMPT = "rewording-1"
#: Passages that are taken of each wording.
EACH = 4
_TOKENS, _LONGEST = 200, 300
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "rewordings": {
            "type": "array",
            "items": {"type": "string", "maxLength": 120},
            "minItems": 2,
            "maxItems": 2,
        },
        "sentence": {"type": "string", "maxLength": 200},
    },
    "required": ["rewordings", "sentence"],
}


def reword(reader: Reader, question: str) -> list[str]:
    """At most two rewordings of a question and a sentence that may answer it.

    Empty where the model writes no JSON. Raises `ModelError` if the server fails.
    """
    request = ChatRequest(
        reader.model, messages(question), _SCHEMA, max_tokens=_TOKENS, keep_alive=reader.keep_alive
    )
    try:
        value = structured(reader.server, request, timing=reader.timing, check=reader.check).value
    except ModelError as error:
        if error.reason == "answer":
            return []
        raise
    if not isinstance(value, dict):
        return []
    rewordings = value.get("rewordings")
    texts = [*(rewordings if isinstance(rewordings, list) else ())[:2], value.get("sentence")]
    wordings = [" ".join(text.split())[:_LONGEST] for text in texts if isinstance(text, str)]
    return [text for text in dict.fromkeys(wordings) if text and text != question]


def messages(question: str) -> list[Message]:
    """The request for other words of a question."""
    return [Message("system", rules(PROMPT)), Message("user", f"Question: {question}")]


def in_turn(*found: list[Evidence]) -> list[Evidence]:
    """The first passages of each list in turn, the best of each first."""
    rows = zip_longest(*(each[:EACH] for each in found))
    return [item for row in rows for item in row if item is not None]
