"""Projects: collections with a beginning and an end."""

from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library


def test_a_project_counts_its_memories_and_its_days_and_survives_closing(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    place = tmp_path / "a.brain"
    with Library.open(place, clock=lambda: now[0]) as library:
        made = library.project_add(
            "Harvest", duration_days=14, tags=["season"], description="All that grows"
        )
        assert (made.days_left, made.memories, made.ended) == (14, 0, False)
        library.remember("Rent ten nets", kind="todo", project="Harvest")
        library.remember("Paint the shed", kind="todo")
        library.remember("The nets are green", collection="Harvest")
        found = [fact.text for fact in library.recall("nets shed", project="Harvest")]
        assert sorted(found) == ["Rent ten nets", "The nets are green"]
        assert len(library.recall("nets shed")) == 2
    now[0] += 20 * 86_400
    with Library.open(place, clock=lambda: now[0]) as library:
        (project,) = library.project_list()
        assert (project.name, project.memories, project.days_left) == ("Harvest", 2, -6)
        assert project.ended
        assert project.tags == ("season",)
        held = library.info("ten nets")
        assert held is not None
        assert held.projects == ("Harvest",)
        library.project_end("Harvest")
        assert library.project_list() == []
        assert library.fact_count(collection="Harvest") == 1
        assert library.fact_count() == 2


def test_a_project_of_a_collection_is_its_own(tmp_path: Path) -> None:
    with Library.open(":memory:") as library:
        for scope in ("north", "south"):
            library.project_add("Harvest", collection=scope)
            library.remember(f"The {scope} field is ripe", collection=scope, project="Harvest")
        assert library.project_info("Harvest", collection="north").memories == 1
        (found,) = library.recall("field", collection="south", project="Harvest")
        assert found.text == "The south field is ripe"
        assert len(library.project_list()) == 2
        (south,) = library.project_list(collection="south")
        assert (south.name, south.collection) == ("Harvest", "south__Harvest")
        assert south.days_left is None
        with pytest.raises(NotFoundError):
            library.project_info("Harvest")


def test_facts_are_named_to_a_project_and_taken_out_again() -> None:
    with Library.open(":memory:") as library:
        library.project_add("Harvest")
        library.remember("Rent ten nets. Paint the shed.")
        assert library.project_assign("Harvest", "nets") == 1
        assert library.project_info("Harvest").memories == 1
        assert library.project_assign("Harvest", "nets", remove=True) == 1
        assert library.project_info("Harvest").memories == 0
        library.project_assign("Harvest", "nets")
        library.forget("nets")
        assert library.project_info("Harvest").memories == 0


def test_what_cannot_be_is_refused_and_nothing_is_half_done() -> None:
    with Library.open(":memory:") as library:
        with pytest.raises(UsageError):
            library.project_add("Harvest", duration_days=-1)
        with pytest.raises(UsageError):
            library.project_add("  ")
        with pytest.raises(UsageError):
            library.project_add("Harvest", starts="someday")
        assert library.project_list() == []
        with pytest.raises(NotFoundError, match="no project"):
            library.remember("Rent ten nets", project="Harvest")
        assert library.fact_count() == 0
        with pytest.raises(NotFoundError):
            library.recall("nets", project="Harvest")
        with pytest.raises(NotFoundError):
            library.project_end("Harvest")
