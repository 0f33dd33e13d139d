"""Ollama's protocol, by its own client; `ingest.models.serving` is the interface.

See https://github.com/ollama/ollama/blob/main/docs/api.md.
"""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ingest.errors import ModelError
from ingest.models.address import ServerAddress
from ingest.models.failures import failures, knock, of_answer, unreadable
from ingest.models.records import (
    TAGS,
    TOKENS,
    ChatRequest,
    EmbeddingRequest,
    Loaded,
    Model,
    Part,
    Pulled,
    Server,
    is_name,
    word,
)
from ingest.models.watched import Watch, transport

if TYPE_CHECKING:
    import ollama

#: The first version with structured output.
MINIMUM_VERSION = (0, 5, 0)
#: Most models of a list.
_MODELS = 2000


def find(address: ServerAddress, watch: Watch) -> Server:
    """The Ollama server at an address. Raises `ModelError` if there is none, or too old a one."""
    knock(address)
    with failures(address):
        import httpx

        with httpx.Client(
            transport=transport(address, watch), base_url=address.url, trust_env=False
        ) as client:
            answer = client.get("/api/version")
        if answer.status_code != 200:
            raise of_answer(address, "", answer.status_code, answer.text)
        if "<html" in answer.text[:1000].lower() or "<!doctype" in answer.text[:1000].lower():
            raise of_answer(address, "", 200, "<html")
        body = json.loads(answer.text)
        version = body.get("version") if isinstance(body, dict) else None
        if not isinstance(version, str) or version != word(version):
            raise unreadable(address)
    numbers = tuple(int(item) for item in re.findall(r"\d+", version)[:3])
    # A version built from source calls itself 0.0.0.
    if any(numbers) and numbers < MINIMUM_VERSION:
        raise ModelError(
            "old",
            f"The Ollama at {address.url} is version {version}, which is too old.",
            "Update it from ollama.com.",
        )
    return Server(address, version)


def rows(server: Server, watch: Watch) -> dict[str, Model]:
    """The models by name, without details; invalid names are left out."""
    with _client(server, watch) as client, failures(server.address):
        return {
            item.model: _model_of(item)
            for item in client.list().models[:_MODELS]
            if item.model is not None and is_name(item.model)
        }


def _model_of(item: Any) -> Model:
    details = item.details
    size = int(item.size or 0)
    return Model(
        str(item.model),
        size if 0 <= size < 1 << 60 else 0,
        word(details and details.family),
        word(details and details.parameter_size),
        word(details and details.quantization_level),
        word(item.digest),
    )


def describe(server: Server, model: Model, watch: Watch) -> Model:
    """The details of a model. Raises `ModelError` (missing) if it does not exist."""
    name = model.name
    with _client(server, watch) as client, failures(server.address, name):
        visible = client.show(name)
        info: Mapping[str, Any] = visible.modelinfo or {}
        details = visible.details
        return Model(
            name,
            model.size,
            model.family or word(details and details.family),
            model.parameters or word(details and details.parameter_size),
            model.quantization or word(details and details.quantization_level),
            model.digest,
            tuple(word(item) for item in (visible.capabilities or ())[:TAGS]),
            _number(info, ".context_length"),
            _number(info, ".embedding_length"),
            _tags(info.get("general.languages")),
        )


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(tag for item in value[:TAGS] if isinstance(item, str) and (tag := word(item)))


def _number(info: Mapping[str, Any], ending: str) -> int | None:
    for name, value in info.items():
        if name.endswith(ending) and type(value) is int and 0 < value < 1 << 31:
            return value
    return None


def loaded(server: Server, watch: Watch) -> list[Loaded]:
    """The models in memory."""
    with _client(server, watch) as client, failures(server.address):
        return [
            Loaded(str(model.model or model.name), int(model.size or 0), int(model.size_vram or 0))
            for model in client.ps().models
        ]


def parts(server: Server, request: ChatRequest, watch: Watch) -> Generator[Part, None, None]:
    """Stream the answer of a model."""
    of = request.of
    with _client(server, watch) as client:
        stream = client.chat(
            model=of.name,
            messages=[{"role": item.role, "content": item.content} for item in request.messages],
            stream=True,
            think=False if of.thinks else None,
            format=dict(request.schema) if request.schema is not None else None,
            options={
                "num_ctx": request.context,
                "num_predict": request.max_tokens,
                "temperature": request.temperature,
            },
            keep_alive=request.keep_alive,
        )
        for item in stream:
            yield Part(
                item.message.content or "",
                item.message.thinking or "",
                bool(item.done),
                item.done_reason or "",
                item.prompt_eval_count,
                item.eval_count,
            )


def first_tokens(server: Server, request: ChatRequest, watch: Watch) -> dict[str, float] | None:
    """The likeliest first tokens of an answer; None if the server, before 0.12.11, has none."""
    of = request.of
    with _client(server, watch) as client:
        answer = client.chat(
            model=of.name,
            messages=[{"role": item.role, "content": item.content} for item in request.messages],
            think=False if of.thinks else None,
            logprobs=True,
            top_logprobs=TOKENS,
            options={
                "num_ctx": request.context,
                "num_predict": 1,
                "temperature": request.temperature,
            },
            keep_alive=request.keep_alive,
        )
    if not answer.logprobs:
        return None
    return {row.token: row.logprob for row in answer.logprobs[0].top_logprobs or ()}


def pulled(server: Server, name: str, watch: Watch) -> Generator[Pulled, None, None]:
    """The progress of a download."""
    layers: dict[str, tuple[int, int]] = {}
    with _client(server, watch) as client, failures(server.address, name):
        for part in client.pull(name, stream=True):
            if part.digest and (part.digest in layers or len(layers) < TAGS):
                layers[part.digest] = (_bytes(part.completed), _bytes(part.total))
            finished = sum(completed for completed, _ in layers.values())
            total = sum(total for _, total in layers.values())
            yield Pulled(word(part.status), finished, total or None)


def _bytes(value: int | None) -> int:
    return min(max(value or 0, 0), 1 << 60)


def vectors(server: Server, request: EmbeddingRequest, watch: Watch) -> list[list[float]]:
    """A vector for each text."""
    with _client(server, watch) as client, failures(server.address, request.of.name):
        answer = client.embed(
            model=request.of.name,
            input=list(request.texts),
            truncate=True,
            keep_alive=request.keep_alive,
        )
        return [list(map(float, row)) for row in answer.embeddings]


@contextmanager
def _client(server: Server, watch: Watch) -> Iterator["ollama.Client"]:
    """A client for one request, which does not follow redirects."""
    import ollama

    # The client requests JSON and uses no proxies: texts go to the given address.
    with ollama.Client(
        host=server.address.url,
        transport=transport(server.address, watch),
        trust_env=False,
        follow_redirects=False,
    ) as client:
        yield client
