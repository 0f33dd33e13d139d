"""What may stand as an answer: a reason to "why", a name and no "she", what holds by now."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.memory.told import ValueOf
from workbench.library import Library
from workbench.library.options import TellOptions


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "held.brain") as opened:
        yield opened


def _said(library: Library, question: str) -> str | None:
    found = library.facts.value(question)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("fact", "question", "right"),
    [
        ("The old bank failed in 1494.", "Why did the old bank fail?", None),
        ("We bought grain from Varn. The harvest had failed.", "Why did we buy grain from Varn?",
         None),
        ("Ilse left for Tromvik.", "Why did Ilse leave?", None),
        ("Ilse left since Monday.", "Why did Ilse leave?", None),
        ("The door model K-20 was recalled because a spring broke.",
         "Why was the K-30 recalled?", None),
        ("Because the grain rotted, we bought rice from Varn.",
         "Why did we buy rice from Varn?", "Because the grain rotted"),
        ("We bought rice from Varn because it is cheap, and we will go on with it.",
         "Why did we buy rice from Varn?", "because it is cheap"),
        ("Ilse resigned for health reasons.", "Why did Ilse resign?", "health reasons"),
    ],
)  # fmt: skip
def test_only_a_reason_says_why(
    value_of: ValueOf, fact: str, question: str, right: str | None
) -> None:
    found = value_of(["The K-30 is a door. Ilse lives in Bonn.", fact], question)
    assert (found and found.value) == right


def test_a_word_that_only_points_is_no_answer_but_a_country_is(library: Library) -> None:
    library.facts.tell("Somebody called. She lives in Oslo. The patent office of the plant is US.")
    assert _said(library, "Who lives in Oslo?") is None
    assert _said(library, "What is the patent office of the plant?") == "US"


@pytest.mark.parametrize(
    ("fact", "question", "right"),
    [
        # Names debts and second times.
        ("My aunt's friend Greta runs a mill.", "Who is Greta?", "My aunt's friend"),
        ("My dog Bruno is a poodle.", "What breed is Bruno?", "a poodle"),
        ("I have two cats, Tom and Kit.", "Who is Tom?", None),
        ("I lent Mila 40 euros.", "Does Mila owe me money?", "yes"),
        ("I lent Mila 40 euros.", "Do I owe Mila money?", "no"),
        ("I lent Mila 40 euros, and she paid me back.", "Does Mila owe me money?", "no"),
        ("I lent Mila my tent.", "Does Mila owe me money?", None),
        ("I borrowed 30 pounds from Gus.", "How much do I owe Gus?", "30 pounds"),
        ("The inn closes at half past six, on Sundays at two.",
         "When does the inn close on Sundays?", "two"),
        ("The inn on Elm Road closes at six, on Sundays at two.",
         "When does the inn on Elm Road close on Sundays?", None),
        ("The pool costs 4 euros, on Mondays 2 euros.", "How much does the pool cost?", "4 euros"),
        ("The pool costs 4 euros, on Mondays 2 euros.",
         "How much does the pool cost on Mondays?", "2 euros"),
        # Roles pass on.
        ("Aunt Rosa left her violin to Ida.", "Who got Aunt Rosa's violin?", "Ida"),
        ("I take 30 milligrams of zinc after lunch.", "When do I take zinc?", "after lunch"),
        ("Two pages of the report are missing.", "Is the report missing?", None),
        ("Locker 12B is mine and 13B is Carla's.", "Whose locker is 13B?", "Carla"),
        ("The upstairs flat has no balcony.", "Does the upstairs flat have a balcony?", "no"),
        ("The librarian, Mr. Voss, retires next spring.", "Who is the librarian?", "Mr. Voss"),
        ("The librarian, Mr. Voss, retired last spring.", "Who is the librarian?", None),
        ("Die Leiter steht im Schuppen.", "Wo steht die Leiter?", "im Schuppen"),
        ("Birgit played in the band until 2012.", "Does Birgit play in the band?", "no"),
        ("Birgit played in the band until 2012.", "Did Birgit play in the band?", "yes"),
        ("Ina was married to Per until 1999.", "Is Ina married to Per?", "no"),
        ("Ina was married to Per until 1999.", "Was Ina married to Per?", "yes"),
        ("The trial was put off until 4 May.", "When is the trial?", "4 May"),
        ("The trial was put off until 4 May.", "Is the trial put off?", None),
        ("Tony lives in Rome.", "Who lives in Rome?", "Tony"),
        ("Will and Frank work at the mill.", "Who works at the mill?", "Will and Frank"),
        ("My blood group is B.", "What is my blood group?", "B"),
        ("Gil is older than Ida, and Ida is older than Bo.", "Who is the oldest?", "Gil"),
        ("Gil is older than Ida, and Ida is older than Bo.", "Who is the youngest?", "Bo"),
        ("Gil is older than Ida, and Kim is older than Bo.", "Who is the oldest?", None),
        (
            "The flight takes an hour and forty minutes.",
            "How long does the flight take?",
            "an hour and forty minutes",
        ),
        ("It's Quentin who's got the map.", "Who has the map?", "Quentin"),
        (
            "Sven plays chess with Ali on Mondays and with Tom on Fridays.",
            "Who does Sven play chess with on Fridays?",
            "Tom",
        ),
        ("The lease runs until the end of 2031.", "When does the lease end?", "the end of 2031"),
        ("I keep the carpet cleaner in the hall.", "Where is the carpet cleaner?", "in the hall"),
        ("I lent the carpet cleaner to Olaf.", "What did I lend to Olaf?", "the carpet cleaner"),
        (
            "Two of our six hens have stopped laying.",
            "How many of our hens have stopped laying?",
            "Two",
        ),
        ("One of our two cars is electric.", "How many of our cars are electric?", "One"),
        ("One of our three boats is leaking.", "How many of our boats are leaking?", None),
        (
            "Four of our ten apple trees have died.",
            "How many of our apple trees have died?",
            "Four",
        ),
        (
            "The code at the cabin is moose77, at home it is heron12.",
            "What is the code at the cabin?",
            "moose77",
        ),
        # An answer is of the kind that is asked for and goes no further.
        ("We sail to Bergen on 4 June with Norled and come back on the 9th.",
         "Which company are we sailing to Bergen with?", "Norled"),
        ("The freezer is kept at 18 degrees and the cold room at 4.",
         "What temperature is the freezer kept at?", "18 degrees"),
        ("Ida and her husband Bo have two sons: Ole and Per.", "What does Bo do now?", None),
        ("There are 31 seats in the bus, 12 of them benches.",
         "How many benches are in the bus?", "12"),
        ("There are 31 seats in the bus, 12 of them benches.",
         "How many stools are in the bus?", None),
    ],
)  # fmt: skip
def test_names_debts_and_second_times(
    value_of: ValueOf, fact: str, question: str, right: str | None
) -> None:
    found = value_of([fact], question)
    assert (found and found.value) == right


def test_what_holds_from_later_on_does_not_answer_yet(library: Library) -> None:
    library.facts.tell("Anna lives in Turin.", at="2020-01-01")
    library.facts.tell("Anna lives in Oslo.", at="2999-01-01")
    assert _said(library, "Where does Anna live?") == "Turin"
    assert [fact.current for fact in library.facts.recall("Anna Turin", limit=1)] == [True]
    later = library.facts.value("Where does Anna live?", as_of="2999-06-01")
    assert later is not None
    assert later.value == "Oslo"


def test_what_held_for_a_time_gives_its_place_back(library: Library) -> None:
    library.facts.tell("The gate code is KX-11.")
    library.facts.tell("The gate code is KX-22.", options=TellOptions(expires_days=1e-9))
    assert _said(library, "What is the gate code?") == "KX-11"
    library.facts.tell("The gate code is KX-33.")
    library.facts.tell("The gate code is KX-44.", options=TellOptions(expires_days=1e-9))
    assert _said(library, "What is the gate code?") == "KX-33"


@pytest.mark.parametrize(("one", "other"), [("1234", "9876"), ("9876", "1234"), ("77", "54321")])
def test_numbers_of_any_length_settle_the_same_thing(
    library: Library, one: str, other: str
) -> None:
    library.facts.tell(f"The boiler code is {one}.")
    library.facts.tell(f"The boiler code is {other}.")
    current = {fact.text: fact.current for fact in library.facts.list()}
    assert current == {
        f"The boiler code is {one}.": False,
        f"The boiler code is {other}.": True,
    }


@pytest.mark.parametrize(
    ("mine", "others", "question", "right"),
    [
        ("I live in Turin.", "He lives in Oslo.", "Where do I live?", "Turin"),
        (
            "My phone number is 4711.",
            "Her phone number is 8080.",
            "What is my phone number?",
            "4711",
        ),
        ("I live in Oslo.", "He does not live in Oslo.", "Where do I live?", "Oslo"),
    ],
)
def test_what_is_said_of_others_takes_no_place_of_mine(
    library: Library, mine: str, others: str, question: str, right: str
) -> None:
    library.facts.tell(mine)
    library.facts.tell(others)
    assert _said(library, question) == right
    assert all(fact.current for fact in library.facts.list())
