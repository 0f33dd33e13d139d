"""A correction takes the place of what was told just before, in the role of the same sort."""

import pytest

from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


def _said(question: str, *texts: str) -> str | None:
    told = [Statement(n, text, float(n), texts[max(0, n - 2) : n]) for n, text in enumerate(texts)]
    found = match(question, told)
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "correction", "question", "said"),
    [
        ("The tram leaves at 8:14.", "No wait, I mean 8:41.", "When does the tram leave?", "8:41"),
        ("The vet comes on Monday.", "Actually on Friday.", "When does the vet come?", "Friday"),
        ("My tutor's surname is Holz.", "Correction, her surname is Holt.",
         "What is my tutor's surname?", "Holt"),
        ("We need 9 tents for the camp.", "Oops, not 9 but 19.",
         "How many tents do we need for the camp?", "19"),
        ("We need 9 tents for the camp.", "Oops, not 9 but 19.",
         "Do we need 9 tents for the camp?", "no"),
        ("My badge number is 3381.", "Typo: 3318.", "What is my badge number?", "3318"),
        ("The rent is 400 euros.", "Make that 450.", "How much is the rent?", "450"),
        ("Nils lives in Graz.", "Oops, Linz, not Graz.", "Where does Nils live?", "Linz"),
        ("The tank holds 60 litres.", "Actually, the tank holds 80 litres.",
         "How many litres does the tank hold?", "80"),
        ("The rug is grey.", "My mistake, it's brown.", "What colour is the rug?", "brown"),
        ("Choir is in the town hall.", "Not the town hall, sorry, the library.", "Where is choir?",
         "the library"),
        ("The dog weighs 21 kilos.", "Ignore that, it weighs 24 kilos.",
         "How much does the dog weigh?", "24 kilos"),
        ("The test covers chapters 2 to 5.", "Wrong, I meant chapters 3 to 7.",
         "Which chapters does the test cover?", "chapters 3 to 7"),
    ],
)  # fmt: skip
def test_what_is_taken_back_gives_way(told: str, correction: str, question: str, said: str) -> None:
    assert _said(question, told, correction) == said


@pytest.mark.parametrize("other", ["No parking behind the barn.", "Wait 10 minutes."])
def test_what_only_begins_alike_takes_nothing_back(other: str) -> None:
    assert (
        _said("How long is the break?", "The break is 25 minutes long.", other) == "25 minutes long"
    )
