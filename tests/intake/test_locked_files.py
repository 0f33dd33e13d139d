"""PDFs that are locked are read with a password, which is stored and logged nowhere."""

from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from workbench import paths
from workbench.cli.main import main
from workbench.errors import InputError
from workbench.library import Library

_PASSWORD = "Möwe-7312-Hafen"


def locked(path: Path, password: str = _PASSWORD) -> Path:
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption(password, strength=128))
    canvas.drawString(80, 780, "The ferry carries barley on Mondays.")
    canvas.save()
    return path


def leaks(folder: Path) -> list[Path]:
    words = [_PASSWORD.encode(code) for code in ("utf-8", "utf-16-le")]
    files = [row for row in folder.rglob("*") if row.is_file() and row.name != "password.txt"]
    return [row for row in files if any(word in row.read_bytes() for word in words)]


def test_a_locked_file_is_read_with_its_password_and_keeps_it_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = locked(tmp_path / "a.pdf")
    (tmp_path / "password.txt").write_text(f"{_PASSWORD}\n", encoding="utf-8")
    library = ["--library", str(tmp_path / "x.brain")]
    assert main([*library, "add", str(file)]) == 3
    assert "--password-file" in capsys.readouterr().err
    options = ["--password-file", str(tmp_path / "password.txt")]
    assert main([*library, "add", str(file), *options]) == 0
    with Library.open(tmp_path / "x.brain") as opened:
        assert opened.search("ferry barley").total == 1
    output = capsys.readouterr()
    assert _PASSWORD not in output.out + output.err
    for folder in (tmp_path, paths.log_dir(), paths.cache_dir(), paths.config_dir()):
        assert leaks(folder) == []


def test_a_wrong_password_is_named_and_a_right_one_tried_again(tmp_path: Path) -> None:
    file = locked(tmp_path / "a.pdf")
    with Library.open(tmp_path / "x.brain") as library:
        library.queue.unlock("wrong")
        (added,) = library.add(file)
        assert added.error is not None
        assert added.error.startswith("This PDF is locked with another password.")
        library.queue.unlock(_PASSWORD)
        (added,) = library.add(file)
        assert (added.error, added.state) == (None, "verified")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00"])
def test_a_file_that_holds_no_password_is_refused(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "password.txt").write_bytes(content)
    file = locked(tmp_path / "a.pdf")
    options = ["--password-file", str(tmp_path / "password.txt")]
    assert main(["--library", str(tmp_path / "x.brain"), "add", str(file), *options]) == 3
    assert "password.txt" in capsys.readouterr().err


def test_reading_again_pages_and_highlights_want_the_password_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = locked(tmp_path / "a.pdf")
    (tmp_path / "password.txt").write_text(f"{_PASSWORD}\n", encoding="utf-8")
    options = ["--password-file", str(tmp_path / "password.txt")]
    library = ["--library", str(tmp_path / "x.brain")]
    assert main([*library, "add", str(file), *options]) == 0
    for command in (["reindex", "1"], ["highlights", "--from", str(file)]):
        assert main([*library, *command]) == 3
        output = capsys.readouterr()
        assert "--password-file" in output.out + output.err
        assert main([*library, *command, *options]) == 0
    with Library.open(tmp_path / "x.brain") as opened:
        with pytest.raises(InputError, match="locked"):
            opened.sources.page_picture(1, 1, 80)
        with pytest.raises(InputError, match=r"not the password of “a\.pdf”"):
            opened.queue.unlock("wrong", file)
        opened.queue.unlock(_PASSWORD, file)
        assert opened.sources.page_picture(1, 1, 80)[0] == 80
