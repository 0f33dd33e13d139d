"""Captions of SubStation, SBV, LRC, TTML, SAMI and MicroDVD: their words, times and speakers."""

from pathlib import Path

import pytest

import ingest
from tests.ingest.conftest import Read

ASS = """[Script Info]
Title: Mill talk
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,Not shown
Dialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,{\\an8\\i1}The mill{\\i0}, it seems,\\Nis of oak.
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 0 10 10{\\p0}
Dialogue: 0,0:00:05.00,0:00:08.00,Default,,0,0,0,,It grinds a < b\\hsacks.
"""
SBV = (
    "0:00:01.000,0:00:04.000\nThe mill, it seems,\nis of oak.\n\n"
    "0:00:05.000,0:00:08.000\nIt grinds a < b sacks.\n"
)
LRC = (
    "[ti:Mill talk]\n[ar:Wilma]\n[00:01.00]The mill, it seems, is of oak.\n"
    "[00:05.00]It grinds a < b sacks.\n[00:08.00]\n"
)
TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
ttp:tickRate="10"><head><styling><style id="s"/></styling></head><body><div>
<p begin="00:00:01.000" end="00:00:04.000">The mill, it <span>seems</span>,<br/>is of oak.</p>
<p begin="50t" dur="3s">It grinds a &lt; b sacks.</p></div></body></tt>"""

SAMI = """<SAMI><HEAD><TITLE>Mill talk</TITLE>
<STYLE TYPE="text/css"><!-- P { color: white; } .ENCC { Name: English; } --></STYLE></HEAD><BODY>
<SYNC Start=1000><P Class=ENCC>The mill, it <i>seems</i>,<br>is of oak.
<SYNC Start=4000><P Class=ENCC>&nbsp;
<Sync Start="5000"><P Class=ENCC>It grinds a &lt; b sacks.</P></Sync>
<SYNC Start=8000><P Class=ENCC>&nbsp;</BODY></SAMI>"""
MICRO = (
    "{1}{1}25.000\n{25}{100}{Y:i}The mill, it seems,|{c:$0000FF}is of oak.\n"
    "{125}{200}/It grinds a < b sacks.\n"
)


@pytest.mark.parametrize(
    ("form", "content"),
    [("ass", ASS), ("sbv", SBV), ("lrc", LRC), ("ttml", TTML), ("smi", SAMI), ("sub", MICRO)],
)
def test_words_come_without_machinery_and_with_times(
    form: str, content: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / f"mill.{form}"
    path.write_text(content)
    assert ingest.sniff(path) == "captions"
    book = read(path)
    assert " ".join(book.text.split()) == "The mill, it seems, is of oak. It grinds a < b sacks."
    assert [passage.locator.seconds for passage in book.passages][:1] == [1.0]
    assert float(book.source.metadata["seconds"]) == 8.0


def test_speakers_and_titles_of_scripts_are_read(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.ass"
    path.write_text(ASS.replace("Default,,0", "Default,Wilma,0"))
    book = read(path)
    assert book.source.title == "Mill talk"
    assert book.text.startswith("Wilma: The mill")


def test_a_chat_with_times_in_brackets_is_no_lyrics(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text("[12:30] Wilma: The mill is open.\n[12:31] Odd: It is not.\n" * 5)
    assert ingest.sniff(path) == "text"


def test_broken_captions_are_refused_in_words(tmp_path: Path) -> None:
    for form, content in (("ttml", TTML[:-60]), ("ass", ASS[:60])):
        path = tmp_path / f"a.{form}"
        path.write_text(content)
        with pytest.raises(ingest.IngestError):
            list(ingest.read(path))


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("ass", ASS.replace("0:00:01.00", f"0:{'7' * 5000}:01.00")),
        ("ass", ASS.replace("0:00:01.00", f"0:{'7' * 400}:01.00")),
        ("ttml", TTML.replace('"50t"', f'"{"7" * 400}t"')),
        ("sub", MICRO.replace("25.000", f"0.{'0' * 310}1")),
        ("sub", MICRO.replace("25.000", "7" * 400)),
    ],
)
def test_times_beyond_any_number_cost_no_words(
    form: str, content: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / f"a.{form}"
    path.write_text(content)
    text = " ".join(read(path).text.split())
    assert "The mill, it seems, is of oak." in text
    assert "It grinds a < b sacks." in text
