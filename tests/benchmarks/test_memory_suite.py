"""The suite `memory`: its rows are the agreed ones, and its questions have one answer each."""

import re
from pathlib import Path

import pytest

from tests.benchmarks import memory, memory_child, people
from tests.benchmarks.__main__ import main
from tests.benchmarks.memory import GOALS, Size, run, up_to
from tests.benchmarks.suites import SIZED, SUITES


@pytest.mark.parametrize("size", [50, 300, 1000, 30_000])
def test_every_statement_is_another_one(size: int) -> None:
    told = list(people.statements(size))
    assert len(told) == len(set(told)) == size
    assert list(people.statements(size)) == told


@pytest.mark.slow
def test_a_value_stands_in_one_statement_and_in_no_question() -> None:
    told = list(people.statements(20_000))
    early, whole = "\n".join(told[: people.EARLY]), "\n".join(told)
    asked = people.questions()
    assert [sum(each.kind == kind for each in asked) for kind in ("direct", "reworded")] == [
        100,
        100,
    ]
    assert sum(not each.value for each in asked) == 20
    for each in asked:
        if each.value:
            where = rf"(?<!\w){re.escape(each.value)}(?!\w)"
            assert len(re.findall(where, whole)) == len(re.findall(where, early)) == 1
            assert not re.search(where, each.question, re.IGNORECASE)


@pytest.mark.slow
def test_nobody_is_two_people() -> None:
    names = {people._name(number) for number in range(150_000)}
    assert len(names) == 150_000


@pytest.mark.slow
def test_what_is_encoded_is_linked_and_answers(tmp_path: Path) -> None:
    file = str(tmp_path / "m.brain")
    got = memory_child.encode(file, 400)
    assert got["lost"] == 0
    right = memory_child.questions(file)
    assert right["direct"] >= 95
    assert right["silent"] == 20
    assert memory_child.recall(file, 0.01)["median"] > 0


def test_other_sizes_ask_on_the_nearest_to_the_goal() -> None:
    assert up_to((1000, 100_000)).asked == 1000
    assert up_to((1000, 10_000)) == Size((1000, 10_000))


def test_the_suite_is_known_by_its_name_and_has_sizes() -> None:
    assert "memory" in SUITES
    assert "memory" in SIZED


def test_a_suite_without_sizes_says_which_have_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["books", "--sizes", "1k"])
    assert "facts, memory" in capsys.readouterr().err


_FINISHES = """
import json, sys
out = sys.argv[sys.argv.index("--json") + 1]
first = {"direct": 99, "reworded": 61, "none": 0}
json.dump([{"first": first, "silent": 20}], open(out, "w"))
"""


@pytest.mark.parametrize(
    ("script", "told", "words"),
    [
        (_FINISHES, {"direct": 99, "reworded": 61, "silent": 20}, "silent 20"),
        ("raise SystemExit('no room')", {}, "did not finish: no room"),
        (None, None, "left out"),
    ],
)
def test_the_script_for_rivals_is_run_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, told: object, words: str
) -> None:
    (tmp_path / "data" / "books").mkdir(parents=True)
    (tmp_path / "bench").mkdir()
    if script is not None:
        (tmp_path / "bench" / "rivals_memory.py").write_text(script, "utf-8")
    monkeypatch.setenv("WORKBENCH_CORPUS", str(tmp_path / "data"))
    said: list[str] = []
    assert memory._rivals(tmp_path, 1000, said.append) == told
    assert words in said[-1]


@pytest.mark.slow
def test_every_row_that_small_sizes_allow_is_measured() -> None:
    rows = run(lambda _line: None, Size((200, 1000), 1000, seconds=0.05, rivals=False))
    assert [row.name for row in rows][: len(GOALS)] == list(GOALS)
    assert len({row.name for row in rows}) == len(rows)
    assert {row.name for row in rows if row.value is None} == {"encode_100k", "reflex_recall_100k"}
    assert "suite" in next(row for row in rows if row.name == "rivals_silent").input
