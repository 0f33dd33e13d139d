"""Sentences with the positions of the concepts that they name."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Self

from workbench.memory.concepts.records import AssociationType, Bond, ConceptSpan, ConceptType, Trace
from workbench.memory.schemas.patterns import words

#: Maximum characters of a name, a comment or a value.
_MAX_LENGTH = 120
_PLAIN = re.compile(r"\w[\w$.-]*")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(name: str) -> str:
    """A name as in a sentence: in quotes unless it is one word, without control characters."""
    if _PLAIN.fullmatch(name) and len(name) <= _MAX_LENGTH:
        return name
    return f"“{printable(name)}”"


def printable(text: str, limit: int = _MAX_LENGTH) -> str:
    """A text without control characters, truncated to `limit`."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(_ESCAPES.get(c) or (c if _is_text(c) else " ") for c in cut)


def _is_text(character: str) -> bool:
    return character == "\u200d" or unicodedata.category(character) not in (
        "Cc", "Cf", "Cs", "Zl", "Zp",
    )  # fmt: skip


def spelled(name: str) -> str:
    """The words of a name such as `order_items`; "" if it is spelled as words already."""
    spelling = " ".join(words(name))
    return spelling if spelling and spelling != name.casefold() and len(name) <= _MAX_LENGTH else ""


def join_list(parts: Sequence[str]) -> str:
    """Join parts as an enumeration: a, b and c."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


class Sentence:
    """Builds a sentence from words and the names of concepts."""

    def __init__(self) -> None:
        self._text = ""
        self._spans: dict[str, ConceptSpan] = {}
        self._bonds: dict[Bond, None] = {}

    def append(self, text: str) -> Self:
        """Append words."""
        self._text += text
        return self

    def name(
        self,
        name: str,
        *,
        key: str,
        type: ConceptType = ConceptType.ENTITY,
        weight: float = 1.0,
    ) -> Self:
        """Append the name of a concept, quoted if necessary."""
        quoted_name = quoted(name)
        start = len(self._text)
        self._text += quoted_name
        if key and key not in self._spans:
            self._spans[key] = ConceptSpan(key, quoted_name, type, start, len(self._text), weight)
        return self

    def list(self, names: Iterable[tuple[str, str, ConceptType]], weight: float) -> Self:
        """Append a list of columns: names with the keys and types of their concepts."""
        rows = list(names)
        for place, (name, key, type) in enumerate(rows):
            if place:
                self.append(" and " if place == len(rows) - 1 else ", ")
            self.name(name, key=key, type=type, weight=weight)
        return self

    def name_of_kind(self, kind: str) -> Self:
        """Append the name of a pattern, which is also its concept key."""
        start = len(self._text)
        self._text += kind
        span = ConceptSpan(kind, kind, ConceptType.CONCEPT, start, len(self._text), 0.5)
        self._spans.setdefault(kind, span)
        return self

    def bond(self, head: str, type: AssociationType, tail: str) -> Self:
        """Join two named concepts by their keys."""
        places = {key: place for place, key in enumerate(self._spans)}
        if head != tail and head in places and tail in places:
            self._bonds[Bond(places[head], type, places[tail])] = None
        return self

    def build(self) -> tuple[str, Trace]:
        """The sentence and its trace."""
        return self._text, Trace(tuple(self._spans.values()), tuple(self._bonds))
