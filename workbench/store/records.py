"""Records of rows, as other packages see them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of the library.

    `state` is the furthest stage reached: queued, read, searchable, verified, embedded, linked,
    learned; or failed. `added`, `verified` and `trashed` are seconds since the epoch. `path` is the
    newest known location, None for pasted text; whether the file exists is checked on demand
    (`Library.missing`). `notices` are sentences for the user (pages without text …). `tags` are the
    user's, sorted.
    """

    id: int
    title: str
    author: str
    language: str
    date: str
    kind: str
    key: str | None
    hash: str
    state: str
    path: str | None
    locations: tuple[str, ...]
    size: int
    characters: int
    passages: int
    engrams: int
    pages: int
    added: float
    verified: float | None
    trashed: float | None
    collections: tuple[str, ...]
    notices: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def doubtful(self) -> tuple[tuple[int, int], ...]:
        """The spans of words in a transcript with low confidence of the speech model."""
        spans = re.findall(r"(\d+)-(\d+)", self.metadata.get("doubtful", ""))
        return tuple((int(start), int(end)) for start, end in spans)

    @property
    def list_items(self) -> dict[int, tuple[int, str]]:
        """List items: by their start, the depth, and the bullet, number or ""."""
        matches = re.findall(r"(\d+):(\d)(\S*)", self.metadata.get("items", ""))
        return {int(at): (int(depth), mark) for at, depth, mark in matches}


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag in its first spelling, and the number of its sources, without the trash."""

    name: str
    sources: int


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection and the number of its sources, without the trash."""

    id: int
    name: str
    sources: int


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section's heading, without its text. `[start, end)` is its span in the source's text."""

    id: int
    source: int
    ordinal: int
    title: str
    level: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page: number from 1, printed label, span in the source's text, size in points."""

    number: int
    label: str
    start: int
    end: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with its position. `text` is the source's text at `[start, end)`."""

    id: int
    source: int
    section: int
    chapter: str
    start: int
    end: int
    page: int | None
    page_label: str | None
    seconds: float | None
    box: tuple[float, float, float, float] | None
    first_engram: int
    last_engram: int
    text: str


@dataclass(frozen=True, slots=True)
class EngramRow:
    """A read statement: its text, and its span in the source's text."""

    id: int
    source: int
    passage: int
    section: int
    kind: str
    start: int
    end: int
    text: str
