"""Parses the text of the filter: words in any order, and `tag:` words.

    hebb tag:history             sources that hold "hebb" and have a tag that begins with "history"
    tag:"to read"                quotation marks keep a tag of several words together, and exact

Neither case nor accents count. An unfinished `tag:` limits nothing, so that the table does not go
blank while one types.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.store.records import SourceRow

_PART = re.compile(r'tag:(?:"(?P<exact>[^"]*)"|(?P<open>"[^"]*$|[^\s"]*))|(?P<word>\S+)', re.I)


@dataclass(frozen=True, slots=True)
class Query:
    """What a source must hold: `words` anywhere, and a tag for each of `prefixes` and of `tags`."""

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def sift(self, sources: list[SourceRow], hays: Mapping[int, "Hay"]) -> list[SourceRow]:
        """Those of the sources that are sought, in their order; `hays` by the sources' ids.

        One plain pass for each thing sought: ten thousand calls of a function would be felt.
        """
        left = sources
        for word in self.words:
            left = [source for source in left if word in hays[source.id].words]
        for tag in self.tags:
            left = [source for source in left if tag in hays[source.id].tags]
        for start in self.prefixes:
            # Tags stand one a line in `lines`, so a search for a line's start is one for text.
            left = [source for source in left if f"\n{start}" in hays[source.id].lines]
        return left


@dataclass(frozen=True, slots=True)
class Hay:
    """The folded words of a source, its tags once more each for itself and as lines."""

    words: str
    tags: tuple[str, ...]
    lines: str


def parse(text: str) -> Query:
    """Read what was typed; every text means something."""
    words: list[str] = []
    prefixes: list[str] = []
    tags: list[str] = []
    for part in _PART.finditer(text):
        exact, start, word = part["exact"], part["open"], part["word"]
        if exact is not None:
            tags += _not_empty(exact)
        elif start is not None:
            prefixes += _not_empty(start.lstrip('"'))
        elif word is not None:
            words += fold(word).split()
    return Query(tuple(words), tuple(prefixes), tuple(tags))


def hay(source: SourceRow, kind: str) -> Hay:
    """The words by which a source is found; `kind` is what its kind is called on screen."""
    labels = " ".join(source.collections)
    text = f"{source.title} {source.author} {source.date[:4]} {kind} {labels}"
    if not source.tags:
        return Hay(fold(text), (), "")
    # Folding may leave white space behind: "´" is a space and an accent.
    tags = tuple(" ".join(fold(tag).split()) for tag in source.tags)
    return Hay(f"{fold(text)} {' '.join(tags)}", tags, "".join(f"\n{tag}" for tag in tags))


def fold(text: str) -> str:
    """Letters without case and accents, so that "uber" finds "Über"."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _not_empty(tag: str) -> list[str]:
    plain = " ".join(fold(tag).split())
    return [plain] if plain else []
