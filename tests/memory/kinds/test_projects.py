"""Projects: collections with a beginning and an end."""

from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions, TellOptions


def test_a_project_counts_its_memories_and_its_days_and_survives_closing(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    place = tmp_path / "a.brain"
    with Library.open(place, clock=lambda: now[0]) as library:
        made = library.collections.add_project(
            "Harvest", duration_days=14, tags=["season"], description="All that grows"
        )
        assert (made.days_left, made.memories, made.ended) == (14, 0, False)
        library.facts.tell("Rent ten nets", options=TellOptions(kind="todo", project="Harvest"))
        library.facts.tell("Paint the shed", options=TellOptions(kind="todo"))
        library.facts.tell("The nets are green", collection="Harvest")
        found = [
            fact.text
            for fact in library.facts.recall("nets shed", options=RecallOptions(project="Harvest"))
        ]
        assert sorted(found) == ["Rent ten nets", "The nets are green"]
        assert len(library.facts.recall("nets shed")) == 2
    now[0] += 20 * 86_400
    with Library.open(place, clock=lambda: now[0]) as library:
        (project,) = library.collections.projects()
        assert (project.name, project.memories, project.days_left) == ("Harvest", 2, -6)
        assert project.ended
        assert project.tags == ("season",)
        held = library.facts.get("ten nets").info
        assert held is not None
        assert held.projects == ("Harvest",)
        library.collections.change("Harvest", project=False)
        assert library.collections.projects() == []
        assert len(library.facts.list(collection="Harvest")) == 1
        assert len(library.facts.list()) == 2


def test_a_project_of_a_collection_is_its_own(tmp_path: Path) -> None:
    with Library.open(":memory:") as library:
        for scope in ("north", "south"):
            library.collections.add_project("Harvest", collection=scope)
            library.facts.tell(
                f"The {scope} field is ripe",
                collection=scope,
                options=TellOptions(project="Harvest"),
            )
        assert library.collections.projects("Harvest", collection="north")[0].memories == 1
        (found,) = library.facts.recall(
            "field", collection="south", options=RecallOptions(project="Harvest")
        )
        assert found.text == "The south field is ripe"
        assert len(library.collections.projects()) == 2
        (south,) = library.collections.projects(collection="south")
        assert (south.name, south.collection) == ("Harvest", "south__Harvest")
        assert south.days_left is None
        with pytest.raises(NotFoundError):
            library.collections.projects("Harvest")[0]


def test_facts_are_named_to_a_project_and_taken_out_again() -> None:
    with Library.open(":memory:") as library:
        library.collections.add_project("Harvest")
        library.facts.tell("Rent ten nets. Paint the shed.")
        assert library.collections.assign("nets", "Harvest") == 1
        assert library.collections.projects("Harvest")[0].memories == 1
        assert library.collections.assign("nets", "Harvest", remove=True) == 1
        assert library.collections.projects("Harvest")[0].memories == 0
        library.collections.assign("nets", "Harvest")
        library.facts.forget("nets")
        assert library.collections.projects("Harvest")[0].memories == 0


def test_what_cannot_be_is_refused_and_nothing_is_half_done() -> None:
    with Library.open(":memory:") as library:
        with pytest.raises(UsageError):
            library.collections.add_project("Harvest", duration_days=-1)
        with pytest.raises(UsageError):
            library.collections.add_project("  ")
        with pytest.raises(UsageError):
            library.collections.add_project("Harvest", starts="someday")
        assert library.collections.projects() == []
        with pytest.raises(NotFoundError, match="no project"):
            library.facts.tell("Rent ten nets", options=TellOptions(project="Harvest"))
        assert len(library.facts.list()) == 0
        with pytest.raises(NotFoundError):
            library.facts.recall("nets", options=RecallOptions(project="Harvest"))
        with pytest.raises(NotFoundError):
            library.collections.change("Harvest", project=False)
