"""A11: question words of other languages ask, and are not looked for in the text."""

from collections.abc import Iterator

import pytest

from workbench.library import Library

_RUSSIAN = (
    "Маяк на острове Серый был построен в 1861 году инженером Павлом Лебедевым. "
    "Высота башни составляет тридцать два метра."
)
_CHINESE = (
    "老王在杭州开了一家茶馆,名叫清风阁。清风阁建于1923年,最早的主人是他的祖父王德明。"
    "老王的女儿王小雨在上海学习建筑。她打算明年回来修复茶馆的屋顶。"
)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        opened.add_text(_RUSSIAN, title="Маяк")
        opened.add_text(_CHINESE, title="茶馆")
        yield opened


def _terms(library: Library, question: str) -> list[str]:
    return [term.word for term in library._core.recall.retrieve(question).cue.terms]


@pytest.mark.parametrize("asks", ["Какова", "Каков", "Каково"])
def test_A11_russian_words_that_ask_are_not_looked_for(library: Library, asks: str) -> None:
    answer = library.ask(f"{asks} высота башни?", quotes=True)
    assert _terms(library, f"{asks} высота башни?") == ["высота", "башни"]
    assert not answer.abstained
    assert "тридцать два метра" in answer.sentences[0].text


def test_A11_what_is_left_of_a_chinese_word_that_asks_is_no_word(library: Library) -> None:
    answer = library.ask("清风阁是哪一年建的?", quotes=True)
    assert "年建" not in _terms(library, "清风阁是哪一年建的?")
    assert "1923" in answer.sentences[0].text


def test_A11_the_seam_of_two_chinese_words_is_not_missing(library: Library) -> None:
    said = _terms(library, "王小雨打算什么时候回来?")
    assert "雨打" not in said
    assert {"小雨", "打算", "回来"} <= set(said)
    # A word of which a part stands nowhere is missing nevertheless.
    assert "建立" in _terms(library, "谁建立了清风阁?")
