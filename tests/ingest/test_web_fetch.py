"""Fetching one page: what is asked, what is refused, and what bad servers cannot do."""

import gzip
import re
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpcore
import pytest

from ingest.errors import (
    AddressError,
    EmptyFileError,
    IngestError,
    RefusedError,
    UnreachableError,
    UnsupportedFileError,
)
from ingest.web import dial
from ingest.web.fetch import fetch
from ingest.web.fetched import Fetched
from ingest.web.request import Network
from tests.web_server import Page, WebServer, article, web_server

_PUBLIC = "93.184.216.34"


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A server to fetch from."""
    with web_server() as running:
        yield running


class Internet:
    """A small Internet: names with numbers, and public numbers that lead to the test's server."""

    def __init__(self, server: WebServer, names: Mapping[str, list[str]]) -> None:
        self._server = server
        self._names = names
        self.resolved: list[str] = []
        self.dialled: list[str] = []

    def network(self, **limits: float) -> Network:
        """The network that `fetch` is to use."""
        return Network(resolve=self._resolve, dial=self._dial, **limits)  # type: ignore[arg-type]

    def _resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        return self._names.get(host, [host])

    def _dial(self, number: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append(number)
        return dial.dial("127.0.0.1", self._server.server_port, seconds)


def refused(link: str, *, typed: bool = True, network: Network | None = None) -> IngestError:
    """The error of a fetch, which must be a sentence and a next step."""
    with pytest.raises(IngestError) as caught:
        fetch(link, typed=typed, network=network)
    error = caught.value
    assert error.message.endswith(".")
    assert error.message[:1] in "“" or error.message[:1].isupper()
    assert not re.search(r"Errno|Error\b|Traceback|httpcore|None", str(error))
    return error


# -- what is asked ---------------------------------------------------------------------------------


def test_p3_one_page_is_one_request_with_nothing_about_the_user(server: WebServer) -> None:
    page = article("Tides", "The tide turns at noon.")
    server.pages["/tides?when=now"] = Page(
        page, headers={"Content-Type": "Text/HTML; Charset=UTF-8", "Set-Cookie": "id=7"}
    )
    before = time.time()
    fetched = fetch(server.url("/tides?when=now#noon"), typed=True)
    assert fetched == Fetched(
        asked=server.url("/tides?when=now#noon"),
        final=server.url("/tides?when=now"),
        media_type="text/html",
        charset="utf-8",
        fetched=fetched.fetched,
        content=page,
    )
    assert before <= fetched.fetched <= time.time()
    ((path, headers),) = server.asked
    assert path == "/tides?when=now"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert "EngramWorkbench" in headers["User-Agent"]


def test_p3_no_cookie_and_no_referrer_follow_a_redirect(server: WebServer) -> None:
    server.pages["/a"] = Page(
        status=302, headers={"Location": "/b?x=1#there", "Set-Cookie": "id=7"}
    )
    server.pages["/b?x=1"] = Page(article("B", "Words."))
    fetched = fetch(server.url("/a"), typed=True)
    assert (fetched.asked, fetched.final) == (server.url("/a"), server.url("/b?x=1"))
    assert server.paths == ["/a", "/b?x=1"]
    assert {"Cookie", "Referer"}.isdisjoint(server.asked[1][1])


def test_p3_no_proxy_of_the_environment_is_asked(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/"] = Page(article("Tides", "The tide turns at noon."))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(server.url(), typed=True).content


# -- where links may lead --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "127.1", "2130706433", "0x7f000001", "0177.0.0.1",
     "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "①②⑦.⓪.⓪.①"],
)  # fmt: skip
def test_i2_this_machine_is_not_asked_unless_its_address_was_typed(
    server: WebServer, host: str
) -> None:
    server.pages["/secret"] = Page(article("Secret", "The key."))
    error = refused(server.url("/secret", host), typed=False)
    assert isinstance(error, AddressError)
    assert "private network" in error.message
    assert "type the address into the window" in error.hint
    assert server.asked == []


def test_i2_a_typed_private_address_is_asked(server: WebServer) -> None:
    server.pages["/"] = Page(article("Router", "All lamps are green."))
    assert b"green" in fetch(server.url("/", "localhost"), typed=True).content


@pytest.mark.parametrize("typed", [False, True])
@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/admin", "http://inside.example/", "//[::1]/x", "http://127.1/"]
)
def test_i2_a_public_page_never_leads_to_a_private_one(
    server: WebServer, target: str, typed: bool
) -> None:
    names = {"outside.example": [_PUBLIC], "inside.example": ["10.0.0.7"], "127.1": ["127.0.0.1"]}
    internet = Internet(server, names)
    server.pages["/"] = Page(status=302, headers={"Location": target})
    error = refused("http://outside.example/", typed=typed, network=internet.network())
    assert isinstance(error, AddressError)
    assert "leads on to" in error.message
    assert server.paths == ["/"]
    assert internet.dialled == [_PUBLIC]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "data:text/html,x"])
def test_i2_redirects_out_of_the_web_are_refused(server: WebServer, target: str) -> None:
    server.pages["/"] = Page(status=301, headers={"Location": target})
    assert isinstance(refused(server.url()), AddressError)


def test_i2_a_typed_private_page_may_lead_on_within_its_host(server: WebServer) -> None:
    server.pages["/"] = Page(status=307, headers={"Location": "/in"})
    server.pages["/in"] = Page(article("In", "All lamps are green."))
    assert fetch(server.url(), typed=True).final == server.url("/in")


def test_i2_a_typed_private_page_does_not_lead_to_another_private_host(server: WebServer) -> None:
    server.pages["/"] = Page(status=307, headers={"Location": server.url("/in", "localhost")})
    error = refused(server.url(), typed=True)
    assert "“localhost”" in error.message
    assert server.paths == ["/"]


def test_i2_once_public_a_typed_private_page_does_not_lead_back(server: WebServer) -> None:
    names = {"router.example": ["192.168.1.1"], "outside.example": [_PUBLIC]}
    internet = Internet(server, names)
    server.pages["/"] = Page(status=302, headers={"Location": "http://outside.example/out"})
    server.pages["/out"] = Page(status=302, headers={"Location": "http://router.example/back"})
    refused("http://router.example/", network=internet.network())
    assert server.paths == ["/", "/out"]


def test_i2_a_name_is_resolved_once_and_what_was_checked_is_connected_to(
    server: WebServer,
) -> None:
    answers = iter([[_PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    internet = Internet(server, {})
    server.pages["/"] = Page(article("Rebound", "Words."))
    dialled = internet.network()
    fetch(
        "http://rebinding.example/",
        network=Network(resolve=lambda host, port: next(answers), dial=dialled.dial),
    )
    assert internet.dialled == [_PUBLIC]
    assert server.asked[0][1]["Host"] == "rebinding.example"


def test_i2_a_name_with_one_private_number_among_public_ones_is_refused(
    server: WebServer,
) -> None:
    internet = Internet(server, {"mixed.example": [_PUBLIC, "10.0.0.1"]})
    refused("http://mixed.example/", typed=False, network=internet.network())
    assert internet.dialled == []


def test_i2_a_protected_page_does_not_lead_to_an_unprotected_one(
    server: WebServer, secure: "Secure"
) -> None:
    secure.server.pages["/"] = Page(status=301, headers={"Location": server.url("/plain")})
    network = Network(trust=secure.trust)
    link = secure.server.url().replace("http:", "https:").replace("127.0.0.1", "localhost")
    error = refused(link, network=network)
    assert "insecure" in error.message
    assert server.asked == []


# -- TLS -------------------------------------------------------------------------------------------


class Secure:
    """A server with a certificate of its own making for “quay.example” and “localhost”."""

    def __init__(self, server: WebServer, certificate: Path) -> None:
        self.server = server
        self._certificate = certificate

    def trust(self) -> ssl.SSLContext:
        """A context that trusts that certificate and no other."""
        return ssl.create_default_context(cafile=str(self._certificate))


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    """A server that speaks TLS."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=quay",
             "-addext", "subjectAltName=DNS:quay.example,DNS:localhost"],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no openssl here to make a certificate with")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with web_server() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield Secure(server, certificate)


def test_the_name_is_proven_over_the_number_that_was_checked(secure: Secure) -> None:
    internet = Internet(secure.server, {"quay.example": [_PUBLIC]})
    secure.server.pages["/"] = Page(article("Quay", "Words."))
    plain = internet.network()
    network = Network(resolve=plain.resolve, dial=plain.dial, trust=secure.trust)
    assert fetch("https://quay.example/", network=network).final == "https://quay.example/"
    other = Internet(secure.server, {"other.example": [_PUBLIC]}).network()
    error = refused(
        "https://other.example/",
        network=Network(resolve=other.resolve, dial=other.dial, trust=secure.trust),
    )
    assert "could not prove its identity" in error.message


def test_i14_an_unknown_certificate_is_refused_with_the_systems_trust(secure: Secure) -> None:
    secure.server.pages["/"] = Page(article("Quay", "Words."))
    link = secure.server.url().replace("http:", "https:").replace("127.0.0.1", "localhost")
    error = refused(link)
    assert isinstance(error, RefusedError)
    assert "certificate is not trusted" in error.message
    assert secure.server.asked == []


def test_i14_a_server_without_tls_is_one_sentence(server: WebServer) -> None:
    error = refused(server.url().replace("http:", "https:"))
    assert "secure connection" in error.message


# -- refusals of servers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        (400, RefusedError, "400"), (401, RefusedError, "login"), (403, RefusedError, "login"),
        (404, RefusedError, "no such page"), (410, RefusedError, "no such page"),
        (429, RefusedError, "too many requests"), (451, RefusedError, "legal"),
        (500, UnreachableError, "500"), (503, UnreachableError, "503"), (304, RefusedError, "304"),
    ],
)  # fmt: skip
def test_i14_a_status_is_a_sentence(
    server: WebServer, status: int, kind: type[IngestError], word: str
) -> None:
    server.pages["/"] = Page(b"", status)
    error = refused(server.url())
    assert isinstance(error, kind)
    assert word in error.message
    assert error.hint


def test_i14_an_empty_page_is_no_success(server: WebServer) -> None:
    server.pages["/"] = Page(b"")
    assert isinstance(refused(server.url()), EmptyFileError)


def test_i14_redirects_in_a_circle_end(server: WebServer) -> None:
    server.pages["/"] = Page(status=302, headers={"Location": "/"})
    assert "circles" in refused(server.url()).message
    assert len(server.asked) == 8


def test_i14_a_redirect_to_nowhere_is_a_sentence(server: WebServer) -> None:
    server.pages["/"] = Page(status=302, headers={})
    assert "302" in refused(server.url()).message


@pytest.mark.parametrize("link", ["https://www.youtube.com/watch?v=x", "https://youtu.be/x"])
def test_i14_videos_are_refused_by_name_and_not_asked_for(link: str) -> None:
    def never(host: str, port: int) -> list[str]:
        pytest.fail("it was looked up")

    error = refused(link, network=Network(resolve=never))
    assert isinstance(error, UnsupportedFileError)
    assert "which is a video's" in error.message
    assert ".srt or .vtt" in error.hint


def test_i14_a_page_that_leads_to_a_video_site_is_refused(server: WebServer) -> None:
    server.pages["/"] = Page(status=302, headers={"Location": "https://youtu.be/x"})
    assert "which is a video's" in refused(server.url()).message


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "audio/mpeg"])
def test_i14_what_is_no_text_is_not_loaded(server: WebServer, kind: str) -> None:
    server.pages["/"] = Page(b"x" * 10, headers={"Content-Type": kind, "Content-Length": "9999999"})
    error = refused(server.url())
    assert isinstance(error, UnsupportedFileError)
    assert error.hint


def test_i14_nobody_listening_is_a_sentence() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        error = refused(f"http://127.0.0.1:{held.getsockname()[1]}/")
    assert isinstance(error, UnreachableError)
    assert "proxy" in error.hint


# -- size, packing, time ---------------------------------------------------------------------------


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "x-gzip"])
def test_packed_pages_are_unpacked(server: WebServer, coding: str) -> None:
    page = article("Packed", *(f"Sentence number {n} of many." for n in range(500)))
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(page),
        "x-gzip": gzip.compress(page),
        "deflate": zlib.compress(page),
        "raw deflate": raw.compress(page) + raw.flush(),
    }[coding]
    server.pages["/"] = Page(packed, headers={"Content-Encoding": coding.split()[-1]})
    assert fetch(server.url(), typed=True).content == page


def test_a_page_that_is_too_large_is_refused_by_what_it_says_and_by_what_it_is(
    server: WebServer,
) -> None:
    server.pages["/says"] = Page(b"x", headers={"Content-Length": "50000001"})
    server.pages["/is"] = Page(b"x" * 200_000, length=False)
    server.pages["/bomb"] = Page(
        gzip.compress(b"\0" * 30_000_000), headers={"Content-Encoding": "gzip"}
    )
    assert "50 MB" in refused(server.url("/says")).message
    small = Network(most_bytes=100_000)
    assert "larger than" in refused(server.url("/is"), network=small).message
    assert "larger than" in refused(server.url("/bomb"), network=small).message


@pytest.mark.parametrize(
    "body", [gzip.compress(b"words " * 9999)[:-20], b"this is not packed at all", b"\x1f\x8b"]
)
def test_i14_damaged_packing_is_a_sentence(server: WebServer, body: bytes) -> None:
    server.pages["/"] = Page(body, headers={"Content-Encoding": "gzip"})
    assert "cut off or damaged" in refused(server.url()).message


def test_i14_unknown_packing_is_a_sentence(server: WebServer) -> None:
    server.pages["/"] = Page(b"x", headers={"Content-Encoding": "br"})
    assert "(br)" in refused(server.url()).message


def test_i14_a_page_that_breaks_off_is_a_sentence(server: WebServer) -> None:
    server.pages["/"] = Page(b"<p>half", headers={"Content-Length": "5000"})
    assert "broke off" in refused(server.url()).message


def test_i14_what_is_no_answer_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def babble() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        error = refused(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()
    assert "not valid" in error.message


@pytest.mark.slow
@pytest.mark.parametrize("where", ["before the head", "in the head", "in the body"])
def test_i14_a_server_that_drips_is_given_up_when_the_time_is_over(where: str) -> None:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                if where != "before the head":
                    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                if where == "in the body":
                    connection.sendall(b"\r\nContent-Length: 100000\r\n\r\n")
                while not over.wait(0.02):
                    try:
                        if where != "before the head":
                            connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        error = refused(
            f"http://127.0.0.1:{listening.getsockname()[1]}/", network=Network(total_seconds=0.4)
        )
        over.set()
        thread.join()
    assert "in time" in error.message


def test_a_fetch_stops_when_somebody_asks_to(server: WebServer) -> None:
    class Stop(Exception):
        pass

    told: list[int] = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(5000):
            handler.wfile.write(b"x" * 10_000)

    def check() -> None:
        if told:
            raise Stop

    server.pages["/"] = Page(b"x", length=False, more=endless)
    with pytest.raises(Stop):
        fetch(
            server.url(),
            typed=True,
            report=lambda done, total, unit: told.append(done),
            cancel=check,
        )
    assert told[-1] < 1_000_000


def test_progress_counts_bytes_of_the_whole(server: WebServer) -> None:
    page = article("Long", *(f"Sentence number {n}." for n in range(9000)))
    server.pages["/"] = Page(page)
    told: list[tuple[int, int | None, str]] = []
    fetch(server.url(), typed=True, report=lambda *step: told.append(step))
    assert told[-1] == (len(page), len(page), "bytes")
    assert [step[0] for step in told] == sorted(step[0] for step in told)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ('attachment; filename="tides.pdf"', "tides.pdf"),
        ("attachment; filename=tides.pdf; size=3", "tides.pdf"),
        ("attachment; filename*=UTF-8''Gezeiten%20%C3%BC.pdf", "Gezeiten ü.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\x\\\\y.pdf"', "y.pdf"),
        ("attachment; filename*=nonsense''%ff", ""),
        ("inline", ""),
    ],
)
def test_the_servers_name_for_a_file_is_known_without_its_folder(
    server: WebServer, said: str, name: str
) -> None:
    server.pages["/"] = Page(b"x", headers={"Content-Disposition": said})
    assert fetch(server.url(), typed=True).name == name
