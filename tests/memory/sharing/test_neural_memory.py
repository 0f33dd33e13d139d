"""A brain as NeuralMemory exports it: memories with their tags, and what synapses say beside."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import InputError
from workbench.library import Library
from workbench.library.options import RecallOptions


def _brain() -> dict[str, Any]:
    said = {"a": "Ada's plan is pro.", "b": "ada plan", "c": "Ship the survey by Friday"}
    at = "2026-07-01T09:30:00.000000"
    fibers = [
        {"id": f"f{n}", "anchor_neuron_id": anchor, "neuron_ids": [anchor, "b"], "created_at": at}
        for n, anchor in enumerate(("a", "a", "c"))
    ]
    typed = [{"fiber_id": "f2", "memory_type": "todo", "priority": 7}]
    return {
        "brain_name": "demo", "version": "0.1.0", "synapses": [], "config": {},
        "neurons": [{"id": id, "type": "concept", "content": text} for id, text in said.items()],
        "fibers": fibers, "metadata": {"typed_memories": typed, "projects": []},
    }  # fmt: skip


def test_its_memories_come_in_with_kind_priority_and_time(tmp_path: Path) -> None:
    file = tmp_path / "brain.json"
    file.write_text(json.dumps(_brain()), "utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        done = library.import_(file, collection="demo")
        # "ada plan" is a keyword of a memory.
        assert (done.added, done.left) == (2, ())
        found = library.facts.value("What is Ada's plan?", collection="demo")
        assert found is not None
        assert found.value == "pro"
        (todo,) = library.facts.recall(
            "survey", collection="demo", options=RecallOptions(kind="todo")
        )
        assert todo.text == "Ship the survey by Friday"
        assert library.import_(file, collection="demo").added == 0


def test_its_tags_come_in_and_what_synapses_say_of_other_neurons(tmp_path: Path) -> None:
    brain = _brain()
    brain["fibers"][2]["tags"] = ["Survey", "q3"]
    brain["metadata"]["typed_memories"][0]["tags"] = ["q3", "field work"]
    more = {"d": "Bredal bridge", "e": "the flood", "f": "plan", "g": "tin", "h": "Ada"}
    brain["neurons"] += [{"id": id, "type": "entity", "content": text} for id, text in more.items()]
    joined = [("e", "leads_to", "d"), ("f", "caused_by", "h"), ("d", "co_occurs", "g")]
    brain["synapses"] = [
        {"id": f"s{n}", "source_id": head, "type": type, "target_id": tail, "weight": 0.5}
        for n, (head, type, tail) in enumerate(joined)
    ]
    file = tmp_path / "brain.json"
    file.write_text(json.dumps(brain), "utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        done = library.import_(file, collection="demo")
        # "tin" is said of nothing; what the memories say is not told again.
        assert (done.added, done.left) == (3, ("1 neuron of which nothing is said: left out.",))
        (todo,) = library.facts.recall("survey", collection="demo")
        info = library.facts.get(todo.id).info
        assert set(info.tags) == {"Survey", "q3", "field work"}
        told = library.facts.recall("Bredal bridge", collection="demo")
        assert [fact.text for fact in told] == ["the flood leads to Bredal bridge."]


@pytest.mark.parametrize("text", ["[]", "{", '{"neurons": []}', '{"neurons": 1, "fibers": 2}'])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    with (
        Library.open(tmp_path / "x.brain") as library,
        pytest.raises(InputError, match="not a memory that another program exported"),
    ):
        library.import_(file)


def test_a_summary_is_the_memory_where_the_anchor_is_one_of_its_concepts(tmp_path: Path) -> None:
    brain = _brain()
    brain["neurons"] += [
        {"id": "h", "type": "entity", "content": "Alice"},
        {"id": "i", "type": "concept", "content": "rate limiting"},
    ]
    brain["fibers"].append(
        {"id": "f9", "anchor_neuron_id": "h", "neuron_ids": ["h", "i"], "tags": ["api"],
         "summary": "Alice suggested rate limiting.", "created_at": "2026-07-02T09:30:00"}
    )  # fmt: skip
    file = tmp_path / "brain.json"
    file.write_text(json.dumps(brain), "utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        assert library.import_(file).added == 3
        (fact,) = library.facts.recall("Alice")
        assert fact.text == "Alice suggested rate limiting."
        (edge,) = library.graph.neighbourhood("Alice").edges
        assert (edge.relation, edge.tail_name) == ("suggested", "rate limiting")
