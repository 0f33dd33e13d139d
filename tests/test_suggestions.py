"""An answer with the brain's part: what lit up, the quotes on it, and nothing moved."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.store import text, vectors
from workbench.store.vectors import SightRow, VectorRow

_TEXT = (
    "Clara Voss founded the Kiln Press in a shed behind the station. "
    "The Kiln Press published The Salt Road in its second year. "
    "Emil Rauch wrote The Salt Road on the backs of timetables. "
    "Nobody else in the town read poems."
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    file = tmp_path / "press.txt"
    file.write_text(_TEXT, encoding="utf-8")
    made = Library.open(tmp_path / "press.brain")
    made.add(file)
    made.graph.link()
    made.brain.configure(scale=0.02)
    return made


@pytest.mark.slow
def test_an_answer_tells_what_lit_up_and_keeps_its_quotes(library: Library) -> None:
    with library:
        before = library.ask("What did Clara Voss found?")
        after = library.brain.beside_answer(before)
        assert [each.quote for each in after.evidence] == [each.quote for each in before.evidence]
        assert replace(after, evidence=(), brought=(), thought=0.0) == replace(before, evidence=())
        names = {each.name for each in after.brought}
        assert "Kiln Press" in names
        assert after.thought > 0
        for each in after.brought:
            assert each.trail[0] == "Clara Voss"
            assert each.trail[-1] == each.name
        speaking = [quote for quote in after.evidence if quote.tiers["spiking"] > 0]
        assert speaking
        for quote in speaking:
            assert any("activated in the brain" in reason for reason in quote.reasons)


def test_a_question_that_names_nothing_known_has_no_part_of_the_brain(library: Library) -> None:
    with library:
        answer = library.ask("zyx wvu?")
        assert library.brain.beside_answer(answer) == answer


@pytest.mark.slow
def test_b3_what_is_in_mind_belongs_to_the_record_of_a_recall(library: Library) -> None:
    with library:
        library.facts.tell("Paula Stern repairs tower clocks.")
        found = library.brain.recall("Clara Voss")
        assert "Paula Stern" in {
            found.named[each].name for step in found.recalled.held for each in step
        }
        again = library.brain.recall("Clara Voss")
        assert again.recalled.held == found.recalled.held
        assert (again.recalled.spikes == found.recalled.spikes).all()
        assert found.answering in {each.name for each in found.lit}
        elsewhere = library.brain.recall("Clara Voss", collection=None)
        assert elsewhere.held == found.held


@pytest.mark.slow
def test_what_was_heard_and_seen_of_a_concept_comes_in_by_the_senses(tmp_path: Path) -> None:
    talk = tmp_path / "talk.vtt"
    talk.write_text(
        "WEBVTT\n\n00:00:01.000 --> 00:00:06.000\nClara Voss founded the Kiln Press.\n",
        encoding="utf-8",
    )
    scan = tmp_path / "scan.txt"
    scan.write_text("Emil Rauch wrote The Salt Road.", encoding="utf-8")
    with Library.open(tmp_path / "senses.brain") as library:
        heard, seen = (each.source for each in library.add([talk, scan]))
        library.graph.link()
        library.brain.configure(scale=0.02)
        before = library.brain.recall("Clara Voss").regions
        numbers = bytes(range(0, 120, 2))
        with library._store.read() as connection:
            firsts = {each.source: each.first for each in text.extents(connection)}
        ids = [firsts[each] for each in (heard, seen) if each is not None]

        def put(connection: sqlite3.Connection) -> None:
            space = vectors.begin(connection, "m", "d", "/m", len(numbers))
            vectors.add(connection, space, ids[1], [VectorRow(ids[0], 1, 0.01, numbers)])
            vectors.swap(connection, space)
            looked = vectors.begin(connection, "p", "e", "/p", len(numbers), "picture")
            seen_first = SightRow(ids[1], 1, 0, (0, 0, 1, 1), 0.01, numbers)
            vectors.add_pictures(connection, looked, [seen_first], {})

        library._store.write(put)
        after = library.brain.recall("Clara Voss").regions
        assert (before["auditory"], before["visual"]) == (0, 0)
        assert after["auditory"] > 0 == after["visual"]
        assert library.brain.recall("Emil Rauch").regions["visual"] > 0
