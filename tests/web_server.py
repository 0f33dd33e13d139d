"""A web server on loopback that answers as it is told, and remembers what it was asked."""

import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace


@dataclass
class Page:
    """One answer: `more` is called with the handler after the body, to send what breaks rules.

    A page of `parts` answers a request from some byte on (Range) with the rest.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    length: bool = True
    more: Callable[[http.server.BaseHTTPRequestHandler], object] | None = None
    parts: bool = False


class WebServer(http.server.ThreadingHTTPServer):
    """Answers from `pages` by path with query; `asked` holds (path, headers) of every request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def paths(self) -> list[str]:
        """The paths of all requests, in order."""
        return [path for path, _ in self.asked]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in mid-sentence is what some tests are about."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: WebServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        page = self.server.pages.get(self.path)
        if page is None:
            page = Page(b"nothing here", 404)
        begin = self.headers.get("Range", "")[len("bytes=") : -1]
        if page.parts and begin:
            page = replace(page, body=page.body[int(begin) :], status=206)
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.length and "Content-Length" not in page.headers:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)
        if page.more is not None:
            page.more(self)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def web_server() -> Iterator[WebServer]:
    """A server that runs for as long as the block."""
    server = WebServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def article(title: str, *paragraphs: str, head: str = "") -> bytes:
    """A page as a small site makes them: a menu, a text, a foot."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title} | Quay News</title>"
        f"{head}</head><body><nav><a href=/>Home</a><a href=/all>All</a></nav><main><article>"
        f"<h1>{title}</h1>{body}</article></main><img src=/picture.png>"
        "<script src=/track.js></script><footer>Imprint</footer></body></html>"
    ).encode()
