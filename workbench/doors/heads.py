"""The protocol by which the server reads requests: in C, their heads of bounded size."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes that the head of a request may have; no limit comes with the parser.
MOST = 1 << 14


class Heads(HttpToolsProtocol):
    """Ends a connection whose request line and headers do not end."""

    _waiting = 0
    _inside = False

    def data_received(self, data: bytes) -> None:
        """Read on; `_waiting` counts what has come of a head that is not whole."""
        self._waiting += len(data)
        super().data_received(data)
        if self._waiting > MOST and not self._inside:
            self.send_400_response("The head of the request is too long.")

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._inside, self._waiting = True, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next head may begin."""
        super().on_message_complete()
        self._inside, self._waiting = False, 0
