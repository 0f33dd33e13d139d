"""Kinds, projects, reviews and contradictions from the outside."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main


@pytest.fixture
def at(tmp_path: Path) -> tuple[str, str]:
    """The options that name a library of its own."""
    return "--library", str(tmp_path / "a.brain")


def test_info_and_mark(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *at, "remember", "TODO: oil the hinge", "--tag", "barn", "--priority", "8")
    code, (info,), _ = run(capsys, *at, "info", "hinge")
    assert (code, info["type"], info["tags"], info["expires_in_days"]) == (
        0, "todo", ["barn"], pytest.approx(30, abs=0.01),
    )  # fmt: skip
    code, (done,), _ = run(
        capsys, *at, "mark", "hinge", "--expires-days", "never", "--untag", "barn", "--pin"
    )
    assert (code, done["touched"]) == (0, 1)
    assert main([*at, "info", "hinge"]) == 0
    shown = capsys.readouterr().out
    assert "expires: never" in shown
    assert "pinned: yes" in shown
    assert "tags" not in shown
    code, _, told = run(capsys, *at, "mark", "hinge", "--expires-days", "3")
    assert code == 2
    assert "pinned" in json.loads(told)["error"]["message"]
    assert run(capsys, *at, "mark", "hinge", "--expires-days", "soon")[0] == 2
    assert run(capsys, *at, "mark", "hinge")[0] == 2
    assert run(capsys, *at, "mark", "anything", "--priority", "3")[0] == 1
    assert run(capsys, *at, "info", "anything")[0] == 1


@pytest.mark.slow
def test_projects(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, (made,), _ = run(capsys, *at, "project", "add", "Harvest", "--days", "14")
    assert (code, made["days_left"]) == (0, 14)
    run(capsys, *at, "remember", "Rent ten nets", "--project", "Harvest")
    run(capsys, *at, "remember", "Paint the old shed")
    _, found, _ = run(capsys, *at, "recall", "nets shed", "--project", "Harvest")
    assert [each["text"] for each in found] == ["Rent ten nets"]
    assert run(capsys, *at, "project", "assign", "Harvest", "shed")[1] == [{"touched": 1}]
    assert main([*at, "project", "list"]) == 0
    assert "2 memories · 14 days left" in capsys.readouterr().out
    assert run(capsys, *at, "project", "info", "Harvest")[1][0]["memories"] == 2
    assert run(capsys, *at, "project", "end", "Harvest")[0] == 0
    assert run(capsys, *at, "project", "list")[0] == 1
    assert run(capsys, *at, "project", "info")[0] == 2
    assert run(capsys, *at, "project", "info", "Harvest")[0] == 1


def test_reviews(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    _, (made,), _ = run(capsys, *at, "remember", "the spare key is under the pot")
    (id,) = map(str, made["new"])
    assert run(capsys, *at, "reviews")[0] == 1
    assert run(capsys, *at, "review", id, "--remembered")[0] == 1
    code, (kept,), _ = run(capsys, *at, "review", id, "--keep")
    assert (code, kept["state"], kept["days"]) == (0, "new", pytest.approx(1, abs=0.01))
    _, (after,), _ = run(capsys, *at, "review", id, "--grade", "5")
    assert (after["state"], after["days"]) == ("review", pytest.approx(8, abs=0.01))
    _, (again,), _ = run(capsys, *at, "review", id, "--rating", "again")
    assert (again["state"], again["lapses"]) == ("relearning", 1)
    assert run(capsys, *at, "review", id, "--rating", "good", "--grade", "3")[0] == 2
    assert main([*at, "review", id, "--stop"]) == 0
    assert "Removed from review" in capsys.readouterr().out
    assert run(capsys, *at, "review", id)[0] == 2


@pytest.mark.slow
def test_contradictions(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *at, "remember", "We use Redis for carts. We use Memcached for carts.")
    code, (pair,), _ = run(capsys, *at, "conflicts")
    older, newer = str(pair["older"]["id"]), str(pair["newer"]["id"])
    assert (code, pair["kind"]) == (0, "choice")
    assert run(capsys, *at, "resolve", older, newer, "--keep", "older")[0] == 0
    assert run(capsys, *at, "value", "what do we use for carts?")[1][0]["value"] == "Redis"
    assert run(capsys, *at, "conflicts")[0] == 1
    assert run(capsys, *at, "conflicts", "--settled")[0] == 0
    assert main([*at, "resolve", older, newer, "--undo"]) == 0
    assert "older" in capsys.readouterr().out
    assert run(capsys, *at, "value", "what do we use for carts?")[1][0]["value"] == "Memcached"
    code, (answer,), _ = run(
        capsys, *at, "ask", "what do we use for carts?", "--as-of", "2020-01-01"
    )
    assert answer["value"] is None
