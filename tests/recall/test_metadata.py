"""What is known about sources can be asked: who, when, where, which, and who cites what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library

_LIST = r"""
@article{varga2011, author={Varga, Ines and Lind, Odo}, title={Weirs of the Lowlands: A Survey},
  journal={Journal of Still Waters}, year={2011}, volume={7}, doi={10.1234/jsw.2011.7}}
@book{moor2014, author={Moor, Tilda}, title={Sluices in Winter}, publisher={Heron Press},
  year={2014}}
@inproceedings{moor2016, author={Moor, Tilda and Varga, Ines}, title={Gate In Gate},
  booktitle={Symposium on Locks}, year={2016}}
"""
_PAPER = """---
title: Counting Eels by Sound
author: [Bram Oke]
date: 2018-03-01
---

# Counting Eels by Sound

Bram Oke, University of Lowick, 2018

Eels pass the weirs at night. In 2011 a survey counted none. The author of the almanac wrote a
letter about the sluice, which was published in spring.

# References

[1] T. Moor and I. Varga. Gate in Gate. In Symposium on Locks, 2016.

[2] P. Hale. A Hydrophone for Silt. Proceedings of the Mud Society, 1999.
"""
_PROPOSAL = """RFC: 88
Title: Keeping of Salt
Author: Imogen Hale <imogen@example.org>,
        Tomas Reed <tomas@example.org>
Created: 1998-07-13
Pages: 40


Use
===

Salt is kept dry in jars of glass. Jars of clay let the damp in.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("metadata")
    (folder / "list.bib").write_text(_LIST, encoding="utf-8")
    (folder / "eels.md").write_text(_PAPER, encoding="utf-8")
    (folder / "salt.rst").write_text(_PROPOSAL, encoding="utf-8")
    with Library.open(folder / "papers.brain") as opened:
        opened.add([folder / "list.bib", folder / "eels.md", folder / "salt.rst"])
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "value", "quoted"),
    [
        ("Who wrote Weirs of the Lowlands?", "Ines Varga and Odo Lind", "Ines Varga"),
        ("Who proposed Gate in Gate?", "Tilda Moor and Ines Varga", "Gate In Gate"),
        ("Who are the authors of “Gate In Gate”?", "Tilda Moor and Ines Varga", "Varga"),
        ("Who wrote Counting Eels by Sound?", "Bram Oke", "Bram Oke"),
        ("Who wrote the memo on counting eels?", "Bram Oke", "Bram Oke"),
        ("Who wrote the RFC on keeping of salt?", "Imogen Hale, Tomas Reed", "Imogen"),
        ("Who is the author of the paper about the sound of eels?", "Bram Oke", "Bram Oke"),
        ("Who wrote RFC 88?", "Imogen Hale, Tomas Reed", "Salt Author: Imogen Hale"),
        ("When was the book on winter sluices created?", "2014", "2014"),
        ("When was Sluices in Winter published?", "2014", "2014"),
        ("When did the paper Counting Eels by Sound appear?", "2018", "2018"),
        ("What year is Gate In Gate from?", "2016", "2016"),
        ("Where was Gate in Gate published?", "Symposium on Locks", "Symposium on Locks"),
        ("In which journal did Weirs of the Lowlands appear?", "Journal of Still Waters", "Still"),
        ("Who published Sluices in Winter?", "Heron Press", "Heron Press"),
        ("What is the DOI of Weirs of the Lowlands?", "10.1234/jsw.2011.7", "10.1234"),
        ("Papers of 2014", "Sluices in Winter", "2014"),
        ("Which papers were published since 2015?", "Gate In Gate; Counting Eels by Sound", "2016"),
        ("Which papers are by Moor?", "Sluices in Winter; Gate In Gate", "Moor"),
        ("List all works by Ines Varga", "Weirs of the Lowlands: A Survey; Gate In Gate", "Varga"),
        ("How many papers did Tilda Moor write?", "2", "Moor"),
        ("Which papers cite Gate in Gate?", "Counting Eels by Sound", "Gate in Gate"),
        ("Which papers cite A Hydrophone for Silt?", "Counting Eels by Sound", "P. Hale"),
        ("What does Counting Eels by Sound cite?", None, "Gate in Gate"),
        ("Which journal published Weirs of the Lowlands?", "Journal of Still Waters", "Still"),
        ("Which publisher brought out Sluices in Winter?", "Heron Press", "Heron Press"),
        ("Which papers appeared in Symposium on Locks?", "Gate In Gate", "Symposium"),
        ("Which books did Heron Press publish?", "Sluices in Winter", "Heron Press"),
        ("Was Gate in Gate written by Tilda Moor?", "yes", "Tilda Moor"),
        ("Did Odo Lind write Sluices in Winter?", "no", "Tilda Moor"),
        ("Was Gate in Gate written by John Carver?", "no", "Tilda Moor"),
        ("Was Weirs of the Lowlands published in the Journal of Still Waters?", "yes", "Still"),
        ("Was Sluices in Winter published in 2014?", "yes", "2014"),
        ("Did Sluices in Winter appear in 2017?", "no", "2014"),
        ("List all papers that use eels", "Counting Eels by Sound", "Eels pass the weirs"),
    ],
)
def test_metadata_answer_with_their_place(
    library: Library, question: str, value: str | None, quoted: str
) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert answer.value == value
    first = answer.evidence[0]
    assert quoted in first.quote
    assert answer.sentences[0].text == first.quote
    with library._store.read() as connection:
        row = connection.execute(
            "SELECT group_concat(text, '') FROM (SELECT text FROM section WHERE source = ? "
            "ORDER BY ordinal)",
            (first.source.id,),
        ).fetchone()
    words = row[0][first.locator.start : first.locator.end]
    assert " ".join(words.split()) == first.quote


@pytest.mark.usefixtures("reading")
def test_what_a_text_tells_of_a_report_goes_before_the_author_of_one(tmp_path: Path) -> None:
    (tmp_path / "eels.md").write_text(_PAPER, encoding="utf-8")
    with Library.open(tmp_path / "told.brain") as library:
        library.add([tmp_path / "eels.md"])
        assert library.ask("Who wrote the report on counting eels?").value == "Bram Oke"
        library.add_text("Anna Kort wrote the report on counting eels in a week.", title="Week")
        assert library.ask("Who wrote the report on counting eels?").value == "Anna Kort"


@pytest.mark.slow
def test_a_title_page_is_quoted_up_to_the_last_of_its_authors(library: Library) -> None:
    answer = library.ask("Who wrote Keeping of Salt?")
    assert answer.sentences[0].text.endswith("Tomas Reed")


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "Who wrote a letter about the sluice?",
        "When was the letter about the sluice published?",
        "Who wrote the song about counting eels?",
        "Who wrote pages 40?",
        "Who wrote the letter about the weirs of the highlands?",
        "Which papers of 2011 count eels?",
        "When do eels pass the weirs?",
        "Who wrote Gulls of the Lowlands?",
        "Papers of 1850",
    ],
)
def test_questions_to_the_texts_are_left_to_them(library: Library, question: str) -> None:
    answer = library.ask(question, explain=True)
    told = {"The title page says so.", "The list of references names it."}
    assert all(told.isdisjoint(line.reasons) for line in answer.evidence)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Who wrote The Winter Sluices?", "The Winter Sluices"),
        ("Who wrote Gate in Fence?", "Gate in Fence"),
        ("Who is the author of Sluices in Summer?", "Sluices in Summer"),
        ("Was Weirs of the Highlands written by Ines Varga?", "Weirs of the Highlands"),
        ("Which papers cite A Hydrophone for Gravel?", "A Hydrophone for Gravel"),
    ],
)
def test_a_title_that_no_source_has_is_not_taken_for_another(
    library: Library, question: str, title: str
) -> None:
    answer = library.ask(question)
    assert answer.abstained
    assert f"called “{title}”" in answer.suggestion


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    ["Which papers cite Counting Eels by Sound?", "How many papers cite Counting Eels by Sound?"],
)
def test_a_work_that_nothing_cites_has_no_text_for_an_answer(
    library: Library, question: str
) -> None:
    answer = library.ask(question)
    assert answer.abstained
    assert answer.suggestion == "None of your sources cites “Counting Eels by Sound”."


def test_what_only_the_file_says_is_only_possible(tmp_path: Path) -> None:
    paper = tmp_path / "weirs.md"
    paper.write_text(
        "---\ntitle: Salt and Silt\ndate: 2009\n---\n\n# Salt and Silt\n\nIt rains. Gulls sleep.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "papers.brain") as library:
        library.add([paper])
        answer = library.ask("When was Salt and Silt published?", quotes=True)
        assert (answer.value, answer.possible) == ("2009", True)
        assert answer.note == "The details of the file say so; its text does not."
