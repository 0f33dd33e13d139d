"""Names in a sentence, and what a title may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.recall.mentions import mentions, title_names


def _raws(sentence: str) -> list[str]:
    return [each.raw for each in mentions(sentence)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The ferry was built by Ansel Brandt.", {"Ansel Brandt"}),
        ("It lies near Brandt in Harrow Quay.", {"Brandt in Harrow Quay", "Brandt", "Harrow Quay"}),
        ("He saw the Museum of the Tides in 1904.", {"Museum of the Tides", "Museum"}),
        ("It was led by G. Orrin, then by Fred F. Lasker.", {"G. Orrin", "Fred F. Lasker"}),
        ("With Mr. Tolland, Mrs. Pike and others left.", {"Mr. Tolland", "Mrs. Pike"}),
        ("They left. Then nobody came.", set()),
        ("Er kam aus Örebro (Schweden).", {"Örebro", "Schweden"}),
        ("After Ansel Brandt left, the ferry lay idle.", {"Ansel Brandt"}),
        ("", set()),
    ],
)
def test_names_are_runs_of_capitals(sentence: str, names: set[str]) -> None:
    assert names <= set(_raws(sentence))
    assert not {each for each in _raws(sentence) if "," in each or "(" in each}
    if not names:
        assert set(_raws(sentence)) <= {"They", "Then"}


@pytest.mark.parametrize("opening", ["After", "Although", "Meanwhile", "Nachdem", "Depuis"])
def test_a_word_that_opens_a_sentence_is_no_name(opening: str) -> None:
    assert _raws(f"{opening} a long day they slept.") == []
    assert _raws(f"{opening} Tolland spoke.") == ["Tolland"]
    assert f"{opening} Tolland" in _raws(f"They read {opening} Tolland.")


@pytest.mark.parametrize(
    ("sentence", "name", "known"),
    [
        ("It was sung for Ada Marie Lindqvist.", "Ada Lindqvist", True),
        ("It was sung for Ada van der Lindqvist.", "Ada Lindqvist", True),
        ("It was sung for Harbour of Sell Warden Ada Lindqvist.", "Harbour Lindqvist", False),
        ("It was sung in Harrow Quay and Upper Sell.", "Harrow Sell", False),
        ("It was sung for Edda the Patient.", "Edda Patient", False),
    ],
)
def test_the_ends_of_one_name_are_a_name_and_those_of_several_are_none(
    sentence: str, name: str, known: bool
) -> None:
    assert (name in _raws(sentence)) is known


@given(st.text())
def test_any_text_gives_names_that_stand_in_it_by_their_ends(text: str) -> None:
    for each in mentions(text):
        first, last = each.raw.split()[0], each.raw.split()[-1]
        assert first in text
        assert last in text
        assert each.name


def test_a_title_is_called_by_its_plain_and_first_parts() -> None:
    assert title_names("The Lantern (film)") == {("lantern", "film"): 1.0, ("lantern",): 0.9}
    assert title_names("Orrin, Baron of Sell")[("orrin",)] == 0.7
    assert title_names("Jonas Pell Jr.")[("jonas", "pell")] == 0.9
    assert title_names("") == {}
