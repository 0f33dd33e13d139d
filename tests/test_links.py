"""Web pages from their address to the answer: fetched once, kept as they came, read from there."""

import ast
import json
import os
import plistlib
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web_server import Page, WebServer, article, web_server
from workbench.cli.main import main
from workbench.errors import InputError, NotFoundError
from workbench.intake import queue
from workbench.library import Library

_TIDES = article(
    "Tides of Bredal",
    "The tide turns at noon in Bredal, said the keeper of the lock.",
    "He has watched it for forty years from the same chair.",
    head='<meta name="author" content="Ada Holm"><meta name="date" content="2021-05-04">',
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A server with a page about tides."""
    with web_server() as running:
        running.pages["/tides"] = Page(_TIDES)
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def kept_hashes(library: Library) -> list[str]:
    """The hashes of all originals in the library."""
    with library._store.read() as connection:
        return [row[0] for row in connection.execute("SELECT hash FROM original ORDER BY hash")]


def laid_out() -> list[Path]:
    """Files that were laid out for a reader and are still there."""
    folder = Path(os.environ["WORKBENCH_HOME"]) / "cache" / "reading"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_i1_a_link_becomes_a_source_with_address_date_and_original(
    server: WebServer, library: Library
) -> None:
    server.pages["/t"] = Page(status=301, headers={"Location": "/tides"})
    link = server.url("/t#noon")
    before = time.time()
    (added,) = library.add(link, typed=True, collection="Web")
    assert (added.state, added.error, added.path) == ("verified", None, link)
    assert added.source is not None
    row = library.source(added.source)
    assert (row.title, row.author, row.date, row.kind) == (
        "Tides of Bredal", "Ada Holm", "2021-05-04", "html",
    )  # fmt: skip
    assert (row.path, row.collections) == (link, ("Web",))
    assert row.metadata["address"] == link
    assert row.metadata["final_address"] == server.url("/tides")
    assert row.metadata["fetched"].startswith(time.strftime("%Y-", time.gmtime(before)))
    original = library.original(added.source)
    assert original is not None
    assert (original.address, original.final) == (link, server.url("/tides"))
    assert (original.media_type, original.size) == ("text/html", len(_TIDES))
    assert before <= original.fetched <= time.time()
    assert library.original_bytes(added.source) == _TIDES
    assert library.missing() == []
    answer = library.ask("When does the tide turn in Bredal?")
    assert answer.evidence[0].source.path == link
    assert "noon" in answer.evidence[0].quote
    assert server.paths == ["/t", "/tides"]
    assert library.verify().sound
    _until(lambda: not laid_out())


def test_i2_a_private_address_that_nobody_typed_is_refused(
    server: WebServer, library: Library
) -> None:
    (added,) = library.add(server.url("/tides"))
    assert added.state == "failed"
    assert "private network" in str(added.error)
    assert "type the address into the window" in str(added.error)
    assert server.asked == []
    (row,) = library.queue()
    assert (row.state, row.name) == ("failed", server.url("/tides"))


@pytest.mark.parametrize(
    "link", ["file:///etc/hostname", "file://localhost/etc/hostname", "ftp://x.example/a",
             "data:text/html,words", "javascript:alert(1)"]
)  # fmt: skip
def test_i2_other_links_are_refused_always(library: Library, link: str) -> None:
    (added,) = library.add(link, typed=True)
    assert (added.state, added.source) == ("failed", None)
    assert library.sources() == []


def test_i8_the_same_page_at_a_second_address_is_already_there(
    server: WebServer, library: Library
) -> None:
    server.pages["/mirror"] = Page(_TIDES)
    first = library.add(server.url("/tides"), typed=True)[0]
    second = library.add(server.url("/mirror"), typed=True)[0]
    assert (second.source, second.already, second.error) == (first.source, True, None)
    assert first.source is not None
    assert set(library.source(first.source).locations) == {
        server.url("/tides"), server.url("/mirror"),
    }  # fmt: skip
    assert len(kept_hashes(library)) == 1
    assert library.verify().sound


def test_i8_a_saved_copy_of_a_page_is_the_page(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(_TIDES)
    first = library.add(saved)[0]
    second = library.add(server.url("/tides"), typed=True)[0]
    assert (second.source, second.already) == (first.source, True)
    saved.unlink()
    assert second.source is not None
    assert library.reindex([second.source])[0].error is None
    assert server.paths == ["/tides"]
    assert library.verify().sound


def test_l7_a_page_is_read_again_from_what_was_kept(server: WebServer, library: Library) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    server.pages["/tides"] = Page(article("Other", "Another text altogether."))
    (again,) = library.reindex([source])
    assert (again.source, again.renewed, again.error) == (source, True, None)
    (again,) = library.reindex()
    assert again.renewed
    assert server.paths == ["/tides"]
    assert "noon" in library.ask("When does the tide turn in Bredal?").evidence[0].quote
    assert library.source(source).metadata["address"] == server.url("/tides")


def test_l7_two_versions_of_a_page_are_each_read_again_from_their_own(
    server: WebServer, library: Library
) -> None:
    first = library.add(server.url("/tides"), typed=True)[0].source
    server.pages["/tides"] = Page(article("Tides today", "The tide turns at one in Bredal."))
    (second,) = library.add(server.url("/tides"), typed=True)
    assert (second.former, second.already) == (first, False)
    assert "This page has changed" in second.notices[-1]
    again = library.reindex()
    assert sorted(str(a.source) for a in again) == [str(first), str(second.source)]
    assert [(a.renewed, a.error) for a in again] == [(True, None)] * 2
    assert len(kept_hashes(library)) == 2
    assert first is not None
    library.delete([first])
    assert len(kept_hashes(library)) == 1
    assert library.verify().sound


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
    assert b"at one" in library.original_bytes(source)
    assert library.verify().sound


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


def test_i9_a_page_that_only_differs_in_what_is_not_read_is_already_there(
    server: WebServer, library: Library
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    former = kept_hashes(library)
    # As pages are that carry the time of the request, or a number for a form.
    server.pages["/tides"] = Page(_TIDES.replace(b"<main>", b"<!-- 8f3a --><main>"))
    (again,) = library.add(server.url("/tides"), typed=True, collection="Web")
    assert (again.source, again.already, again.former, again.error) == (source, True, None, None)
    assert len(library.sources(collection="Web")) == 1
    assert kept_hashes(library) == former
    assert library.original_bytes(source) == _TIDES
    assert library.verify().sound
    server.pages["/tides"] = Page(_TIDES.replace(b"noon", b"one"))
    (changed,) = library.add(server.url("/tides"), typed=True)
    assert (changed.already, changed.former) == (False, source)


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (Page(b"", 404), "no such page"),
        (Page(b"", 401), "login"),
        (Page(b""), "empty"),
        (Page(b"<html><body><div id=app></div><script>run()</script></body></html>"), "no text"),
        (Page(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "PNG"),
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
    _until(lambda: not laid_out())
    # Mended, it is fetched anew.
    server.pages["/bad"] = Page(article("Mended", "The lamp is green again."))
    job = next(row.id for row in library.queue() if row.state == "failed")
    library.retry(job)
    _until(lambda: not any(row.state != "done" for row in library.queue()))
    assert "green" in library.ask("What colour is the lamp?").evidence[0].quote


def _until(condition: object) -> None:
    deadline = time.monotonic() + 30
    while not condition():  # type: ignore[operator]
        if time.monotonic() > deadline:
            pytest.fail("it never came true")
        time.sleep(0.01)


def test_a_link_to_a_document_is_read_as_that_document(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    sample = Library.sample_file().read_bytes()
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
    assert [library.source(i).kind for i in ids] == ["epub", "markdown", "record", "record"]
    assert library.original_bytes(ids[2]) == library.original_bytes(ids[3])
    library.delete([ids[2]])
    assert library.original(ids[3]) is not None
    library.delete([ids[3]])
    assert len(kept_hashes(library)) == 2
    assert library.verify().sound


def test_the_servers_word_on_the_letters_counts(server: WebServer, library: Library) -> None:
    words = "Прилив в Бредале меняется в полдень."
    body = f"<html><head><title>Прилив</title></head><body><p>{words}</p></body></html>"
    kind = {"Content-Type": "text/html; charset=windows-1251"}
    server.pages["/ru"] = Page(body.encode("cp1251"), headers=kind)
    added = library.add(server.url("/ru"), typed=True)[0]
    assert added.source is not None
    assert words in library.text_at(added.source, 0, 200)
    assert library.original_bytes(added.source) == body.encode("cp1251")


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
    width, height, rows = library.page_picture(added.source, 1, 120)
    assert len(rows) == width * height * 4


# -- interruptions ---------------------------------------------------------------------------------

_ADDER = """
import os, sys
from workbench.intake import work
from workbench.library import Library

def die(*_): os._exit(9)
where = sys.argv[3]
if where == "kept":
    work.laid_out = die
elif where == "fetched":
    work.of_page = die
elif where == "searchable":
    work.Road._make_searchable = die
elif where == "verified":
    work.Road._read_back = die
with Library.open(sys.argv[1]) as library:
    print(library.add(sys.argv[2], typed=True)[0].state)
"""


@pytest.mark.parametrize(
    ("where", "asked"), [("fetched", 2), ("kept", 1), ("searchable", 1), ("verified", 1)]
)
def test_i5_after_a_kill_what_was_kept_is_read_and_nothing_fetched_twice(
    server: WebServer, tmp_path: Path, where: str, asked: int
) -> None:
    file = tmp_path / "x.brain"
    done = subprocess.run(
        [sys.executable, "-c", _ADDER, str(file), server.url("/tides"), where],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 9, done.stderr
    with Library.open(file) as library:
        (row,) = library.queue()
        # Whoever died holds the lease until it runs out.
        library._store.write(lambda c: c.execute("DELETE FROM lease").rowcount)
        (added,) = library._intake.run([row.id])
        assert (added.state, added.error) == ("verified", None)
        assert server.paths == ["/tides"] * asked
        assert len(library.sources()) == 1
        assert len(kept_hashes(library)) == 1
        assert library.verify().sound
    _until(lambda: not laid_out())


_MANY_LINKS = """
import sys
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    waiting = [row.id for row in library.queue() if row.state != "done"]
    begun = bool(waiting or library.sources())
    library._store.write(lambda c: c.execute("DELETE FROM lease").rowcount)
    print("ready", flush=True)
    jobs = waiting if begun else library._intake.enqueue(sys.argv[2:], typed=True)
    print([added.error for added in library._intake.run(jobs)])
"""


@pytest.mark.slow
def test_i5_kills_at_any_moment_leave_every_page_once(server: WebServer, tmp_path: Path) -> None:
    links = []
    for n in range(12):
        words = (f"Lamp {n} stands {m} steps from the lock of Bredal." for m in range(900))
        server.pages[f"/lamp{n}"] = Page(article(f"Lamp {n}", *words))
        links.append(server.url(f"/lamp{n}"))
    chance = random.Random(7)
    kills = 0
    for last in (*[False] * 10, True):
        with subprocess.Popen(
            [sys.executable, "-c", _MANY_LINKS, str(tmp_path / "x.brain"), *links],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            if not last:
                # A quick machine has read all twelve within a second.
                time.sleep(chance.uniform(0.03, 0.5))
                kills += child.poll() is None
                child.kill()
            told = child.stdout.read()
            assert not last or set(ast.literal_eval(told)) <= {None}, told
    with Library.open(tmp_path / "x.brain") as library:
        assert sorted(row.title for row in library.sources()) == sorted(
            f"Lamp {n}" for n in range(12)
        )
        assert len(kept_hashes(library)) == 12
        assert library.verify().sound
        assert {row.state for row in library.sources()} == {"verified"}
    assert kills
    _until(lambda: not laid_out())
    # A kill may fall between the last byte of a page and its keeping, in each of the two lanes.
    assert 12 <= len(server.paths) <= 12 + 2 * kills


def test_i5_a_fetch_that_is_cancelled_leaves_nothing(server: WebServer, library: Library) -> None:
    release = threading.Event()
    server.pages["/slow"] = Page(_TIDES[:50], length=False, more=lambda handler: release.wait(20))
    (job,) = library.enqueue([server.url("/slow")], typed=True)
    _until(lambda: server.asked)
    library.cancel(job)
    _until(lambda: library.queue()[-1].state == "cancelled" and not library._intake._running)
    release.set()
    assert kept_hashes(library) == []
    assert library.sources() == []
    _until(lambda: not laid_out())
    assert library.verify().sound


def test_i5_a_job_that_is_cancelled_after_its_fetch_takes_the_original_along(
    server: WebServer, library: Library
) -> None:
    library.pause()
    (job,) = library.enqueue([server.url("/tides")], typed=True)
    page = b"kept already"
    from workbench.intake.origin import of_text
    from workbench.store import kept

    def fetched(connection: object) -> None:
        original = of_text(page)
        kept.put(connection, original, page)  # type: ignore[arg-type]
        queue.note_hash(connection, job, original.hash, len(page))  # type: ignore[arg-type]

    library._store.write(fetched)
    assert library.verify().sound
    library.cancel(job)
    assert kept_hashes(library) == []
    assert server.asked == []


# -- shortcuts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["url", "webloc", "binary webloc", "desktop"])
def test_i1_a_shortcut_is_read_as_the_link_it_holds(
    library: Library, tmp_path: Path, kind: str
) -> None:
    # A public name that nobody has (RFC 2606): nothing is fetched, and the error names it.
    link = "https://nowhere.invalid/tides"
    content = {
        "url": f"[InternetShortcut]\r\nURL={link}\r\n".encode(),
        "webloc": plistlib.dumps({"URL": link}),
        "binary webloc": plistlib.dumps({"URL": link}, fmt=plistlib.FMT_BINARY),
        "desktop": f"[Desktop Entry]\nType=Link\nName=Tides\nURL={link}\n".encode(),
    }[kind]
    # What it is, its content says.
    file = tmp_path / "page.anything"
    file.write_bytes(content)
    (added,) = library.add(file)
    assert added.path == link
    assert "no host “nowhere.invalid”" in str(added.error)


def test_i1_a_shortcut_to_this_machine_is_refused_even_where_links_are_typed(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "page.url"
    file.write_text(f"[InternetShortcut]\nURL={server.url('/tides')}\n", encoding="utf-8")
    (added,) = library.add(file, typed=True)
    assert "private network" in str(added.error)
    file.write_text("[InternetShortcut]\nURL=file:///etc/hostname\n", encoding="utf-8")
    (added,) = library.add(file, typed=True)
    assert "file of this machine" in str(added.error)
    assert server.asked == []


def test_p3_shortcuts_in_folders_are_passed_over(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "page.url").write_text(f"[InternetShortcut]\nURL={server.url()}\n", encoding="utf-8")
    (folder / "words.txt").write_text("The mole is red.", encoding="utf-8")
    added = library.add(folder, typed=True)
    assert [Path(a.path).name for a in added] == ["words.txt"]
    assert server.asked == []


# -- pasted text -----------------------------------------------------------------------------------


def test_l7_pasted_text_is_kept_and_read_again(library: Library) -> None:
    words = "The spare key lies under the blue flowerpot."
    (added,) = library.add_text(words)
    assert added.source is not None
    assert library.source(added.source).locations == ()
    original = library.original(added.source)
    assert original is not None
    assert (original.address, original.media_type) == ("", "text/plain; charset=utf-8")
    assert library.original_bytes(added.source) == words.encode()
    (again,) = library.reindex()
    assert (again.source, again.renewed, again.error) == (added.source, True, None)
    assert library.source(added.source).locations == ()
    assert "flowerpot" in library.ask("Where is the spare key?").evidence[0].quote
    library.delete([added.source])
    assert kept_hashes(library) == []


def test_i8_pasted_text_that_is_there_is_not_doubled(library: Library) -> None:
    first = library.add_text("The spare key lies under the blue flowerpot.")[0]
    second = library.add_text("The spare key lies under the blue flowerpot.")[0]
    assert (second.source, second.already) == (first.source, True)
    assert library.verify().sound


def test_files_keep_no_original_in_the_library(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The mole is red.", encoding="utf-8")
    source = library.add(file)[0].source
    assert source is not None
    assert library.original(source) is None
    with pytest.raises(NotFoundError, match="keeps no original"):
        library.original_bytes(source)
    with pytest.raises(NotFoundError):
        library.original(99)


# -- care ------------------------------------------------------------------------------------------


def test_l6_no_byte_of_a_page_is_left_after_its_removal_for_good(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    import zlib

    # Words that are stored as they are: what does not get smaller is not packed away.
    page = article("Key", "The Quillfeather key lies under the blue flowerpot.")
    server.pages["/key"] = Page(page)
    source = library.add(server.url("/key"), typed=True)[0].source
    assert source is not None
    packed = zlib.compress(page)
    assert packed in (tmp_path / "x.brain").read_bytes() + _logs(tmp_path)
    assert library.preview_delete([source]).bytes >= len(packed)
    library.delete([source])
    held = (tmp_path / "x.brain").read_bytes() + _logs(tmp_path)
    for piece in (packed, packed[20:60], b"Quillfeather", b"/key"):
        assert piece not in held, piece


def _logs(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("x.brain-*"))


def test_x1_a_backup_carries_the_originals(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    backup = library.backup(tmp_path / "copy.brain")
    restored = Library.restore_backup(backup.path, tmp_path / "back.brain")
    assert restored.proven
    with Library.open(tmp_path / "back.brain") as back:
        assert back.original_bytes(source) == _TIDES
        assert back.reindex([source])[0].error is None
    assert server.paths == ["/tides"]


def test_verify_finds_an_original_that_is_not_as_it_was_kept_and_repair_a_stray_one(
    server: WebServer, library: Library
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    library._store.write(lambda c: c.execute("UPDATE kept SET source = source").rowcount)
    library._store.write(
        lambda c: (
            c.execute(
                "INSERT INTO original SELECT 'stray', address, final, media_type, name, fetched, "
                "size, content FROM original"
            ).rowcount
        )
    )
    found = library.verify()
    assert any("belong to no source" in problem for problem in found.problems)
    assert library.verify(repair=True).sound
    library._store.write(lambda c: c.execute("UPDATE original SET content = zeroblob(40)").rowcount)
    found = library.verify()
    assert any("is not as it was kept" in problem for problem in found.problems)


def test_l7_a_damaged_original_is_one_sentence_and_the_rest_goes_on(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    page = library.add(server.url("/tides"), typed=True)[0].source
    text = library.add_text("The mole is red.")[0].source
    assert page is not None
    library._store.write(
        lambda c: (
            c.execute("UPDATE original SET content = zeroblob(40) WHERE address <> ''").rowcount
        )
    )
    again = {added.source: added for added in library.reindex()}
    # A reading that failed names its place, not the source, which stays as it is.
    assert again[text].renewed
    assert "is damaged" in str(again[None].error)
    assert "noon" in library.ask("When does the tide turn in Bredal?").evidence[0].quote


def test_e2_no_room_for_what_was_fetched_is_one_sentence(
    server: WebServer, library: Library
) -> None:
    folder = Path(os.environ["WORKBENCH_HOME"]) / "cache" / "reading"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    (added,) = library.add(server.url("/tides"), typed=True)
    assert "cannot be written" in str(added.error)
    assert kept_hashes(library) == []
    folder.unlink()
    (row,) = library.queue()
    library.retry(row.id)
    _until(lambda: [row.state for row in library.queue()] == ["done"])


def test_a_source_that_is_only_known_from_an_older_library_says_why_it_cannot_be_read_again(
    library: Library,
) -> None:
    source = library.add_text("The spare key lies under the blue flowerpot.")[0].source
    assert source is not None
    library._store.write(lambda c: c.execute("DELETE FROM kept").rowcount)
    with pytest.raises(InputError, match="pasted"):
        library.reindex([source])


# -- silence ---------------------------------------------------------------------------------------

_LISTENER = """
import os, sys
def hook(event, arguments):
    if event.startswith("socket."):
        with open(os.environ["SOCKET_LOG"], "a") as log:
            log.write(f"{event} {arguments[1:] if len(arguments) > 1 else arguments}\\n")
sys.addaudithook(hook)
"""


def _run(folder: Path, script: str, *arguments: str) -> tuple[list[str], list[str]]:
    """Run a script in a process that, with its children, notes every use of sockets.

    Returns its lines, and those of the notes.
    """
    (folder / "listener").mkdir(exist_ok=True)
    (folder / "listener" / "sitecustomize.py").write_text(_LISTENER, encoding="utf-8")
    log = folder / "sockets.log"
    log.write_text("", encoding="utf-8")
    environment = {
        **os.environ,
        "SOCKET_LOG": str(log),
        "PYTHONPATH": os.pathsep.join([str(folder / "listener"), *filter(None, sys.path)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder / "x.brain"), *arguments],
        capture_output=True, text=True, check=False, timeout=100, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), log.read_text(encoding="utf-8").splitlines()


_LOCAL_SESSION = """
import sys
from workbench.cli.main import main
library, page, book = sys.argv[1:]
for words in (
    ["add", page, book], ["ask", "When does the tide turn in Bredal?"], ["list", "sources"],
    ["show", "1"], ["reindex", "--all"], ["verify"],
):
    assert main(["--library", library, *words]) == 0, words
"""


def test_p3_adding_files_asking_and_listing_open_no_socket(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(_TIDES)
    page, book = str(tmp_path / "a.html"), str(Library.sample_file())
    told, sockets = _run(tmp_path, _LOCAL_SESSION, page, book)
    assert any("noon" in line for line in told)
    assert sockets == []


def test_p3_adding_one_link_connects_to_that_host_and_asks_for_that_page_only(
    server: WebServer, tmp_path: Path
) -> None:
    script = (
        "import sys; from workbench.library import Library\n"
        "with Library.open(sys.argv[1]) as library:\n"
        "    print(library.add(sys.argv[2])[0].error)\n"
        "    print(library.add(sys.argv[2], typed=True)[0].state)\n"
        "    library.ask('When does the tide turn?'); library.reindex()\n"
    )
    told, sockets = _run(tmp_path, script, server.url("/tides"))
    assert "private network" in told[0]
    assert told[1] == "verified"
    connections = [line for line in sockets if line.startswith("socket.connect")]
    assert len(connections) == 1
    assert f"('127.0.0.1', {server.server_port})" in connections[0]
    assert server.paths == ["/tides"]


def test_the_networks_library_is_not_loaded_with_the_workbench() -> None:
    names = ("httpcore", "truststore", "idna", "ssl", "h11")
    script = f"import sys, workbench.library; print([n for n in {names!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


# -- the command line ------------------------------------------------------------------------------


def test_x4_add_and_show_tell_address_and_date(
    server: WebServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["--library", str(tmp_path / "x.brain")]
    with Library.open(tmp_path / "x.brain") as library:
        library.add(server.url("/tides#noon"), typed=True)
    assert main([*named, "show", "1"]) == 0
    told = capsys.readouterr().out
    assert f"Place    {server.url('/tides#noon')}" in told
    assert f"from {server.url('/tides')}" in told
    assert time.strftime("%B %Y") in told
    assert main([*named, "show", "1", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["original"]["address"] == server.url("/tides#noon")
    assert record["source"]["metadata"]["fetched"].endswith("Z")
    assert main([*named, "ask", "When does the tide turn in Bredal?", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["evidence"][0]["source"]["path"] == server.url("/tides#noon")


def test_x4_the_command_line_never_passes_for_somebody_who_typed(
    server: WebServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(tmp_path / "x.brain"), "add", server.url("/tides")]) == 3
    assert "private network" in capsys.readouterr().err
    assert server.asked == []
