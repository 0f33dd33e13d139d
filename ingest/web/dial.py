"""The connection beneath a request: only to numbers that were checked, and within the time given.

`httpcore` asks its network backend for a connection by name; this one answers with a connection to
the numbers that were resolved and checked before, and the name is only used for TLS and the Host
line. Every wait on it is cut to the time that is left for the whole request, so that a server
that sends a byte a minute cannot hold it.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

#: Connect to a number and a port within seconds; raises what `httpcore` raises.
Dial = Callable[[str, int, float], httpcore.NetworkStream]
#: Seconds between two looks at whether somebody stopped the request.
_INSPECT = 0.25


def dial(number: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A plain TCP connection."""
    return httpcore.SyncBackend().connect_tcp(number, port, timeout=seconds)


class Deadline:
    """The time by which a request must end, and a check that may cancel it earlier."""

    def __init__(self, seconds: float, check: Callable[[], None]) -> None:
        self._until = time.monotonic() + seconds
        self._check = check

    def left(self, maximum: float | None, late: type[Exception]) -> float:
        """Seconds that a step may take. Raises `late` where none are left."""
        self._check()
        left = self._until - time.monotonic()
        if left <= 0:
            raise late
        return left if maximum is None else min(left, maximum)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to `numbers`, one after the other, whatever name is asked for."""

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
        """A connection to the first of the numbers that answers."""
        problem: Exception = httpcore.ConnectError("no number")
        for number in self._numbers:
            seconds = self._deadline.left(timeout, httpcore.ConnectTimeout)
            try:
                return _Stream(self._dial(number, port, seconds), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends with the request's time."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            seconds = self._deadline.left(timeout, httpcore.ReadTimeout)
            try:
                return self._inner.read(max_bytes, min(seconds, _INSPECT))
            except httpcore.ReadTimeout:
                # A server that says nothing must not keep who wants to stop waiting.
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
