"""The table of what others may call: it fits every call it names, and lets none reach files."""

from pathlib import Path
from typing import Any, get_args

import pytest

from workbench.errors import NotFoundError, WorkbenchError
from workbench.library import Library
from workbench.library.operations import OPERATIONS


def _kinds(hint: Any) -> set[Any]:
    return {hint}.union(*(_kinds(each) for each in get_args(hint)))


@pytest.mark.parametrize("name", OPERATIONS)
def test_arguments_and_results_can_be_described(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.summary.endswith((".", ":"))
    assert operation.gives.json_schema(mode="serialization")
    assert operation.takes.model_json_schema()["additionalProperties"] is False
    for each in operation.parameters:
        # Whoever asks from outside names no file of this machine.
        assert Path not in _kinds(operation.hints[each])


def test_agents_are_offered_few_tools_each_with_a_name_of_its_own() -> None:
    tools = [each.tool for each in OPERATIONS.values() if each.tool]
    assert len(tools) == len(set(tools)) <= 22


def test_what_reads_works_where_nothing_can_be_stored(tmp_path: Path) -> None:
    usual: dict[str, Any] = {
        "cues": ["lighthouse"],
        "path": ["keeps"],
        "id": 1,
        "source": 1,
        "section": 1,
    }
    usual |= {"start": "Ada", "end": 4} | dict.fromkeys(("cue", "query", "match"), "lighthouse")
    file = tmp_path / "r.brain"
    with Library.open(file) as library:
        library.facts.tell("Ada keeps the lighthouse.")
        library.add_text("Ada keeps the lighthouse at Skagen.")
    before = file.read_bytes()
    with Library.open(file, read_only=True) as library:
        for operation in OPERATIONS.values():
            if operation.effect != "read":
                continue
            needed = [n for n, each in operation.parameters.items() if each.default is each.empty]
            given = {name: usual.get(name, "Ada") for name in needed}
            if operation.name == "sources.text_at":
                given["start"] = 0
            try:
                operation.of(library)(**operation.checked(given))
            except NotFoundError:
                assert given
            except WorkbenchError as error:
                raise AssertionError(operation.name) from error
    assert file.read_bytes() == before
