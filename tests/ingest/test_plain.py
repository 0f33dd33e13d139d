"""Plain text: encodings, chapters, title pages, wrapped lines, Project Gutenberg's wrapping."""

import codecs
from pathlib import Path

import pytest

import ingest
from ingest.books.headings import find_headings
from tests.ingest.conftest import Read

PROSE = (
    "The ferry left at seven in the morning, and by noon the whole village knew that Ines Valverde "
    "had taken it. She had sold the mill to her cousin, packed two trunks of letters, and told "
    "nobody where she meant to go. Her brother Tomas, who kept the accounts of the harbour, found "
    "the note under the salt jar on the third day. He read it twice and put it back."
)


def wrapped(text: str, width: int = 70) -> str:
    """`text` in lines of at most `width` characters, as old books are typed."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def novel(headings: list[str], front: str = "") -> str:
    """A book of chapters under these headings, lines wrapped."""
    return front + "".join(f"{h}\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}\n\n\n" for h in headings)


def save(folder: Path, text: str, name: str = "book.txt", encoding: str = "utf-8") -> Path:
    """Write a text file, its line ends as they are."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_the_text_of_a_source_is_the_file(tmp_path: Path, read: Read) -> None:
    text = novel(["CHAPTER 1. The Ferry", "CHAPTER 2. The Note"])
    book = read(save(tmp_path, text.replace("\n", "\r\n")))
    assert len(book.text) == len(text)
    assert book.text.split() == text.split()
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, book.text, strict=True))


def test_wrapped_lines_read_as_one_and_verse_keeps_its_lines(tmp_path: Path, read: Read) -> None:
    verse = "The tide came in,\nThe tide went out,\nAnd nobody knew\nWhat it was about."
    book = read(save(tmp_path, f"{wrapped(PROSE)}\n\n{verse}\n\n{wrapped(PROSE)}\n"))
    assert verse in book.text
    assert PROSE in book.text
    assert "\n" not in book.sentences[0]


def test_a_line_is_a_paragraph_where_lines_are_not_wrapped(tmp_path: Path, read: Read) -> None:
    lines = [f"{PROSE} That was in {1900 + i}." for i in range(4)] + ["A line without a stop"] * 2
    book = read(save(tmp_path, "\n".join(lines)))
    assert book.text == "\n".join(lines)
    assert not any("\n" in book.text[a:b] for p in book.passages for a, b in p.sentences)


@pytest.mark.parametrize(
    "headings",
    [
        ["CHAPTER 1. The Ferry", "CHAPTER 2. The Note", "CHAPTER 3. The Mill"],
        ["Chapter I", "Chapter II", "Chapter III"],
        ["Letter 1", "Letter 2", "Letter 3"],
        ["ADVENTURE I. THE FERRY", "ADVENTURE II. THE NOTE", "VII. THE AFFAIR OF THE MILL"],
        ["I.", "II.", "III."],
        ["THE FERRY", "THE NOTE", "THE MILL"],
        ["PREFACE", "Chapter One: The Ferry", "Epilogue"],
        ["# The Ferry", "## The Note", "# The Mill"],
        ["1. Kapitel", "Zweites Kapitel", "Drittes Kapitel"],
        ["Chapitre premier", "Chapitre 2", "Chapitre 3"],
        ["Глава 1", "Глава вторая", "Глава III"],
        ["الفصل الأول", "الفصل الثاني", "الفصل الثالث"],
        ["PART ONE. The Village", "Chapter 1", "Chapter 2"],
    ],
)
def test_chapters_begin_at_their_headings(headings: list[str], tmp_path: Path, read: Read) -> None:
    book = read(save(tmp_path, novel(headings)))
    assert [title.lstrip("# ") for title in book.titles] == [h.lstrip("# ") for h in headings]
    first = book.sections[0].passages[0]
    assert first.text.startswith("The ferry left")
    assert first.locator.chapter == headings[0].lstrip("# ")


def test_chinese_chapters_stand_on_lines_of_their_own(tmp_path: Path, read: Read) -> None:
    line = "那天早上七点，渡船离开了港口。到了中午，全村人都知道她已经走了。\n"
    text = "".join(f"第{n}章 渡船\n{line * 8}" for n in "一二三")
    book = read(save(tmp_path, text))
    assert book.source.language == "zh"
    assert book.titles == ["第一章 渡船", "第二章 渡船", "第三章 渡船"]
    assert book.sentences[0] == "那天早上七点，渡船离开了港口。"


def test_a_heading_may_have_its_title_below_it(tmp_path: Path, read: Read) -> None:
    text = novel(["CHAPTER I\n\nThe Ferry", "CHAPTER II\nThe Note", "CHAPTER III\n\n\nTHE MILL"])
    book = read(save(tmp_path, text))
    assert book.titles == ["CHAPTER I The Ferry", "CHAPTER II The Note", "CHAPTER III THE MILL"]


def test_parts_and_numerals_say_what_they_belong_to(tmp_path: Path, read: Read) -> None:
    text = novel(["BOOK ONE", "CHAPTER 1", "CHAPTER 2", "BOOK TWO", "CHAPTER 1"])
    book = read(save(tmp_path, text))
    assert [s.level for s in book.sections] == [1, 2, 2, 1, 2]
    assert book.sections[-1].passages[0].locator.chapter == "BOOK TWO · CHAPTER 1"
    assert book.sections[-1].title != book.sections[1].title


def test_words_like_headings_inside_prose_are_prose(tmp_path: Path, read: Read) -> None:
    text = (
        f"{wrapped(PROSE)}\n\nChapter 3 of the report was never found by anybody in the house.\n\n"
        f"{wrapped(PROSE)}\n\n1. Wash the fish\n2. Salt it\n3. Wait\n\n{wrapped(PROSE)}\n"
    )
    book = read(save(tmp_path, text))
    assert len(book.sections) == 1
    assert "Chapter 3 of the report was never found by anybody in the house." in book.sentences


def test_a_table_of_contents_is_not_indexed(tmp_path: Path, read: Read) -> None:
    names = ["CHAPTER 1. The Ferry", "CHAPTER 2. The Note", "CHAPTER 3. The Mill", "Epilogue"]
    front = "THE SALT JAR\n\nby\n\nIMOGEN HALE\n\n\nCONTENTS\n\n" + "\n\n".join(names) + "\n\n\n"
    book = read(save(tmp_path, novel(names, front)))
    assert (book.source.title, book.source.author) == ("The Salt Jar", "Imogen Hale")
    assert book.titles == names
    assert [s.kind for s in book.sections] == ["front", "front", "body", "body", "body", "body"]
    assert book.sections[1].title == "CONTENTS"


@pytest.mark.parametrize(
    ("opening", "title", "author"),
    [
        ("SALT;\n\nor, THE JAR.\n\nBy Imogen Hale\n", "Salt; or, The Jar", "Imogen Hale"),
        ("The Salt Jar\n\nby\n\nImogen (Reed) Hale\n", "The Salt Jar", "Imogen (Reed) Hale"),
        ("THE LETTERS OF LOUIS XIV\n\nBY IMOGEN HALE\n", "The Letters of Louis XIV", "Imogen Hale"),
        ("", "My Own Notes", ""),
    ],
)
def test_title_and_author_are_read_from_the_title_page(
    opening: str, title: str, author: str, tmp_path: Path, read: Read
) -> None:
    text = novel(["CHAPTER 1", "CHAPTER 2", "CHAPTER 3"], f"{opening}\n\n")
    book = read(save(tmp_path, text, "my_own-notes.txt" if not opening else "x.txt"))
    if opening:
        assert (book.source.title, book.source.author) == (title, author)
        assert book.sections[0].kind == "front"
    else:
        assert book.source.title == "My own-notes" or book.source.title == "My Own-notes"


def test_a_given_title_wins(tmp_path: Path, read: Read) -> None:
    assert read(save(tmp_path, PROSE), title="Mine").source.title == "Mine"


def test_gutenberg_wrapping_is_metadata(tmp_path: Path, read: Read) -> None:
    header = (
        "The Project Gutenberg eBook of The Salt Jar\n\nThis eBook is for the use of anyone.\n\n"
        "Title: The Salt Jar\n        A Tale of the Coast\n\nAuthor: Imogen Hale\n\n"
        "Release date: March 4, 2009 [eBook #1]\n\nLanguage: English\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE SALT JAR ***\n\n\n"
    )
    footer = "*** END OF THE PROJECT GUTENBERG EBOOK THE SALT JAR ***\n\nUpdated editions follow.\n"
    names = ["CHAPTER 1", "CHAPTER 2", "CHAPTER 3"]
    book = read(save(tmp_path, header + novel(names) + footer))
    assert book.source.title == "The Salt Jar A Tale of the Coast"
    assert (book.source.author, book.source.date) == ("Imogen Hale", "2009-03-04")
    assert book.source.language == "en"
    assert (book.sections[0].kind, book.sections[-1].kind) == ("front", "back")
    assert book.titles == names
    assert not any("eBook" in p.text or "EBOOK" in p.text for p in book.passages)


@pytest.mark.parametrize(
    ("people", "author"),
    [
        ("Imogen Hale <imogen@example.org>", "Imogen Hale"),
        ("Imogen Hale <i@x.org>,\n        Tomas Reed <t@x.org>", "Imogen Hale, Tomas Reed"),
        ("imogen@example.org (Imogen Hale)", "Imogen Hale"),
        ("Fred Reed, Jr. <fred at example.org>", "Fred Reed, Jr."),
    ],
)
def test_header_lines_name_title_and_authors(
    people: str, author: str, tmp_path: Path, read: Read
) -> None:
    head = f"Number: 8\nTitle: Keeping of Salt\nAuthor: {people}\nCreated: 13-Jul-2000\n\n\n"
    body = f"Use\n===\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}\n"
    found = read(save(tmp_path, head + body, "no-0008.txt"))
    source = found.source
    assert (source.title, source.author, source.date) == ("Keeping of Salt", author, "2000-07-13")
    assert source.metadata["number"] == "8"
    assert "Project Gutenberg" not in [section.title for section in found.sections]
    assert found.text.split() == (head + body).split()
    assert not any("Author:" in passage.text for passage in found.passages)
    assert found.sentences[0].startswith("The ferry")


def test_fields_below_a_title_name_authors(tmp_path: Path, read: Read) -> None:
    text = (
        ".. highlight:: c\n\n=============\n The Salt Jar\n=============\n\n:Author: Imogen Hale\n"
        f":Date: 2001-02-03\n\nUse\n---\n\n{wrapped(PROSE)}\n"
    )
    source = read(save(tmp_path, text, "salt.rst")).source
    assert (source.title, source.author) == ("The Salt Jar", "Imogen Hale")
    assert source.date == "2001-02-03"


def test_a_list_of_terms_is_no_head(tmp_path: Path, read: Read) -> None:
    text = f"Title: what a book is called.\nSpine: what holds it.\n\n{wrapped(PROSE)}\n"
    found = read(save(tmp_path, text, "terms.txt"))
    assert found.source.title == "Terms"
    assert any("Spine" in passage.text for passage in found.passages)


def test_a_rule_at_the_beginning_is_no_front_matter(tmp_path: Path, read: Read) -> None:
    rule = read(save(tmp_path, f"---\n\n{PROSE}\n"))
    assert rule.source.kind == "text"
    assert rule.passages[0].text == PROSE


RUSSIAN = "Паром ушёл в семь часов утра, и к полудню вся деревня знала об этом. Никто не видел её."
CHINESE = "那天早上七点，渡船离开了港口。到了中午，全村的人都知道她已经走了，可是没有人看见她。"
TAIWAN = "那天早上七點，渡船離開了港口。到了中午，全村的人都知道她已經走了，可是沒有人看見她。"
JAPANESE = "その朝七時に渡し船は港を出た。昼までに村の人はみな彼女がいなくなったことを知った。"
FRENCH = "Le bac partit à sept heures ; à midi, tout le village savait qu’elle était passée. Été."
GREEK = "Το πλοίο έφυγε στις επτά το πρωί και μέχρι το μεσημέρι όλο το χωριό το ήξερε."
POLISH = "Prom odpłynął o siódmej rano, a do południa cała wieś wiedziała, że już jej tu nie ma."
ARABIC = "غادرت العبارة في السابعة صباحا وبحلول الظهر كانت القرية كلها تعرف ذلك."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", RUSSIAN),
        ("utf-8-sig", RUSSIAN),
        ("utf-16", RUSSIAN),
        ("utf-16-le", FRENCH),
        ("utf-16-be", FRENCH),
        ("utf-32", CHINESE),
        ("latin-1", FRENCH.replace("’", "'")),
        ("cp1252", FRENCH),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp1250", POLISH),
        ("cp1253", GREEK),
        ("cp1256", ARABIC),
        ("gb18030", CHINESE),
        ("big5", TAIWAN),
        ("shift_jis", JAPANESE),
        ("euc_jp", JAPANESE),
    ],
)
def test_encodings_are_told_from_the_bytes(
    encoding: str, text: str, tmp_path: Path, read: Read
) -> None:
    book = read(save(tmp_path, text * 4, encoding=encoding))
    assert book.text == text * 4
    assert book.notices == []


def test_a_file_cut_off_inside_a_character_loses_only_that(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(RUSSIAN.encode()[:-2])
    assert read(path).text == RUSSIAN[:-2]
    path.write_bytes(codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le")[:-1])
    assert read(path).text == RUSSIAN[:-1]


def test_bytes_that_are_no_text_inside_text_are_said(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "spoilt.txt"
    path.write_bytes((RUSSIAN * 30).encode() + b" \xff\xfe " + RUSSIAN.encode())
    book = read(path)
    assert [notice.code for notice in book.notices] == ["undecodable"]
    assert book.text.startswith(RUSSIAN)


@pytest.mark.parametrize("content", ["", "  \n\n\t "])
def test_a_file_without_words_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(ingest.EmptyFileError):
        list(ingest.read(save(tmp_path, content)))


def test_a_long_text_without_chapters_comes_in_sections(tmp_path: Path, read: Read) -> None:
    book = read(save(tmp_path, "\n\n".join([wrapped(PROSE)] * 900)))
    assert len(book.sections) > 3
    assert all(len(section.text) < 100_000 for section in book.sections)
    assert all(section.passages for section in book.sections)


@pytest.mark.parametrize(
    "text", ["Chapter 1", "CONTENTS\n\nChapter 1\n\nChapter 2", "milk", "# Title"]
)
def test_a_text_of_headings_alone_is_still_found(text: str, tmp_path: Path, read: Read) -> None:
    assert "".join(p.text for p in read(save(tmp_path, text)).passages).split() == text.split()


def test_what_a_transcriber_notes_is_not_where_a_book_begins(tmp_path: Path, read: Read) -> None:
    text = novel(["Original Transcriber’s Notes:", "CHAPTER 1. The Ferry", "CHAPTER 2. The Note"])
    book = read(save(tmp_path, text))
    assert [each.kind for each in book.sections] == ["notes", "body", "body"]


def test_words_that_a_line_s_end_parts_are_whole(tmp_path: Path, read: Read) -> None:
    words = (
        "The harbour was rebuilt in oak and stone by an engi-\nneer of the lower town, who had the "
        "well-\nknown plans of the old quay in his chest and fol-\nlowed them "
        "just-\nin-time, as it is said, down to the mill-\nhouse of the valley and its two "
        "wheels.\nHe was paid in oil for the well-known work."
    )
    whole = (
        "The harbour was rebuilt in oak and stone by an engineer of the lower town, who had the "
        "well-known plans of the old quay in his chest and followed them just-in-time, as it is "
        "said, down to the millhouse of the valley and its two wheels."
    )
    for lead in ("", "   ", " " * 20):
        path = tmp_path / "a.txt"
        path.write_text("\n".join(lead + line for line in words.split("\n")), encoding="utf-8")
        assert read(path).sentences[0] == whole


def test_chinese_lines_join_without_a_space(tmp_path: Path, read: Read) -> None:
    line = "港口在下城的工程师重建" * 5
    path = tmp_path / "a.txt"
    path.write_text(f"{line}\n{line}。\n", encoding="utf-8")
    assert read(path).sentences == [f"{line * 2}。"]


def _chapter(title: str, sentence: str) -> str:
    return f"{title}\n\n" + f"{sentence} " * 30 + "\n\n"


def test_what_stands_alone_and_in_the_contents_list_is_a_chapter() -> None:
    text = (
        "A YEAR ON THE DUNES\n\nContents\n\n  Why I Went, and What I Took\n  The Well . . . . 41\n"
        "  3. “Who Goes There?”\n\n"
        + _chapter("Why I Went, and What I Took", "I had a spade, a cat and a barrel of flour.")
        + _chapter("The Well", "The water stood two fathoms deep in June.")
        + _chapter("A word of thanks", "They know who they are.")
        + _chapter("“Who Goes There?”", "Nobody ever did.")
    )
    titles = [heading.title for heading in find_headings(text)]
    assert titles == ["Contents", "Why I Went, and What I Took", "The Well", "“Who Goes There?”"]


def test_headings_have_lines_above_and_below() -> None:
    text = (
        "=========\nThe Winch\n=========\n\nv1.2 - 2019\n-----------\nAdded\n~~~~~\nA brake.\n\n"
        "Limits\n^^^^^^\n\nTwo tons.\n"
    )
    found = [(heading.title, text[heading.start : heading.end]) for heading in find_headings(text)]
    assert found == [
        ("The Winch", "=========\nThe Winch\n========="),
        ("v1.2 - 2019", "v1.2 - 2019\n-----------"),
        ("Added", "Added\n~~~~~"),
        ("Limits", "Limits\n^^^^^^"),
    ]


def test_chapters_that_are_numbered_within_parts_have_figures_alone() -> None:
    page = "The sea was grey and the wind came from the north. " * 120
    text = "PART ONE\n\n1\n\nThe Inn\n\n" + page + "\n\n2\n\nThe Chest\n\n" + page
    text += "\n\nPART TWO\n\n3\n\nThe Quay\n\n" + page
    found = [(heading.title, heading.level) for heading in find_headings(text)]
    assert ("2 The Chest", 2) in found
    assert ("3 The Quay", 2) in found


CONTENTS = """THE SALT JAR

CONTENTS

INTRODUCTORY.     THE TOLL HOUSE

PART 1

    ONE     THE FERRY

    TWO     THE MILL

PART 2

    THREE   THE JAR

Appendix

    Weights of jars          40

"""


def test_entries_of_a_contents_list_are_no_chapters(tmp_path: Path, read: Read) -> None:
    """Not even the last, under which the book begins, and those that the book has not got."""
    headings = ["THE TOLL HOUSE", "THE FERRY", "THE MILL", "THE JAR", "APPENDIX"]
    found = read(save(tmp_path, novel(headings, CONTENTS)))
    assert [s.title for s in found.sections if s.kind == "body"] == headings


def test_a_preface_between_contents_and_first_chapter_is_kept(tmp_path: Path, read: Read) -> None:
    front = f"CONTENTS\n\nThe Ferry\n\nThe Mill\n\nThe Jar\n\nPREFACE\n\n{wrapped(PROSE)}\n\n"
    headings = ["The Ferry", "The Mill", "The Jar"]
    found = read(save(tmp_path, novel(headings, front)))
    assert [s.title for s in found.sections if s.kind == "body"] == ["PREFACE", *headings]


def test_appendices_and_sections_have_their_letters(tmp_path: Path, read: Read) -> None:
    headings = ["1. Ferries", "2. Mills", "3. Jars", "A. Proofs", "B. More Tables", "References"]
    found = read(save(tmp_path, novel(headings, "")))
    assert [section.title for section in found.sections] == headings
    headings = ["CHAPTER I", "CHAPTER II", "APPENDIX A. Weights of Jars", "Appendix B: Letters"]
    found = read(save(tmp_path, novel(headings, "")))
    assert [section.title for section in found.sections] == headings


@pytest.mark.parametrize("line", ["A. Hale and B. Otto", "B. Otto", "FIGURE 3. A JAR OF SALT"])
def test_initials_and_captions_are_no_sections(line: str, tmp_path: Path, read: Read) -> None:
    headings = ["1. Ferries", line, "2. Mills", "3. Jars"]
    found = read(save(tmp_path, novel(headings, "")))
    assert [section.title for section in found.sections] == ["1. Ferries", "2. Mills", "3. Jars"]


@pytest.mark.parametrize("mark", "~=-^")
def test_a_long_underlined_heading_stays_a_heading(tmp_path: Path, read: Read, mark: str) -> None:
    title = "Why does the lamp of the harbour not turn when the clock has been wound?"
    body = f"{wrapped(PROSE)}\n\n{title}\n{mark * len(title)}\n\n{wrapped(PROSE)}\n"
    source = read(save(tmp_path, f"Use\n***\n\n{body}\n{body}", "use.rst"))
    assert title in [section.title for section in source.sections]
