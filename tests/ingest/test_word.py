"""Word documents, made here part by part: text in order, styles, tables, notes, and traps."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from tests.ingest.conftest import Read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FERRY = "The ferry left at seven. Ines was on it."
STYLES = (
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My own"/>'
    '<w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Out"><w:name w:val="b"/><w:pPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>{title}</dc:title>'
    "<dc:creator>Imogen Hale</dc:creator><dc:language>en-GB</dc:language>"
    "<dcterms:created>2024-05-06T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def p(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph; `text` may hold runs of its own."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{run}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of these cells."""
    return "<w:tbl>{}</w:tbl>".format(
        "".join(
            "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for row in rows
        )
    )


def m(name: str, *inside: str, **properties: str) -> str:
    """An element of a formula; text is a run."""
    said = "".join(f'<m:{key} m:val="{value}"/>' for key, value in properties.items())
    runs = (each if each.startswith("<") else f"<m:r><m:t>{each}</m:t></m:r>" for each in inside)
    return f"<m:{name}><m:{name}Pr>{said}</m:{name}Pr>{''.join(runs)}</m:{name}>"


_X2 = m("sSup", m("e", "x"), m("sup", "2"))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (_X2, "x²"),
        (m("sSup", m("e", "10"), m("sup", "−3")), "10⁻³"),
        (m("sSup", m("e", "e"), m("sup", "iπ")), "e^(iπ)"),
        (m("sSup", m("e", "f"), m("sup", "′")), "f′"),
        (m("sSup", m("e", "p+q"), m("sup", "2")), "(p+q)²"),
        (m("sSub", m("e", "v"), m("sub", "0")), "v₀"),
        (m("sSub", m("e", "v"), m("sub", "max")), "v_max"),
        (m("sSubSup", m("e", "k"), m("sub", "i"), m("sup", "2")), "k_i²"),
        (m("sPre", m("sub", "6"), m("sup", "14"), m("e", "C")), "₆¹⁴C"),
        (m("f", m("num", "p"), m("den", "q")), "p/q"),
        (m("f", m("num", "p−q"), m("den", "3r")), "(p−q)/(3r)"),
        (m("f", m("num", m("f", m("num", "1"), m("den", "2"))), m("den", "q")), "(1/2)/q"),
        (m("d", m("e", m("f", m("num", "n"), m("den", "k"), type="noBar"))), "(n¦k)"),
        (m("rad", m("deg"), m("e", "p+1")), "√(p+1)"),
        (m("rad", m("deg", "3"), m("e", "p")), "∛p"),
        (m("rad", m("deg", "n"), m("e", "p")), "ⁿ√p"),
        (m("nary", m("sub", "i=1"), m("sup", "n"), m("e", "i"), chr="∑"), "∑_(i=1)ⁿ i"),
        (m("nary", m("sub", "0"), m("sup", "1"), m("e", "p dp")), "∫₀¹ p dp"),
        (m("func", m("fName", "sin"), m("e", "p")), "sin p"),
        (m("func", m("fName", m("limLow", m("e", "lim"), m("lim", "p→0"))), m("e", "q")),
         "lim_(p→0) q"),
        (m("d", m("e", "p"), m("e", "q"), begChr="[", endChr="[", sepChr=","), "[p,q["),
        (m("acc", m("e", "p")), "p\u0302"),
        (m("bar", m("e", "p"), pos="top"), "p\u0305"),
        (m("m", m("mr", m("e", "1"), m("e", "0")), m("mr", m("e", "0"), m("e", "1"))),
         "[1, 0; 0, 1]"),
        (m("eqArr", m("e", "p=1"), m("e", "q=2")), "p=1; q=2"),
        (m("box", m("e", "p")), "p"),
    ],
)  # fmt: skip
def test_formulas_keep_what_they_say(formula: str, text: str, tmp_path: Path, read: Read) -> None:
    run = "<w:r><w:t xml:space='preserve'>It is </w:t></w:r>{}<w:r><w:t>.</w:t></w:r>"
    wrapped = f'<m:oMath xmlns:m="m">{formula}</m:oMath>'
    body = p(run.format(wrapped)) + p(f'<m:oMathPara xmlns:m="m">{wrapped}</m:oMathPara>')
    assert read(docx(tmp_path / "a.docx", body)).text == f"It is {text}.\n\n{text}\n\n"


def test_formulas_nested_beyond_reason_keep_their_words(tmp_path: Path, read: Read) -> None:
    formula = "<m:t>p</m:t>"
    for _ in range(500):
        formula = f"<m:f><m:num>{formula}</m:num><m:den><m:t>q</m:t></m:den></m:f>"
    body = p(f'<m:oMath xmlns:m="m">{formula}</m:oMath>')
    assert "p" in read(docx(tmp_path / "a.docx", body)).text


def docx(
    path: Path,
    body: str,
    footnotes: str = "",
    title: str = "",
    extra: dict[str, str] | None = None,
    document: str | None = None,
) -> Path:
    """Write a document."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        whole = (
            f'<w:document xmlns:w="{W}" xmlns:mc="m" xmlns:v="v"><w:body>{body}</w:body>'
            "</w:document>"
        )
        package.writestr("word/document.xml", whole if document is None else document)
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>')
        if footnotes:
            package.writestr(
                "word/footnotes.xml",
                f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{p("---")}'
                f"</w:footnote>{footnotes}</w:footnotes>",
            )
        package.writestr("docProps/core.xml", CORE.replace("{title}", title))
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return path


def test_headings_by_style_are_chapters(tmp_path: Path, read: Read) -> None:
    body = (
        p("The Salt Jar", "T") + p("One", "berschrift1") + p(FERRY) + p("Two", "Mine") + p(FERRY)
        + p("Three", "Out") + p(FERRY, "Loop")
        + p("Four", "", '<w:outlineLvl w:val="1"/>') + p(FERRY, "", '<w:outlineLvl w:val="9"/>')
    )  # fmt: skip
    found = read(docx(tmp_path / "wrong.zip", body))
    assert [(s.title, s.level) for s in found.sections] == [
        ("The Salt Jar", 1),
        ("One", 1),
        ("Two", 2),
        ("Three", 1),
        ("Four", 2),
    ]
    assert [x.text for x in found.passages] == [FERRY] * 4
    assert found.passages[1].locator.chapter == "One · Two"
    source = found.source
    assert (source.kind, source.title, source.author) == ("word", "The Salt Jar", "Imogen Hale")
    assert (source.date, source.language) == ("2024-05-06", "en-GB")


def test_the_title_of_the_properties_comes_first(tmp_path: Path, read: Read) -> None:
    path = docx(tmp_path / "my_file.docx", p(FERRY), title="Jars &amp; Salt")
    assert read(path).source.title == "Jars & Salt"
    assert read(path, title="Mine").source.title == "Mine"
    assert read(docx(tmp_path / "my_file.docx", p(FERRY))).source.title == "My File"


def test_words_in_order_whatever_they_are_wrapped_in(tmp_path: Path, read: Read) -> None:
    runs = (
        "<w:r><w:t>The </w:t></w:r><w:hyperlink><w:r><w:t>ferry</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t> left</w:t></w:r></w:ins><w:del><w:r><w:delText>came</w:delText></w:r>"
        "</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:tab/><w:t>at</w:t>"
        "<w:br/><w:t>sev</w:t><w:softHyphen/><w:t>en.</w:t></w:r><w:r><w:instrText>PAGE</w:instrText>"
        "</w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t> Once.</w:t></w:r></mc:Choice><mc:Fallback>"
        "<w:r><w:t> Once.</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )
    inside = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(runs)}</w:sdtContent></w:sdt>"
    box = f"<w:r><w:pict><v:x><w:txbxContent>{p('In a box.')}</w:txbxContent></v:x></w:pict></w:r>"
    found = read(docx(tmp_path / "a.docx", inside + p(f"{box}<w:r><w:t>After.</w:t></w:r>")))
    assert found.text == "The ferry left at\nseven. Once.\n\nAfter.\n\nIn a box.\n\n"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path, read: Read) -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    gone = "<w:del><w:r><w:delText>Nobody came.</w:delText></w:r></w:del>"
    body = (
        p("The ferry left ", properties=deleted)
        + p(gone, properties=deleted)
        + p("at seven.")
        + p("Ines was", properties=deleted)
        + table(("Ship", "Year"))
        + p("on it.", properties=deleted)
    )
    found = read(docx(tmp_path / "a.docx", body))
    blocks = [each for each in found.text.split("\n\n") if each]
    assert blocks == ["The ferry left at seven.", "Ines was", "Ship | Year", "on it."]


def test_tables_are_rows_and_frames_are_text(tmp_path: Path, read: Read) -> None:
    body = table(("Ship", "Year"), ("Esperanza", "1911"), ("Gaviota", "")) + table((FERRY,))
    found = read(docx(tmp_path / "a.docx", body))
    assert found.text.split("\n\n")[:4] == ["Ship | Year", "Esperanza | 1911", "Gaviota", FERRY]


def test_footnotes_stand_at_the_end_of_their_chapter(tmp_path: Path, read: Read) -> None:
    mark = (
        '<w:r><w:t>The ferry</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t> left.</w:t></w:r>"
    )
    note = f'<w:footnote w:id="2">{p("A steam ferry.")}</w:footnote>'
    body = (
        p("One", "berschrift1") + p(mark) + p("It came back.") + p("Two", "berschrift1") + p(FERRY)
    )
    found = read(docx(tmp_path / "a.docx", body, note))
    assert found.sections[0].text == "One\n\nThe ferry left.\n\nIt came back.\n\nA steam ferry.\n\n"
    assert [x.text for x in found.sections[0].passages] == [
        "The ferry left.\n\nIt came back.",
        "A steam ferry.",
    ]


@pytest.mark.parametrize(
    ("document", "error", "words"),
    [
        ("", ingest.DamagedFileError, "corrupt"),
        ("<w:document xmlns:w='x'><w:body>", ingest.DamagedFileError, "corrupt"),
        ("<x/>", ingest.DamagedFileError, "lost its text"),
        (
            f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W}">'
            "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
            ingest.DamagedFileError,
            "entities",
        ),
        (f'<w:document xmlns:w="{W}"><w:body/></w:document>', ingest.NoTextError, "no text"),
    ],
)
def test_bad_documents_are_refused_in_a_sentence(
    document: str, error: type[ingest.IngestError], words: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=words) as caught:
        list(ingest.read(docx(tmp_path / "a.docx", "", document=document)))
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


def test_a_bomb_a_cut_off_and_a_locked_document_are_refused(tmp_path: Path) -> None:
    bomb = docx(tmp_path / "a.docx", p(FERRY), extra={"word/x.xml": " " * 30_000_000})
    with pytest.raises(ingest.DamagedFileError, match="harmful"):
        list(ingest.read(bomb))
    whole = docx(tmp_path / "b.docx", p(FERRY)).read_bytes()
    (tmp_path / "b.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ingest.DamagedFileError):
        list(ingest.read(tmp_path / "b.docx"))
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    (tmp_path / "c.docx").write_bytes(locked + bytes(900))
    with pytest.raises(ingest.EncryptedFileError, match="password"):
        list(ingest.read(tmp_path / "c.docx"))


def test_deep_nesting_is_borne(tmp_path: Path, read: Read) -> None:
    inner = p(FERRY)
    for _ in range(300):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert FERRY in read(docx(tmp_path / "a.docx", p(FERRY) + inner)).text


def test_a_long_document_is_taken_up_again(tmp_path: Path, read: Read) -> None:
    body = "".join(p(f"Part {n}", "berschrift1") + p(FERRY) for n in range(40))
    path = docx(tmp_path / "a.docx", body)
    whole = read(path)
    rest = [
        r
        for r in ingest.read(path, ingest.ReadRequest(start_section=30))
        if isinstance(r, ingest.Section)
    ]
    assert rest == whole.sections[30:]


ELEMENTS = st.recursive(
    st.sampled_from(
        [
            *("<w:t>salt </w:t>", "<w:br/>", "<w:tab/>", "text", "<w:footnoteReference w:id='2'/>"),
            *("<w:t>雨。</w:t>", "<w:t>One. Two.</w:t>", "<!-- no -->", "<w:pPr/>", "<w:t/>"),
        ]
    ),
    lambda inner: st.tuples(
        st.sampled_from(["p", "r", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "pict",
                         "txbxContent", "hyperlink"]),
        st.lists(inner, max_size=5),
    ).map(lambda made: f"<w:{made[0]}>{''.join(made[1])}</w:{made[0]}>"),
    max_leaves=25,
)  # fmt: skip


@pytest.mark.slow
@given(elements=st.lists(ELEMENTS, max_size=8))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_elements_in_any_order_keep_the_law(
    elements: list[str], tmp_path: Path, read: Read
) -> None:
    note = f'<w:footnote w:id="2">{p("A note.")}</w:footnote>'
    read(docx(tmp_path / "a.docx", p("First.") + "".join(elements), note))


def test_a_page_of_html_inside_the_document_is_read(tmp_path: Path, read: Read) -> None:
    relations = (
        '<Relationships><Relationship Id="c1" Target="/word/page.html" Type="http://a/aFChunk"/>'
        '<Relationship Id="c2" Target="more.docx" Type="http://a/aFChunk"/></Relationships>'
    )
    chunks = '<w:altChunk id="c1"/><w:altChunk id="c2"/>'
    path = docx(
        tmp_path / "a.docx",
        p("Before.") + chunks + p("After."),
        extra={
            "word/_rels/document.xml.rels": relations,
            "word/page.html": f"<html><body><p>{FERRY}</p></body></html>",
            "word/more.docx": "PK",
        },
    )
    found = read(path)
    assert [each for each in found.text.split("\n\n") if each] == ["Before.", FERRY, "After."]
    assert "word/more.docx" in found.notices[0].message


def test_embedded_files_are_named(tmp_path: Path, read: Read) -> None:
    extra = {"word/embeddings/oleObject1.bin": "x"}
    found = read(docx(tmp_path / "a.docx", p(FERRY), extra=extra))
    assert [each.code for each in found.notices] == ["embedded"]
    with pytest.raises(ingest.NoTextError, match="only a file embedded"):
        read(docx(tmp_path / "b.docx", p(""), extra=extra))


def test_comments_are_notes_and_pictures_say_what_they_show(tmp_path: Path, read: Read) -> None:
    def drawing(words: str) -> str:
        return f'<w:r><w:drawing><wp:docPr xmlns:wp="p" id="1" descr="{words}"/></w:drawing></w:r>'

    commented = (
        "<w:r><w:t>The crane weighs forty tons.</w:t></w:r><w:r>"
        '<w:commentReference w:id="0"/></w:r>'
    )
    pictures = drawing("A crane beside the quay") + drawing("image1.png")
    pictures += drawing("A crane on a beach Description automatically generated")
    pictures += drawing("Ein Bild, das einen Kran enthält. Automatisch generierte Beschreibung")
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Tove Lind">'
        f"{p('The ledger says thirty-eight.')}</w:comment></w:comments>"
    )
    path = docx(
        tmp_path / "a.docx",
        p(commented) + p(pictures) + p("It was sold."),
        extra={"word/comments.xml": comments},
    )
    assert read(path).text.split("\n\n")[:-1] == [
        "The crane weighs forty tons.",
        "Picture: A crane beside the quay",
        "It was sold.",
        "Comment by Tove Lind: The ledger says thirty-eight.",
    ]


def test_text_boxes_within_text_boxes_are_read_once(tmp_path: Path, read: Read) -> None:
    inner = p("The crane weighs forty tons.")
    for _ in range(25):
        inner = p(
            '<w:r><w:drawing><wp:docPr xmlns:wp="p" id="1" descr="A plan of cranes"/>'
            f"<w:txbxContent>{inner}</w:txbxContent></w:drawing></w:r>"
        )
    text = read(docx(tmp_path / "a.docx", p(FERRY) + inner)).text
    assert text.count("The crane weighs forty tons.") == 1
    assert text.count("Picture: A plan of cranes") == 25


def test_comments_on_deleted_words_are_read(tmp_path: Path, read: Read) -> None:
    deleted = (
        '<w:del w:id="9"><w:r><w:delText>It was let.</w:delText></w:r>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:del>'
    )
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Tove Lind">'
        f"{p('The lease ended in May.')}</w:comment></w:comments>"
    )
    path = docx(
        tmp_path / "a.docx", p("It was sold.") + p(deleted), extra={"word/comments.xml": comments}
    )
    assert "Comment by Tove Lind: The lease ended in May." in read(path).text
