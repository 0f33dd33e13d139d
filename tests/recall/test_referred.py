"""A sentence that says it or she of the one asked about is read as naming the one."""

from collections.abc import Iterator

import pytest

from workbench.library import Library
from workbench.recall.referred import carried, lines, opening

_NOTES = {
    "Wind": (
        "Skerry is a wind park with 30 turbines. It is owned by Tamsin Energy since 2016. Before "
        "that it belonged to the harbour."
    ),
    "Firms": (
        "Tamsin Energy has its seat in Lorn. Since last May the company is managed by Runa Holt. "
        "Runa Holt lives with her husband, the flautist Karl Auber, in Dalby. He collects bells."
    ),
    "Agnes Roe": (
        "Agnes Roe was an engineer. She was taught by a clerk. In 1911 she married the botanist "
        "Otis Vane. Her tutor was Hal Brodie."
    ),
    "Otis Vane": "Otis Vane was born in Melk. He drew mosses.",
    "Family": "Her cousin Piet came with his new wife, a singer from Ghent called Lotte.",
    "Birds": "The heron stands still for hours. Swifts sleep on the wing.",
}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        for title, said in _NOTES.items():
            opened.add_text(said, title=title)
        yield opened


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("It is owned by Tamsin Energy since 2016.", ""),
        ("Since last spring the company is managed by Runa Holt.", ""),
        ("In 1911 she married the botanist Otis Vane.", ""),
        ("Last May she married the botanist Otis Vane.", ""),
        ("Besides the Tarn Viaduct she designed a tower.", ""),
        ("The Tarn Viaduct crosses the river.", "Tarn Viaduct"),
        ("Skerry's owner is rich.", "Skerry"),
    ],
)
def test_a_sentence_is_about_its_first_name_or_what_stands_for_one(
    sentence: str, name: str
) -> None:
    found = opening(sentence)
    assert found is not None
    assert found.name == name


def test_a_pronoun_is_the_nearest_name_before_it_and_else_what_stands_above() -> None:
    before = ["Ann Roe drew maps.", "She was born in Lorn.", "Bea Lind sang."]
    assert carried("She married.", before) == "Bea Lind"
    assert carried("She married.", before[:2]) == "Ann Roe"
    assert carried("She married.", [], ["Cleo Marsh"]) == "Cleo Marsh"
    assert carried("Dora Platt married.", before) == ""
    assert carried("rain fell all day", before) == ""


def test_what_stands_about_a_quote_is_its_title_its_heading_and_sentences() -> None:
    above, before = lines("A title\nBuilding\nWar Ann came. It rained. Repair\nafter")
    assert above == ["A title", "Building"]
    assert before == ["War Ann came.", "It rained."]
    assert lines("no lines") == ([], [])


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("Who owns Skerry?", "Tamsin Energy", "It is owned by Tamsin Energy"),
        ("Who manages Tamsin Energy?", "Runa Holt", "the company is managed by Runa Holt"),
        ("Who is the husband of Runa Holt?", "Karl Auber", "her husband, the flautist"),
        ("Who is the husband of Agnes Roe?", "Otis Vane", "she married the botanist"),
        ("Who was the tutor of Agnes Roe?", "Hal Brodie", "Her tutor was Hal Brodie"),
        ("Who is the wife of Piet?", "Lotte", "his new wife"),
    ],
)
def test_what_is_told_of_a_pronoun_gives_the_value(
    library: Library, question: str, value: str, sentence: str
) -> None:
    answer = library.ask(question)
    assert answer.value == value
    assert sentence in answer.sentences[0].text


@pytest.mark.parametrize(
    "question",
    ["Who is the husband of Lotte Auber?", "Who is the wife of Hal Brodie?", "Who married Piet?"],
)
def test_who_belongs_to_somebody_else_is_no_value(library: Library, question: str) -> None:
    assert library.ask(question).value not in ("Karl Auber", "Otis Vane", "Agnes Roe")


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("Who manages the owner of Skerry?", ("is owned by Tamsin", "is managed by Runa")),
        ("Where was the husband of Agnes Roe born?", ("she married the", "was born in Melk")),
    ],
)
def test_A10_two_steps_are_told_and_cited_over_pronouns(
    library: Library, question: str, steps: tuple[str, str]
) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert len(answer.sentences) == len(steps)
    for said, step in zip(answer.sentences, steps, strict=True):
        assert step in said.text
        quote = answer.evidence[said.citations[0] - 1]
        assert said.text in quote.quote
    first = answer.evidence[1].path[0]
    assert first.sentence == answer.sentences[0].text
    row = next(each for each in library.sources() if each.id == first.source)
    assert first.title == row.title
