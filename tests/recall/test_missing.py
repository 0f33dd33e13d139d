"""A silent answer says which words of the question stand nowhere, or nowhere together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library

_NOTES = {
    "harbour": (
        "The harbour of Velm was dredged in spring. The dredger belongs to the town of Velm. "
        "Its crew sleeps in barracks beside the mole."
    ),
    "orchard": (
        "The orchard above Quarnbek grows russet apples. Its cider is pressed in October. "
        "Wasps are a nuisance there every year."
    ),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "notes.brain") as opened:
        for name, text in _NOTES.items():
            file = tmp_path / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            opened.add(file)
        yield opened


def test_A7_a_name_that_stands_nowhere_is_told_before_other_words(library: Library) -> None:
    answer = library.ask("Which violinist did Ambrosius marry?", quotes=True)
    assert answer.abstained
    assert answer.suggestion.startswith("Your sources never mention “Ambrosius”")
    assert "add a source" in answer.suggestion


def test_A7_names_that_follow_one_another_are_told_as_one_and_without_whose(
    library: Library,
) -> None:
    answer = library.ask("Which ferry carried Ambrosius Lindqvist's violin?", quotes=True)
    assert answer.abstained
    assert "never mention “Ambrosius Lindqvist”:" in answer.suggestion


@pytest.mark.parametrize(
    "question",
    [
        "Why are most violins tuned in fifths?",
        "Do wasps sleep in the barracks?",
        "How many of the 176 boats are left?",
        "Who is the mayor of Velm?",
    ],
)
def test_A7_only_names_are_called_missing(library: Library, question: str) -> None:
    # Another word for a thing may answer, and a number may be written in words.
    answer = library.ask(question, quotes=True)
    assert "never mention" not in answer.suggestion + answer.note


def test_A7_within_chosen_sources_the_advice_is_to_ask_all(library: Library) -> None:
    orchard = next(row.id for row in library.sources.list() if "orchard" in row.title.lower())
    answer = library.ask("Who owns the dredger of Velm?", quotes=True, sources=[orchard])
    assert answer.abstained
    assert "ask all sources" in answer.suggestion
    strange = library.ask("Who married Ambrosius?", quotes=True, sources=[orchard])
    assert strange.suggestion.startswith("The sources that you asked never mention “Ambrosius”")


def test_A7_a_name_of_thousands_of_letters_is_not_told_whole(library: Library) -> None:
    answer = library.ask("Who married Q" + "q" * 50_000, quotes=True)
    assert answer.abstained
    assert len(answer.suggestion) < 200
    assert "…”" in answer.suggestion


def test_A7_a_name_in_a_note_is_not_called_unmentioned(library: Library) -> None:
    library.facts.tell("Ambrosius keeps the key of the mole.")
    answer = library.ask("Which violinist did Ambrosius marry?", quotes=True)
    assert "never mention" not in answer.suggestion


def test_A7_a_german_noun_is_a_word_and_no_name(library: Library) -> None:
    answer = library.ask("Welchen Beruf hatte der Müller?", quotes=True)
    assert answer.abstained
    assert "mention “" not in answer.suggestion


@pytest.mark.slow
def test_A7_who_owns_a_thing_is_its_owner_and_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    with Library.open(":memory:") as library:
        library.add_text("Delta is owned by Kenji.", title="One")
        owner = library.ask("Who is the owner of Delta?", quotes=True)
        assert not owner.abstained
        assert "owned by Kenji" in owner.evidence[0].quote


def test_A7_what_only_a_heading_names_is_not_called_unmentioned(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    prose = " ".join(f"The moon pulled the sea for the {n}th time that night." for n in range(12))
    file.write_text(
        "".join(f"CHAPTER {n}. The Lecture\n\n{prose}\n\n\n" for n in range(1, 5)),
        encoding="utf-8",
    )
    with Library.open(tmp_path / "talk.brain") as library:
        library.add(file)
        answer = library.ask("Who gave the Lecture?", quotes=True)
        other = library.ask("Which violins did Ambrosius name in the Lecture?", quotes=True)
    assert "Lecture" not in answer.suggestion
    assert "Ambrosius" in other.suggestion
    assert "Lecture" not in other.suggestion


@pytest.mark.parametrize(
    "question", ["What happened to the wall of Velm?", "What happens to Orla?"]
)
def test_that_something_happened_is_never_called_missing(library: Library, question: str) -> None:
    library.add_text("The old gate of Velm is green. Orla paints it.", title="Gate")
    assert "happen" not in library.ask(question, quotes=True).suggestion


@pytest.mark.slow
def test_what_happened_to_somebody_is_asked_of_all_that_is_said_of_them() -> None:
    with Library.open(":memory:") as library:
        library.add_text("Orla Dunn fell from the pier and was drowned. Gulls cried.", title="Pier")
        library.add_text("Something happened at the mill. Rain fell for days.", title="Mill")
        answer = library.ask("What happened to Orla Dunn?", quotes=True)
    assert not answer.abstained
    assert answer.sentences[0].text == "Orla Dunn fell from the pier and was drowned."
