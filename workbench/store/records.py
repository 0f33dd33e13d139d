"""Records of rows, as other packages see them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of the library.

    `state` is the furthest stage it has reached: queued, read, searchable, verified, embedded,
    linked, learned; or failed. `added`, `verified` and `trashed` are seconds since the epoch.
    `path` is the newest known location, None for pasted text; whether a file is still there is
    asked on demand (`Library.missing`). `notices` are sentences for the user (pages without text
    ...). `tags` are words of the user's own, in alphabetical order.
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
        """The places of the words of a transcript that the speech model was not sure of."""
        spans = re.findall(r"(\d+)-(\d+)", self.metadata.get("doubtful", ""))
        return tuple((int(start), int(end)) for start, end in spans)

    @property
    def list_items(self) -> dict[int, tuple[int, str]]:
        """The paragraphs of lists: where each begins, its depth, its bullet or number or ""."""
        matches = re.findall(r"(\d+):(\d)(\S*)", self.metadata.get("items", ""))
        return {int(at): (int(depth), mark) for at, depth, mark in matches}


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag as it was first written, and the number of its sources that are not in the trash."""

    name: str
    sources: int


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A named scope and the number of its sources that are not in the trash."""

    id: int
    name: str
    sources: int


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A chapter's heading, without its text. `[start, end)` is its part of the source's text."""

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
    """A page: number from 1, printed label, its part of the source's text, size in points."""

    number: int
    label: str
    start: int
    end: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with its place. `text` is exactly the source's text at `[start, end)`."""

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
    """One remembered statement: its words and the span they stand at in the source's text."""

    id: int
    source: int
    passage: int
    section: int
    kind: str
    start: int
    end: int
    text: str
