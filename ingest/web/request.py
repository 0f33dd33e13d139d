"""A web request and its response, over a connection to checked IP addresses."""

import contextlib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import httpcore

from ingest.errors import RefusedError, UnreachableError
from ingest.records import Check
from ingest.web import answers, hosts
from ingest.web.address import Address
from ingest.web.dial import CheckedBackend, Deadline, Dial, dial

Report = Callable[[int, int | None, str], None]

#: Most bytes of a page after decompression.
MOST_BYTES = 50_000_000

_HEADERS = (
    ("User-Agent", "EngramWorkbench (fetches one page when its user adds it)"),
    (
        "Accept",
        "text/html,application/xhtml+xml,application/pdf,application/epub+zip;q=0.9,"
        "text/*;q=0.9,*/*;q=0.7",
    ),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)
_REDIRECTS = (301, 302, 303, 307, 308)
_OFFLINE = (
    "Check the connection, then retry; where the network allows only a proxy, save the page in a "
    "browser and add the file."
)


def system_trust() -> ssl.SSLContext:
    """The trust store of the system, which includes a company's own root certificate."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True, slots=True)
class Network:
    """How hosts are resolved and reached; tests replace it.

    Timeouts in seconds: connection, one wait, and total.
    """

    resolve: hosts.Resolve = hosts.resolve
    dial: Dial = dial
    trust: Callable[[], ssl.SSLContext] = system_trust
    most_bytes: int = MOST_BYTES
    connect_seconds: float = 15.0
    wait_seconds: float = 30.0
    total_seconds: float = 120.0

    def pinned(self) -> "Network":
        """The same, with the addresses of each host fixed by the first request."""
        return replace(self, resolve=hosts.pinned(self.resolve))


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its bytes, or the redirect (`leads_to`). Header names are lower case."""

    headers: Mapping[str, str]
    content: bytes = b""
    leads_to: str | None = None


class Request:
    """The requests of one page, including redirects, with a common time limit."""

    def __init__(self, network: Network, report: Report, cancel: Check) -> None:
        self._network = network
        self._report = report
        self._cancel = cancel
        self._deadline = Deadline(network.total_seconds, cancel)

    def numbers(self, position: Address) -> list[str]:
        """The addresses of a host. Raises `UnreachableError`."""
        self._cancel()
        return hosts.numbers_of(position.host, position.port, self._network.resolve)

    def get(self, position: Address, numbers: Sequence[str]) -> Answer:
        """Request a page at these addresses. Raises as `fetch`."""
        try:
            return self._get(position, numbers)
        except httpcore.TimeoutException as error:
            raise UnreachableError(
                f"“{position.host}” did not answer in time.",
                "Retry later, or save the page in a browser and add the file.",
            ) from error
        except httpcore.ConnectError as error:
            cause = _tls_trouble(error)
            if cause is not None:
                raise _untrusted(position.host, cause) from error
            raise UnreachableError(f"“{position.host}” cannot be reached.", _OFFLINE) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise UnreachableError(
                f"The connection to “{position.host}” broke off, or its answer was not valid.",
                "Retry it; if that fails, save the page in a browser and add the file.",
            ) from error

    def _get(self, position: Address, numbers: Sequence[str]) -> Answer:
        network = self._network
        backend = CheckedBackend(numbers, self._deadline, network.dial)
        waits = {
            "connect": network.connect_seconds,
            "read": network.wait_seconds,
            "write": network.wait_seconds,
            "pool": network.wait_seconds,
        }
        context = network.trust() if position.scheme == "https" else None
        with (
            httpcore.ConnectionPool(
                ssl_context=context, network_backend=backend, max_connections=1, retries=0
            ) as pool,
            pool.stream(
                "GET", position.url, headers=list(_HEADERS), extensions={"timeout": waits}
            ) as answer,
        ):
            headers = _headers(answer.headers)
            if answer.status in _REDIRECTS and headers.get("location"):
                return Answer(headers, leads_to=headers["location"])
            if not 200 <= answer.status < 300:
                raise answers.refusal(position.host, answer.status, headers)
            answers.check_kind(headers)
            maximum = network.most_bytes
            total = answers.check_size(headers, position.host, maximum)
            packed = headers.get("content-encoding", "")
            content = bytearray()
            for piece in answers.unpacked(answer.iter_stream(), packed, position.host, maximum):
                self._cancel()
                content += piece
                existing = total if not packed else None
                self._report(len(content), existing, "bytes")
            return Answer(headers, bytes(content))


def _headers(pairs: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name, the first of each."""
    results: dict[str, str] = {}
    for name, value in pairs:
        # Old servers send file names in UTF-8, which is not allowed in a header.
        text = value.decode("latin-1")
        with contextlib.suppress(UnicodeDecodeError):
            text = value.decode("utf-8")
        results.setdefault(name.decode("latin-1").lower(), text)
    return results


def _tls_trouble(error: BaseException) -> ssl.SSLError | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


def _untrusted(host: str, error: ssl.SSLError) -> RefusedError:
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = (error.verify_message or "unknown issuer").rstrip(".")
        return RefusedError(
            f"“{host}” could not prove its identity: its certificate is not trusted ({reason}).",
            "Check the address and this machine's clock. If you trust the page, save it in a "
            "browser and add the file.",
        )
    return RefusedError(
        f"No secure connection to “{host}” could be made.",
        "Check that its address begins with https and is right, or save the page in a browser "
        "and add the file.",
    )
