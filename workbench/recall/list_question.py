"""Parses questions for all values of a kind: “List all people in the diary”.

Such a question has a kind, and words of a title or of the sentences. A more specific one (“Which
people live in Marl?”) needs the reader.
"""

from dataclasses import dataclass

from ingest.language.nouns import singular
from ingest.language.word_lists import classes
from workbench.memory import words

#: Kinds whose sentences must contain the other words of the question; the rest are names.
VALUES = ("date", "year", "money", "number", "percentage")
NAMES = ("person", "place", "organisation")


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A question for all values of a `kind`, one of `VALUES` or `NAMES`.

    `words` are its other words, of titles or sentences; `documents` its nouns for sources.
    """

    kind: str
    words: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def list_question(question: str) -> ListQuestion | None:
    """The list that a question asks for; None for another or more specific question."""
    lists = classes("list_kinds.txt")
    sequence = [words.fold(token.raw) for token in words.tokens(question) if token.words]
    if sequence[:1] == ["please"]:
        del sequence[0]
    if not sequence:
        return None
    first, *rest = sequence
    if first in ("who", "whom"):
        # “Who is mentioned in the diary?”, but not “Who is the captain?”
        is_named = not lists["named"].isdisjoint(rest[:3]) and rest[0] in lists["asked"]
        return _of("person", rest) if is_named else None
    if first in lists["request"]:
        lead = lists["lead"]
    elif first in ("which", "what"):
        lead = lists["lead"] | lists["asked"]
    else:
        return None
    at = next((at for at, word in enumerate(rest) if word not in lead), len(rest))
    if at == len(rest):
        return None
    noun, is_all = singular(rest[at]), not {"all", "every", "each"}.isdisjoint(rest[:at])
    kind = next((kind for kind in (*VALUES, *NAMES) if noun in lists[kind]), "")
    if rest[at] in ("everybody", "everyone"):
        kind, is_all = "person", True
    return _of(kind, rest[at + 1 :]) if kind and (is_all or noun != rest[at]) else None


def _of(kind: str, rest: list[str]) -> ListQuestion:
    lists = classes("list_kinds.txt")
    empty = lists["empty"] | lists["naming"] | lists["asked"]
    left = [word for word in rest if word not in empty]
    documents = [word for word in left if singular(word) in lists["documents"]]
    return ListQuestion(kind, tuple(left), tuple(documents))
