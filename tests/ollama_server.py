"""A server on loopback that speaks Ollama's protocol, with models that behave well and badly.

Its surface is that of Ollama's API (`/`, version, tags, show, ps, pull, chat, embed): streams as
lines of JSON, streamed unless told otherwise, errors as `{"error": ...}` with a status or, inside a
stream, as a line under status 200. One that `speaks` "openai" answers the paths of that protocol
instead (models, chat/completions, embeddings; events, and no path below `/api`), as llama.cpp, LM
Studio and vLLM do, with the same models behaving the same. What a model says comes from a table
that a test fills (`answers`), or from a function of the request, never from the code under test.
Every request is in `asked`. `NONSENSE` are ways to answer that no honest server has, for any path
(`nonsense`).
"""

import contextlib
import functools
import hashlib
import http.server
import json
import math
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.patience import seconds

Body = dict[str, Any]
#: What a model says to a request: its text, or what makes it of the request's body.
Says = str | Callable[[Body], str]

CREATED = "2026-01-01T00:00:00.000000Z"


@dataclass
class FakeModel:
    """One model, and how it behaves.

    `says` is what it answers when no passage of `answers` is in the prompt. `behaviour` is one of
    good, wrong (prose, whatever the schema), fenced, truncated (stops for length in mid-word),
    slow (waits `wait` seconds before each word), silent (never a word), thinking (thinks, then
    answers), only thinking (the answer where the thoughts belong), tagged (thoughts in the text),
    dying (drops the connection in mid-stream), error line, removed (is no model of the server any
    more in mid-stream), out of memory, endless, html, not json,
    wrong shape, busy, unfinished (the stream just ends); or what it sends without end after its
    words: spaces, no words, only thoughts, bare spaces (between two lines).
    """

    name: str
    behaviour: str = "good"
    says: Says = "Yes."
    capabilities: Sequence[str] | None = ("completion",)
    family: str = "llama"
    size: int = 2_000_000_000
    context: int = 32_768
    #: Tokens of a prompt that it was started to read, where it refuses longer ones.
    reads: int = 0
    dimension: int = 0
    wait: float = 0.0
    thoughts: str = "Let me see. "
    answers: dict[str, str] = field(default_factory=dict)
    vectors: Callable[[str], list[float]] | None = None
    languages: Sequence[str] = ()
    #: What names these very weights; made of the name where it is "".
    digest: str = ""
    #: How likely its first word is yes rather than no, where it tells that.
    yes: Callable[[Body], float] | None = None
    #: Where there is one, each piece of an answer waits until it is released for it.
    turns: threading.Semaphore | None = None


@dataclass(frozen=True)
class Asked:
    """One request: what was asked for and with what, and how many were in flight beside it."""

    path: str
    body: Body
    headers: Mapping[str, str]
    beside: int


class OllamaServer(http.server.ThreadingHTTPServer):
    """Answers from `models`; `pulls` are the models that can be fetched, with their layers."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, version: str = "0.12.3", tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.scheme = "https" if tls is not None else "http"
        self.version = version
        #: "ollama" or "openai"; of the latter, who owns its models and what it refuses.
        self.speaks, self.owner = "ollama", "llamacpp"
        self.forms: tuple[str, ...] = ("json_schema", "json_object")
        #: Of a provider: the key it wants, its own part of every path, and whether it refuses the
        #: usual name for the limit of an answer.
        self.key, self.prefix, self.reasons = "", "", False
        self.models: dict[str, FakeModel] = {}
        self.pulls: dict[str, list[int]] = {}
        #: What every path answers instead, where set: status, headers, body.
        self.instead: tuple[int, dict[str, str], bytes] | None = None
        #: The nonsense with which paths answer instead: the path, and a key of `NONSENSE`.
        self.nonsense: dict[str, str] = {}
        self.asked: list[Asked] = []
        #: Set when a client went away before it had everything.
        self.hung_up = threading.Event()
        #: Set when the server ends, so that those who wait inside it do not.
        self.over = threading.Event()
        self.in_flight: dict[str, int] = {}
        self.lock = threading.Lock()
        self._open: set[socket.socket] = set()

    @property
    def address(self) -> str:
        """What a person would write to reach it."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def add(self, *models: FakeModel) -> None:
        """Give it models."""
        for each in models:
            self.models[each.name] = each

    def asked_of(self, path: str) -> list[Body]:
        """The bodies of the requests of a path, in order."""
        with self.lock:
            return [each.body for each in self.asked if each.path == path]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self.lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def kill(self) -> None:
        """End as a killed program does: nothing listens, every connection is dropped."""
        self.over.set()
        self.shutdown()
        self.server_close()
        with self.lock:
            left = list(self._open)
        for each in left:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in mid-sentence is what some tests are about."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: OllamaServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        self._answer(json.loads(self.rfile.read(size) or b"{}"))

    def _answer(self, body: Body) -> None:
        server, name = self.server, str(body.get("model", ""))
        self._asked_of: str | None = name
        with server.lock:
            beside = server.in_flight.get(name, 0) if name else 0
            server.in_flight[name] = beside + 1
            server.asked.append(Asked(self.path, body, dict(self.headers), beside))
        try:
            if server.instead is not None:
                status, headers, content = server.instead
                self.send(status, content, headers)
            elif self.path in server.nonsense:
                self.close_connection = True
                NONSENSE[server.nonsense[self.path]](self)
            else:
                self._route(body)
        except (BrokenPipeError, ConnectionError):
            server.hung_up.set()
            self.close_connection = True
        finally:
            self._over()

    def _over(self) -> None:
        """In flight no more: said before the last bytes, for whoever has them goes on."""
        if self._asked_of is not None:
            with self.server.lock:
                self.server.in_flight[self._asked_of] -= 1
            self._asked_of = None

    def _route(self, body: Body) -> None:
        server = self.server
        if server.speaks == "openai":
            return self._openai(body)
        if self.path == "/":
            return self.send(200, b"Ollama is running", {"Content-Type": "text/plain"})
        if self.path == "/api/version":
            return self._json({"version": server.version})
        if self.path == "/api/tags":
            return self._json({"models": [_listed(each) for each in server.models.values()]})
        if self.path == "/api/ps":
            return self._json(
                {
                    "models": [
                        {"name": m, "model": m, "size": 100, "size_vram": 40} for m in server.models
                    ]
                }
            )
        if self.path == "/api/pull":
            return self._pull(body)
        model = server.models.get(str(body.get("model", "")))
        if self.path in ("/api/show", "/api/chat", "/api/embed"):
            if model is None:
                return self._error(404, f"model '{body.get('model')}' not found")
            if self.path == "/api/show":
                return self._json(_shown(model))
            if self.path == "/api/embed":
                return self._embed(model, body)
            return self._chat(model, body)
        return self.send(404, b"404 page not found", {"Content-Type": "text/plain"})

    def _openai(self, body: Body) -> None:
        server = self.server
        if server.key and self.headers.get("Authorization") != f"Bearer {server.key}":
            return self._refuse(401, f"Incorrect API key provided: {server.key[:3]}***")
        place = self.path.removeprefix(server.prefix)
        if place == "/v1/models":
            listed = [
                {"id": each.name, "object": "model", "owned_by": server.owner}
                | ({"meta": {"n_ctx_train": each.context}} if each.context else {})
                for each in server.models.values()
            ]
            return self._json({"object": "list", "data": listed})
        model = server.models.get(str(body.get("model", "")))
        if not place.startswith("/v1/") or not self.path.startswith(server.prefix):
            return self._refuse(404, "File Not Found")
        if model is None:
            return self._refuse(404, "The model was not found")
        if server.reasons and "max_tokens" in body:
            return self._refuse(400, "Unsupported parameter: use 'max_completion_tokens' instead.")
        if place == "/v1/embeddings":
            made = model.vectors or (lambda text: hashed(text, model.dimension or 8))
            vectors = [made(each) for each in body["input"]]
            data = [{"index": at, "embedding": each} for at, each in enumerate(vectors)]
            return self._json({"object": "list", "data": data[::-1]})
        form = body.get("response_format", {}).get("type", server.forms[0])
        if form not in server.forms:
            return self._refuse(422, f"Input should be 'json_object': response_format {form}")
        if model.reads and sum(len(e["content"]) // 4 for e in body["messages"]) > model.reads:
            return self._refuse(
                400, f"Requested tokens (99999) exceed context window of {model.reads}"
            )
        return self._chat(model, body)

    def _refuse(self, status: int, text: str) -> None:
        body = json.dumps({"error": {"message": text, "type": "invalid_request_error"}}).encode()
        self.send(status, body, {"Content-Type": "application/json"})

    def _embed(self, model: FakeModel, body: Body) -> None:
        if model.capabilities is not None and "embedding" not in model.capabilities:
            return self._error(400, f'"{model.name}" does not support embeddings')
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        if model.behaviour == "wrong shape":
            return self._json({"model": model.name, "embeddings": [[0.5, 0.5], [1.0]]})
        if model.behaviour == "dying":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        made = model.vectors or (lambda text: hashed(text, model.dimension or 8))
        return self._json(
            {
                "model": model.name,
                "embeddings": [made(each) for each in texts],
                "prompt_eval_count": sum(len(each.split()) for each in texts),
            }
        )

    def _pull(self, body: Body) -> None:
        name = str(body.get("model", ""))
        layers = self.server.pulls.get(name)
        with self.lines() as line:
            line({"status": "pulling manifest"})
            if layers is None:
                return line({"error": "pull model manifest: file does not exist"})
            for number, size in enumerate(layers):
                for part in range(5):
                    line(
                        {
                            "status": f"pulling {number:012x}",
                            "digest": f"sha256:{number:064x}",
                            "total": size,
                            "completed": size * part // 4,
                        }
                    )
                    if self.server.over.wait(0.02):
                        return None
            self.server.add(FakeModel(name, size=sum(layers)))
            return line({"status": "success"})

    def _chat(self, model: FakeModel, body: Body) -> None:
        if body.get("think") and "thinking" not in (model.capabilities or ()):
            return self._error(400, f'"{model.name}" does not support thinking')
        if model.capabilities is not None and "completion" not in model.capabilities:
            return self._error(400, f'"{model.name}" does not support chat')
        whole = {
            "out of memory": (
                500,
                "model requires more system memory (18.4 GiB) than is available",
            ),
            "busy": (503, "server busy, please try again.  maximum pending requests exceeded"),
        }
        if model.behaviour in whole:
            return self._error(*whole[model.behaviour])
        if model.behaviour == "html":
            page = b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
            return self.send(502, page, {"Content-Type": "text/html"})
        if body.get("logprobs") and model.yes is not None and model.behaviour == "good":
            return self._json(self._likely(model.yes(body)))
        if body.get("stream", True):
            with self.lines() as line:
                return self._stream(model, body, line)
        parts: list[Body] = []
        self._stream(model, body, parts.append)
        text = "".join(each["message"]["content"] for each in parts)
        return self._json({**parts[-1], "message": {"role": "assistant", "content": text}})

    def _likely(self, yes: float) -> Body:
        """The answer of one token in the form of either protocol, with what it might have been."""
        told = sorted((("Yes", math.log(yes)), (" no", math.log(1 - yes))), key=lambda row: -row[1])
        top = [{"token": token, "logprob": logarithm} for token, logarithm in told]
        first = {**top[0], "top_logprobs": top}
        message = {"role": "assistant", "content": top[0]["token"]}
        if self.server.speaks == "openai":
            choice = {"index": 0, "message": message, "logprobs": {"content": [first]}}
            return {"choices": [choice]}
        return {"message": message, "done": True, "logprobs": [first]}

    def _stream(self, model: FakeModel, body: Body, line: Callable[[Any], None]) -> None:
        behaviour, over = model.behaviour, self.server.over

        def say(content: str, thinking: str = "") -> None:
            message: Body = {"role": "assistant", "content": content}
            if thinking:
                message["thinking"] = thinking
            line({"model": model.name, "created_at": CREATED, "message": message, "done": False})

        text = _text(model, body)
        words = [text[at : at + 12] for at in range(0, len(text), 12)]
        if behaviour == "silent":
            over.wait(seconds(30))
            return
        if behaviour == "endless":
            while not over.is_set():
                say("more and more and " * 50)
            return
        without_end: dict[str, Callable[[], None]] = {
            "spaces": lambda: say(" "),
            "no words": lambda: say(""),
            "only thoughts": lambda: say("", model.thoughts),
            "bare spaces": lambda: line(b" "),
        }
        if behaviour in without_end:
            say(text)
            while not over.wait(model.wait):
                without_end[behaviour]()
            return
        if behaviour == "not json":
            line(b"this is no JSON\n")
            return
        if behaviour == "wrong shape":
            line(["a", "list"])
            return
        if behaviour in ("thinking", "only thinking") and body.get("think") is not False:
            say("", model.thoughts)
        if behaviour == "only thinking":
            say("", text)
            words = []
        if behaviour == "tagged":
            words = ["<thi", "nk>" + model.thoughts, "</thin", "k>\n", *words]
        cut = behaviour in ("truncated", "dying", "error line", "removed", "unfinished")
        for word in words[: (len(words) + 1) // 2] if cut else words:
            if model.wait and over.wait(model.wait):
                return
            while model.turns is not None and not model.turns.acquire(timeout=0.05):
                if over.is_set():
                    return
            say(word)
        if behaviour == "dying":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if behaviour == "error line":
            line({"error": "an error was encountered while running the model: CUDA error"})
            return
        if behaviour == "removed":
            del self.server.models[model.name]
            line({"error": f"model '{model.name}' not found"})
            return
        if behaviour == "unfinished":
            return
        context = int(body.get("options", {}).get("num_ctx", 4096))
        tokens = sum(len(each["content"]) // 4 + 1 for each in body["messages"])
        line(
            {
                "model": model.name,
                "created_at": CREATED,
                "message": {"role": "assistant", "content": ""},
                "done": True,
                "done_reason": "length" if behaviour == "truncated" else "stop",
                "prompt_eval_count": min(tokens, context),
                "eval_count": len(words),
                "total_duration": 1_000_000,
            }
        )

    @contextmanager
    def lines(self) -> Iterator[Callable[[Any], None]]:
        """A stream of lines of JSON in chunks, as Go's server sends them."""
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

        def line(value: Any) -> None:
            data = value if isinstance(value, bytes) else json.dumps(value).encode() + b"\n"
            if self.server.speaks == "openai" and isinstance(value, dict):
                data = _event(value)
            if isinstance(value, dict) and value.get("done"):
                self._over()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

        yield line
        with contextlib.suppress(OSError):
            self.wfile.write(b"0\r\n\r\n")

    def _json(self, value: Any) -> None:
        self.send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _error(self, status: int, text: str) -> None:
        body = json.dumps({"error": text}).encode()
        self.send(status, body, {"Content-Type": "application/json"})

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._over()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@functools.cache
def _packed(size: int) -> bytes:
    """A gzip file of braces with so many blanks between."""
    pack = zlib.compressobj(1, wbits=31)
    block = b" " * 1_000_000
    parts = [pack.compress(b"{"), *(pack.compress(block) for _ in range(size // len(block)))]
    return b"".join([*parts, pack.compress(b"}"), pack.flush()])


def _raw(handler: _Handler, *parts: bytes) -> None:
    for part in parts:
        handler.wfile.write(part)


def _for_ever(handler: _Handler, begin: bytes, part: bytes, wait: float = 0.0) -> None:
    """Begin, and never stop: as long as the client and the server are there."""
    _raw(handler, begin)
    while not handler.server.over.wait(wait):
        _raw(handler, part)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_JSON = {"Content-Type": "application/json"}
_PIECE = b'{"model":"m","created_at":"2026-01-01T00:00:00Z","done":false,"message":'
#: What a server that is broken or means harm may answer, by what is wrong with it.
NONSENSE: Mapping[str, Callable[[_Handler], None]] = {
    "deep": lambda h: h.send(200, b"[" * 3_000_000, _JSON),
    "deep in lines": lambda h: h.send(200, b"[\n" * 1_500_000, _JSON),
    "deep objects": lambda h: h.send(200, b'{"a":' * 600_000 + b"1" + b"}" * 600_000, _JSON),
    "deep error": lambda h: h.send(500, b'{"error":' + b"[" * 3_000_000, _JSON),
    "deep line": lambda h: _raw(h, _CHUNKED, _chunk(_PIECE + b"[" * 900_000 + b"\n")),
    "quotes": lambda h: h.send(200, b'{"a":"' + b'[\\"' * 900_000, _JSON),
    "packed": lambda h: h.send(200, _packed(60_000_000), {**_JSON, "Content-Encoding": "gzip"}),
    "packed twice": lambda h: _raw(
        h, _OK, b"Content-Encoding: identity\r\nContent-Encoding: deflate\r\n\r\n", b"{}"
    ),
    "odd charset": lambda h: h.send(
        200, zlib.compress(b" " * 9_000_000), {"Content-Type": "application/json; charset=zlib"}
    ),
    "endless": lambda h: _for_ever(h, _CHUNKED, _chunk(b'{"models":[]} ' * 4000)),
    "endless line": lambda h: _for_ever(
        h, _CHUNKED + _chunk(_PIECE + b'{"content":"'), _chunk(b"more and more " * 4000)
    ),
    "endless lines": lambda h: _for_ever(
        h, _CHUNKED, _chunk((_PIECE + b'{"role":"assistant"}}\n') * 400)
    ),
    "endless error": lambda h: _for_ever(
        h, _CHUNKED.replace(b"200 OK", b"500 No"), _chunk(b"model " * 9000)
    ),
    "drip": lambda h: _for_ever(h, _OK + b"Content-Length: 900\r\n\r\n", b" ", 0.02),
    "dripping header": lambda h: _for_ever(h, _OK + b"X-Slow: ", b"a", 0.02),
    "huge header": lambda h: _raw(h, _OK, b"X-Huge: " + b"a" * 5_000_000, b"\r\n\r\n{}"),
    "endless headers": lambda h: _for_ever(h, _OK, b"X-More: and more\r\n" * 1000),
    "not yet for ever": lambda h: _for_ever(h, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "long length": lambda h: _raw(h, _OK, b"Content-Length: 9000000000\r\n\r\n{}"),
    "short length": lambda h: _raw(h, _OK, b'Content-Length: 3\r\n\r\n{"version": "1.0.0"}'),
    "two lengths": lambda h: _raw(h, _OK, b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
    "no length": lambda h: _raw(h, _OK, b"Content-Length: -1\r\n\r\n{}"),
    "odd chunks": lambda h: _raw(h, _CHUNKED, b"zz\r\n{}\r\n"),
    "huge chunk": lambda h: _raw(h, _CHUNKED, b"f" * 300 + b"\r\n{}"),
    "nothing": lambda h: None,
    "no header": lambda h: _raw(h, b"\x00\x01\x02\r\n\r\n"),
    "zeros": lambda h: h.send(200, b"\x00" * 1_000_000, _JSON),
    "zeros in JSON": lambda h: h.send(200, b'{"version": "1\x00", "models": \x00}', _JSON),
    "huge number": lambda h: h.send(200, b'{"version": ' + b"9" * 1_000_000 + b"}", _JSON),
    "huge version": lambda h: h.send(200, b'{"version": "' + b"9" * 90_000 + b'"}', _JSON),
    "no number": lambda h: h.send(200, b'{"version": NaN, "models": -Infinity}', _JSON),
    "elsewhere": lambda h: h.send(302, b"", {"Location": "http://192.0.2.1/"}),
    "in circles": lambda h: h.send(307, b"", {"Location": h.path}),
    "teapot": lambda h: h.send(418, b"\x1b]52;c;aGk=\x07", {}),
}

#: Those that end by the clock alone.
SLOW = frozenset(
    (
        *("drip", "dripping header", "endless", "endless error", "endless headers"),
        *("endless lines", "not yet for ever"),
    )
)


def _text(model: FakeModel, body: Body) -> str:
    prompt = "\n".join(each["content"] for each in body["messages"])
    found = next((answer for key, answer in model.answers.items() if key in prompt), None)
    if found is None:
        found = model.says if isinstance(model.says, str) else model.says(body)
    if model.behaviour == "wrong":
        return "I am sorry, but I would rather tell you about the weather."
    if model.behaviour == "fenced":
        return f"Here is what you asked for:\n```json\n{found}\n```\nI hope that this helps!"
    return found


def _event(line: Body) -> bytes:
    """A line of Ollama's stream as events of OpenAI's."""
    told: list[Body]
    if "error" in line:
        told = [{"error": {"message": line["error"], "type": "server_error"}}]
    elif line["done"]:
        usage = {
            "prompt_tokens": line["prompt_eval_count"], "completion_tokens": line["eval_count"]
        }  # fmt: skip
        told = [
            {"choices": [{"index": 0, "delta": {}, "finish_reason": line["done_reason"]}]},
            {"choices": [], "usage": usage},
        ]
    else:
        said = line["message"]
        delta = {"content": said["content"] or None, "reasoning_content": said.get("thinking")}
        told = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}]
    end = b"data: [DONE]\n\n" if line.get("done") else b""
    return b"".join(b"data: " + json.dumps(each).encode() + b"\n\n" for each in told) + end


def _listed(model: FakeModel) -> Body:
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": CREATED,
        "size": model.size,
        "digest": model.digest or hashlib.sha256(model.name.encode()).hexdigest(),
        "details": _details(model),
    }


def _shown(model: FakeModel) -> Body:
    about: Body = {
        "general.architecture": model.family,
        f"{model.family}.context_length": model.context,
    }
    if model.dimension:
        about[f"{model.family}.embedding_length"] = model.dimension
    if model.languages:
        about["general.languages"] = list(model.languages)
    shown: Body = {"details": _details(model), "model_info": about, "template": "{{ .Prompt }}"}
    if model.capabilities is not None:
        shown["capabilities"] = list(model.capabilities)
    return shown


def _details(model: FakeModel) -> Body:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": "3.2B",
        "quantization_level": "Q4_K_M",
    }


def hashed(text: str, dimension: int) -> list[float]:
    """A vector of the words of a text: texts that share words are near."""
    numbers = [0.0] * dimension
    for word in text.lower().split():
        place = int.from_bytes(hashlib.blake2b(word.strip(".,?!").encode()).digest()[:4], "little")
        numbers[place % dimension] += 1.0
    return numbers if any(numbers) else [1.0] + [0.0] * (dimension - 1)


@contextmanager
def ollama_server(
    *models: FakeModel, version: str = "0.12.3", tls: ssl.SSLContext | None = None
) -> Iterator[OllamaServer]:
    """A server that runs for as long as the block, or until it is killed."""
    server = OllamaServer(version, tls)
    server.add(*models)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.kill()
        thread.join()
        until = time.monotonic() + seconds(20)
        # Those who answer still end by themselves; nobody should wait for them longer.
        while any(server.in_flight.values()) and time.monotonic() < until:
            time.sleep(0.01)
