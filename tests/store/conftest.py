"""Sections of made-up text for the tests of the store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.records import Locator, Page, Passage, Section, Source
from workbench.store import sources, text
from workbench.store.store import Store

MakeSections = Callable[..., list[Section]]
AddSource = Callable[..., int]


@pytest.fixture
def make_sections() -> MakeSections:
    """Make chapters of `passages` passages of three sentences each, one page a chapter."""

    def make(chapters: int = 3, passages: int = 4, word: str = "amber") -> list[Section]:
        made, start = [], 0
        for ordinal in range(chapters):
            body, parts, cut = f"Chapter {ordinal}\n\n", [], []
            for number in range(passages):
                at = start + len(body)
                spans = []
                for k in range(3):
                    words = f"Sentence {ordinal}.{number}.{k} speaks of {word} — “élan” 😀."
                    begin = start + len(body)
                    body += words
                    spans.append((begin, begin + len(words)))
                    body += " "
                parts.append((at, start + len(body) - 1, tuple(spans)))
            for begin, end, sentences in parts:
                place = Locator(begin, end, page=ordinal + 1, page_label=f"p{ordinal + 1}")
                cut.append(Passage(place, body[begin - start : end - start], sentences))
            page = Page(ordinal + 1, f"p{ordinal + 1}", start, start + len(body), 400.0, 600.0)
            made.append(
                Section(ordinal, f"Chapter {ordinal}", start, body, tuple(cut), pages=(page,))
            )
            start += len(body)
        return made

    return make


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Store]:
    """An empty library on disk."""
    with Store.open(tmp_path / "library.brain") as store:
        yield store


@pytest.fixture
def add_source(library: Store, make_sections: MakeSections) -> AddSource:
    """Store a verified source in `library` and return its id."""

    def add(title: str = "A Book", *, chapters: int = 3, word: str = "amber") -> int:
        source = library.write(
            lambda c: sources.insert(c, Source(title, "text", "text/1"), hash=title, size=10)
        )
        sections = make_sections(chapters, word=word)
        library.write(lambda c: text.append(c, source, sections))
        library.write(lambda c: sources.set_state(c, [source], "verified"), sync=True)
        return source

    return add
