"""The index of told statements follows the library, whoever changes it, and can be rebuilt."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import paths
from workbench.library import Library
from workbench.memory import told_words
from workbench.store import checksums


def _texts(library: Library, cue: str, collection: str | None = None) -> list[str]:
    return [fact.text for fact in library.facts.recall(cue, collection=collection)]


def _said(library: Library, question: str) -> str | None:
    found = library.facts.value(question)
    return None if found is None else found.value


def _cached(word: str) -> bool:
    """Whether a file of the cache tells that a told statement has a word."""
    term = told_words.word_key(word).to_bytes(8, "little")
    files = [each for each in paths.cache_dir().rglob("*") if each.is_file()]
    return any(term in each.read_bytes() for each in files)


def _close(library: Library) -> None:
    """Close a library with everything in its cache, however little it is."""
    library._core.lexicon.refresh()
    library._core.lexicon.freeze()
    library.close()


_OTHER = """
import sys
from operator import attrgetter
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    attrgetter(sys.argv[2])(library)(sys.argv[3])
"""


def _elsewhere(file: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OTHER, str(file), *words], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_what_another_program_tells_and_forgets_is_known_at_once(
    library: Library, file: Path
) -> None:
    library.facts.tell("the hat code is ivory")
    _elsewhere(file, "facts.tell", "the scarf code is green")
    assert _said(library, "what is the scarf code?") == "green"
    assert library.facts.tell("The scarf code is green.").new == ()
    _elsewhere(file, "facts.forget", "hat")
    assert _texts(library, "hat") == []
    assert len(library.facts.list()) == 1
    assert library.verify().sound


def test_two_that_are_open_at_once_tell_and_forget_in_turns(library: Library, file: Path) -> None:
    with Library.open(file) as other:
        for number in range(6):
            teller, reader = (library, other) if number % 2 else (other, library)
            teller.facts.tell(f"the code of door {number} is q{number}-x")
            assert _said(reader, f"what is the code of door {number}?") == f"q{number}-x"
        library.facts.tell("the code of door 1 is new")
        assert _said(other, "what is the code of door 1?") == "new"
        assert other.facts.forget("door 3").forgotten == 1
        assert _said(library, "what is the code of door 3?") is None
        assert library.verify().sound
        assert other.verify().sound


@pytest.mark.slow
def test_a_program_that_was_killed_loses_no_fact_and_no_index(file: Path) -> None:
    script = (
        "import os, signal, sys; from workbench.library import Library\n"
        "library = Library.open(sys.argv[1])\n"
        "for n in range(40):\n"
        "    library.facts.tell(f'the code of door {n} is q{n}-x')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    with Library.open(file) as library:
        assert len(library.facts.list()) == 40
        assert _said(library, "what is the code of door 17?") == "q17-x"
        assert library.verify().sound


def test_without_a_cache_everything_is_found(file: Path) -> None:
    with Library.open(file) as library:
        library.facts.tell("the hat code is ivory. the scarf code is green.")
    shutil.rmtree(paths.cache_dir() / "index", ignore_errors=True)
    with Library.open(file) as library:
        assert _said(library, "what is the hat code?") == "ivory"
        assert library.facts.tell("the scarf code is green").new == ()


def test_copies_of_a_library_that_go_different_ways_share_no_index(
    file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.brain"
    with Library.open(file) as library:
        library.facts.tell("the hat code is ivory. the scarf code is green. the coat code is blue.")
    shutil.copy(file, copy)
    with Library.open(file) as library:
        library.facts.forget("hat")
        library.facts.tell("the glove code is red")
    with Library.open(copy) as library:
        assert _said(library, "what is the hat code?") == "ivory"
        assert _texts(library, "glove") == []
        library.facts.forget("scarf")
        library.facts.tell("the shoe code is black")
        assert library.verify().sound
    with Library.open(file) as library:
        assert _said(library, "what is the scarf code?") == "green"
        assert _said(library, "what is the glove code?") == "red"
        assert _texts(library, "shoe") == []
        assert library.verify().sound


def test_facts_of_a_collection_that_is_removed_are_found_in_the_librarys_own_scope(
    library: Library, file: Path
) -> None:
    library.facts.tell("my plan is pro")
    library.facts.tell("my plan is gold. the hat code is ivory.", collection="Work")
    with Library.open(file) as other:
        assert len(other.facts.recall("hat", collection="Work")) == 1
        library.collections.remove("Work")
        for each in (library, other):
            assert _said(each, "what is my plan?") == "gold"
            assert _said(each, "what is the hat code?") == "ivory"
            assert len(each.facts.list()) == 3
            assert [row.collection for row in each.collections.scopes()] == [None]
            assert each.verify().sound


def test_what_was_once_stored_is_found_whatever_it_looks_like_today(file: Path) -> None:
    with Library.open(file) as library:
        library.facts.tell("the hat code is ivory")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE engram SET text = 'is the zanzibar hat ivory?', end = 26")
        connection.execute("UPDATE fact SET sum = NULL")
        checksums.fill(connection)
    connection.close()
    shutil.rmtree(paths.cache_dir() / "index", ignore_errors=True)
    with Library.open(file) as library:
        assert _texts(library, "zanzibar") == ["is the zanzibar hat ivory?"]


def test_a_library_that_can_only_be_read_is_followed_as_well(library: Library, file: Path) -> None:
    library.facts.tell("the hat code is ivory")
    with Library.open(file, read_only=True) as reader:
        assert _said(reader, "what is the hat code?") == "ivory"
        library.facts.tell("the hat code is green")
        assert _said(reader, "what is the hat code?") == "green"


def test_verify_tells_what_the_index_lacks_and_repair_makes_it_anew(
    library: Library, file: Path
) -> None:
    library.facts.tell("the hat code is ivory. the scarf code is green.")
    assert library.verify().sound
    # As if the index had lost one: nobody tells it that this fact is there.
    lexicon = library._core.lexicon
    lexicon._columns.remove([library.facts.list(limit=1)[0].id])
    lexicon._snapshot = lexicon._columns.snapshot(lexicon._snapshot.segments)
    found = library.verify()
    assert found.problems == ("1 facts are not in the index.",)
    assert library.verify(repair=True).sound
    assert len(library.facts.recall("scarf")) == 1


def test_a_word_one_slip_away_is_found_where_nothing_else_is(library: Library) -> None:
    library.facts.tell("the greenhouse thermostat is set to 21 degrees")
    library.facts.tell("the hat code is ivory")
    assert _texts(library, "thermostst") == ["the greenhouse thermostat is set to 21 degrees"]
    assert _said(library, "what is the greenhouse thermostst set to?") == "21 degrees"
    # Short words and names are easily one letter apart, and mean something else.
    library.facts.tell("the Marita account number is 7011")
    assert _said(library, "what is the hut code?") is None
    assert _said(library, "what is the Marika account number?") is None
    assert _said(library, "what is the Marrita account number?") == "7011"
    assert _said(library, "what is the Mairta account number?") == "7011"
    library.facts.tell("the code of door x498 is nine")
    assert _texts(library, "x499") == []


def test_forgotten_words_are_in_no_file_of_the_cache(library: Library, file: Path) -> None:
    library.facts.tell("the kristoffersen hat code is ivory. the scarf code is green.")
    _close(library)
    assert _cached("kristoffersen")
    with Library.open(file) as library:
        library.facts.forget("kristoffersen")
        assert not _cached("kristoffersen")
        assert _texts(library, "scarf") == ["the scarf code is green."]
        library.facts.tell("the shoe code is black")
        _close(library)
    assert _cached("shoe")
    assert not _cached("kristoffersen")


@pytest.mark.slow
@pytest.mark.parametrize("looked", [False, True])
def test_what_another_program_forgets_is_not_written_down_again(
    library: Library, file: Path, looked: bool
) -> None:
    library.facts.tell("The zanzibar lamp is red. The hat code is ivory.")
    _elsewhere(file, "facts.forget", "zanzibar")
    if looked:
        assert _texts(library, "zanzibar") == []
    _close(library)
    assert _cached("ivory")
    assert not _cached("zanzibar")
    with Library.open(file) as again:
        assert _texts(again, "hat code") == ["The hat code is ivory."]


def test_what_was_forgotten_leaves_a_cache_that_was_not_cleaned(file: Path, tmp_path: Path) -> None:
    with Library.open(file) as library:
        library.facts.tell("The zanzibar lamp is red. The hat code is ivory.")
        _close(library)
    assert _cached("zanzibar")
    stale = tmp_path / "stale"
    shutil.copytree(paths.cache_dir(), stale)
    with Library.open(file) as library:
        library.facts.forget("zanzibar")
    # As if it had been killed before it came to that.
    shutil.rmtree(paths.cache_dir())
    shutil.copytree(stale, paths.cache_dir())
    with Library.open(file) as library:
        assert _texts(library, "zanzibar") == []
        assert _texts(library, "hat code") == ["The hat code is ivory."]
    assert _cached("ivory")
    assert not _cached("zanzibar")
