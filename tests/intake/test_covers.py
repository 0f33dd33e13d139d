"""What sources show of themselves: covers of EPUBs, pages, pictures, stills of films."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.ingest.test_epub import METADATA, body, book
from workbench.errors import InputError, NotFoundError
from workbench.library import Library

CHAPTER = {"a.xhtml": body("<h1>One</h1><p>The ferry left at seven in the morning.</p>")}


def _item(id: str, name: str, more: str = "") -> str:
    return f'<item id="{id}" href="{name}" media-type="image/png" {more}/>'


NAMED = '<meta name="cover" content="x1"/>'


@pytest.mark.parametrize(
    ("metadata", "items"),
    [
        ("", _item("x0", "other.png") + _item("x1", "a%20b/it.png", 'properties="cover-image"')),
        (NAMED, _item("x0", "other.png") + _item("x1", "a%20b/it.png")),
        ("", _item("x0", "other.png") + _item("my-cover", "a%20b/it.png")),
    ],
)
def test_the_cover_of_an_epub_is_the_picture_that_it_names(
    tmp_path: Path, metadata: str, items: str
) -> None:
    pictures: dict[str, str | bytes] = {}
    for name, colour in (("OPS/other.png", "blue"), ("OPS/a b/it.png", "red")):
        drawn = io.BytesIO()
        Image.new("RGB", (60, 90), colour).save(drawn, "PNG")
        pictures[name] = drawn.getvalue()
    path = book(tmp_path / "f.epub", CHAPTER, metadata=METADATA + metadata, items=items,
                extra=pictures)  # fmt: skip
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(path)[0]
        wide, high, rows = library.sources.page_picture(added.source or 0, 1, 40)
        path.unlink()
        with pytest.raises(NotFoundError):
            library.sources.page_picture(added.source or 0, 1, 40)
    assert (wide, high) == (40, 60)
    assert rows == b"\xff\x00\x00\xff" * (40 * 60)


@pytest.mark.parametrize("picture", [None, b"", b"\x89PNG\r\n\x1a\n torn"])
def test_an_epub_without_a_cover_or_with_a_torn_one_says_so(
    tmp_path: Path, picture: bytes | None
) -> None:
    items = _item("cover", "cover.png") if picture is not None else ""
    extra: dict[str, str | bytes] = {"OPS/cover.png": picture} if picture is not None else {}
    path = book(tmp_path / "f.epub", CHAPTER, items=items, extra=extra)
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(path)[0]
        with pytest.raises(InputError):
            library.sources.page_picture(added.source or 0, 1, 40)


def _film(path: Path) -> None:
    """Three seconds without sound, black first, then red."""
    import av

    with av.open(str(path), "w") as out:
        stream: Any = out.add_stream("mpeg4", rate=10, options={"g": "1"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for at in range(30):
            picture = np.zeros((90, 160, 3), np.uint8)
            picture[:, :, 0] = 255 * (at > 1)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


@pytest.mark.slow
def test_captions_beside_their_film_show_a_still_of_it(tmp_path: Path) -> None:
    _film(tmp_path / "talk.mp4")
    spoken = "WEBVTT\n\n00:00.000 --> 00:03.000\nThe ferry leaves from the old harbour at seven.\n"
    for name in ("talk.en.vtt", "alone.vtt"):
        (tmp_path / name).write_text(spoken + name, encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        talk, alone = (library.add(tmp_path / name)[0] for name in ("talk.en.vtt", "alone.vtt"))
        wide, high, rows = library.sources.page_picture(talk.source or 0, 1, 80)
        with pytest.raises(NotFoundError):
            library.sources.page_picture(alone.source or 0, 1, 80)
    assert (wide, high, len(rows)) == (80, 45, 80 * 45 * 4)
    red, green, blue, solid = rows[4 * 1800 : 4 * 1801]
    assert red > 200
    assert max(green, blue) < 60
    assert solid == 255
