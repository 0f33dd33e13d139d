"""The server's HTTP parser (httptools), with limits of size, time and number.

Who shows the token in a request is known; a connection that is not yet known makes room for the
next one when there are many, so that strangers keep nobody out.
"""

import asyncio
import hmac
from collections.abc import Sequence

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes that the head of a request may have; no limit comes with the parser.
_MAX_HEAD = 1 << 14
#: Seconds until a head has to be whole, from the connection or its first byte on.
_TIMEOUT = 10


class Heads(HttpToolsProtocol):
    """Ends a connection whose request line and headers do not end, or do not come."""

    #: The token of the server, and how many connections there may be, known ones and others.
    token = b""
    connections_limit = 200
    #: Connections of clients that have shown no token, the oldest first; and of those that have.
    strangers: "dict[Heads, None]"
    authenticated: "set[Heads]"

    _waiting = 0
    _head = 0
    _inside = _rejected = False
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come."""
        super().connection_made(transport)
        self._late = self.loop.call_later(_TIMEOUT, transport.abort)
        self.strangers[self] = None
        if len(self.strangers) > self.connections_limit:
            next(iter(self.strangers)).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._in_time()
        self.strangers.pop(self, None)
        self.authenticated.discard(self)
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def data_received(self, data: bytes) -> None:
        """Read on; `_waiting` counts what has come of a head that is not whole."""
        self._waiting += len(data)
        if self._late is None and not self._inside:
            self._late = self.loop.call_later(_TIMEOUT, self.transport.abort)
        super().data_received(data)
        if self._waiting > _MAX_HEAD and not self._inside:
            self._refuse()

    def on_url(self, url: bytes) -> None:
        """A part of the request line."""
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        if not self._inside:
            self._head += len(name) + len(value) + len(b": \r\n")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._inside, self._waiting = True, 0
        self._in_time()
        if self._head > _MAX_HEAD:
            self._refuse()
        if self._rejected:
            return
        if self in self.strangers and shows_token(self.headers, self.token):
            del self.strangers[self]
            self.authenticated.add(self)
        full = len(self.authenticated) > self.connections_limit and self in self.authenticated
        self.limit_concurrency = 0 if full else None
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body; what follows a refused head is dropped."""
        if not self._rejected:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The next head may begin."""
        if not self._rejected:
            super().on_message_complete()
        self._inside, self._waiting, self._head = False, 0, 0

    def _refuse(self) -> None:
        if not self._rejected:
            self._rejected = True
            self.send_400_response("The head of the request is too long.")


def protocol(token: str, connections_limit: int) -> type[Heads]:
    """The protocol of one server."""
    attributes = {
        "token": token.encode(), "connections_limit": connections_limit,
        "strangers": {}, "authenticated": set(),
    }  # fmt: skip
    return type("ServerHeads", (Heads,), attributes)


def shows_token(headers: Sequence[tuple[bytes, bytes]], token: bytes) -> bool:
    """Whether a request has the token; of two headers the last counts."""
    kind, _, credentials = dict(headers).get(b"authorization", b"").partition(b" ")
    return kind.lower() == b"bearer" and hmac.compare_digest(credentials.strip(), token)
