"""The book test in small: a book told as facts, needles planted in it and found by question."""

from pathlib import Path

import pytest

from workbench.bench import fact_quality, fact_sets, facts
from workbench.library import Library


def test_needles_stand_evenly_at_the_ends_of_paragraphs() -> None:
    books = [[f"Book {b}, line {i}." for i in range(20)] + ["A HEADING"] for b in range(3)]
    needles = [f"the needle {i} is sharp" for i in range(7)]
    found = facts.planted(books, needles)
    assert sum("needle" in line for book in found for line in book) == 7
    assert [line for book in found for line in book if "HEADING" in line] == ["A HEADING"] * 3
    assert all(line.endswith((".", "HEADING")) for book in found for line in book)
    assert facts.paragraphs("one\ntwo\n\n\n  three  \n") == ["one two", "three"]


@pytest.mark.corpus
def test_needles_in_a_book_are_found_and_nothing_of_it_is_dropped(corpus: Path) -> None:
    text = (corpus / "books" / "frankenstein.txt").read_text(encoding="utf-8")
    book = facts.paragraphs(text)[:200]
    hidden = fact_sets.needles(20)
    (line,) = facts.planted([book], hidden.told)
    with Library.open(":memory:") as library:
        made = library.facts.tell("\n".join(line))
        texts = [fact.text for fact in library.facts.list()] + [left.text for left in made.left]
        said = " ".join(texts)
        told = " ".join(line)
        # A sentence may be cut at a dash that stands without spaces.
        assert set(told.replace("—", " ").split()) <= set(said.replace("—", " ").split())
        failed = fact_quality.wrong(library, hidden.asked)
        loud = fact_quality.wrong(library, fact_sets.absent_needles(20))
    assert [(each.question, value) for each, value in failed] == []
    assert [(each.question, value) for each, value in loud] == []
