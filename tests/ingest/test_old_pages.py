"""Hand-made pages of the nineties: tables, fonts, bold type for headings and no classes.

The text of such a page is read whole, chapters begin where a reader sees them begin, and what
leads from page to page is left out.
"""

from pathlib import Path

import pytest

from tests.ingest.conftest import Book, Read

TIDE = (
    "The tide gauge at Kalvholm was read by hand until 1931. Every evening Signe Brandt rowed out, "
    "held her lamp to the glass, and wrote the height into a book with a blue cover. "
)
LAMP = (
    "A lamp keeper's year had two halves. From August to April the wick was trimmed three times a "
    "night, and in the bright months the keeper painted what the salt had eaten. "
)
WAR = (
    "In the war the light was dark for four years. Nobody rowed out, and yet the book has a height "
    "for every single day, in a hand that is not Signe Brandt's. "
)
FONT = '<font face="Times New Roman" size="3">'
ARROWS = (
    '<p align=center><font size="2"><a href="2.htm"><img src="left.gif" width="45" height="54"></a>'
    '<a href="index.htm"><b>INDEX</b></a><a href="4.htm"><img src="right.gif"></a></font></p>'
)


def chapter(heading: str, text: str) -> str:
    """A chapter as it was a page of its own: arrows, its name in bold, its text in a table."""
    return (
        f"{ARROWS}{heading}<p align=center></p>"
        f"<table width=620 align=center><tr><td>{text}</td></tr></table>{ARROWS}"
    )


def centred(name: str) -> str:
    """The name of a chapter in large bold type in the middle."""
    return f"<p align=center><FONT SIZE=+2><B>{name}</B></FONT> </p>"


@pytest.fixture
def book(tmp_path: Path, read: Read) -> Book:
    """Chapters put together by hand, an introduction of many parts before them."""
    page = tmp_path / "light.html"
    introduction = (
        f'<div align="center"><p>By Arne Lund<br><br>From the Danish</p>'
        f"<table width=620><tr><td>{FONT}<b>Q:</b></font> {FONT}<i>What does TBK stand for?</i>"
        f"<br></font>{FONT}<b>A: </b></font>{FONT}Tidal Board of Kalvholm.<br></font>"
        f"{FONT}{TIDE * 3}</font></td></tr></table>{ARROWS}</div>"
    )
    inner = f"<p>{LAMP * 3}</p>" * 9 + (
        f"<p>{FONT}{LAMP * 4}<br></font>{FONT}<br></font>{FONT}<b>Wick and oil</b></font>{FONT}"
        f"<br></font>{FONT}{LAMP * 2}It was <br><b>Signe Brandt</b><br>who kept it.</font></p>"
    )
    wrapped = f'<div align="center">{ARROWS}<p><b>Chapter 3<br>THE DARK YEARS</b></p></div>'
    page.write_text(
        "<html><head><title>The Light at Kalvholm</title></head><body>"
        f"{ARROWS}{centred('THE LIGHT AT KALVHOLM')}{introduction}"
        + chapter(centred("Chapter 1<br>THE TIDE"), f"<p>{TIDE * 3}</p>" * 12)
        + chapter(f"<FONT SIZE=2>{centred('Chapter 2<br>THE LAMP')}</FONT>", inner)
        + chapter(wrapped, f"<p>{WAR * 3}</p>" * 9)
        + chapter("<h1 align=center><b>Chapter 4<br>THE PEACE</b></h1>", f"<p>{TIDE * 3}</p>" * 9)
        + "</body></html>",
        encoding="utf-8",
    )
    return read(page)


def test_an_introduction_of_many_parts_is_read(book: Book) -> None:
    assert "Tidal Board of Kalvholm." in book.text
    assert "By Arne Lund" in book.text
    assert book.text.count(TIDE.strip()) == 3 + 36 + 27


def test_names_of_chapters_in_bold_are_their_headings(book: Book) -> None:
    assert book.titles == [
        "THE LIGHT AT KALVHOLM",
        "Chapter 1 THE TIDE",
        "Chapter 2 THE LAMP",
        "Wick and oil",
        "Chapter 3 THE DARK YEARS",
        "Chapter 4 THE PEACE",
    ]
    cited = {p.locator.chapter for p in book.passages if "In the war" in p.text}
    assert cited == {"Chapter 3 THE DARK YEARS"}


def test_what_leads_from_chapter_to_chapter_is_no_heading(book: Book) -> None:
    assert not any("INDEX" in title for title in book.titles)
    assert "INDEX" not in book.text


def test_a_bold_line_is_not_glued_to_the_sentence_below(book: Book) -> None:
    assert not any(sentence.startswith("Wick and oil") for sentence in book.sentences)
    assert any(sentence.startswith("A lamp keeper's year") for sentence in book.sentences)
    assert any(sentence.endswith("It was Signe Brandt who kept it.") for sentence in book.sentences)


def test_bold_type_is_no_heading_where_a_page_has_headings(tmp_path: Path, read: Read) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><h1>The Light</h1><p>{TIDE}</p><h2>The lamp</h2>"
        f"<p><b>By day</b><br>{LAMP}</p><p>{TIDE}</p></body></html>",
        encoding="utf-8",
    )
    found = read(page)
    assert found.titles == ["The Light", "The lamp"]
    assert "By day" in found.sentences


def test_questions_of_an_interview_in_bold_stay_text(tmp_path: Path, read: Read) -> None:
    asked = ("Who read the gauge?", "How long was a year?", "And in the war?")
    said = "".join(
        f"<p><b>{question}</b></p><p>{answer}</p>"
        for question, answer in zip(asked, (TIDE, LAMP, WAR), strict=True)
    )
    page = tmp_path / "talk.html"
    page.write_text(f"<html><body><div>{said}</div></body></html>", encoding="utf-8")
    assert all(question in read(page).sentences for question in asked)


def test_short_lines_and_boxes_named_as_menus_are_still_left_out(
    tmp_path: Path, read: Read
) -> None:
    page = tmp_path / "news.html"
    page.write_text(
        f"<html><body><div class=page><p class='related'><b>Read next</b></p><p>{TIDE * 2}</p>"
        f"<p>{LAMP * 2}</p><div class='promo'><p><b>Ten lighthouses</b></p><p>{WAR * 4}</p></div>"
        f"<p>{LAMP}</p></div></body></html>",
        encoding="utf-8",
    )
    text = read(page).text
    assert TIDE.strip() in text
    assert not any(words in text for words in ("Read next", "Ten lighthouses", "In the war"))


def test_signs_set_apart_from_their_words_join_them(tmp_path: Path, read: Read) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><p>{FONT}<i>Arne Lund </i></font> {FONT}, born in Kalvholm, kept the light "
        f"for <b>Signe Brandt</b>\n{FONT}. He wrote <code>cd</code> .profile and <i>5</i> : 3 .</p>"
        "<p>It is named <img src='formula.png'> , then squared, that is "
        "<span><img src='formula.png' aria-hidden='true'></span>, taken twice.</p>"
        f"<p>{TIDE * 2}</p><pre>a\n<b>b</b> , c</pre></body></html>",
        encoding="utf-8",
    )
    text = read(page).text
    assert "Arne Lund, born in Kalvholm, kept the light for Signe Brandt. He wrote" in text
    assert "cd .profile and 5 : 3 ." in text
    assert "It is named , then squared, that is , taken twice." in text
    assert "b , c" in text
