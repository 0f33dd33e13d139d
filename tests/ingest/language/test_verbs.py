"""Which verb a word is a form of."""

import pytest

from ingest.language.verbs import Form, forms, inflected, past_participle


@pytest.mark.parametrize(
    ("word", "verb", "form"),
    [
        ("hoped", "hope", "past"), ("stopped", "stop", "past"), ("visited", "visit", "past"),
        ("tried", "try", "past"), ("tied", "tie", "past"), ("dying", "die", "ing"),
        ("lent", "lend", "past"), ("sung", "sing", "participle"), ("watches", "watch", "s"),
        ("cries", "cry", "s"), ("making", "make", "ing"), ("was", "be", "past"),
        ("headed", "head", "past"), ("leased", "lease", "past"),
    ],
)  # fmt: skip
def test_a_form_leads_to_its_verb(word: str, verb: str, form: str) -> None:
    assert Form(verb, form) in forms(word)


@pytest.mark.parametrize("word", ["entry", "7:30", "rapid"])
def test_what_is_no_verb_has_no_forms(word: str) -> None:
    assert forms(word) == ()


def test_a_state_is_called_by_its_participle() -> None:
    assert [past_participle(v) for v in ("break", "block", "close")] == [
        "broken",
        "blocked",
        "closed",
    ]


def test_a_verb_is_put_into_its_forms() -> None:
    assert [inflected(v, "past") for v in ("go", "have", "stop", "marry", "live", "play")] == [
        "went",
        "had",
        "stopped",
        "married",
        "lived",
        "played",
    ]
    assert [inflected(v, "s") for v in ("do", "carry", "watch", "say")] == [
        "does",
        "carries",
        "watches",
        "says",
    ]
