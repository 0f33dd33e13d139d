"""Code that has taken over a process that reads foreign files does nothing outside of it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest import isolation
from ingest.media import speech_settings
from ingest.models import ocr
from tests.ingest.images.conftest import draw
from tests.intake import payloads
from tests.patience import seconds
from tests.web_server import Page, web_server
from workbench.intake.reader import Reader, Request
from workbench.jobs import Cancel
from workbench.library import Library

_caged = pytest.mark.skipif(
    isolation.level() != "caged", reason="this system does not offer a cage"
)
WriteFile = Callable[..., Path]
#: Run by every Python process that a test starts, before all else: it puts the payload in place.
_PAYLOAD = """
import json, sys
from pathlib import Path
def _told(**how):
    from tests.intake import payloads
    found = payloads.tries(Path({victim!r}), {main}, **how)
    return json.dumps(found)
"""


@pytest.fixture
def victim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody with a library, a token, and a secret in the environment."""
    folder = tmp_path / "victim"
    folder.mkdir()
    with Library.open(folder / "own.brain") as library:
        library.facts.tell("My locker is number nine.")
    (folder / "token").write_text("open sesame", encoding="utf-8")
    monkeypatch.setenv(*payloads.SECRET)
    return folder


def intruded(folder: Path, victim: Path, patch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all Python processes that are started from now on run `patch` first."""
    place = folder / "intruder"
    place.mkdir()
    root = str(Path(__file__).parents[2])
    lines = (
        f"import sys\nsys.path.append({root!r})\n"
        + _PAYLOAD.format(victim=str(victim), main=os.getpid())
        + patch
    )
    (place / "sitecustomize.py").write_text(lines, encoding="utf-8")
    monkeypatch.syspath_prepend(str(place))


def succeeded(told: str) -> dict[str, str]:
    """What a payload could do; it has tried at least forty things."""
    found = json.loads(told)
    assert len(found) >= 40
    return {name: how for name, how in found.items() if how != "refused"}


#: A reader whose words are what the payload tells.
_READER = """
import workbench.intake.reader_process
def read(path, request):
    from ingest.records import Source
    how = {how}
    yield Source(_told(**how), "text", "fake/1")
import types
sys.modules["intruder"] = types.ModuleType("intruder")
sys.modules["intruder"].read = read
"""


def read_with(path: Path) -> str:
    """The title of a file."""
    with closing(Reader("intruder:read")) as reader:
        frames = list(reader.read(Request(str(path), path.name), Cancel()))
    return next(str(frame[1][0].title) for frame in frames if frame[0] == "batch")


@_caged
@pytest.mark.parametrize("recogniser", ["tesseract", "rapidocr"])
def test_a_reader_that_is_taken_over_does_nothing(
    recogniser: str, tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", recogniser)
    intruded(tmp_path, victim, _READER.format(how={}), monkeypatch)
    # It lies beside the library, and is the only file there that is read.
    file = victim / "page.txt"
    file.write_text("The ferry carries barley.", encoding="utf-8")
    before = {path: path.read_bytes() for path in victim.iterdir()}
    assert succeeded(read_with(file)) == {}
    assert {path: path.read_bytes() for path in victim.iterdir()} == before


@_caged
def test_a_process_for_one_large_file_opens_only_that(
    tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intruded(tmp_path, victim, _READER.format(how={}), monkeypatch)
    file = victim / "large.txt"
    with file.open("wb") as opened:
        opened.truncate(40 << 20)
    assert succeeded(read_with(file)) == {}


@_caged
def test_a_process_that_transcribes_does_nothing(
    tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    settings = speech_settings.SpeechSettings(model, "", tmp_path / "journals")
    monkeypatch.setattr("workbench.intake.speech.active_model", lambda: settings)
    intruded(tmp_path, victim, _READER.format(how={}), monkeypatch)
    file = victim / "talk.ogg"
    file.write_bytes(b"OggS" + bytes(4000))
    assert succeeded(read_with(file)) == {}


@_caged
@pytest.mark.skipif(ocr.engine() == "", reason="no text recognition is installed")
def test_a_process_that_recognises_text_does_nothing(
    tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "rapidocr")
    if not ocr.engine():
        pytest.skip("RapidOCR is not installed")
    patch = (
        "import types\n"
        "def RapidOCR(**how):\n"
        "    word = lambda: (_told(), 1.0, [[0, 0], [9, 0], [9, 9], [0, 9]])\n"
        "    return lambda *all, **more: types.SimpleNamespace(word_results=[[word()]])\n"
        "import importlib.machinery\n"
        "stub = types.ModuleType('rapidocr')\n"
        "stub.__spec__ = importlib.machinery.ModuleSpec('rapidocr', None)\n"
        "stub.RapidOCR = RapidOCR\n"
        "sys.modules['rapidocr'] = stub\n"
    )
    intruded(tmp_path, victim, patch, monkeypatch)
    picture = victim / "gauge.png"
    draw("The tide gauge was read every morning.").save(picture)
    with closing(Reader()) as reader:
        frames = list(reader.read(Request(str(picture), "gauge"), Cancel()))
    text = "".join(
        getattr(item, "text", "") for frame in frames if frame[0] == "batch" for item in frame[1]
    )
    assert succeeded(text[text.index("{") : text.index("}") + 1]) == {}
    # As the window and the library start it, without a reader before it.
    folders = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "ingest.models.ocr_process"],
        input=b'{"width": 16, "height": 16}\n' + bytes(256),
        env=isolation.environment({"PYTHONPATH": folders}),
        capture_output=True, check=True, start_new_session=True, timeout=seconds(100),
    )  # fmt: skip
    (word,) = json.loads(done.stdout)["words"]
    assert succeeded(word[0]).keys() <= {"raise the limit of memory"}


@_caged
def test_a_process_of_an_image_model_does_nothing(
    tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patch = (
        "import ingest.models.clip as clip\n"
        "clip.ready = lambda: True\n"
        "class Clip:\n"
        "    def __init__(self, folder): pass\n"
        "    def texts(self, texts):\n"
        "        from ingest.errors import IngestError\n"
        "        raise IngestError(_told(), "
        ")\n"
        "clip.Clip = Clip\n"
    )
    intruded(tmp_path, victim, patch, monkeypatch)
    monkeypatch.setattr("ingest.models.clip.ready", lambda: True)
    from workbench.errors import InputError
    from workbench.space.pictures.process import ModelProcess

    (tmp_path / "model").mkdir()
    process = ModelProcess(tmp_path / "model")
    try:
        with pytest.raises(InputError) as raised:
            process.texts(["a lock"])
    finally:
        process.close()
    # It needs what the model needs.
    assert succeeded(raised.value.message).keys() <= {"raise the limit of memory"}


@_caged
def test_a_process_that_fetches_has_the_network_and_nothing_else(
    tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patch = (
        "import ingest.media.link_kind as link_kind\n"
        "from dataclasses import replace\n"
        "_fetch = link_kind.fetch\n"
        "def fetch(*all, **named):\n"
        "    return replace(_fetch(*all, **named), charset=_told(network=True))\n"
        "link_kind.fetch = fetch\n"
    )
    intruded(tmp_path, victim, patch, monkeypatch)
    with web_server() as server, closing(Reader()) as reader:
        server.pages["/"] = Page(b"words")
        page = reader.fetch(server.url("/"), typed=True, tell=lambda *_: None, cancel=Cancel())
    assert page.content == b"words"
    assert succeeded(page.charset) == {}


#: Ways in which a system offers less.
_LESS = {
    "no Landlock": "import ingest.landlock as l\nl.version = lambda: 0\n",
    "an old Landlock": "import ingest.landlock as l\nl.version = lambda: 1\n",
    "no seccomp": "import ingest.seccomp as s\ns.offered = lambda: False\n",
    "neither": (
        "import ingest.landlock as l, ingest.seccomp as s, ingest.isolation as i\n"
        "l.version, s.offered, i._WAYS = (lambda: 0), (lambda: False), {}\n"
    ),
}


@pytest.mark.parametrize("less", _LESS)
def test_where_the_system_offers_less_files_are_read_all_the_same(
    less: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intruded(tmp_path, tmp_path, _LESS[less], monkeypatch)
    if "Landlock" in less or less == "neither":
        version = 1 if less.startswith("an old") else 0
        monkeypatch.setattr("ingest.landlock.version", lambda: version)
    (tmp_path / "a.txt").write_text("The ferry of Bredal carries barley.", encoding="utf-8")
    with closing(Reader()) as reader:
        frames = list(reader.read(Request(str(tmp_path / "a.txt"), "a"), Cancel()))
    assert "Bredal" in str(frames)


def test_without_a_folder_to_copy_into_files_are_read_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "scratch").write_text("a file, and no folder", encoding="utf-8")
    (tmp_path / "a.txt").write_text("The ferry of Bredal carries barley.", encoding="utf-8")
    with closing(Reader(scratch=tmp_path / "scratch")) as reader:
        frames = list(reader.read(Request(str(tmp_path / "a.txt"), "a"), Cancel()))
    assert "Bredal" in str(frames)


def test_the_main_program_does_not_show_its_memory() -> None:
    if sys.platform != "linux":
        pytest.skip("there is no such switch")
    script = (
        "import ctypes, runpy, sys\n"
        "sys.argv = ['workbench', '--version']\n"
        "try:\n    runpy.run_module('workbench', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print('dumpable', ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        timeout=seconds(100),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "dumpable 0"
