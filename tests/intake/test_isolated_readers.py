"""What reads foreign files reaches no network and reports to nobody; fetching is done apart."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest import isolation, telemetry
from ingest.models import ocr
from tests.ingest.images.conftest import draw
from tests.patience import seconds
from tests.web_server import Page, WebServer, article, web_server
from workbench.errors import InputError
from workbench.intake.reader import Reader, Request
from workbench.jobs import Cancel
from workbench.library import Library

WriteFile = Callable[..., Path]
_isolated = pytest.mark.skipif(not isolation.offered(), reason="this system offers no isolation")
_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look at")


def connecting(reader: Reader, folder: Path, server: WebServer) -> str:
    """What the reader says that connects to the server."""
    file = folder / "address.txt"
    file.write_text(f"127.0.0.1 {server.server_port}", encoding="utf-8")
    frames = reader.read(Request(str(file), "a"), Cancel())
    records = [record for frame in frames if frame[0] == "batch" for record in frame[1]]
    return str(records)


def test_a_reader_that_answers_in_a_form_of_its_own_costs_its_file(tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file, words in zip(files, ("lie", "The ferry of Bredal carries barley"), strict=True):
        file.write_text(words, encoding="utf-8")
    with closing(Reader("fake_readers:lying")) as reader:
        with pytest.raises(InputError, match="in no known form") as raised:
            list(reader.read(Request(str(files[0]), "a"), Cancel()))
        assert raised.value.reason == "crashed"
        frames = list(reader.read(Request(str(files[1]), "b"), Cancel()))
    assert "Bredal" in str(frames)


@_isolated
def test_a_reader_that_connects_to_somebody_is_refused_and_reads_on(tmp_path: Path) -> None:
    with web_server() as server, closing(Reader("fake_readers:connecting")) as reader:
        assert "refused with Permission denied" in connecting(reader, tmp_path, server)
        assert server.asked == []


@pytest.mark.slow
@_isolated
def test_a_link_is_fetched_by_another_process_than_the_one_that_reads(tmp_path: Path) -> None:
    with web_server() as server, closing(Reader("fake_readers:connecting")) as reader:
        server.pages["/tides"] = Page(article("Tides", "The tide turns at noon."))
        assert "refused" in connecting(reader, tmp_path, server)
        page = reader.fetch(
            server.url("/tides"), typed=True, tell=lambda *_far: None, cancel=Cancel()
        )
        assert b"at noon" in page.content
        assert "refused" in connecting(reader, tmp_path, server)
        assert server.paths == ["/tides"]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a bundle is a shell script")
def test_a_bundle_starts_both_processes_by_its_own_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = tmp_path / "workbench"
    entry.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m workbench "$@"\n', encoding="utf-8")
    entry.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(entry))
    with web_server() as server, closing(Reader("fake_readers:connecting")) as reader:
        server.pages["/"] = Page(b"words")
        read = connecting(reader, tmp_path, server)
        assert ("refused" in read) == bool(isolation.offered())
        page = reader.fetch(server.url("/"), typed=True, tell=lambda *_far: None, cancel=Cancel())
        assert page.content == b"words"


@pytest.mark.slow
@pytest.mark.skipif(ocr.engine() == "", reason="no text recognition is installed")
def test_recognising_text_writes_no_report_for_its_maker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in telemetry.OFFLINE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKBENCH_OCR", "rapidocr")
    if not ocr.engine():
        pytest.skip("RapidOCR is not installed")
    # Here it lays aside what it will send, with a number by which the machine is known again.
    (tmp_path / "cache").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "cache"))
    draw("The tide gauge was read every morning.").save(tmp_path / "gauge.png")
    with Library.open(tmp_path / "a.brain") as library:
        assert library.add(tmp_path / "gauge.png")[0].state == "verified"
    left = [str(path) for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert not [path for path in left if "Microsoft" in path or "onnxruntime" in path]


@pytest.mark.parametrize("package", ["workbench", "ingest", "ingest.media.speech"])
def test_importing_a_package_switches_telemetry_off_before_all_else(package: str) -> None:
    script = (
        "import os, sys\n"
        "for name in ('ORT_DISABLE_TELEMETRY', 'HF_HUB_DISABLE_TELEMETRY'):\n"
        "    os.environ[name] = '0'\n"
        "os.environ.pop('HF_HUB_OFFLINE', None)\n"
        f"import {package}\n"
        "print(os.environ['ORT_DISABLE_TELEMETRY'], os.environ['HF_HUB_DISABLE_TELEMETRY'])\n"
        "print([n for n in ('onnxruntime', 'huggingface_hub', 'ctypes') if n in sys.modules])\n"
        "print('HF_HUB_OFFLINE' in os.environ)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(100),
    )
    told = done.stdout.splitlines()
    assert told[0] == "1 1"
    assert "onnxruntime" not in told[1]
    assert "huggingface_hub" not in told[1]
    # A notebook that loads models of its own may go on doing so.
    assert told[2] == "False"


@pytest.mark.slow
@_proc
def test_processes_are_given_it_even_by_a_parent_that_has_lost_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in telemetry.OFFLINE:
        monkeypatch.delenv(name, raising=False)
    with web_server() as server, closing(Reader()) as reader:
        server.pages["/"] = Page(b"words")
        (tmp_path / "a.txt").write_text("The ferry of Bredal carries barley.", encoding="utf-8")
        for _ in reader.read(Request(str(tmp_path / "a.txt"), "a"), Cancel()):
            continue
        reader.fetch(server.url("/"), typed=True, tell=lambda *_far: None, cancel=Cancel())
        found = {name: _environment_of(name) for name in ("reader", "fetch")}
    assert telemetry.OFFLINE.items() <= found["reader"].items()
    assert telemetry.OFF.items() <= found["fetch"].items()


def _environment_of(kind: str) -> dict[str, str]:
    """The environment of the only process of this kind that runs below this one."""
    me = Path("/proc/self/task")
    children = [each for task in me.iterdir() for each in (task / "children").read_text().split()]
    for child in children:
        if f"{kind}_process" in Path("/proc", child, "cmdline").read_text():
            words = Path("/proc", child, "environ").read_text().split("\0")
            return dict(each.split("=", 1) for each in words if "=" in each)
    raise AssertionError(f"no {kind} process runs")
