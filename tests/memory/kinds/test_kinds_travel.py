"""What is noted beside memories goes along: to a version and back, to a bundle, elsewhere."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.library.options import Marks, TellOptions

DAY = 86_400.0


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A library with a project, tags, trust and reviews."""
    place = tmp_path / "a.brain"
    with Library.open(place) as library:
        library.facts.tell("something else first", collection="other")
        library.collections.add_project(
            "Harvest", duration_days=14, tags=["season"], description="All of it"
        )
        library.facts.tell(
            "Rent ten nets",
            options=TellOptions(
                kind="todo", priority=8, tags=["Barn"], trust=0.4, project="Harvest"
            ),
        )
    return place


def check(library: Library) -> None:
    """Everything is as it was told."""
    held = library.facts.get("ten nets").info
    assert held is not None
    assert (held.type, held.priority, held.tags, held.trust) == ("todo", 8, ("Barn",), 0.4)
    assert held.projects == ("Harvest",)
    project = library.collections.projects("Harvest")[0]
    assert (project.memories, project.tags, project.description) == (1, ("season",), "All of it")
    (review,) = library.memory.reviews(held.id)
    assert (review.state, review.collection) == ("new", None)


def test_a_bundle_holds_them(told: Path, tmp_path: Path) -> None:
    now = [0.0]
    with Library.open(told) as library:
        check(library)
        library.export(tmp_path / "all.bundle")
        now[0] = library.facts.list()[0].told
    with Library.open(tmp_path / "b.brain", clock=lambda: now[0]) as other:
        other.facts.tell(
            "the numbers of this library are others. so are its scopes", collection="x"
        )
        other.import_(tmp_path / "all.bundle")
        check(other)
        now[0] += 2 * DAY
        assert [each.text for each in other.memory.reviews()] == ["Rent ten nets"]


def test_a_version_holds_them(told: Path) -> None:
    with Library.open(told) as library:
        library.versions.save("before")
        library.memory.mark(
            "ten nets", Marks(tags=["later"], untag=["barn"], priority=2, trust=0.9)
        )
        held = library.facts.get("ten nets").info
        assert held is not None
        library.memory.mark([held.id], Marks(review=False))
        library.versions.restore("before")
        check(library)


def test_a_renamed_collection_keeps_its_project_and_a_removed_one_takes_it_along(
    told: Path,
) -> None:
    with Library.open(told) as library:
        library.collections.change("Harvest", name="Autumn")
        assert library.collections.projects("Autumn")[0].memories == 1
        library.collections.remove("Autumn")
        assert library.collections.projects() == []
        held = library.facts.get("ten nets").info
        assert held is not None
        assert held.projects == ()
