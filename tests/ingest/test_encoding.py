"""Files without a word about their encoding, and files that hold two."""

import random
from pathlib import Path

import pytest

from ingest.books.encoding import decode, looks_binary
from ingest.errors import UnsupportedFileError
from ingest.kinds import sniff

_TEXTS = {
    "en": "The old man sat at the window and looked at the river below. ",
    "ru": "Старик сидел у окна и смотрел на реку. Ветер гнал по ней серые волны. ",
    "el": "Ο γέρος καθόταν στο παράθυρο και κοίταζε το ποτάμι από κάτω. ",
    "ar": "جلس الرجل العجوز عند النافذة ونظر إلى النهر. كانت الريح تدفع الأمواج. ",
    "he": "הזקן ישב ליד החלון והביט בנהר. הרוח דחפה גלים אפורים. ",
    "zh": "老人坐在窗边，看着河水。风吹起灰色的波浪，没有人来。他想起了很久以前的事情。",
    "ko": "노인은 창가에 앉아 강을 바라보았다. 바람이 회색 물결을 몰고 왔다. ",
    "th": "ชายชรานั่งอยู่ที่หน้าต่าง และมองดูแม่น้ำ ลมพัดคลื่นสีเทา ",
}


@pytest.mark.parametrize("language", _TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_i14_utf_16_without_a_mark_is_told(language: str, encoding: str) -> None:
    """Cyrillic in it is valid UTF-8, too: it was read as signs with zeros between them."""
    for times in (1, 60):
        data = (_TEXTS[language] * times).encode(encoding)
        assert not looks_binary(data)
        assert decode(data).text == _TEXTS[language] * times


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"# Notes\n\nThe gate is shut.\x07\n", False),
        (b"The l\bland and the s\bsea.\n", False),
        ("Der Bär schläft.\x01\n".encode(), False),
        (b"The gate is shut.\x00\n", True),
        (b"B\xe4r\x01 und Tor", True),
        (b"ab\x01cd\x02ef\x03gh\x05" * 20, True),
    ],
)
def test_a_few_control_characters_make_no_text_binary(
    data: bytes, binary: bool, tmp_path: Path
) -> None:
    assert looks_binary(data) == binary
    (tmp_path / "notes.md").write_bytes(data)
    if binary:
        with pytest.raises(UnsupportedFileError):
            sniff(tmp_path / "notes.md")
    else:
        assert sniff(tmp_path / "notes.md") in ("text", "markdown")


def test_noise_is_no_utf_16() -> None:
    noise = random.Random(9)
    assert all(looks_binary(noise.randbytes(size)) for size in (64, 400, 5000) for _ in range(80))


@pytest.mark.parametrize(
    ("strange", "encoding"),
    [("Größe und Übermut kamen zurück.", "cp1252"), ("Старик сидел у окна.", "cp1251")],
)
def test_i14_lines_in_another_encoding_are_read_in_theirs(strange: str, encoding: str) -> None:
    common = "Über die Brücke – und zurück.\n" * 30
    data = common.encode() + f"{strange}\n".encode(encoding) * 4 + "Straße.\n".encode() * 5
    found = decode(data)
    assert found.text == common + f"{strange}\n" * 4 + "Straße.\n" * 5
    assert found.invalid == 0


def test_a_single_spoilt_byte_is_shown_and_counted() -> None:
    found = decode("Über die Brücke\n".encode() * 20 + b"Stra\xff\xfee ging \xc3\xa4ndern\n" * 1)
    assert found.text.startswith("Über die Brücke\n")
    assert "ging" in found.text


def test_numbers_of_two_bytes_are_no_text() -> None:
    assert looks_binary(bytes([0, 1, 2, 255]) * 50)
    with pytest.raises(UnsupportedFileError):
        decode(bytes([0, 1, 2, 255]) * 50)
