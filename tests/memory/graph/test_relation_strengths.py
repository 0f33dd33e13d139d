"""How strongly a concept goes with a relation and a relation with a concept, each cited."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.graph.records import RelationStrength

_ONE = "Edda Roth founded the Vex Guild. Edda Roth founded the Lock School. Edda Roth owns a barge."
_OTHER = "Joris Maas founded the Vex Guild. Joris Maas did not found the Lock School."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "relations.brain") as opened:
        opened._core.graph.close()
        opened.add_text(_ONE)
        opened.add_text(_OTHER, collection="Second")
        yield opened


def _of(library: Library, which: str, relation: str) -> RelationStrength:
    (found,) = library.graph.strengths(which, relation)
    return found


def test_a_subject_goes_with_its_relations(library: Library) -> None:
    found = library.graph.strengths("Edda Roth")
    assert [(each.relation, each.side, each.evidence) for each in found] == [
        ("found", "subject", 2),
        ("own", "subject", 1),
    ]
    assert found[0].concepts == ("Vex Guild", "Lock School")
    assert 0 < found[1].strength < found[0].strength < 1


def test_a_relation_goes_with_its_objects_over_all_who_say_it(library: Library) -> None:
    guild, school = (_of(library, name, "found") for name in ("Vex Guild", "Lock School"))
    assert (guild.side, guild.evidence, guild.sources) == ("object", 2, 2)
    assert set(guild.concepts) == {"Edda Roth", "Joris Maas"}
    # What is denied does not make it stronger.
    assert (school.evidence, school.concepts) == (1, ("Edda Roth",))
    assert guild.strength > school.strength


@pytest.mark.slow
def test_each_strength_is_cited(library: Library) -> None:
    found = _of(library, "Vex Guild", "Found")
    said = {each.engram for edge in found.edges for each in library.graph.evidence(edge)}
    assert said == set(found.engrams)


def test_what_goes_takes_its_share(library: Library) -> None:
    before = _of(library, "Vex Guild", "found")
    (edge,) = [edge for edge in before.edges if "Joris" in library.graph.evidence(edge)[0].text]
    library.graph.judge(edge, False)
    assert _of(library, "Vex Guild", "found").concepts == ("Edda Roth",)
    library.graph.judge(edge, None)
    assert _of(library, "Vex Guild", "found") == before
    within = library.graph.strengths("Vex Guild", collection="Second")
    assert [each.concepts for each in within] == [("Joris Maas",)]


@pytest.mark.slow
def test_one_text_that_repeats_itself_is_one_voice(library: Library) -> None:
    library.add_text("Coal causes smog. " * 200)
    library.add_text("Peat causes smog.")
    library.add_text("Peat causes smog. That is known.")
    once, often = _of(library, "peat", "cause"), _of(library, "coal", "cause")
    assert often.evidence == 200
    assert often.strength < 0.9
    assert once.strength > often.strength / 2


def test_what_is_not_there_is_told(library: Library) -> None:
    assert library.graph.strengths("Edda Roth", "swallow") == []
    with pytest.raises(UsageError):
        library.graph.strengths("Edda Roth", " ")
    with pytest.raises(NotFoundError):
        library.graph.strengths("Nobody Known")
