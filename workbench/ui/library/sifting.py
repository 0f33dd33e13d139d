"""Parses filter text: words in any order, and `tag:` terms.

    hebb tag:history             sources that contain "hebb" and have a tag starting with "history"
    tag:"to read"                quotation marks match a whole tag

Case and accents are ignored. An incomplete `tag:` matches everything, so that the table does not go
blank while typing.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.store.records import SourceRow

_PART = re.compile(r'tag:(?:"(?P<exact>[^"]*)"|(?P<open>"[^"]*$|[^\s"]*))|(?P<word>\S+)', re.I)


@dataclass(frozen=True, slots=True)
class Query:
    """A query: `words` anywhere, and a tag for each of `prefixes` and `tags`."""

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def sift(self, sources: list[SourceRow], hays: Mapping[int, "Hay"]) -> list[SourceRow]:
        """Filter sources, keeping their order; `hays` maps their ids.

        One list comprehension per term, since ten thousand function calls are noticeable.
        """
        left = sources
        for word in self.words:
            left = [source for source in left if word in hays[source.id].words]
        for tag in self.tags:
            left = [source for source in left if tag in hays[source.id].tags]
        for start in self.prefixes:
            # `lines` has one tag per line, so a prefix is searched after a line break.
            left = [source for source in left if f"\n{start}" in hays[source.id].lines]
        return left


@dataclass(frozen=True, slots=True)
class Hay:
    """The folded text of a source, its tags, and its tags as lines."""

    words: str
    tags: tuple[str, ...]
    lines: str


def parse(text: str) -> Query:
    """Parse filter text; every text is valid."""
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
    """The searchable text of a source; `kind` is the displayed name of its kind."""
    labels = " ".join(source.collections)
    text = f"{source.title} {source.author} {source.date[:4]} {kind} {labels}"
    if not source.tags:
        return Hay(fold(text), (), "")
    # Folding may leave white space: "´" becomes a space and an accent.
    tags = tuple(" ".join(fold(tag).split()) for tag in source.tags)
    return Hay(f"{fold(text)} {' '.join(tags)}", tags, "".join(f"\n{tag}" for tag in tags))


def fold(text: str) -> str:
    """Remove case and accents, so that "uber" matches "Über"."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _not_empty(tag: str) -> list[str]:
    plain = " ".join(fold(tag).split())
    return [plain] if plain else []
