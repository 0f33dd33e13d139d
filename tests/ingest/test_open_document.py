"""OpenDocument texts, made here: text in order, headings, tables, notes, and what is locked."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from tests.ingest.conftest import Read

FERRY = "The ferry left at seven. Ines was on it."
SPACES = (
    'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:draw="d" xmlns:dc="c" '
    'xmlns:meta="m"'
)
META = (
    "<dc:title>{title}</dc:title><meta:initial-creator>Imogen Hale</meta:initial-creator>"
    "<dc:creator>An Editor</dc:creator><meta:creation-date>2024-05-06T10:00:00</meta:creation-date>"
    "<dc:language>en-GB</dc:language>"
)


def odt(
    path: Path,
    body: str,
    title: str = "",
    content: str | None = None,
    manifest: str = "<manifest/>",
) -> Path:
    """Write a text document."""
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    whole = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", whole if content is None else content)
        package.writestr("META-INF/manifest.xml", manifest)
        meta = META.replace("{title}", title)
        package.writestr(
            "meta.xml", f"<office:document-meta {SPACES}>{meta}</office:document-meta>"
        )
    return path


def h(text: str, level: int = 1) -> str:
    """A heading."""
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def p(text: str, style: str = "Standard") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_headings_are_chapters_and_metadata_is_read(tmp_path: Path, read: Read) -> None:
    body = p("The Salt Jar", "P1") + h("One") + p(FERRY) + h("Two", 2) + p(FERRY)
    found = read(odt(tmp_path / "wrong.txt", body))
    assert [(s.title, s.level) for s in found.sections] == [
        ("The Salt Jar", 1),
        ("One", 1),
        ("Two", 2),
    ]
    assert found.passages[-1].locator.chapter == "One · Two"
    source = found.source
    assert (source.kind, source.title, source.author) == ("odt", "The Salt Jar", "Imogen Hale")
    assert (source.date, source.language) == ("2024-05-06", "en-GB")
    assert read(odt(tmp_path / "a.odt", body, title="Jars")).source.title == "Jars"


def test_words_in_order_whatever_they_are_wrapped_in(tmp_path: Path, read: Read) -> None:
    body = (
        '<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>'
        '<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body>'
        '</text:table-of-content>'
        + p('The <text:span>fer</text:span>ry<text:s text:c="3"/>left<text:line-break/>at '
            '<text:a>sev</text:a>en.<office:annotation><text:p>remark</text:p></office:annotation>')
        + "<text:list><text:list-item><text:p>An item.</text:p></text:list-item></text:list>"
        + p("<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
            "After.")
    )  # fmt: skip
    found = read(odt(tmp_path / "a.odt", body))
    assert found.text == (
        "The ferry left\nat seven.\n\nAn item.\n\nAfter.\n\nIn a box.\n\nComment: remark\n\n"
    )


def test_tables_are_rows_and_notes_stand_at_the_end(tmp_path: Path, read: Read) -> None:
    def cell(text: str) -> str:
        return f"<table:table-cell>{p(text)}</table:table-cell>"

    rows = (
        f"<table:table-header-rows><table:table-row>{cell('Ship')}{cell('Year')}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cell('Esperanza')}{cell('1911')}"
        "</table:table-row>"
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('A steam ferry.')}</text:note-body></text:note>"
    )
    body = p(f"The ferry{note} left.") + f"<table:table>{rows}</table:table>" + p("It came back.")
    found = read(odt(tmp_path / "a.odt", body))
    assert found.text.split("\n\n")[:-1] == [
        "The ferry left.",
        "Ship | Year",
        "Ship: Esperanza | Year: 1911",
        "It came back.",
        "A steam ferry.",
    ]
    assert found.passages[-1].text == "A steam ferry."


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    locked = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(ingest.EncryptedFileError, match="password"):
        list(ingest.read(odt(tmp_path / "a.odt", p(FERRY), manifest=locked)))
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(odt(tmp_path / "a.odt", "")))
    with pytest.raises(ingest.DamagedFileError, match="corrupt"):
        list(ingest.read(odt(tmp_path / "a.odt", "", content="<broken")))
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
    with pytest.raises(ingest.DamagedFileError, match="entities"):
        list(ingest.read(odt(tmp_path / "a.odt", "", content=entity)))
    whole = odt(tmp_path / "b.odt", p(FERRY)).read_bytes()
    (tmp_path / "b.odt").write_bytes(whole[:-200])
    with pytest.raises(ingest.DamagedFileError):
        list(ingest.read(tmp_path / "b.odt"))


ELEMENTS = st.recursive(
    st.sampled_from(["salt ", "One. Two.", "雨。", "<text:s text:c='9999999999'/>", "<text:tab/>"]),
    lambda inner: st.tuples(
        st.sampled_from(["text:p", "text:h", "text:span", "text:note", "text:note-body",
                         "table:table", "table:table-row", "table:table-cell", "draw:text-box",
                         "text:list", "text:section"]),
        st.lists(inner, max_size=5),
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=25,
)  # fmt: skip


@pytest.mark.slow
@given(elements=st.lists(ELEMENTS, max_size=8))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_elements_in_any_order_keep_the_law(
    elements: list[str], tmp_path: Path, read: Read
) -> None:
    read(odt(tmp_path / "a.odt", p("First.") + "".join(elements)))
