"""What an option of a command does, is told by the entry that it opens in a manual."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall import reader_at_hand
from workbench.recall.openings import describes_option
from workbench.recall.question import options_in

MANUAL = """Kiln is a small program that fires what the studio has thrown and glazed on that day.

General options:
  -h, --help             Print this text and leave
  -q, --quiet            Print nothing but what went wrong
  -x, --stop-early       Leave at the first shelf that cracks, instead of firing all of them
  --no-stop-early        Fire all shelves, whatever cracks, which is what --stop-early prevents
  -o, --output FILE      Where the record of the firing goes; with --stop-early it may be short
  --ramp=DEGREES         How fast it gets hot, in degrees an hour; --stop-early does not change it

Whoever fires porcelain will want --stop-early and should not use --quiet in the first season. With
--stop-early the door opens by itself, which --output does not say, so look before you lift.
"""


@pytest.fixture
def kiln(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("WORKBENCH_READER", "")
    assert reader_at_hand.at_hand() is not None
    file = tmp_path / "kiln.txt"
    file.write_text(MANUAL, encoding="utf-8")
    library = Library.open(tmp_path / "kiln.brain")
    library.add([file])
    return library


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("What does --stop-early do?", {"--stop-early"}),
        ("What are -q and --ramp for?", {"-q", "--ramp"}),
        ("What is a well-known self-portrait -- and who likes it?", set()),
        ("How cold is -5 degrees?", set()),
    ],
)
def test_the_options_that_a_question_names(question: str, options: set[str]) -> None:
    assert options_in(question) == options


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("--output Where the record goes", True),
        ("-o, --output FILE    Where the record goes", True),
        ("--record <NAME> --output Where it goes", True),
        ("--no-output Keep nothing", False),
        ("--output-folder Where records go", False),
        ("-v Say what --output wrote", False),
        ("With --output it is kept", False),
    ],
)
def test_the_entry_of_an_option(sentence: str, told: bool) -> None:
    assert describes_option(sentence, frozenset({"--output"})) is told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("What does --stop-early do?", "-x, --stop-early"),
        ("What is --output for?", "-o, --output"),
        ("What does -q do?", "-q, --quiet"),
    ],
)
def test_an_option_is_answered_by_its_entry(kiln: Library, question: str, entry: str) -> None:
    with kiln:
        answer = kiln.ask(question, quotes=True)
    assert not answer.abstained
    assert answer.sentences[0].text.startswith(entry)


@pytest.mark.slow
def test_the_entry_is_found_among_very_many_that_mention_its_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    mentions = "\n\n".join(
        f"Firing {number} of the season was begun with -x, and -x was what the potter of kiln "
        f"{number % 17} had asked of it. What does she do with shelf {number}?"
        for number in range(300)
    )
    file = tmp_path / "kiln.txt"
    file.write_text(f"{MANUAL}\n{mentions}\n", encoding="utf-8")
    with Library.open(tmp_path / "kiln.brain") as library:
        library.add([file])
        answer = library.ask("What does -x do?", quotes=True)
    assert not answer.abstained
    assert answer.sentences[0].text.startswith("-x, --stop-early")
