"""Words: what is one, what is dropped, what is found under the same form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory import words


def flat(text: str) -> list[str]:
    return [word for token in words.tokens(text) for word in token.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.5 at 12:30 in v1.2.", ["3.5", "at", "12:30", "in", "v1.2"]),
        ("don't DON’T", ["dont", "dont"]),
        ("12,000 1,234,567 in 1812,1813", ["12000", "1234567", "in", "1812", "1813"]),
        ("Ahab's Ahab’s whales'", ["ahab", "ahab", "whales"]),
        ("long-term (potentiation)", ["long", "term", "potentiation"]),
        ("l’homme qu'elle", ["homme", "elle"]),
        ("ＡＢＣ ﬁsh Straße", ["abc", "fish", "strasse"]),
        ("WolfgangSchulz", ["wolfgangschulz", "wolfgang", "schulz"]),
        ("co\u00adoperate", ["cooperate"]),
        ("مُحَمَّد", ["محمد"]),
        ("हिन्दी", ["हिन्दी"]),
        ("记忆研究", ["记", "忆", "研", "究", "记忆", "忆研", "研究"]),
        ("ภาษา", ["ภ", "า", "ษ", "า", "ภา", "าษ", "ษา"]),
        ("…!? —", []),
    ],
)
def test_what_is_a_word(text: str, expected: list[str]) -> None:
    assert flat(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("connections", "connected", "en"),
        ("organizations", "organization", "en"),
        ("résumé", "resume", "en"),
        ("bought", "buy", "en"),
        ("mice", "mouse", "en"),
        ("lives", "live", "en"),
        ("lives", "life", "en"),
        ("leaves", "leave", "en"),
        ("Häuser".lower(), "häusern", "de"),
        ("книги", "книга", "ru"),
    ],
)
def test_kin_share_a_form(one: str, other: str, language: str) -> None:
    assert set(words.forms(one, language)) & set(words.forms(other, language))


def test_words_of_different_meaning_share_none() -> None:
    international, internal, internet = (
        set(words.forms(word, "en")) for word in ("international", "internal", "internet")
    )
    assert not international & internal
    assert not internal & internet
    assert not international & internet


@given(st.text(max_size=200))
def test_places_are_those_of_the_raw_words(text: str) -> None:
    for token in words.tokens(text):
        assert text[token.start : token.end] == token.raw
        assert all(word == word.casefold() for word in token.words)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    for token in words.tokens(text):
        once = words.fold(token.raw)
        assert words.fold(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=200))
def test_ascii_and_general_patterns_agree(text: str) -> None:
    assert words.raw_tokens(text) == words.raw_tokens(f"{text} é")[:-1]


def test_keys_are_stable_between_processes() -> None:
    # Files of the cache outlive the process: a key that changed would silently find nothing.
    assert words.key("engram") == 9005156224539648997
    assert words.key("engram") != words.key("engram", "t")


def test_irregular_forms_meet_the_form_of_a_dictionary() -> None:
    for form, base in (("heard", "hear"), ("withdrawn", "withdraw"), ("mice", "mouse")):
        assert words.forms(form, "en") == words.forms(base, "en")
    assert words.forms("born", "en") != words.forms("bear", "en")
