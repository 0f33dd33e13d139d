"""A server that speaks as much of Ollama's protocol as is needed to measure, and answers at once.

Its models know nothing: of every sentence that they are to read they say that its two longest words
have to do with each other, which is a triple that stands there. So what is measured is everything
but a model. The protocol is that of https://github.com/ollama/ollama/blob/main/docs/api.md.
"""

import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.models.address import server_address
from ingest.models.records import Model, Server

VERSION = "0.12.3"
#: What is written to whoever sends no sentences, and letters of one piece of it.
SAYS, _PIECE = "The Varn bridge was built in 1911 [1]. Its toll was two crowns [2].", 12
_WORD = re.compile(r"[^\W\d_]{3,}")


class InstantOllama(http.server.ThreadingHTTPServer):
    """Answers on loopback."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def server(self) -> Server:
        """How it is reached."""
        return Server(server_address(f"127.0.0.1:{self.server_port}"), VERSION)

    @property
    def model(self) -> Model:
        """The one model that it has."""
        return Model("instant", 1, digest="instant", capabilities=("completion",), context=32_768)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has heard enough goes away."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        text = said(body)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        for number, piece in enumerate([*pieces, ""]):
            done = number == len(pieces)
            told: dict[str, Any] = {
                "model": "instant", "created_at": "2026-01-01T00:00:00Z", "done": done,
                "message": {"role": "assistant", "content": piece},
            }  # fmt: skip
            if done:
                told |= {"done_reason": "stop", "prompt_eval_count": 1, "eval_count": len(pieces)}
            line = json.dumps(told).encode() + b"\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def said(body: dict[str, Any]) -> str:
    """The answer to a request: triples where it sends sentences, else something on a bridge."""
    if not body.get("format"):
        return SAYS
    triples = []
    for line in body["messages"][-1]["content"].splitlines():
        told = json.loads(line)
        longest = sorted(set(_WORD.findall(told["text"])), key=lambda word: (-len(word), word))
        if len(longest) > 1:
            one, other = longest[:2]
            triples.append(
                {"sentence": told["sentence"], "subject": one, "relation": "meet", "object": other}
            )
    return json.dumps({"triples": triples})


@contextmanager
def instant_ollama() -> Iterator[InstantOllama]:
    """The server, for as long as the block."""
    made = InstantOllama()
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()
