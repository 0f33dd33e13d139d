"""Who wrote a book is said by its title page, word for word, and by nothing else."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.store import text as stored

_BOOK = """THE SALT ROAD;

or, A Year of Gulls

By Ines Varga



Chapter 1

The harbour was shut for a month. Odo wrote letters to his aunt, and the author of the almanac
lodged at the inn. Nobody wrote about the road.

Chapter 2

In spring the gulls came back. The salt was carried over the road on mules, and Odo counted them.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    file = tmp_path / "salt.txt"
    file.write_text(_BOOK, encoding="utf-8")
    opened = Library.open(tmp_path / "books.brain")
    opened.add([file])
    return opened


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "Who wrote The Salt Road?",
        "who wrote the salt road",
        "Who is the author of “The Salt Road”?",
        "By whom was The Salt Road written?",
        "Who wrote the book The Salt Road; or, A Year of Gulls?",
    ],
)
def test_A7_the_title_page_says_who_wrote_it(library: Library, question: str) -> None:
    with library:
        answer = library.ask(question, quotes=True)
        assert not answer.abstained
        assert answer.value == "Ines Varga"
        first = answer.evidence[0]
        assert first.quote.endswith("By Ines Varga")
        assert answer.sentences[0].text == first.quote
        with library._store.read() as connection:
            place = first.source.id, first.locator.start, first.locator.end
            assert " ".join(stored.text_at(connection, *place).split()) == first.quote
        assert [each.n for each in answer.evidence] == list(range(1, len(answer.evidence) + 1))
        assert len(answer.evidence) <= 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "Who translated The Salt Road?",
        "Who wrote The Pepper Road?",
        "Who wrote letters about the salt road?",
    ],
)
def test_A7_what_the_title_page_does_not_say_is_not_taken_from_it(
    library: Library, question: str
) -> None:
    with library:
        answer = library.ask(question, quotes=True)
        assert answer.value != "Ines Varga"
        assert all("Varga" not in each.quote for each in answer.evidence)


def test_a_book_in_the_trash_or_outside_the_sources_asked_has_no_author(library: Library) -> None:
    with library:
        (row,) = library.sources.list()
        note = library.add_text("A note on gulls.", title="Gulls")
        other = next(each.id for each in library.sources.list() if each.id != row.id)
        assert note is not None
        question = "Who wrote The Salt Road?"
        assert library.ask(question, sources=[other], quotes=True).value is None
        library.sources.trash([row.id])
        assert library.ask(question, quotes=True).value is None


def test_a_paper_names_its_author_below_its_title_without_a_word(tmp_path: Path) -> None:
    paper = tmp_path / "weirs.md"
    paper.write_text(
        "---\ntitle: Weirs of the Lowlands\nauthor: Ines Varga\n---\n\n# Weirs of the Lowlands\n\n"
        "Ines Varga, University of Lowick\n\nWeirs hold water back. Odo wrote of them in 1840.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "papers.brain") as library:
        library.add([paper])
        answer = library.ask("Who wrote Weirs of the Lowlands?", quotes=True)
        assert answer.value == "Ines Varga"


@pytest.mark.parametrize("line", ["Ines Varga and Odo Lind", "Ines Varga [1], Odo Lind", "Nobody"])
def test_several_authors_are_quoted_together(line: str, tmp_path: Path) -> None:
    paper = tmp_path / "weirs.md"
    paper.write_text(
        "---\ntitle: Weirs of the Lowlands\nauthor: [Ines Varga, Odo Lind]\n---\n\n"
        f"# Weirs of the Lowlands\n\n{line}\n\nWeirs hold water back. They leak in spring.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "papers.brain") as library:
        library.add([paper])
        answer = library.ask("Who wrote Weirs of the Lowlands?", quotes=True)
        if line == "Nobody":
            assert (answer.value, answer.possible) == ("Ines Varga, Odo Lind", True)
        else:
            assert answer.value == line
            assert answer.sentences[0].text.endswith(line)
