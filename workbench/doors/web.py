"""A library over HTTP: a route for each operation, OpenAPI 3.1, and `/mcp`.

Every request needs the token, except the page at `/`, which has no content of the library and asks
for the token. `Gate` checks host, origin, token and size first, so no web page reaches the server
through a browser (DNS rebinding, cross-site requests). No request reads local files: documents are
the body of `/v1/upload`, and files of calls go through `/v1/files` (`workbench.doors.files`).
"""

import asyncio
import base64
import contextlib
import dataclasses
import hashlib
import json
import logging
import os
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Connection

from workbench import paths
from workbench.asynchronous import AsyncLibrary, blocking, run_blocking
from workbench.doors.agents import Agents
from workbench.doors.files import IN_MEMORY, DiskFullError, Files, save
from workbench.doors.http_protocol import shows_token
from workbench.doors.redaction import problem, redact
from workbench.doors.rows import check_limit
from workbench.errors import UsageError, WorkbenchError
from workbench.jobs import Progress
from workbench.library.operations import OPERATIONS, Operation
from workbench.version import __version__

logger = logging.getLogger("workbench.doors")

#: Maximum bytes of a request, of an uploaded document, and of a file; of all together: `files`.
_MAX_BODY = 1 << 20
_MAX_UPLOAD = 256 << 20
_MAX_FILE = 2 << 30
#: Large documents added at the same time; each is held in memory.
_LARGE_AT_ONCE = 2
#: Requests that may wait or run; further ones get status 503.
_WAITING = 64
#: Seconds for the body of a request, and of a document.
_TIMEOUT, _UPLOAD_TIMEOUT = 30, 600
#: CPU and total seconds of a call that may run on the event loop; a busy machine takes longer in
#: total.
_QUICK, _UNHINDERED = 0.003, 0.03
#: Seconds between checks for disconnected clients, and between keep-alive events.
_POLL, _SIGN = 0.5, 15.0

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
#: Browser extensions, which the user installed; they need the token, too.
_EXTENSIONS = (b"moz-extension://", b"chrome-extension://", b"safari-web-extension://")
#: Texts of statuses from Starlette, and of those used twice.
_TITLES = {404: "There is nothing at this address.", 405: "This address takes no such request."}
_HINTS = {
    404: "See /openapi.json.",
    405: "Send {Allow} instead.",
    413: "Send less at once.",
}

#: Answers a request, given its body.
Work = Callable[..., Awaitable[Any]]


class Gate:
    """Admits requests that have the token, name this server as host, and come from no web page.

    Limits the size of bodies, and the time to send them. `names` are hosts accepted besides those
    of this machine.
    """

    def __init__(self, app: ASGIApp, token: str, names: tuple[str, ...], counter: Counter) -> None:
        self._app = app
        self._count = counter
        self._token = token.encode()
        self._names = {*_LOOPBACK, *(name.lower() for name in names)}

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload, limit = scope["path"] == "/v1/upload", _MAX_BODY
        if is_upload:
            limit = _MAX_UPLOAD
        elif scope["method"] == "PUT" and scope["path"].startswith("/v1/files/"):
            is_upload, limit = True, _MAX_FILE
        is_page = scope["path"] == "/" and scope["method"] in ("GET", "HEAD")
        problem_response = self._reject(scope["headers"], limit, is_page)
        if problem_response is not None:
            self._count.labels(problem_response.status_code).inc()
            await problem_response(scope, receive, send)
            return
        received, deadline = 0, time.monotonic() + (_UPLOAD_TIMEOUT if is_upload else _TIMEOUT)
        complete = False

        async def limited() -> Message:
            nonlocal received, complete
            async with asyncio.timeout(None if complete else deadline - time.monotonic()):
                message = await receive()
            complete = not message.get("more_body")
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, f"That is more than {limit >> 20} MB.")
            return message

        await self._app(scope, limited, send)

    def _reject(
        self, headers: list[tuple[bytes, bytes]], limit: int, is_page: bool
    ) -> Response | None:
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or _host(hosts[0].decode("latin-1")) not in self._names:
            return refusal(421, "This server has another name.", "Its option --name adds names.")
        headers_by_name = dict(headers)
        extra = (b"", b"http://" + hosts[0], b"https://" + hosts[0])
        origins = [value for name, value in headers if name == b"origin"]
        if not all(item in extra or item.startswith(_EXTENSIONS) for item in origins):
            return refusal(403, "Other web pages may not use this server.", "Use its page at /.")
        if is_page:
            return None
        if not shows_token(headers, self._token):
            return refusal(
                401, "The token is missing or wrong.",
                "Send “Authorization: Bearer TOKEN” with that of the file which the server names.",
                {"WWW-Authenticate": "Bearer"},
            )  # fmt: skip
        size = headers_by_name.get(b"content-length", b"0")
        if size.isdigit() and int(size) > limit:
            return refusal(413, f"That is more than {limit >> 20} MB.", _HINTS[413])
        return None


def refusal(
    status: int, title: str, hint: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """A problem document (RFC 9457) as response."""
    return _problem(status, {"title": title, "hint": hint, "code": "refused"}, headers)


def application(
    library: AsyncLibrary,
    token: str,
    names: tuple[str, ...] = (),
    more: Callable[["Desk"], tuple[Route, ...]] = lambda _desk: (),
    *,
    everything: bool = False,
    connections: int = 200,
) -> ASGIApp:
    """The ASGI application of an open library, with `more` routes.

    Agents get `everything`, or the five default tools. Of so many `connections` half may be streams
    of events, and a quarter requests whose body is still on its way.
    """
    agents = Agents(library, everything=everything)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await desk.watch()
        async with agents.running():
            yield

    desk = Desk(library, connections)
    page = (paths.resources() / "web" / "index.html").read_bytes()

    async def front_page(_request: Request) -> Response:
        return Response(page, media_type="text/html", headers=_page_headers(page))

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(desk.metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def health(_request: Request) -> Response:
        return _answer(_json({"ok": True}))

    async def describe(_request: Request) -> Response:
        description = {"service": "engram-workbench", "version": __version__, "id": library.id}
        return _answer(_json({**description, "read_only": library.read_only}))

    async def document(_request: Request) -> Response:
        return _answer(await asyncio.to_thread(_described, library.read_only))

    async def wrong(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = _TITLES.get(error.status_code, error.detail.rstrip(".") + ".")
        hint = _HINTS.get(error.status_code, "Try again.").format(**(error.headers or {}))
        return refusal(error.status_code, title, hint, error.headers)

    async def fault(_request: Request, _error: Exception) -> Response:
        # Starlette raises it again for the log.
        return refusal(500, "Something went wrong in the workbench.", "Its log says what.")

    routed = Starlette(
        routes=[
            Route("/v1/events", desk.events),
            Route("/v1/upload", desk.upload, methods=["POST"]),
            Route("/v1/files/{key}", desk.folder, methods=["GET", "DELETE"]),
            Route("/v1/files/{key}/{name:path}", desk.file, methods=["GET", "PUT"]),
            Route("/v1/{name:path}", desk.operate, methods=["POST"]),
            Route("/", front_page),
            Route("/healthz", health),
            Route("/metrics", metrics),
            Route("/openapi.json", document),
            Route("/v1", describe),
            Route("/mcp", agents),
            *more(desk),
        ],
        exception_handlers={HTTPException: wrong, Exception: fault},
        lifespan=lifespan,
    )
    return Gate(routed, token, names, desk.metrics.refused)


class Metrics:
    """Prometheus metrics of a server's requests."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.took = Histogram(
            "workbench_request_seconds", "Seconds until an answer began.", ["operation", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.at_work = Gauge(
            "workbench_requests_at_work", "Requests that wait or run.", registry=self.registry
        )
        self.refused = Counter(
            "workbench_requests_refused", "Requests that were not let in.", ["status"],
            registry=self.registry,
        )  # fmt: skip


class Share:
    """A share of the connections: where there are more, the oldest is ended."""

    def __init__(self, limit: int) -> None:
        self._limit = max(1, limit)
        self._ends: dict[object, Callable[[], object]] = {}

    @contextlib.contextmanager
    def one(self, end: Callable[[], object]) -> Iterator[None]:
        """Take part within the block; `end` is called if this is the oldest of too many."""
        mine = object()
        self._ends[mine] = end
        while len(self._ends) > self._limit:
            self._ends.pop(next(iter(self._ends)))()
        try:
            yield
        finally:
            self._ends.pop(mine, None)


class Desk:
    """Answers requests from one library, a limited number at a time."""

    def __init__(self, library: AsyncLibrary, connections: int) -> None:
        """`library` must be open. For `connections` see `application`."""
        self.library = library
        self._streams = Share(connections // 2)
        self._arriving = Share(connections // 4)
        self.metrics = Metrics()
        #: Operations whose last call was faster than a switch to a thread.
        self._quick: set[str] = set()
        self._files = Files(library.id)
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._at_work = 0
        self.metrics.at_work.set_function(lambda: self._at_work)

    async def operate(self, request: Request) -> Response:
        """Run the operation of the URL with the arguments in the body."""
        operation = OPERATIONS.get(request.path_params["name"].replace("/", "."))
        if operation is None:
            return refusal(404, "There is no such operation.", "See /openapi.json.")
        if operation.effect != "read" and self.library.read_only:
            return read_only_refusal()

        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return refusal(415, "Send JSON.", "Set “Content-Type: application/json”.")

        async def work(content: bytes, **here: Any) -> Any:
            arguments = operation.checked(content)
            if self.library.read_only and operation.writes(arguments):
                raise UsageError("This server only reads.", "Its owner can start it with --write.")
            check_limit(arguments)
            parameter = operation.sends or operation.fetches
            if parameter:
                name = str(arguments[parameter])
                arguments[parameter] = str(await asyncio.to_thread(self._files.place, name))
                return _without_place(await operation.of(self.library)(**arguments, **here), name)
            if operation.effect != "read":
                try:
                    return await operation.of(self.library)(**arguments, **here)
                finally:
                    # After a write the next read updates caches, and is slow.
                    self._quick.clear()
            if operation.long:
                return await operation.of(self.library)(**arguments, **here)
            if operation.name in self._quick:
                return self._timed(operation, arguments)
            return await run_blocking(self.library, self._timed, operation, arguments)

        return await self.respond(request, operation, work)

    def _timed(self, operation: Operation, arguments: Mapping[str, Any]) -> Any:
        """Run a call on this thread, and record whether it is quick."""
        started, worked = time.perf_counter(), time.thread_time()
        try:
            return operation.of(blocking(self.library))(**arguments)
        finally:
            quick = (
                time.thread_time() - worked < _QUICK and time.perf_counter() - started < _UNHINDERED
            )
            (self._quick.add if quick else self._quick.discard)(operation.name)

    async def watch(self) -> None:
        """Forget which calls are quick when others change the library: caches need an update."""
        await self.library.subscribe(lambda _topic: self._quick.clear())
        if not self.library.read_only and (await self.library.queue.summary()).left:
            # What was uploaded before the server was restarted.
            await self.library.queue.work()

    async def upload(self, request: Request) -> Response:
        """Add the document in the body; the query may have `title`, `collection` and `wait`.

        Unless the client asks to wait, or for progress, it is answered at once, and the document
        read in the background.
        """
        if self.library.read_only:
            return read_only_refusal()
        options = dict(request.query_params)
        if options.keys() - {"title", "collection", "wait"}:
            return refusal(
                422, "An upload has a title, a collection, and a stage to wait for.",
                "Leave out the rest.",
            )  # fmt: skip
        options.setdefault("wait", "verified" if _streams(request) else "queued")

        async def work(body: IO[bytes], **here: Any) -> Any:
            size = body.seek(0, os.SEEK_END)
            body.seek(0)
            async with self._large if size > IN_MEMORY else contextlib.nullcontext():
                content = await asyncio.to_thread(body.read)
                return await self.library.add_text(content, **options, **here)

        response = await self.respond(request, OPERATIONS["add_text"], work, spooled=True)
        at_once = options["wait"] == "queued" and not _streams(request)
        if at_once and response.status_code == 200:
            response.status_code = 202
        return response

    async def file(self, request: Request) -> Response:
        """Send a file that a call has written, or receive one that a call will read."""
        key, name = request.path_params["key"], request.path_params["name"]
        if request.method == "PUT":
            if self.library.read_only:
                return read_only_refusal()

            async def work(body: IO[bytes]) -> Any:
                target = await asyncio.to_thread(self._files.place, f"{key}/{name}")
                await asyncio.to_thread(save, body, target)
                return {}

            return await self.respond(request, None, work, spooled=True)
        try:
            path = self._files.existing(key, name)
        except WorkbenchError as error:
            return _error_response(error)
        return FileResponse(
            path, media_type="application/octet-stream", headers={"Cache-Control": "no-store"}
        )

    async def folder(self, request: Request) -> Response:
        """List the files that a call has written, or remove them."""
        key = request.path_params["key"]

        async def work(_content: bytes) -> Any:
            if request.method == "DELETE":
                await asyncio.to_thread(self._files.remove, key)
                return {}
            return {"files": await asyncio.to_thread(self._files.names, key)}

        return await self.respond(request, None, work)

    async def events(self, _request: Request) -> Response:
        """Changes of the library as server-sent events, until the client disconnects."""
        # Each topic is queued once, however slowly a client reads.
        waiting: dict[str, None] = {}
        fresh = asyncio.Event()

        def enqueue(topic: str) -> None:
            waiting[topic] = None
            fresh.set()

        leave = await self.library.subscribe(enqueue)
        ended = False

        def end() -> None:
            nonlocal ended
            ended = True
            fresh.set()

        async def changes() -> AsyncIterator[bytes]:
            try:
                with self._streams.one(end):
                    async for event in events():
                        yield event
            finally:
                leave()

        async def events() -> AsyncIterator[bytes]:
            yield b": connected\n\n"
            while True:
                await fresh.wait()
                if ended:
                    # It is the oldest of too many; its client connects again.
                    return
                fresh.clear()
                while waiting:
                    yield _event("change", waiting.popitem()[0])

        return _stream(changes(), {"Connection": "close"})

    async def respond(
        self, request: Request, operation: Operation | None, work: Work, *, spooled: bool = False
    ) -> Response:
        """The result of `work` as JSON, or its progress as server-sent events.

        `operation` describes the result; without one it is JSON already. `work` receives the body
        of the request, as a file if `spooled`.
        """
        started = time.perf_counter()
        response = await self._finish(request, operation, work, spooled)
        self.metrics.took.labels(operation.name if operation else "", response.status_code).observe(
            time.perf_counter() - started
        )
        return response

    async def _finish(
        self, request: Request, operation: Operation | None, work: Work, spooled: bool
    ) -> Response:
        task = asyncio.current_task()
        assert task is not None
        try:
            # What is on its way keeps nobody out: of too many the oldest is given up.
            with self._arriving.one(task.cancel):
                content = await (self._files.body(request) if spooled else request.body())
        except DiskFullError:
            return _busy("Too much is being sent at the same time.")
        except (WorkbenchError, TimeoutError, ClientDisconnect, asyncio.CancelledError) as error:
            return _error_response(error)
        if self._at_work >= _WAITING:
            return _busy("Too many requests at the same time.")
        self._at_work += 1
        try:
            if operation and operation.long and _streams(request):
                return _stream(self._progress(operation, partial(work, content)))
            doing = work(content)
            result = await (_watched(request, doing) if operation and operation.long else doing)
            return _answer(_result(operation, result) if operation else _json(result))
        except DiskFullError:
            return _busy("Too much is being sent at the same time.")
        except (WorkbenchError, TimeoutError, ClientDisconnect, asyncio.CancelledError) as error:
            return _error_response(error)
        finally:
            self._at_work -= 1

    async def _progress(self, operation: Operation, work: Work) -> AsyncIterator[bytes]:
        steps: asyncio.Queue[Progress | None] = asyncio.Queue()
        self._at_work += 1
        doing = asyncio.ensure_future(work(report=steps.put_nowait))
        doing.add_done_callback(lambda _: steps.put_nowait(None))
        try:
            yield b": begun\n\n"
            while not doing.done() or not steps.empty():
                try:
                    step = await asyncio.wait_for(steps.get(), _SIGN)
                except TimeoutError:
                    yield b": working\n\n"
                    continue
                if step is not None:
                    yield _event("progress", dataclasses.asdict(step))
            try:
                yield _event("result", json.loads(_result(operation, doing.result())))
            except (WorkbenchError, TimeoutError, asyncio.CancelledError) as error:
                yield _event("error", json.loads(bytes(_error_response(error).body)))
        finally:
            # The client disconnected: cancel its work.
            doing.cancel()
            self._at_work -= 1


async def _watched(request: Request, work: Awaitable[Any]) -> Any:
    """Await `work`; cancelled when the client disconnects."""
    doing = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait([doing], timeout=_POLL))[0]:
            if await request.is_disconnected():
                doing.cancel()
    finally:
        doing.cancel()
    return doing.result()


@cache
def _described(read_only: bool) -> bytes:
    return _json(openapi(read_only))


def openapi(read_only: bool) -> dict[str, Any]:
    """The OpenAPI 3.1 document of a server."""
    place = "#/components/schemas/{model}"
    schemas: dict[str, Any] = {
        "Problem": {
            "type": "object",
            "required": ["title"],
            "properties": {name: {"type": "string"} for name in ("title", "hint", "code")},
        }
    }
    fault = {
        "description": "Refused; the sentence says why.",
        "content": {
            "application/problem+json": {"schema": {"$ref": place.format(model="Problem")}}
        },
    }
    faults = {str(code): fault for code in (400, 401, 403, 404, 413, 415, 421, 422, 503)}
    paths: dict[str, Any] = {}
    for operation in OPERATIONS.values():
        if read_only and operation.effect != "read":
            continue
        takes = operation.takes.model_json_schema(ref_template=place)
        gives = operation.gives.json_schema(mode="serialization", ref_template=place)
        for schema in (takes, gives):
            schemas.update(schema.pop("$defs", {}))
        content = {"application/json": {"schema": gives}}
        if operation.long:
            content["text/event-stream"] = {"schema": {"type": "string"}}
        paths[f"/v1/{operation.name.replace('.', '/')}"] = {
            "post": {
                "operationId": operation.name,
                "summary": operation.summary,
                "description": operation.text,
                "tags": [operation.effect],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": takes}},
                },
                "responses": {"200": {"description": "Done.", "content": content}, **faults},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Engram Workbench", "version": __version__},
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def read_only_refusal() -> Response:
    """The response of a read-only server to writes."""
    return refusal(403, "This server only reads.", "Its owner can start it with --write.")


def _streams(request: Request) -> bool:
    """Whether the client asks for progress."""
    return "text/event-stream" in request.headers.get("accept", "")


def _busy(title: str) -> Response:
    return refusal(503, title, "Try again.", {"Retry-After": "1"})


def _without_place(result: Any, name: str) -> Any:
    """A result without the local folder of its file."""
    if hasattr(result, "place"):
        return dataclasses.replace(result, place=name.partition("/")[2])
    return dataclasses.replace(result, path=Path()) if hasattr(result, "path") else result


def _host(header: str) -> str:
    """The name in a Host header, without the port."""
    name, colon, port = header.lower().rpartition(":")
    return name if colon and (port.isdigit() or not port) else header.lower()


def _page_headers(page: bytes) -> Mapping[str, str]:
    """Security headers of the page: a policy that allows only its own inline script and style."""

    def allowed(name: bytes) -> str:
        matches = re.findall(rb"<%b>(.*?)</%b>" % (name, name), page, re.DOTALL)
        marks = (base64.b64encode(hashlib.sha256(item).digest()).decode() for item in matches)
        return " ".join(f"'sha256-{mark}'" for mark in marks)

    rules = (
        "default-src 'none'", f"script-src {allowed(b'script')}", f"style-src {allowed(b'style')}",
        "connect-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    )  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(rules), "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    }  # fmt: skip


def _result(operation: Operation, result: Any) -> bytes:
    if _names_files(operation):
        return _json(redact(operation.gives.dump_python(result, mode="json")))
    return operation.gives.dump_json(result)


@cache
def _names_files(operation: Operation) -> bool:
    """Whether a result may contain a file name."""
    described = json.dumps(operation.gives.json_schema(mode="serialization"))
    return any(f'"{word}"' in described for word in ("path", "locations", "additionalProperties"))


def _error_response(error: BaseException) -> Response:
    if isinstance(error, WorkbenchError):
        status, words = problem(error)
        return _problem(status, words, {"Retry-After": "2"} if status == 503 else None)
    # What still arrives of it would keep the connection.
    closing = {"Connection": "close"}
    return refusal(408, "The request did not arrive in time.", "Send it again.", closing)


def _problem(status: int, words: Mapping[str, str], headers: Mapping[str, str] | None) -> Response:
    return Response(
        _json(words), status, dict(headers or {}), media_type="application/problem+json"
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(content: bytes) -> Response:
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


def _event(kind: str, value: Any) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + _json(value) + b"\n\n"


def _stream(events: AsyncIterator[bytes], headers: Mapping[str, str] | None = None) -> Response:
    return StreamingResponse(
        events,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
