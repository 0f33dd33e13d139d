"""Statements are recalled in other words; what nothing is told of is not read for an answer."""

import pytest

from workbench.library import Library
from workbench.recall.reader import Reader


@pytest.fixture(autouse=True)
def _reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the models that ship."""
    monkeypatch.delenv("WORKBENCH_READER")


@pytest.fixture
def told(library: Library) -> Library:
    for text in (
        "Our wifi password is lynx77.",
        "The heater was checked in March.",
        "Jonna got a scooter for her birthday.",
        "Aunt Berit hates flying.",
    ):
        library.facts.tell(text)
    return library


@pytest.mark.parametrize(
    ("cue", "first"),
    [
        ("the thing I use to get online", "Our wifi password is lynx77."),
        ("who is afraid of planes", "Aunt Berit hates flying."),
        ("birthday scooter", "Jonna got a scooter for her birthday."),
    ],
)
def test_a_statement_is_recalled_in_other_words(told: Library, cue: str, first: str) -> None:
    assert told.facts.recall(cue)[0].text == first


def test_what_nothing_is_told_of_is_not_read(
    told: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(Reader, "read", lambda self, question, texts: read.append(question))
    assert told.facts.value("Who composed the opera?") is None
    assert not read
