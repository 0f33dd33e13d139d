"""Marks passages that contain instructions to a language model (prompt injection).

Only signs that prose has no use for are looked at: the tokens of chat templates, tags and headings
of roles, and letters that nobody sees. Words are not: “ignore the instructions” stands in novels,
and an attack needs none of the words of a list. What keeps an attack from doing harm is the fence
around each passage, a model without tools, and the check of each sentence against what it cites
(Greshake et al., "Not what you've signed up for", 2023).
"""

import re
from dataclasses import replace

from workbench.recall.records import Answer, Evidence

MARKED = "addresses a model"
REASON = "It contains instructions aimed at a language model; they were read as plain text."
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
    """Whether a text holds signs that only a language model would read as more than text."""
    return _SIGNS.search(text) is not None


def marked(answer: Answer) -> Answer:
    """The answer with a tag and a reason on evidence that holds such signs."""
    return replace(answer, evidence=tuple(map(_marked, answer.evidence)))


def _marked(item: Evidence) -> Evidence:
    if MARKED in item.tags or not addresses_model(f"{item.source.title}\n{item.quote}"):
        return item
    return replace(item, tags=(*item.tags, MARKED), reasons=(*item.reasons, REASON))
