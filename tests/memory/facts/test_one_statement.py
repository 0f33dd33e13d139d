"""One statement, told while others write, limit or rename: what counts then."""

import subprocess
import sys
from pathlib import Path

import pytest

from workbench.library import Library

_OTHER = """
import sys
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    eval("library." + sys.argv[2])
"""


def _elsewhere(file: Path, call: str) -> None:
    command = [sys.executable, "-c", _OTHER, str(file), call]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_what_another_program_does_meanwhile_counts(library: Library, file: Path) -> None:
    first = library.facts.tell("the hat code is ivory")
    assert library.facts.tell("the hat code is ivory").known == first.new
    _elsewhere(file, 'facts.tell("the scarf code is green")')
    assert library.facts.tell("The scarf code is green.").new == ()
    _elsewhere(file, 'facts.forget("ivory")')
    assert len(library.facts.tell("the hat code is ivory").new) == 1
    library.facts.tell("the shoe code is blue")
    _elsewhere(file, "collections.change(None, capacity=3)")
    assert library.facts.tell("the belt code is black").dropped == 1
    assert len(library.facts.list()) == 3


def test_a_limit_set_in_between_is_kept(library: Library) -> None:
    for number in range(4):
        assert library.facts.tell(f"gate {number} is open").dropped == 0
    library.collections.change(None, capacity=4)
    assert library.facts.tell("gate 5 is open").dropped == 1
    library.collections.change(None, capacity=-1)
    assert library.facts.tell("gate 6 is open").dropped == 0
    assert len(library.facts.list()) == 5


def test_a_collection_is_made_and_made_again(library: Library) -> None:
    for text in ("door 1 is red", "door 2 is red", "door 3 is red"):
        assert len(library.facts.tell(text, collection="Doors").new) == 1
    assert len(library.facts.list(collection="doors")) == 3
    assert len(library.facts.list()) == 0
    library.collections.remove("Doors")
    assert len(library.facts.tell("door 1 is red", collection="Doors").new) == 1
    assert len(library.facts.list(collection="Doors")) == 1


def test_who_else_said_it_is_kept(library: Library) -> None:
    (id,) = library.facts.tell("my plan is pro", source="Kenji").new
    assert library.facts.tell("my plan is pro").known == (id,)
    library.facts.forget(None, source="Kenji")
    assert [fact.text for fact in library.facts.list()] == ["my plan is pro"]
