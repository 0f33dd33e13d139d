"""Numbers count beside the word they stand beside: crate 7 is not any crate with a 7."""

from collections.abc import Iterator

import pytest

from workbench import Library

CRATES = "\n".join(f"Crate {i} stands in bay {i % 7} of hall {i % 13}." for i in range(300))


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        opened.facts.tell(CRATES)
        opened.facts.tell(CRATES, collection="store")
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("collection", [None, "store"])
@pytest.mark.parametrize(
    ("cue", "meant"),
    [
        ("Crate 0", "Crate 0 stands in bay 0 of hall 0."),
        ("crate 12 bay", "Crate 12 stands in bay 5 of hall 12."),
        ("Where does crate 3 stand?", "Crate 3 stands in bay 3 of hall 3."),
        ("bay 2 hall 5", "Crate 226 stands in bay 2 of hall 5."),
    ],
)
@pytest.mark.parametrize("limit", [1, 5])
def test_the_number_beside_the_word_is_meant(
    library: Library, collection: str | None, cue: str, meant: str, limit: int
) -> None:
    found = library.facts.recall(cue, collection=collection, limit=limit)
    assert found[0].text == meant
    assert len(found) == len({fact.id for fact in found}) == limit


def test_a_former_statement_about_the_same_stays_behind_the_newer() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(CRATES)
        library.facts.tell("Crate 7 stands in bay 1 of hall 2.")
        first, second, *_ = library.facts.recall("crate 7")
        assert first.text == "Crate 7 stands in bay 1 of hall 2."
        assert second.text == "Crate 7 stands in bay 0 of hall 7."
