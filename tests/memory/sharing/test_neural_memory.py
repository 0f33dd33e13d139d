"""A brain as NeuralMemory exports it: its memories come in once, its parts do not."""

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
        assert (done.added, done.left) == (2, ())
        found = library.facts.value("What is Ada's plan?", collection="demo")
        assert found is not None
        assert found.value == "pro"
        (todo,) = library.facts.recall(
            "survey", collection="demo", options=RecallOptions(kind="todo")
        )
        assert todo.text == "Ship the survey by Friday"
        assert library.import_(file, collection="demo").added == 0


@pytest.mark.parametrize("text", ["[]", "{", '{"neurons": []}', '{"neurons": 1, "fibers": 2}'])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    with (
        Library.open(tmp_path / "x.brain") as library,
        pytest.raises(InputError, match="NeuralMemory"),
    ):
        library.import_(file)
