"""The interface to model servers: their models, chat, and embeddings.

Two protocols are detected: Ollama's (`ingest.models.ollama`) and OpenAI's, which llama.cpp, LM
Studio and vLLM share (`ingest.models.openai`). Every function takes a `Server` from `reach` and
raises only `ModelError`, besides the errors of `check()`, which is called some twenty times a
second while waiting, and closes the connection.
"""

import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import Protocol

from ingest.errors import ModelError
from ingest.models import ollama, openai
from ingest.models.address import server_address, spellings
from ingest.models.failures import capitalised, failures
from ingest.models.records import (
    ChatRequest,
    EmbeddingRequest,
    Loaded,
    Model,
    Part,
    Pulled,
    Reply,
    Server,
    word,
)
from ingest.models.watched import Timing, Watch
from ingest.records import Check

# -- turns ----------------------------------------------------------------------------------------
# Limits the concurrent requests of a model, which would slow both down, or load it twice. Requests
# that a user waits for precede those of background work.


#: Seconds between checks for cancellation while waiting.
_POLL = 0.05


class _Gate:
    def __init__(self) -> None:
        self.inside = 0
        self.urgent = 0


_gates: dict[str, _Gate] = {}
_changed = threading.Condition()


@contextmanager
def turn(
    key: str, check: Callable[[], None], *, parallel: int = 1, patient: bool = False
) -> Iterator[None]:
    """Hold the turn of `key` for the block.

    `patient` callers let others pass. `check()` may raise while waiting.
    """
    with _changed:
        gate = _gates.setdefault(key, _Gate())
        gate.urgent += not patient
        try:
            while gate.inside >= parallel or (patient and gate.urgent):
                check()
                _changed.wait(_POLL)
        finally:
            gate.urgent -= not patient
        gate.inside += 1
    try:
        yield
    finally:
        with _changed:
            gate.inside -= 1
            _changed.notify_all()


# -- serving ----------------------------------------

# -- thoughts -------------------------------------------------------------------------------------
# Separates the reasoning in a model's output from its answer. Newer servers send it in a field of
# its own; with older ones, and some models, the answer begins with `<think> … </think>`. A tag may
# be split between pieces.


_OPEN, _CLOSE = "<think>", "</think>"
#: Characters of reasoning that are kept.
_LIMIT = 100_000


class Thoughts:
    """Splits a stream; `text` is the answer, `thinking` the reasoning."""

    def __init__(self) -> None:
        self.text = ""
        self.thinking = ""
        #: Characters of both.
        self.letters = 0
        self._held = ""
        self._state = "begin"
        self._parts: list[str] = []

    def hear(self, content: str, reasoning: str = "") -> str:
        """Add a piece; returns the part of the answer that can be displayed now."""
        self.letters += len(content) + len(reasoning)
        self._record(reasoning)
        if self._state == "answer":
            return self._answer(content)
        self._held += content
        if self._state == "begin":
            started = self._held.lstrip()
            if not started or (_OPEN.startswith(started) and started != _OPEN):
                return ""
            if not started.startswith(_OPEN):
                return self._release()
            self._state, self._held = "thinking", started[len(_OPEN) :]
        inside, closed, after = self._held.partition(_CLOSE)
        if not closed:
            return ""
        self._record(inside)
        self._held = after.lstrip()
        return self._release()

    def end(self) -> str:
        """End the stream; returns the rest of the answer."""
        visible = ""
        if self._state == "begin":
            visible = self._release()
        elif self._state == "thinking":
            self._record(self._held)
        self.text = "".join(self._parts)
        return visible

    def _record(self, reasoning: str) -> None:
        if reasoning and len(self.thinking) < _LIMIT:
            self.thinking += reasoning

    def _release(self) -> str:
        pending, self._held, self._state = self._held, "", "answer"
        return self._answer(pending)

    def _answer(self, content: str) -> str:
        if content:
            self._parts.append(content)
        return content


# -- serving ----------------------------------------

#: Characters of an answer, and bytes of it and of one of its lines, above which it is endless.
_LETTERS, _BYTES, _LINE = 200_000, 40_000_000, 1_000_000
#: The same limits of any other response, of download progress, and of one vector.
_OTHER, _REPORT, _VECTOR = 16_000_000, 1_000_000_000, 16_384 * 32
#: The largest number in a vector.
_FLOAT = 1e30
_UNFIT = re.compile("[\x00\ud800-\udfff]")
#: Timeouts of requests that need no model.
QUICK = Timing(connect=2.0, first=10.0, between=10.0, total=60.0)
#: Timeouts of a chat that somebody waits for. Before the first token a model may have to be loaded
#: and reads the prompt, which takes a slow machine a minute or two.
ANSWER = Timing(first=120.0, between=30.0, total=600.0)
#: Errors of Ollama's version request from servers that may implement OpenAI's protocol.
_NO_OLLAMA = frozenset(("old", "foreign", "answer", "refused", "missing", "key"))


class _Wire(Protocol):
    """A protocol: one request per method, errors as `ModelError`."""

    def rows(self, server: Server, watch: Watch) -> dict[str, Model]: ...

    def describe(self, server: Server, model: Model, watch: Watch) -> Model: ...

    def loaded(self, server: Server, watch: Watch) -> list[Loaded]: ...

    def parts(
        self, server: Server, request: ChatRequest, watch: Watch
    ) -> Generator[Part, None, None]: ...

    def first_tokens(
        self, server: Server, request: ChatRequest, watch: Watch
    ) -> dict[str, float] | None: ...

    def pulled(self, server: Server, name: str, watch: Watch) -> Generator[Pulled, None, None]: ...

    def vectors(
        self, server: Server, request: EmbeddingRequest, watch: Watch
    ) -> list[list[float]]: ...


def _wire(server: Server) -> _Wire:
    return openai if server.protocol == openai.PROTOCOL else ollama


def go_on() -> None:
    """A check that never cancels."""


def reach(
    text: str = "",
    *,
    beyond: bool = False,
    key: str = "",
    check: Check = go_on,
    timing: Timing = QUICK,
) -> Server:
    """Find the server at an address ("" for the default), also under synonyms of this machine.

    With a `key` it is a provider of OpenAI's protocol, and asked nothing else. Raises
    `AddressError` for another machine without `beyond`, before anything is sent, and `ModelError`
    if no server, or too old an Ollama, answers.
    """
    if key:
        return openai.find(server_address(text, beyond=beyond), Watch(timing, check, _OTHER), key)
    problem: ModelError | None = None
    for address in spellings(server_address(text, beyond=beyond)):
        try:
            return ollama.find(address, Watch(timing, check, 1_000_000))
        except ModelError as error:
            if error.reason in _NO_OLLAMA and not error.message.endswith("too old."):
                with suppress(ModelError):
                    return openai.find(address, Watch(timing, check, _OTHER))
            if problem is None or (problem.reason == "absent" != error.reason):
                problem = error
            if error.reason == "slow":
                # It was reached; a synonym would time out as well.
                break
    assert problem is not None
    raise problem


def models(server: Server, *, check: Check = go_on, timing: Timing = QUICK) -> list[Model]:
    """The models of a server, by name, with capabilities."""
    deadline = time.monotonic() + timing.total
    rows = _wire(server).rows(server, Watch(timing, check, _OTHER))
    # After the time limit the rest are only named.
    return [
        _described(server, rows[name], check, timing) if time.monotonic() < deadline else rows[name]
        for name in sorted(rows)
    ]


def model(server: Server, name: str, *, check: Check = go_on, timing: Timing = QUICK) -> Model:
    """The details of a model. Raises `ModelError` (missing) if it does not exist."""
    rows = _wire(server).rows(server, Watch(timing, check, _OTHER))
    # A name without a tag means the tag "latest".
    row = rows.get(name) or rows.get(f"{name}:latest") or Model(name, 0)
    return _wire(server).describe(server, replace(row, name=name), Watch(timing, check, _OTHER))


def _described(server: Server, model: Model, check: Check, timing: Timing) -> Model:
    """A listed model with details; without, if these are invalid."""
    try:
        return _wire(server).describe(server, model, Watch(timing, check, _OTHER))
    except ModelError as error:
        if error.reason in ("absent", "slow"):
            raise
        return model


def loaded(server: Server, *, check: Check = go_on, timing: Timing = QUICK) -> list[Loaded]:
    """The models in memory; none if unknown."""
    return _wire(server).loaded(server, Watch(timing, check, _OTHER))


def chat(
    server: Server,
    request: ChatRequest,
    *,
    timing: Timing | None = None,
    check: Check = go_on,
    parallel: int = 1,
    patient: bool = False,
) -> Iterator[str | Reply]:
    """Stream the answer of a model, and finally one `Reply` with all of it.

    Reasoning is switched off if possible, and separated otherwise. Waits for other requests of this
    model; `parallel` may join them, and a `patient` one lets others pass. Closing the generator
    ends the request.
    """
    timing, of = timing or ANSWER, request.of
    context = min(request.context, of.context or request.context)
    request = replace(request, context=context)
    with turn(f"{server.address.url} {of.name}", check, parallel=parallel, patient=patient):
        started = time.monotonic()
        first = 0.0
        thoughts, final = Thoughts(), None
        limited = False
        watch = Watch(timing, check, _BYTES, _LINE)
        with closing(_parts(server, request, watch)) as pieces:
            for part in pieces:
                final = part
                content, reasoning = text_of(part.content), text_of(part.reasoning)
                if content or reasoning:
                    first = first or time.monotonic() - started
                if piece := thoughts.hear(content, reasoning):
                    # Nobody waits for white space and reasoning.
                    if piece.strip():
                        watch.heard()
                    yield piece
                if limited := thoughts.letters > _LETTERS:
                    break
                if part.done:
                    break
        if piece := thoughts.end():
            yield piece
        if final is None or not (final.done or limited):
            raise ModelError(
                "broke",
                f"{capitalised(server.name)} broke off in the middle of the answer of “{of.name}”.",
                f"Retry it; if it happens again, restart {server.name}.",
            )
        words = sum(len(message.content.split()) for message in request.messages)
        asked = _count(final.prompt_tokens)
        yield Reply(
            thoughts.text,
            "limit" if limited else word(final.reason) or "stop",
            asked,
            _count(final.answer_tokens),
            context,
            # A token has at least one character, and a word mostly one token.
            (asked is not None and asked >= context - 1) or words > context,
            thoughts.thinking,
            first,
            time.monotonic() - started,
        )


def _parts(server: Server, request: ChatRequest, watch: Watch) -> Generator[Part, None, None]:
    """The parts of an answer; closing it closes the connection."""
    with closing(_wire(server).parts(server, request, watch)) as parts:
        while True:
            with failures(server.address, request.of.name, server.name):
                part = next(parts, None)
            if part is None:
                return
            yield part


def first_tokens(
    server: Server,
    request: ChatRequest,
    *,
    timing: Timing | None = None,
    check: Check = go_on,
    patient: bool = False,
) -> dict[str, float] | None:
    """The likeliest first tokens of an answer with the logarithms of their probabilities.

    None if the server does not tell them.
    """
    of = request.of
    request = replace(request, context=min(request.context, of.context or request.context))
    with turn(f"{server.address.url} {of.name}", check, patient=patient):
        watch = Watch(timing or ANSWER, check, _OTHER)
        with failures(server.address, of.name, server.name):
            return _wire(server).first_tokens(server, request, watch)


def text_of(text: str) -> str:
    """Text of a server without NUL and unpaired surrogates."""
    return _UNFIT.sub("\ufffd", text)


def _count(number: int | None) -> int | None:
    """A token count; None if invalid."""
    return number if number is not None and 0 <= number < 1 << 31 else None


def complete(parts: Iterator[str | Reply]) -> Reply:
    """Return the complete answer. Raises as `chat`."""
    *_, last = parts
    assert isinstance(last, Reply)
    return last


def pull(
    server: Server,
    name: str,
    report: Callable[[Pulled], None],
    *,
    check: Check = go_on,
    timing: Timing | None = None,
) -> None:
    """Let a server download a model.

    A partial download stays on the server and is resumed.
    """
    timing = timing or Timing(first=120.0, between=120.0, total=86_400.0)
    watch = Watch(timing, check, _REPORT, _LINE)
    status = ""
    with closing(_wire(server).pulled(server, name, watch)) as steps:
        for step in steps:
            watch.heard()
            status = step.status
            report(step)
    if status != "success":
        raise ModelError(
            "broke", f"Fetching “{name}” broke off.", "Fetch it again; it continues from there."
        )


def embed(
    server: Server,
    request: EmbeddingRequest,
    *,
    timing: Timing | None = None,
    check: Check = go_on,
    patient: bool = False,
) -> list[list[float]]:
    """Embed texts in vectors of one length. Long texts are truncated."""
    of, texts = request.of, request.texts
    if not texts:
        return []
    with turn(f"{server.address.url} {of.name}", check, patient=patient):
        watch = Watch(timing or Timing(), check, _OTHER + len(texts) * _VECTOR)
        created = _wire(server).vectors(server, request, watch)
    lengths = {len(row) for row in created}
    # Numbers beyond 32 bits cannot be stored.
    finite = all(abs(number) < _FLOAT for row in created for number in row)
    if len(created) != len(texts) or len(lengths) != 1 or 0 in lengths or not finite:
        raise ModelError(
            "answer",
            f"The vectors of “{of.name}” do not have the expected number or length.",
            f"Choose another embedding model, or update {server.name}.",
        )
    return created
