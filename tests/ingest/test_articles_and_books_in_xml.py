"""Articles (JATS) and books (FictionBook, TEI): title, authors, date, and the text alone."""

from pathlib import Path

from tests.ingest.conftest import Read

ARTICLE = """<?xml version="1.0"?>
<article><front><journal-meta><journal-title>Weaving Letters</journal-title></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/w.7</article-id><title-group><article-title>
Wool in <italic>cold</italic> water</article-title></title-group><contrib-group>
<contrib contrib-type="author"><name><surname>Sand</surname><given-names>Wilma</given-names></name>
<xref ref-type="aff">1</xref></contrib><contrib contrib-type="author"><collab>The Weavers</collab>
</contrib><contrib contrib-type="editor"><name><surname>Berg</surname></name></contrib>
</contrib-group><aff>Mill Road, Hamar</aff><pub-date><day>3</day><month>4</month><year>2019</year>
</pub-date><abstract><p>Wool shrinks.</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>Wool shrank by 5 %.</p></sec></body></article>"""

BOOK = """<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="l"><description>
<title-info><author><first-name>Wilma</first-name><last-name>Sand</last-name></author><book-title>
The Loom</book-title><annotation><p>A tale of wool.</p></annotation><lang>en</lang><date>1923</date>
</title-info><document-info><program-used>Writer</program-used></document-info></description>
<body><title><p>Wilma Sand</p><p>The Loom</p></title><section><title><p>Chapter 1</p></title>
<p>The loom <emphasis>sang</emphasis> all night.</p><empty-line/><p>Nobody slept.</p></section>
</body>
<body name="notes"><section id="n1"><title><p>1</p></title><p>Of oak.</p></section></body>
<binary id="a.jpg" content-type="image/jpeg">QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=</binary>
</FictionBook>"""

LETTERS = """<?xml version="1.0"?>
<TEI><teiHeader><fileDesc><titleStmt><title>Letters from the mill</title><author><persName>Odd Berg
</persName></author></titleStmt><publicationStmt><date when="1911-05">May</date></publicationStmt>
</fileDesc></teiHeader><text><body><p>The wheel stands still.</p></body></text></TEI>"""


def test_an_article_says_who_wrote_it_and_when(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xml"
    path.write_text(ARTICLE)
    source = read(path).source
    assert (source.title, source.author) == ("Wool in cold water", "Wilma Sand, The Weavers")
    assert source.date == "2019-04-03"
    assert (source.metadata["venue"], source.metadata["doi"]) == ("Weaving Letters", "10.1000/w.7")
    assert source.metadata["authors"] == "Wilma Sand\nThe Weavers"


def test_a_fiction_book_is_its_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.fb2"
    path.write_text(BOOK)
    book = read(path)
    source = book.source
    assert (source.title, source.author, source.date) == ("The Loom", "Wilma Sand", "1923")
    assert source.language == "en"
    assert book.sentences == [
        "A tale of wool.", "The loom sang all night.", "Nobody slept.", "1 Of oak.",
    ]  # fmt: skip


def test_a_letter_in_tei_says_its_year(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xml"
    path.write_text(LETTERS)
    source = read(path).source
    assert (source.title, source.author) == ("Letters from the mill", "Odd Berg")
    assert source.date.startswith("1911")
