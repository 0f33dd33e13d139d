"""A sentence that says it or she of the one asked about answers as one that names the one."""

from collections.abc import Iterator

import pytest

from workbench.library import Library

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


@pytest.mark.usefixtures("reading")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who owns Skerry?", "It is owned by Tamsin Energy"),
        ("Who manages Tamsin Energy?", "the company is managed by Runa Holt"),
        ("Who is the husband of Runa Holt?", "her husband, the flautist"),
        ("Who is the husband of Agnes Roe?", "she married the botanist"),
        ("Who is the wife of Piet?", "his new wife"),
    ],
)
def test_what_is_told_of_a_pronoun_answers(library: Library, question: str, sentence: str) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert sentence in answer.sentences[0].text


@pytest.mark.parametrize(
    "question",
    ["Who is the husband of Lotte Auber?", "Who is the wife of Hal Brodie?", "Who married Piet?"],
)
def test_who_belongs_to_somebody_else_is_no_value(library: Library, question: str) -> None:
    assert library.ask(question).value not in ("Karl Auber", "Otis Vane", "Agnes Roe")
