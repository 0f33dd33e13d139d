"""Requests to a library's server, over the hardened connection of model servers.

Servers are not trusted: answers are bounded in size, nesting and time before they are parsed, their
headers do not select the parser, redirects are not followed, and failures are one sentence. The
token is sent over plain HTTP to this machine only, unless the user agreed to more.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.errors import AddressError
from ingest.models.address import server_address
from ingest.models.failures import certificate_problem
from ingest.models.watched import AS_IT_COMES, EndlessError, Timing, Watch, transport
from workbench import errors
from workbench.errors import Cancelled, LibraryUnreachableError, UsageError, WorkbenchError

if TYPE_CHECKING:
    import httpx

_MB = 1 << 20
#: Maximum bytes of an answer, of a picture or document, and of one event.
MAX_ANSWER, MAX_BYTES, _MAX_EVENT = 48 * _MB, 512 * _MB, 48 * _MB
#: Maximum bytes of all events of a call or subscription.
_MAX_EVENTS = 1 << 36
#: Bytes sent or saved at a time.
_BLOCK = 1 << 16
_DAY = 86_400.0
#: Servers send keep-alive events; older versions did not.
_TIMING = Timing(connect=10.0, first=120.0, between=120.0, total=_DAY)
#: Changes may be days apart.
_LISTENING = Timing(10.0, 1000 * _DAY, 1000 * _DAY, 1000 * _DAY, look=0.5)
#: The errors in problem documents, by code.
_ERRORS: Mapping[str, type[WorkbenchError]] = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, WorkbenchError)
}


def unstopped() -> None:
    """Never cancel."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to the path `place` of a server; `kind` is the media type of its `content`.

    The content may be an iterable of blocks. `check` raises `Cancelled`.
    """

    place: str
    content: bytes | Iterable[bytes] = b""
    kind: str = "application/json"
    method: str = "POST"
    check: Callable[[], None] = unstopped


class Wire:
    """Connections to one server, one for each thread."""

    def __init__(self, address: str, token: str | None, *, insecure: bool = False) -> None:
        """Parse the address, without connecting. Raises `UsageError`.

        `insecure` allows an unencrypted connection beyond this machine.
        """
        try:
            parts = urlsplit(address)
            self._base = parts.path.rstrip("/")
            self._server = server_address(f"{parts.scheme}://{parts.netloc}", beyond=True)
        except (ValueError, AddressError):
            raise UsageError(
                f"“{address}” is not an address.", "Such as http://127.0.0.1:8765"
            ) from None
        self.shown = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme == "http" and not self._server.here and not insecure:
            raise UsageError(
                f"The token and all texts would go to {self.shown} unencrypted.",
                "Use an address with https://, or agree to it (--insecure) in a network you trust.",
            )
        self._token = token or ""
        self._own = threading.local()
        self._open: set[httpx.Client] = set()

    def read(self, request: Request, size_limit: int = MAX_ANSWER) -> bytes:
        """The whole body of an answer. Raises the server's error."""
        with self.failures(), self._answer(request, _TIMING, size_limit) as (answer, _watch):
            return answer.read()

    def events(self, request: Request, *, listening: bool = False) -> Iterator[tuple[str, Any]]:
        """The server-sent events of an answer, as names and values, and its comments.

        `listening` allows days between events.
        """
        timing = _LISTENING if listening else _TIMING
        with (
            self.failures(),
            self._answer(request, timing, _MAX_EVENTS, _MAX_EVENT) as (answer, watch),
        ):
            name = ""
            for line in answer.iter_lines():
                watch.heard()
                key, _, value = line.partition(": ")
                if line and not key:
                    yield "comment", None
                elif key == "event":
                    name = value
                elif key == "data":
                    yield name, json.loads(value)

    def save(self, request: Request, file: IO[bytes], size_limit: int) -> None:
        """Write the body of an answer to a file."""
        with (
            self.failures(),
            self._answer(request, _TIMING, size_limit, AS_IT_COMES) as (answer, watch),
        ):
            for block in answer.iter_bytes(_BLOCK):
                watch.heard()
                file.write(block)

    def unreachable(self) -> LibraryUnreachableError:
        """The error for a server that does not answer."""
        return LibraryUnreachableError(
            f"The server at {self.shown} does not answer.",
            "Start it there with `workbench serve`, and check address and port.",
        )

    def end(self) -> None:
        """Close the connections of all threads; none may be in use."""
        while self._open:
            self._open.pop().close()

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Convert errors of connection and answer inside the block to `WorkbenchError`s."""
        import httpcore
        import httpx

        try:
            yield
        except WorkbenchError:
            raise
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise self._unconnected(error) from error
        except (httpcore.TimeoutException, httpcore.NetworkError, OSError) as error:
            raise self.unreachable() from error
        except (
            *(EndlessError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
            *(RuntimeError, MemoryError, httpx.HTTPError, httpx.InvalidURL),
            *(httpcore.ProtocolError, httpcore.UnsupportedProtocol),
        ) as error:
            raise UsageError(
                f"What answers at {self.shown} is not a library, or its answer broke off.",
                "Check the address; another program or a proxy may answer there.",
            ) from error

    def _unconnected(self, error: BaseException) -> WorkbenchError:
        why = certificate_problem(error)
        host = self._server.host
        if "expired" in why:
            return UsageError(
                f"The certificate of “{host}” has expired.",
                "Whoever runs the server renews it; check this machine's clock, too.",
            )
        if why:
            return UsageError(
                f"“{host}” could not prove its identity ({why}).",
                "Check the address. Where the certificate is your own, let SSL_CERT_FILE name it.",
            )
        return self.unreachable()

    @contextmanager
    def _answer(
        self, request: Request, timing: Timing, size_limit: int, line_limit: int = 0
    ) -> "Iterator[tuple[httpx.Response, Watch]]":
        client, watch = self._connection()
        watch.begin(timing, request.check, size_limit, line_limit)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": request.kind}
        if line_limit > 0:
            headers["Accept"] = "text/event-stream"
        with client.stream(
            request.method,
            self._base + request.place,
            content=_sent(request.content, watch),
            headers=headers,
        ) as answer:
            if answer.status_code != 200:
                raise self._refusal(answer)
            yield answer, watch

    def _refusal(self, answer: "httpx.Response") -> WorkbenchError:
        """The error of a status and a problem document."""
        if answer.status_code == 401:
            return UsageError(
                f"The token is wrong for the library at {self.shown}.",
                "`workbench serve` names the file with the right one when it starts.",
            )
        problem: Any = None
        if answer.status_code >= 400:
            words = b""
            for block in answer.iter_bytes():
                words += block
                if len(words) > _BLOCK:
                    raise EndlessError
            problem = json.loads(words)
        if not isinstance(problem, dict):
            raise ValueError("no problem document")
        return to_error(answer.status_code, problem)

    def _connection(self) -> "tuple[httpx.Client, Watch]":
        import httpx

        own = self._own
        if not hasattr(own, "client"):
            own.watch = Watch(_TIMING, unstopped, 0)
            own.client = httpx.Client(
                transport=transport(self._server, own.watch),
                base_url=self._server.url,
                trust_env=False,
                follow_redirects=False,
            )
            self._open.add(own.client)
        return own.client, own.watch


def to_error(status: int, problem: Mapping[str, Any]) -> WorkbenchError:
    """The error of a problem document; its texts become single lines of bounded length."""
    code = str(problem.get("code"))
    if code == Cancelled.code:
        return Cancelled()
    title, hint = (_sentence(problem.get(key)) for key in ("title", "hint"))
    kind = _ERRORS.get(code, UsageError if status < 500 else LibraryUnreachableError)
    return kind(title or f"The server answered with the status {status}.", hint)


def _sentence(words: Any) -> str:
    """A server's text as one line that ends with punctuation; "" for none."""
    shown = words[:500] if isinstance(words, str) else ""
    # Control and bidirectional characters become spaces.
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in shown).split())
    return text if not text or text[-1] in ".?!”" else f"{text}."


def _sent(content: bytes | Iterable[bytes], watch: Watch) -> bytes | Iterator[bytes]:
    """The content in blocks; each restarts the timeout."""
    if isinstance(content, bytes):
        return content

    def blocks() -> Iterator[bytes]:
        for block in content:
            watch.heard()
            yield block

    return blocks()
