"""What desktops are given: entries, the file type, scripts, and versions that agree."""

import plistlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.patience import seconds

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
_TYPE = "application/x-engram-brain"


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="needs desktop-file-validate"
)
def test_the_desktop_entry_is_valid_and_opens_files() -> None:
    entry = LINUX / "engram-workbench.desktop"
    done = subprocess.run(
        ["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    lines = entry.read_text("utf-8").splitlines()
    assert "Exec=workbench %F" in lines
    assert f"MimeType={_TYPE};application/epub+zip;application/pdf;" in lines


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="needs appstreamcli")
def test_the_metadata_for_software_centres_are_valid() -> None:
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(LINUX / "metainfo.xml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_library_is_the_same_file_type_everywhere() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ET.parse(LINUX / "engram-workbench.xml").find(f"{space}mime-type")
    assert kind is not None
    assert kind.get("type") == _TYPE
    assert [glob.get("pattern") for glob in kind.iter(f"{space}glob")] == ["*.brain"]
    plist = plistlib.loads((ROOT / "packaging" / "macos" / "Info.plist").read_bytes())
    (exported,) = plist["UTExportedTypeDeclarations"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["brain"]
    assert '"${CLASSES}\\.brain"' in (ROOT / "packaging" / "windows" / "setup.nsi").read_text()


def test_one_id_names_the_program_everywhere() -> None:
    metadata = ET.parse(LINUX / "metainfo.xml").findtext("id")
    assert f"id: {metadata}\n" in (LINUX / "flatpak.yml").read_text("utf-8")
    assert f'APP_ID = "{metadata}"' in (ROOT / "packaging" / "formats.py").read_text("utf-8")


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """An archive's folder with a stand-in for the program."""
    folder = tmp_path / "Entpackt für mich" / "engram-workbench"
    (folder / "share" / "applications").mkdir(parents=True)
    shutil.copy(LINUX / "engram-workbench.desktop", folder / "share" / "applications")
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(LINUX / script, folder)
    (folder / "workbench").write_text("#!/bin/sh\necho workbench 1\n")
    (folder / "workbench").chmod(0o755)
    return folder


def _run(script: Path, *words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(script), *words], cwd=home, env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_installing_over_an_older_version_and_removing_leave_only_what_is_the_user_s(
    unpacked: Path, tmp_path: Path
) -> None:
    home = tmp_path / "Ann Österreich"
    home.mkdir()
    (home / "Library.brain").touch()
    assert _run(unpacked / "install.sh", home=home).returncode == 0
    program = home / ".local" / "lib" / "engram-workbench"
    (program / "of an older version").touch()
    done = _run(unpacked / "install.sh", home=home)
    assert done.returncode == 0, done.stderr
    assert not (program / "of an older version").exists()
    entry = home / ".local" / "share" / "applications" / "engram-workbench.desktop"
    assert f'Exec="{program}/workbench" %F' in entry.read_text("utf-8")
    assert (home / ".local" / "bin" / "workbench").resolve() == program / "workbench"
    done = _run(program / "uninstall.sh", home=home)
    assert done.returncode == 0, done.stderr
    # The desktop's own list of what opens which files stays.
    rest = {path.name for path in home.rglob("*") if path.is_file()} - {"mimeinfo.cache"}
    assert rest == {"Library.brain"}


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_what_does_not_start_is_not_installed(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "workbench").write_text("#!/bin/sh\necho 'GLIBC_2.35 not found' >&2\nexit 1\n")
    done = _run(unpacked / "install.sh", str(tmp_path / "there"), home=tmp_path)
    assert done.returncode == 1
    assert "GLIBC_2.35 not found" in done.stderr
    assert not (tmp_path / "there").exists()


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize("name", ["there", "R&D", "a|b"])
def test_a_folder_is_named_from_where_one_is_and_with_any_marks(
    unpacked: Path, tmp_path: Path, name: str
) -> None:
    done = _run(unpacked / "install.sh", name, home=tmp_path)
    assert done.returncode == 0, done.stderr
    program = tmp_path / name / "lib" / "engram-workbench"
    assert (tmp_path / name / "bin" / "workbench").resolve() == program / "workbench"
    entry = tmp_path / name / "share" / "applications" / "engram-workbench.desktop"
    assert f'Exec="{program}/workbench" %F' in entry.read_text("utf-8")


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_another_program_of_this_name_stays(unpacked: Path, tmp_path: Path) -> None:
    command = tmp_path / ".local" / "bin" / "workbench"
    command.parent.mkdir(parents=True)
    command.write_text("another program")
    done = _run(unpacked / "install.sh", home=tmp_path)
    assert done.returncode == 1
    assert str(command) in done.stderr
    program = tmp_path / ".local" / "lib" / "engram-workbench"
    assert not program.exists()
    command.unlink()
    assert _run(unpacked / "install.sh", home=tmp_path).returncode == 0
    command.unlink()
    command.write_text("another program")
    assert _run(program / "uninstall.sh", home=tmp_path).returncode == 0
    assert command.read_text() == "another program"
    assert not program.exists()


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_the_installer_for_windows_compiles_and_looks_whether_the_program_runs(
    tmp_path: Path,
) -> None:
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "workbench.exe").write_bytes(b"program")
    script = ROOT / "packaging" / "windows" / "setup.nsi"
    done = subprocess.run(
        ["makensis", "-V2", "-WX", "-DVERSION=1.0.0", f"-DBUNDLE={tmp_path / 'bundle'}",
         f"-DOUT={tmp_path / 'engram.exe'}", str(script)],
        capture_output=True, text=True, timeout=seconds(100), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "engram.exe").stat().st_size > 10_000
    # Before anything is written or deleted, by the installer and by the uninstaller.
    for section in re.split(r"\nSection(?!End)", script.read_text())[1:]:
        first = next(
            line.strip()
            for line in section.splitlines()[1:]
            if line.strip() and not line.strip().startswith(";")
        )
        assert re.fullmatch(r"Call (un\.)?RefuseWhileRunning", first)
