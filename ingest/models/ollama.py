"""Ollama through its own client: which models there are, what they say, and their vectors.

Every function takes a `Server` that `reach` has found and raises only `ModelError`, besides what
`check()` raises, which is called some twenty times a second while anything is waited for and ends
the connection. The protocol is that of https://github.com/ollama/ollama/blob/main/docs/api.md.
"""

import json
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.errors import ModelError
from ingest.models.address import ServerAddress, server_address, spellings
from ingest.models.failures import failures, of_answer, unreadable
from ingest.models.records import Loaded, Message, Model, Pulled, Said, Server
from ingest.models.thoughts import Thoughts
from ingest.models.turns import turn
from ingest.models.watched import Check, Timing, Watch, transport

if TYPE_CHECKING:
    import ollama

#: The first version with answers by a schema.
LEAST_VERSION = (0, 5, 0)
#: Tokens that a model reads at once unless told otherwise, and how long it stays in memory.
CONTEXT, KEEP_ALIVE = 8192, "10m"
#: Letters of an answer, and bytes of it and of one of its lines, after which it is endless.
_LETTERS, _BYTES, _LINE = 200_000, 40_000_000, 1_000_000
#: The same of any other answer, of what a fetched model reports, and of one vector.
_OTHER, _REPORT, _VECTOR = 16_000_000, 1_000_000_000, 16_384 * 32
#: The longest name of a model and the longest of what is said of one.
_NAME, _SAID = 500, 80
#: The largest number of a vector.
_FLOAT = 1e30
#: Models at most that are taken from a list, and things that one can do or languages it reads.
_MODELS, _TAGS = 2000, 200
_UNFIT = re.compile("[\x00\ud800-\udfff]")
#: Seconds for what needs no model.
QUICK = Timing(connect=2.0, first=10.0, between=10.0, total=60.0)
#: Seconds for an answer that somebody waits for. Before its first word a model may have to be
#: loaded and has to read the passages, which takes a slow machine a minute or two.
ANSWER = Timing(first=120.0, between=30.0, total=600.0)


def _go_on() -> None:
    """Nobody asks to stop."""


def reach(
    text: str = "", *, beyond: bool = False, check: Check = _go_on, timing: Timing = QUICK
) -> Server:
    """The server at an address ("" for the usual one), also under this machine's other names.

    Raises `AddressError` for another machine where `beyond` does not say that texts may go there,
    before anything is sent, and `ModelError` where no Ollama, or too old a one, answers.
    """
    trouble: ModelError | None = None
    for address in spellings(server_address(text, beyond=beyond)):
        try:
            return Server(address, _version(address, check, timing))
        except ModelError as error:
            if trouble is None or (trouble.reason == "absent" != error.reason):
                trouble = error
            if error.reason == "slow":
                # It was reached; by another name it would take as long.
                break
    assert trouble is not None
    raise trouble


def _version(address: ServerAddress, check: Check, timing: Timing) -> str:
    with failures(address):
        import httpx

        watch = Watch(timing, check, 1_000_000)
        with httpx.Client(
            transport=transport(address, watch), base_url=address.url, trust_env=False
        ) as client:
            answer = client.get("/api/version")
        if answer.status_code != 200:
            raise of_answer(address, "", answer.status_code, answer.text)
        if "<html" in answer.text[:1000].lower() or "<!doctype" in answer.text[:1000].lower():
            raise of_answer(address, "", 200, "<html")
        told = json.loads(answer.text)
        version = told.get("version") if isinstance(told, dict) else None
        if not isinstance(version, str) or not version.isprintable() or len(version) > _SAID:
            raise unreadable(address)
    numbers = tuple(int(each) for each in re.findall(r"\d+", version)[:3])
    # A version built from source calls itself 0.0.0.
    if any(numbers) and numbers < LEAST_VERSION:
        raise ModelError(
            "old",
            f"The Ollama at {address.url} is version {version}, which is too old.",
            "Update it from ollama.com.",
        )
    return version


def models(server: Server, *, check: Check = _go_on, timing: Timing = QUICK) -> list[Model]:
    """The models that a server has, by name, with what they can do."""
    until = time.monotonic() + timing.total
    rows = _rows(server, check, timing)
    # Where the time for all of them is over the rest are only named.
    return [
        _shown(server, rows[name], check, timing) if time.monotonic() < until else rows[name]
        for name in sorted(rows)
    ]


def _rows(server: Server, check: Check, timing: Timing) -> dict[str, Model]:
    """The models by name, without what is told of each; a name that cannot be written is none."""
    with _client(server, check, timing) as (client, _), failures(server.address):
        return {
            each.model: _listed(each)
            for each in client.list().models[:_MODELS]
            if each.model and len(each.model) <= _NAME and each.model.isprintable()
        }


def model(server: Server, name: str, *, check: Check = _go_on, timing: Timing = QUICK) -> Model:
    """What a server says of one model. Raises `ModelError` (missing) where it has none such."""
    rows = _rows(server, check, timing)
    # A name without a tag means the one that is called latest.
    row = rows.get(name) or rows.get(f"{name}:latest") or Model(name, 0)
    return _told(server, replace(row, name=name), check, timing)


def _listed(each: Any) -> Model:
    details = each.details
    size = int(each.size or 0)
    return Model(
        str(each.model),
        size if 0 <= size < 1 << 60 else 0,
        _word(details and details.family),
        _word(details and details.parameter_size),
        _word(details and details.quantization_level),
        _word(each.digest),
    )


def _word(said: object) -> str:
    """A short thing that a server says of a model; "" where it cannot be shown."""
    word = str(said or "")
    return word if word.isprintable() and len(word) <= _SAID else ""


def _shown(server: Server, known: Model, check: Check, timing: Timing) -> Model:
    """A listed model with what is said of it; without, where its description is damaged."""
    try:
        return _told(server, known, check, timing)
    except ModelError as error:
        if error.reason in ("absent", "slow"):
            raise
        return known


def _told(server: Server, known: Model, check: Check, timing: Timing) -> Model:
    name = known.name
    with _client(server, check, timing) as (client, _), failures(server.address, name):
        shown = client.show(name)
        about: Mapping[str, Any] = shown.modelinfo or {}
        details = shown.details
        return Model(
            name,
            known.size,
            known.family or _word(details and details.family),
            known.parameters or _word(details and details.parameter_size),
            known.quantization or _word(details and details.quantization_level),
            known.digest,
            tuple(_word(each) for each in (shown.capabilities or ())[:_TAGS]),
            _number(about, ".context_length"),
            _number(about, ".embedding_length"),
            _tags(about.get("general.languages")),
        )


def _tags(told: object) -> tuple[str, ...]:
    if not isinstance(told, list):
        return ()
    return tuple(word for each in told[:_TAGS] if isinstance(each, str) and (word := _word(each)))


def _number(about: Mapping[str, Any], ending: str) -> int | None:
    for name, value in about.items():
        if name.endswith(ending) and type(value) is int and 0 < value < 1 << 31:
            return value
    return None


def loaded(server: Server, *, check: Check = _go_on, timing: Timing = QUICK) -> list[Loaded]:
    """The models that are in memory now."""
    with _client(server, check, timing) as (client, _), failures(server.address):
        return [
            Loaded(str(each.model or each.name), int(each.size or 0), int(each.size_vram or 0))
            for each in client.ps().models
        ]


def chat(
    server: Server,
    of: Model,
    messages: Sequence[Message],
    *,
    schema: Mapping[str, Any] | None = None,
    context: int = CONTEXT,
    most: int = 2048,
    temperature: float = 0.0,
    keep_alive: str = KEEP_ALIVE,
    timing: Timing | None = None,
    check: Check = _go_on,
    at_once: int = 1,
    patient: bool = False,
) -> Iterator[str | Said]:
    """What a model answers, piece by piece as it writes, and at the end one `Said` with all of it.

    `schema` is the JSON schema that the answer is asked to follow, and may not; `context` the
    tokens of prompt and answer together (no more than the model reads), `most` those of the answer;
    `keep_alive` how long the model stays in memory. Thinking is switched off where the model can
    think, and what it thinks all the same is kept apart. Waits while another request is at this
    model; `at_once` may be there, and a `patient` one lets others go before. Whoever closes the
    generator ends the request.
    """
    timing = timing or ANSWER
    context = min(context, of.context or context)
    with turn(f"{server.address.url} {of.name}", check, at_once=at_once, patient=patient):
        begun = time.monotonic()
        first = 0.0
        thoughts, last = Thoughts(), None
        limited = False
        with _client(server, check, timing, _BYTES, _LINE) as (client, watch):
            with failures(server.address, of.name):
                stream = client.chat(
                    model=of.name,
                    messages=[{"role": each.role, "content": each.content} for each in messages],
                    stream=True,
                    think=False if of.thinks else None,
                    format=dict(schema) if schema is not None else None,
                    options={"num_ctx": context, "num_predict": most, "temperature": temperature},
                    keep_alive=keep_alive,
                )
            with closing(_pieces(stream, server.address, of.name)) as pieces:
                for part in pieces:
                    last = part
                    content = text_of(part.message.content or "")
                    thought = text_of(part.message.thinking or "")
                    if content or thought:
                        first = first or time.monotonic() - begun
                    if piece := thoughts.hear(content, thought):
                        # White space and thoughts are nothing that anybody waits for.
                        if piece.strip():
                            watch.heard()
                        yield piece
                    if limited := thoughts.letters > _LETTERS:
                        break
                    if part.done:
                        break
        if piece := thoughts.end():
            yield piece
        if last is None or not (last.done or limited):
            raise ModelError(
                "broke",
                f"Ollama broke off in the middle of the answer of “{of.name}”.",
                "Retry it; if it stays so, restart Ollama.",
            )
        words = sum(len(each.content.split()) for each in messages)
        asked = _count(last.prompt_eval_count)
        yield Said(
            thoughts.text,
            "limit" if limited else _word(last.done_reason) or "stop",
            asked,
            _count(last.eval_count),
            context,
            # There is no token without a sign, and seldom a word without a token.
            (asked is not None and asked >= context - 1) or words > context,
            thoughts.thinking,
            first,
            time.monotonic() - begun,
        )


def text_of(said: str) -> str:
    """What a server says as text that can be kept and shown: no NUL, no half of a character."""
    return _UNFIT.sub("\ufffd", said)


def _count(told: int | None) -> int | None:
    """A number of tokens; None where it can be none."""
    return told if told is not None and 0 <= told < 1 << 31 else None


def _pieces(stream: Any, address: ServerAddress, name: str) -> Generator[Any, None, None]:
    """The parts of a stream; closing it closes the connection."""
    try:
        while True:
            with failures(address, name):
                try:
                    part = next(stream)
                except StopIteration:
                    return
            yield part
    finally:
        stream.close()


def said(parts: Iterator[str | Said]) -> Said:
    """Hear a model out. Raises what `chat` raises."""
    *_, last = parts
    assert isinstance(last, Said)
    return last


def pull(
    server: Server,
    name: str,
    report: Callable[[Pulled], None],
    *,
    check: Check = _go_on,
    timing: Timing | None = None,
) -> None:
    """Have a server fetch a model, which takes as long as the network does.

    What was fetched stays with the server when it is stopped, and is gone on from.
    """
    timing = timing or Timing(first=120.0, between=120.0, total=86_400.0)
    layers: dict[str, tuple[int, int]] = {}
    status = ""
    with _client(server, check, timing, _REPORT, _LINE) as (client, watch):
        with failures(server.address, name):
            stream = client.pull(name, stream=True)
        with closing(_pieces(stream, server.address, name)) as parts:
            for part in parts:
                watch.heard()
                status = _word(part.status)
                if part.digest and (part.digest in layers or len(layers) < _TAGS):
                    layers[part.digest] = (_bytes(part.completed), _bytes(part.total))
                done = sum(completed for completed, _ in layers.values())
                total = sum(total for _, total in layers.values())
                report(Pulled(status, done, total or None))
    if status != "success":
        raise ModelError(
            "broke", f"Fetching “{name}” broke off.", "Fetch it again; it goes on from there."
        )


def _bytes(told: int | None) -> int:
    return min(max(told or 0, 0), 1 << 60)


def embed(
    server: Server,
    of: Model,
    texts: Sequence[str],
    *,
    keep_alive: str = KEEP_ALIVE,
    timing: Timing | None = None,
    check: Check = _go_on,
    patient: bool = False,
) -> list[list[float]]:
    """The vectors of texts, all of one length, as the model makes them. Too long texts are cut."""
    if not texts:
        return []
    key = f"{server.address.url} {of.name}"
    with (
        turn(key, check, patient=patient),
        _client(server, check, timing or Timing(), _OTHER + len(texts) * _VECTOR) as (client, _),
        failures(server.address, of.name),
    ):
        answer = client.embed(
            model=of.name, input=list(texts), truncate=True, keep_alive=keep_alive
        )
        made = [list(map(float, row)) for row in answer.embeddings]
    lengths = {len(row) for row in made}
    # Beyond 32 bits a number cannot be kept, and would count as endless.
    finite = all(abs(number) < _FLOAT for row in made for number in row)
    if len(made) != len(texts) or len(lengths) != 1 or 0 in lengths or not finite:
        raise ModelError(
            "answer",
            f"The vectors of “{of.name}” are not as many or not as long as they should be.",
            "Choose another embedding model, or update Ollama.",
        )
    return made


@contextmanager
def _client(
    server: Server,
    check: Check,
    timing: Timing,
    most_bytes: int = _OTHER,
    most_line: int = 0,
) -> Iterator[tuple["ollama.Client", Watch]]:
    """A client of one request, which reaches this server and, led elsewhere, does not follow."""
    import ollama

    watch = Watch(timing, check, most_bytes, most_line)
    # The client asks for JSON and knows no proxies: texts go to the address that was given.
    with ollama.Client(
        host=server.address.url,
        transport=transport(server.address, watch),
        trust_env=False,
        follow_redirects=False,
    ) as client:
        yield client, watch
