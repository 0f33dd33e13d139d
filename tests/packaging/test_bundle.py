"""The frozen program, built here and run as on a machine that has neither Python nor sources."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.benchmarks.made_whisper import write_model
from tests.patience import seconds
from tests.recorded import speak

ROOT = Path(__file__).resolve().parents[2]
QUIET = Path(__file__).with_name("quiet.py")
_CANNOT = 125
#: Models take 70 of it, Qt 70, speech and embeddings 170.
_MOST_BYTES = 545_000_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(seconds(1000)),
    pytest.mark.skipif(sys.platform != "linux", reason="the recipe is tried on Linux only"),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The start program of a new bundle, moved to a folder that it was not built in.

    `WORKBENCH_BUNDLE` names one that `.ci/run` built of these sources, which is copied.
    """
    place = tmp_path_factory.mktemp("Programme für Leser")
    if built := os.environ.get("WORKBENCH_BUNDLE"):
        yield Path(shutil.copytree(built, place / "engram-workbench", symlinks=True)) / "workbench"
        shutil.rmtree(place)
        return
    out = tmp_path_factory.mktemp("built")
    before = _tree(ROOT / "packaging")
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "build.py"), str(out), "folder"],
        cwd=out, capture_output=True, text=True, timeout=seconds(900), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "none under the GPL" in done.stdout
    assert _tree(ROOT / "packaging") == before
    assert not (ROOT / "build").exists()
    assert not (ROOT / "dist").exists()
    yield Path(shutil.move(out / "engram-workbench", place)) / "workbench"
    shutil.rmtree(place)


def _tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def _environment(home: Path, **more: str) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    return {"PATH": "/usr/bin:/bin", "HOME": str(home), "WORKBENCH_HOME": str(home),
            "LANG": "C.UTF-8", **more}  # fmt: skip


def _run(
    program: Path, *words: str, home: Path, told: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the bundle from the root folder, under a kernel that kills it for a network socket."""
    done = subprocess.run(
        [sys.executable, str(QUIET), str(program), *words],
        env=_environment(home), cwd="/", capture_output=True, text=True, check=False,
        timeout=seconds(100), input=told,
    )  # fmt: skip
    if done.returncode == _CANNOT:
        pytest.skip("this kernel cannot watch for sockets (seccomp)")
    return done


def test_the_watch_for_sockets_bites() -> None:
    code = "import socket, sys; socket.socket(getattr(socket, sys.argv[1]))"
    outcomes = {}
    for kind in ("AF_INET", "AF_INET6", "AF_UNIX"):
        done = subprocess.run(
            [sys.executable, str(QUIET), sys.executable, "-c", code, kind],
            capture_output=True, timeout=seconds(60), check=False,
        )  # fmt: skip
        outcomes[kind] = done.returncode
    if set(outcomes.values()) == {_CANNOT}:
        pytest.skip("this kernel cannot watch for sockets (seccomp)")
    assert outcomes["AF_UNIX"] == 0
    assert outcomes["AF_INET"] < 0
    assert outcomes["AF_INET6"] < 0


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs xvfb-run for a virtual display")
def test_p1_the_bundle_opens_reads_asks_and_shows_on_a_display(
    bundle: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "window.png"
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24",
         sys.executable, str(QUIET), str(bundle), "--smoke", str(picture)],
        env=_environment(tmp_path / "home"), cwd="/",
        capture_output=True, text=True, timeout=seconds(200), check=False,
    )  # fmt: skip
    if done.returncode == _CANNOT:
        pytest.skip("this kernel cannot watch for sockets (seccomp)")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "smoke: the window opened" in done.stdout
    assert "the brain recalled" in done.stdout
    assert "Traceback" not in done.stderr
    assert _colours(picture) > 200


def _colours(picture: Path) -> int:
    from PySide6.QtGui import QImage

    image = QImage(str(picture))
    assert image.width() >= 1200
    return len(
        {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    )


def test_the_trial_run_needs_no_display(bundle: Path, tmp_path: Path) -> None:
    done = _run(bundle, "--smoke", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr[-3000:]


def test_a_window_without_a_display_is_one_sentence(bundle: Path, tmp_path: Path) -> None:
    done = _run(bundle, home=tmp_path / "home")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no display" in done.stderr
    assert "uv" not in done.stderr


def _shelf(folder: Path) -> list[Path]:
    """A file of nearly every kind that is read, each with a word that only it has."""
    folder.mkdir()
    told = "The lighthouse of {0} was painted by the keeper {0}son in a single summer night."
    plain = {
        "Plain.txt": told.format("Alva"),
        "Marked.md": f"# Coast\n\n{told.format('Berrow')}\n\nAnother *paragraph* stands here.\n",
        "Page.html": f"<!doctype html><title>Page</title><body><p>{told.format('Corrin')}</p>",
        "Rich.rtf": "{\\rtf1\\ansi " + told.format("Dunmore") + "\\par}",
        "Talk.srt": f"1\n00:00:01,000 --> 00:00:09,000\n{told.format('Eskdale')}\n",
        "Lines.jsonl": json.dumps({"id": "1", "title": "F", "text": told.format("Farrow")}) + "\n",
        "Table.csv": f"title,text\nG,{told.format('Garvie')}\nH,{told.format('Harrow')}\n",
        "Letter.eml": "From: a@example.org\nTo: b@example.org\nSubject: Coast\nDate: Mon, 2 Mar "
        f"2020 10:00:00 +0000\nMessage-ID: <1@example.org>\n\n{told.format('Inver')}\n",
    }
    for name, text in plain.items():
        (folder / name).write_text(text, encoding="utf-8")
    paragraph = f"<w:p><w:r><w:t>{told.format('Jarrow')}</w:t></w:r></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(folder / "Word.docx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{paragraph}</w:body></w:document>',
        )
    with zipfile.ZipFile(folder / "Packed.zip", "w") as package:
        package.writestr("inside/deep.txt", told.format("Kerrow"))
    for kind in ("epub", "pdf"):
        shutil.copy(ROOT / "resources" / "sample" / f"the-trace.{kind}", folder / f"Book.{kind}")
    return sorted(folder.iterdir())


def test_p2_files_of_every_kind_go_in_and_come_back_out(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = _shelf(tmp_path / "shelf")
    link = tmp_path / "wb"
    link.symlink_to(bundle)
    added = _run(link, "--json", "add", *map(str, files), home=home)
    assert added.returncode == 0, added.stderr
    rows = [json.loads(line) for line in added.stdout.splitlines()]
    assert {row["state"] for row in rows} == {"verified"}
    asked = _run(link, "--json", "ask", "--quotes", "Who painted the lighthouse of Jarrow?",
                 home=home)  # fmt: skip
    answer = json.loads(asked.stdout)
    assert "Jarrowson" in answer["evidence"][0]["quote"]
    for name in ("Alva", "Dunmore", "Farrow", "Inver", "Kerrow"):
        asked = _run(link, "--json", "ask", "--quotes", f"Who painted the lighthouse of {name}?",
                     home=home)  # fmt: skip
        assert f"{name}son" in json.loads(asked.stdout)["evidence"][0]["quote"]
    assert _run(link, "verify", home=home).returncode == 0


def test_pictures_speech_and_embeddings_work_in_the_bundle(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_model(home / "models" / "speech" / "made")
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    Image.new("RGB", (400, 300), "teal").save(shelf / "Harbour wall.jpg")
    speak(shelf / "The lock.wav")
    (shelf / "Coast.txt").write_text("The lighthouse was painted by Odile.", encoding="utf-8")
    added = _run(bundle, "--json", "add", *map(str, sorted(shelf.iterdir())), home=home)
    assert added.returncode == 0, added.stderr
    rows = [json.loads(line) for line in added.stdout.splitlines()]
    assert {row["state"] for row in rows} == {"verified"}
    listed = _run(bundle, "--json", "list", "sources", home=home)
    assert "400 × 300 pixels" in _run(bundle, "ask", "Harbour wall picture", home=home).stdout
    assert "recording" in listed.stdout
    # With the model that ships.
    used = _run(bundle, "models", "update", home=home)
    assert used.returncode == 0, used.stderr
    near = _run(bundle, "--json", "see-also", "Who coloured the beacon?", home=home)
    assert "Odile" in near.stdout


def test_advice_in_the_bundle_is_for_the_bundle(bundle: Path, tmp_path: Path) -> None:
    # Not under the watch for sockets: it asks whether an Ollama answers on this machine.
    told = subprocess.run(
        [str(bundle), "doctor"], env=_environment(tmp_path / "home"), cwd="/",
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "uv sync" not in told.stdout
    assert "cannot take the extra `vision`" in told.stdout


def test_the_vault_opens_in_the_bundle(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    put = _run(bundle, "vault", "put", "home", "gate code", home=home, told="pear\n4711\n")
    assert put.returncode == 0, put.stderr
    asked = ("vault", "get", "home", "what is the code of the gate?")
    assert _run(bundle, *asked, home=home, told="pear\n").stdout == "4711\n"
    assert _run(bundle, *asked, home=home, told="plum\n").returncode == 1


def test_running_leaves_the_bundle_as_it_was(bundle: Path, tmp_path: Path) -> None:
    before = {path: path.lstat().st_mtime_ns for path in bundle.parent.rglob("*")}
    asked = _run(bundle, "ask", "--sample", "What did Ebbinghaus measure?", home=tmp_path / "home")
    assert asked.returncode == 0, asked.stderr
    assert {path: path.lstat().st_mtime_ns for path in bundle.parent.rglob("*")} == before


def test_p4_only_what_is_used_is_inside_and_every_part_has_its_licence(bundle: Path) -> None:
    inside = _tree(bundle.parent)
    names = {Path(name).name.lower() for name in inside}
    for unwanted in ("tkinter", "qml", "quick", "qtpdf", "webengine", "designer", "torch",
                     "llvmlite", "numba", "readline", "gdbm", "pytest", "hypothesis",
                     "libgtk"):  # fmt: skip
        assert not [name for name in names if unwanted in name], unwanted
    assert not [name for name in inside if name.endswith((".pyi", "/tests"))]
    translations = {name for name in names if name.endswith(".qm")}
    assert translations == {"qtbase_de.qm"}
    # Empty ones, so that FFmpeg loads: the encoders are under the GPL.
    encoders = [path for path in bundle.parent.rglob("libx26*")]
    assert encoders
    assert all(path.stat().st_size < 20_000 for path in encoders)
    size = sum(
        path.stat().st_size
        for path in bundle.parent.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    assert size < _MOST_BYTES
    bill = json.loads((bundle.parent / "LICENSES" / "sbom.cdx.json").read_text("utf-8"))
    parts = {part["name"] for part in bill["components"]}
    assert bill["metadata"]["component"]["name"] == "engram-workbench"
    assert parts >= {"python", "numpy", "pyside6-essentials", "shiboken6",
                     "pypdfium2", "cryptography", "selectolax", "sentencex", "pystemmer",
                     "readability-lxml", "striprtf", "bibtexparser", "rispy",
                     "pillow", "av", "faster-whisper", "ctranslate2", "tokenizers",
                     "onnxruntime"}  # fmt: skip
    for part in bill["components"]:
        folder = bundle.parent / "LICENSES" / part["name"]
        texts = [text.read_text("utf-8", "replace") for text in folder.iterdir()]
        assert any(len(text) > 100 for text in texts), part


def test_a_bundle_needs_no_environment_of_its_builder(bundle: Path, tmp_path: Path) -> None:
    """`workbench doctor` finds every part in the bundle, also with a misleading PYTHONPATH."""
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "workbench.py").write_text("raise SystemExit(77)")
    done = subprocess.run(
        [str(bundle), "--json", "doctor"],
        env=_environment(tmp_path / "home", PYTHONPATH=os.pathsep.join([str(trap), str(ROOT)])),
        cwd=trap, capture_output=True, text=True, timeout=seconds(60), check=False,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert told["healthy"]
    assert str(tmp_path) in told["places"]["library"]
