"""Rich text, made here: code pages, headings, tables, notes, pictures, and broken files."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from tests.ingest.conftest import Read

FERRY = "The ferry left at seven. Ines was on it."
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Helvetica;}{\f1\fnil\fcharset204 Arial;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\b\fs32 heading 1;}{\s2\b heading 2;}{\*\cs10 Default;}"
    r"{\s7\qc Title;}{\s8\outlinelevel0 Chapter head;}}"
    r"{\info{\title The Salt Jar}{\author Imogen H\'e4le}{\creatim\yr2024\mo5\dy6\hr1}"
    r"{\keywords salt}}"
)


def rtf(folder: Path, body: str, head: str = HEAD, name: str = "wrong.txt") -> Path:
    """Write a document."""
    path = folder / name
    path.write_bytes((head + body + "}").encode("latin-1"))
    return path


def test_words_metadata_and_headings(tmp_path: Path, read: Read) -> None:
    body = (
        rf"\pard\plain\s7\qc The Salt Jar\par\pard\plain\s1\b One\par\pard\plain {FERRY}\par "
        rf"\pard\s2 Two\par\pard {FERRY}\par\pard\s8 Three\par\pard\plain {FERRY}\par"
        rf"\pard\outlinelevel1 Four\par\pard {FERRY}\par"
    )
    found = read(rtf(tmp_path, body))
    source = found.source
    assert (source.kind, source.title, source.author) == ("rtf", "The Salt Jar", "Imogen Häle")
    assert (source.date, source.metadata) == ("2024-05-06", {"keywords": "salt"})
    assert [(s.title, s.level) for s in found.sections] == [
        ("The Salt Jar", 1),
        ("One", 1),
        ("Two", 2),
        ("Three", 1),
        ("Four", 2),
    ]
    assert [p.text for p in found.passages] == [FERRY] * 4


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"caf\'e9 \'93no\'94\emdash yes", "café “no”—yes"),
        (r"{\f1 \'cf\'e0\'f0\'ee\'ec}", "Паром"),
        (r"\u26085?\u12290 ?", "日。"),
        (r"\u-10179?\u-8704? yes.", "😀 yes."),
        ("caf\xe9 raw", "café raw"),
        (r"so{\b me} bo{\i ld}\~one", "some bold one"),
        (r"a\{b\}c \\ d", r"a{b}c \ d"),
        (r"{\field{\*\fldinst HYPERLINK http://x.org}{\fldrslt the ferry}} left", "the ferry left"),
        (r"salt{\*\bkmkstart x}{\header no}{\footer no}{\*\unknown no} jar", "salt jar"),
    ],
)
def test_characters_and_groups(written: str, words: str, tmp_path: Path, read: Read) -> None:
    assert read(rtf(tmp_path, rf"\pard {written}\par")).passages[0].text == words


def test_tables_are_rows_and_notes_stand_at_the_end(tmp_path: Path, read: Read) -> None:
    body = (
        r"\pard The ferry{\super{\footnote\pard A {\i steam} ferry.}} left.\par"
        r"\trowd\cellx1\cellx2\pard\intbl Ship\cell Year\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl Esperanza\cell 1911\cell\row"
        r"\pard It came back.\par"
    )
    assert read(rtf(tmp_path, body)).text.split("\n\n")[:-1] == [
        "The ferry left.",
        "Ship | Year",
        "Esperanza | 1911",
        "It came back.",
        "A steam ferry.",
    ]


def test_what_was_deleted_while_changes_were_tracked_is_left_out(
    tmp_path: Path, read: Read
) -> None:
    body = (
        r"\pard The rent is {\rtlch\fcs1 \af0 \ltrch\fcs0 \deleted\revauthdel1 {nine} hundred}"
        r"{\revised\revauth1 eleven hundred} crowns{\deleted0  a year}.\par"
    )
    found = read(rtf(tmp_path, body))
    assert found.sentences == ["The rent is eleven hundred crowns a year."]


def test_pictures_are_no_words_and_cost_little(tmp_path: Path, read: Read) -> None:
    hexes = "89504e47" * 300_000
    body = rf"\pard Before.\par{{\*\shppict{{\pict\pngblip {hexes}}}}}\pard After.\par"
    found = read(rtf(tmp_path, body))
    assert found.text == "Before.\n\nAfter.\n\n"
    binary = "{}\\}" * 50
    body = rf"\pard Before.\par{{\pict\bin{len(binary)} {binary}}}\pard After.\par"
    assert read(rtf(tmp_path, body)).text == "Before.\n\nAfter.\n\n"


@pytest.mark.parametrize("body", ["", r"\pard\par", r"{\pict 00ff}"])
def test_a_document_without_words_is_refused(body: str, tmp_path: Path) -> None:
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(rtf(tmp_path, body)))


def test_embedded_files_are_counted(tmp_path: Path, read: Read) -> None:
    embedded = r"{\object\objemb{\*\objclass Package}{\*\objdata 0105}{\result{\pict 00ff}}}"
    with pytest.raises(ingest.NoTextError, match="only 2 files embedded"):
        list(ingest.read(rtf(tmp_path, embedded * 2)))
    found = read(rtf(tmp_path, rf"\pard {FERRY}\par{embedded}"))
    assert [each.code for each in found.notices] == ["embedded"]


def test_a_cut_off_document_is_read_as_far_as_it_goes(tmp_path: Path, read: Read) -> None:
    path = rtf(tmp_path, rf"\pard {FERRY}\par{{\pict 00ff")
    assert read(path).passages[0].text == FERRY


PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "\\par ",
            "\\pard\\s1 ",
            "\\pard ",
            "\\cell ",
            "\\row ",
            "{\\footnote ",
            "\\'e9",
        ),
        *(
            "\\u26085?",
            "\\u-10179?",
            "\\u99999999?",
            "\\bin4 ",
            "\\bin",
            "{\\pict ",
            "\\",
            "{\\*\\x ",
        ),
        *(
            "\\f1 ",
            "\\f99 ",
            "\\uc",
            "\\uc9 ",
            "One. Two.",
            " salt",
            "\\outlinelevel3",
            "\\ansicpg0 ",
        ),
    ]
)


@pytest.mark.slow
@given(pieces=st.lists(PIECES, max_size=50))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_control_words_in_any_order_keep_the_law(
    pieces: list[str], tmp_path: Path, read: Read
) -> None:
    path = rtf(tmp_path, rf"\pard First.\par {''.join(pieces)}")
    try:
        read(path)
    except ingest.DamagedFileError:
        # Nonsense may be refused; any other error would fail the test.
        assert pieces


@pytest.mark.parametrize(
    "body",
    [
        r"{\shp{\*\shpinst{\sp{\sn fLine}{\sv 0}}{\shptxt \pard A b. Ines left.\par}}"
        r"{\shprslt{\*\do\dobxpage{\dptxbxtext\pard A b. Ines left.\par}}}}\par",
        r"{\*\do\dobxcolumn\dptxbx{\dptxbxtext\pard\plain A b. Ines left.\par}\dpx0}\par",
        r"\pard{\object\objemb{\*\objdata 0105}{\result \pard\plain A b. Ines left.\par}}\par",
        r"{\*\nobodyknows \pard A b. Ines left.\par}",
    ],
)
def test_words_in_boxes_objects_and_unknown_groups(body: str, tmp_path: Path, read: Read) -> None:
    """Words that the library leaves out are no reason to call a document wordless."""
    assert read(rtf(tmp_path, body)).text.strip() == "A b. Ines left."


def test_exponents(tmp_path: Path, read: Read) -> None:
    body = r"\pard The jar holds 10{\b\super 6} and 2\super 30\nosupersub  seeds of H{\sub 2}O.\par"
    found = read(rtf(tmp_path, body))
    assert found.text.strip() == "The jar holds 10⁶ and 2³⁰ seeds of H2O."


def test_an_info_group_without_its_end_costs_no_words(tmp_path: Path, read: Read) -> None:
    found = read(rtf(tmp_path, r"\pard Ines left.\par", head=r"{\rtf1\ansi{\info{\title Jar}"))
    assert (found.source.title, found.text.strip()) == ("Jar", "Ines left.")
