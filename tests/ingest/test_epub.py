"""EPUB 2 and 3, made here: chapters, notes, metadata, and archives that are up to no good."""

import zipfile
from pathlib import Path

import pytest

import ingest
from tests.ingest.conftest import Read

XHTML = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title>'
    "<style>p { color: red }</style><script>var x = 1;</script></head>{}</html>"
)
CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
FERRY = "<p>The ferry left at seven. Ines was on it.</p><p>Nobody saw her go.</p>"
MILL = "<p>She had sold the mill to her cousin.</p>"
METADATA = "<dc:title>The Salt Jar</dc:title><dc:creator>Imogen Hale</dc:creator>"


def body(content: str, attributes: str = "") -> str:
    """A chapter's document."""
    return XHTML.replace("{}", f"<body{attributes}>{content}</body>")


def book(
    path: Path,
    chapters: dict[str, str],
    nav: str | None = None,
    ncx: str | None = None,
    metadata: str = METADATA,
    extra: dict[str, str | bytes] | None = None,
    spine: str = "",
    guide: str = "",
    items: str = "",
) -> Path:
    """Write an EPUB of these documents in this order."""
    items += "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    if nav is not None:
        items += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    if ncx is not None:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    refs = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{metadata}</metadata><manifest>{items}</manifest><spine>{refs}</spine>{guide}</package>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/package.opf", package)
        for name, content in chapters.items():
            archive.writestr(f"OPS/{name}", content)
        if nav is not None:
            archive.writestr("OPS/nav.xhtml", body(f'<nav epub:type="toc"><ol>{nav}</ol></nav>'))
        if ncx is not None:
            archive.writestr("OPS/toc.ncx", f"<ncx><navMap>{ncx}</navMap></ncx>")
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def point(title: str, target: str, inside: str = "") -> str:
    """A point of an NCX."""
    label = f"<navLabel><text>{title}</text></navLabel>"
    return f"<navPoint>{label}<content src='{target}'/>{inside}</navPoint>"


def test_chapters_are_named_by_the_table_of_contents(tmp_path: Path, read: Read) -> None:
    path = book(
        tmp_path / "wrong.txt",
        {
            "one two.xhtml": body(f"<h2>1</h2>{FERRY}<h2 id='b'>2</h2>{MILL}"),
            "c.xhtml": body(f"<h2>3</h2>{FERRY}"),
        },
        nav='<li><a href="one%20two.xhtml">The Ferry</a>'
        '<ol><li><a href="one%20two.xhtml#b">The Mill'
        '</a></li></ol></li><li><a href="c.xhtml">The <i>End</i></a></li>',
    )
    found = read(path)
    assert found.titles == ["The Ferry", "The Mill", "The End"]
    assert [s.level for s in found.sections] == [1, 2, 1]
    assert found.sections[1].passages[0].locator.chapter == "The Ferry · The Mill"
    assert (
        found.passages[0].text == "The ferry left at seven. Ines was on it.\n\nNobody saw her go."
    )
    assert "1\n\nThe ferry left" in found.text
    assert (found.source.title, found.source.author) == ("The Salt Jar", "Imogen Hale")
    assert (found.source.kind, found.source.language) == ("epub", "en")


THREE = {
    "Text/eins.xhtml": body(f"<h2 id='a'>I</h2>{FERRY}"),
    "Text/zwei.xhtml": body(f"<h2 id='a'>II</h2>{MILL}"),
    "Text/drei.xhtml": body(f"<h2 id='a'>III</h2>{FERRY}"),
}


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("Text/zwei.xhtml#none", "The Mill"),
        ("text/ZWEI.xhtml", "The Mill"),
        ("Text/zwei.xhtml?from=2#a", "The Mill"),
        ("/OPS/Text/zwei.xhtml", "The Mill"),
        ("../zwei.xhtml", "The Mill"),
        ("Text/./zwei.xhtml", "The Mill"),
        ("", "II"),
        ("#", "II"),
        ("Text/zehn.xhtml", "II"),
        ("https://example.org/", "II"),
    ],
)
@pytest.mark.parametrize("kind", ["nav", "ncx"])
def test_no_chapter_has_another_ones_name(
    target: str, title: str, kind: str, tmp_path: Path, read: Read
) -> None:
    listed = {"The Ferry": "Text/eins.xhtml", "The Mill": target, "The End": "Text/drei.xhtml#a"}
    contents = {
        "nav": "".join(f'<li><a href="{to}">{name}</a></li>' for name, to in listed.items()),
        "ncx": "".join(point(name, to) for name, to in listed.items()),
    }
    nav, ncx = (contents[kind] if form == kind else None for form in ("nav", "ncx"))
    found = read(book(tmp_path / "a.epub", THREE, nav=nav, ncx=ncx))
    assert found.titles == ["The Ferry", title, "The End"]
    assert found.sections[1].passages[0].locator.chapter == title


def test_an_entry_without_its_place_is_found_by_its_heading(tmp_path: Path, read: Read) -> None:
    chapters = f"<h2>The ferry</h2>{FERRY}<h2>The mill</h2>{MILL}<h2 id='c'>The end</h2>{FERRY}"
    nav = "".join(
        f'<li><a href="all.xhtml#{id}">{title}</a></li>'
        for id, title in (("a", "The Ferry"), ("b", "The Mill"), ("c", "The End"))
    )
    found = read(book(tmp_path / "a.epub", {"all.xhtml": body(chapters)}, nav=nav))
    assert found.titles == ["The Ferry", "The Mill", "The End"]


@pytest.mark.parametrize(
    ("places", "titles"),
    [
        (("a", "none", "c"), ["The Ferry", "A mill", "The End"]),
        (("a", "a", "a"), ["The Ferry", "A mill", "An end"]),
        (("x", "y", "z"), ["The Ferry", "A mill", "An end"]),
    ],
)
def test_chapters_whose_places_are_lost_or_doubled_have_their_headings(
    places: tuple[str, ...], titles: list[str], tmp_path: Path, read: Read
) -> None:
    chapters = f"<h2 id='a'>A ferry</h2>{FERRY}<h2>A mill</h2>{MILL}<h2 id='c'>An end</h2>{FERRY}"
    nav = "".join(
        f'<li><a href="all.xhtml#{id}">{title}</a></li>'
        for id, title in zip(places, ("The Ferry", "The Mill", "The End"), strict=True)
    )
    found = read(book(tmp_path / "a.epub", {"all.xhtml": body(chapters)}, nav=nav))
    assert found.titles == titles


def test_entries_that_lead_nowhere_name_the_documents_between_their_neighbours(
    tmp_path: Path, read: Read
) -> None:
    chapters = {f"{name}.xhtml": body(MILL) for name in ("eins", "zwei", "drei", "vier")}
    listed = {"One": "eins.xhtml", "Two": "", "Three": "drei.xhtml", "Four": "lost.xhtml"}
    nav = "".join(f'<li><a href="{to}">{name}</a></li>' for name, to in listed.items())
    assert read(book(tmp_path / "a.epub", chapters, nav=nav)).titles == list(listed)


def test_style_sheets_of_the_book_raise(tmp_path: Path, read: Read) -> None:
    chapter = body("<h1>One</h1><p>She had 10<span class='c7'>6</span> seeds in the jar.</p>")
    extra: dict[str, str | bytes] = {"OPS/a.css": ".c7 { vertical-align: super }"}
    found = read(book(tmp_path / "a.epub", {"a.xhtml": chapter}, extra=extra))
    assert found.sections[0].passages[0].text == "She had 10⁶ seeds in the jar."


def test_what_no_entry_names_has_its_own_heading(tmp_path: Path, read: Read) -> None:
    chapters = {
        "a.xhtml": body(f"<h1>One</h1>{FERRY}"),
        "b.xhtml": body(f"<h2>Of ropes</h2>{MILL}"),
        "c.xhtml": body(f"<h2>Of sails</h2>{FERRY}"),
        "d.xhtml": body(f"<h1>Two</h1>{MILL}"),
        "e.xhtml": body(MILL),
        "f.xhtml": body(f"<h1>Three</h1>{FERRY}"),
    }
    nav = (
        '<li><a href="a.xhtml">One</a><ol><li><a href="b.xhtml">Of ropes</a></li></ol></li>'
        '<li><a href="f.xhtml">Three</a></li>'
    )
    found = read(book(tmp_path / "a.epub", chapters, nav=nav))
    paths = [section.passages[0].locator.chapter for section in found.sections]
    assert paths == ["One", "One · Of ropes", "One · Of sails", "Two", "Three"]


def test_words_behind_an_empty_element_are_read(tmp_path: Path, read: Read) -> None:
    """XHTML may close an element in its only tag, which HTML does not understand."""
    page = '<span epub:type="pagebreak" id="p{0}" title="{0}"/>'
    raised = "<sup/>Nobody <i class='x' />saw<a id='b'/> <b>her</b> go.<br/>It rained."
    content = f"<div/><p>{page.format(11)}The ferry left at seven.</p><p>{raised}</p>"
    document = body(content).replace("<title>t</title>", "<title/>")
    found = read(book(tmp_path / "a.epub", {"a.xhtml": document}))
    assert found.sentences == ["The ferry left at seven.", "Nobody saw her go.", "It rained."]


def test_epub_2_is_read_through_its_ncx(tmp_path: Path, read: Read) -> None:
    metadata = (
        '<dc:title>Das Salzfass</dc:title><dc:creator opf:role="aut">A. Weiß</dc:creator>'
        '<dc:creator opf:role="ill">B. Maler</dc:creator><dc:language>de-DE</dc:language>'
        '<dc:date opf:event="conversion">2011-01-01</dc:date>'
        '<dc:date opf:event="publication">1931-05</dc:date>'
    )
    path = book(
        tmp_path / "b.epub",
        {"a.html": body(FERRY), "b.html": body("<p id='x'/>" + MILL)},
        ncx=point("Eins", "a.html", point("Zwei", "b.html#x")),
        metadata=metadata,
    )
    found = read(path)
    assert found.titles == ["Eins", "Zwei"]
    assert (found.source.author, found.source.language) == ("A. Weiß", "de-DE")
    assert found.source.date == "1931-05"


def test_without_a_table_of_contents_headings_make_chapters(tmp_path: Path, read: Read) -> None:
    path = book(
        tmp_path / "b.epub",
        {
            "a.html": body(f"<h1>The Salt Jar</h1><h2>One</h2>{FERRY}<h2>Two</h2>{MILL}"),
            "b.html": body(MILL),
            "c.html": body(f"<h2>Three</h2>{FERRY}"),
        },
    )
    found = read(path)
    assert found.titles == ["The Salt Jar", "Two", "Three"]
    assert found.sections[1].text.count("mill") == 2


def test_a_chapter_may_span_documents(tmp_path: Path, read: Read) -> None:
    path = book(
        tmp_path / "b.epub",
        {"a.html": body(FERRY), "a2.html": body(MILL), "b.html": body(FERRY)},
        ncx=point("One", "a.html") + point("Two", "b.html"),
    )
    found = read(path)
    assert found.titles == ["One", "Two"]
    assert "sold the mill" in found.sections[0].text


def test_paragraphs_lines_and_inline_markup(tmp_path: Path, read: Read) -> None:
    content = (
        "<div>The <em>very</em>\n   first</div><p>a<b>b</b>c &amp; d&nbsp;e</p>"
        "<blockquote><p>line one<br/>line two</p></blockquote><ul><li>item</li></ul>"
        "<table><tr><td>left</td><td>right</td></tr></table><img alt='a picture'/>"
        "<!-- hidden --><p>end<span class='pagenum'>[12]</span>.</p>"
    )
    found = read(book(tmp_path / "b.epub", {"a.html": body(content)}))
    assert found.text.split("\n\n")[:-1] == [
        "The very first",
        "abc & d\u00a0e",
        "line one\nline two",
        "item",
        "left | right",
        "end.",
    ]


NOTES = [
    # EPUB 3.
    '<p>She sold it<a epub:type="noteref" href="#n1">1</a> in March. He knew.</p>'
    '<aside epub:type="footnote" id="n1"><p>To a cousin.</p></aside><p>The end.</p>',
    # Raised links and a list at the end.
    '<p>She sold it<sup><a href="#n1" id="r1">1</a></sup> in March. He knew.</p><p>The end.</p>'
    '<div class="footnote" id="n1"><p>To a cousin.</p></div>',
    # Project Gutenberg's.
    '<p>She sold it<a class="fnanchor pginternal" href="#n1" id="r1">[1]</a> in March. He knew.</p>'
    '<div class="footnote"><p>To a cousin.</p></div><p>The end.</p>',
]


@pytest.mark.parametrize("content", NOTES)
def test_notes_are_kept_and_cut_no_sentence(content: str, tmp_path: Path, read: Read) -> None:
    found = read(book(tmp_path / "b.epub", {"a.html": body(content)}))
    assert found.sentences == ["She sold it in March.", "He knew.", "The end.", "To a cousin."]


def test_a_document_of_notes_is_a_section_of_notes(tmp_path: Path, read: Read) -> None:
    path = book(
        tmp_path / "b.epub",
        {
            "a.html": body('<p>Sold<a epub:type="noteref" href="n.html#n1">1</a> early.</p>'),
            "n.html": body(
                '<div epub:type="endnotes"><h2>Notes</h2><p id="n1">1. To a cousin.</p></div>'
            ),
        },
        nav='<li><a href="a.html">One</a></li><li><a href="n.html">Notes</a></li>',
    )
    found = read(path)
    assert [(s.title, s.kind) for s in found.sections] == [("One", "body"), ("Notes", "notes")]
    assert found.sections[1].passages[0].text == "1. To a cousin."


def test_front_matter_is_not_indexed(tmp_path: Path, read: Read) -> None:
    contents = "".join(f'<p><a href="c.html">Chapter {n}</a></p>' for n in range(8))
    path = book(
        tmp_path / "b.epub",
        {
            "t.html": body("<h1>The Salt Jar</h1><p>London</p>", ' epub:type="titlepage"'),
            "toc.html": body(f"<h2>Contents</h2>{contents}"),
            "c.html": body(FERRY),
        },
        nav='<li><a href="t.html">Title</a></li><li><a href="toc.html">Contents</a></li>'
        '<li><a href="c.html">One</a></li>',
    )
    found = read(path)
    assert [s.kind for s in found.sections] == ["front", "front", "body"]
    assert found.titles == ["One"]


def test_gutenberg_licence_is_not_indexed(tmp_path: Path, read: Read) -> None:
    head = "<p>The Project Gutenberg eBook</p><p>*** START OF THE PROJECT GUTENBERG EBOOK X ***</p>"
    tail = "<p>*** END OF THE PROJECT GUTENBERG EBOOK X ***</p><p>You may copy it.</p>"
    path = book(
        tmp_path / "b.epub",
        {"a.html": body(f"{head}<h2>One</h2>{FERRY}"), "b.html": body(f"<h2>Two</h2>{MILL}{tail}")},
        ncx=point("One", "a.html") + point("Two", "b.html"),
    )
    found = read(path)
    assert [s.kind for s in found.sections] == ["front", "body", "body", "back"]
    assert not any("Gutenberg" in p.text or "copy" in p.text for p in found.passages)


def test_other_encodings_and_broken_markup_are_read(tmp_path: Path, read: Read) -> None:
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Le café</p></body></html>'
    path = book(
        tmp_path / "b.epub",
        {"a.html": "", "b.html": body("<p>An open paragraph <b>bold<p>Another & one")},
        extra={"OPS/c.html": latin.encode("latin-1")},
    )
    assert "An open paragraph bold\n\nAnother & one" in read(path).text
    second = book(tmp_path / "c.epub", {"c.html": ""})
    with zipfile.ZipFile(second, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("OPS/c.html", latin.encode("latin-1"))
    assert read(second).text.strip() == "Le café"


ENCRYPTION = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)


def test_copy_protection_is_told_from_font_obfuscation(tmp_path: Path, read: Read) -> None:
    locked = ENCRYPTION.replace("{}", "http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    path = book(
        tmp_path / "a.epub", {"a.html": body(FERRY)}, extra={"META-INF/encryption.xml": locked}
    )
    with pytest.raises(ingest.EncryptedFileError):
        list(ingest.read(path))
    fonts = ENCRYPTION.replace("{}", "http://www.idpf.org/2008/embedding")
    path = book(
        tmp_path / "b.epub", {"a.html": body(FERRY)}, extra={"META-INF/encryption.xml": fonts}
    )
    assert read(path).passages


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_off_epub_is_damaged(share: float, tmp_path: Path) -> None:
    path = book(tmp_path / "a.epub", {f"{n}.html": body(FERRY * 20) for n in range(5)})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ingest.DamagedFileError):
        list(ingest.read(path))


def test_a_spoilt_chapter_is_damaged(tmp_path: Path) -> None:
    path = book(tmp_path / "a.epub", {"a.html": body(FERRY * 200)})
    data = bytearray(path.read_bytes())
    at = data.index(b"OPS/a.html") + 40
    data[at : at + 30] = bytes(30)
    path.write_bytes(data)
    with pytest.raises(ingest.DamagedFileError):
        list(ingest.read(path))


def test_traps_are_refused(tmp_path: Path) -> None:
    bomb = book(tmp_path / "bomb.epub", {"a.html": body("<p>" + "0" * 30_000_000 + "</p>")})
    with pytest.raises(ingest.DamagedFileError, match="harmful"):
        list(ingest.read(bomb))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><ncx><navMap/></ncx>'
    path = book(tmp_path / "laughs.epub", {"a.html": body(FERRY)}, ncx="")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "new.epub", "w") as new:
        for name in old.namelist():
            new.writestr(name, laughs if name.endswith("ncx") else old.read(name))
    records = list(ingest.read(tmp_path / "new.epub"))
    assert "Ines was on it." in records[1].text  # type: ignore[union-attr]
    assert "defines XML entities" in records[-1].message  # type: ignore[union-attr]


def test_an_epub_of_pictures_has_no_text(tmp_path: Path) -> None:
    path = book(tmp_path / "a.epub", {"a.html": body('<img src="page1.jpg" alt="page 1"/>')})
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(path))


def test_words_of_a_page_that_is_a_drawing_are_read(tmp_path: Path, read: Read) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><style>text {x: y}</style><script>no</script>'
        "<text>The <tspan>ferry</tspan> left.</text><g><text>Ines was on it.</text></g></svg>"
    )
    found = read(book(tmp_path / "a.epub", {"page.svg": drawing}))
    assert [passage.text for passage in found.passages] == ["The ferry left.\n\nInes was on it."]


def test_an_epub_without_a_package_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    with pytest.raises(ingest.DamagedFileError):
        list(ingest.read(tmp_path / "a.epub"))


def test_reading_can_go_on_where_it_stopped(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.epub",
        {f"{n}.html": body(f"<h2>Chapter {n}</h2>{FERRY}") for n in range(6)},
    )
    whole = list(ingest.read(path))
    assert list(ingest.read(path, ingest.ReadRequest(start_section=4))) == [whole[0], *whole[5:]]


def test_passages_are_on_the_printed_pages_that_the_book_marks(tmp_path: Path, read: Read) -> None:
    mark = '<span epub:type="pagebreak" id="p{0}" title="{0}"/>'
    long = " ".join(f"The ferry of day {n} left at seven and came back at noon." for n in range(60))
    first = f"<p>{mark.format('xii')}The salt jar stood on the sill.</p><p>{long} {mark.format(13)}"
    chapters = {
        "a.xhtml": body(f"{first}{long}</p>"),
        "b.xhtml": body(
            f"<p>{MILL}</p><div role='doc-pagebreak' aria-label='page 14'/><p>End.</p>"
        ),
    }
    found = read(book(tmp_path / "a.epub", chapters))
    labels = [passage.locator.page_label for passage in found.passages]
    assert labels[0] == "xii"
    assert labels[-1] in {"13–14", "14"}
    assert sorted({*labels}, key=labels.index)[:3] == ["xii", "xii–13", "13"]
    # Half of the long paragraph is on each page.
    assert abs(labels.count("xii") - labels.count("13")) <= 3
    assert {passage.locator.page for passage in found.passages} == {None}
