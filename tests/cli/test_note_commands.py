"""Notes and scopes from the outside: exit codes, JSON, and one sentence with a next step."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import main


@pytest.fixture
def library(tmp_path: Path) -> str:
    """Where a library may be made."""
    return str(tmp_path / "notes.brain")


Run = tuple[int, list[Any], str]


def run(capsys: pytest.CaptureFixture[str], library: str, *words: str) -> Run:
    """Exit code, the JSON values on standard output, standard error."""
    capsys.readouterr()
    code = main(["--json", "--library", library, *words])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


@pytest.mark.slow
def test_notes_by_kind(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, (made,), _ = run(
        capsys, library, "note", "instruction", "reply in metric units", "--priority", "7"
    )
    assert (code, len(made["new"])) == (0, 1)
    assert run(capsys, library, "remember", "Call Lund", "--kind", "todo")[0] == 0
    code, (found,), _ = run(capsys, library, "recall", "metric", "--kind", "instruction")
    assert (code, found["text"], found["priority"]) == (0, "reply in metric units", 7)
    code, (todo,), _ = run(capsys, library, "list", "memories", "--kind", "todo")
    assert (code, todo["kind"]) == (0, "todo")
    assert [f["kind"] for f in run(capsys, library, "list", "memories")[1]] == ["todo"]
    assert run(capsys, library, "recall", "metric")[0] == 1
    main(["--library", library, "list", "collections"])
    assert "In no collection  · 1 fact · 1 note" in capsys.readouterr().out
    id = str(made["new"][0])
    assert run(capsys, library, "forget", "--id", id)[:2] == (0, [{"forgotten": 1}])
    assert run(capsys, library, "forget", "--id", id)[0] == 1
    run(capsys, library, "note", "instruction", "reply in metric units")
    main(["--library", library, "list", "memories", "--kind", "instruction"])
    assert "instruction: reply in metric units" in capsys.readouterr().out


@pytest.mark.slow
def test_variables(
    library: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, library, "var", "set", "theme", "Gruvbox is best")[0] == 0
    assert run(capsys, library, "var", "get", "theme")[1][0]["value"] == "Gruvbox is best"
    assert main(["--library", library, "var", "get", "theme"]) == 0
    assert capsys.readouterr().out == "Gruvbox is best\n"
    assert main(["--library", library, "var", "get", "Theme"]) == 1
    assert "There is “theme”." in capsys.readouterr().err
    code, (found,), _ = run(capsys, library, "var", "get", "nothing")
    assert (code, found["value"]) == (1, None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"two\nlines\n")))
    assert run(capsys, library, "var", "set", "long", "-")[0] == 0
    rows = run(capsys, library, "var", "list")[1]
    assert {row["key"]: row["value"] for row in rows}["long"] == "two\nlines"
    assert run(capsys, library, "var", "remove", "long")[:2] == (
        0,
        [{"key": "long", "removed": True}],
    )
    assert run(capsys, library, "var", "remove", "long")[0] == 1


@pytest.mark.slow
def test_stances(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, library, "stance", "tabs", "they are fine")[1][0]["created"]
    assert run(capsys, library, "stance", "tabs", "still fine")[1][0]["hardened"]
    assert run(capsys, library, "stance", "Tabs")[1][0]["intensity"] == 2.0
    assert len(run(capsys, library, "stance")[1]) == 1
    assert run(capsys, library, "stance", "spaces")[:2] == (1, [])


def test_edit_and_undo(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    (made,) = run(capsys, library, "remember", "my plan is pro")[1]
    code, (edited,), _ = run(capsys, library, "edit", str(made["new"][0]), "my plan is gold")
    assert (code, edited["text"]) == (0, "my plan is gold")
    assert [f["text"] for f in run(capsys, library, "history", "plan")[1]] == [
        "my plan is pro",
        "my plan is gold",
    ]
    code, (back,), _ = run(capsys, library, "edit", str(edited["id"]), "--undo")
    assert (code, back["text"]) == (0, "my plan is pro")
    assert run(capsys, library, "edit", str(back["id"]), "--undo")[0] == 2
    assert run(capsys, library, "edit", "99", "the hat is red")[0] == 1
    assert run(capsys, library, "edit", str(back["id"]))[0] == 2


@pytest.mark.slow
def test_stats_keep_and_neighbours(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "\n".join(f"crate c{n} stands on pallet p{n}" for n in range(4))
    run(capsys, library, "remember", lines, "--collection", "store/🦉")
    here = ("--collection", "store/🦉")
    code, found, _ = run(capsys, library, "neighbours", "c2", *here)
    assert (code, [f["text"][6:8] for f in found]) == (0, ["c1", "c3"])
    code, (held,), _ = run(capsys, library, "stats", *here, "--keep", "3")
    assert (code, held["facts"], held["dropped"], held["capacity"]) == (0, 3, 1, 3)
    assert main(["--library", library, "remember", "crate c9 stands on pallet p9", *here]) == 0
    assert "1 fact of the oldest removed" in capsys.readouterr().err
    assert run(capsys, library, "stats", *here, "--keep", "all")[1][0]["capacity"] is None
    (row,) = run(capsys, library, "list", "collections")[1]
    assert (row["name"], row["facts"], row["notes"]) == ("store/🦉", 3, 0)
    assert main(["--library", library, "stats", *here]) == 0
    assert "said by you: 3" in capsys.readouterr().out
    assert run(capsys, library, "recall", "c9", "--across", "--collection", "store/🦉")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("note", "bogus", "be brief"),
        ("note", "instruction", "  "),
        ("note", "variable", "nothing to set"),
        ("note", "instruction", "be brief", "--priority", "11"),
        ("remember", "the hat is red", "--expires-days", "-1"),
        ("remember", "the hat is red", "--kind", "hat"),
        ("var", "set", "", "x"),
        ("var", "set", "a\x07b", "x"),
        ("var", "set", "key"),
        ("var", "set", "key", ""),
        ("var", "get"),
        ("var", "get", "key", "value"),
        ("var", "list", "key"),
        ("stance", "", "x"),
        ("stance", "tabs", " "),
        ("stats", "--keep", "none"),
        ("stats", "--keep", "0"),
        ("list", "sources", "--kind", "todo"),
        ("list", "memories", "--kind", "hat"),
        ("recall", "hat", "--across", "--kind", "todo"),
        ("edit", "1"),
        ("neighbours", "?!"),
        ("forget", "hut", "--id", "1"),
        ("neighbours", "hut", "--window", "0"),
        ("note", "x" * 10_000, "be brief"),
    ],
)
def test_wrong_usage_is_one_sentence_with_a_next_step(
    library: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    run(capsys, library, "remember", "the hut is green")
    code, out, error = run(capsys, library, *words)
    told = json.loads(error)["error"]
    assert (code, out, told["code"]) == (2, [], "usage")
    assert told["message"].endswith((".", "?"))
    assert told["hint"]
    assert len(error) < 500


def test_a_list_sends_no_control_characters_to_the_terminal(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, library, "var", "set", "bell", "a\x1b[31mb\nc")
    assert main(["--library", library, "var", "list"]) == 0
    assert capsys.readouterr().out == "bell = a [31mb c\n"
    assert main(["--library", library, "var", "get", "bell"]) == 0
    assert capsys.readouterr().out == "a\x1b[31mb\nc\n"


def test_a_note_of_which_nothing_is_kept_says_why(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (made,), error = run(capsys, library, "note", "user", "what is my plan?")
    assert (code, made["left"][0]["reason"]) == (3, "question")
    assert json.loads(error)["error"]["code"] == "input"
    assert main(["--library", library, "note", "user", "what is my plan?"]) == 3
    assert "a question" in capsys.readouterr().err
    assert main(["--library", library, "note", "stance", "tabs: fine"]) == 0
    assert "1 note" in capsys.readouterr().out
