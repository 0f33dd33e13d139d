"""What something is, is told by the sentence that defines it, not by the one that uses it most."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.memory import words
from workbench.recall import reader_at_hand
from workbench.recall.definitions import defines


@pytest.mark.parametrize(
    ("sentence", "likeness"),
    [
        ("A crate is the smallest amount of code.", 1.0),
        ("Remember that a crate is a collection of files.", 1.0),
        ("In Rust, a “crate” (see below) is a unit.", 1.0),
        ("Crate means a unit.", 1.0),
        ("Crate is Rust's unit of code.", 1.0),
        ("Such a unit is called a crate.", 0.75),
        ("A crate is small.", 0.3),
        ("The unit is called a crate root.", 0.0),
        ("The root of a crate is a file.", 0.0),
        ("A crate is only used for workspaces.", 0.0),
        ("A crate is not a package.", 0.0),
        ("We publish every crate with care.", 0.0),
    ],
)
def test_the_form_of_a_definition(sentence: str, likeness: float) -> None:
    assert defines(sentence, ((words.key("crate"),),)) == likeness


def test_the_phrase_counts_as_a_whole() -> None:
    defined = ((words.key("unit"),), (words.key("test"),))
    assert defines("A unit test is a small check.", defined) == 1.0
    assert defines("A test is a unit of checking.", defined) == 0.0


NOTES = """The warden looks after the sluice, and the sluice needs a new sluice board each spring.
Opening the sluice is the work of two, and closing the sluice takes as long.

{filler}

A sluice is a gate by which the water of a channel is held back.
"""


@pytest.mark.slow
def test_a_definition_is_brought_from_afar_and_said_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    assert reader_at_hand.at_hand() is not None
    filler = "\n\n".join(
        f"On day {n} the sluice was opened at dawn and the sluice was shut again by hand."
        for n in range(1, 60)
    )
    (tmp_path / "notes.txt").write_text(NOTES.format(filler=filler), encoding="utf-8")
    with Library.open(tmp_path / "notes.brain") as library:
        library.add([tmp_path / "notes.txt"])
        said = [
            library.ask(f"What {each}?").sentences[0]
            for each in ("is a sluice", "does a sluice do")
        ]
    assert {each.text for each in said} == {
        "A sluice is a gate by which the water of a channel is held back."
    }
