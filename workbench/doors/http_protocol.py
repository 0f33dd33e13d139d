"""The server's HTTP parser (httptools), with limits of size, time and connections.

Connections that have sent no token yet are limited in number, and a new one closes the oldest, so
strangers cannot lock clients out. They take a part of the files that the system allows only: the
rest is kept for the library and for those with the token.
"""

import asyncio
import hmac
import logging
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Maximum bytes of a request head; the parser has no limit.
_MAX_HEAD = 1 << 14
#: Seconds for a complete head, from the connection or its first byte.
_TIMEOUT = 10
#: Connections that are accepted at a time, before the oldest strangers are closed.
ACCEPTED_AT_ONCE = 32
#: Files that a library needs, and those that are wanted where the system allows more.
_RESERVED, _WANTED = 160, 8192
#: Strangers at most. The more there are, the longer a client has to show its token while others
#: connect.
_STRANGERS = 2000
#: Seconds between two lines of the log about files that ran out.
_SILENT = 60.0

_log = logging.getLogger("workbench.doors")


class Heads(HttpToolsProtocol):
    """Closes connections whose request line and headers are too large or too slow."""

    #: The server's token, and the maximum of authenticated and of other connections.
    token = b""
    connections_limit = strangers_limit = 200
    #: Connections without a token, the oldest first; and authenticated ones.
    strangers: "dict[Heads, None]"
    authenticated: "set[Heads]"

    _waiting = 0
    _head = 0
    _inside = _rejected = False
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timeout, and close the oldest stranger if there are too many."""
        super().connection_made(transport)
        self._late = self.loop.call_later(_TIMEOUT, transport.abort)
        self.strangers[self] = None
        while len(self.strangers) > self.strangers_limit:
            oldest = next(iter(self.strangers))
            # It is only told of its end later: by then others would have ended it again.
            del self.strangers[oldest]
            oldest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timeout, and forget the connection."""
        self._in_time()
        self.strangers.pop(self, None)
        self.authenticated.discard(self)
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def data_received(self, data: bytes) -> None:
        """Parse more data; `_waiting` counts the bytes of an incomplete head."""
        self._waiting += len(data)
        if self._late is None and not self._inside:
            self._late = self.loop.call_later(_TIMEOUT, self.transport.abort)
        super().data_received(data)
        if self._waiting > _MAX_HEAD and not self._inside:
            self._refuse()

    def on_url(self, url: bytes) -> None:
        """Count a part of the request line."""
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        if not self._inside:
            self._head += len(name) + len(value) + len(b": \r\n")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Stop the timeout; check the head's size and the token."""
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
        """Pass on a part of the body; dropped after a refused head."""
        if not self._rejected:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Reset the counters for the next request."""
        if not self._rejected:
            super().on_message_complete()
        self._inside, self._waiting, self._head = False, 0, 0

    def _refuse(self) -> None:
        if not self._rejected:
            self._rejected = True
            self.send_400_response("The head of the request is too long.")


def protocol(token: str, connections_limit: int) -> type[Heads]:
    """A protocol class for one server."""
    attributes = {
        "token": token.encode(), "connections_limit": connections_limit,
        "strangers_limit": max(8, min(_STRANGERS, (_files() - _RESERVED) // 2)),
        "strangers": {}, "authenticated": set(),
    }  # fmt: skip
    return type("ServerHeads", (Heads,), attributes)


def _files() -> int:
    """The files that this process may have open; as many as the system allows, within reason."""
    if sys.platform == "win32":
        return _WANTED
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _WANTED if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        return soft
    return wanted


class Complaints:
    """Logs that files ran out in one line now and then; other faults of the loop as usual."""

    def __init__(self) -> None:
        self._last = -_SILENT

    def __call__(self, loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        """Handle a fault of the event loop."""
        if "out of system resource" not in context.get("message", ""):
            loop.default_exception_handler(dict(context))
        elif time.monotonic() - self._last >= _SILENT:
            self._last = time.monotonic()
            _log.warning("Too many files are open: new connections wait for a second.")


def shows_token(headers: Sequence[tuple[bytes, bytes]], token: bytes) -> bool:
    """Whether a request has the token; the last of several headers counts."""
    kind, _, credentials = dict(headers).get(b"authorization", b"").partition(b" ")
    return kind.lower() == b"bearer" and hmac.compare_digest(credentials.strip(), token)
