"""Splits a question that compares two things into a question about each.

“Which film is older, Alpha or Beta?” needs a passage on each, and looked up as one question the
better known of the two fills the list. Where two are joined by “and” (“are both …?”) the question
stays whole: the reader answers more of these as they are.
"""

import re

from ingest.language.politeness import OPENING
from ingest.patterns import later
from workbench.memory import words

#: Letters of the longest question that is taken apart.
_LONGEST = 600
_OR = later(r"\s+or\s+(?!not\b)")
#: A list of what is compared begins after one of these.
_OPENS = later(r"(?:[,:]\s+|\s-+\s|\b(?:between|of|both)\s+)(?=[\"“‘'(]?[A-Z0-9])")
_NO_NAME = later(
    rf"{OPENING}|(?:are|were|is|was|do|did|does|have|has|had|between|both|in|the)\b", re.IGNORECASE
)
_JOINING = "of the de la le du des von van der den da di a an in on for to at"
_SMALL = frozenset(_JOINING.split())
_RUN = later(r"[\w’'&.!?:%+/#*-]+|\([^)]*\)|\"[^\"]*\"|“[^”]*”|,")


def parts(question: str) -> tuple[str, ...]:
    """The question about each of two things that it compares; none where it asks for one thing."""
    if len(question) > _LONGEST:
        return ()
    pairs = (_pair(question, joint) for joint in reversed(list(_OR.finditer(question))))
    found = tuple(dict.fromkeys(next(filter(None, pairs), ())))
    return found if len(found) > 1 else ()


def _pair(question: str, joint: re.Match[str]) -> list[str]:
    """The question without the one and without the other; none where these are no names."""
    before, after = question[: joint.start()], question[joint.end() :]
    opened = next((each for each in _OPENS.finditer(before) if _named(before[each.end() :])), None)
    first = opened.end() if opened else len(before) - _run_back(before)
    length = len(after.rstrip(" ?.!")) if _named(after) else _run(after)
    if first >= len(before) or not length:
        return []
    head, tail = before[:first].rstrip(" ,:"), after[length:]
    one, other = before[first:].strip(" ,"), after[:length].strip(" ,")
    return [f"{head} {each}{tail}" for each in (one, other)]


def _named(text: str) -> bool:
    """Whether most longer words of a text begin with a capital or a digit, and the first does."""
    found = [word for word in words.raw_tokens(text) if word not in _SMALL]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in found)
    return (
        bool(found)
        and (found[0][0].isupper() or found[0][0].isdigit())
        and (2 * capitals > len(found))
    )


def _run(text: str) -> int:
    """Letters at the beginning of a text that are a name."""
    end = last = 0
    for token in _RUN.finditer(text):
        raw = token.group()
        if raw == "," or text[last : token.start()].strip():
            break
        last = token.end()
        if _begins_name(raw):
            end = last
        elif raw not in _SMALL:
            break
    return end


def _run_back(text: str) -> int:
    """Letters at the end of a text that are a name."""
    tokens = list(_RUN.finditer(text))
    begin = len(text)
    for place in range(len(tokens) - 1, -1, -1):
        raw = tokens[place].group()
        if raw == "," or (place == 0 and _NO_NAME.match(raw)):
            break
        if _begins_name(raw):
            begin = tokens[place].start()
        elif raw not in _SMALL:
            break
    return len(text) - begin


def _begins_name(raw: str) -> bool:
    return raw[0].isupper() or raw[0].isdigit() or raw[0] in '"“('
