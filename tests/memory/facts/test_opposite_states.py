"""States that exclude one another, debts that were paid back, lists that tell how many.

Each row is what is told, a question, and the answer (None: that there is none).
"""

from workbench.library import Library

Row = tuple[str, str, str | None]


def _check(library: Library, rows: list[Row]) -> None:
    wrong: list[Row] = []
    for at, (told, question, right) in enumerate(rows):
        scope = f"talk {at}"
        for line in told.split(" / "):
            library.facts.tell(line, collection=scope)
        found = library.facts.value(question, collection=scope)
        said = None if found is None else found.value
        if said != right:
            wrong.append((told, question, said))
    assert not wrong


def test_one_of_two_states_excludes_the_other(library: Library) -> None:
    _check(
        library,
        [
            ("The printer is broken. / the printer works again", "is the printer broken?", "no"),
            ("The printer is broken. / the printer works again", "does the printer work?", "yes"),
            ("The printer is broken.", "does the printer work?", "no"),
            (
                "The printer doesn't work. / The printer works again.",
                "does the printer work?",
                "yes",
            ),
            ("The printer works. / The printer is broken.", "does the printer work?", "no"),
            ("The shop is open.", "is the shop closed?", "no"),
            ("The shop is closed.", "is the shop open?", "no"),
            ("The bill is paid.", "is the bill unpaid?", "no"),
            ("The bill is unpaid.", "is the bill paid?", "no"),
            ("The heating is off.", "is the heating on?", "no"),
            ("The heating is on.", "is the heating off?", "no"),
            ("The heating is on.", "is the heating on?", "yes"),
            ("The heating is off. / The heating is on.", "is the heating off?", "no"),
            ("The shop is open on Monday.", "is the shop closed on Sunday?", None),
            ("The shop is open until 6.", "is the shop closed?", None),
            ("The shop is open on Monday.", "is the shop closed?", None),
            ("The shop is closed. / The shop is open on Monday.", "is the shop closed?", "yes"),
            ("The shop isn't open.", "is the shop closed?", "yes"),
            ("The shop isn't closed.", "is the shop open?", "yes"),
            ("The shop is open. / The shop is closed.", "is the shop open?", "no"),
            ("The shop is closed.", "is the shoe shop open?", None),
            ("The shoe shop is closed.", "is the shop open?", None),
            ("The bike shop is closed.", "is the bike shop open on Sunday?", None),
            ("The shop might be open.", "is the shop closed?", None),
            ("The meeting is on Friday.", "is the meeting on Friday?", "yes"),
            ("The meeting is on Friday.", "is the meeting on Monday?", "no"),
            ("The heating is broken.", "is the heating on?", None),
            ("The lights are off.", "are the lights still on?", "no"),
            ("My heating is off.", "is the heating on?", "no"),
            ("My heating is off.", "is my heating on?", "no"),
            ("The printer is broken. / I fixed the printer.", "is the printer broken?", "no"),
            ("The printer is broken. / I fixed the printer.", "what is broken?", None),
            ("The printer is broken. / The scanner works.", "is the printer broken?", "yes"),
            ("The printer is broken.", "what is broken?", "The printer"),
            (
                "The printer is broken. / The printer is no longer broken.",
                "is the printer broken?",
                "no",
            ),
            (
                "The printer is broken. / The printer is no longer broken.",
                "does the printer work?",
                "yes",
            ),
            ("The printer used to be broken.", "does the printer work?", "yes"),
            ("Ann works.", "does Ann work?", "yes"),
            ("Ann doesn't work.", "is Ann broken?", None),
            ("Ann works at Volvo.", "does Ann work?", "yes"),
            ("The printer works. / The printer broke.", "does the printer work?", "no"),
            ("I paid the rent.", "is the rent paid?", "yes"),
            ("I paid the rent.", "is the rent unpaid?", "no"),
            ("The rent isn't paid.", "is the rent paid?", "no"),
            ("The door is locked.", "is the door unlocked?", "no"),
        ],
    )


def test_a_debt_that_was_paid_back_is_none(library: Library) -> None:
    _check(
        library,
        [
            ("I owe Ben 20 euros. / I paid Ben back.", "how much do I owe Ben?", None),
            ("I owe Ben 20 euros.", "how much do I owe Ben?", "20 euros"),
            ("I owe Ben 20 euros. / I paid Ben back.", "did I pay Ben back?", "yes"),
            ("I owe Ben 20 euros. / I paid Eva back.", "how much do I owe Ben?", "20 euros"),
            (
                "I owe Ben 20 euros. / I paid Ben 5 euros back.",
                "how much do I owe Ben?",
                None,
            ),
            ("I owe Ben 20 euros. / I paid Ben back 20 euros.", "how much do I owe Ben?", None),
            ("I owe Ben 20 euros. / I paid Ben back the 20 euros.", "how much do I owe Ben?", None),
            ("I owe Ben 20 euros. / Ann paid Ben back.", "how much do I owe Ben?", "20 euros"),
            (
                "I owe Ben 20 euros. / I haven't paid Ben back.",
                "how much do I owe Ben?",
                "20 euros",
            ),
            (
                "I owe Ben 20 euros. / I paid Ben back. / I owe Ben 7 euros.",
                "how much do I owe Ben?",
                "7 euros",
            ),
            ("Ben owes me 20 euros. / Ben paid me back.", "how much does Ben owe me?", None),
            ("Ben owes me 20 euros. / Ben paid me back.", "who owes me money?", None),
            ("Ben owes me 20 euros. / I paid Ben back.", "how much does Ben owe me?", "20 euros"),
            ("Ann owes Ben 20 euros. / Ann paid Ben back.", "how much does Ann owe Ben?", None),
        ],
    )


def test_who_are_named_are_counted(library: Library) -> None:
    _check(
        library,
        [
            ("I have three kids: Mia, Tom and Lea.", "how many kids do I have?", "three"),
            ("My kids are Mia, Tom and Lea.", "how many kids do I have?", "3"),
            ("My kids are called Mia, Tom and Lea.", "how many kids do I have?", "3"),
            ("My kids are lovely.", "how many kids do I have?", None),
            ("My kids are Mia and Tom.", "how many kids do I have?", "2"),
            ("Ann's kids are Mia and Tom.", "how many kids does Ann have?", "2"),
            ("Ann's kids are Mia and Tom.", "how many kids do I have?", None),
            ("My kids are Mia, Tom and another one.", "how many kids do I have?", None),
            ("My sisters are called Mia, Eva, and Ada.", "how many sisters do I have?", "3"),
            ("My kids are Mia and Tom. / I have three kids.", "how many kids do I have?", "three"),
        ],
    )


def test_what_is_so_once_more_is_told_once_more(library: Library) -> None:
    _check(
        library,
        [
            (
                "The tap is broken. / The tap works again. / The tap is broken.",
                "is the tap broken?",
                "yes",
            ),
            (
                "The tap is broken. / The tap works again. / The tap is broken."
                " / The tap works again.",
                "is the tap broken?",
                "no",
            ),
            (
                "I owe Ben 20 euros. / I paid Ben back. / I owe Ben 20 euros.",
                "how much do I owe Ben?",
                "20 euros",
            ),
            (
                "I owe Ben 20 euros. / I paid Ben back. / I owe Ben 20 euros. / I paid Ben back.",
                "how much do I owe Ben?",
                None,
            ),
            ("I owe Ben 20 euros. / I paid Ben back.", "did I pay Ben back?", "yes"),
            (
                "The tap is broken. / The tap works again. / The tap is broken.",
                "what is broken?",
                "The tap",
            ),
            (
                "The heating is on. / The heating is off. / The heating is on.",
                "is the heating on?",
                "yes",
            ),
            (
                "The shop is open. / The shop is closed. / The shop is open.",
                "is the shop closed?",
                "no",
            ),
        ],
    )


def test_a_state_is_found_among_many_facts_that_hold_the_same_word(library: Library) -> None:
    library.facts.tell("The shop is open.")
    for number in range(80):
        library.facts.tell(f"Shop number {number} is in the street of the {number} lamps.")
    found = library.facts.value("Is the shop closed?")
    assert found is not None
    assert (found.value, found.fact.text) == ("no", "The shop is open.")
