"""One statement goes the short way, and nobody can tell: what is stored, found and said of it is
the same as on the long way, whoever else writes."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory.facts.parsing.made_sentences import ODDITIES, SENTENCES
from tests.patience import seconds
from workbench.library import Library
from workbench.memory.facts import taking_in
from workbench.memory.facts.parsing.parser import Parser
from workbench.memory.postings.batch import pairs
from workbench.memory.postings.salting import salted

pytestmark = [pytest.mark.usefixtures("compiled"), pytest.mark.timeout(seconds(600))]


_OTHER = """
import sys
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    getattr(library, sys.argv[2])(*[eval(word) for word in sys.argv[3:]])
"""


def _elsewhere(file: Path, door: str, *words: object) -> None:
    command = [sys.executable, "-c", _OTHER, str(file), door, *map(repr, words)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _stored(file: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(
            "SELECT f.engram, f.scope, e.kind, e.start, e.end, e.text, f.at, f.teller, f.claims "
            "FROM fact f JOIN engram e ON e.id = f.engram ORDER BY 1"
        ).fetchall()
    finally:
        connection.close()


@settings(max_examples=120)
@given(st.one_of(SENTENCES, ODDITIES), st.integers(0, 3))
def test_one_is_taken_in_as_several_are(text: str, scope: int) -> None:
    one = Parser().one(text)
    assert (one is None) == bool(Parser().parse([text]).reasons[0])
    if one is None:
        return
    batch = taking_in.batch(one, (0,), np.arange(1, 2), np.zeros(1), (scope,))
    same = salted(int(one.same[0]), scope)
    assert [same] == batch.same.tolist()
    assert sorted(set(taking_in.keys_of(one, scope, same).tolist())) == sorted(
        set(pairs(batch)[0].tolist())
    )


def test_the_same_is_stored_and_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ["my plan is pro", "Kenji owns Aurora", "my plan is free", "my plan is pro",
            "Ilona hates tea", "ilona hates tea!", "my plan is pro",
            "Zoë lives in Łódź"]  # fmt: skip

    def tell(name: str) -> tuple[list[object], list[tuple[object, ...]], list[object]]:
        with Library.open(tmp_path / name) as library:
            made: list[object] = [library.remember(text) for text in told]
            found: list[object] = [
                [fact.text for fact in library.recall(cue)]
                for cue in ("plan", "aurora", "tea", "Zoe", "auorra")
            ]
            assert library._fact_index.differences() == []
        return made, _stored(tmp_path / name), found

    short = tell("short.brain")
    monkeypatch.setattr(Parser, "one", lambda *_: None)
    assert tell("long.brain") == short


@pytest.mark.slow
def test_what_another_program_does_meanwhile_counts(library: Library, file: Path) -> None:
    first = library.remember("the hat code is ivory")
    assert library.remember("the hat code is ivory").known == first.new
    _elsewhere(file, "remember", "the scarf code is green")
    assert library.remember("The scarf code is green.").new == ()
    _elsewhere(file, "forget", "ivory")
    assert len(library.remember("the hat code is ivory").new) == 1
    library.remember("the shoe code is blue")
    _elsewhere(file, "set_capacity", 3)
    assert library.remember("the belt code is black").dropped == 1
    assert library.fact_count() == 3


def test_a_limit_set_in_between_is_kept(library: Library) -> None:
    for number in range(4):
        assert library.remember(f"gate {number} is open").dropped == 0
    library.set_capacity(4)
    assert library.remember("gate 5 is open").dropped == 1
    library.set_capacity(None)
    assert library.remember("gate 6 is open").dropped == 0
    assert library.fact_count() == 5


def test_a_collection_is_made_and_made_again(library: Library) -> None:
    for text in ("door 1 is red", "door 2 is red", "door 3 is red"):
        assert len(library.remember(text, collection="Doors").new) == 1
    assert library.fact_count(collection="doors") == 3
    assert library.fact_count() == 0
    library.remove_collection("Doors")
    assert len(library.remember("door 1 is red", collection="Doors").new) == 1
    assert library.fact_count(collection="Doors") == 1


def test_who_else_said_it_is_kept(library: Library) -> None:
    (id,) = library.remember("my plan is pro", source="Kenji").new
    assert library.remember("my plan is pro").known == (id,)
    library.forget(None, source="Kenji")
    assert [fact.text for fact in library.facts()] == ["my plan is pro"]
