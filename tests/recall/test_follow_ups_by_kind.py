"""Follow-ups that name one thing: it replaces its own kind in the last question, all else stays."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.records import Answer

#: Texts by title, then turns: a question, how it is looked up ("" as it is), words of the answer.
Turn = tuple[str, str, str]
CONVERSATIONS: dict[str, tuple[dict[str, str], Sequence[Turn]]] = {
    "salons": (
        {
            "Salon Harrow": "A dry cut at the Harrow salon costs 31 euros. A perm at the Harrow"
            " salon"
            " costs 74 euros.",
            "Salon Lund": "A dry cut at the Lund salon costs 27 euros. A perm at the Lund salon"
            " costs"
            " 68 euros.",
        },
        (
            ("How much does a dry cut at the Harrow salon cost?", "", "31"),
            ("And a perm?", "How much does a perm at the Harrow salon cost?", "74"),
            ("And at the Lund salon?", "How much does a perm at the Lund salon cost?", "68"),
            ("And a dry cut?", "How much does a dry cut at the Lund salon cost?", "27"),
        ),
    ),
    "compounds": (
        {
            f"Compound {letter}": f"Compound {letter} is {colour}. Compound {letter} melts at"
            f" {point} degrees. It was first made in {town}."
            for letter, colour, point, town in (
                ("K", "white", 212, "Lund"), ("M", "yellow", 187, "Turku"),
                ("R", "grey", 96, "Bern"),
            )
        },
        (
            ("At what temperature does compound K melt?", "", "212"),
            ("And M?", "At what temperature does compound M melt?", "187"),
            ("And compound R?", "At what temperature does compound R melt?", "96"),
            ("Where was it first made?", "Where was compound R first made?", "Bern"),
            ("And what colour is K?", "What colour is compound K?", "white"),
        ),
    ),
    "cottages": (
        {
            "Lodges": "Fern Lodge stands at the end of Mill Lane. The rent of Fern Lodge is 530"
            " crowns. The rent of Kiln House is 870 crowns. Kiln House was let to a weaver in"
            " 1903. Fern Lodge was let to a cooper in 1911.",
        },
        (
            ("Where does Fern Lodge stand?", "", "Mill Lane"),
            ("And its rent?", "What is the rent of Fern Lodge?", "530"),
            ("And Kiln House?", "What is the rent of Kiln House?", "870"),
            ("To whom was Kiln House let?", "", "weaver"),
            ("And Fern Lodge?", "To whom was Fern Lodge let?", "cooper"),
        ),
    ),
    "coaches": (
        {
            "Coaches": "The coach to Ansel leaves at 7:15 from bay 4. The coach to Brill leaves at"
            " 8:50 from bay 6. In 2017 the coaches took 900 people to Brill. In 2018 the coaches"
            " took 750 people to Brill.",
        },
        (
            ("When does the coach to Ansel leave?", "", "7:15"),
            ("From which bay?", "From which bay does the coach to Ansel leave?", "4"),
            ("And the one to Brill?", "From which bay does the coach to Brill leave?", "6"),
            ("How many people did the coaches take to Brill in 2017?", "", "900"),
            ("And 2018?", "How many people did the coaches take to Brill in 2018?", "750"),
        ),
    ),
    "ferries": (
        {
            "Timetable": "The ferry to Hollis leaves at 8:10 on Mondays. The ferry to Hollis leaves"
            " at 9:40 on Fridays. The bus to Hollis leaves at 7:25 on Fridays. The bus to Marn"
            " leaves"
            " at 6:55 on Fridays.",
        },
        (
            ("When does the ferry to Hollis leave on Monday?", "", "8:10"),
            ("And on Friday?", "When does the ferry to Hollis leave on Friday?", "9:40"),
            ("And the bus?", "When does the bus to Hollis leave on Friday?", "7:25"),
            ("And to Marn?", "When does the bus to Marn leave on Friday?", "6:55"),
        ),
    ),
    "wells": (
        {"Wells": "Well 3 is 41 metres deep. Well 7 is 58 metres deep. Well 9 is 66 metres deep."},
        (
            ("How deep is well 3?", "", "41"),
            ("And well 7?", "How deep is well 7?", "58"),
            ("And 9?", "How deep is well 9?", "66"),
        ),
    ),
    "choirs": (
        {
            "Music": "In 2019 the choir had 34 members. In 2021 the choir had 29 members."
            " In 2021 the orchestra had 51 members.",
        },
        (
            ("How many members did the choir have in 2019?", "", "34"),
            ("And in 2021?", "How many members did the choir have in 2021?", "29"),
            ("And the orchestra?", "How many members did the orchestra have in 2021?", "51"),
        ),
    ),
    "flats": (
        {
            "North flat": "The rent of the north flat is 640 euros. The deposit of the north"
            " flat is"
            " 1280 euros.",
            "South flat": "The rent of the south flat is 705 euros. The deposit of the south"
            " flat is"
            " 1410 euros.",
        },
        (
            ("What is the rent of the north flat?", "", "640"),
            ("And the south flat?", "What is the rent of the south flat?", "705"),
            ("And the deposit?", "What is the deposit of the south flat?", "1410"),
        ),
    ),
    "museum": (
        {
            "Tickets": "A day ticket for adults costs 14 euros. A day ticket for children costs"
            " 6 euros. A season ticket for children costs 22 euros.",
        },
        (
            ("How much does a day ticket for adults cost?", "", "14"),
            ("And for children?", "How much does a day ticket for children cost?", "6"),
            ("And a season ticket?", "How much does a season ticket for children cost?", "22"),
        ),
    ),
    "trades": (
        {
            "People": "Anna Brook is a bookbinder and works in Turku. Ben Frei is a roofer and"
            " works"
            " in Lund. Ida Weil is a baker and works in Bern.",
        },
        (
            ("Where does Anna Brook work?", "", "Turku"),
            ("And Ben Frei?", "Where does Ben Frei work?", "Lund"),
            ("What about Ida Weil?", "Where does Ida Weil work?", "Bern"),
        ),
    ),
    "wards": (
        {
            "Wards": "Nurse Olsen cleans ward 12. Nurse Berg cleans ward 14. Nurse Dahl cleans the"
            " kitchen.",
        },
        (
            ("Who cleans ward 12?", "", "Olsen"),
            ("And ward 14?", "Who cleans ward 14?", "Berg"),
            ("And the kitchen?", "Who cleans the kitchen?", "Dahl"),
        ),
    ),
    "canteen": (
        {
            "Canteen": "Lentil soup is served for lunch on Tuesday. Fried trout is served for"
            " dinner"
            " on Tuesday. Mushroom pie is served for dinner on Thursday.",
        },
        (
            ("What is served for lunch on Tuesday?", "", ""),
            ("And for dinner?", "What is served for dinner on Tuesday?", ""),
            ("And on Thursday?", "What is served for dinner on Thursday?", "pie"),
        ),
    ),
}  # fmt: skip


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_what_is_named_replaces_its_own_kind(name: str, tmp_path: Path) -> None:
    texts, turns = CONVERSATIONS[name]
    answers: list[Answer] = []
    with Library.open(tmp_path / "a.brain") as library:
        for title, text in texts.items():
            (tmp_path / f"{title}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
        library.add([tmp_path / f"{title}.md" for title in texts])
        for question, whole, value in turns:
            answers.append(library.ask(question, turns=answers))
            assert answers[-1].asked_as == whole
            assert not answers[-1].abstained
            assert value in answers[-1].sentences[0].text


@pytest.mark.parametrize(
    ("question", "follow_up", "asked_as"),
    [
        ("Who is the captain of the Merel?", "And D?", "Who is the captain of D?"),
        ("How much does a tyre change cost?", "And D?", "How much does D cost?"),
        ("What is the rent of flat 3?", "And D?", "What is the rent of flat D?"),
        ("Where was Emma Lund born?", "And K?", "Where was K born?"),
        ("How heavy is product B?", "And the crate?", "How heavy is the crate?"),
        ("How heavy is product B?", "And the C?", "How heavy is product C?"),
        ("How heavy is product B?", "And A and D?", "How heavy is product A and D?"),
        ("How heavy is product A and D?", "And C?", "How heavy is product C?"),
        ("When was Anna Lund born?", "And Ida and Bo?", "When was Ida and Bo born?"),
        ("How much is the tin roof?", "And the slate one?", "How much is the slate roof?"),
    ],
)
def test_a_letter_or_a_noun_replaces_a_whole_phrase(
    question: str, follow_up: str, asked_as: str, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text("The ferry leaves at nine.", title="Ferry")
        first = library.ask(question, turns=[])
        assert library.ask(follow_up, turns=[first]).asked_as == asked_as


def test_no_request_and_no_quantity_is_offered_as_a_subject(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text("Ida Weil kept the log. She lived in Harrow.", title="Log")
        listed = library.ask("List all people in the log.", turns=[])
        kept = library.ask("Who is Ida Weil?", turns=[listed])
        answer = library.ask("Where did she live?", turns=[listed, kept])
    assert answer.about == "Ida Weil"
    assert answer.others == ("the log",)
