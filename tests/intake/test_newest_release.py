"""Whether a newer version is released: asked on request alone, by one request."""

import json
from collections.abc import Iterator
from functools import partial

import pytest

from tests.web_server import Page, WebServer, web_server
from workbench import version
from workbench.cli.main import main
from workbench.errors import InputError, UsageError
from workbench.intake.bibliography import newest_release
from workbench.intake.records import LookUp
from workbench.jobs import Cancel


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    with web_server() as server:
        monkeypatch.setattr(version, "releases", partial(server.url, "/json"))
        yield server


def _publish(index: WebServer, name: str) -> None:
    answer = json.dumps({"info": {"version": name}}).encode()
    index.pages["/json"] = Page(answer, 200, {"Content-Type": "application/json"})


def test_nothing_is_sent_until_it_is_said(index: WebServer) -> None:
    _publish(index, "9.0.0")
    assert newest_release(False, Cancel()) == LookUp(index.url("/json"))
    assert main(["check-updates"]) == 0
    assert index.paths == []
    newest_release(True, Cancel())
    assert index.paths == ["/json"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("1.0.0", "Version 1.0.0 is the newest."),
        ("0.9.12", "Version 1.0.0 is the newest."),
        ("1.0.0rc1", "Version 1.0.0 is the newest."),
        ("1.0.1", "Version 1.0.1 has been released; this is version 1.0.0."),
        ("1.10", "Version 1.10 has been released; this is version 1.0.0."),
        ("2.0b1", "Version 2.0b1 has been released; this is version 1.0.0."),
    ],
)
def test_versions_are_compared(
    index: WebServer, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.setattr(version, "__version__", "1.0.0")
    _publish(index, name)
    assert newest_release(True, Cancel()).details["sentence"] == sentence


@pytest.mark.parametrize("content", [b"<html>", b"{}", b"[]", b'{"info": 3}', b"[" * 100_000])
def test_what_names_no_version_is_one_sentence(index: WebServer, content: bytes) -> None:
    index.pages["/json"] = Page(content, 200, {"Content-Type": "application/json"})
    with pytest.raises(InputError, match=r"does not name a version"):
        newest_release(True, Cancel())


def test_no_answer_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with web_server() as server:
        gone = server.url("/json")
    monkeypatch.setattr(version, "releases", lambda: gone)
    assert main(["check-updates", "--send"]) == InputError.exit_code
    told = capsys.readouterr().err
    assert "127.0.0.1" in told
    assert "Traceback" not in told


def test_the_command_tells_people_and_scripts(
    index: WebServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(version, "__version__", "1.0.0")
    _publish(index, "1.2.0")
    monkeypatch.setenv("LANGUAGE", "de")
    assert main(["check-updates", "--send"]) == 0
    assert "Version 1.2.0 ist erschienen" in capsys.readouterr().out
    assert main(["--json", "check-updates", "--send"]) == 0
    assert json.loads(capsys.readouterr().out)["details"]["version"] == "1.2.0"


def test_a_copy_without_an_address_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert version.releases() == ""
    assert main(["check-updates", "--send"]) == UsageError.exit_code
    assert "no address of releases" in capsys.readouterr().err
