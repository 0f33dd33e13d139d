"""Network requests of yt-dlp, held to the same rules as those for web pages.

Only http and https, only to numbers that were checked before they are connected to, no proxy of the
environment, redirects followed here and checked again. Each host is resolved once for all requests
of a link. A private host is reached only where the user typed the address and it is that very host.
"""

import io
import urllib.request
from collections.abc import Callable, Mapping
from email.message import Message
from typing import Any

import httpcore

from ingest.errors import AddressError, IngestError, UnreachableError
from ingest.records import Check
from ingest.web import address, answers, hosts
from ingest.web.address import Address
from ingest.web.dial import CheckedBackend, Deadline
from ingest.web.request import Network

Hear = Callable[[int], None]

#: Bytes of one answer at most.
MAX_BYTES = 150_000_000
#: Seconds for one request, the load of a recording's sound included.
_SECONDS = 1800.0
_REDIRECTS = 10
_LEADING = (301, 302, 303, 307, 308)


class Gate:
    """Who may be asked: `check(address)` gives the numbers to connect to. `troubles` are kept.

    `hear(count)` is called with the bytes that have come of an answer.
    """

    def __init__(
        self, link: str, network: Network, hear: Hear, *, typed: bool, cancel: Check
    ) -> None:
        self.network = network.pinned()
        self.cancel = cancel
        self.hear = hear
        self.troubles: list[IngestError] = []
        self._typed = address.parse(link).host if typed else ""

    def check(self, url: str) -> tuple[Address, list[str]]:
        """The address taken apart, and its numbers. Raises `IngestError`."""
        self.cancel()
        target = address.parse(url)
        numbers = hosts.numbers_of(target.host, target.port, self.network.resolve)
        if target.host == self._typed:
            return target, hosts.of_typed(numbers)
        if not all(map(hosts.is_public, numbers)):
            raise AddressError(
                f"The video leads to “{target.host}”, which is on this machine or in a private "
                "network; a page may not lead there by itself.",
                "If you mean that address, type it into the window yourself (Add Link).",
            )
        return target, numbers


def handler(gate: Gate) -> type[Any]:
    """A request handler for yt-dlp that goes through `gate`."""
    from yt_dlp.networking import Request, RequestHandler, Response
    from yt_dlp.networking.exceptions import HTTPError, TransportError

    class CheckedRH(RequestHandler):  # type: ignore[misc]
        _SUPPORTED_URL_SCHEMES = ("http", "https")
        _SUPPORTED_PROXY_SCHEMES = None
        _SUPPORTED_FEATURES = None

        def _check_extensions(self, extensions: dict[str, object]) -> None:
            for name in ("cookiejar", "timeout", "legacy_ssl", "keep_header_casing"):
                extensions.pop(name, None)

        def _send(self, request: Request) -> Response:
            try:
                return self._answer(request)
            except IngestError as error:
                gate.troubles.append(error)
                raise TransportError(error.message, cause=error) from error
            except (httpcore.TimeoutException, httpcore.NetworkError) as error:
                gate.troubles.append(_broken(request.url))
                raise TransportError(cause=error) from error
            except httpcore.ProtocolError as error:
                raise TransportError(cause=error) from error

        def _answer(self, request: Request) -> Response:
            url, method, data = request.url, request.method, request.data
            for _ in range(_REDIRECTS + 1):
                place, numbers = gate.check(url)
                headers = self._get_headers(request)
                jar = self._get_cookiejar(request)
                cookie = jar.get_cookie_header(url)
                if cookie:
                    headers["Cookie"] = cookie
                headers["Accept-Encoding"] = "gzip, deflate"
                headers["Connection"] = "close"
                body = data if data is None or isinstance(data, bytes) else b"".join(data)
                status, headers_of_answer, file = _exchange(
                    gate, place, numbers, method, headers, body
                )
                answer = Response(file, url, dict(headers_of_answer.items()), status)
                jar.extract_cookies(_CookieResponse(headers_of_answer), urllib.request.Request(url))
                target = headers_of_answer["location"]
                if status not in _LEADING or not target:
                    if not 200 <= status < 300:
                        raise HTTPError(answer)
                    return answer
                file.close()
                url = address.followed(place, target).url
                if status == 303 or (status in (301, 302) and method == "POST"):
                    method, data = "GET", None
            raise TransportError("led in circles")

    return CheckedRH


class _CookieResponse:
    """An answer as a jar of cookies looks at it."""

    def __init__(self, headers: Message) -> None:
        self.info = lambda: headers


def _exchange(
    gate: Gate,
    place: Address,
    numbers: list[str],
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
) -> tuple[int, Message, io.BytesIO]:
    """Send one request; its status, its headers, and its content as a file."""
    network = gate.network
    waits = {
        "connect": network.connect_seconds,
        "read": network.wait_seconds,
        "write": network.wait_seconds,
        "pool": network.wait_seconds,
    }
    backend = CheckedBackend(numbers, Deadline(_SECONDS, gate.cancel), network.dial)
    context = network.trust() if place.scheme == "https" else None
    file = io.BytesIO()
    with (
        httpcore.ConnectionPool(
            ssl_context=context, network_backend=backend, max_connections=1, retries=0
        ) as pool,
        pool.stream(
            method, place.url, headers=list(headers.items()), content=body,
            extensions={"timeout": waits},
        ) as answer,
    ):  # fmt: skip
        message = Message()
        for name, value in answer.headers:
            message[name.decode("latin-1")] = value.decode("latin-1")
        packed = message["content-encoding"] or ""
        if packed:
            del message["content-encoding"], message["content-length"]
        count = 0
        for piece in answers.unpacked(answer.iter_stream(), packed, place.host, MAX_BYTES):
            gate.cancel()
            count += len(piece)
            gate.hear(count)
            file.write(piece)
        file.seek(0)
        return answer.status, message, file


def _broken(url: str) -> UnreachableError:
    host = address.parse(url).host
    return UnreachableError(
        f"“{host}” cannot be reached, or its answer broke off.",
        "Check the connection, then retry; or add the video's captions as an .srt or .vtt file.",
    )
