"""Image models that are downloaded when a person names one, from a server on loopback."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from ingest.models import clip, clip_models
from ingest.models.clip_models import MODELS, ClipModel
from ingest.web import download
from tests.benchmarks import made_clip
from tests.web_server import Page, WebServer, web_server
from workbench.errors import InputError, NotFoundError
from workbench.library import Library
from workbench.recall import pictures

WEIGHTS = bytes(range(256)) * 400
MODEL = MODELS[0]
_LIST = """
import json, sys
from ingest.models.clip import import_open_clip
open_clip = import_open_clip()
from open_clip.pretrained import get_pretrained_cfg
result = []
for name, tag in json.loads(sys.argv[1]):
    repository = get_pretrained_cfg(name, tag)["hf_hub"].rstrip("/")
    result.append([repository, open_clip.get_model_config(name)["embed_dim"]])
print(json.dumps(result))
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    with web_server() as running:
        host = running.url("/{repository}/{file}")
        local = partial(download.Downloader, host=host, private=True)
        monkeypatch.setattr(download, "Downloader", local)
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def _config(dimension: int = MODEL.dimension) -> Page:
    return Page(json.dumps({"model_cfg": {"embed_dim": dimension}}).encode())


def _weights(data: bytes = WEIGHTS, **changes: object) -> Page:
    digest = f'"{hashlib.sha256(WEIGHTS).hexdigest()}"'
    return Page(data, headers={"X-Linked-ETag": digest}, parts=True)


def _serve(server: WebServer, config: Page, weights: Page, name: str) -> str:
    server.pages[f"/{MODEL.repository}/{clip.CONFIG}"] = config
    path = f"/{MODEL.repository}/{name}"
    server.pages[path] = weights
    return path


@pytest.mark.slow
def test_every_model_stands_in_the_list_of_open_clip() -> None:
    if not clip.ready():
        pytest.skip("the extra `vision` is not installed")
    names = json.dumps([(model.name, model.tag) for model in MODELS])
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _LIST, names],
        capture_output=True,
        text=True,
        check=True,
    )
    listed = json.loads(process.stdout.splitlines()[-1])
    assert listed == [[model.repository, model.dimension] for model in MODELS]


def test_nothing_is_downloaded_before_a_model_is_named(server: WebServer, library: Library) -> None:
    rows = library.models.list("pictures")
    assert [(row.name, row.folder, row.used) for row in rows] == [
        (model.name, None, False) for model in MODELS
    ]
    assert all(row.disk > 500_000_000 for row in rows)
    with pytest.raises(NotFoundError, match="There is no image model “resnet” to download"):
        library.models.fetch("resnet", "pictures")
    assert server.asked == []


def test_a_download_that_broke_off_continues_where_it_ended(
    server: WebServer, library: Library
) -> None:
    half = len(WEIGHTS) // 2
    length = {"Content-Length": str(len(WEIGHTS))}
    path = _serve(
        server, _config(), Page(WEIGHTS[:half], headers=length), "open_clip_model.safetensors"
    )
    with pytest.raises(InputError, match="broke off") as caught:
        library.models.fetch(MODEL.name, "pictures")
    assert "what has arrived is kept" in caught.value.hint
    assert library.models.list("pictures")[0].folder is None
    server.pages[path] = _weights()
    steps: list[int] = []
    library.models.fetch(
        MODEL.name, "pictures", report=lambda progress: steps.append(progress.done)
    )
    assert server.asked[-1][1]["Range"] == f"bytes={half}-"
    assert steps == sorted(steps)
    folder = library.models.list("pictures")[0].folder
    assert folder is not None
    assert (Path(folder) / "open_clip_model.safetensors").read_bytes() == WEIGHTS
    # What is there is not asked for again.
    before = len(server.asked)
    library.models.fetch(MODEL.name, "pictures")
    assert len(server.asked) == before


def test_weights_come_in_the_older_form_where_there_is_no_other(
    server: WebServer, library: Library
) -> None:
    _serve(server, _config(), _weights(), "open_clip_pytorch_model.bin")
    library.models.fetch(MODEL.name, "pictures")
    assert library.models.list("pictures")[0].folder is not None


def test_weights_that_arrive_damaged_are_not_kept(server: WebServer, library: Library) -> None:
    _serve(server, _config(), _weights(b"else"), "open_clip_model.safetensors")
    with pytest.raises(InputError, match="arrived damaged"):
        library.models.fetch(MODEL.name, "pictures")
    assert library.models.list("pictures")[0].folder is None


def test_another_model_than_the_one_named_is_refused(server: WebServer, library: Library) -> None:
    _serve(server, _config(7), _weights(), "open_clip_model.safetensors")
    with pytest.raises(InputError, match="is not the image model “ViT-B-32”"):
        library.models.fetch(MODEL.name, "pictures")
    assert library.models.list("pictures")[0].folder is None


def test_a_repository_without_weights_is_one_sentence(server: WebServer, library: Library) -> None:
    server.pages[f"/{MODEL.repository}/{clip.CONFIG}"] = _config()
    with pytest.raises(InputError, match="is no longer there") as caught:
        library.models.fetch(MODEL.name, "pictures")
    assert "Choose another model" in caught.value.hint


@pytest.mark.slow
def test_a_downloaded_model_is_used_by_its_name(
    server: WebServer, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not clip.ready():
        pytest.skip("the extra `vision` is not installed")
    made_clip.write_model(tmp_path / "weights")
    model = ClipModel("Chance", "", "made/chance", 1_000, 24, "quick")
    monkeypatch.setattr(clip_models, "MODELS", (model,))
    for file in (tmp_path / "weights").iterdir():
        server.pages[f"/made/chance/{file.name}"] = Page(file.read_bytes())
    library.models.fetch("Chance", "pictures")
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "a.png")
    library.add(tmp_path / "a.png")
    space = library.models.use("Chance", "pictures")
    assert (space.model, space.pictures) == ("Chance", 1)
    assert Path(space.path) == pictures.models_folder() / "Chance"
    assert [row.used for row in library.models.list("pictures")] == [True]
    (hit,) = library.sources.pictures("a teal square")
    assert hit.title
