"""The connection to a model server, with limits of time, size, nesting and form.

A model may reason for minutes before its first token, and a server may send a byte a minute, never
stop, nest JSON a million deep, or compress a gigabyte into a megabyte. So reads wait in short
intervals with checks of time, size and cancellation; compressed responses are refused, and JSON is
checked before it is parsed. The transport is httpx's interface
(https://www.python-httpx.org/advanced/transports/).
"""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ingest.records import Check

if TYPE_CHECKING:
    import ssl

    import httpcore
    import httpx

    from ingest.models.address import ServerAddress


#: Seconds for which an idle connection is kept; most servers close it after five.
_KEEPALIVE = 3.0
#: Depth of JSON, and the pattern of changes; an unclosed string is one, too.
_DEEP = 64
_ACCEPTED, _ENCODED = b"accept-encoding", b"content-encoding"
_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
#: Characters that the client takes for line ends inside strings, escaped for JSON.
_ENDS = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Timing:
    """Timeouts in seconds: connection, first token, between tokens, and total.

    The first includes loading the model. `look` is the interval between checks.
    """

    connect: float = 3.0
    first: float = 180.0
    between: float = 60.0
    total: float = 1800.0
    look: float = 0.05


#: For `Watch.most_line`: pass bytes through unchanged.
AS_IT_COMES = -1


class EndlessError(Exception):
    """The response is larger than any valid one."""


class Watch:
    """The limits of one request in time and bytes.

    `most_line` limits the lines of a streamed response; 0 for a single value, and `AS_IT_COMES` for
    the bytes of a file, which nobody parses.
    """

    def __init__(self, timing: Timing, check: Check, most_bytes: int, most_line: int = 0) -> None:
        self.begin(timing, check, most_bytes, most_line)

    def begin(self, timing: Timing, check: Check, most_bytes: int, most_line: int = 0) -> None:
        """Reset for the next request over the same connection."""
        self.timing = timing
        self.most_line = most_line
        self._check = check
        self._left = most_bytes
        self._until = time.monotonic() + timing.total
        self._next = time.monotonic() + timing.first

    def heard(self) -> None:
        """A token was received: from now on the time between two counts."""
        self._next = time.monotonic() + self.timing.between

    def wait(self) -> float:
        """Seconds for which a read may wait now; 0 after the time limit."""
        self._check()
        return max(0.0, min(self._until, self._next) - time.monotonic())

    def count(self, size: int) -> None:
        """Count received bytes. Raises `EndlessError`."""
        self._left -= size
        if self._left < 0:
            raise EndlessError


def transport(address: "ServerAddress", watch: Watch) -> "httpx.BaseTransport":
    """A transport to this server only, without proxies."""
    import httpcore
    import httpx

    class Backend(httpcore.NetworkBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            watch.wait()
            seconds = watch.timing.connect
            return Stream(httpcore.SyncBackend().connect_tcp(host, port, timeout=seconds))

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            while left := watch.wait():
                try:
                    data = self._inner.read(max_bytes, min(left, watch.timing.look))
                except httpcore.ReadTimeout:
                    continue
                watch.count(len(data))
                return data
            raise httpcore.ReadTimeout

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            watch.wait()
            self._inner.write(buffer, watch.timing.between)

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self,
            ssl_context: "ssl.SSLContext",
            server_hostname: str | None = None,
            timeout: float | None = None,
        ) -> httpcore.NetworkStream:
            seconds = watch.timing.connect
            return Stream(self._inner.start_tls(ssl_context, server_hostname, seconds))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Body(httpx.SyncByteStream):
        """Yields a response, or its lines, once each is complete and checked."""

        def __init__(self, inner: "httpcore.Response") -> None:
            self._inner = inner

        def __iter__(self) -> Iterator[bytes]:
            retained = bytearray()
            if watch.most_line == AS_IT_COMES:
                yield from self._inner.iter_stream()
                return
            for data in self._inner.iter_stream():
                end = data.rfind(b"\n") + 1 if watch.most_line else 0
                retained += data[:end]
                if end:
                    yield from map(_sound, retained.splitlines(keepends=True))
                    retained.clear()
                retained += data[end:]
                if watch.most_line and len(retained) > watch.most_line:
                    raise EndlessError
            if retained:
                yield _sound(bytes(retained))

        def close(self) -> None:
            self._inner.close()

    class Transport(httpx.BaseTransport):
        def __init__(self) -> None:
            self._pool = httpcore.ConnectionPool(
                ssl_context=_trust() if address.scheme == "https" else None,
                network_backend=Backend(),
                max_connections=1,
                keepalive_expiry=_KEEPALIVE,
                retries=0,
            )

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            url = request.url
            headers = [
                item for item in request.headers.raw if item[0].lower() != b"accept-encoding"
            ]
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                    ),
                    headers=[*headers, (_ACCEPTED, b"identity")],
                    content=cast("Iterable[bytes]", request.stream),
                )
            )
            encodings = {v.strip().lower() for n, v in answer.headers if n.lower() == _ENCODED}
            if encodings - {b"", b"identity"}:
                answer.close()
                raise ValueError("an answer that is encoded although nobody asked for that")
            # Response headers must not influence how it is read.
            return httpx.Response(
                answer.status,
                headers={"Content-Type": "application/json"},
                stream=Body(answer),
                extensions=answer.extensions,
            )

        def close(self) -> None:
            self._pool.close()

    return Transport()


def _sound(text: bytes | bytearray) -> bytes:
    """Check that JSON can be parsed. Raises `ValueError` if it is nested too deep."""
    if text.count(b"[") + text.count(b"{") > _DEEP:
        depth = 0
        for result in _NESTING.finditer(text):
            sign = result[0]
            depth += (sign in b"[{") - (sign in b"]}") if len(sign) == 1 else 0
            if depth > _DEEP:
                raise ValueError("nested too deep")
    for end, escaped in _ENDS.items():
        text = text.replace(end, escaped)
    return bytes(text)


def _trust() -> "ssl.SSLContext":
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
