"""Where the authors of a paper work stands on its title page, and is answered from there."""

from pathlib import Path

import pytest

from workbench.library import Library

_BODY = (
    "\n\n## Abstract\n\nWe count eels by their sound. The University of Nowhere lent us a boat.\n\n"
    "## 1 Introduction\n\nEels are counted by hand at the Institute of Weirs, which paid for it.\n"
)


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (
            "Bram Oke† and Ines Varga‡\n\n† Department of Sound, University of Aravis\n\n"
            "‡ Tern Research Ltd, 4 Quay Street",
            "University of Aravis; Tern Research Ltd",
        ),
        (
            "Bram Oke, Aravis University; Ines Varga, Odo Institute of Technology",
            "Aravis University; Odo Institute of Technology",
        ),
        ("Bram Oke Heron, Inc. oke@heron.example", "Heron, Inc"),
        ("Bram Oke\n\nFakultät für Klang, Universität Aravis", "Universität Aravis"),
        ("Bram Oke\n\nDepartment of Sound", "Department of Sound"),
    ],
)
def test_places_of_work_are_those_of_the_title_page(
    lines: str, places: str, tmp_path: Path
) -> None:
    paper = tmp_path / "eels.md"
    head = "---\nauthor: [Bram Oke, Ines Varga]\n---\n# Counting Eels by Sound\n\n"
    paper.write_text(f"{head}{lines}{_BODY}", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add([paper])
        assert added.source is not None
        for question in (
            "At which university or company do the authors work?",
            "Where do the authors of Counting Eels by Sound work?",
            "An welcher Universität oder Firma arbeiten die Autoren?",
        ):
            answer = library.ask(question, sources=[added.source])
            assert answer.value == places
            assert places.split("; ")[0] in answer.evidence[0].quote


def test_other_questions_and_texts_without_a_title_page_are_searched(tmp_path: Path) -> None:
    paper = tmp_path / "eels.md"
    head = "# Counting Eels by Sound\n\nBram Oke"
    for places, question in (
        ("\n\nUniversity of Aravis", "Which institute paid for the work of the authors?"),
        ("", "At which university do the authors work?"),
    ):
        paper.write_text(f"{head}{places}{_BODY}", encoding="utf-8")
        with Library.open(tmp_path / f"{len(places)}.brain") as library:
            (added,) = library.add([paper])
            answer = library.ask(question, sources=[added.source or 0])
            assert not any("title page" in why for e in answer.evidence for why in e.reasons)
