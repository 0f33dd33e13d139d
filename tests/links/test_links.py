"""Web pages from their address to the answer: fetched once, kept as they came, read from there."""

import time
from pathlib import Path

import pytest

from tests.links.conftest import TIDES, kept_hashes, laid_out, until
from tests.web_server import Page, WebServer, article
from workbench import paths
from workbench.library import Library


@pytest.mark.slow
def test_i1_a_link_becomes_a_source_with_address_date_and_original(
    server: WebServer, library: Library
) -> None:
    server.pages["/t"] = Page(status=301, headers={"Location": "/tides"})
    link = server.url("/t#noon")
    before = time.time()
    (added,) = library.add(link, typed=True, collection="Web")
    assert (added.state, added.error, added.path) == ("verified", None, link)
    assert added.source is not None
    row = library.sources.get(added.source)
    assert (row.title, row.author, row.date, row.kind) == (
        "Tides of Bredal", "Ada Holm", "2021-05-04", "html",
    )  # fmt: skip
    assert (row.path, row.collections) == (link, ("Web",))
    assert row.metadata["address"] == link
    assert row.metadata["final_address"] == server.url("/tides")
    assert row.metadata["fetched"].startswith(time.strftime("%Y-", time.gmtime(before)))
    original = library.sources.original(added.source)
    assert original is not None
    assert (original.address, original.final) == (link, server.url("/tides"))
    assert (original.media_type, original.size) == ("text/html", len(TIDES))
    assert before <= original.fetched <= time.time()
    assert library.sources.original_bytes(added.source) == TIDES
    assert library.sources.list(missing=True) == []
    answer = library.ask("When does the tide turn in Bredal?")
    assert answer.evidence[0].source.path == link
    assert "noon" in answer.evidence[0].quote
    assert server.paths == ["/t", "/tides"]
    assert library.verify().sound
    until(lambda: not laid_out())


def test_i2_a_private_address_that_nobody_typed_is_refused(
    server: WebServer, library: Library
) -> None:
    (added,) = library.add(server.url("/tides"))
    assert added.state == "failed"
    assert "private network" in str(added.error)
    assert "type the address into the window" in str(added.error)
    assert server.asked == []
    (row,) = library.queue.list()
    assert (row.state, row.name) == ("failed", server.url("/tides"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "link", ["file:///etc/hostname", "file://localhost/etc/hostname", "ftp://x.example/a",
             "data:text/html,words", "javascript:alert(1)"]
)  # fmt: skip
def test_i2_other_links_are_refused_always(library: Library, link: str) -> None:
    (added,) = library.add(link, typed=True)
    assert (added.state, added.source) == ("failed", None)
    assert library.sources.list() == []


@pytest.mark.slow
def test_i8_the_same_page_at_a_second_address_is_already_there(
    server: WebServer, library: Library
) -> None:
    server.pages["/mirror"] = Page(TIDES)
    first = library.add(server.url("/tides"), typed=True)[0]
    second = library.add(server.url("/mirror"), typed=True)[0]
    assert (second.source, second.already, second.error) == (first.source, True, None)
    assert first.source is not None
    assert set(library.sources.get(first.source).locations) == {
        server.url("/tides"), server.url("/mirror"),
    }  # fmt: skip
    assert len(kept_hashes(library)) == 1
    assert library.verify().sound


@pytest.mark.slow
def test_i8_a_saved_copy_of_a_page_is_the_page(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(TIDES)
    first = library.add(saved)[0]
    second = library.add(server.url("/tides"), typed=True)[0]
    assert (second.source, second.already) == (first.source, True)
    saved.unlink()
    assert second.source is not None
    assert library.add([second.source])[0].error is None
    assert server.paths == ["/tides"]
    assert library.verify().sound


@pytest.mark.slow
def test_l7_a_page_is_read_again_from_what_was_kept(server: WebServer, library: Library) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    server.pages["/tides"] = Page(article("Other", "Another text altogether."))
    (again,) = library.add([source])
    assert (again.source, again.renewed, again.error) == (source, True, None)
    (again,) = library.add(None)
    assert again.renewed
    assert server.paths == ["/tides"]
    assert "noon" in library.ask("When does the tide turn in Bredal?").evidence[0].quote
    assert library.sources.get(source).metadata["address"] == server.url("/tides")


@pytest.mark.slow
def test_l7_two_versions_of_a_page_are_each_read_again_from_their_own(
    server: WebServer, library: Library
) -> None:
    first = library.add(server.url("/tides"), typed=True)[0].source
    server.pages["/tides"] = Page(article("Tides today", "The tide turns at one in Bredal."))
    (second,) = library.add(server.url("/tides"), typed=True)
    assert (second.former, second.already) == (first, False)
    assert "This page has changed" in second.notices[-1]
    again = library.add(None)
    assert sorted(str(a.source) for a in again) == [str(first), str(second.source)]
    assert [(a.renewed, a.error) for a in again] == [(True, None)] * 2
    assert len(kept_hashes(library)) == 2
    assert first is not None
    library.sources.delete([first])
    assert len(kept_hashes(library)) == 1
    assert library.verify().sound


@pytest.mark.slow
def test_i9_a_changed_page_takes_the_place_of_the_former(
    server: WebServer, library: Library
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    former = kept_hashes(library)
    server.pages["/tides"] = Page(article("Tides today", "The tide turns at one in Bredal."))
    (added,) = library.add(server.url("/tides"), typed=True, replace=True)
    assert (added.source, added.renewed, added.error) == (source, True, None)
    assert "at one" in library.ask("When does the tide turn in Bredal?").evidence[0].quote
    assert len(kept_hashes(library)) == 1
    assert kept_hashes(library) != former
    assert b"at one" in library.sources.original_bytes(source)
    assert library.verify().sound


@pytest.mark.slow
def test_i9_an_unchanged_page_is_asked_for_again_and_already_there(
    server: WebServer, library: Library
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    for replace in (False, True):
        (again,) = library.add(server.url("/tides"), typed=True, replace=replace)
        assert (again.source, again.error) == (source, None)
        assert again.already or again.renewed
    assert server.paths == ["/tides"] * 3
    assert library.verify().sound


@pytest.mark.slow
def test_i9_a_page_that_only_differs_in_what_is_not_read_is_already_there(
    server: WebServer, library: Library
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    former = kept_hashes(library)
    # As pages are that carry the time of the request, or a number for a form.
    server.pages["/tides"] = Page(TIDES.replace(b"<main>", b"<!-- 8f3a --><main>"))
    (again,) = library.add(server.url("/tides"), typed=True, collection="Web")
    assert (again.source, again.already, again.former, again.error) == (source, True, None, None)
    assert len(library.sources.list(collection="Web")) == 1
    assert kept_hashes(library) == former
    assert library.sources.original_bytes(source) == TIDES
    assert library.verify().sound
    server.pages["/tides"] = Page(TIDES.replace(b"noon", b"one"))
    (changed,) = library.add(server.url("/tides"), typed=True)
    assert (changed.already, changed.former) == (False, source)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "word"),
    [
        (Page(b"", 404), "no such page"),
        (Page(b"", 401), "login"),
        (Page(b""), "empty"),
        (Page(b"<html><body><div id=app></div><script>run()</script></body></html>"), "no text"),
        (Page(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "picture is cut off or corrupt"),
        (Page(b"%PDF-1.4 cut off"), "PDF"),
        (Page(b"x", headers={"Content-Length": "60000000"}), "50 MB"),
    ],
)
def test_i14_a_bad_page_is_one_sentence_and_leaves_nothing(
    server: WebServer, library: Library, page: Page, word: str
) -> None:
    server.pages["/bad"] = page
    bad, good = library.add([server.url("/bad"), server.url("/tides")], typed=True)
    assert (bad.state, bad.source) == ("failed", None)
    assert word in str(bad.error)
    assert good.state == "verified"
    assert len(kept_hashes(library)) == 1
    assert library.verify().sound
    until(lambda: not laid_out())
    # Mended, it is fetched anew.
    server.pages["/bad"] = Page(article("Mended", "The lamp is green again."))
    job = next(row.id for row in library.queue.list() if row.state == "failed")
    library.queue.change(job, to="retry")
    until(lambda: not any(row.state != "done" for row in library.queue.list()))
    assert "green" in library.ask("What colour is the lamp?").evidence[0].quote


@pytest.mark.slow
def test_a_link_to_a_document_is_read_as_that_document(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    sample = paths.sample_book().read_bytes()
    server.pages["/get?id=7"] = Page(sample, headers={"Content-Type": "application/octet-stream"})
    server.pages["/notes.md"] = Page(
        b"# Quay\n\nThe **lamp** is green.\n\n- one\n- two\n",
        headers={"Content-Type": "text/plain"},
    )
    server.pages["/rows"] = Page(
        b'{"id": "a", "title": "A", "text": "The mole is red."}\n'
        b'{"id": "b", "title": "B", "text": "The buoy is blue."}\n',
        headers={"Content-Type": "application/jsonl"},
    )
    book, notes, *rows = library.add(
        [server.url("/get?id=7"), server.url("/notes.md"), server.url("/rows")], typed=True
    )
    assert [a.error for a in (book, notes, *rows)] == [None] * 4
    ids = [a.source for a in (book, notes, *rows) if a.source is not None]
    assert [library.sources.get(i).kind for i in ids] == ["epub", "markdown", "record", "record"]
    assert library.sources.original_bytes(ids[2]) == library.sources.original_bytes(ids[3])
    library.sources.delete([ids[2]])
    assert library.sources.original(ids[3]) is not None
    library.sources.delete([ids[3]])
    assert len(kept_hashes(library)) == 2
    assert library.verify().sound


@pytest.mark.slow
def test_the_servers_word_on_the_letters_counts(server: WebServer, library: Library) -> None:
    words = "Прилив в Бредале меняется в полдень."
    body = f"<html><head><title>Прилив</title></head><body><p>{words}</p></body></html>"
    kind = {"Content-Type": "text/html; charset=windows-1251"}
    server.pages["/ru"] = Page(body.encode("cp1251"), headers=kind)
    added = library.add(server.url("/ru"), typed=True)[0]
    assert added.source is not None
    assert words in library.sources.text(added.source, 0, 200)
    assert library.sources.original_bytes(added.source) == body.encode("cp1251")


@pytest.mark.slow
def test_pages_of_a_pdf_at_a_link_can_be_drawn(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 700, "The tide turns at noon in Bredal, said the keeper of the lock.")
    canvas.save()
    server.pages["/paper"] = Page((tmp_path / "a.pdf").read_bytes())
    (tmp_path / "a.pdf").unlink()
    added = library.add(server.url("/paper"), typed=True)[0]
    assert added.source is not None, added.error
    width, height, rows = library.sources.page_picture(added.source, 1, 120)
    assert len(rows) == width * height * 4
