"""Saved web pages: the text one came for, without what stands around it, and who wrote it when.

The pages are made up; their layouts are those of news sites, blogs, wikis, manuals and forums.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.media.remarks import is_remark
from tests.ingest.conftest import Read

FERRY = (
    "The ferry left at seven in the morning, and by noon the whole village knew that Ines Valverde "
    "had taken it. She had sold the mill to her cousin and told nobody where she meant to go."
)
NOTE = (
    "Her brother Tomas, who kept the accounts of the harbour, found the note under the salt jar on "
    "the third day. He read it twice, folded it, and put it back where it had been."
)
MILL = (
    "The cousin let the mill stand empty for a winter. In spring he took the wheel apart, greased "
    "every bearing, and put it together again, because a wheel that stands rusts from the inside."
)
ARTICLE = f"<p>{FERRY}</p><h2>The note</h2><p>{NOTE}</p><h2>The mill</h2><p>{MILL}</p>"
MENU = (
    '<a href="/">Home</a> <a href="/news">Latest headlines</a> <a href="/shop">Shop</a> '
    '<a href="/login">Log in</a>'
)
COOKIES = "We value your privacy. Accept all cookies or manage your preferences."
RUBBISH = ("Accept all", "Latest headlines", "All rights reserved", "Read next", "Sign up")

EDIT = '<span class="mw-editsection">[<a href="#">edit</a>]</span></h2>'

LAYOUTS = {
    "news": (
        f'<header class="site-header"><nav>{MENU}</nav></header>'
        f'<div id="cookie-banner"><p>{COOKIES}</p><button>Accept all</button></div>'
        f"<main><article><h1>The Salt Jar</h1>{ARTICLE}"
        '<div class="share-buttons"><a href="#">Share</a> Sign up for more</div></article></main>'
        "<aside><h3>Read next</h3><p>Ten lighthouses that you have to see once.</p></aside>"
        "<footer><p>© 2024 The Coast. All rights reserved.</p></footer>"
    ),
    "soup": (
        f'<div id="wrapper"><div id="menu"><ul><li>{MENU}</li></ul></div>'
        f'<div class="col-left"><div class="entry"><h1>The Salt Jar</h1>{ARTICLE}</div></div>'
        '<div class="sidebar"><h3>Read next</h3><ul><li><a href="#">Lighthouses</a></li></ul></div>'
        '<div id="footer">All rights reserved.</div></div>'
        f'<div class="gdpr-consent" style="display: none">{COOKIES}</div>'
    ),
    "old table": (
        f'<table><tr><td class="navigation">{MENU}</td><td><h1>The Salt Jar</h1>{ARTICLE}</td></tr>'
        "</table>"
    ),
    "outside heading": (
        f'<div role="banner">{MENU}</div><h1>The Salt Jar</h1><div role="main">{ARTICLE}</div>'
        '<div role="contentinfo">All rights reserved</div>'
    ),
    "form": f'<form action="/"><nav>{MENU}</nav><h1>The Salt Jar</h1>{ARTICLE}</form>',
    "wiki": (
        '<div id="content" role="main"><h1 id="firstHeading">The Salt Jar</h1>'
        '<div id="mw-navigation">Jump to: Latest headlines</div>'
        f'<div class="mw-parser-output">{ARTICLE.replace("</h2>", EDIT)}</div></div>'
    ),
    "dialog": (
        f"<dialog open><p>Sign up for our letter. {COOKIES}</p></dialog>"
        f'<div aria-modal="true" class="x1">{COOKIES * 3}</div>'
        f"<article><h1>The Salt Jar</h1>{ARTICLE}</article>"
    ),
}


def page(body: str, head: str = "<title>The Salt Jar | The Coast</title>") -> str:
    """A whole page."""
    return f'<!DOCTYPE html>\n<html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def save(folder: Path, text: str, name: str = "page.html", encoding: str = "utf-8") -> Path:
    """Write a page."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_the_text_one_came_for_is_read(layout: str, tmp_path: Path, read: Read) -> None:
    found = read(save(tmp_path, page(LAYOUTS[layout]), "wrong.txt"))
    assert (found.source.kind, found.source.title) == ("html", "The Salt Jar")
    assert [p.text for p in found.passages] == [FERRY, NOTE, MILL]
    assert [s.title for s in found.sections] == ["The Salt Jar", "The note", "The mill"]
    assert [p.locator.chapter for p in found.passages] == [None, "The note", "The mill"]
    assert not any(word in found.text for word in RUBBISH)


def test_what_leads_through_a_manual_is_not_read(tmp_path: Path, read: Read) -> None:
    menu = (
        '<ul class="docnav"><li class="previous"><a href="1.html"><strong>Prev</strong></a></li>'
        '<li class="home">The Salt Handbook</li>'
        '<li class="next"><a href="3.html"><strong>Next</strong></a></li></ul>'
    )
    body = f"{menu}<h2>The salt jar</h2><p>{FERRY}</p><p>{MILL}</p>{menu}"
    found = read(save(tmp_path, page(body)))
    assert not any(word in found.text for word in ("Prev", "Handbook", "Next"))
    assert FERRY in found.text


def test_boxes_in_the_text_of_a_book_are_read(tmp_path: Path, read: Read) -> None:
    # DocBook calls a box a sidebar, and puts the heading of a chapter in boxes of its own.
    box = '<div class="sidebar"><p class="title">{0}</p><div class="para">{0} {1}</div></div>'
    chapters = "".join(
        f'<div class="chapter"><div class="titlepage"><div><h1>{name}</h1></div></div>'
        f'<div class="para">{FERRY}</div><div class="para">{MILL}</div>{box.format(name, NOTE)}'
        f'<div class="para">{NOTE}</div></div>'
        for name in ("Salt", "Flour", "Rye", "Tar")
    )
    found = read(save(tmp_path, page(chapters, "<title>The Coast</title>")))
    assert [section.title for section in found.sections] == ["Salt", "Flour", "Rye", "Tar"]
    assert "Rye Her brother Tomas" in found.text
    assert not found.notices


def test_a_page_of_short_notes_keeps_all_of_them(tmp_path: Path, read: Read) -> None:
    notes = [f"On day {n} the ferry carried {n * 7} sacks of salt to the mill." for n in range(9)]
    body = "".join(
        f"<article><h3>Day {n}</h3><p>{text}</p></article>" for n, text in enumerate(notes)
    )
    found = read(save(tmp_path, page(f"<nav>{MENU}</nav>{body}")))
    assert found.sentences == notes


def test_rows_of_a_table_stay_rows(tmp_path: Path, read: Read) -> None:
    table = (
        "<table><tr><th>Ship</th><th>Year</th></tr><tr><td>Esperanza</td><td>1911</td></tr>"
        "<tr><td>Gaviota</td><td></td></tr></table>"
    )
    found = read(save(tmp_path, page(f"<main><h1>Ships</h1><p>{FERRY}</p>{table}</main>")))
    assert found.text.split("\n\n")[2:5] == [
        "Ship | Year",
        "Ship: Esperanza | Year: 1911",
        "Gaviota",
    ]


@pytest.mark.parametrize("sender", ["From: <Saved by Blink>\r\n", ""])
def test_a_page_saved_as_one_file_is_a_page(sender: str, tmp_path: Path, read: Read) -> None:
    """As browsers save MHTML: a message to nobody, with the page and its pictures as parts."""
    page = (
        "<html><head><title>Owls of Skye</title><meta name=3D'author' content=3D'Iona Reid'></head>"
        "<body><nav><a href=3D'/'>Home</a></nav><h1>Owls of Skye</h1><p>Owls nest late in Apr=\r\n"
        "il. Each pair raises seven =E2=80=9Cyoung=E2=80=9D.</p></body></html>"
    )
    path = tmp_path / "owls.mhtml"
    path.write_bytes(
        f"{sender}Subject: Owls of Skye\r\nDate: Mon, 5 Jun 2023 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\t'
        'boundary="--M"\r\n\r\n----M\r\nContent-Type: text/html\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://example.org/owls\r\n\r\n{page}\r\n"
        "----M\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://example.org/a.png\r\n\r\niVBORw0KGgo=\r\n----M--\r\n".encode()
    )
    book = read(path)
    source = book.source
    assert (source.kind, source.title, source.author) == ("html", "Owls of Skye", "Iona Reid")
    assert (source.date, source.metadata["address"]) == ("", "https://example.org/owls")
    assert book.sentences == ["Owls nest late in April.", "Each pair raises seven “young”."]


def test_instructions_to_programs_are_no_text(tmp_path: Path, read: Read) -> None:
    begin, end = FERRY[:20], FERRY[20:]
    table = "<table><?x?><tr><?x?><td>Esperanza<?x?></td></tr></table>"
    body = f"<main><?x?><h1>Sh<?x?>ips</h1><?x?><p>{begin}<?php echo 1 ?>{end}</p>{table}</main>"
    for each in (page(body), page(f"<?xml:namespace prefix = o /><div><?x?>{body}</div>")):
        found = read(save(tmp_path, each))
        assert FERRY in found.text
        assert "Esperanza" in found.text
        assert not any(word in found.text for word in ("echo", "prefix", "?"))


@pytest.mark.parametrize(
    ("head", "author", "date"),
    [
        ('<meta name="author" content="Imogen Hale">', "Imogen Hale", ""),
        (
            '<meta name="citation_author" content="Hale, I."><meta name="citation_author" '
            'content="Reed, T."><meta name="citation_publication_date" content="2021/03/04">',
            "Hale, I., Reed, T.",
            "2021",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": '
            '"The Salt Jar", "author": [{"name": "Imogen Hale"}], "datePublished": '
            '"2024-05-06T10:00:00Z"}]}</script>',
            "Imogen Hale",
            "2024-05-06",
        ),
        (
            '<meta property="article:published_time" content="2019-01-02T03:04:05Z">',
            "",
            "2019-01-02",
        ),
        ("<script type='application/ld+json'>{broken</script>", "", ""),
    ],
)
def test_author_and_date_are_what_the_page_says(
    head: str, author: str, date: str, tmp_path: Path, read: Read
) -> None:
    title = "<title>The Salt Jar - The Coast</title>"
    found = read(save(tmp_path, page(f"<main>{ARTICLE}</main>", title + head)))
    source = found.source
    assert (source.title, source.author, source.date) == ("The Salt Jar", author, date)
    assert source.language == "en-GB"


@pytest.mark.parametrize(
    ("title", "headings", "name"),
    [
        ("The Salt Jar | The Coast", ["The Coast", "The Salt Jar"], "The Salt Jar"),
        ("Jars and salt - The Coast", ["The Coast", "Jars"], "Jars and salt"),
        ("The Coast: The Salt Jar", ["The Salt Jar"], "The Salt Jar"),
        ("The Salt Jar - Weather", ["Something else"], "The Salt Jar"),
        (
            "Salt - a long history of the sea",
            ["Something else"],
            "Salt - a long history of the sea",
        ),
        ("", ["The Salt Jar"], "The Salt Jar"),
        ("", [], "Page"),
    ],
)
def test_the_title_is_the_page_and_not_the_site(
    title: str, headings: list[str], name: str, tmp_path: Path, read: Read
) -> None:
    body = "".join(f"<h1>{heading}</h1>" for heading in headings) + f"<p>{FERRY}</p>"
    found = read(save(tmp_path, page(body, f"<title>{title}</title>")))
    assert found.source.title == name


def test_byline_and_time_in_the_text_are_seen(tmp_path: Path, read: Read) -> None:
    line = '<p class="byline">By Imogen Hale</p><time datetime="2020-02-03">last winter</time>'
    found = read(save(tmp_path, page(f"<article><h1>The Salt Jar</h1>{line}{ARTICLE}</article>")))
    assert (found.source.author, found.source.date) == ("Imogen Hale", "2020-02-03")


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
        ("cp1252", ""),
        ("utf-16", ""),
        ("cp1252", '<meta charset="no-such-charset">'),
    ],
)
def test_pages_in_other_encodings(encoding: str, meta: str, tmp_path: Path, read: Read) -> None:
    words = "Été à la mer : “le café” coûtait très cher, et l’hôtel était fermé à midi. " * 4
    found = read(save(tmp_path, page(f"<p>{words}</p>", meta), encoding=encoding))
    assert found.passages[0].text == words.strip()


def test_headings_nest_and_a_list_of_links_is_no_chapter(tmp_path: Path, read: Read) -> None:
    links = "".join(f'<p><a href="#c{n}">Chapter {n} of the story</a></p>' for n in range(1, 6))
    body = (
        f"<h1>The Salt Jar</h1><h3>by</h3><h2>Imogen Hale</h2><h2>Contents</h2>{links}"
        f"<h3>PART ONE</h3><h4>Chapter 1</h4><p>{FERRY}</p><h4>Chapter 2</h4><p>{NOTE}</p>"
        f"<h5>He never told anyone what it said.</h5>"
        f"<h3>PART TWO</h3><h4>Chapter 1</h4><p>{MILL}</p>"
    )
    found = read(save(tmp_path, page(body)))
    assert [(s.title, s.level, s.kind) for s in found.sections] == [
        ("The Salt Jar", 1, "front"),
        ("Contents", 1, "front"),
        ("PART ONE", 1, "body"),
        ("Chapter 1", 2, "body"),
        ("Chapter 2", 2, "body"),
        ("PART TWO", 1, "body"),
        ("Chapter 1", 2, "body"),
    ]
    assert found.passages[0].locator.chapter == "PART ONE · Chapter 1"
    assert "He never told anyone what it said." in found.sentences


def test_a_bold_title_in_quotation_marks_is_a_heading(tmp_path: Path, read: Read) -> None:
    body = (
        f"<p><b>“The ferry”</b></p><p>{FERRY}</p><p><b>The note</b></p><p>{NOTE}</p>"
        f"<p><b>The mill</b></p><p>{MILL}</p>"
    )
    titles = [section.title for section in read(save(tmp_path, page(body))).sections]
    assert [title for title in titles if "ferry" in title] == ["“The ferry”"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>render()</script>",
        "<div id='root'></div><noscript>Please switch it on</noscript>",
    ],
)
def test_a_page_that_a_program_fills_is_refused(body: str, tmp_path: Path) -> None:
    with pytest.raises(ingest.NoTextError, match="no text") as caught:
        list(ingest.read(save(tmp_path, page(body))))
    assert "save it" in caught.value.hint


def test_a_page_of_a_heading_alone_is_still_found(tmp_path: Path, read: Read) -> None:
    assert read(save(tmp_path, page("<h1>The ferry is cancelled</h1>"))).sentences == [
        "The ferry is cancelled"
    ]


@pytest.mark.slow
def test_a_long_page_comes_in_sections_and_is_taken_up_again(tmp_path: Path, read: Read) -> None:
    path = save(tmp_path, page("<h1>Log</h1>" + f"<p>{FERRY} {NOTE}</p>" * 500))
    found = read(path)
    assert len(found.sections) > 2
    assert all(section.title == "Log" for section in found.sections)
    rest = [
        r
        for r in ingest.read(path, ingest.ReadRequest(start_section=2))
        if isinstance(r, ingest.Section)
    ]
    assert rest == found.sections[2:]


def test_entities_of_its_own_are_never_resolved(tmp_path: Path, read: Read) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
        f"<html><body><p>{FERRY} &secret;</p></body></html>"
    )
    found = read(save(tmp_path, text, "x.xhtml"))
    assert "&secret;" in found.text


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<h1>", "</h1>", "<h2>", "<div class='nav'>", "</div>", "<td>", "<tr>"),
        *("<table>", "</table>", "<li>", "<br>", "<pre>", "\n", "</pre>", "<main>", "<article>"),
        *("<a href='#1'>", "</a>", "<sup>", "1", "</sup>", "&amp;", "&#0;", "<!--", "-->"),
        *(
            "<footer>",
            "<script>",
            "</script>",
            FERRY,
            "Ines. ",
            "A | B",
            "雨。",
            "\u202b",
            "\u00a0",
        ),
    ]
)


@pytest.mark.slow
@given(pieces=st.lists(PIECES, max_size=40))
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tags_in_any_order_keep_the_law(pieces: list[str], tmp_path: Path, read: Read) -> None:
    path = save(tmp_path, "<!DOCTYPE html>" + "".join(pieces))
    try:
        read(path)
    except ingest.NoTextError:
        # Everything lay in what is not shown; any other error would fail the test.
        assert not set(pieces) <= {FERRY, "Ines. ", "A | B"} or not pieces


@pytest.mark.parametrize("filling", ["<!-- a -->", "<div>", "<!-- ", "<a href='#x'>y</a>"])
def test_pages_made_to_keep_a_reader_busy_are_told_at_once(filling: str, tmp_path: Path) -> None:
    path = save(tmp_path, "<!-- x -->" + filling * 8000 + f"<html><body><p>{FERRY}</p>")
    assert ingest.sniff(path) in {"html", "text"}


def test_a_discussion_is_read_although_its_parts_are_called_comments(
    tmp_path: Path, read: Read
) -> None:
    said = "".join(
        f'<tr class="athing comtr"><td><div class="comment"><div class="commtext">{words}</div>'
        "</div></td></tr>"
        for words in (FERRY, NOTE, MILL)
    )
    menu = f'<div class="navbar">{MENU}</div><div class="footer">All rights reserved</div>'
    page = tmp_path / "talk.html"
    page.write_text(
        f"<html><title>The Salt Jar</title><body>{menu}<table>{said}</table></body></html>",
        encoding="utf-8",
    )
    book = read(page)
    assert all(words in book.text for words in (FERRY, NOTE, MILL))
    assert not any(words in book.text for words in RUBBISH)


def test_comments_under_an_article_are_not_its_text(tmp_path: Path, read: Read) -> None:
    thanks = "".join(
        f'<li class="comment"><p>Thank you for this, number {n}, it made my day.</p></li>'
        for n in range(4)
    )
    page = tmp_path / "blog.html"
    page.write_text(
        f"<html><body><div class=post><h1>The Salt Jar</h1>{ARTICLE}</div>"
        f'<ol class="comment-list">{thanks}</ol></body></html>',
        encoding="utf-8",
    )
    assert "Thank you" not in read(page).text


def test_signs_that_hold_the_address_of_a_heading_are_not_its_words(
    tmp_path: Path, read: Read
) -> None:
    page = tmp_path / "manual.html"
    page.write_text(
        '<html><body><main><h1>The Salt Jar<a class="headerlink" href="#jar">¶</a></h1>'
        f'<p>{FERRY}</p><h2><a href="#note">§</a>The note <a href="#2">2</a></h2><p>{NOTE}</p>'
        "</main></body></html>",
        encoding="utf-8",
    )
    book = read(page)
    assert [section.title for section in book.sections] == ["The Salt Jar", "The note 2"]


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ('<div class="byline">By Jane Doe, 3 May 2021</div>', "2021-05-03"),
        ('<span class="date">May 3rd, 2021</span>', "2021-05-03"),
        ("<p><time>3rd May 2021</time></p>", "2021-05-03"),
        ('<div class="byline">By Jane Doe</div>', ""),
    ],
)
def test_a_date_that_is_only_printed_is_found(
    tmp_path: Path, read: Read, printed: str, date: str
) -> None:
    page = tmp_path / "news.html"
    page.write_text(
        f"<html><body><main><h1>The Salt Jar</h1>{printed}{ARTICLE}</main></body></html>",
        encoding="utf-8",
    )
    assert read(page).source.date == date


WORK = "Grinding the lens took {} weeks of patient work, and no two of them came out alike."
NAMES = ("Related work", "Comments", "Menu", "Sidebar", "Share", "Tags", "Footer", "Header files")


def parts(form: str) -> str:
    """A part of a manual for each name: its number, name, name as an id, and text."""
    return "".join(
        form.format(n=n, name=name, id=name.lower().replace(" ", "-"), text=WORK.format(n))
        for n, name in enumerate(NAMES)
    )


MANUALS = {
    "sections": '<div role="main"><h1>Lenses</h1>'
    + parts('<section id="{id}"><h2>{name}<a href="#{id}">¶</a></h2><p>{text}</p></section>')
    + "</div>",
    "flat": "<h1>Lenses</h1>" + parts('<h2 id="{id}">{name}</h2><p>{text}</p>'),
    "divisions": "<h1>Lenses</h1>" + parts('<div id="{id}"><h2>{name}</h2><p>{text}</p></div>'),
    "bodies": '<div id="content"><h1>Lenses</h1>'
    + parts(
        '<div class="sect1"><h2 id="{id}">{name}</h2><div class="sectionbody"><p>{text}</p></div>'
        "</div>"
    )
    + '</div><div id="footer">Last changed in spring.</div>',
    "numbered": "<article><h1>Lenses</h1>"
    + parts(
        '<section id="S{n}" class="ltx_section"><h2 class="ltx_title">{n} {name}</h2>'
        '<div id="S{n}.p1" class="ltx_para"><p class="ltx_p">{text}</p></div></section>'
    )
    + "</article>",
    "cards": "<main>"
    + parts(
        '<div class="card"><div class="inner"><h3 class="card-header">{name}</h3><div>{text}</div>'
        "</div></div>"
    )
    + "</main>",
    "linked": '<div class="content"><h1>Lenses</h1>'
    + parts('<h2 id="{id}"><a href="#{id}">{name}</a></h2><p>{text} <a href="y">More</a></p>')
    + "</div>",
    "terms": "<h1>Lenses</h1><dl>" + parts('<dt id="{id}">{name}</dt><dd>{text}</dd>') + "</dl>",
    "posts": "<h1>Lenses</h1>"
    + parts('<div class="post" id="p{n}"><b>{name}</b><div class="body">{text} {text}</div></div>'),
}


@pytest.mark.parametrize("manual", MANUALS)
def test_no_part_of_a_manual_is_left_out_for_its_name(
    manual: str, tmp_path: Path, read: Read
) -> None:
    found = read(save(tmp_path, page(MANUALS[manual])))
    missing = [n for n in range(len(NAMES)) if WORK.format(n) not in found.text]
    assert missing == []
    assert [name for name in NAMES if name not in found.text] == []
    assert "Last changed" not in found.text


def test_lists_tables_code_and_formulas_of_an_article_are_read(tmp_path: Path, read: Read) -> None:
    between = (
        "<ul><li>Salt</li><li>Flour</li></ul>"
        "<table><tr><th>Year</th><td>1911</td></tr></table>"
        '<div class="highlight-c"><pre>grind(lens);\nwash(lens);</pre></div>'
        "<p>It took <math><mi>n</mi><mo>+</mo><mn>7</mn>"
        '<annotation encoding="application/x-tex">\\alpha</annotation></math> weeks.</p>'
        '<figure><img src="a.png"><figcaption>The wheel of the mill in spring, after the ice had '
        "gone from the river.</figcaption></figure>"
    )
    text = read(save(tmp_path, page(f"<article>{ARTICLE}{between}<p>{FERRY}</p></article>"))).text
    assert "Salt\n\nFlour" in text
    assert "Year | 1911" in text
    assert "grind(lens);\nwash(lens);" in text
    assert "n+7 weeks" in text
    assert "The wheel of the mill" in text
    assert "alpha" not in text


def test_an_article_in_pieces_is_read_whole(tmp_path: Path, read: Read) -> None:
    pieces = "".join(f"<p>{MILL} {WORK.format(n)}</p>" for n in range(9))
    body = (
        f'<div class="story"><p>{FERRY}</p><p>{NOTE}</p><div id="more"><a href="#">Read more</a>'
        f'<div id="rest">{pieces}</div></div></div>'
    )
    text = read(save(tmp_path, page(f"<div>{MENU}</div>{body}"))).text
    assert FERRY in text
    assert NOTE in text
    assert WORK.format(8) in text
    assert "Latest headlines" not in text


def test_a_page_of_things_called_menu_is_read(tmp_path: Path, read: Read) -> None:
    menus = "".join(
        f'<div class="menu"><h2>{name}</h2><p>Soup of the day with bread, {n} pounds.</p></div>'
        for n, name in enumerate(("Monday", "Tuesday", "Wednesday"))
    )
    assert "Tuesday" in read(save(tmp_path, page(menus))).text


def test_what_stood_around_the_text_is_told(tmp_path: Path, read: Read) -> None:
    teaser = "Ten lighthouses that you have to see once before the sea takes them all."
    body = f"<main><article><h1>The Salt Jar</h1>{ARTICLE}</article></main><aside>{teaser}</aside>"
    found = read(save(tmp_path, page(body)))
    assert teaser not in found.text
    [notice] = found.notices
    assert notice.message == f"Left out around the text (14 words): “{teaser}”."
    assert is_remark(notice.message)


def test_menus_of_links_alone_are_counted_where_they_are_much(tmp_path: Path, read: Read) -> None:
    menu = f"<nav>{MENU * 9}</nav>"
    (notice,) = read(save(tmp_path, page(f"{menu}<main>{ARTICLE}</main>"))).notices
    assert (notice.code, "54 words" in notice.message) == ("around_the_text", True)
    few = f"<nav>{MENU}</nav><main>{ARTICLE * 9}</main>"
    assert read(save(tmp_path, page(few))).notices == []


def test_an_encoding_that_is_declared_late_counts(tmp_path: Path, read: Read) -> None:
    words = "Паром ушёл в семь утра, и к полудню вся деревня знала об этом. " * 4
    late = "<!-- " + "x" * 9000 + ' --><meta charset="windows-1251">'
    found = read(save(tmp_path, page(f"<p>{words}</p>", late), encoding="cp1251"))
    assert found.passages[0].text == words.strip()


def test_a_tree_of_boxes_within_boxes_is_read_soon(tmp_path: Path, read: Read) -> None:
    deep = "<div>" * 300
    found = read(save(tmp_path, page(f"{deep}{ARTICLE}{'<br>' * 20_000}")))
    assert MILL in found.text


def test_what_stands_in_place_of_an_object_is_read(tmp_path: Path, read: Read) -> None:
    page = tmp_path / "page.html"
    shown = '<object data="phases.xml" type="application/x-gallery"><p>{}</p></object>'
    page.write_text(
        f"<html><body><main><h1>The Salt Jar</h1>{ARTICLE}{shown.format('The well is deep.')}"
        "</main></body></html>",
        encoding="utf-8",
    )
    assert "The well is deep." in read(page).text


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("hidden", "Ulrich Tamm sold honey."),
        ('style="visibility:hidden"', "Perpetua Dole wrote it."),
        ('style="display: none"', "Who found the key?"),
    ],
)
def test_a_short_sentence_that_no_browser_shows_has_a_remark(
    how: str, text: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><article>{ARTICLE}</article><p {how}>{text}</p></body></html>")
    (notice,) = (notice for notice in read(path).notices if notice.code == "hidden_text")
    assert f"Left out since no browser shows it ({len(text.split())} words)" in notice.message
    assert notice.words is not None
    assert {*text.casefold().strip(".?").split()} <= {*notice.words.split()}


def test_a_hidden_button_has_no_remark(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    button = '<span hidden>Close the menu</span><p hidden><a href="#a">Go to the text.</a></p>'
    path.write_text(f"<html><body><article>{ARTICLE}</article>{button}</body></html>")
    assert all(notice.code != "hidden_text" for notice in read(path).notices)


def test_the_words_of_menus_are_kept_with_what_was_left_out(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    teaser = "A new ferry was bought by the town council in the spring of this year, it is said."
    path.write_text(
        f"<html><body><article>{ARTICLE}</article><aside>{teaser}</aside>"
        "<footer>Copyright Fenwick Barr</footer></body></html>"
    )
    (notice,) = (notice for notice in read(path).notices if notice.code == "around_the_text")
    assert notice.words is not None
    assert {"ferry", "fenwick", "barr"} <= {*notice.words.split()}


def test_text_that_no_browser_shows_is_left_out_with_a_remark(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    secret = "The harbour master keeps the second key of the salt store under the mole."
    path.write_text(
        f"<html><body><article>{ARTICLE}</article>"
        f'<p style="display:none">{secret}</p><p hidden>x</p></body></html>'
    )
    found = read(path)
    assert secret not in found.text
    (notice,) = (notice for notice in found.notices if notice.code == "hidden_text")
    assert secret[:30] in notice.message
    assert is_remark(notice.message)
    assert notice.words is not None
    assert "mole" in notice.words.split()


@pytest.mark.parametrize(
    ("css", "around"),
    [
        (".reply{display:none} .reply.open{display:block}", ""),
        (".reply{display:none} #all:checked ~ .reply{display:block}", ""),
        (".reply{visibility:hidden} .reply:target{visibility:visible}", ""),
        (".reply{display:none}", "<script>toggle(document.querySelectorAll('.reply'))</script>"),
        ("#reply{display:none}", '<button aria-controls="reply">When does it leave?</button>'),
    ],
)
def test_what_a_click_shows_is_read(css: str, around: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    text = "The ferry leaves at nine from the pier of the old mole."
    path.write_text(
        f"<html><head><style>{css}</style></head><body><article>{ARTICLE}{around}"
        f'<p class="reply" id="reply">{text}</p></article></body></html>'
    )
    found = read(path)
    assert text in found.text
    assert all(notice.code != "hidden_text" for notice in found.notices)


@pytest.mark.parametrize("how", ["hidden", 'style="display: none; color: red"'])
def test_what_a_button_opens_is_read(how: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    text = "The ferry leaves at nine from the pier of the old mole."
    path.write_text(
        f"<html><body><article>{ARTICLE}<button aria-controls='one'>When?</button>"
        f'<p id="one" {how}>{text}</p><p id="two" {how}>The second key is under it.</p>'
        "<details><summary>And back?</summary><p>The ferry comes back at ten each night.</p>"
        "</details></article></body></html>"
    )
    found = read(path)
    assert text in found.text
    assert "back at ten" in found.text
    assert "second key" not in found.text


def test_what_a_style_sheet_hides_for_good_is_left_out(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    css = ".card{display:block} .away{display:none} @media (width < 9em){.away{display:block}}"
    path.write_text(
        f"<html><head><style>{css}</style></head><body><article>{ARTICLE}"
        '<p class="card away">The second key lies under the mole.</p></article></body></html>'
    )
    found = read(path)
    assert "second key" not in found.text
    assert [notice.code for notice in found.notices if notice.code == "hidden_text"]


@pytest.mark.parametrize(
    "opener",
    [
        "<h3><button>When does the ferry leave?</button></h3>",
        '<h2 class="accordion-header"><button class="accordion-button" data-bs-target="#one">'
        "<span>When does the ferry leave?</span></button></h2>",
        "<button aria-controls='one'>When does the ferry leave?</button>",
        "<dl><dt><button>When does the ferry leave?</button></dt><dd>At nine, that is.</dd></dl>",
    ],
)
def test_a_question_on_a_button_is_read(opener: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    text = "The ferry leaves at nine from the pier of the old mole."
    path.write_text(
        f'<html><body><article>{ARTICLE}{opener}<div id="one"><p>{text}</p></div><p>Share it: '
        "<button>Copy 77</button> <textarea>Dear harbour 88</textarea></p>"
        '<svg><text x="1">High tide 14:20</text></svg></article></body></html>'
    )
    found = read(path)
    assert "When does the ferry leave?" in found.text
    assert text in found.text
    assert "Copy" not in found.text
    (notice,) = [notice for notice in found.notices if notice.code == "around_the_text"]
    assert {"77", "88", "tide", "14", "20"} <= {*(notice.words or "").split()}
