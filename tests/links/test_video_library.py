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


@pytest.mark.slow
def test_a_list_is_added_with_a_result_for_each_video(
    films: WebServer, library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    films.pages["/part1"], films.pages["/part2"] = Page(FILM), Page(b"gone", status=404)
    entries = library.queue.playlist(films.url("/feed"), count=2, typed=True).entries
    heard: list[tuple[str, int]] = []
    links = [entry.address for entry in entries]
    added = library.add(
        links, typed=True, collection="series", report=lambda p: heard.append((p.note, p.done))
    )
    assert [row.error is None for row in added] == [True, False]
    assert heard
    # Taken up again: what is there is noted, what failed tried again.
    films.pages["/part2"] = Page(FILM.replace(b"of the lock", b"of the quay"))
    films.pages["/film.vtt"].body += b"\n00:02:00.000 --> 00:02:04.000\nThe quay is new.\n"
    assert library.add(links[1:], typed=True, collection="series")[0].error is None
    assert len(library.sources.list(collection="series")) == 2

    # The command line passes for nobody who typed the address of a video.
    place = ["--library", str(tmp_path / "z.brain")]
    assert main(["playlist", films.url("/feed"), "--count", "3", "--add", "--json", *place]) != 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(row["path"] for row in rows) == [films.url(f"/part{n}") for n in (1, 2, 3)]
    assert all("private network" in row["error"] for row in rows)
    assert main(["playlist", films.url("/feed"), "--first", "500", "--add", *place]) != 0
    assert "no videos" in capsys.readouterr().err


@pytest.mark.slow
def test_a_lecture_of_two_hours_is_asked_with_seconds(library: Library, tmp_path: Path) -> None:
    def clock(seconds: int) -> str:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"

    cues = {
        second: f"Step {second // 5} of the lecture treats gauge {second // 5 % 89} of the canal."
        for second in range(0, 7200, 5)
    }
    cues[6915] = "The lock of Bredal was widened by the engineer Ruth Falk in 1931."
    file = tmp_path / "lecture.vtt"
    file.write_text(
        "WEBVTT\n\n"
        + "\n".join(f"{clock(at)} --> {clock(at + 5)}\n{text}\n" for at, text in cues.items()),
        "utf-8",
    )
    assert library.add(file)[0].error is None
    best = library.ask("Which engineer widened the lock of Bredal?").evidence[0]
    assert "Ruth Falk" in best.quote
    assert best.locator.seconds == pytest.approx(6915, abs=10)
