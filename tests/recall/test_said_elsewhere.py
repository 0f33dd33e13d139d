"""What stands in several places word for word is one card that says where else it stands."""

import json
from pathlib import Path

import pytest

from workbench import paths
from workbench.cli.main import main
from workbench.library import Library

_VERSE = "The bell of Harrow chapel rings at noon on market days."
_ABOUT = "Wick chapel has a bell, too, which was cast by Tobias Finch for the market."
_TAILS = (
    "Oats were cheap that spring.", "Nobody mended the road.", "The smith left for Lund.",
    "It rained until June.", "A ferry sank at the pier.", "The mayor kept geese.",
)  # fmt: skip


def _shelf(library: Library) -> None:
    library.add_text(_VERSE, title="Verse")
    for n, tail in enumerate(_TAILS):
        # A heading cuts windows, so that the verse stands alone.
        text = f"# Bells\n\n{_VERSE}\n\n# Year {n}\n\n{tail}"
        library.add_text(text, title=f"Almanac {n}")
    library.add_text(_ABOUT, title="Wick")


@pytest.mark.slow
def test_A10_copies_of_a_sentence_are_one_card_that_counts_and_leads_to_the_others() -> None:
    with Library.open(":memory:") as library:
        _shelf(library)
        answer = library.ask("When does the bell of Harrow chapel ring?", quotes=True)
        said = [each for each in answer.evidence if _VERSE in each.quote]
        assert len(said) == 1
        assert any(each.source.title == "Wick" for each in answer.evidence)
        assert said[0].places == len(_TAILS)
        titles = {each.title for each in said[0].elsewhere}
        assert len(titles) == len(_TAILS)
        assert said[0].source.title not in titles
        for place in said[0].elsewhere:
            assert library.sources.text(place.source, place.start, place.end) == _VERSE


@pytest.mark.slow
def test_A10_very_many_copies_are_counted_and_the_first_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "same.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(450):
            out.write(json.dumps({"id": f"r{number}", "text": _VERSE}) + "\n")
        out.write(json.dumps({"id": "other", "text": _ABOUT}) + "\n")
    with Library.open(":memory:") as library:
        library.add(file)
        answer = library.ask("When does the bell of Harrow chapel ring?", quotes=True)
        assert next(each.places for each in answer.evidence) == 449
        assert 1 < len(answer.evidence[0].elsewhere) < 50
        assert any(each.source.key == "other" for each in answer.evidence)
        assert sum(_VERSE in each.quote for each in answer.evidence) == 1


@pytest.mark.slow
def test_A10_what_is_in_the_trash_says_nothing_elsewhere() -> None:
    with Library.open(":memory:") as library:
        _shelf(library)
        for row in library.sources.list():
            if row.title.startswith("Almanac"):
                library.sources.trash([row.id])
        answer = library.ask("When does the bell of Harrow chapel ring?", quotes=True)
        assert [each.places for each in answer.evidence] == [0] * len(answer.evidence)


def test_A10_records_of_one_form_stay_cards_of_their_own() -> None:
    with Library.open(":memory:") as library:
        for room, code in (("north", "heron"), ("south", "swan"), ("east", "plover")):
            said = f"The door code of the {room} room is below. It is {code}."
            library.add_text(said, title=f"The {room} room")
        answer = library.ask("What is the door code of the room?", quotes=True)
        assert len(answer.evidence) == 3
        assert not any(each.places for each in answer.evidence)


@pytest.mark.slow
def test_A10_the_command_line_says_where_else_a_quote_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bells.brain"
    with Library.open(path) as library:
        _shelf(library)
    question = "When does the bell of Harrow chapel ring?"
    assert main(["--library", str(path), "ask", question, "--quotes"]) == 0
    assert "6 other places say the same: " in capsys.readouterr().out
    assert main(["--library", str(path), "--json", "ask", question, "--quotes"]) == 0
    told = json.loads(capsys.readouterr().out)["evidence"][0]
    assert told["places"] == 6
    assert {"source", "title", "start", "end"} <= told["elsewhere"][0].keys()


@pytest.mark.slow
def test_a_book_that_is_there_in_two_forms_answers_as_surely_as_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    questions = (
        "When did Hermann Ebbinghaus publish Über das Gedächtnis?",
        "How many nonsense syllables did Ebbinghaus make?",
        "In whose laboratory was Terje Lømo a doctoral student?",
    )
    with Library.open(":memory:") as library:
        library.add(paths.sample_book())[0]
        once = [library.ask(question) for question in questions]
        library.add(paths.resources() / "sample" / "the-trace.pdf")
        twice = [library.ask(question) for question in questions]
    assert not any(answer.abstained for answer in [*once, *twice])
    for one, other in zip(once, twice, strict=True):
        assert one.confidence == pytest.approx(other.confidence, abs=0.15)


def test_the_signature_below_a_letter_is_no_quote() -> None:
    letter = "The ferry to Marn leaves at nine. Bring the red lantern. The ferry waits for nobody."
    with Library.open(":memory:") as library:
        library.add_text(f"{letter}\n\nIda", title="Letter")
        library.add_text(_ABOUT, title="Wick")
        answer = library.ask("When does the ferry to Marn leave?", limit=20)
    assert "Ida" not in [evidence.quote for evidence in answer.evidence]
