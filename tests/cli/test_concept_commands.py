"""Concepts from the outside: lists, cards, links, changes by hand, and waiting until linked."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main

At = tuple[str, str]


@pytest.fixture
def at(tmp_path: Path) -> At:
    return "--library", str(tmp_path / "a.brain")


@pytest.mark.slow
def test_concepts_are_listed_shown_and_linked(at: At, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *at, "remember", "Kofi Mensah approved the roof budget.")
    run(capsys, *at, "remember", "Kofi Mensah is on leave until June.")
    code, listed, _ = run(capsys, *at, "list", "concepts", "--kind", "entity")
    assert code == 0
    assert ("Kofi Mensah", 2) in [(each["name"], each["mentions"]) for each in listed]
    code, (card,), _ = run(capsys, *at, "concept", "Kofi Mensah")
    assert code == 0
    assert card["concept"]["type"] == "entity"
    assert len(card["history"]) == 2
    code, links, _ = run(capsys, *at, "links", "roof budget")
    assert code == 0
    assert "Kofi Mensah is on leave until June." in [each["text"] for each in links]
    assert main([*at, "concept", "Kofi Mensah"]) == 0
    shown = capsys.readouterr().out
    assert "2 mentions" in shown
    assert "Kofi Mensah approved the roof budget." in shown
    assert main([*at, "links", "roof budget"]) == 0
    assert "through Kofi Mensah" in capsys.readouterr().out


def test_what_is_not_there_is_told(at: At, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *at, "remember", "Kofi Mensah approved the roof budget.")
    code, _, error = run(capsys, *at, "concept", "Nobody")
    assert code == 1
    assert "There is no concept" in json.loads(error)["error"]["message"]
    assert run(capsys, *at, "concept", "#99")[0] == 1
    assert run(capsys, *at, "concept")[0] == 2
    assert run(capsys, *at, "concept", "budget", "--undo")[0] == 2
    assert run(capsys, *at, "list", "concepts", "--kind", "fish")[0] == 2
    assert run(capsys, *at, "list", "concepts", "--trashed")[0] == 2
    assert run(capsys, *at, "links", "nothing at all")[:2] == (1, [])


def test_a_change_is_made_and_undone(at: At, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *at, "remember", "Kofi Mensah approved the roof budget.")
    code, (done,), _ = run(capsys, *at, "concept", "roof budget", "--rename", "Budget 26")
    assert (code, done["concept"]["name"]) == (0, "Budget 26")
    number = f"#{done['concept']['id']}"
    code, (done,), _ = run(capsys, *at, "concept", number, "--merge", "Kofi Mensah")
    assert (code, done["concept"]["name"]) == (0, "Kofi Mensah")
    assert run(capsys, *at, "concept", "--undo")[0] == 0
    code, (done,), _ = run(capsys, *at, "concept", "--undo")
    assert (code, done["kind"]) == (0, "concept renamed")
    assert run(capsys, *at, "concept", "--undo")[0] == 1


@pytest.mark.slow
def test_adding_waits_until_linked(
    at: At, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "mill.txt"
    book.write_text("Greta Holm repaired the water mill.\n")
    code, (added,), _ = run(capsys, *at, "add", str(book), "--wait", "linked")
    assert (code, added["state"]) == (0, "linked")
    assert added["concepts"] >= 2
    assert added["associations"] >= 1
    code, (source,), _ = run(capsys, *at, "list", "sources")
    assert source["state"] == "linked"
    assert run(capsys, *at, "verify")[0] == 0
    assert run(capsys, *at, "add", str(book), "--wait", "dreamed")[0] == 2
