"""The table of operations, against the library that it calls and the words that it promises."""

import json
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest

from workbench.arguments import flat_parameters
from workbench.cli import table
from workbench.cli.main import main
from workbench.library.groups import GROUPS
from workbench.library.library import Library

#: The commands that scripts rely on.
_STABLE = [
    "add", "ask", "list", "show", "trash", "restore", "remember", "turn", "value", "recall",
    "chain", "associate", "path", "note", "var", "stance", "strengthen", "forget", "sleep", "brain",
    "vault", "backup", "restore-backup", "export", "import", "train-db", "verify", "doctor",
    "stats", "serve", "mcp",
]  # fmt: skip
#: What is given to every call that takes it.
_GIVEN = {"report", "library"}


def _called(name: str) -> object:
    """The call of a name, of the library itself or of a group."""
    group, _, call = name.partition(":")[0].rpartition(".")
    return attrgetter(call)(GROUPS[group] if group else Library)


@pytest.mark.parametrize("command", list(table.commands()), ids=lambda command: command.name)
def test_every_call_is_there_and_takes_what_it_is_given(command: table.Command) -> None:
    names = {argument.target for argument in command.arguments} | _GIVEN
    assert command.variants
    for variant in command.variants:
        taken: set[str] = set()
        if variant.show:
            module, _, function = variant.show.partition(".")
            assert callable(getattr(import_module(f"workbench.cli.lines.{module}"), function))
        assert bool(variant.by) != bool(variant.call)
        for call in filter(None, (variant.first, variant.call, variant.by and f"@{variant.by}")):
            if call.startswith("@"):
                module, _, function = call[1:].rpartition(".")
                actions = import_module(f"workbench.cli.{module or 'actions'}")
                assert callable(getattr(actions, function))
                continue
            called = _called(call)
            if isinstance(called, property):
                continue
            assert callable(called)
            parameters = flat_parameters(called)
            taken |= set(parameters)
            needed = {
                name
                for name, parameter in parameters.items()
                if parameter.default is parameter.empty
                and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
                and name != "self"
            }
            told = set(variant.takes or {}) | set(variant.sets or {}) | names
            assert needed <= told
        assert set(variant.sets or {}) <= taken or "@" in variant.first + variant.call
        for argument in (variant.takes or {}).values():
            assert argument.lstrip("!/") in names | {"nothing"}


def test_every_command_and_option_says_what_it_does() -> None:
    for command in table.commands():
        assert command.does.endswith("."), command.name
        for argument in command.arguments:
            if argument.option and not argument.options.get("hidden"):
                assert argument.options.get("help") or "choices" in argument.options or (
                    argument.options.keys() & {"metavar", "switch", "action"}
                ), (command.name, argument.name)  # fmt: skip


def test_the_stable_commands_are_there() -> None:
    assert set(_STABLE) <= set(table.names())
    assert "bench" not in table.names()


def test_a_verb_of_a_group_is_its_short_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--json", "--library", str(tmp_path / "a.brain")]
    assert main([*at, "facts", "tell", "My plan is pro."]) == 0
    capsys.readouterr()
    assert main([*at, "facts", "value", "What is my plan?"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "pro"
    assert main([*at, "notes", "set-variable", "harbour", "Skarvik"]) == 0
    capsys.readouterr()
    assert main(["notes", "variable", "harbour", *at]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "Skarvik"
    assert main([*at, "sleep", "run", "--preview"]) == 0


def test_an_operation_without_a_short_command_is_a_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--library", str(tmp_path / "a.brain")]
    (tmp_path / "a.txt").write_text("The mole of Skerrow is long.\n", encoding="utf-8")
    assert main([*at, "add", str(tmp_path / "a.txt")]) == 0
    assert main([*at, "collections", "assign", "--collection", "harbour", "1"]) == 2
    capsys.readouterr()
    assert main([*at, "--json", "sources", "text", "1", "--start", "0", "--end", "8"]) == 0
    assert capsys.readouterr().out == '"The mole"\n'
    assert main([*at, "sources", "passages", "1"]) == 0
    assert "The mole of Skerrow is long." in capsys.readouterr().out
    assert main([*at, "sources", "text", "one"]) == 2
    assert "workbench sources text --help" in capsys.readouterr().err


def test_a_group_lists_its_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["graph"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "graph path" in text
    assert "Show how two concepts are connected" in text
    assert main(["graph", "paint"]) == 2
    assert "workbench graph" in capsys.readouterr().err


def test_every_verb_is_that_of_one_command() -> None:
    for group, verbs in table.groups().items():
        for verb, (name, *action) in verbs.items():
            command = table.command(name)
            choices = [row.options.get("choices", ()) for row in command.arguments]
            assert not action or action[0] in choices[0], (group, verb)
