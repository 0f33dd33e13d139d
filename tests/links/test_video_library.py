"""Videos through the library's doors: captions of a page on a loopback server, lists, the queue."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.links.conftest import laid_out, until
from tests.web_server import Page, WebServer, web_server
from workbench.cli.main import main
from workbench.errors import InputError
from workbench.library import Library

FILM = (
    b"<!doctype html><html><head><title>The film of the lock</title></head><body>"
    b'<video src="/film.mp4"><track kind="captions" srclang="en" src="/film.vtt"></video>'
    b"</body></html>"
)
SAID = """WEBVTT

00:00:01.000 --> 00:00:04.000
The lock of Bredal opens at noon.

00:00:20.000 --> 00:00:24.000
In winter the water freezes, and nobody comes for weeks.

00:00:30.000 --> 00:00:34.000
Then the gates are oiled, the ropes are mended, and the house is painted white again.

00:00:40.000 --> 00:00:44.000
In spring the first barge brings salt and oranges from the south.

00:01:05.500 --> 00:01:08.000
Its keeper Torvald counts the ships by hand.
"""


@pytest.fixture
def films() -> Iterator[WebServer]:
    """A server with a film that has captions, and a list of films."""
    with web_server() as running:
        running.pages["/film"] = Page(FILM)
        running.pages["/film.vtt"] = Page(SAID.encode(), headers={"Content-Type": "text/vtt"})
        items = "".join(
            f"<item><title>Part {n}</title><link>{running.url(f'/part{n}')}</link></item>"
            for n in range(1, 121)
        )
        running.pages["/feed"] = Page(
            '<?xml version="1.0"?><rss version="2.0"><channel><title>The series</title>'
            f"{items}</channel></rss>".encode(),
            headers={"Content-Type": "application/rss+xml"},
        )
        yield running


def _seconds(library: Library) -> float | None:
    """The second at which the best quote about the ships begins."""
    best = library.ask("Which keeper counts the ships by hand?").evidence[0]
    assert "ships" in best.quote
    return best.locator.seconds


@pytest.mark.slow
def test_i12_a_film_is_cited_at_its_second_and_read_again_without_asking(
    films: WebServer, library: Library
) -> None:
    link = films.url("/film")
    (added,) = library.add(link, typed=True)
    assert (added.state, added.error) == ("verified", None)
    assert added.source is not None
    row = library.sources.get(added.source)
    assert (row.title, row.kind, row.metadata["captions"]) == (
        "The film of the lock", "captions", "en",
    )  # fmt: skip
    assert _seconds(library) == 65.5
    asked = len(films.asked)
    (again,) = library.add([added.source])
    assert again.error is None
    assert _seconds(library) == 65.5
    assert len(films.asked) == asked
    until(lambda: not laid_out())


@pytest.mark.slow
def test_i12_a_list_is_shown_a_part_at_a_time_and_nothing_of_it_is_loaded(
    films: WebServer, library: Library
) -> None:
    found = library.queue.playlist(films.url("/feed"), first=101, count=50, typed=True)
    assert (found.title, len(found.entries)) == ("The series", 20)
    assert (found.entries[0].number, found.entries[0].title) == (101, "Part 101")
    assert set(films.paths) == {"/feed"}
    assert library.sources.list() == []
    with pytest.raises(InputError) as caught:
        library.queue.playlist(films.url("/gone"), typed=True)
    assert caught.value.hint


@pytest.mark.slow
def test_i12_the_command_line_lists_and_names_languages(
    films: WebServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--library", str(tmp_path / "y.brain")]
    Library.open(tmp_path / "y.brain").close()
    assert main(["playlist", films.url("/feed"), "--count", "3", "--json", *place]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["title"] for entry in told["entries"]] == ["Part 1", "Part 2", "Part 3"]
    assert main(["playlist", films.url("/feed"), "--first", "0", *place]) == 2
    capsys.readouterr()
    assert main(["add", films.url("/film"), "--captions", "de,en", *place]) != 0
    assert "private network" in capsys.readouterr().err
