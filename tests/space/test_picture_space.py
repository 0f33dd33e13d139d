"""Pictures by what they show: the real loading code on a tiny model that the test writes itself.

Its weights are chance, so what is near what means nothing; that it is found, kept and gone on from
does.
"""

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.benchmarks import made_clip
from tests.figures_made import BOX, with_figures
from workbench.cli.main import main
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.model_kinds import try_kind

_installed = bool(importlib.util.find_spec("open_clip") and importlib.util.find_spec("torch"))
needs_vision = pytest.mark.skipif(not _installed, reason="the extra `vision` is not installed")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "Tiny"
    made_clip.write_model(folder)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        yield opened


def _painted(folder: Path, count: int) -> list[Path]:
    random = np.random.default_rng(1)
    files = []
    for number in range(count):
        file = folder / f"{number:03}.png"
        field = random.integers(0, 255, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(field).resize((48, 48), Image.Resampling.NEAREST).save(file)
        files.append(file)
    return files


@needs_vision
@pytest.mark.slow
def test_i10_words_find_pictures_and_pictures_find_pictures_figures_and_words(
    library: Library, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Other tests of this process may have loaded it.
    loaded = "torch" in sys.modules
    files = _painted(tmp_path, 5)
    added = library.add(files)
    library.add_text(
        "Trieste ships walnut planks to Vienna. The crane in Trieste was built in 1911."
    )
    seen = library.models.use(tiny, "pictures")
    assert (seen.model, seen.pictures, seen.dimension) == ("Tiny", 5, 24)
    assert (seen.done, seen.total, seen.trouble) == (5, 5, "")
    by_words = library.sources.pictures("a crane by the sea", limit=3)
    assert len(by_words) == 3
    assert [hit.nearness for hit in by_words] == sorted(
        (hit.nearness for hit in by_words), reverse=True
    )
    # The same picture by another name is the nearest there is, and itself left out by its number.
    twin = tmp_path / "twin.png"
    twin.write_bytes(files[2].read_bytes())
    (nearest, *_) = library.sources.pictures(twin)
    assert (nearest.source, round(nearest.nearness, 2)) == (added[2].source, 1.0)
    assert added[2].source is not None
    alike = library.sources.pictures(added[2].source)
    assert len(alike) == 4
    assert added[2].source not in {hit.source for hit in alike}
    labels = library.sources.labels(added[0].source or 0, names=["crane", "oak", "rye"], limit=3)
    assert {name for name, _ in labels} == {"crane", "oak", "rye"}
    assert sum(share for _, share in labels) == pytest.approx(1)
    library.graph.link(concepts_only=True)
    own = library.sources.labels(added[0].source or 0, limit=50)
    assert any("Trieste" in name for name, _ in own)
    # Figures in a PDF are pictures with a page and a box.
    (paper,) = library.add(with_figures(tmp_path / "paper.pdf", [[files[1]], [], [files[2]]]))
    assert library.models.update("pictures") == 2
    assert added[2].source is not None
    assert paper.source is not None
    figure = library.sources.pictures(added[2].source)[0]
    assert (figure.source, figure.kind, figure.page) == (paper.source, "pdf", 3)
    assert figure.nearness > 0.9
    assert figure.box == pytest.approx(BOX, abs=0.01)
    beside = library.sources.text(paper.source, figure.start, figure.end)
    assert beside == "Figure 3: a field of colours."
    capsys.readouterr()
    arguments = ["--json", "--library", str(tmp_path / "a.brain"), "pictures", "like"]
    assert main([*arguments, str(added[2].source), "--limit", "1"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["source"], told["page"]) == (paper.source, 3)
    # The model itself is tried on a circle that is drawn, or on a picture of the user's.
    assert (
        "The red circle that was drawn is most like “a " in try_kind("pictures", library.path).said
    )
    assert "“twin.png” is most like “a" in try_kind("pictures", library.path, file=twin).said
    with pytest.raises(InputError, match="cannot be read"):
        try_kind("pictures", library.path, file=tmp_path / "paper.pdf")
    # The trash shows nothing, and what is gone is gone.
    library.sources.delete([paper.source])
    library.sources.trash([nearest.source])
    left = {added[at].source for at in (0, 1, 3, 4)}
    assert {hit.source for hit in library.sources.pictures("crane")} == left
    assert loaded or "torch" not in sys.modules


@needs_vision
@pytest.mark.slow
def test_what_was_seen_stays_when_it_is_stopped_or_killed(
    library: Library, tiny: Path, tmp_path: Path
) -> None:
    library.add(_painted(tmp_path, 38))
    cancel = Cancel()

    def stop(progress: Progress) -> None:
        if progress.done:
            cancel.set()

    with pytest.raises(Cancelled):
        library.models.use(tiny, "pictures", report=stop, cancel=cancel)
    (half,) = library.models.readings("pictures")
    assert (half.pictures, half.done, half.total) == (32, 32, 38)
    # As by a kill from outside: the next question has a process of its own.
    running = library._core.pictures._pictures._of(
        library._core.pictures._pictures._needed()
    )._process
    if running is not None:
        running.kill()
    assert library.models.update("pictures") == 6
    assert library.models.update("pictures") == 0
    assert library.models.drop("pictures") == 38
    assert not library.models.readings("pictures")
    with pytest.raises(NotFoundError, match="workbench pictures use"):
        library.sources.pictures("crane")


def test_a_folder_without_a_model_is_named(library: Library, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"contains no image model.*open_clip"):
        library.models.use(tmp_path, "pictures")
    (tmp_path / "open_clip_config.json").write_text("{}")
    (tmp_path / "open_clip_pytorch_model.bin").write_bytes(b"x")
    with pytest.raises(InputError, match="cannot be read"):
        library.models.use(tmp_path, "pictures")


def test_without_the_extra_a_sentence_says_how_to_add_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.models.clip.find_spec", lambda _name: None)
    made_clip.write_config(tmp_path)
    (tmp_path / "open_clip_pytorch_model.bin").write_bytes(b"x")
    with pytest.raises(InputError, match="uv sync --extra vision"):
        library.models.use(tmp_path, "pictures")
    assert not library.models.readings("pictures")


@needs_vision
@pytest.mark.slow
def test_a_damaged_model_is_one_sentence(library: Library, tiny: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "Damaged"
    damaged.mkdir()
    (damaged / "open_clip_config.json").write_text((tiny / "open_clip_config.json").read_text())
    whole = (tiny / "open_clip_pytorch_model.bin").read_bytes()
    library.add(_painted(tmp_path, 1))
    for weights in (b"no weights at all", whole[: len(whole) // 2]):
        (damaged / "open_clip_pytorch_model.bin").write_bytes(weights)
        with pytest.raises(InputError, match=r"“Damaged” could not be loaded.*choose another"):
            library.models.use(damaged, "pictures")
    # Weights of another size: those of the made model behind a description with wider layers.
    told = (damaged / "open_clip_config.json").read_text()
    (damaged / "open_clip_config.json").write_text(told.replace("24", "48"))
    assert told.count("24")
    (damaged / "open_clip_pytorch_model.bin").write_bytes(whole)
    with pytest.raises(InputError, match=r"“Damaged” could not be loaded.*choose another"):
        library.models.use(damaged, "pictures")
