"""A Zotero folder comes in with collections, tags, notes and files, and again without doubles."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.intake.zotero_folder import ZoteroFolder
from workbench.cli.main import main
from workbench.library import Library
from workbench.store.records import SourceRow

_TEXT = "Bridges of the north are gauged every spring. Nobody had counted them before 1910."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "bridges.brain") as made:
        yield made


@pytest.fixture
def zotero(tmp_path: Path) -> ZoteroFolder:
    made = ZoteroFolder(tmp_path / "Zotero")
    gauge = made.item(
        "journalArticle",
        {
            "title": "The Gauge of Bridges", "date": "2012-03-00 March 2012", "DOI": "10.1000/xyz",
            "publicationTitle": "Journal of Bridges", "abstractNote": "Keepers gauge by hand.",
            "extra": "tex.ids: a\nCitation Key: holm2012",
        },
        ["Ada Holm", "Otto Berg"],
    )  # fmt: skip
    paper = made.attach(gauge, "Holm and Berg.txt", _TEXT)
    made.note(gauge, "<p>Compare with <b>Aldby</b> &amp; Berholm.</p>")
    made.annotate(paper, "gauged every spring", "Why spring?", "4")
    made.collect(gauge, "Bridges")
    made.tag(gauge, "to read")
    made.item("book", {"title": "A Book of Weirs", "date": "1999"}, ["Ben Ray"])
    gone = made.item("book", {"title": "Thrown Away"})
    made.run("INSERT INTO deletedItems VALUES (?, '')", (gone,))
    # What lies in the folder besides is none of the library's.
    (made.folder / "styles").mkdir()
    (made.folder / "styles" / "apa.txt").write_text("A style, and no document.", encoding="utf-8")
    return made


def _by_title(library: Library, kind: str) -> dict[str, SourceRow]:
    return {each.title: each for each in library.sources.list() if each.kind == kind}


@pytest.mark.slow
def test_a_folder_brings_items_files_notes_collections_and_tags(
    library: Library, zotero: ZoteroFolder
) -> None:
    done = library.add(zotero.folder)
    assert {each.state for each in done} == {"verified"}
    items = _by_title(library, "record")
    assert {*items} == {"The Gauge of Bridges", "A Book of Weirs"}
    (paper,) = _by_title(library, "text").values()
    for row in (items["The Gauge of Bridges"], paper):
        assert (row.title, row.author) == ("The Gauge of Bridges", "Ada Holm, Otto Berg")
        assert row.date == "2012-03"
        assert row.collections == ("Bridges",)
        assert row.tags == ("to read",)
        assert row.metadata["citation_key"] == "holm2012"
        assert row.metadata["doi"] == "10.1000/xyz"
    said = "\n".join(
        passage.text for passage in library.sources.passages(items["The Gauge of Bridges"].id)
    )
    assert "Compare with Aldby & Berholm." in said
    assert "“gauged every spring” (p. 4): Why spring?" in said
    assert library.verify().problems == ()


@pytest.mark.slow
def test_files_and_notes_that_stand_by_themselves_come_too(
    library: Library, zotero: ZoteroFolder
) -> None:
    lone = zotero.attach(None, "lone.txt", f"The Lone Weir\n\n{_TEXT}")
    zotero.collect(lone, "Weirs")
    zotero.tag(lone, "later")
    zotero.annotate(lone, "gauged", "By whom?", "2")
    zotero.note(None, "<p>Ask <b>Ben</b> about the weir at Aldby.</p>")
    library.add(zotero.folder)
    (row,) = [
        each
        for each in library.sources.list()
        if each.kind == "text" and each.locations[0].endswith("lone.txt")
    ]
    assert (row.title, row.collections, row.tags) == ("Lone", ("Weirs",), ("later",))
    items = _by_title(library, "record")
    assert "Ask Ben about the weir at Aldby" in items
    (said,) = library.sources.passages(items["lone.txt"].id)
    assert "“gauged” (p. 2): By whom?" in said.text


@pytest.mark.slow
def test_once_more_brings_what_is_new_and_no_doubles(
    library: Library, zotero: ZoteroFolder
) -> None:
    library.add(zotero.folder)
    before = {each.id for each in library.sources.list()}
    library.add(zotero.folder)
    assert {each.id for each in library.sources.list()} == before
    weirs = zotero.item("book", {"title": "More Weirs"})
    zotero.attach(weirs, "weirs.txt", "A weir holds the water back. It stands in the river Ald.")
    library.add(zotero.folder)
    assert len(library.sources.list()) == len(before) + 2


@pytest.mark.slow
def test_what_an_item_said_before_goes_to_the_trash(library: Library, zotero: ZoteroFolder) -> None:
    library.add(zotero.folder)
    old = _by_title(library, "record")["A Book of Weirs"]
    zotero.run(
        "UPDATE itemDataValues SET value = 'A Book of Locks' WHERE value = 'A Book of Weirs'"
    )
    library.add(zotero.folder)
    assert {*_by_title(library, "record")} == {"The Gauge of Bridges", "A Book of Locks"}
    assert [each.id for each in library.sources.list(trashed=True)] == [old.id]


@pytest.mark.slow
def test_zoteros_own_files_are_left_as_they_are(library: Library, zotero: ZoteroFolder) -> None:
    before = zotero.database.read_bytes()
    with closing(sqlite3.connect(zotero.database)) as held:
        held.execute("BEGIN EXCLUSIVE")
        library.add(zotero.folder)
    assert zotero.database.read_bytes() == before
    assert len(library.sources.list()) == 3


@pytest.mark.slow
@pytest.mark.parametrize("size", [100, 5000])
def test_a_damaged_database_says_so_and_nothing_is_lost(
    library: Library, zotero: ZoteroFolder, size: int
) -> None:
    zotero.database.write_bytes(zotero.database.read_bytes()[:size])
    (added, *_) = library.add(zotero.folder)
    assert added.state == "failed"
    assert "Zotero" in (added.error or "")
    assert library.sources.list() == []


def test_another_database_of_that_name_says_so(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "zotero.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE items(x)")
    (added,) = library.add(path)
    assert added.state == "failed"
    assert "Zotero" in (added.error or "")


@pytest.mark.slow
def test_the_command_says_nothing_of_zoteros_own_files(
    zotero: ZoteroFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(tmp_path / "a.brain"), "add", str(zotero.folder)]) == 0
    said = capsys.readouterr()
    assert said.out.count("✓") == 3
    assert "passed over" not in said.out + said.err


@pytest.mark.parametrize("known", [False, True])
def test_linked_files_come_from_their_base_or_are_named(
    library: Library, tmp_path: Path, zotero: ZoteroFolder, known: bool
) -> None:
    base = tmp_path / 'My "papers"' if known else zotero.folder / "linked"
    (base / "sub").mkdir(parents=True)
    (base / "sub" / "weirs.txt").write_text(f"Weirs\n\n{_TEXT}", encoding="utf-8")
    if known:
        setting = json.dumps(str(base))
        line = f'user_pref("extensions.zotero.baseAttachmentPath", {setting});\n'
        (zotero.folder / "prefs.js").write_text(f"// Preferences\n{line}", encoding="utf-8")
    item = zotero.item("book", {"title": "On Weirs", "date": "0000-00-00 in press"})
    for path in ("attachments:sub/weirs.txt", "attachments:lost.pdf", r"D:\Old\gone.pdf"):
        below = zotero.item("attachment", {"title": path})
        zotero.run(
            "INSERT INTO itemAttachments VALUES (?, ?, 2, 'application/pdf', ?)",
            (below, item, path),
        )
    done = library.add(zotero.folder)
    assert any(each.path and each.path.endswith("weirs.txt") for each in done)
    notices = {notice for each in done for notice in each.notices}
    assert any("“lost.pdf”, “gone.pdf”" in notice for notice in notices)
    assert _by_title(library, "record")["On Weirs"].date == "in press"


def test_editors_are_no_authors(library: Library, zotero: ZoteroFolder) -> None:
    item = zotero.item("book", {"title": "Sluices", "date": "2001"}, ["Eva Moor", "Ida Lund"])
    editor = zotero._id("creatorTypes", "creatorType", "editor")
    zotero.run(
        "UPDATE itemCreators SET creatorTypeID = ? WHERE itemID = ? AND orderIndex = 1",
        (editor, item),
    )
    library.add(zotero.folder)
    row = _by_title(library, "record")["Sluices"]
    assert (row.author, row.metadata["editors"]) == ("Eva Moor", "Lund, Ida")
