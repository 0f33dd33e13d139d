"""A word of English letters is told by a shorter way, with the same outcome as every other."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.facts import reading, speech
from workbench.memory.facts.parsing import classes
from workbench.memory.irregular import LEMMAS
from workbench.memory.vocabulary import ENGLISH_STOP

_ENDINGS = ("", "s", "ed", "ing", "es", "ies", "en", "ss", "er")
_LISTED = sorted(
    word
    for word in {*classes._LISTED, *LEMMAS, *speech.VERBS, *speech.ALIASES, *speech.IRREGULAR,
                 *ENGLISH_STOP, "q", "us", "uk", "it", "pm", "i"}
    if word.isascii() and word.isalpha()
)  # fmt: skip


def _same(raw: str) -> None:
    shorter, longer = classes.told(raw), classes._told(reading.token(raw))
    assert shorter == longer._replace(forms=list(longer.forms)), raw


def test_every_word_of_the_lists_is_told_the_same() -> None:
    for word in _LISTED:
        for raw in (word, word.capitalize(), word.upper()):
            _same(raw)


def test_forms_of_every_verb_are_told_the_same() -> None:
    for word in sorted(speech.VERBS):
        for ending in _ENDINGS:
            _same(word + ending)


_LETTERS = "abdeginorsty"


@given(
    st.text(_LETTERS, min_size=1, max_size=9),
    st.sampled_from(_ENDINGS),
    st.sampled_from((str, str.capitalize, str.upper, str.swapcase)),
)
def test_any_word_is_told_the_same(stem: str, ending: str, written: type[str]) -> None:
    _same(written(stem + ending))
