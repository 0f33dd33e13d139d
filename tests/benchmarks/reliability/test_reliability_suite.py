"""The suite `reliability`: its parts by name, and as many trials as you ask for."""

from pathlib import Path

import pytest

from tests.benchmarks import reliability
from tests.benchmarks.__main__ import main
from tests.benchmarks.reliability import attacks, kills
from tests.benchmarks.rows import Row
from tests.benchmarks.suites import PARTED, SIZED, SUITES
from workbench.errors import UsageError


def test_the_suite_can_be_run_in_parts_and_with_fewer_trials() -> None:
    assert "reliability" in SUITES
    assert "reliability" in SIZED
    assert "reliability" in PARTED


def test_each_part_is_a_module_that_measures() -> None:
    folder = Path(reliability.__file__).parent
    for part in reliability.PARTS.values():
        assert "def measure(" in (folder / f"{part.module}.py").read_text(encoding="utf-8")


def test_a_part_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError) as refused:
        reliability.run(print, ["kils"])
    assert "kills" in str(refused.value.hint)


def test_parts_of_another_suite_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["books", "--only", "kills"])
    assert "reliability" in capsys.readouterr().err


def test_a_run_is_short_unless_it_is_to_be_full(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []

    def measure(_folder: Path, count: int, _say: object) -> list[Row]:
        counts.append(count)
        return []

    monkeypatch.setattr(kills, "measure", measure)
    reliability.run(print, ["kills"])
    reliability.run(print, ["kills"], full=True)
    reliability.run(print, ["kills"], 7)
    assert counts == [20, 500, 7]


@pytest.mark.slow
def test_attacks_count_the_tests_that_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "test_mixed.py").write_text(
        "def test_good(): pass\ndef test_bad(): assert False\n", encoding="utf-8"
    )
    monkeypatch.setattr(attacks, "_GROUPS", {"squatters_succeeded": tmp_path / "test_mixed.py"})
    lines: list[str] = []
    (row,) = attacks.measure(tmp_path, 1, lines.append)
    assert (row.value, row.met) == (1, False)
    assert lines == ["squatters_succeeded: test_bad"]
