"""“What is known about X?”: answered by what tells of X, and by silence where nothing does."""

from pathlib import Path

import pytest

from tests.recall.recall_shelf import FILLER, book, filler_chapters, note, recall_of
from workbench.library import Library
from workbench.recall.search import Request
from workbench.recall.topic import topic_of
from workbench.store.store import Store

LIGHTHOUSE = (
    "Skerry Point is a headland in the far north. Its lighthouse was built by Tomas Arvel in 1851. "
    "Arvel never saw it lit. The keepers of Skerry Point kept goats and a log of every storm."
)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is known about Skerry Point?", "Skerry Point"),
        ("Tell me about Mr. Arvel", "Mr. Arvel"),
        ("tell us everything about the keepers, please", "the keepers"),
        ("What do my sources say about Arvel's goats?", "Arvel's goats"),
        ("What's said of the storm in my notes?", "the storm"),
        ("Please describe the lighthouse.", "the lighthouse"),
        ("Give me an overview of the headland", "the headland"),
        ("Information on tides", "tides"),
        ("Was ist über die Insel bekannt?", "die Insel"),
        ("Que sait-on d'Arvel ?", "Arvel"),
        ("¿Qué se sabe de Arvel?", "Arvel"),
        ("Что известно о маяке?", "маяке"),
        ("Tell me about how he died", ""),
        ("What is he worried about?", ""),
        ("What is written on the gravestone?", ""),
        ("What did they find on the island?", ""),
        ("What did she say about the letter?", ""),
        ("What is Arvel known for?", ""),
        ("Who built the lighthouse?", ""),
        ("Tell me about " + "x" * 500, ""),
        ("", ""),
    ],
)
def test_what_a_question_wants_to_hear_anything_about(question: str, topic: str) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "What is known about {}?",
        "Tell me about {}",
        "What do the sources say about {}?",
        "Describe {}",
        "Erzähl mir etwas über {}",
    ],
)
def test_a7_a_topic_is_told_of_or_is_not(store: Store, question: str) -> None:
    book(store, {**filler_chapters(6), "North": LIGHTHOUSE, "After": FILLER})
    note(store, "The sources of the river are known, as notes in a library tell.")
    recall = recall_of(store)
    for topic in ("Skerry Point", "Arvel", "the keepers of Skerry Point"):
        answer = recall.ask(Request(question.format(topic)))
        assert not answer.abstained, topic
        assert any(name in answer.evidence[0].quote for name in ("Skerry", "Arvel")), topic
    for topic in ("Zorblatt", "Arvel Zorblatt", "Barrow Fell", "quantum computing"):
        answer = recall.ask(Request(question.format(topic)))
        assert answer.abstained, topic
        assert not answer.sentences


@pytest.mark.parametrize(
    "name",
    ["Skerry Point", "skerry point", "Arvel", "“Arvel”", "The goats", "Arvel of Skerry"],
)
def test_a_bare_name_or_word_wants_to_hear_anything_about_it(store: Store, name: str) -> None:
    book(store, {**filler_chapters(6), "North": LIGHTHOUSE, "After": FILLER})
    recall = recall_of(store)
    answer = recall.ask(Request(name))
    assert not answer.abstained
    assert answer.confidence == recall.ask(Request(f"Tell me about {name}")).confidence
    for absent in ("Zorblatt", "Arvel Zorblatt"):
        assert recall.ask(Request(absent)).abstained, absent


def test_several_words_that_name_nobody_are_no_topic(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": LIGHTHOUSE, "After": FILLER})
    found = recall_of(store).retrieve("keepers storm lit")
    assert not found.cue.topic


@pytest.mark.slow
def test_the_reader_shows_what_says_what_somebody_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    told = [
        "Captain Ruse was not at home when the mail came.",
        "Nobody had told Captain Ruse of the fire, and the boats went out without Captain Ruse.",
        "Ruse was a stout man of sixty with a red beard, who owned the ferry to Skerry.",
        "The supper for Captain Ruse was kept warm until the bells had rung.",
    ]
    rain = "Rain fell on the roofs of house {}, and the lamps were lit early."
    lines = [line for at, each in enumerate(told) for line in (each, rain.format(at))]
    file = tmp_path / "ferry.txt"
    file.write_text("\n\n".join([*lines, *map(rain.format, range(9, 60))]), encoding="utf-8")
    with Library.open(tmp_path / "ferry.brain") as library:
        library.add(str(file))
        for question in ("Captain Ruse", "Describe Captain Ruse.", "Tell me about Captain Ruse"):
            answer = library.ask(question)
            assert answer.sentences[0].text == told[2], question
