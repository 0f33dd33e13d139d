"""Salience of statements by signal words (after the amygdala of neurram 0.1.0).

The default is 0.5; each group of signal words raises or lowers it once. Only facts are weighed:
documents are stored completely.
"""

import re

from ingest.patterns import later

_NEUTRAL, _MIN, _MAX = 0.5, 0.1, 1.0
_RAISES, _LOWERS = 0.15, 0.1
#: The length of a long statement, and the bonus for these and for questions.
_LONG, _LITTLE = 200, 0.05

_RAISING = tuple(
    later(group, re.IGNORECASE)
    for group in (
        r"\b(?:urgent|critical|important|emergency|error|fail|danger|warning|alert)\b",
        "[!?]{2}",
        r"\b(?:remember|never forget|always|must|crucial|key|vital|essential)\b",
        r"\b(?:love|hate|fear|excited|angry|sad|happy|proud|ashamed)\b",
    )
)
_LOWERING = tuple(
    later(group, re.IGNORECASE)
    for group in (
        r"\b(?:maybe|perhaps|possibly|trivial|minor|insignificant|irrelevant)\b",
        r"\b(?:fyi|btw|just saying|random|whatever)\b",
    )
)


def salience(text: str) -> float:
    """The salience of a statement, 0.1 to 1; 0.5 is the default."""
    score = _NEUTRAL
    for group in _RAISING:
        if group.search(text):
            score = min(_MAX, score + _RAISES)
    for group in _LOWERING:
        if group.search(text):
            score = max(_MIN, score - _LOWERS)
    if len(text) > _LONG:
        score = min(_MAX, score + _LITTLE)
    if "?" in text:
        score = min(_MAX, score + _LITTLE)
    return round(score, 3)
