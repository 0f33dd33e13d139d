"""The fact memory from the outside: exit codes, JSON, and nothing left out in silence."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> str:
    """Where a library may be made."""
    return str(tmp_path / "facts.brain")


@pytest.mark.slow
def test_remember_value_recall_history_forget(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", library)
    code, (made,), _ = run(capsys, *at, "remember", "my plan is pro", "--source", "Ann")
    assert (code, len(made["new"]), made["left"]) == (0, 1, [])
    assert run(capsys, *at, "remember", "my plan is team")[0] == 0
    code, (value,), _ = run(capsys, *at, "value", "what is my plan?")
    assert (code, value["value"], value["abstained"]) == (0, "team", False)
    assert value["confidence"] > 0.5
    assert value["fact"]["text"] == "my plan is team"
    code, (value,), _ = run(capsys, *at, "value", "what is my pin?")
    assert (code, value["value"], value["abstained"], value["confidence"]) == (1, None, True, 0)
    code, facts, _ = run(capsys, *at, "recall", "plan", "--limit", "1")
    assert (code, [fact["text"] for fact in facts]) == (0, ["my plan is team"])
    code, facts, _ = run(capsys, *at, "history", "plan")
    assert [(fact["sources"], fact["current"]) for fact in facts] == [(["Ann"], False), ([], True)]
    code, facts, _ = run(capsys, *at, "list", "memories")
    assert (code, len(facts)) == (0, 2)
    code, (gone,), _ = run(capsys, *at, "forget", "plan")
    assert (code, gone["forgotten"], gone["remaining"]) == (0, 2, 0)
    assert run(capsys, *at, "forget", "plan")[0] == 1
    assert run(capsys, *at, "recall", "plan")[0] == 1


def test_what_is_not_stored_is_told(
    library: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = main(["--library", library, "remember", "The hat is red. Is it? Thanks."])
    told = capsys.readouterr()
    assert (code, "1 fact" in told.out) == (0, True)
    assert told.err.count("Not saved") == 2
    code, out, error = run(capsys, "--library", library, "remember", "what is my plan?")
    assert (code, out[0]["left"][0]["reason"]) == (3, "question")
    assert json.loads(error)["error"]["hint"]
    pipe = io.TextIOWrapper(io.BytesIO("the mug is blue\nthe cup is grün".encode()))
    monkeypatch.setattr("sys.stdin", pipe)
    _, (made,), _ = run(capsys, "--library", library, "remember", "-")
    assert len(made["new"]) == 2


@pytest.mark.slow
def test_facts_for_people_name_who_said_them_and_what_holds_no_longer(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for rent, month in (("900", "01"), ("950", "07")):
        said = f"the rent is {rent}"
        assert main(["--library", library, "remember", said, "--at", f"2026-{month}-01"]) == 0
    assert main(["--library", library, "remember", "the roof is new", "--source", "Kim"]) == 0
    capsys.readouterr()
    assert main(["--library", library, "history", "rent"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "the rent is 900  · 01 Jan 2026 · replaced",
        "the rent is 950  · 01 Jul 2026",
    ]
    assert main(["--library", library, "value", "what is the rent?", "--as-of", "2026-02-01"]) == 0
    assert capsys.readouterr().out == "900\n"
    assert main(["--library", library, "value", "is the roof new?"]) == 0
    assert "Kim" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["value", " "], 2),
        (["forget", ""], 2),
        (["forget"], 2),
        (["forget", "hat", "--all"], 2),
        (["remember", "the hat is red", "--at", "soon"], 2),
        (["remember", "the hat is red", "--replace"], 2),
        (["forget", "hat", "--collection", "nowhere"], 1),
    ],
)
def test_wrong_usage_is_one_sentence_with_a_next_step(
    library: str, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    assert main(["--library", library, "remember", "the cat is grey"]) == 0
    got, _, error = run(capsys, "--library", library, *words)
    assert (got, bool(json.loads(error)["error"]["message"])) == (code, True)


def test_a_turn_keeps_answers_and_reckons(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--library", library)
    code, (done,), _ = run(capsys, *at, "turn", "hello, my locker is 305")
    assert (code, done["kind"], done["stored"]) == (0, "stored", 1)
    code, (done,), _ = run(capsys, *at, "turn", "what is my locker?")
    assert (code, done["kind"], done["value"]) == (0, "answer", "305")
    code, (done,), _ = run(capsys, *at, "turn", "15% of 80")
    assert (code, done["kind"], done["value"]) == (0, "math", "12")
    code, (done,), _ = run(capsys, *at, "turn", "what is my shoe size?")
    assert (code, done["kind"]) == (1, "unknown")
    capsys.readouterr()
    assert main([*at, "turn", "is my locker 305?"]) == 0
    assert "my locker is 305" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("value", "what is my plan?"), ("recall", "plan"), ("history", "plan"),
        ("neighbours", "plan"), ("list", "memories"), ("var", "get", "plan"), ("var", "list"),
        ("stance",), ("chain", "Aurora", "owner"), ("associate", "Aurora"),
    ],
)  # fmt: skip
def test_a_slip_in_the_name_of_a_collection_is_no_lack_of_facts(
    library: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    at = ("--library", library)
    assert run(capsys, *at, "remember", "my plan is pro", "--collection", "Work")[0] == 0
    code, told, error = run(capsys, *at, *words, "--collection", "Wrok")
    assert (code, told) == (1, [])
    assert json.loads(error)["error"]["message"] == "There is no collection called “Wrok”."
    assert "no collection" not in run(capsys, *at, *words, "--collection", "work")[2]


def test_verify_says_how_many_facts_it_looked_at(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", library)
    assert run(capsys, *at, "remember", "My plan is pro. My cap is red.")[0] == 0
    code, (found,), _ = run(capsys, *at, "verify")
    assert (code, found["sound"], found["facts"]) == (0, True, 2)
    assert main([*at, "verify"]) == 0
    assert "0 statements, 2 facts: sound" in capsys.readouterr().out


@pytest.mark.slow
def test_a_question_loads_nothing_that_it_can_do_without(library: str) -> None:
    at = ["--library", library]
    assert main([*at, "remember", "My plan is pro. Kenji owns Aurora. My cap is red."]) == 0
    assert main([*at, "forget", "cap"]) == 0
    asking = (
        "import sys; from workbench.cli.main import main; main(sys.argv[1:]); "
        "print([name for name in ('numpy.ma', 'numba', 'PySide6') if name in sys.modules])"
    )
    for words in (["value", "what is my plan?"], ["recall", "owner of Aurora"]):
        done = subprocess.run(
            [sys.executable, "-c", asking, *at, *words], capture_output=True, text=True
        )
        assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


def test_words_that_help_uses_are_understood_and_others_named(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", library)
    assert main([*at, "remember", "my plan is pro"]) == 0
    for word in ("facts", "notes", "statements", "memories"):
        assert run(capsys, *at, "list", word)[1][0]["text"] == "my plan is pro"
    with_slip, _, told = run(capsys, *at, "list", "fact")
    assert (with_slip, "“fact” is no choice here; choose from" in told) == (2, True)
    assert "'memories'" in told
    assert main([*at, "info", "plan"]) == 0
    told = capsys.readouterr().out
    assert "expires: never" in told
    assert "until the next sleep" not in told


def test_tables_show_the_numbers_that_their_commands_take_and_help_names_what_may_be_repeated(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", library)
    with Library.open(library) as opened:
        opened.add_text("The barn is red.", title="Farm")
    assert main([*at, *["tables", "create", "Barns", "--questions", "Red?", "--sources", "1"]]) == 0
    capsys.readouterr()
    assert main([*at, "tables", "get", "Barns"]) == 0
    assert "     1  Farm" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["tables", "create", "--help"])
    assert capsys.readouterr().out.count("may be repeated") == 2
    with pytest.raises(SystemExit):
        main(["tables"])
    assert "Raises" not in capsys.readouterr().out
