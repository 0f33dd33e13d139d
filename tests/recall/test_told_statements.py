"""Questions that facts answer: `ask` gives the value and the fact, whatever sources say."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recall.recall_shelf import filler_chapters
from workbench.cli.main import main
from workbench.library import Library
from workbench.memory.facts.facts import scopes

_BOOK = """The tide mill at Corran was built in 1764 by Ewan Strachan.

It ground barley for the distillery until the dam broke. The mill wheel was made of larch.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "told.brain") as opened:
        yield opened


def _book(library: Library, folder: Path) -> int:
    file = folder / "mill.txt"
    file.write_text(_BOOK, encoding="utf-8")
    return library.add([file])[0].source or 0


def test_a_fact_answers_where_sources_say_nothing(library: Library) -> None:
    library.facts.tell("my dentist is Doctor Quist", collection="home")
    answer = library.ask("who is my dentist?")
    assert not answer.abstained
    assert answer.value == "Doctor Quist"
    assert answer.told is not None
    assert answer.told.fact.text == "my dentist is Doctor Quist"
    assert answer.told.fact.collection == "home"
    assert answer.evidence == ()
    assert answer.confidence == answer.told.confidence


def test_sources_are_quoted_beside_the_fact(library: Library, tmp_path: Path) -> None:
    _book(library, tmp_path)
    library.facts.tell("the mill wheel at Corran is made of oak since the repair")
    answer = library.ask("what is the mill wheel made of?")
    assert [item.quote for item in answer.evidence if "larch" in item.quote]
    plain = library.ask("When was the tide mill at Corran built?")
    assert plain.told is None
    assert "1764" in plain.sentences[0].text


@pytest.mark.slow
def test_passages_that_are_far_from_sure_do_not_stand_beside_a_fact(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    files = [tmp_path / f"village-{number}.txt" for number in range(4)]
    for number, file in enumerate(files):
        chapters = list(filler_chapters(60).values())[number::4]
        file.write_text("\n\n".join(chapters), encoding="utf-8")
    library.add(files)
    question = "what did the baker say about the boat?"
    alone = library.ask(question, quotes=True)
    assert alone.abstained or alone.possible
    assert alone.evidence
    library.facts.tell("the baker said that the boat is leaky")
    answer = library.ask(question)
    assert answer.value == "leaky"
    assert answer.evidence == ()
    assert answer.sentences == ()


def test_facts_of_other_collections_and_chosen_sources_count_as_asked(
    library: Library, tmp_path: Path
) -> None:
    source = _book(library, tmp_path)
    library.facts.tell("the miller's dog is Bracken", collection="home")
    question = "who is the miller's dog?"
    assert library.ask(question).value == "Bracken"
    assert library.ask(question, collection="home").value == "Bracken"
    assert library.ask(question, sources=[source]).told is None
    library.collections.create("work")
    assert library.ask(question, collection="work").told is None


def test_the_command_prints_the_fact_with_who_told_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "told.brain"
    with Library.open(file) as library:
        library.facts.tell("the gate code is 4471", source="porter")
    assert main(["--library", str(file), "ask", "what is the gate code?"]) == 0
    said = capsys.readouterr().out
    assert "4471" in said
    assert "said by porter" in said
    assert main(["--library", str(file), "--json", "ask", "what is the gate code?"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["value"] == "4471"
    assert record["told"]["text"] == "the gate code is 4471"
    assert not record["abstained"]


@pytest.mark.slow
def test_a_fact_is_found_in_whichever_of_many_scopes_it_was_told() -> None:
    with Library.open(":memory:") as library:
        for i in range(150):
            library.facts.tell(f"The lamp of hall {i} is teal.", collection=f"hall {i}")
        library.facts.tell("The kite is mauve.", collection="hall 40")
        library.facts.tell("My cap is grey.")
        told_last = [None, "hall 40", "hall 149", "hall 148"]
        index = library._core.fact_index
        assert scopes(index)[:4] == told_last
        assert scopes(index, "where is the kite?")[:2] == ["hall 40", None]
        assert len(scopes(index, "kite")) == 151
        answer = library.ask("what is the kite?")
        assert answer.told is not None
        assert answer.told.fact.collection == "hall 40"
        assert answer.value == "mauve"


def test_where_facts_do_not_say_it_nobody_is_told_that_there_is_nothing(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert library.ask("who is my dentist?").mode == "none"
    library.facts.tell("my plan is team")
    answer = library.ask("who is my dentist?")
    assert (answer.abstained, answer.mode) == (True, "quotes")
    assert "Add a book" not in answer.suggestion
    assert main(["--library", str(library.path), "ask", "who is my dentist?"]) == 1
    said = capsys.readouterr().out
    assert "nothing to answer from" not in said
    assert "None of your notes clearly answers this" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How old is my dog?", "None of your notes clearly answers this:"),
        ("How old is Anna Weiss?", "None of your notes clearly answers this:"),
        ("Where does Tobias live?", "Your notes don't mention “Tobias”:"),
        ("Where does Tobias Quist live?", "Your notes don't mention “Tobias Quist”:"),
        ("Who is " + "x" * 5000 + "?", "None of your notes clearly answers this:"),
        ("When shall I oil the gate?", "None of your notes clearly answers this:"),
        ("thanks!", "Ask a question about your sources."),
        ("a", "There are no words to search for"),
    ],
)
def test_silence_tells_what_facts_do_not_say(library: Library, question: str, said: str) -> None:
    library.facts.tell("My dog is called Rex.")
    library.facts.tell("Anna Weiss moved to Lisbon in 2019.")
    answer = library.ask(question)
    assert answer.abstained
    assert answer.suggestion.startswith(said)


def test_a_fact_that_comes_close_is_shown_where_neither_it_nor_a_source_answers(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _book(library, tmp_path)
    library.facts.tell("My dog is called Rex.")
    answer = library.ask("How old is my dog?")
    assert answer.abstained
    assert [fact.text for fact in answer.near] == ["My dog is called Rex."]
    assert main(["--library", str(library.path), "ask", "How old is my dog?"]) == 1
    said = capsys.readouterr().out
    assert "Closest statements:\n  “My dog is called Rex.” (said by you)" in said
    strange = library.ask("How old is Tobias?")
    assert strange.suggestion.startswith("Your sources never mention “Tobias”")


@pytest.mark.parametrize(
    ("told", "question", "near"),
    [
        # what goes on about it, in words of its own
        (
            ("Nils bought a canoe.", "He stores it under the bridge.", "Uwe has a cold."),
            "How heavy is the canoe of Nils?",
            ["Nils bought a canoe.", "He stores it under the bridge."],
        ),
        # a smaller part of the question
        (
            ("The miller's partner is Una.", "Uwe has a cold."),
            "Which shoe size does the oldest brother of the miller's partner take?",
            ["The miller's partner is Una."],
        ),
        # no word of it, but one of its meaning
        (("The mill is stronger than ever.",), "Which is the weakest?", None),
        (("The baker's salary is low.",), "How is the pay in March?", None),
    ],
)
def test_what_comes_closest_is_shown_as_that_and_never_as_the_answer(
    library: Library, told: tuple[str, ...], question: str, near: list[str] | None
) -> None:
    for text in told:
        library.facts.tell(text)
    answer = library.ask(question)
    assert answer.abstained
    assert answer.value is None
    assert [fact.text for fact in answer.near] == (near or list(told))


def test_a_question_that_has_nothing_to_do_with_what_was_told_shows_none_of_it(
    library: Library,
) -> None:
    library.facts.tell("My dog is called Rex.")
    assert library.ask("When was the tide mill at Corran built?").near == ()


def test_beside_sources_only_what_is_near_is_shown(library: Library, tmp_path: Path) -> None:
    _book(library, tmp_path)
    library.facts.tell("The spare key is with Eva. Night shift at the clinic on Monday.")
    assert library.ask("Why is the sky blue?").near == ()


def test_what_is_told_of_somebody_is_near_to_all_that_is_asked_of_them(
    library: Library, tmp_path: Path
) -> None:
    _book(library, tmp_path)
    library.facts.tell("Lena Brandt is my dentist. She is allergic to nuts. I live in Lund.")
    answer = library.ask("Where does Lena live?")
    assert answer.abstained
    assert answer.near[0].text == "Lena Brandt is my dentist."


def test_value_names_the_closest_where_nothing_answers(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    library.facts.tell("My dog is called Rex.")
    command = ["--library", str(library.path)]
    assert main([*command, "value", "How old is my dog?"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "No statement answers that." in said.err
    assert "Closest statements: “My dog is called Rex.”" in said.err
    assert main([*command, "--json", "value", "How old is my dog?"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["value"] is None
    assert [fact["text"] for fact in found["near"]] == ["My dog is called Rex."]
    assert main([*command, "--json", "value", "What is my dog called?"]) == 0
    assert json.loads(capsys.readouterr().out)["near"] == []


def test_what_asks_in_spanish_is_no_name_that_is_missing(library: Library) -> None:
    library.facts.tell("Lucía vive en Toledo.")
    assert "Dónde" not in library.ask("¿Dónde vive Álvaro?").suggestion


def test_facts_tell_of_what_anything_is_asked_about(library: Library, tmp_path: Path) -> None:
    for fact in (
        "Bo drives a van.",
        "Ann likes tea.",
        "Bo lives in Bergen.",
        "Bo's sister is Ida.",
    ):
        library.facts.tell(fact)
    _book(library, tmp_path)
    for question in ("Bo", "Tell me about Bo.", "What do you know about Bo?", "What about Bo?"):
        answer = library.ask(question)
        assert {fact.text for fact in answer.facts} == {
            "Bo drives a van.",
            "Bo lives in Bergen.",
            "Bo's sister is Ida.",
        }, question
        assert not answer.evidence
    assert [fact.text for fact in library.ask("vans").facts] == ["Bo drives a van."]
    assert [fact.text for fact in library.ask("Find “drives a van”").facts] == ["Bo drives a van."]
    assert len(library.ask("Bo", limit=2).facts) == 2
    for absent in ("Zed", "Tell me about Zed", "Tell me about Bo's boat", "Find “van drives”"):
        assert library.ask(absent).abstained, absent


def test_facts_and_sources_tell_of_a_topic_together(library: Library, tmp_path: Path) -> None:
    library.facts.tell("The mill is open on Sundays.")
    _book(library, tmp_path)
    answer = library.ask("Tell me about the mill")
    assert [fact.text for fact in answer.facts] == ["The mill is open on Sundays."]
    assert "mill" in answer.sentences[0].text
    assert answer.evidence
    assert answer.value is None


def test_all_that_is_told_of_a_topic_stays_beside_another_question(library: Library) -> None:
    for fact in ("Bo drives a van.", "Bo lives in Bergen.", "Ann likes tea."):
        library.facts.tell(fact)
    answer = library.ask("What do you know about Bo, and what does Ann like?")
    assert [fact.text for fact in answer.facts] == [
        "Bo lives in Bergen.",
        "Bo drives a van.",
        "Ann likes tea.",
    ]


def test_what_was_known_then_tells_of_a_topic_as_of_then(library: Library) -> None:
    library.facts.tell("Bo lives in Bergen.", at="2024-03-01")
    library.facts.tell("Bo lives in Oslo.", at="2025-03-01")
    assert [fact.text for fact in library.ask("Bo").facts] == ["Bo lives in Oslo."]
    then = library.ask("Tell me about Bo", as_of="2024-06-01")
    assert [fact.text for fact in then.facts] == ["Bo lives in Bergen."]
