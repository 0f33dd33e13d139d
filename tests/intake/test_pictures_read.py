"""Pictures and scans on their whole way: dropped, read in a reader process, found, opened."""

from pathlib import Path

import pytest
from PIL import Image

from ingest.media import image_file
from ingest.models import ocr
from tests.ingest.images.conftest import draw
from workbench.errors import InputError
from workbench.library import Library

pytestmark = pytest.mark.skipif(not ocr.engine(), reason="no text recognition is installed")


@pytest.mark.slow
def test_i10_a3_words_of_a_picture_and_of_a_scan_are_cited_with_their_boxes(tmp_path: Path) -> None:
    draw("The tide gauge at Vardø was read every morning by the schoolmaster.").save(
        tmp_path / "gauge.png"
    )
    draw("Herring prices were set by the abbess of Lund in late autumn.").save(
        tmp_path / "prices.pdf", "PDF", resolution=120
    )
    exif = Image.Exif()
    exif[0x010E] = "A crane unloading walnut planks in Trieste"
    Image.new("RGB", (400, 300), "grey").save(tmp_path / "crane.jpg", exif=exif)
    with Library.open(tmp_path / "a.brain") as library:
        added = library.add([tmp_path / name for name in ("gauge.png", "prices.pdf", "crane.jpg")])
        assert [one.state for one in added] == ["verified"] * 3
        for question, name, whole in (
            ("Who read the tide gauge every morning?", "gauge", False),
            ("Who set herring prices?", "prices", False),
            ("What does the crane unload in Trieste?", "crane", True),
        ):
            evidence = library.ask(question).evidence[0]
            place = evidence.locator
            assert Path(evidence.source.path or "").stem == name
            boxes = library.sources.page_boxes(evidence.source.id, place.start, place.end)
            if name != "prices":
                assert place.box is not None
            if whole:
                assert place.box == (0.0, 0.0, 1.0, 1.0)
                assert boxes == []
            else:
                ((number, (left, top, right, bottom)),) = boxes
                assert number == 1
                assert 0.03 < left < right < 0.97
                assert 0 < top < bottom < 1
            wide, high, rows = library.sources.page_picture(evidence.source.id, 1, 200)
            assert (wide, len(rows)) == (200, 4 * wide * high)


def test_a_picture_that_is_not_read_is_one_sentence_in_a_folder_and_a_program_is_none(
    tmp_path: Path,
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "book.txt").write_text("The ferry of Bredal carries barley in the autumn.")
    (shelf / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (shelf / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(64))
    (shelf / "tool").write_bytes(b"\x7fELF" + bytes(64))
    with Library.open(tmp_path / "x.brain") as library:
        told = {Path(each.path).name: each.error or "" for each in library.add(shelf)}
    assert set(told) == {"book.txt", "plan.svg", "photo.heic"}
    assert "Export it as PNG" in told["plan.svg"]
    assert "JPEG or PNG" in told["photo.heic"]
    assert not told["book.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError])
def test_a_page_that_cannot_be_drawn_is_one_sentence(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("L", (40, 40), 90).save(tmp_path / "dark.png")

    def fails(*_: object) -> None:
        raise error

    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add(tmp_path / "dark.png")
        assert added.source is not None
        monkeypatch.setattr(image_file, "rows_of", fails)
        with pytest.raises(InputError, match="could not be drawn"):
            library.sources.page_picture(added.source, 1, 80)
