"""Full-text search: every sentence with the words, in any form, with its place; phrases too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import Library
from workbench.errors import NotFoundError, UsageError

_WHALE = """CHAPTER 36. The Quarter-Deck

He nailed the doubloon to the mast. All hands looked at it. "Doubloons!" cried Flask. The white
whale was far away. The whale was white as snow.

CHAPTER 99. The Doubloon

Ahab walked up and down before the doubloon, the one doubloon of all doubloons. The mast stood.
"""
_LETTERS = "She wrote letters in June. Nobody paid a doubloon for them.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, words in (("whale", _WHALE), ("letters", _LETTERS)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as opened:
        opened.add([tmp_path / "whale.txt"], collection="Sea")
        opened.add([tmp_path / "letters.txt"])
        yield opened


def _texts(library: Library, query: str, **options: object) -> list[str]:
    return [" ".join(hit.text.split()) for hit in library.search(query, **options).hits]  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_word_is_found_in_all_its_forms_in_the_order_of_the_text(library: Library) -> None:
    found = library.search("doubloon")
    said = [hit.text for hit in found.hits]
    assert (found.total, found.sources) == (len(said), 2)
    assert len(said) == 4
    assert "He nailed the doubloon to the mast." in said
    assert any("Doubloons!" in each for each in said)
    assert said[-1] == "Nobody paid a doubloon for them."
    starts = [hit.place.start for hit in found.hits[:-1]]
    assert starts == sorted(starts)
    for hit in found.hits:
        assert hit.text == library.sources.text(hit.source.id, hit.place.start, hit.place.end)
        assert all("doubloon" in hit.text[a:b].casefold() for a, b in hit.marks)
        assert hit.marks


def test_words_are_found_where_the_language_of_a_text_is_not_known(library: Library) -> None:
    library.add_text("Qqq zzz doubloons")
    library.add_text("plan")
    assert "Qqq zzz doubloons" in _texts(library, "doubloon")
    assert _texts(library, "plans") == ["plan"]


@pytest.mark.slow
def test_a_search_keeps_to_sources_and_to_those_of_a_collection(library: Library) -> None:
    whale, letters = (each.id for each in sorted(library.sources.list(), key=lambda row: row.id))
    assert _texts(library, "doubloon", sources=[letters]) == ["Nobody paid a doubloon for them."]
    assert len(_texts(library, "doubloon", sources=[whale, letters])) == 4
    assert _texts(library, "doubloon", sources=[letters], collection="Sea") == []
    assert len(_texts(library, "doubloon", sources=[whale, letters], collection="Sea")) == 3
    assert _texts(library, "doubloon", sources=[]) == []
    library.sources.trash([letters])
    for gone in (letters, 99):
        with pytest.raises(NotFoundError):
            library.search("doubloon", sources=[gone])


def test_all_words_must_be_in_the_sentence(library: Library) -> None:
    assert _texts(library, "mast doubloon") == ["He nailed the doubloon to the mast."]
    assert library.search("mast letters").total == 0


def test_words_in_quotes_follow_one_another(library: Library) -> None:
    assert len(_texts(library, "white whale")) == 2
    assert _texts(library, "“white whale”") == ["The white whale was far away."]


@pytest.mark.slow
def test_a_collection_and_a_limit_bound_what_is_returned(library: Library) -> None:
    assert library.search("doubloon", collection="Sea").sources == 1
    few = library.search("doubloon", limit=1)
    assert len(few.hits) == 1
    assert few.total > 1
    with pytest.raises(NotFoundError):
        library.search("doubloon", collection="Nowhere")
    with pytest.raises(UsageError):
        library.search("doubloon", limit=0)


@pytest.mark.slow
def test_nothing_comes_from_the_trash_nor_from_what_was_deleted(library: Library) -> None:
    whale = next(row.id for row in library.sources.list() if row.title != "letters")
    library.sources.trash([whale])
    assert library.search("doubloon").sources == 1
    library.sources.trash([whale], restore=True)
    assert library.search("doubloon").sources == 2
    library.sources.trash([whale])
    library.sources.delete([whale])
    assert library.search("doubloon").sources == 1


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "   ", "?!…", '""', '"', "\ud800", "unheardof"])
def test_odd_queries_find_nothing_and_harm_nothing(library: Library, query: str) -> None:
    assert library.search(query).hits == ()
