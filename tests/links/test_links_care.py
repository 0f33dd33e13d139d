"""Originals of the web in backup, verify, repair and removal, and on the command line."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.links.conftest import TIDES, kept_hashes, until
from tests.web_server import Page, WebServer, article
from workbench.cli.main import main
from workbench.errors import InputError
from workbench.library import Library


@pytest.mark.slow
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
    assert library.sources.delete([source], preview=True).vanishing.bytes >= len(packed)
    library.sources.delete([source])
    held = (tmp_path / "x.brain").read_bytes() + _logs(tmp_path)
    for piece in (packed, packed[20:60], b"Quillfeather", b"/key"):
        assert piece not in held, piece


def _logs(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("x.brain-*"))


@pytest.mark.slow
def test_x1_a_backup_carries_the_originals(
    server: WebServer, library: Library, tmp_path: Path
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    backup = library.backup(tmp_path / "copy.brain")
    restored = Library.restore_backup(backup.path, tmp_path / "back.brain")
    assert restored.proven
    with Library.open(tmp_path / "back.brain") as back:
        assert back.sources.original_bytes(source) == TIDES
        assert back.add([source])[0].error is None
    assert server.paths == ["/tides"]


@pytest.mark.slow
def test_verify_finds_an_original_that_is_not_as_it_was_kept_and_repair_a_stray_one(
    server: WebServer, library: Library
) -> None:
    source = library.add(server.url("/tides"), typed=True)[0].source
    assert source is not None
    library._store.write(lambda c: c.execute("UPDATE source SET original = original").rowcount)
    library._store.write(
        lambda c: (
            c.execute(
                "INSERT INTO original SELECT 'stray', address, final, media_type, name, fetched, "
                "size, content, NULL FROM original"
            ).rowcount
        )
    )
    found = library.verify()
    assert any("belong to no source" in problem for problem in found.problems)
    assert library.verify(repair=True).sound
    library._store.write(lambda c: c.execute("UPDATE original SET content = zeroblob(40)").rowcount)
    found = library.verify()
    assert any("is not as it was kept" in problem for problem in found.problems)


@pytest.mark.slow
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
    again = {added.source: added for added in library.add(None)}
    # A reading that failed names its place, not the source, which stays as it is.
    assert again[text].renewed
    assert "is damaged" in str(again[None].error)
    assert "noon" in library.ask("When does the tide turn in Bredal?").evidence[0].quote


@pytest.mark.slow
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
    (row,) = library.queue.list()
    library.queue.change(row.id, to="retry")
    until(lambda: [row.state for row in library.queue.list()] == ["done"])


def test_a_source_that_is_only_known_from_an_older_library_says_why_it_cannot_be_read_again(
    library: Library,
) -> None:
    source = library.add_text("The spare key lies under the blue flowerpot.")[0].source
    assert source is not None
    library._store.write(lambda c: c.execute("UPDATE source SET original = NULL").rowcount)
    with pytest.raises(InputError, match="pasted"):
        library.add([source])


@pytest.mark.slow
def test_x4_add_and_show_tell_address_and_date(
    server: WebServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["--library", str(tmp_path / "x.brain")]
    with Library.open(tmp_path / "x.brain") as library:
        library.add(server.url("/tides#noon"), typed=True)
    assert main([*named, "show", "1"]) == 0
    told = capsys.readouterr().out
    assert f"Location {server.url('/tides#noon')}" in told
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
