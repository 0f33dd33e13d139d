"""Recall by reflex, its context and its settings on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library

STRIKE = "The strike delayed the ship."
SPOILED = "Because the ship was delayed, the olives spoiled."
BOUGHT = "Because the olives spoiled, we bought oil from Jaen."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    path = tmp_path / "told.brain"
    with Library.open(path) as library:
        for text in (STRIKE, SPOILED, BOUGHT):
            library.facts.tell(text)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["--library", str(path), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_recall_with_a_depth_says_what_leads_to_each_memory(run: Run) -> None:
    code, out, err = run("recall", "Why did we buy oil from Jaen?", "--depth", "deep", "--explain")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith(BOUGHT)
    assert "“olives” leads to it" in out
    assert "deep, hybrid" in err
    assert "Bound together" in err


def test_recall_by_reflex_for_scripts(run: Run) -> None:
    code, out, _ = run("recall", "oil from Jaen", "--depth", "context", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["hits"][0]["text"] == BOUGHT
    assert found["depth"] == "context"
    assert not found["abstained"]
    assert set(found["hits"][0]) >= {"reasons", "anchors", "path", "hops", "origin"}


def test_a_context_keeps_its_budget(run: Run) -> None:
    code, out, err = run("recall", "olives ship", "--context", "--max-tokens", "20")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert "tokens" in err
    _, out, _ = run("recall", "olives", "--context", "--json")
    assert set(json.loads(out)) >= {"text", "tokens", "items", "dropped"}


def test_nothing_comes_to_mind(run: Run) -> None:
    assert run("recall", "hooplah quuxly", "--depth", "deep")[0] == 1
    assert run("recall", "hooplah quuxly", "--context")[0] == 1


def test_ask_and_value_go_deep(run: Run) -> None:
    code, out, _ = run("ask", "Why did we buy oil from Jaen?", "--depth", "deep", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["depth"] == "deep"
    assert [each["text"] for each in answer["recalled"]][:2] == [BOUGHT, SPOILED]
    assert answer["value"] == "Because the olives spoiled"
    code, out, _ = run("value", "Why did we buy oil from Jaen?", "--depth", "deep")
    assert (code, out.strip()) == (0, f"“{BOUGHT}”")
    assert "comes to mind" in run("ask", "oil from Jaen", "--depth", "auto")[1]
    assert "depth" not in json.loads(run("ask", "oil from Jaen", "--json")[1])


@pytest.mark.parametrize(
    "arguments",
    [
        ("recall", "oil", "--depth", "abyss"),
        ("recall", "oil", "--depth", "deep", "--across"),
        ("recall", "oil", "--max-tokens", "2"),
        ("recall", "oil", "--depth", "deep", "--as-of", "once"),
        ("brain-config", "moon"),
        ("brain-config", "moon=1"),
        ("brain-config", "decay_rate=fast"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("workbench: ")


def test_settings_are_shown_changed_and_reset(run: Run) -> None:
    assert "max_spread_hops = 4" in run("brain-config")[1]
    changed = run("brain-config", "max_spread_hops=6", "learning=off", "--json")[1]
    assert json.loads(changed)["max_spread_hops"] == 6
    assert json.loads(changed)["learning"] is False
    assert "max_spread_hops = 4" in run("brain-config", "max_spread_hops=usual")[1]
