"""The guide: its code runs and prints what it shows, its links lead on, and no call is left out."""

import contextlib
import importlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.models import ocr
from tests.benchmarks import real_models
from tests.benchmarks.corpus import NoCorpus, corpus_folder
from workbench import Library
from workbench.intake import speech
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.graph import background
from workbench.memory.reflex.settings import BrainConfig

GUIDE = Path(__file__).parents[2] / "resources" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
_KINDS = (
    *("fact", "decision", "preference", "todo", "insight"),
    *("context", "instruction", "error", "workflow", "reference"),
)
_BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n^```text\n(.*?)^```\n)?", re.M | re.S)


def _blocks(page: Path) -> Iterator[tuple[str, str]]:
    for block in _BLOCK.finditer(page.read_text("utf-8") + "\n"):
        yield block[1], block[2] or ""


@pytest.fixture
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # On a slow machine names are merged amid a page otherwise, and on a fast one after it.
    monkeypatch.setattr(background, "_QUIET", 600.0)
    before = Path.cwd()
    os.chdir(tmp_path)
    yield
    os.chdir(before)


def _heard_and_seen() -> None:
    """The recording, the picture and the speech model that a page of the guide has."""
    model = real_models.whisper()
    assert model is not None, "the dependency group `models` is not installed: uv sync --group dev"
    speech.folder().mkdir(parents=True)
    (speech.folder() / "tiny").symlink_to(model)
    voice = importlib.import_module("hibari").Hibari()
    voice.save("Alice Brown opened the museum in Boston.", "talk.wav", seed=1)
    shown = Image.new("L", (1000, 160), 255)
    font = ImageFont.load_default(size=44)
    ImageDraw.Draw(shown).text((30, 40), "Alice Brown was born in Boston.", 0, font)
    shown.save("plaque.png")


@pytest.mark.slow
@pytest.mark.usefixtures("_in_a_folder_of_its_own")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_a_page_prints_what_the_page_shows(page: Path) -> None:
    names: dict[str, object] = {"__name__": "guide"}
    if page.stem.endswith("heard-seen-and-read"):
        if not ocr.engine():
            pytest.skip("no text recognition is installed")
        _heard_and_seen()
    try:
        for number, (code, shown) in enumerate(_blocks(page), 1):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(code, f"{page.name}, block {number}", "exec"), names)
            assert printed.getvalue() == shown, f"block {number} of {page.name}:\n{code}"
    finally:
        for value in names.values():
            if isinstance(value, Library):
                value.close()


@pytest.mark.slow
def test_a_site_is_made_of_all_pages_and_no_link_leads_nowhere(tmp_path: Path) -> None:
    root = GUIDE.parents[1]
    site = (*("--config-file", root / "packaging" / "mkdocs.yml"), *("--site-dir", tmp_path))
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", *site)
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert {page.stem for page in PAGES} <= {page.stem for page in tmp_path.glob("*.html")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_fence_is_code_or_what_it_prints_and_fits_a_line(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith("# ")
    fences = re.findall(r"^```(\w*)$", text, re.M)
    opened = fences[::2]
    assert set(opened) <= {"python", "text"}
    assert set(fences[1::2]) <= {""}
    assert sum(1 for _ in _blocks(page)) == opened.count("python")
    for code, _ in _blocks(page):
        assert all(len(line) <= 100 for line in code.splitlines())


def test_all_types_kinds_depths_and_settings_are_named() -> None:
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    for name in (
        *(each.name.lower() for each in ConceptType),
        *(each.name.lower() for each in AssociationType),
        *_KINDS,
        *BrainConfig.__dataclass_fields__,
        *("instant", "context", "habit", "deep", "hybrid", "reflex", "classic"),
        *("AsyncLibrary", ":memory:", "train_db", "export", "import_", "alerts", "health"),
    ):
        assert name in text, name


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(file.stem for file in (GUIDE / "pictures").iterdir()))
def test_a_picture_looks_like_the_window(name: str) -> None:
    if name in ("papers", "editions"):
        try:
            corpus_folder()
        except NoCorpus as missing:
            pytest.skip(missing.message)
    script = GUIDE.parents[1] / "packaging" / "help_pictures.py"
    command = (sys.executable, str(script), "--check", name)
    # The tests leave the reader out, and the window has it.
    variables = {key: value for key, value in os.environ.items() if key != "WORKBENCH_READER"}
    made = subprocess.run(command, capture_output=True, text=True, env=variables, check=False)
    assert made.returncode == 0, f"{made.stdout}\npython packaging/help_pictures.py {name}"
