"""Parses questions for all values of a kind: “List all people in the diary”, “Nenne alle Beträge”.

Such a question has a kind, and words of a title or of the sentences. A more specific one (“Which
people live in Marl?”) needs the reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.language.nouns import singular
from ingest.language.tagging import tagged
from ingest.language.word_lists import classes
from ingest.patterns import later
from workbench.memory import words

#: Kinds whose sentences must contain the other words of the question; the rest are names.
VALUES = ("date", "deadline", "year", "money", "number", "percentage")
NAMES = ("person", "place", "organisation")
#: Maximum lines of a list by the reader.
READ_LINES = 10
_ALL = later(r"(?i)\b(?:all|every|alle)\b|^(?:list|name|welche|nenne|liste)\b")
_OF_KIND = later(r"(?i)(?:which|what)\b")


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A question for all values of a `kind`: one of `VALUES`, `NAMES`.

    `words` are its other words, of titles or sentences; `documents` its nouns for sources.
    """

    kind: str
    words: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    language: str = "en"


def list_question(question: str) -> ListQuestion | None:
    """The list that a question asks for; None for another or more specific question."""
    sequence = [words.fold(token.raw) for token in words.tokens(question) if token.words]
    del sequence[: sequence[:1] in (["please"], ["bitte"])]
    if not sequence:
        return None
    return _parsed(*sequence, language="en") or _parsed(*sequence, language="de")


def _parsed(first: str, *rest: str, language: str) -> ListQuestion | None:
    lists = classes("list_kinds.txt", language)
    if first in lists["who"]:
        # “Who is mentioned in the diary?”, but not “Who is the captain?”
        is_list = not lists["named"].isdisjoint(rest[:3]) and rest[0] in lists["asked"]
        return _of("person", rest, language) if is_list else None
    if first in lists["request"]:
        lead = lists["lead"]
    elif first in lists["which"]:
        lead = lists["lead"] | lists["asked"]
    else:
        return None
    at = next((at for at, word in enumerate(rest) if word not in lead), len(rest))
    if at == len(rest):
        return None
    # German nouns are listed in the plural.
    is_all = language != "en" or not lists["every"].isdisjoint(rest[: at + 1])
    noun = singular(rest[at]) if language == "en" else rest[at]
    kind = next((kind for kind in (*VALUES, *NAMES) if noun in lists[kind]), "")
    is_list = bool(kind) and (is_all or noun != rest[at])
    return _of(kind, rest[at + 1 :], language) if is_list else None


def _of(kind: str, rest: Sequence[str], language: str) -> ListQuestion:
    lists = classes("list_kinds.txt", language)
    empty = frozenset().union(*(lists[name] for name in ("empty", "naming", "asked")))
    left = [word for word in rest if word not in empty]
    documents = [word for word in left if singular(word) in lists["documents"]]
    return ListQuestion(kind, tuple(left), tuple(documents), language)


def asks_for_several(question: str) -> bool:
    """Whether a question asks for several things: “Which birds …”, “Nenne alle …”"""
    if _ALL.search(question):
        return True
    # Word classes are loaded only for such a question.
    if not _OF_KIND.match(question):
        return False
    for token, following in pairwise(tagged(question)[1:6]):
        low = token.low
        if low in ("are", "were", "have"):
            return True
        if "N" not in token.tags:
            return False
        # “Which birds did …”, but not “What happens in …”, “What makes the …”
        is_noun = not any(map(following.may_be, "DIR"))
        if is_noun and low[-1] == "s" and low != singular(low):
            return True
    return False
