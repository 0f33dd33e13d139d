"""The server's HTTP parser (httptools), with limits of size and time for request heads."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes that the head of a request may have; no limit comes with the parser.
_MAX_HEAD = 1 << 14
#: Seconds until a head has to be whole, from the connection or its first byte on.
_TIMEOUT = 10


class Heads(HttpToolsProtocol):
    """Ends a connection whose request line and headers do not end, or do not come."""

    _waiting = 0
    _inside = False
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come."""
        super().connection_made(transport)
        self._late = self.loop.call_later(_TIMEOUT, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._in_time()
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
            self.send_400_response("The head of the request is too long.")

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._inside, self._waiting = True, 0
        self._in_time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next head may begin."""
        super().on_message_complete()
        self._inside, self._waiting = False, 0
