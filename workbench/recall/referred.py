"""Whom a sentence speaks of that it does not name: “It was sold to the town.” after “The mill …”.

Prose names somebody once and says “she”, “it” or “the company” from there on, so that the sentence
which answers rarely holds the name that was asked about. Such a sentence is about whom the nearest
one before it is about, and about what its heading or title names where none before it says so.
Rules for English, after the observation that subjects stay subjects (Grosz, Joshi & Weinstein 1995,
“Centering”); nothing is resolved where another name stands before the pronoun.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.vocabulary import COMMON, STOP

#: Letters of a sentence within which it says what it is about.
_EARLY = 110
#: Lines of the words about a quote, and where a sentence of the words before it ends.
_ABOUT = 4
_END = re.compile(r"(?<=[.!?…])\s+(?=\W?[A-ZÀ-ÖØ-Þ])")
_ENDED = re.compile(r"[.!?…]\W*$")
_PREPOSITIONS = (
    "in|on|at|by|from|to|with|for|of|since|after|before|during|until|besides|under|over|near|like"
    "|unlike|about|against|between|through|as|into|via|beside|behind|along|without|despite"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s+(?:(?:de|of|von|van|the|&)\s+)?[A-ZÀ-ÖØ-Þ&][\w’'-]*)*"
_PRONOUN = r"he|she|it|they|his|her|its|their"
#: The first thing of a sentence that can be its subject: a pronoun, “the firm”, or a name; what
#: follows a preposition is read over, up to what comes behind it.
_FIRST = re.compile(
    rf"(?P<aside>\b(?:{_PREPOSITIONS})\s+(?:(?:the|a|an|his|her|its|their)\s+)?(?:{_NAME}|\d+|[a-z]+))"
    rf"|\b(?P<pronoun>{_PRONOUN})\b"
    r"|\b(?P<noun>the\s+[a-z]{3,})\b(?=\s+[a-z])"
    rf"|\b(?:The\s+|the\s+)?(?P<name>{_NAME})",
)


#: A month or a day is no subject: “Last May she …”.
_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a sentence is about: a `name`, or the place `[start, end)` of what stands for one."""

    name: str
    start: int
    end: int


def opening(sentence: str) -> Opening | None:
    """What a sentence is about as far as its beginning says so; None where it does not.

    `name` is "" where a pronoun or “the firm” stands there.
    """
    # A first word has a capital whatever it is.
    head = sentence[:_EARLY]
    read = _lowered(head)
    for found in _FIRST.finditer(read):
        if found["aside"] or (found["name"] and _DATE.match(found["name"])):
            continue
        if found["name"]:
            name = re.sub(r"[’']s?$", "", found["name"])
            start = found.start("name")
            return Opening(name, start, start + len(name))
        return Opening("", found.start(), found.end())
    return None


def carried(sentence: str, before: Sequence[str], above: Sequence[str] = ()) -> str:
    """Whom a sentence without a name of its own is about, by those before it, nearest last.

    Where none of them names anybody it is about what stands `above`, as titles do. "" where it
    names somebody itself, or refers to nobody.
    """
    here = opening(sentence)
    if here is None or here.name:
        return ""
    for each in reversed(before):
        said = opening(each)
        if said is not None and said.name:
            return said.name
    return " ".join(above)


def lines(about: str) -> tuple[list[str], list[str]]:
    """Title and heading of a quote, and the sentences before it, of the words about it.

    `about` as `quotes.about` gives it; other words give none.
    """
    parts = about.split("\n")
    if len(parts) != _ABOUT:
        return [], []
    # What ends without a mark is a heading, too.
    return parts[:2], [each for each in _END.split(parts[2]) if _ENDED.search(each)]


def _lowered(head: str) -> str:
    """The beginning with its first word in small letters, where that is no name."""
    first = re.match(r"\W*(?P<word>[A-Z][a-z]*)\b", head)
    if first is None:
        return head
    word = first["word"].lower()
    if (
        word not in STOP
        and word not in COMMON
        and not re.fullmatch(rf"{_PREPOSITIONS}|{_PRONOUN}|the", word)
    ):
        return head
    at = first.start("word")
    return f"{head[:at]}{word}{head[at + len(word) :]}"
