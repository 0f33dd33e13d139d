"""Doctor warns of a library in a folder that another program synchronises."""

import json
from pathlib import Path

import pytest

from workbench.care.synchronised import synchroniser
from workbench.cli.main import main
from workbench.library import Library


@pytest.mark.parametrize(
    ("folder", "marker", "program"),
    [
        ("Dropbox/books", "", "Dropbox"),
        ("files/books", "files/.dropbox.cache/", "Dropbox"),
        ("OneDrive - Harbour Ltd", "", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/a", "", "iCloud"),
        ("cloud/a/b", "cloud/.sync_1f2e.db", "Nextcloud"),
        ("shared", "shared/.stfolder/", "Syncthing"),
        ("books", "", ""),
        ("dropbox-notes", "", ""),
    ],
)
def test_synchronised_folders_are_known_by_name_or_marker(
    tmp_path: Path, folder: str, marker: str, program: str
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    if marker.endswith("/"):
        (tmp_path / marker).mkdir()
    elif marker:
        (tmp_path / marker).touch()
    assert synchroniser(tmp_path / folder / "x.brain") == program


def test_doctor_warns_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "Dropbox" / "x.brain"
    file.parent.mkdir()
    with Library.open(file):
        pass
    capsys.readouterr()
    main(["--library", str(file), "--json", "doctor"])
    (warning,) = json.loads(capsys.readouterr().out)["warnings"]
    assert warning.startswith("The library lies in a folder that Dropbox synchronises")
