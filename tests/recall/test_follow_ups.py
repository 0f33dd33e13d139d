"""Follow-ups: a question that leaves its subject out takes it from the turns before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.conversation import completed
from workbench.recall.records import Answer, AnswerSentence, Coverage

_TEXT = """# Skerry Point

Skerry Point is a headland in the far north. Its lighthouse was built by Tomas Arvel in the summer
of 1851. It has an iron bell that is rung in fog.

# The builder

Arvel was born in Lund, the third son of a cooper. Every spring Arvel walked to Harrow, where he
had a workshop. Mina Brandt was a teacher. Mina said that she would never leave her school.
Arvel drowned in the autumn, because he went out alone.
"""


def turn(question: str, value: str | None = None, about: str = "", asked_as: str = "") -> Answer:
    seen = Coverage(1, 1, 1)
    return Answer(
        question, "quotes", False, 0.9, value, (), (), seen, 1.0, about=about, asked_as=asked_as
    )


WHO = turn("Who is the keeper of Skerry Point?", "Olaf Brandt")
WHERE = turn("Where did Mina Brandt live?")
ESTATE = turn("What is Anna Brook's mill called?")
ISLAND = turn("On which island was Olaf born?")
BUILT = turn("Who built the mill?", "Anna Brook")
BELL = turn("Where is the bell of Skerry?")


@pytest.mark.parametrize(
    ("before", "question", "whole", "about"),
    [
        (WHO, "What does he eat?", "What does Olaf Brandt eat?", "Olaf Brandt"),
        (WHO, "And his wife?", "Who is the wife of Olaf Brandt?", "Olaf Brandt"),
        (WHERE, "What is her trade?", "What is Mina Brandt's trade?", "Mina Brandt"),
        (ESTATE, "And where is it?", "Where is Anna Brook's mill?", "Anna Brook's mill"),
        (
            turn("How many people took part in the pilot?"), "And who led it?",
            "Who led the pilot?", "the pilot",
        ),
        (ISLAND, "How large is it?", "How large is the island?", "the island"),
        (
            turn("Where was Anna Brook's cup found?"), "Who hid it?", "Who hid Anna Brook's cup?",
            "Anna Brook's cup",
        ),
        (
            turn("What are the millers doing to the wheel?"), "Why do they do that?",
            "Why do the millers do that?", "the millers",
        ),
        (BUILT, "Why?", "Why Anna Brook built the mill?", "the mill"),
        (WHERE, "And why?", "Why did Mina Brandt live?", "Mina Brandt"),
        (WHERE, "What about Ida Weil?", "Where did Ida Weil live?", "Ida Weil"),
        (turn("What is my toll?"), "And last year?", "What was my toll last year?", ""),
        (turn("Where was the fair in 2019?"), "And this year?", "Where is the fair this year?", ""),
        (turn("When is Ida's party?"), "And Olaf's?", "When is Olaf's party?", ""),
        (turn("When is the fair?"), "And the auction?", "When is the auction?", "the auction"),
        (turn("How much does the barn cost?"), "And the mill?", "How much does the mill cost?",
         "the mill"),
        (WHERE, "No, I meant Ida Weil.", "Where did Ida Weil live?", "Ida Weil"),
        (BELL, "How large is it?", "How large is the bell of Skerry?", "the bell of Skerry"),
        (
            ESTATE, "When was it sold to the town?", "When was Anna Brook's mill sold to the town?",
            "Anna Brook's mill",
        ),
        (WHO, "Wo wohnt er?", "Wo wohnt er? (Olaf Brandt)", "Olaf Brandt"),
        (turn("What is the mill like?"), "Who owns it?", "Who owns the mill?", "the mill"),
    ],
)  # fmt: skip
def test_c1_a_follow_up_is_made_whole(
    before: Answer, question: str, whole: str, about: str
) -> None:
    found = completed(question, [before])
    assert (found.question, found.about) == (whole, about)


@pytest.mark.parametrize(
    "question",
    [
        "Who built the lighthouse?",
        "What did Olaf say when he came home?",
        "How long does it take to boil an egg?",
        "Is it true that gulls sleep on the wing?",
        "What happened on the day that the bell fell?",
        "How does the creature mean to end its life?",
        "When did Olaf Brandt and his wife separate?",
        "Where did the bell of Skerry go after Olaf lost hold of it?",
        "What is it called when a ship sinks?",
        "Who sang It Will Rain?",
        "What happened to the mill after that?",
        "Which island is that on which Ida Weil was born?",
        "x" * 900,
    ],
)
def test_c1_a_question_that_leaves_nothing_open_stays_as_it_is(question: str) -> None:
    found = completed(question, [WHO, WHERE])
    assert (found.question, found.about, found.unclear) == (question, "", "")


@pytest.mark.parametrize(
    ("question", "back"),
    [
        ("What does he look like?", "Whom do you mean by “he”?"),
        ("And where is it?", "What do you mean by “it”?"),
        ("Why?", "What do you want to know that of? Nothing was asked before."),
    ],
)
def test_c1_where_nothing_carries_it_asks_back(question: str, back: str) -> None:
    assert completed(question, []).unclear == back


def test_c1_a_subject_goes_on_through_a_thread_and_can_be_changed() -> None:
    first = completed("Where does he live?", [WHO])
    second = turn("Where does he live?", about=first.about, asked_as=first.question)
    assert completed("And what does he eat?", [WHO, second]).about == "Olaf Brandt"
    changed = completed("And what does he eat?", [WHO, second], topic="Anna Brook")
    assert (changed.question, changed.about) == ("What does Anna Brook eat?", "Anna Brook")


def test_c1_he_and_she_are_told_apart_by_what_the_text_calls_them() -> None:
    votes = {"Brandt": (0, 9, 0), "Arvel": (9, 0, 0), "lighthouse": (0, 0, 4)}
    votes |= {"man": (26, 4, 5), "cottage": (7, 2, 5)}

    def company(word: str) -> tuple[int, int, int]:
        return votes.get(word, (0, 0, 0))

    asked = [turn("What did Mina Brandt give Tomas Arvel at the lighthouse?")]
    keeper = [turn("Who is the old man in the cottage?")]
    assert (
        completed("What does he eat?", keeper, company=company).about
        == "the old man in the cottage"
    )
    for question, about in (
        ("Where was he born?", "Tomas Arvel"),
        ("Where was she born?", "Mina Brandt"),
        ("Is it tall?", "the lighthouse"),
        ("Did she love him?", "Mina Brandt; Tomas Arvel"),
    ):
        assert completed(question, asked, company=company).about == about


@pytest.mark.parametrize(
    ("asked", "question", "about"),
    [
        ("After what is the Petrel named?", "Who are its owners?", "the Petrel"),
        ("What is the name of Anna Brook's goat?", "What colour is it?", "Anna Brook's goat"),
        ("Who is Mr. Weil's patroness?", "What does she look like?", "Mr. Weil's patroness"),
        ("What does Starling eat?", "How tall is it?", ""),
        ("Where does Mr. Weil live?", "Where was she born?", ""),
    ],
)
def test_c1_what_few_sentences_call_otherwise_is_still_meant(
    asked: str, question: str, about: str
) -> None:
    votes = {"Petrel": (10, 21, 3), "goat": (15, 0, 4), "patroness": (2, 1, 0)}
    votes |= {"Starling": (27, 0, 7), "Weil": (3, 0, 0), "Brook": (0, 9, 0)}
    found = completed(question, [turn(asked)], company=lambda word: votes.get(word, (0, 0, 0)))
    assert found.about == about
    assert bool(found.unclear) is not bool(about)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "skerry.md").write_text(_TEXT, encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as opened:
        opened.add([str(tmp_path / "skerry.md")])
        yield opened


def test_who_was_a_she_before_is_no_he() -> None:
    before = [
        turn("Who is the keeper?", "Samira Weil"),
        turn("How old is she?", about="Samira Weil"),
    ]
    assert completed("Where does she live?", before).about == "Samira Weil"
    assert completed("Where does he live?", before).unclear == "Whom do you mean by “he”?"
    after = [turn("Who is the cook?", "Pavel Weil"), *before]
    assert completed("Where does he live?", after).about == "Pavel Weil"


def test_thanks_are_no_turn_of_a_thread(library: Library) -> None:
    turns = [library.ask("Where was Arvel born?", turns=[])]
    thanks = library.ask("Thanks!", turns=turns)
    assert thanks.suggestion == "Ask a question about your sources."
    assert thanks.about == ""
    assert library.ask("Where did he walk?", turns=[*turns, thanks]).about == "Arvel"


def test_who_is_chosen_answers_for_nobody_else(library: Library) -> None:
    # What nothing tells of a name is not what was told of somebody else before.
    assert library.ask("Where was he born?", about="Zebedee").abstained
    assert not library.ask("Where was he born?", about="Arvel").abstained


@pytest.mark.usefixtures("reading")
def test_c1_a_library_answers_a_thread(library: Library) -> None:
    turns: list[Answer] = []
    for question in ("Who built the lighthouse of Skerry Point?", "Where was he born?"):
        turns.append(library.ask(question, turns=turns))
    assert turns[0].about == ""
    assert turns[1].question == "Where was he born?"
    assert turns[1].about == "Tomas Arvel"
    assert turns[1].asked_as == f"Where was {turns[1].about} born?"
    # The same words without a thread are a question like any other.
    assert library.ask("Where was he born?").about == ""


def test_c1_asking_back_is_one_sentence_and_looks_nothing_up(library: Library) -> None:
    answer = library.ask("What does he look like?", turns=[])
    assert answer.abstained
    assert answer.suggestion == "Whom do you mean by “he”?"
    assert answer.evidence == ()


@pytest.mark.parametrize(
    "question", ["What storm drove him off the point?", "Which lamp did she light on the point?"]
)
def test_a_first_question_that_says_enough_is_asked_in_a_thread(
    library: Library, question: str
) -> None:
    alone, threaded = library.ask(question), library.ask(question, turns=[])
    assert threaded.evidence
    assert [item.engram for item in threaded.evidence] == [item.engram for item in alone.evidence]


def test_a_date_and_a_verb_are_offered_for_nobody(tmp_path: Path) -> None:
    said = AnswerSentence("Contains, among other things, a log that Ida Weil kept.", (1,))
    told = replace(turn("Who kept the log?"), sentences=(said,))
    dated = turn("When was the raid on Harrow?", "March 1, 1990")
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text("Ida Weil kept the log of Harrow. She lived there.", title="Log")
        answer = library.ask("And where did she live?", turns=[dated, told])
    assert answer.about == "Ida Weil"
    assert not {"Contains", "March 1, 1990"} & {answer.about, *answer.others}


def test_somebody_whom_only_an_answer_named_is_meant_before_asking_back(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(
            "The worst accident of the pilot was in June, when a rider named Jonas Keller fell."
            " He broke his leg. The mill of Harrow was closed in the same month.",
            title="Report",
        )  # fmt: skip
        turns = [library.ask("What was the worst accident of the pilot?", turns=[])]
        answer = library.ask("What did he break?", turns=turns)
    assert answer.about == "Jonas Keller"


@pytest.mark.usefixtures("reading")
def test_a_name_is_a_he_or_a_she_by_the_sentence_behind_it_and_no_place(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(
            "Ines Moreau was made the head of the depot in Skerholm. She had come from Harrow."
            " Petra Lind was her deputy until she went to Skerholm.",
            title="Report",
        )
        asked = turn("When did Ines Moreau come to Skerholm?")
        answer = library.ask("Where had she come from?", turns=[asked])
        assert answer.about == "Ines Moreau"
        assert "Harrow" in answer.sentences[0].text
        gone = library.ask("Where did he live?", turns=[turn("How large is Skerholm?")])
        assert gone.about == ""
