"""What was told is never contradicted: asked about it, the answer is what was told, or silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match

_PEOPLE = ("Ada", "Bruno", "Cleo", "Dario", "my aunt", "our neighbour", "Mr. Falk")
_OTHERS = ("Edith", "Goran", "my cousin", "Mrs. Hale")
_THINGS = ("lamp", "spare key", "blue kettle", "ladder", "garden hose")
_PLACES = ("shelf", "old shed", "table", "workbench", "piano")
_PREPOSITIONS = ("on", "under", "behind", "next to", "in front of", "above", "inside")
_STATES = (("open", "closed"), ("full", "empty"), ("clean", "dirty"), ("locked", "unlocked"),
           ("wet", "dry"), ("hot", "cold"))  # fmt: skip
_HEDGES = ("Maybe {}.", "Perhaps {}.", "Ivan says that {}.", "{} if it rains.")
people, others = st.sampled_from(_PEOPLE), st.sampled_from(_OTHERS)
things, places = st.sampled_from(_THINGS), st.sampled_from(_PLACES)
prepositions = st.sampled_from(_PREPOSITIONS)


def _said(question: str, *texts: str) -> str | None:
    found = match(question, [Statement(n, text, float(n)) for n, text in enumerate(texts)])
    return None if found is None else found.answer


@given(things, places, prepositions, prepositions)
def test_prepositions(thing: str, place: str, told: str, asked: str) -> None:
    said = _said(f"Is the {thing} {asked} the {place}?", f"The {thing} is {told} the {place}.")
    if told == asked:
        assert said == "yes"
    else:
        assert said in (None, "no")


@given(things, places, prepositions)
def test_places(thing: str, place: str, told: str) -> None:
    said = _said(f"Where is the {thing}?", f"The {thing} is {told} the {place}.")
    assert said == f"{told} the {place}"
    assert _said(f"Where is the red {thing}?", f"The {thing} is {told} the {place}.") is None


@given(things, st.sampled_from(_STATES), st.booleans(), st.booleans())
def test_opposites(thing: str, states: tuple[str, str], first: bool, denied: bool) -> None:
    told, contrary = states if first else states[::-1]
    negation = "not " if denied else ""
    text = f"The {thing} is {negation}{told}."
    assert _said(f"Is the {thing} {told}?", text) == ("no" if denied else "yes")
    assert _said(f"Is the {thing} {contrary}?", text) in ((None, "yes") if denied else ("no",))


@given(people, others, st.sampled_from(("visited", "paid", "hired", "taught")))
def test_subject_and_object(who: str, whom: str, verb: str) -> None:
    base = {"visited": "visit", "paid": "pay", "hired": "hire", "taught": "teach"}[verb]
    text = f"{who[0].upper()}{who[1:]} {verb} {whom}."
    assert _said(f"Did {who} {base} {whom}?", text) == "yes"
    assert _said(f"Did {whom} {base} {who}?", text) in (None, "no")
    assert _said(f"Who {verb} {whom}?", text) == who[:1].upper() + who[1:]
    assert _said(f"Who {verb} {who}?", text) is None


@given(things, st.sampled_from(_STATES), st.sampled_from(_HEDGES))
def test_what_is_but_possible(thing: str, states: tuple[str, str], hedge: str) -> None:
    text = hedge.format(f"the {thing} is {states[0]}")
    for state in states:
        assert _said(f"Is the {thing} {state}?", text) is None


@given(people, things, st.sampled_from(("red", "new", "broken")))
def test_another_owner(who: str, thing: str, state: str) -> None:
    text = f"{who[0].upper()}{who[1:]}'s {thing} is {state}."
    assert _said(f"Is Edith's {thing} {state}?", text) is None
    assert _said(f"Is {who}'s {thing} {state}?", text) == "yes"


@given(people, st.permutations(["Perth", "Quito", "Riga"]), st.booleans())
def test_tenses(who: str, cities: list[str], late: bool) -> None:
    name = who[0].upper() + who[1:]
    now = f"{name} lives in {cities[0]}."
    beside = [f"{name} lived in {cities[1]}.", f"{name} will live in {cities[2]}."]
    texts = [*beside, now] if late else [now, *beside]
    assert _said(f"Where does {who} live?", *texts) == cities[0]
    assert _said(f"Where did {who} live before?", *texts) == cities[1]
    assert _said(f"Where will {who} live?", *texts) == cities[2]
    assert _said(f"Does {who} live in {cities[1]}?", *texts) in (None, "no")


@pytest.mark.parametrize("verb", ["likes", "sells", "repairs", "carries"])
def test_what_is_left_out_the_second_time(verb: str) -> None:
    text = f"Ada {verb} lamps and Bruno ladders."
    base = {"likes": "like", "sells": "sell", "repairs": "repair", "carries": "carry"}[verb]
    assert _said(f"What does Bruno {base}?", text) == "ladders"
    assert _said(f"Who {verb} lamps?", text) == "Ada"
    assert _said(f"Does Ada {base} ladders?", text) in (None, "no")


@given(
    things,
    st.sampled_from(_STATES),
    st.sampled_from(("might be", "may be", "could be", "should be", "will be", "would be")),
)
def test_what_may_or_will_be_says_nothing_of_now(
    thing: str, states: tuple[str, str], verb: str
) -> None:
    for state in states:
        assert _said(f"Is the {thing} {state}?", f"The {thing} {verb} {states[0]}.") is None


@given(things, st.sampled_from(_STATES), st.booleans())
def test_what_was_says_nothing_against_what_is(
    thing: str, states: tuple[str, str], late: bool
) -> None:
    now, past = f"The {thing} is {states[0]}.", f"The {thing} was {states[1]} last week."
    texts = (past, now) if late else (now, past)
    assert _said(f"Is the {thing} {states[0]}?", *texts) == "yes"
    assert _said(f"Is the {thing} {states[1]}?", *texts) == "no"


@pytest.mark.slow
@given(st.permutations(["Ada", "Bruno", "Cleo"]), st.permutations(_THINGS), places)
def test_of_what_is_coordinated_each_keeps_its_own(
    who: list[str], what: list[str], place: str
) -> None:
    text = f"{who[0]} repaired the {what[0]} and {who[1]} painted the {what[1]}."
    assert _said(f"Who repaired the {what[0]}?", text) == who[0]
    assert _said(f"Who painted the {what[1]}?", text) == who[1]
    assert _said(f"Did {who[1]} repair the {what[0]}?", text) in (None, "no")
    assert _said(f"Did {who[0]} paint the {what[1]}?", text) in (None, "no")
    assert _said(f"Did {who[2]} paint the {what[1]}?", text) in (None, "no")
    both = f"The {what[0]} and the {what[1]} are on the {place}."
    for each in what[:2]:
        assert _said(f"Where is the {each}?", both) in (None, f"on the {place}")
        assert _said(f"Is the {each} on the {place}?", both) in (None, "yes")
    assert _said(f"Is the {what[2]} on the {place}?", both) is None


@given(people, others, st.sampled_from(("visit", "pay", "hire", "teach")), st.booleans())
def test_what_is_denied_is_never_said_to_be(who: str, whom: str, verb: str, ever: bool) -> None:
    text = f"{who[0].upper()}{who[1:]} {'never' if ever else 'did not'} {verb} {whom}."
    past = {"visit": "visited", "pay": "paid", "hire": "hired", "teach": "taught"}[verb]
    text = text.replace(verb, past, 1) if ever else text
    assert _said(f"Did {who} {verb} {whom}?", text) in (None, "no")
    assert _said(f"Who {past} {whom}?", text) is None
    assert _said(f"Whom did {who} {verb}?", text) is None


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("No dogs are allowed in the flats.", "Are dogs allowed in the flats?"),
        ("No visitors are admitted after nine.", "Are visitors admitted after nine?"),
        ("No lessons are held in July.", "Are lessons held in July?"),
        ("No parcels were delivered on Monday.", "Were parcels delivered on Monday?"),
        ("No member pays a fee.", "Does a member pay a fee?"),
    ],
)
def test_none_of_them_is_no_yes(told: str, question: str) -> None:
    assert _said(question, told) != "yes"


@pytest.mark.parametrize("verb", ["led to", "caused", "resulted in", "triggered"])
def test_a_consequence_is_not_a_cause(verb: str) -> None:
    told = f"The delays {verb} complaints."
    assert _said("What caused the delays?", told) is None
    assert _said("What caused the complaints?", told) == "The delays"
    assert _said("What led to the complaints?", told) == "The delays"


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("Frieda takes 5 mg of ramipril in the morning.", "Does Frieda take ramipril?"),
        ("Frieda works for Kranz.", "Does Frieda work for Kranz?"),
        ("Frieda is a member of the choir.", "Is Frieda a member of the choir?"),
    ],
)
def test_a_switch_ends_nothing_of_another_kind(told: str, question: str) -> None:
    assert _said(question, told, "Frieda switched to oat milk.") == "yes"
