"""A whole local day sends nothing; and what counts the packets would see them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from ingest.models import clip, ocr
from tests.benchmarks.reliability import silence
from tests.benchmarks.reliability.network_namespace import Traffic, traffic_of
from tests.figures_made import with_figures
from tests.ingest.kinds_made import LONG, MADE
from tests.patience import seconds

_NOBODY = "no network namespaces are allowed here"
#: A day takes half a minute on a free machine, and ten times that on one with other work.
_day = pytest.mark.timeout(seconds(1800))
#: Run by every Python process of a day before anything else, to take one of the two guards away.
_UNGUARDED = {
    "isolation": "import ingest.isolation as i\ni.enclose = lambda _cage: ''\n",
    "telemetry": (
        "import os\nimport ingest.telemetry as t\n"
        "for name in t.OFFLINE: os.environ.pop(name, None)\n"
        "t.OFF = t.OFFLINE = {}\nt.switch_off = lambda: None\n"
    ),
}


def traffic(script: str) -> Traffic:
    """What a script sends; skips where it cannot be counted."""
    found = traffic_of([sys.executable, "-c", script])
    if found is None:
        pytest.skip(_NOBODY)
    return found


def lived(folder: Path, more: Mapping[str, str] | None = None) -> silence.Lived:
    """A day on a file of every kind there is; skips where its packets cannot be counted."""
    files = folder / "files"
    silence.write_files(files)
    for suffix, made in MADE.items():
        (files / f"kind.{suffix}").write_bytes(made(LONG))
    Image.linear_gradient("L").save(folder / "field.png")
    with_figures(files / "figures.pdf", [[folder / "field.png"], [files / "picture.png"]])
    found = silence.live(folder, more)
    if found is None:
        pytest.skip(_NOBODY)
    return found


def without(folder: Path, *guards: str) -> dict[str, str]:
    """An environment in which these guards are taken away."""
    place = folder / "unguarded"
    place.mkdir()
    words = "".join(_UNGUARDED[each] for each in guards)
    (place / "sitecustomize.py").write_text(words, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(place), *filter(None, sys.path)])}


def test_a_connection_a_datagram_and_a_question_for_a_name_are_counted() -> None:
    found = traffic(
        "import socket, subprocess, sys\n"
        "one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "one.sendto(b'x', ('198.51.100.9', 4433))\n"
        "child = \"import socket; socket.create_connection(('example.org', 443), 5)\"\n"
        "subprocess.run([sys.executable, '-c', child], stderr=subprocess.DEVNULL)\n"
        "six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)\n"
        "six.sendto(b'x', ('2001:db8::9', 53))\n"
    )
    assert found.status == 0, found.output
    assert {"udp 198.51.100.9:4433", "tcp 203.0.113.7:443"} <= set(found.packets)
    assert "udp [2001:db8::9]:53" in found.packets
    assert "example.org" in found.names


def test_loopback_is_not_counted_and_files_stay_ones_own(tmp_path: Path) -> None:
    found = traffic(
        "import os, socket, sys, threading\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "line = socket.create_connection(server.getsockname())\n"
        "line.sendall(b'words'); print(server.accept()[0].recv(5).decode())\n"
        "assert socket.getaddrinfo('localhost', 80)\n"
        f"open({str(tmp_path / 'a')!r}, 'w').close(); sys.exit(3)\n"
    )
    assert (found.status, found.count, found.names) == (3, 0, ())
    assert found.output == "words\n"
    assert (tmp_path / "a").stat().st_uid == os.getuid()


@pytest.mark.slow
def test_what_takes_too_long_is_ended_with_all_that_it_started() -> None:
    script = (
        "import subprocess, sys, time\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "time.sleep(600)\n"
    )
    if traffic("pass").status:
        pytest.fail("nothing can be run in a namespace")
    with pytest.raises(subprocess.TimeoutExpired):
        traffic_of([sys.executable, "-c", script], seconds=2)


@_day
@pytest.mark.slow
def test_a_local_day_with_a_file_of_every_kind_sends_nothing(tmp_path: Path) -> None:
    found = lived(tmp_path)
    assert (found.count, found.sent) == (0, ())
    done = found.done
    assert done["sources"] > len(MADE)
    assert done["heard"] == 1
    assert done["windows"] == 1
    assert done["read by recognition"] == (2 if ocr.engine() else 0)
    assert done["embeddings"] > 0
    assert (done["pictures seen"] > 0) == clip.ready()
    # What would have been sent later is not laid aside either.
    assert not [each for each in (tmp_path / "caches").rglob("*") if "Microsoft" in str(each)]


@_day
@pytest.mark.slow
@pytest.mark.parametrize("guard", ["isolation", "telemetry"])
def test_either_guard_alone_keeps_a_day_silent(tmp_path: Path, guard: str) -> None:
    found = lived(tmp_path, without(tmp_path, guard))
    assert (found.count, found.sent) == (0, ())


@pytest.mark.slow
def test_recognition_without_both_guards_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tesseract, where it is installed, would recognise text and report to nobody.
    monkeypatch.setenv("WORKBENCH_OCR", "rapidocr")
    if ocr.engine() != "rapidocr":
        pytest.skip("nothing is used here that reports to its maker")
    # On a build server ONNX Runtime says nothing, and its silence would prove nothing.
    monkeypatch.setenv("CI", "true")
    # It reports for the first time six to eight seconds after its first use.
    script = (
        "import time; from PIL import Image; from ingest.models import ocr\n"
        "ocr.recognise(Image.new('L', (400, 200), 255)); time.sleep(30)\n"
    )
    environment = {
        **without(tmp_path, "isolation", "telemetry"),
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
    }
    found = traffic_of([sys.executable, "-c", script], environment)
    if found is None:
        pytest.skip(_NOBODY)
    assert found.status == 0, found.output
    assert found.count + len(found.names) > 0
