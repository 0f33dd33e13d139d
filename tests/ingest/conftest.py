"""The laws that every reader keeps, checked on whatever a test reads."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

import ingest
from ingest.records import Notice, Section, Source
from ingest.segment import MOST_WORDS, word_count


@dataclass(frozen=True)
class Book:
    """One source as it was read, and its whole text."""

    source: Source
    sections: list[Section]
    notices: list[Notice]
    text: str

    @property
    def passages(self) -> list[ingest.Passage]:
        """All passages in order."""
        return [passage for section in self.sections for passage in section.passages]

    @property
    def sentences(self) -> list[str]:
        """All sentences in order, line ends as spaces."""
        return [
            " ".join(self.text[a:b].split())
            for passage in self.passages
            for a, b in passage.sentences
        ]

    @property
    def pages(self) -> list[ingest.Page]:
        """All pages in order."""
        return [page for section in self.sections for page in section.pages]

    @property
    def titles(self) -> list[str]:
        """The titles of the sections that have passages."""
        return [section.title for section in self.sections if section.passages]


Read = Callable[..., Book]


def check_laws(sections: list[Section], text: str) -> None:
    """Sections tile the text; passages are its words; sentences tile the passages."""
    position = 0
    for ordinal, section in enumerate(sections):
        assert section.ordinal == ordinal
        assert section.start == position
        position = section.end
        before = section.start
        for passage in section.passages:
            start, end = passage.locator.start, passage.locator.end
            assert text[start:end] == passage.text
            assert before <= start < end <= section.end
            assert passage.text == passage.text.strip()
            before = end
            at = start
            for a, b in passage.sentences:
                assert at <= a < b <= end
                assert not text[at:a].strip()
                assert word_count(text[a:b]) <= MOST_WORDS
                at = b
            assert not text[at:end].strip()
    assert position == len(text)
    check_pages(sections, text)


def check_pages(sections: list[Section], text: str) -> None:
    """Pages tile the text in order; a passage stands on the page of its first character."""
    pages = [page for section in sections for page in section.pages]
    if not pages:
        return
    assert pages[0].start == 0
    assert pages[-1].end == len(text)
    for page, following in pairwise(pages):
        assert page.end == following.start
        assert page.number + 1 == following.number
    for section in sections:
        for page in section.pages:
            assert section.start <= page.start <= section.end
        for passage in section.passages:
            home = next(p for p in pages if p.start <= passage.locator.start < p.end)
            assert (passage.locator.page, passage.locator.page_label) == (home.number, home.label)


@pytest.fixture
def read() -> Read:
    """Read a file of one source, check the laws, and return it."""

    def reading(path: Path, *, title: str | None = None) -> Book:
        records = list(ingest.read(path, ingest.ReadRequest(title=title)))
        first = records[0]
        assert isinstance(first, Source)
        sections = [record for record in records if isinstance(record, Section)]
        notices = [record for record in records if isinstance(record, Notice)]
        text = "".join(section.text for section in sections)
        check_laws(sections, text)
        assert list(ingest.read(path, ingest.ReadRequest(title=title))) == records
        return Book(first, sections, notices, text)

    return reading
