"""What NeuralMemory, neurram and Cortex keep comes in with what makes it more than text.

The files of the first two were written by the programs themselves (`tests/fixtures/ancestors`), the
log of Cortex by its documented layout.
"""

import json
import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.library import Library
from workbench.library.options import RecallOptions

_FILES = Path(__file__).parents[2] / "fixtures" / "ancestors"
#: Some days after the files were written.
_NOW = datetime(2026, 12, 2, 12).timestamp()


def _unpacked(name: str, folder: Path) -> Path:
    file = folder / name
    file.write_bytes(lzma.decompress((_FILES / f"{name}.xz").read_bytes()))
    return file


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain", clock=lambda: _NOW) as opened:
        yield opened


@pytest.mark.parametrize("name", ["neural-memory.json", "neural-memory.db"])
def test_memories_of_neural_memory_keep_kind_priority_expiry_tags_and_project(
    library: Library, tmp_path: Path, name: str
) -> None:
    file = _unpacked(name, tmp_path)
    before = file.read_bytes()
    seen = library.import_(file, preview=True)
    assert library.facts.list() == []
    done = library.import_(file)
    assert (done.added, done.collections) == (8, ("Harbour survey",))
    assert (seen.added, seen.left) == (done.added, done.left)
    assert done.left[0].endswith("keywords that NeuralMemory found itself: left out.")
    info = {
        fact.text: library.facts.get(fact.id).info
        for fact in [*library.facts.list(), *library.notes.list()]
    }
    plan = info["The plan of the ferry office is pro"]
    assert (plan.type, plan.priority, plan.tags, plan.expires) == ("fact", 5, ("billing",), None)
    moor = info["We decided to moor the barge at Bredal because the quay is deep"]
    assert (moor.type, moor.priority, moor.projects) == ("decision", 7, ("Harbour survey",))
    assert set(moor.tags) == {"quay", "barge"}
    rope = info["Need to order rope for the tender"]
    assert (rope.type, rope.priority) == ("todo", 10)
    assert rope.expires == datetime.fromisoformat("2026-12-12T14:05:39.438410").timestamp()
    assert info["Always check the tide table before casting off"].type == "instruction"
    meeting = info["Meeting with the harbour master"]
    assert (meeting.type, meeting.at) == ("context", datetime(2026, 3, 2, 8).timestamp())
    (project,) = library.collections.projects()
    assert project.name == "Harbour survey"
    of_project = library.facts.recall("barge", options=RecallOptions(project="Harbour survey"))
    assert [fact.text for fact in of_project] == [moor.text]

    assert library.import_(file).added == 0
    assert done.run is not None
    library.undo("import", done.run)
    assert library.facts.list() == []
    assert library.collections.projects() == []
    assert file.read_bytes() == before


def test_what_has_no_place_here_is_said(library: Library, tmp_path: Path) -> None:
    brain = json.loads(_unpacked("neural-memory.json", tmp_path).read_text("utf-8"))
    typed = brain["metadata"]["typed_memories"]
    typed[0]["memory_type"] = "hypothesis"
    typed[1]["provenance"]["verified"] = True
    typed[2] |= {"trust_score": 0.4, "project_id": "gone"}
    # Another release, cut at its synapses, with memories of fibers that are not there.
    brain |= {"version": "9.0.0", "synapses": None}
    typed.append({"fiber_id": "nowhere", "memory_type": "todo"})
    file = tmp_path / "later.json"
    file.write_text(json.dumps(brain), "utf-8")
    done = library.import_(file, collection="demo")
    assert done.added == 8
    assert done.left[:2] == (
        "1 memory of the kind “hypothesis”: a fact here.",
        "1 memory is verified or sure there, which has no place here.",
    )
    (todo,) = library.facts.recall("lightvessel", collection="demo")
    assert library.facts.get(todo.id).info.trust == 0.4
    for cut in (file.read_text("utf-8")[:5000], json.dumps({**brain, "fibers": [3]})):
        file.write_text(cut, "utf-8")
        with pytest.raises(InputError, match="NeuralMemory"):
            library.import_(file, collection="cut")


def test_a_dump_of_neurram_comes_in_with_kinds_and_strengths(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "dump.rdb"
    file.write_bytes((_FILES / "neurram.rdb").read_bytes())
    done = library.import_(file)
    assert done.added == 4
    assert done.left == (
        "The context of 1 memory: left out.",
        "3 keys of other programs in this Redis: left out.",
    )
    cards = {fact.text: library.facts.get(fact.id).info for fact in library.facts.list()}
    habit = cards["Check the tide table before casting off"]
    assert (habit.type, habit.region) == ("habitual", "basal_ganglia")
    assert habit.stability > 4
    freezes = cards["The harbour of Bredal freezes in January"]
    assert (freezes.type, freezes.access_count) == ("semantic", 3)
    winch = cards["To start the winch, turn the red key twice, then pull"]
    assert winch.type == "procedural"
    assert library.import_(file).added == 0

    content = file.read_bytes()
    for damaged in (content[:700], content[:9], b"REDIS9999" + content[9:], b"REDISx" * 9):
        file.write_bytes(damaged)
        with pytest.raises(InputError, match="neurram"):
            library.import_(file, collection="cut")


def test_triples_of_cortex_come_in_with_their_topics(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "triples.log"
    file.write_text(
        "tidewheel|compresses|harbour log|Tidewheel|1775000000|0\n"
        "harbour log|is_a|record\n"
        "no triple\n"
        "rope|needs||Knots|1775000000|1\n",
        "utf-8",
    )
    done = library.import_(file, collection="cortex")
    assert (done.added, done.left) == (2, ("2 lines are no triple: left out.",))
    facts = {fact.text: fact for fact in library.facts.list(collection="cortex")}
    assert set(facts) == {"tidewheel compresses harbour log.", "harbour log is a record."}
    first = facts["tidewheel compresses harbour log."]
    assert library.facts.get(first.id).info.tags == ("Tidewheel",)
    assert first.told == 1_775_000_000
    (edge,) = library.graph.neighbourhood("tidewheel").edges
    assert (edge.relation, edge.tail_name) == ("compresses", "harbour log")


def test_the_database_of_cortex_comes_in(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "brain_memory.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute(
            "CREATE TABLE knowledge_edges (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "source_label TEXT NOT NULL, relation TEXT NOT NULL, target_label TEXT NOT NULL, "
            "weight REAL DEFAULT 1.0, evidence_count INTEGER DEFAULT 1, last_seen REAL NOT NULL, "
            "metadata_json TEXT)"
        )
        made.executemany(
            "INSERT INTO knowledge_edges(source_label, relation, target_label, evidence_count, "
            "last_seen) VALUES (?, ?, ?, ?, ?)",
            [("winch", "lifts", "anchor", 3, 1.7e9), ("anchor", "holds", "barge", 1, 1.8e9)],
        )
        made.commit()
    done = library.import_(file)
    assert done.added == 2
    assert done.left == ("1 triple was learned more than once there; how often has no place here.",)
    assert {fact.text for fact in library.facts.list()} == {
        "winch lifts anchor.", "anchor holds barge.",
    }  # fmt: skip
