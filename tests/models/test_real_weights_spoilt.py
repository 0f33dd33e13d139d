"""Weights that ship or that packages carry, spoilt as disks, downloads and people spoil them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.models import ocr
from workbench import paths
from workbench.errors import InputError
from workbench.library import Library
from workbench.model_kinds import kind_row
from workbench.space.embeddings import folder as models

pytestmark = [pytest.mark.slow, pytest.mark.model]
_TEXT = "Anna Brook built the mill in 1842. The mill burned down in the winter of 1901."
_ASKED = "Who built the mill?"


def _half(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


@pytest.mark.parametrize("file", ["model.bin", "heads.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("other", [False, True])
def test_a_reader_that_is_cut_off_or_another_costs_a_sentence_and_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, other: bool
) -> None:
    place = tmp_path / "reader of mine"
    shutil.copytree(paths.resources() / "reader", place)
    spoilt = _half((place / file).read_bytes())
    if other:
        # The weights of the embedding model: the same shape, and another size and purpose.
        source = paths.resources() / "embeddings"
        name = "config.json" if file == "heads.safetensors" else file
        spoilt = (source / name).read_bytes()[: -1 if file == "tokenizer.json" else None]
    (place / file).write_bytes(spoilt)
    monkeypatch.setenv("WORKBENCH_READER", str(place))
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(_TEXT)
        answer = library.ask(_ASKED)
        told = library.reader_trouble
    assert "Anna Brook built the mill" in answer.evidence[0].quote
    assert "reader of mine" in told
    assert "\n" not in told
    assert kind_row("reader").how == told


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("model.safetensors", _half),
        ("model.safetensors", lambda raw: bytes(len(raw))),
        ("config.json", lambda raw: raw.replace(b'"hidden_size": 384', b'"hidden_size": 768')),
        ("tokenizer.json", _half),
    ],
)
def test_embedding_weights_that_are_spoilt_leave_the_model_that_was_chosen(
    tmp_path: Path, file: str, spoil: Callable[[bytes], bytes]
) -> None:
    place = tmp_path / "spoilt"
    carried = next(each for each in models.carried() if not each.is_converted)
    shutil.copytree(carried.path, place)
    whole = (place / file).read_bytes()
    (place / file).write_bytes(spoil(whole))
    assert (place / file).read_bytes() != whole
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(_TEXT)
        library.models.use(str(carried.path))
        before = [(each.model, each.vectors) for each in library.models.readings("embedding")]
        assert before
        with pytest.raises(InputError, match="spoilt") as caught:
            library.models.use(str(place))
        assert "\n" not in caught.value.message
        assert caught.value.hint
        assert [
            (each.model, each.vectors) for each in library.models.readings("embedding")
        ] == before


@pytest.mark.skipif(ocr.engine() != "tesseract", reason="Tesseract is not installed")
@pytest.mark.parametrize("size", [0, 100_000])
def test_a_language_of_tesseract_that_is_cut_off_costs_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "eng.traineddata").write_bytes(b"\x18\x00\x00\x00" + bytes(size))
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "tessdata"))
    drawn = Image.new("RGB", (900, 200), "white")
    font = ImageFont.truetype(paths.resources() / "fonts" / "Inter-Regular.otf", 36)
    ImageDraw.Draw(drawn).text((40, 80), "The mill was built in 1842", "black", font=font)
    drawn.save(tmp_path / "mill.png")
    with Library.open(tmp_path / "a.brain") as library:
        (added,) = library.add(tmp_path / "mill.png")
        assert added.state == "verified"
        assert any("Text recognition failed on a picture" in each for each in added.notices)
