"""The wheel as an environment sees it in which another project's `ingest` is installed, too."""

import json
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.patience import seconds

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
#: Where a wheel that is built here asks for newer versions.
_RELEASES = "http://127.0.0.1:9/json"


@pytest.fixture
def relocated(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    # What builds the wheel is fetched by uv and not installed here.
    interface = "hatchling.builders.hooks.plugin.interface"
    parts = interface.split(".")
    for end in range(1, len(parts)):
        monkeypatch.setitem(sys.modules, ".".join(parts[:end]), SimpleNamespace())
    monkeypatch.setitem(sys.modules, interface, SimpleNamespace(BuildHookInterface=object))
    function: Callable[[str, str], str] = runpy.run_path(str(PACKAGING / "relocation.py"))[
        "relocated"
    ]
    return function


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import ingest\n", "from workbench import ingest\n"),
        ("from ingest import x\n", "from workbench.ingest import x\n"),
        ("if a:\n    from ingest.b import (\n    c)\n",
         "if a:\n    from workbench.ingest.b import (\n    c)\n"),
        ("from ingested import x\n", "from ingested import x\n"),
        ("x = 'We ingest. Then ingest.a is read.'\n", "x = 'We ingest. Then ingest.a is read.'\n"),
    ],
)  # fmt: skip
def test_imports_name_the_installed_place(
    relocated: Callable[[str, str], str], source: str, expected: str
) -> None:
    assert relocated(source, "module.py") == expected


@pytest.mark.parametrize(
    "source", ["import ingest.books\n", "import os, ingest\n", "x = 'ingest.books.pdf:read'\n"]
)
def test_a_module_that_is_named_otherwise_stops_the_build(
    relocated: Callable[[str, str], str], source: str
) -> None:
    with pytest.raises(ValueError, match=r"module\.py names ingest"):
        relocated(source, "module.py")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages: the wheel, and another project's `ingest`."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        ["uv", "build", "--quiet", "--wheel", "--out-dir", str(folder)],
        check=True, cwd=ROOT, env={**os.environ, "WORKBENCH_RELEASES": _RELEASES},
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    zipfile.ZipFile(wheel).extractall(site)
    (site / "ingest.py").write_text("raise SystemExit('another ingest was imported')\n")
    return site


pytestmark = pytest.mark.skipif(shutil.which("uv") is None, reason="needs uv")


@pytest.mark.slow
def test_all_packages_of_a_wheel_have_the_project_s_names(site: Path) -> None:
    names = {path.name.partition("-")[0] for path in site.iterdir()} - {"ingest.py"}
    assert names == {"workbench", "engram_workbench"}


@pytest.mark.slow
def test_a_wheel_carries_the_versions_that_were_tested(site: Path) -> None:
    carried = (site / "workbench" / "constraints.txt").read_bytes()
    assert carried == (PACKAGING / "constraints.txt").read_bytes()


@pytest.mark.slow
def test_an_installed_program_reads_and_answers_beside_another_ingest(
    site: Path, tmp_path: Path
) -> None:
    """In its own process, in those that read and fetch, and in the one that recognises text."""
    home = tmp_path / "home"
    home.mkdir()
    page = Image.new("RGB", (900, 160), "white")
    ImageDraw.Draw(page).text(
        (30, 50), "The lighthouse was painted by Odile.", "black", ImageFont.load_default(40)
    )
    page.save(tmp_path / "Page.png")
    for name in ("epub", "pdf"):
        shutil.copy(ROOT / "resources" / "sample" / f"the-trace.{name}", tmp_path)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "WORKBENCH_HOME": str(home),
                   "PYTHONPATH": str(site), "WORKBENCH_OCR": "rapidocr"}  # fmt: skip

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "workbench", "--json", *words],
            env=environment, cwd=home, capture_output=True, text=True,
            timeout=seconds(200), check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert json.loads(run("check-updates"))["address"] == _RELEASES
    files = sorted(path for path in tmp_path.iterdir() if path.is_file())
    rows = [json.loads(line) for line in run("add", *map(str, files)).splitlines()]
    assert {row["state"] for row in rows} == {"verified"}
    answer = json.loads(run("ask", "--quotes", "Who painted the lighthouse?"))
    assert "Odile" in answer["evidence"][0]["quote"]
    code = "import workbench.ingest as i; print(i.read.__module__, i.__file__)"
    imported = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=environment, cwd=home, capture_output=True, text=True, check=True,
    )  # fmt: skip
    module, place = imported.stdout.split()
    assert module == "workbench.ingest.readers"
    assert Path(place).parent == site / "workbench" / "ingest"
