"""Image files as sources: what they say of themselves, and what is wrong with some of them."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

import ingest
from ingest.errors import DamagedFileError, TooLargeError, UnsupportedFileError
from ingest.records import Notice, Section, Source
from tests.ingest.images.conftest import draw


def records(path: Path) -> tuple[Source, list[Section], list[Notice]]:
    found = list(ingest.read(path))
    source = found[0]
    assert isinstance(source, Source)
    text = ""
    sections = [each for each in found if isinstance(each, Section)]
    for number, section in enumerate(sections):
        assert (section.ordinal, section.start) == (number, len(text))
        text += section.text
    for section in sections:
        for passage in section.passages:
            assert text[passage.locator.start : passage.locator.end] == passage.text
        for page in section.pages:
            assert 0 <= page.start <= page.end <= len(text)
    return source, sections, [each for each in found if isinstance(each, Notice)]


def words_of(sections: list[Section]) -> str:
    return " ".join("".join(section.text for section in sections).split())


@pytest.mark.slow
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_i3_a_picture_is_known_by_its_content_not_its_name(tmp_path: Path, form: str) -> None:
    wrong = tmp_path / "harbour wall.jpg"
    if form == "JPEG":
        wrong = tmp_path / "harbour wall.png"
    Image.new("RGB", (90, 60), "teal").save(wrong, form)
    assert ingest.sniff(wrong) == "image"
    source, sections, notices = records(wrong)
    assert (source.kind, source.title, source.metadata["format"]) == ("image", "Harbour Wall", form)
    assert words_of(sections) == "Picture “Harbour Wall”, 90 × 60 pixels."
    (page,) = [page for section in sections for page in section.pages]
    assert page.width / page.height == pytest.approx(1.5)
    assert not notices
    assert sections[0].passages[0].locator.box == (0.0, 0.0, 1.0, 1.0)


@pytest.mark.slow
def test_what_the_camera_wrote_is_told_and_can_be_searched(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Zenit", "Zenit 122", "Ada Brandt"
    exif[0x010E] = "The old harbour crane at low tide"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2019:07:04 18:30:11"
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 52.0, 10.04), 3: "E", 4: (151.0, 12.0, 36.0)})
    path = tmp_path / "IMG_0042.jpg"
    Image.new("RGB", (80, 40), "navy").save(path, exif=exif)
    source, sections, _ = records(path)
    assert (source.author, source.date) == ("Ada Brandt", "2019-07-04")
    assert source.metadata["camera"] == "Zenit 122"
    assert source.metadata["pixels"] == "40 × 80", "turned as the camera was held"
    assert source.metadata["place"].startswith("-33.869456, 151.21")
    told = words_of(sections)
    assert told.startswith("The old harbour crane at low tide Photograph “")
    assert "taken on 2019-07-04 at 18:30, with a Zenit 122, by Ada Brandt, at 33.86946° S" in told
    page = sections[0].pages[0]
    assert page.height == pytest.approx(2 * page.width)


@pytest.mark.slow
def test_a_caption_beside_the_picture_is_its_caption(tmp_path: Path) -> None:
    Image.new("RGB", (50, 50)).save(tmp_path / "crane.png")
    (tmp_path / "crane.txt").write_text("A crane lifting herring barrels, Ålesund.", "utf-8")
    _, sections, _ = records(tmp_path / "crane.png")
    assert words_of(sections).startswith("A crane lifting herring barrels, Ålesund. Picture")


def test_what_a_program_signs_with_is_no_caption(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (50, 50)).save(path, comment=b"CREATOR: gd-jpeg v1.0, quality = 90")
    assert words_of(records(path)[1]) == "Picture “A”, 50 × 50 pixels."


def test_one_pixel_and_thirty_thousand(tmp_path: Path) -> None:
    Image.new("1", (1, 1)).save(tmp_path / "dot.png")
    assert words_of(records(tmp_path / "dot.png")[1]) == "Picture “Dot”, 1 × 1 pixels."
    Image.new("L", (30_000, 200), 255).save(tmp_path / "strip.png")
    source, _, _ = records(tmp_path / "strip.png")
    assert source.metadata["pixels"] == "30000 × 200"


@pytest.mark.parametrize("side", [11_000, 30_000])
def test_a_bomb_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(TooLargeError, match=r"million pixels.*Save it smaller"):
        records(bomb)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"])
def test_i14_a_picture_cut_off_is_one_sentence(tmp_path: Path, form: str) -> None:
    path = tmp_path / "cut"
    draw().save(path, form)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(DamagedFileError, match=r"cut off or corrupt\. Copy or save it again"):
        records(path)


@pytest.mark.slow
def test_an_animation_gives_its_first_picture(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    path = tmp_path / "wave.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    _, _, (notice,) = records(path)
    assert notice.message == "This picture moves; the first of its 3 pictures was read."


def test_i3_what_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    drawing = tmp_path / "plan.png"
    drawing.write_text('<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="x"><text>Hi</text></svg>')
    with pytest.raises(UnsupportedFileError, match=r"SVG drawing.*Export it as PNG"):
        ingest.sniff(drawing)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200))
    with pytest.raises(UnsupportedFileError, match=r"HEIC photograph.*JPEG or PNG"):
        ingest.sniff(photo)
