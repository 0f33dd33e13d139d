"""Nobody but its owner may read a library and what is made of it, from the first byte on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import Library, permissions
from workbench.cli.main import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists")

_TEXT = "Maria Lindqvist built the lighthouse at Skagen in 1862. " + " ".join(
    f"Lamp {number} burned rape oil until {1800 + number}." for number in range(80)
)


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    """The umask of most systems, under which a new file is readable by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def too_open(*places: Path) -> list[str]:
    return [f"{each.path} {each.mode:o}" for each in permissions.exposed(places)]


@pytest.mark.slow
def test_everything_is_private_from_its_making_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("a file was made for all to read, and closed later")

    monkeypatch.setattr(os, "chmod", forbidden)
    monkeypatch.setattr(os, "fchmod", forbidden)
    home, made = Path(os.environ["WORKBENCH_HOME"]), tmp_path / "made"
    # The caller's folder is the caller's business.
    made.mkdir(mode=0o700)
    os.umask(0o022)
    (tmp_path / "skagen.txt").write_text(_TEXT, encoding="utf-8")
    with Library.open() as library:
        assert library.path is not None
        assert library.add([tmp_path / "skagen.txt"])[0].state == "verified"
        library.facts.tell("My plan is pro.")
        assert library.facts.value("What is my plan?") is not None
        assert library.ask("Who built the lighthouse at Skagen?").evidence
        beside = {path.name for path in library.path.parent.iterdir()}
        assert "Library.brain-wal" in beside
        library.backup(made / "safe.brain")
        for form in ("jsonl", "csv", "markdown", "graphml", "bundle"):
            library.export(made / f"{form}{'.zip' if form == 'bundle' else ''}", format=form)
        library.sleep.run()
        assert too_open(*home.iterdir(), *made.iterdir()) == []
    assert too_open(*home.iterdir(), *made.iterdir()) == []
    assert list(home.rglob("*.seg")), "no index to look at"
    Library.restore_backup(made / "safe.brain", made / "back.brain")
    assert too_open(*made.iterdir()) == []
    assert os.umask(0o022) == 0o022


def test_a_library_in_a_notebook_leaves_its_folder_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    with Library.open(shared / "a.brain") as library:
        library.facts.tell("My plan is pro.")
    assert too_open(shared) == [f"{shared} 755"]


@pytest.mark.slow
def test_what_the_command_line_writes_is_private(tmp_path: Path) -> None:
    home = Path(os.environ["WORKBENCH_HOME"])
    (tmp_path / "skagen.txt").write_text(_TEXT, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "workbench", "--quiet", "add", str(tmp_path / "skagen.txt")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert (home / "Library.brain").exists()
    assert too_open(*home.iterdir()) == []


def test_doctor_names_what_an_older_version_left_open_and_closes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "old" / "old.brain"
    file.parent.mkdir(mode=0o755)
    with Library.open(file) as library:
        library.add_text(_TEXT)
        assert not library.ask("Who built the lighthouse at Skagen?").abstained
    file.chmod(0o644)
    kept = Path(os.environ["WORKBENCH_HOME"]) / "cache" / "index"
    for folder in (kept, *kept.rglob("*")):
        folder.chmod(0o755 if folder.is_dir() else 0o644)
    main(["--library", str(file), "doctor"])
    told = capsys.readouterr().out
    assert "can be read by other users" in told
    assert str(file) in told
    assert "workbench doctor --repair" in told
    main(["--library", str(file), "doctor", "--repair"])
    capsys.readouterr()
    assert too_open(file, kept) == []
    # The folder is the user's.
    assert too_open(file.parent) == [f"{file.parent} 755"]
    main(["--library", str(file), "doctor"])
    assert "can be read by other users" not in capsys.readouterr().out
