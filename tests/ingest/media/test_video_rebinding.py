"""A host that was typed is resolved once: none of the video door's requests leads elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpcore
import pytest

from ingest.errors import IngestError
from ingest.media import link_kind, video_fetch
from ingest.media.video_fetch import SiteAccess
from ingest.web import dial
from ingest.web.fetch import fetch as fetch_page
from ingest.web.request import Network
from tests.web_server import Page, WebServer, web_server

_PUBLIC, _OTHER, _LOOPBACK = "93.184.216.34", "93.184.216.35", "127.0.0.1"
_CAPTIONS = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nThe lock of Bredal opens at noon.\n"
_FILM = (
    b"<!doctype html><html><head><title>The film of the lock</title></head><body>"
    b'<video src="/film.mp4"><track kind="captions" srclang="en" src="/film.vtt"></video>'
    b"</body></html>"
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    """Every number leads to this server, which plays a film with captions."""
    with web_server() as running:
        running.pages["/film.vtt"] = Page(_CAPTIONS, headers={"Content-Type": "text/vtt"})
        running.pages["/film"] = Page(_FILM)
        yield running


class Names:
    """A resolver that answers each name with the next of its answers, and with the last from then.

    `dialled` are the numbers that were connected to.
    """

    def __init__(self, server: WebServer, answers: Mapping[str, list[list[str]]]) -> None:
        self._server = server
        self._answers = {name: list(each) for name, each in answers.items()}
        self.dialled: list[str] = []

    def network(self) -> Network:
        """The network that a fetch is to use."""
        return Network(resolve=self._resolve, dial=self._dial)

    def means(self) -> SiteAccess:
        """The means that the video door is to use."""
        return SiteAccess(network=self.network(), pause=0.0)

    def _resolve(self, host: str, port: int) -> list[str]:
        left = self._answers[host]
        return left.pop(0) if len(left) > 1 else left[0]

    def _dial(self, number: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append(number)
        return dial.dial("127.0.0.1", self._server.server_port, seconds)


@pytest.mark.slow
def test_a_typed_host_is_not_rebound_between_the_requests_of_a_video(server: WebServer) -> None:
    names = Names(server, {"film.example": [[_PUBLIC], [_LOOPBACK]]})
    page = video_fetch.fetch("http://film.example/film", typed=True, access=names.means())
    assert b"opens at noon" in page.content
    assert len(names.dialled) > 1
    assert set(names.dialled) == {_PUBLIC}


@pytest.mark.slow
def test_a_typed_host_is_not_rebound_between_the_page_and_its_film(server: WebServer) -> None:
    names = Names(server, {"film.example": [[_PUBLIC], [_LOOPBACK]]})
    page = link_kind.fetch("http://film.example/film", typed=True, network=names.network())
    assert b"opens at noon" in page.content
    assert len(names.dialled) > 2
    assert set(names.dialled) == {_PUBLIC}


@pytest.mark.slow
def test_a_typed_host_is_not_rebound_by_a_redirect_back_to_it(server: WebServer) -> None:
    server.pages["/film"] = Page(status=302, headers={"Location": "http://other.example/away"})
    server.pages["/away"] = Page(status=302, headers={"Location": "http://film.example/home"})
    server.pages["/home"] = Page(_FILM)
    answers = {"film.example": [[_PUBLIC], [_LOOPBACK]], "other.example": [[_OTHER]]}
    names = Names(server, answers)
    video_fetch.fetch("http://film.example/film", typed=True, access=names.means())
    assert set(names.dialled) == {_PUBLIC, _OTHER}


def test_a_list_of_videos_does_not_rebind_a_typed_host(server: WebServer) -> None:
    item = "<item><title>Part 1</title><link>http://film.example/film</link></item>"
    channel = f"<channel><title>S</title>{item}</channel>"
    feed = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    server.pages["/feed"] = Page(feed.encode(), headers={"Content-Type": "application/rss+xml"})
    server.pages["/start"] = Page(status=302, headers={"Location": "/feed"})
    names = Names(server, {"film.example": [[_PUBLIC], [_LOOPBACK]]})
    video_fetch.playlist("http://film.example/start", typed=True, access=names.means())
    assert set(names.dialled) == {_PUBLIC}


@pytest.mark.slow
@pytest.mark.parametrize("numbers", [[_PUBLIC, _LOOPBACK], [_LOOPBACK, _PUBLIC]])
def test_of_a_typed_host_with_public_numbers_no_private_one_is_connected_to(
    server: WebServer, numbers: list[str]
) -> None:
    names = Names(server, {"film.example": [numbers]})
    video_fetch.fetch("http://film.example/film", typed=True, access=names.means())
    fetch_page("http://film.example/film", typed=True, network=names.network())
    assert set(names.dialled) == {_PUBLIC}


def test_a_typed_private_host_stays_reachable_and_leads_to_no_other(server: WebServer) -> None:
    answers: dict[str, Any] = {"nas.local": [[_LOOPBACK]], "router.local": [["192.168.0.1"]]}
    names = Names(server, answers)
    page = video_fetch.fetch("http://nas.local/film", typed=True, access=names.means())
    assert b"opens at noon" in page.content
    server.pages["/film"] = Page(_FILM.replace(b"/film.vtt", b"http://router.local/film.vtt"))
    names.dialled.clear()
    with pytest.raises(IngestError):
        video_fetch.fetch("http://nas.local/film", typed=True, access=names.means())
    assert set(names.dialled) == {_LOOPBACK}
