"""The connection of a request: only to checked IP addresses, and within its time limit.

`httpcore` asks its network backend for a connection by name; this one connects to the addresses
that were resolved and checked before, and the name is only used for TLS and the Host header. Every
wait is limited to the time left for the whole request, so that a slow server cannot hold it.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

#: Connect to an IP address and port within seconds; raises as `httpcore`.
Dial = Callable[[str, int, float], httpcore.NetworkStream]
#: Seconds between checks for cancellation.
_INSPECT = 0.25


def dial(number: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A plain TCP connection."""
    return httpcore.SyncBackend().connect_tcp(number, port, timeout=seconds)


class Deadline:
    """The time limit of a request, and a check that may cancel it earlier."""

    def __init__(self, seconds: float, check: Callable[[], None]) -> None:
        self._until = time.monotonic() + seconds
        self._check = check

    def left(self, maximum: float | None, late: type[Exception]) -> float:
        """The remaining seconds. Raises `late` if there are none."""
        self._check()
        left = self._until - time.monotonic()
        if left <= 0:
            raise late
        return left if maximum is None else min(left, maximum)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to `numbers`, one after the other, whatever name is requested."""

    def __init__(self, numbers: Sequence[str], deadline: Deadline, dial: Dial) -> None:
        self._numbers = numbers
        self._deadline = deadline
        self._dial = dial

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the addresses that answers."""
        problem: Exception = httpcore.ConnectError("no number")
        for number in self._numbers:
            seconds = self._deadline.left(timeout, httpcore.ConnectTimeout)
            try:
                return _Stream(self._dial(number, port, seconds), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem


class _Stream(httpcore.NetworkStream):
    """A connection whose waits end with the request's time limit."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            seconds = self._deadline.left(timeout, httpcore.ReadTimeout)
            try:
                return self._inner.read(max_bytes, min(seconds, _INSPECT))
            except httpcore.ReadTimeout:
                # A silent server must not delay cancellation.
                if seconds <= _INSPECT:
                    raise
                timeout = None if timeout is None else timeout - _INSPECT

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
