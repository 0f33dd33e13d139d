"""What sentences claim: slots, moods and topics by classes of sentences."""

import pytest

from workbench.memory.facts.claims import Claim, read
from workbench.memory.facts.parsing.sentences import rows, sentence
from workbench.store.claim_records import ClaimRow


def said(text: str) -> list[tuple[str, dict[str, str]]]:
    """Each claim: its verb, and role → text."""
    statement = read(text)

    def part(first: int, last: int) -> str:
        start, end = statement.span(first, last)
        return text[start:end]

    return [
        (claim.verb, {slot.role: part(slot.first, slot.last) for slot in claim.slots})
        for claim in statement.claims
    ]


def only(text: str) -> Claim:
    (claim,) = read(text).claims
    return claim


def row(text: str) -> ClaimRow:
    (each,) = rows(sentence(text))
    return each


@pytest.mark.parametrize(
    ("text", "verb", "slots"),
    [
        ("The wifi password is plover88", "be", {"key": "The wifi password", "value": "plover88"}),
        ("gate code: 4471", "be", {"key": "gate code", "value": "4471"}),
        ("Petrel is owned by Ilona", "own", {"object": "Petrel", "subject": "Ilona"}),
        ("Ilona owns Petrel", "own", {"subject": "Ilona", "object": "Petrel"}),
        ("we moved the review to Friday", "be", {"key": "the review", "value": "Friday"}),
        ("Kim lent Boris the ladder", "lend", {"subject": "Kim", "to": "Boris",
                                               "object": "the ladder"}),
        ("Please note that the tent is red", "be", {"key": "the tent", "value": "red"}),
        ("fyi, by the way: my plan is pro", "be", {"key": "my plan", "value": "pro"}),
        ("As of now, that door is blue", "be", {"key": "door", "value": "blue"}),
        ("the mug is in the shed", "be", {"key": "the mug", "in": "the shed"}),
        ("last week, Ada worked in Rome", "work", {"subject": "Ada", "in": "Rome"}),
        ("the boat is called Heron", "call", {"key": "the boat", "value": "Heron"}),
        ("locker 12", "be", {"key": "locker", "value": "12"}),
        ("我的密码是1234", "be", {"key": "我的密码", "value": "1234"}),
    ],
)  # fmt: skip
def test_a_sentence_fills_the_slots_of_its_verb(
    text: str, verb: str, slots: dict[str, str]
) -> None:
    assert said(text) == [(verb, slots)]


def test_clauses_with_verbs_of_their_own_claim_one_by_one() -> None:
    assert said("Ada lives in Bonn, and Kim works for Acme; the cat is grey") == [
        ("live", {"subject": "Ada", "in": "Bonn"}),
        ("work", {"subject": "Kim", "for": "Acme"}),
        ("be", {"key": "the cat", "value": "grey"}),
    ]
    assert said("Ada lives in Bonn and is a nurse")[1] == (
        "be", {"key": "Ada", "value": "a nurse"}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "negative", "ended", "doubtful"),
    [
        ("Ada is not in Bonn", True, False, False),
        ("Ada no longer lives in Bonn", True, True, False),
        ("Ada probably lives in Bonn", False, False, True),
        ("Ada has no car", True, False, False),
        ("Ada lives in Bonn", False, False, False),
    ],
)
def test_the_mood_of_a_claim(text: str, negative: bool, ended: bool, doubtful: bool) -> None:
    claim = only(text)
    assert (claim.negative, claim.ended, claim.doubtful) == (negative, ended, doubtful)


@pytest.mark.parametrize("text", ["The light is on", "the boiler is off again", "He is in of"])
def test_a_copula_with_but_a_preposition_behind_it_has_that_as_its_value(text: str) -> None:
    assert [slot.role for slot in only(text).slots] == ["key", "value"]
    assert row(text).content


def test_nothing_between_to_and_from_is_no_change() -> None:
    for text in ("My plan changed to from pro", "the plan is changed to from pro"):
        each = row(text)
        assert each.value[0] <= each.value[1]


def test_digits_that_are_no_number_are_no_year() -> None:
    assert read("the tally is ፩፪፫፬").claims


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My plan is pro", "my plan is now gold"),
        ("Petrel is owned by Ilona", "Kim owns Petrel"),
        ("Bastian reports to Ilona", "the manager of Bastian is Kim"),
        ("the mug is in the shed", "the mug is under the bed"),
        ("the review is on Monday", "the review is at noon"),
        ("my colour is red", "my color is blue"),
        ("The capital of France is Paris", "Lyon is the capital of France"),
    ],
)
def test_two_claims_about_the_same_have_one_topic(one: str, other: str) -> None:
    assert row(one).topic == row(other).topic != 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the blue door code is 1", "the red door code is 1"),
        ("project1 is due", "project10 is due"),
        ("the mug is in the shed", "the mug is red"),
        ("the review is on Monday", "the review is long"),
    ],
)
def test_claims_about_different_things_have_not(one: str, other: str) -> None:
    assert row(one).topic != row(other).topic


@pytest.mark.parametrize("text", ["I like tea", "my old plan was pro", "my plan is not pro"])
def test_what_one_can_have_many_of_settles_nothing(text: str) -> None:
    assert row(text).topic == 0
    assert row(text).content != 0
