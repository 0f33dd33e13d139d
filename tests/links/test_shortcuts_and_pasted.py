"""Shortcut files lead to the page they name; pasted text is kept and read again."""

import plistlib
from pathlib import Path

import pytest

from tests.links.conftest import kept_hashes
from tests.web_server import WebServer
from workbench.errors import NotFoundError
from workbench.library import Library


@pytest.mark.slow
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
    assert "file on this machine" in str(added.error)
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


def test_l7_pasted_text_is_kept_and_read_again(library: Library) -> None:
    words = "The spare key lies under the blue flowerpot."
    (added,) = library.add_text(words)
    assert added.source is not None
    assert library.sources.get(added.source).locations == ()
    original = library.sources.original(added.source)
    assert original is not None
    assert (original.address, original.media_type) == ("", "text/plain; charset=utf-8")
    assert library.sources.original_bytes(added.source) == words.encode()
    (again,) = library.add(None)
    assert (again.source, again.renewed, again.error) == (added.source, True, None)
    assert library.sources.get(added.source).locations == ()
    assert "flowerpot" in library.ask("Where is the spare key?").evidence[0].quote
    library.sources.delete([added.source])
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
    assert library.sources.original(source) is None
    with pytest.raises(NotFoundError, match="keeps no original"):
        library.sources.original_bytes(source)
    with pytest.raises(NotFoundError):
        library.sources.original(99)
