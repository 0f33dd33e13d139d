"""Which questions name a key, and which only share words with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory import vault
from workbench.memory.vault import ParsedQuestion


def _names(question: str, key: str) -> bool:
    return vault.naming(ParsedQuestion.of(question), key) is not None


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("what is the wifi password?", "wifi password"),
        ("password of the wifi", "WiFi password"),
        ("wifi passwords", "the wifi password"),
        ("WiFi password", "wifi password"),
        ("wifi password", "WifiPassword"),
        ("Could you tell me the wifi password again, please?", "wifi password"),
        ("I need to remember the home wifi password", "wifi password"),
        ("wifi", "wifi password"),
        ("what's my résumé code", "resume code"),
        ("Wie lautet die PIN?", "PIN"),
        ("无线网络密码是什么？", "无线网络密码"),
        ("what is the pin of card 2", "card 2 pin"),
        ("Who am I", "who am i"),
        ("🔑🔑", "🔑🔑"),
        ("c++ LICENCE", "C++ licence"),
    ],
)
def test_a_question_names_its_key(question: str, key: str) -> None:
    assert _names(question, key)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("what is the bank password?", "wifi password"),
        ("what is the password of the bank account", "password"),
        ("what is the password of my home wifi router", "wifi"),
        ("card 2 pin", "card 1 pin"),
        ("international code", "internal code"),
        ("password", "home wifi password"),
        ("what is it?", "wifi password"),
        ("银行密码是什么？", "无线网络密码"),
        ("🔑", "🔑🔑"),
        ("", "wifi"),
    ],
)
def test_a_wrong_question_names_nothing(question: str, key: str) -> None:
    assert not _names(question, key)


def test_the_key_with_more_of_the_words_is_named_better() -> None:
    asked = ParsedQuestion.of("what is the home wifi password?")
    long, short = (vault.naming(asked, key) for key in ("home wifi password", "wifi password"))
    assert long is not None
    assert short is not None
    assert long.order > short.order
    asked = ParsedQuestion.of("what is the current balance?")
    right, wrong = (vault.naming(asked, key) for key in ("current balance", "old balance"))
    assert right is not None
    assert wrong is None or right.order > wrong.order


def test_marks_make_another_key_and_case_and_spacing_do_not() -> None:
    assert vault.name("C++  Licence ") == vault.name("c++ licence")
    assert vault.name("C# licence") != vault.name("C++ licence")


@given(st.text(max_size=60))
def test_every_key_is_named_by_itself(key: str) -> None:
    assert _names(key, key)
