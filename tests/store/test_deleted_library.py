"""A library whose file is deleted, moved or replaced while it is open stores nothing any more."""

import sys
from pathlib import Path

import pytest

from workbench import Library
from workbench.errors import LibraryUnreachableError

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows deletes no file that is open"
)


def plans(library: Library, first: int, number: int) -> None:
    for each in range(first, first + number):
        library.facts.tell(f"Plan {each} is pro.")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["deleted", "moved", "replaced"])
@pytest.mark.parametrize("before", [1, 40], ids=["alone", "in a row"])
def test_what_is_told_then_is_refused(tmp_path: Path, way: str, before: int) -> None:
    file, other = tmp_path / "a.brain", tmp_path / "b.brain"
    Library.open(other).close()
    with Library.open(file) as library:
        plans(library, 0, before)
        if way == "deleted":
            file.unlink()
        elif way == "moved":
            file.rename(tmp_path / "c.brain")
        else:
            other.replace(file)
        with pytest.raises(LibraryUnreachableError) as told:
            library.facts.tell("The harbour is deep.")
        assert "deleted, moved or replaced" in told.value.message
        assert "a.brain" in told.value.message
        with pytest.raises(LibraryUnreachableError):
            library.facts.tell("The ferry is late. The tide is high.")
        with pytest.raises(LibraryUnreachableError):
            library.collections.create("Ships")


def test_a_library_that_is_put_back_goes_on(tmp_path: Path) -> None:
    file, away = tmp_path / "a.brain", tmp_path / "away.brain"
    with Library.open(file) as library:
        library.facts.tell("The harbour is deep.")
        file.rename(away)
        with pytest.raises(LibraryUnreachableError):
            library.facts.tell("The ferry is late.")
        away.rename(file)
        library.facts.tell("The tide is high.")
    with Library.open(file) as library:
        told = {fact.text for fact in library.facts.list()}
    assert told == {"The harbour is deep.", "The tide is high."}


@pytest.mark.slow
@pytest.mark.parametrize("noticed", [True, False], ids=["told again", "closed at once"])
def test_a_library_in_its_place_is_left_alone(tmp_path: Path, noticed: bool) -> None:
    file, other = tmp_path / "a.brain", tmp_path / "b.brain"
    with Library.open(other) as library:
        library.facts.tell("My hat is green.")
    with Library.open(file) as library:
        library.facts.tell("My hat is red.")
        file.rename(tmp_path / "c.brain")
        other.rename(file)
        assert not library.verify().sound
        if noticed:
            with pytest.raises(LibraryUnreachableError):
                library.facts.tell("My coat is red.")
    for path, colour in ((file, "green"), (tmp_path / "c.brain", "red")):
        with Library.open(path) as library:
            assert [fact.text for fact in library.facts.list()] == [f"My hat is {colour}."]
            assert library.verify().sound
