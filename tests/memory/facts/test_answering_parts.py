"""Which part of a sentence answers: of several prepositions, of lists, of places beside times."""

from collections.abc import Sequence

import pytest

from workbench.library import Library

GROUPS: dict[str, tuple[Sequence[str], Sequence[tuple[str, str | None]]]] = {
    "the preposition that was asked with": (
        [
            "Gus works for Lidl as a cashier in Bonn",
            "the scanner is connected to the switch in the cellar",
            "the drill was lent to Finn by Greta",
            "Kim's train leaves from platform 9 for Lund",
            "Zoe sits next to Yan in room 4",
        ],
        [
            ("what does Gus work as?", "a cashier"),
            ("who does Gus work for?", "Lidl"),
            ("in which city does Gus work?", "Bonn"),
            ("what is the scanner connected to?", "the switch"),
            ("who was the drill lent to?", "Finn"),
            ("who was the drill lent by?", "Greta"),
            ("which platform does Kim's train leave from?", "platform 9"),
        ],
    ),
    "where, beside when": (
        ["the concert is tomorrow at 8pm in the Arena", "the picnic is on Sunday by the lake"],
        [
            ("where is the concert?", "the Arena"),
            ("when is the concert?", "tomorrow at 8pm"),
            ("where is the picnic?", "by the lake"),
            ("when is the picnic?", "Sunday"),
        ],
    ),
    "what is said with the words of what it is said of": (
        [
            "The rent of flat 71 is 71 euros.",
            "Hall 12 has 12 chairs.",
            "The 2024 edition costs 2024 dollars.",
            "The founder of Lindt Motors is Lindt.",
            "The aunt of Vera is Vera Maria.",
        ],
        [
            ("what is the rent of flat 71?", "71 euros"),
            ("how many chairs does hall 12 have?", "12"),
            ("how much does the 2024 edition cost?", "2024 dollars"),
            ("who is the founder of Lindt Motors?", "Lindt"),
            ("who is the aunt of Vera?", "Vera Maria"),
        ],
    ),
    "how much of something I am": (
        ["I am 34 years old and I live in Oslo.", "I am 180 cm tall.", "Ann is 51 years old."],
        [
            ("how old am I?", "34 years old"),
            ("how tall am I?", "180 cm tall"),
            ("how old is Ann?", "51 years old"),
            ("how heavy am I?", None),
        ],
    ),
    "how much of something is mine": (
        ["My dog is 5 years old.", "My desk is 80 cm high.", "I have an old car."],
        [("how old am I?", None), ("how old is my dog?", "5 years old"), ("how high am I?", None)],
    ),
    "one of a list": (
        [
            "the discount is 15% for members and 5% for guests",
            "the recipe needs 200 g of flour and 3 eggs",
            "the club has 1.5 million fans and 12 teams",
        ],
        [
            ("what is the discount for members?", "15%"),
            ("what is the discount for guests?", "5%"),
            ("how much flour does the recipe need?", "200 g of flour"),
            ("how many eggs does the recipe need?", "3"),
            ("how many fans does the club have?", "1.5 million"),
            ("how many teams does the club have?", "12"),
        ],
    ),
    "but not": (
        ["Mia likes cats, not dogs", "Olof likes tea but not coffee"],
        [
            ("does Mia like cats?", "yes"),
            ("does Mia like dogs?", "no"),
            ("does Olof like tea?", "yes"),
            ("does Olof like coffee?", "no"),
            ("what does Mia like?", "cats"),
            ("what does Olof like?", "tea"),
            ("who likes coffee?", None),
            ("who likes tea?", "Olof"),
        ],
    ),
    "a value that is asked with": (
        ["the code of room 5 is 5", "the owner of Brix is Brix"],
        [("what is the code of room 5?", "5"), ("who is the owner of Brix?", "Brix")],
    ),
    "who does it to whom": (
        [
            "Bob likes Alice",
            "Ted owes Max 50 dollars",
            "Max owes Ted 20 dollars",
            "Oslo is colder than Rome",
            "Frida met Karl at the airport",
            "Aurora is owned by Kenji",
        ],
        [
            ("does Bob like Alice?", "yes"),
            ("does Alice like Bob?", None),
            ("who does Alice like?", None),
            ("who does Bob like?", "Alice"),
            ("how much does Ted owe Max?", "50 dollars"),
            ("how much does Max owe Ted?", "20 dollars"),
            ("is Oslo colder than Rome?", "yes"),
            ("is Rome colder than Oslo?", "no"),
            ("did Karl meet Frida?", "yes"),
            ("does Kenji own Aurora?", "yes"),
            ("is Aurora owned by Kenji?", "yes"),
            ("does Aurora own Kenji?", "no"),
        ],
    ),
    "things that are there": (
        [
            "There is a spare key under the mat",
            "There are 12 people on the team",
            "I bought the camera in 2019 for 450 euros in Prague",
            "the backup runs every night at 2:15",
            "Emma's daughter Lily is 6 years old",
            "Remember: the dentist appointment is on 12 May",
        ],
        [
            ("where is the spare key?", "under the mat"),
            ("what is under the mat?", "spare key"),
            ("how many people are on the team?", "12"),
            ("what did I buy in Prague?", "camera"),
            ("when did I buy the camera?", "2019"),
            ("when does the backup run?", "every night at 2:15"),
            ("how old is Lily?", "6 years old"),
            ("how old is Emma?", None),
        ],
    ),
    "several clauses": (
        [
            "Jan lives in Gent, works at Volvo and plays tennis",
            "as of this month the fee is 12 euros",
            "the rent is 955 euros as of this month",
            "since March Olga works at Fiat",
            "the cabin has a new password: otter9",
            "I moved to Bergen last year",
            "Riga is the capital of Latvia",
        ],
        [
            ("where does Jan live?", "Gent"),
            ("what does Jan play?", "tennis"),
            ("what is the fee?", "12 euros"),
            ("what is the rent?", "955 euros"),
            ("where does Olga work?", "Fiat"),
            ("what is the password of the cabin?", "otter9"),
            ("where do I live?", "Bergen"),
            ("which country is Riga the capital of?", "Latvia"),
            ("what is the capital of Latvia?", "Riga"),
        ],
    ),
    "asked with another word than told": (
        [
            "the bag weighs about 12 kilos",
            "the film lasts 95 minutes",
            "the wine is from Porto",
            "the tablet ships in Q3",
        ],
        [
            ("how heavy is the bag?", "about 12 kilos"),
            ("how long is the film?", "95 minutes"),
            ("when does the tablet ship?", "Q3"),
            ("how long is the bag?", None),
            ("how heavy is the film?", None),
        ],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_the_part_that_was_asked_for_answers(group: str) -> None:
    told, asked = GROUPS[group]
    with Library.open(":memory:") as library:
        for sentence in told:
            assert len(library.facts.tell(sentence).new) == 1
        got = [(question, library.facts.value(question)) for question, _ in asked]
    assert [(question, _bare(value.value if value else None)) for question, value in got] == [
        (question, _bare(wanted)) for question, wanted in asked
    ]


def _bare(value: str | None) -> str | None:
    for article in ("the ", "a ", "an "):
        value = value and value.removeprefix(article)
    return value
