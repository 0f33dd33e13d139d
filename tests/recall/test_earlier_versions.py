"""A file that changed is answered from as it is now; what it was comes behind, and says so."""

import os
from pathlib import Path

import pytest

from workbench.library import Library

_TIMES = iter(range(1_700_000_000, 1_800_000_000, 60))


def _write(path: Path, text: str) -> Path:
    """Write a file at a time of its own, as editors do."""
    path.write_text(text, encoding="utf-8")
    at = next(_TIMES)
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize(
    ("before", "after", "question", "answer"),
    [
        (
            "The toll of the Brack bridge is 4.20 crowns. It is paid at the north gate.",
            "The toll of the Brack bridge is 5.50 crowns. It is paid at the north gate.",
            "What is the toll of the Brack bridge?",
            "5.50 crowns",
        ),
        (
            "The curator of the lamp museum is Edda Rohn.",
            "Since May the curator of the lamp museum, a former school, has been Pia Storm.",
            "Who is the curator of the lamp museum?",
            "Pia Storm",
        ),
        (
            "The seed market opens at nine.\n\nDogs are allowed.",
            "Dogs are not allowed.\n\nThe seed market opens at half past ten.",
            "When does the seed market open?",
            "half past ten",
        ),
    ],
)
@pytest.mark.parametrize("folder", [False, True])
def test_the_newest_version_answers_first(
    before: str, after: str, question: str, answer: str, folder: bool, tmp_path: Path
) -> None:
    place = tmp_path / "texts"
    place.mkdir()
    file = place / "notice.txt"
    with Library.open(tmp_path / "x.brain") as library:
        for text in (before, after):
            _write(file, text)
            library.add(place if folder else file)
        given = library.ask(question)
    assert answer in (given.value or given.sentences[0].text)
    assert answer in given.evidence[0].quote
    assert [each.tags for each in given.evidence] == [(), ("earlier version",)]


def test_what_only_the_earlier_version_says_is_answered_as_such(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    with Library.open(tmp_path / "x.brain") as library:
        library.add(_write(file, "The ferry to Skerry costs three crowns.\n\nThe quay is closed."))
        library.add(_write(file, "The quay is open again."))
        given = library.ask("What does the ferry to Skerry cost?")
        assert "three crowns" in given.sentences[0].text
        assert given.evidence[0].tags == ("earlier version",)
        library.add(_write(file, "The ferry to Skerry costs three crowns.\n\nThe quay is closed."))
        library.add_text("Another text.", title="Another")
        given = library.ask("What does the ferry to Skerry cost?")
        assert given.evidence[0].tags == ()


def test_a_file_that_lies_elsewhere_as_it_was_is_no_earlier_version(tmp_path: Path) -> None:
    text = "The toll of the Brack bridge is 4.20 crowns."
    with Library.open(tmp_path / "x.brain") as library:
        library.add(_write(tmp_path / "copy.txt", text))
        library.add(_write(tmp_path / "notice.txt", text))
        library.add(_write(tmp_path / "notice.txt", "The bridge is closed."))
        given = library.ask("What is the toll of the Brack bridge?")
    assert given.evidence[0].tags == ()
