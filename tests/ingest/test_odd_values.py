"""Numbers and titles that no program writes, where readers look for small ones."""

import json
import re
import struct
import zipfile
from pathlib import Path

import pytest

import ingest
from ingest.errors import IngestError
from ingest.media import sound
from ingest.media.remarks import is_remark
from ingest.records import Notice, Section
from tests.benchmarks import made_pdf
from tests.ingest.kinds_made import WORDS, packed, word

_ODD = ("²", "9" * 5000, "-1", "1e3", "")


def _words(path: Path) -> tuple[str, list[Notice]]:
    records = list(ingest.read(path))
    text = "".join(record.text for record in records if isinstance(record, Section))
    return text, [record for record in records if isinstance(record, Notice)]


@pytest.mark.parametrize("odd", _ODD)
def test_odd_levels_and_counts_of_a_document_cost_nothing(odd: str, tmp_path: Path) -> None:
    heading = f'<text:h text:outline-level="{odd}">One</text:h>'
    spaced = f'<text:p>{WORDS}<text:s text:c="{odd}"/>on</text:p>'
    content = (
        '<o:document-content xmlns:o="o" xmlns:text="t"><o:body><o:text>'
        f"{heading}{spaced}</o:text></o:body></o:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    path = tmp_path / "a.odt"
    path.write_bytes(packed({"mimetype": kind, "content.xml": content}))
    text, notices = _words(path)
    assert WORDS.strip() in text
    assert "One" in text
    assert notices == []


@pytest.mark.parametrize("odd", _ODD)
def test_odd_levels_of_styles_cost_nothing(odd: str, tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = (
        f'<w:styles xmlns:w="{space}"><w:style w:type="paragraph" w:styleId="h"><w:name '
        f'w:val="heading {odd}"/></w:style><w:style w:type="paragraph" w:styleId="o"><w:pPr>'
        f'<w:outlineLvl w:val="{odd}"/></w:pPr></w:style></w:styles>'
    )
    path = tmp_path / "a.docx"
    path.write_bytes(word(WORDS))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    path.write_bytes(packed({**parts, "word/styles.xml": styles.encode()}))
    text, notices = _words(path)
    assert WORDS.strip() in text
    assert notices == []


def test_a_time_of_5000_figures_is_a_broken_one(tmp_path: Path) -> None:
    times = (f"{'9' * 5000}:00:01,000", "00:00:01,000")
    cues = "".join(f"{n}\n{a} --> 00:00:09,000\nCue {n} here.\n\n" for n, a in enumerate(times, 1))
    path = tmp_path / "a.srt"
    path.write_text(cues)
    text, notices = _words(path)
    assert "Cue 1 here." in text
    assert "Cue 2 here." in text
    assert [notice.code for notice in notices] == ["broken_times"]


@pytest.mark.parametrize("odd", ["1" + "0" * 400, "NaN", "Infinity", "1e300", '"x"', "null"])
def test_odd_times_of_captions_in_json_cost_nothing(odd: str, tmp_path: Path) -> None:
    event = {"tStartMs": 1000, "dDurationMs": 900, "segs": [{"utf8": WORDS}]}
    whole = json.dumps({"wireMagic": "pb3", "events": [event, {**event, "tStartMs": 1111}]})
    path = tmp_path / "a.json3"
    path.write_text(whole.replace("1111", odd))
    text, _ = _words(path)
    assert text.count("The ferry left") == 2
    path.write_text('{"wireMagic": "pb3", "events": 5, "x": {"tStartMs": 1}}')
    with pytest.raises(ingest.IngestError):
        list(ingest.read(path))


@pytest.mark.slow
def test_a_bookmark_whose_title_is_no_text_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    made_pdf.write(path, 30)
    titles = re.findall(rb"/Title \(([^()]*)\) /Parent", path.read_bytes())
    assert len(titles) > 1
    # Half a pair of surrogates, as UTF-16; as long as the title was, so that no place changes.
    odd = b"\\376\\377\\330\\000".ljust(len(titles[0]))[: len(titles[0])]
    path.write_bytes(
        path.read_bytes().replace(b"(" + titles[0] + b") /Parent", b"(" + odd + b") /Parent", 1)
    )
    records = list(ingest.read(path))
    assert titles[1].decode() in [r.title for r in records if isinstance(r, Section)]
    messages = [record.message for record in records if isinstance(record, Notice)]
    # The name of the first chapter is on no page but in its running head.
    notices = [message for message in messages if not is_remark(message)]
    assert notices == [
        "The part “bookmark 1” was left out: Its letters are in no encoding that makes sense."
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("place", "form"), [(22, "<H"), (24, "<I"), (28, "<I"), (34, "<H")])
@pytest.mark.parametrize("value", [0, 1, 0x7FFF, 0xFFFF])
def test_odd_heads_of_recordings_are_damage(
    place: int, form: str, value: int, tmp_path: Path
) -> None:
    data = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 4036, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000,
                       2, 16, b"data", 4000) + bytes(4000)  # fmt: skip
    width = struct.calcsize(form)
    odd = data[:place] + struct.pack(form, value) + data[place + width :]
    path = tmp_path / "a.wav"
    path.write_bytes(odd)
    try:
        seconds, loudest = sound.levels(path, 10, lambda: None)
    except IngestError:
        # Any other error would fail the test.
        return
    assert seconds >= 0
    assert all(level >= 0 for level in loudest)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_second_page_of_a_tiff_leaves_the_first(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "a.tiff"
    # Too small for letters, so that nobody looks for any.
    picture = Image.new("RGB", (8, 8), "white")
    picture.save(path, save_all=True, append_images=[picture])
    whole = path.read_bytes()
    (first,) = struct.unpack("<I", whole[4:8])
    (entries,) = struct.unpack("<H", whole[first : first + 2])
    after = first + 2 + 12 * entries
    (second,) = struct.unpack("<I", whole[after : after + 4])
    told = set()
    for entry in range(12):
        damaged = bytearray(whole)
        at = second + 2 + 12 * entry
        damaged[at + 8 : at + 12] = b"\xff\x7f\x00\x00"
        path.write_bytes(damaged)
        text, notices = _words(path)
        assert "8 × 8" in text
        told |= {notice.code for notice in notices}
    assert "pages_unreadable" in told
