"""The table of what others may call: it fits every call it names, and lets none reach files."""

from pathlib import Path
from typing import Any, get_args

import pytest

from workbench.errors import NotFoundError, UsageError, WorkbenchError
from workbench.library import Library
from workbench.library.operations import OPERATIONS


def _kinds(hint: Any) -> set[Any]:
    return {hint}.union(*(_kinds(each) for each in get_args(hint)))


@pytest.mark.slow
@pytest.mark.parametrize("name", OPERATIONS)
def test_arguments_and_results_can_be_described(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.summary.endswith((".", ":"))
    assert operation.gives.json_schema(mode="serialization")
    assert operation.takes.model_json_schema()["additionalProperties"] is False
    for each in operation.parameters:
        # Whoever asks from outside names no file of this machine.
        field = operation.takes.model_fields.get(each)
        assert field is None or Path not in _kinds(field.annotation)


def test_agents_are_offered_few_tools_each_with_a_name_of_its_own() -> None:
    tools = [each.tool for each in OPERATIONS.values() if each.tool]
    assert len(tools) == len(set(tools)) <= 22


@pytest.mark.slow
def test_a_word_of_a_list_is_taken_and_another_is_not(tmp_path: Path) -> None:
    lists = {
        (each.name, parameter): each.choices(parameter)
        for each in OPERATIONS.values()
        for parameter in each.parameters
        if each.choices(parameter)
    }
    assert {parameter for _, parameter in lists} == {
        *(
            "by",
            "depth",
            "form",
            "keep",
            "kind",
            "order",
            "rating",
            "state",
            "status",
            "strategy",
            "template",
        ),
        *("type", "wait"),
    }
    needed = {"cue": "Ada", "question": "Who is Ada?", "name": "Ada"}
    with Library.open(tmp_path / "o.brain") as library:
        library.facts.tell("Ada keeps the lighthouse.")
        for (name, parameter), words in lists.items():
            operation = OPERATIONS[name]
            described = operation.takes.model_json_schema()["properties"][parameter]
            assert list(words) in (each.get("enum") for each in described.get("anyOf", [described]))
            if operation.effect != "read":
                continue
            given = {key: value for key, value in needed.items() if key in operation.parameters}
            # Across collections there is no choice of these.
            for word in words if name != "facts.recall_across" else ():
                operation.of(library)(**operation.checked({**given, parameter: word}))
            with pytest.raises(UsageError):
                operation.of(library)(**operation.checked({**given, parameter: "nonsense"}))


def test_a_number_of_json_is_whole_where_nothing_follows_its_point() -> None:
    operation = OPERATIONS["facts.recall"]
    given = operation.checked(b'{"cue": "Ada", "limit": 12.0, "min_priority": 3.0}')
    assert given == {"cue": "Ada", "limit": 12, "min_priority": 3}
    for wrong in (b"12.5", b'"12"', b"true", b"1e400", b"null"):
        with pytest.raises(UsageError):
            operation.checked(b'{"cue": "Ada", "limit": ' + wrong + b"}")


@pytest.mark.slow
def test_what_reads_works_where_nothing_can_be_stored(tmp_path: Path) -> None:
    usual: dict[str, Any] = {
        "cues": ["lighthouse"],
        "path": ["keeps"],
        "id": 1,
        "source": 1,
        "section": 1,
        "ids": [1],
        **{"sources": [1], "number": 1, "width": 40, "engram": 1, "answers": []},
        **{"engrams": [1], "jobs": [1]},
        "kind": "causal",
        "edge_id": "1:1:1",
        "edge": "1:1:1",
    }
    usual |= {"start": "Ada", "end": 4} | dict.fromkeys(("cue", "query", "match"), "lighthouse")
    file = tmp_path / "r.brain"
    with Library.open(file) as library:
        library.facts.tell("Ada keeps the lighthouse.")
        library.add_text("Ada keeps the lighthouse at Skagen.")
    before = file.read_bytes()
    with Library.open(file, read_only=True) as library:
        for operation in OPERATIONS.values():
            if operation.effect != "read" or operation.fetches:
                continue
            needed = [n for n, each in operation.parameters.items() if each.default is each.empty]
            given = {name: usual.get(name, "Ada") for name in needed}
            if "answer" in given:
                given["answer"] = library.ask("Who keeps the lighthouse?")
            if operation.name == "brain.assembly":
                given["concept"] = 1
            if operation.name == "notes.get":
                given["kind"] = "stance"
            if "start" in given and not operation.name.startswith(("facts.", "graph.path")):
                given["start"] = 0
            try:
                operation.of(library)(**operation.checked(given))
            except NotFoundError:
                assert given
            except WorkbenchError as error:
                raise AssertionError(operation.name) from error
    assert file.read_bytes() == before


def test_aliases_and_options_are_taken_argument_by_argument(tmp_path: Path) -> None:
    with Library.open(tmp_path / "flat.brain") as library:

        def ask(name: str, **arguments: object) -> Any:
            operation = OPERATIONS[name]
            return operation.of(library)(**operation.checked(arguments))

        assert {"kind", "priority", "tags"} <= OPERATIONS["facts.tell"].parameters.keys()
        (made,) = ask("facts.tell", text="The gate is green.", kind="insight", priority=8).new
        assert (library.facts.get(made).info.type, library.facts.get(made).info.priority) == (
            "insight", 8,
        )  # fmt: skip
        ask("notes.set_variable", key="port", text="80")
        assert ask("notes.variable", key="port").value == "80"
        assert "kind" not in OPERATIONS["notes.variable"].parameters
        assert ask("memory.due") == library.memory.reviews()
        with pytest.raises(UsageError):
            ask("facts.tell", text="The gate is red.", priority=11)
