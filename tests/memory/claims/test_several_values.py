"""What may be many things: a second value denies no first one, and all of them are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.claims import claims_of
from workbench.memory.claims.cardinality import excludes, slots
from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match

#: A statement, the question for yes or no, the one for all values; values that differ.
_MANY = (
    ("I am allergic to {}.", "Am I allergic to {}?", "What am I allergic to?",
     ("pollen", "wasps", "latex")),
    ("Runa takes {}.", "Does Runa take {}?", "What does Runa take?",
     ("codeine", "warfarin", "insulin")),
    ("The library is open on {}.", "Is the library open on {}?", "When is the library open?",
     ("Monday", "Wednesday", "Sunday")),
    ("Runa speaks {}.", "Does Runa speak {}?", "What does Runa speak?",
     ("Basque", "Welsh", "Farsi")),
    ("Runa is fluent in {}.", "Is Runa fluent in {}?", "What is Runa fluent in?",
     ("Basque", "Welsh", "Farsi")),
    ("Runa is a member of {}.", "Is Runa a member of {}?", "What is Runa a member of?",
     ("the rowing club", "the jury", "the union")),
    ("My aunt is responsible for {}.", "Is my aunt responsible for {}?",
     "What is my aunt responsible for?", ("the archive", "the garden", "the payroll")),
    ("Runa's hobby is {}.", "Is Runa's hobby {}?", "What is Runa's hobby?",
     ("rowing", "pottery", "chess")),
    ("Runa has {}.", "Does Runa have {}?", "What does Runa have?",
     ("a goat", "a tortoise", "a canary")),
    ("{} is in the meeting.", "Is {} in the meeting?", "Who is in the meeting?",
     ("Ada", "Goran", "Milan")),
    ("The ferry stops at {}.", "Does the ferry stop at {}?", "Where does the ferry stop?",
     ("the pier", "the mole", "the island")),
    ("My friend is {}.", "Is {} my friend?", "Who is my friend?", ("Ada", "Goran", "Milan")),
    ("Runa reports to {}.", "Does Runa report to {}?", "Who does Runa report to?",
     ("Ada", "Goran", "Milan")),
)  # fmt: skip


def _said(question: str, *texts: str) -> str | None:
    found = match(question, [Statement(n, text, float(n)) for n, text in enumerate(texts)])
    return None if found is None else found.answer


@given(st.sampled_from(_MANY), st.permutations(range(3)))
def test_a_second_value_is_no_denial(
    relation: tuple[str, str, str, tuple[str, ...]], order: list[int]
) -> None:
    statement, closed, open_, values = relation
    told = [values[at] for at in order]
    texts = [statement.format(value) for value in told]
    for value in told[:2]:
        assert _said(closed.format(value), *texts[:2]) == "yes"
    # nobody said anything about the third
    assert _said(closed.format(told[2]), *texts[:2]) is None
    said = _said(open_, *texts) or ""
    assert all(value in said for value in told)
    # the newest one comes first
    assert sorted(told, key=said.index) == told[::-1]


@given(st.sampled_from(_MANY[:1] + _MANY[3:5]), st.permutations(range(3)))
def test_what_is_denied_stays_denied(
    relation: tuple[str, str, str, tuple[str, ...]], order: list[int]
) -> None:
    statement, closed, open_, values = relation
    denied, other, _ = (values[at] for at in order)
    denial = statement.replace(" am ", " am not ").replace(" is ", " is not ")
    denial = denial.replace("speaks", "does not speak").format(denied)
    for texts in ((denial, statement.format(other)), (statement.format(other), denial)):
        assert _said(closed.format(denied), *texts) == "no"
        assert _said(closed.format(other), *texts) == "yes"
        assert _said(open_, *texts) == other


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        # What is but one thing changes.
        (["My tariff is starter.", "My plan is free.", "My plan is pro."], "What is my plan?",
         "pro"),
        (["My plan is free.", "My plan is pro."], "Is my plan free?", "no"),
        (["My plan is pro."], "Is my plan free?", "no"),
        (["My plan is pro."], "Is my plan expensive?", None),
        (["My code is fig7.", "My code is plum8."], "What is my code?", "plum8"),
        (["Nell lives in Hull.", "Nell lives in Wells."], "Does Nell live in Hull?", "no"),
        (["Nell is 30 years old."], "Is Nell 31 years old?", "no"),
        (["The fair is on Monday.", "The fair is on Friday."], "When is the fair?", "Friday"),
        (["My husband is Bo."], "Is Goran my husband?", "no"),
        (["Bo is our treasurer.", "Milan is our treasurer."], "Who is our treasurer?", "Milan"),
        (["Bo is our treasurer.", "Milan is our treasurer."], "Is Bo our treasurer?", "no"),
        (["Nell is on the board.", "Nell is on the jury."], "Is Nell on the board?", "yes"),
        (["Nell is in charge of sales.", "Nell is in charge of hiring."],
         "Is Nell in charge of sales?", "yes"),
        (["The gate is open on Monday.", "The gate is closed on Sunday."],
         "Is the gate open on Monday?", "yes"),
        (["Nell is good at chess.", "Nell is bad at darts."], "Is Nell good at chess?", "yes"),
        (["We close at noon on Sundays.", "We close at six on Fridays."],
         "Do we close at noon on Sundays?", "yes"),
        (["The entry costs 5 euros for children.", "The entry costs 9 euros for adults."],
         "How much does the entry cost for children?", "5 euros"),
        # A statement may exclude the others.
        (["Nell plays the oboe.", "Nell plays the horn now."], "What does Nell play?", "the horn"),
        (["Nell plays the oboe.", "Nell only plays the horn."], "Does Nell play the oboe?", "no"),
        (["Nell takes iron.", "Nell takes zinc instead."], "What does Nell take?", "zinc"),
        (["Nell plays the oboe.", "Nell also plays the horn now."], "Does Nell play the oboe?",
         "yes"),
        (["I am allergic to pollen.", "I am now allergic to wasps."], "Am I allergic to pollen?",
         "yes"),
        (["The bath is open on Monday.", "The bath is only open on Friday."],
         "Is the bath open on Monday?", "no"),
        (["The bath is only open on Friday."], "Is the bath open on Monday?", "no"),
        (["My cook is Bo.", "My new cook is Ida."], "Who is my cook?", "Ida"),
    ],
)  # fmt: skip
def test_what_is_but_one_thing_changes(told: list[str], question: str, said: str | None) -> None:
    assert _said(question, *told) == said


@pytest.mark.parametrize(
    ("text", "single"),
    [
        ("My plan is pro.", True),
        ("The capital of Malta is Valletta.", True),
        ("Nell lives in Hull.", True),
        ("The deploy target is staging.", True),
        ("My favourite hobby is chess.", True),
        ("Nell only drinks tea.", True),
        ("My hobby is chess.", False),
        ("My sister is Ida.", False),
        ("Nell drinks tea.", False),
        ("I am allergic to wasps.", False),
        ("The yard is open on Monday.", True),
        ("Choir is on Monday.", False),
        ("The bus leaves at 8.", False),
        ("My bus leaves at 8.", True),
    ],
)
def test_cardinality(text: str, single: bool) -> None:
    (claim,) = [claim for claim in claims_of(text).claims if not claim.derived]
    assert (excludes(claim.clause) or bool(slots(claim.clause))) is single


def test_only_at_some_time_excludes_no_other_value() -> None:
    told = [
        Statement(0, "Olga is allergic to latex.", 0.0),
        Statement(1, "Olga is allergic to kiwis only in spring.", 1.0),
    ]
    found = match("What is Olga allergic to?", told)
    assert found is not None
    assert "latex" in found.answer
    assert "kiwis" in found.answer
