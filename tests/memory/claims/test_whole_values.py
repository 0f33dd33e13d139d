"""Values are given whole: with date, time zone, range, unit, what comes on top, full address."""

import pytest

from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        ("My ferry leaves at 21:15 UTC+3 on 07/09/2027.", "When does my ferry leave?",
         "21:15 UTC+3 on 07/09/2027"),
        ("The ferry departs on 2027-09-07 at 21:15.", "When does the ferry depart?",
         "2027-09-07 at 21:15"),
        ("The talk with Lima is at 8 pm PST.", "When is the talk with Lima?", "8 pm PST"),
        ("The talk is at 8 pm GMT on Friday.", "When is the talk?", "8 pm GMT on Friday"),
        ("The class starts at 14:00 CET.", "When does the class start?", "14:00 CET"),
        ("The launch is on 7 May at 06:20 local time.", "When is the launch?",
         "7 May at 06:20 local time"),
        ("The course runs on 5, 12 and 19 March.", "When does the course run?",
         "5, 12 and 19 March"),
        ("Our desks are in rooms 4, 7 and 9.", "Which rooms are our desks in?",
         "rooms 4, 7 and 9"),
        ("The fee is $1,500 a year plus $60 for the locker.", "How much is the fee?",
         "$1,500 a year plus $60 for the locker"),
        ("The boat costs 70 to 90 euros an hour.", "How much does the boat cost?",
         "70 to 90 euros an hour"),
        ("The climb takes 4 to 5 hours.", "How long does the climb take?", "4 to 5 hours"),
        ("The climb takes between 4 and 5 hours.", "How long does the climb take?",
         "between 4 and 5 hours"),
        ("The heating costs about 90 euros a month.", "How much does the heating cost?",
         "about 90 euros a month"),
        ("The climb takes about two hours.", "How long does the climb take?", "about two hours"),
        ("The barrel holds at least 30 litres.", "How much does the barrel hold?",
         "at least 30 litres"),
        ("I take 8 mg of codeine twice a day.", "How much codeine do I take?",
         "8 mg of codeine twice a day"),
        ("Runa takes 15 drops three times a day.", "How many drops does Runa take?", "15"),
        ("The drains are cleaned twice a year, in May and October.",
         "When are the drains cleaned?", "May and October"),
        ("My address is 9 Quay Street, Flat 4, Hull HU1 3AB.", "What is my address?",
         "9 Quay Street, Flat 4, Hull HU1 3AB"),
        ("My address is Flat 4, 9 Quay Street, Hull.", "What is my address?",
         "Flat 4, 9 Quay Street, Hull"),
        ("I live in flat 2, Ben in flat 3.", "Where does Ben live?", "in flat 3"),
        ("The ferry leaves at 9:40 p.m. on Fridays.", "When does the ferry leave?",
         "9:40 p.m. on Fridays"),
        ("The dose is 8 mg twice a day.", "What is the dose?", "8 mg twice a day"),
        ("The clinic is at 9 Quay Street, Hull.", "Where is the clinic?",
         "9 Quay Street, Hull"),
        ("My doctor is Dr. Runa Falk.", "Who is my doctor?", "Dr. Runa Falk"),
        ("Oat bread is £3.10 and a bun is £1.20.", "How much is oat bread?", "£3.10"),
        # no amounts
        ("Ada lives in Quay Street, Bo in Mill Lane.", "Where does Bo live?", "Mill Lane"),
        ("The rent went up to 900 euros.", "How much is the rent?", "900 euros"),
        ("The rent went from 640 to 705 euros.", "How much is the rent?", "705 euros"),
    ],
)  # fmt: skip
def test_whole_values(told: str, question: str, said: str) -> None:
    found = match(question, [Statement(0, told, 0.0)])
    assert found is not None
    assert found.answer == said
