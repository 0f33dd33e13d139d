"""In a conversation the next answer mostly stands near to the last one, and is read as asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.recall.recall_shelf import filler_chapters
from workbench.library import Library
from workbench.recall import reader_at_hand
from workbench.recall.records import Answer

_CREW = """# The crew

The first mate of the Heron was Abel Starling. He was a native of Lowick, and a long, earnest man
whom nobody had ever seen laugh. He read one book and no other.

The second mate was Jonas Strake. He was a native of Cape Harrow, and a careless fellow. He took
dangers as they came. His short, black pipe was one of the features of his face.

The third mate was Elias Flint, a native of Tisbury. He was a short, stout, ruddy young man. He
was very quarrelsome about whales. Flint carried a lantern.

# The island

Tamo was a native of Rokoro, an island far away to the south. It is not down on any map. The people
of the island drink the water of young nuts at their weddings.
"""


@pytest.fixture(scope="module")
def ship(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("ship")
    filler = "\n\n".join(filler_chapters(12).values())
    (folder / "ship.md").write_text(f"{_CREW}\n{filler}", encoding="utf-8")
    with Library.open(folder / "ship.brain") as library:
        library.add([folder / "ship.md"])
        # Else it depends on the machine whether meaning has been read when the first one asks.
        library.models.update("embedding")
        yield library


@pytest.fixture(autouse=True)
def _read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    assert reader_at_hand.at_hand() is not None


def _thread(library: Library, *questions: str) -> list[Answer]:
    turns: list[Answer] = []
    for question in questions:
        turns.append(library.ask(question, turns=turns, quotes=True))
    return turns


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("Who was the second mate?", "Where was he born?", "Cape Harrow"),
        ("Who was the third mate?", "What did he carry?", "a lantern"),
    ],
)
def test_what_is_asked_next_is_answered_near_by(
    ship: Library, first: str, then: str, said: str
) -> None:
    answer = _thread(ship, first, then)[-1]
    assert said in answer.sentences[0].text


@pytest.mark.slow
def test_a_question_that_is_answered_by_yes_or_no_gets_no_place(ship: Library) -> None:
    answer = _thread(ship, "Where was Tamo born?", "Is it down on any map?")[-1]
    assert answer.about.startswith("Rokoro")
    assert answer.value is None
    assert any("not down on any map" in each.text for each in answer.sentences)


@pytest.mark.slow
def test_a_whole_question_is_answered_as_it_is_without_a_thread(ship: Library) -> None:
    question = "What did Elias Flint carry?"
    alone = replace(ship.ask(question, quotes=True), milliseconds=0.0)
    inside = _thread(ship, "Who was the second mate?", question)[-1]
    assert replace(inside, milliseconds=0.0, others=()) == alone
