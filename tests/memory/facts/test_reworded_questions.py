"""Questions in other words than the facts: relations meet, and what nobody told stays silent.

`reworded_questions.txt` has facts ("+ …") and after them questions about them ("= value | …", "-"
where nothing answers). All facts are told into one scope, so that every question has the facts of
everybody else to go wrong by. Every second question was set aside while the tables were written.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from workbench.library import Library

_FILE = Path(__file__).with_name("reworded_questions.txt")


class Asked(NamedTuple):
    question: str
    value: str | None
    aside: bool


def _lines(sign: str) -> list[str]:
    text = _FILE.read_text(encoding="utf-8")
    return [line[2:].strip() for line in text.splitlines() if line.startswith(sign)]


def _asked() -> Iterator[Asked]:
    for number, line in enumerate(_lines("=")):
        value, question = line.split(" | ", 1)
        yield Asked(question, None if value == "-" else value, number % 2 == 1)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "told.brain") as library:
        library.remember("\n".join(_lines("+")))
        yield library


def _right(library: Library, asked: Asked) -> bool:
    found = library.value(asked.question)
    if asked.value is None:
        return found is None
    return found is not None and asked.value.lower() in found.value.lower()


@pytest.mark.parametrize(("aside", "answered", "silent"), [(False, 0.96, 0.98), (True, 0.85, 0.9)])
def test_most_questions_in_other_words_are_answered_and_strange_ones_are_not(
    told: Library, aside: bool, answered: float, silent: float
) -> None:
    asked = [each for each in _asked() if each.aside == aside]
    for some, least in (
        ([each for each in asked if each.value is not None], answered),
        ([each for each in asked if each.value is None], silent),
    ):
        wrong = [each.question for each in some if not _right(told, each)]
        assert len(wrong) <= (1 - least) * len(some), wrong
