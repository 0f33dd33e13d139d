"""The graph of libraries that are odd: one note, code, tables, poems, several languages."""

from pathlib import Path

import pytest

from workbench.library import Library

_CODE = "def total(rows):\n    return sum(row.price * row.count for row in rows)\n\n"
_TABLE = "| year | rain | sun |\n|---|---|---|\n" + "| 1998 | 12 | 31 |\n| 1999 | 14 | 30 |\n" * 40
_POEM = "O wind,\nO wide,\nO wander and away,\n\n" * 30
_MIXED = (
    "Greta Holm leitet die Mühle. Greta Holm dirige le moulin. Greta Holm runs the mill.\n"
    "グレタは水車小屋を経営している。 Грета управляет мельницей.\n\n"
) * 12


def test_one_note_is_a_graph(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.facts.tell("Greta Holm repaired the water mill.")
        library.graph.link()
        assert [each.name for each in library.graph.concepts()] == ["Greta Holm", "water mill"]
        (edge,) = library.graph.neighbourhood("Greta Holm").edges
        assert (edge.relation, edge.tail_name) == ("repaired", "water mill")
        assert len(library.graph.topics()) <= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [_CODE * 60, _TABLE, _POEM, _MIXED], ids=["code", "table", "poem", "mixed"]
)
def test_what_is_no_prose_gives_few_names_and_nothing_fails(tmp_path: Path, text: str) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(text, title="Odd")
        library.graph.link()
        listed = library.graph.concepts(limit=-1)
        assert len(listed) <= 12
        for each in listed:
            assert each.name.strip()
            for edge in library.graph.neighbourhood(each.id, stated_only=False).edges:
                assert library.graph.evidence(edge.id, limit=1)


@pytest.mark.slow
def test_two_thousand_sources_that_say_the_same_are_one_link(tmp_path: Path) -> None:
    said = "Greta Holm repaired the water mill. The water mill belongs to Jonas Hale."
    files = []
    for number in range(2000):
        files.append(tmp_path / f"copy-{number}.txt")
        files[-1].write_text(f"{said} Copy {number}.\n", encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        library.add(files, wait="linked")
        library.graph.link()
        around = library.graph.neighbourhood("Greta Holm", limit=100)
        (edge,) = [edge for edge in around.edges if edge.tail_name == "water mill"]
        assert edge.relation == "repaired"
        assert len(library.graph.evidence(edge.id, limit=50)) == 50
        assert library.graph.concepts(limit=3)
