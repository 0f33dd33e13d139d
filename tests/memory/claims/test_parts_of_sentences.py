"""What is told among comments, preambles and other clauses, and what follows from it."""

import pytest

from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


def _said(question: str, *texts: str) -> str | None:
    told = [Statement(n, text, float(n), texts[max(0, n - 2) : n]) for n, text in enumerate(texts)]
    found = match(question, told)
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        ("Great news, the bank approved our loan on Friday, it took them ages and two visits.",
         "When did the bank approve our loan?", "Friday"),
        ("To all who missed it: the reading circle moved from the cafe to the town hall.",
         "Where is the reading circle?", "the town hall"),
        ("The new fence cost 2,300 euros, which made my uncle whistle.",
         "How much did the new fence cost?", "2,300 euros"),
        ("The raft is 4 metres 50 long and 2 metres 10 wide, and five of us fit if nobody jumps.",
         "How wide is the raft?", "2 metres 10 wide"),
        ("Every Sunday I sweep the porch and hose it down with rain water.",
         "Do I sweep the porch every Sunday?", "yes"),
        ("Unless it snows, the fair is in the barn, it always was.", "Where is the fair?", None),
    ],
)  # fmt: skip
def test_what_is_understood_between_marks_is_told(
    told: str, question: str, said: str | None
) -> None:
    assert _said(question, told) == said


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        ("I turned off the humidifier.", "Is the humidifier running?", "no"),
        ("Our ski pass has expired.", "Is our ski pass valid?", "no"),
        ("The bakery is not closing after all.", "Is the bakery staying open?", "yes"),
        ("The stairs are unlit.", "Are the stairs lit?", "no"),
        ("My canoe is faster than Ute's yellow one.", "Is Ute's canoe faster than mine?", "no"),
        ("There are 17 guests on the list.", "Are there 20 guests on the list?", "no"),
        ("You can enter the vault only if you have a badge.",
         "Can I enter the vault without a badge?", "no"),
        ("Everyone in the band except Tilo signed the card.", "Who didn't sign the card?", "Tilo"),
        ("The tin box holds the screws, the wooden one the nails.",
         "What is in the wooden box?", "the nails"),
        ("On Mondays Nele cooks, on Tuesdays Kai.", "Who cooks on Tuesdays?", "Kai"),
        ("I no longer bank with Corda, only with Lumo.", "Which bank do I bank with?", "Lumo"),
        ("Oma gave Jette her amber ring.", "Who has Oma's amber ring?", "Jette"),
        ("The lecture hours are 9:15 to 10:45.", "What are the lecture hours?", "9:15 to 10:45"),
        ("Next autumn Tilda will be on leave.", "Will Tilda be on leave next autumn?", "yes"),
        ("The Ravens beat the Otters 4-2.", "Who lost to the Ravens?", "the Otters"),
        ("driver on the old printer: 5.2.8", "Which driver is on the old printer?", "5.2.8"),
    ],
)  # fmt: skip
def test_what_follows_is_asked_in_other_words(told: str, question: str, said: str) -> None:
    assert _said(question, told) == said


@pytest.mark.parametrize(
    ("told", "then", "question", "said"),
    [
        ("Mr Dorn is the coach of our rowing club.", "Ms Hale has replaced Mr Dorn as coach.",
         "Is Mr Dorn still our coach?", "no"),
        ("Our fee is 30 euros.", "The fee was raised to 36 euros in May.",
         "How high is our fee?", "36 euros"),
        ("My cousin Bela runs an inn by the weir.", "It has eight rooms where nobody ever sleeps.",
         "How many rooms does Bela's inn have?", "eight"),
    ],
)  # fmt: skip
def test_what_was_told_before_is_gone_on_with(
    told: str, then: str, question: str, said: str
) -> None:
    assert _said(question, told, then) == said
