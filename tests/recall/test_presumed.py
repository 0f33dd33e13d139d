"""A question that presumes what nothing here says of the one it names is not answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recall.claims import claims
from workbench.library import Library

_PAGES = {
    "Tarn Viaduct": (
        "The Tarn Viaduct is a stone bridge over the river Lune. It was opened in May 1874 and has "
        "nineteen arches. The viaduct was damaged by a storm in 1902 and repaired a year later."
    ),
    "Ada Fenwick": (
        "Ada Fenwick was an engineer from Dunmoor. She designed the Tarn Viaduct and two tunnels. "
        "In 1881 she won the Calder Medal for her book on arches."
    ),
    "Rufus Hale": (
        "Rufus Hale was a mason and poet. His poems were printed in Dunmoor. He taught Ada Fenwick "
        "to cut stone."
    ),
    "Minutes": (
        "Present were Oskar, Bea Lindt and the treasurer. Oskar will mend the pump behind the "
        "orchard. Bea Lindt reported on the seeds. The board chose the oak bench since it lasts. "
        "Sven lost his passport on the ferry, and the purser found it."
    ),
    "Birds": "The heron stands still for hours. Swifts sleep on the wing above the town.",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path = Path(tmp_path_factory.mktemp("pages")) / "pages.brain"
    with pytest.MonkeyPatch.context() as patch, Library.open(path) as library:
        patch.setenv("WORKBENCH_READER", "")
        for title, words in _PAGES.items():
            library.add_text(words, title=title)
        yield library


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When was the Tarn Viaduct opened?", "1874"),
        ("Who designed two tunnels?", "designed"),
        ("What did Ada Fenwick win in 1881?", "Calder Medal"),
        ("What did Rufus Hale teach?", "cut stone"),
        ("What will Oskar mend?", "pump"),
        ("Where did Sven lose his passport?", "ferry"),
    ],
)
def test_what_is_told_of_the_one_who_is_named_is_answered(
    pages: Library, question: str, said: str
) -> None:
    answer = pages.ask(question)
    assert not answer.abstained
    assert said in " ".join(each.text for each in answer.sentences)


@pytest.mark.parametrize(
    "question",
    [
        "How many children did Rufus Hale have?",
        "Who financed the stone Tarn Viaduct?",
        "When was the Tarn Viaduct sold?",
        "Why did Rufus Hale resign?",
        "How many calories has an oak bench?",
    ],
)
def test_what_nothing_tells_of_the_one_who_is_named_is_not_claimed(
    pages: Library, question: str
) -> None:
    answer = pages.ask(question)
    assert not claims(answer)


@pytest.mark.parametrize("keywords", ["Calder Medal", "viaduct storm", "Oskar pump", "heron"])
def test_keywords_are_met_by_what_holds_them(pages: Library, keywords: str) -> None:
    answer = pages.ask(keywords)
    assert not answer.abstained
    assert keywords.split()[-1] in answer.evidence[0].quote


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who instructed Ada Fenwick to cut stone?", "He taught"),
        ("How many arches has the Tarn Viaduct?", "nineteen"),
        ("How many tunnels did Ada Fenwick design?", "two tunnels"),
    ],
)
def test_what_is_told_in_a_like_word_is_answered(pages: Library, question: str, said: str) -> None:
    answer = pages.ask(question)
    assert not answer.abstained
    assert said in " ".join(each.quote for each in answer.evidence)
