"""Without a model, too, an answer quotes every source that says as much of the question."""

from collections.abc import Iterator

import pytest

from workbench.library import Library

SAID = {
    "Lecture": "The lighthouse of Bredal was built by Odile Brandt of Vardo.",
    "Sign": "The lighthouse of Bredal was painted white by the masons of Lund.",
    "Minutes": "The lighthouse of Bredal was lit by the keeper Torvald Bye.",
}


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        for title, words in SAID.items():
            around = f"Of the {title.lower()} little is left. {words} Then everybody went home."
            opened.add_text(around, title=title)
        opened.add_text("The town of Bredal was built on salt. It has a market.", title="Town")
        yield opened


def test_what_three_sources_tell_is_quoted_from_all_three(library: Library) -> None:
    answer = library.ask("What was done to the lighthouse of Bredal, and by whom?")
    assert not answer.abstained
    assert {each.text for each in answer.sentences} == set(SAID.values())
    cited = [answer.evidence[n - 1].source.title for s in answer.sentences for n in s.citations]
    assert sorted(cited) == sorted(SAID)


def test_what_says_less_of_the_question_does_not_join_in(library: Library) -> None:
    answer = library.ask("Who built the lighthouse of Bredal?")
    assert [each.text for each in answer.sentences] == [SAID["Lecture"]]
    assert answer.value == "Odile Brandt of Vardo"
