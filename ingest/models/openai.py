"""OpenAI's protocol, as local servers (llama.cpp, LM Studio, vLLM) implement it.

`ingest.models.serving` is the interface. Of https://platform.openai.com/docs/api-reference only
models, chat completions and embeddings are used; where servers differ, the other form is tried
once. Extensions (context, vectors) are read if present.
"""

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.errors import ModelError
from ingest.models.address import ServerAddress
from ingest.models.failures import capitalised, context_limit, failures, of_answer
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
    import httpx

PROTOCOL = "openai"
#: Server programs, by the owner they give their models.
_OWNERS: Mapping[str, str] = {
    "llamacpp": "llama.cpp",
    "me": "llama.cpp",
    "vllm": "vLLM",
    "organization_owner": "LM Studio",
}
_NAMELESS = "the model server"
_MODELS = 2000
#: Parts of the names of embedding models, which the protocol does not distinguish.
_EMBEDS = ("embed", "minilm", "bge-", "gte-", "e5-")
#: Assumed context of a model that refused a prompt without naming its limit.
_SHORT = 2048
#: Contexts of models, and forms of structured output that servers accept, as learned from refused
#: requests.
_contexts: dict[tuple[str, str], int] = {}
_forms: dict[str, str] = {}


def find(address: ServerAddress, watch: Watch, key: str = "") -> Server:
    """The server at an address. Raises `ModelError` if it does not implement this protocol."""
    server = Server(address, "", PROTOCOL, _NAMELESS, key)
    listing = _listing(server, watch)
    owners = [str(item.get("owned_by", "")) for item in listing]
    name = next((_OWNERS[item] for item in owners if item in _OWNERS), _NAMELESS)
    return replace(server, name=name)


def rows(server: Server, watch: Watch) -> dict[str, Model]:
    """The models by name."""
    return {row.name: row for row in (_row(server, item) for item in _listing(server, watch))}


def describe(server: Server, model: Model, watch: Watch) -> Model:
    """A model as listed. Raises `ModelError` (missing) if it does not exist."""
    row = rows(server, watch).get(model.name)
    if row is None:
        raise of_answer(server.address, model.name, 404, "model not found", server.name)
    return row


def loaded(server: Server, watch: Watch) -> list[Loaded]:
    """Not supported by the protocol."""
    return []


def parts(server: Server, request: ChatRequest, watch: Watch) -> Generator[Part, None, None]:
    """Stream the answer of a model."""
    name = request.of.name
    body: dict[str, Any] = {
        "model": name,
        "messages": [
            {"role": message.role, "content": message.content} for message in request.messages
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
    }
    form = _forms.get(server.address.url, "json_schema")
    if request.schema is not None:
        body["response_format"] = _format(request.schema, form)
    with _client(server, watch) as client:
        for is_retry in (False, True):
            with client.stream("POST", "/v1/chat/completions", json=body) as answer:
                if answer.status_code == 200:
                    yield from _pieces(server, name, answer)
                    return
                text = _error(answer.read().decode("utf-8", "replace"))
                low = text.lower()
                if "response_format" in low and request.schema is not None and not is_retry:
                    # Older servers accept the schema only together with the type of an object.
                    form = _forms[server.address.url] = "json_object"
                    body["response_format"] = _format(request.schema, form)
                elif "system role" in low and not is_retry:
                    # Some templates have no system role.
                    merged = "\n\n".join(message.content for message in request.messages)
                    body["messages"] = [{"role": "user", "content": merged}]
                elif "max_completion_tokens" in low and not is_retry:
                    # Providers' models that reason have another name for it, and one temperature.
                    body["max_completion_tokens"] = body.pop("max_tokens")
                    del body["temperature"]
                else:
                    raise _refusal(server, name, answer.status_code, text)


def first_tokens(server: Server, request: ChatRequest, watch: Watch) -> dict[str, float] | None:
    """The likeliest first tokens of an answer; None if the server does not tell them."""
    body = {
        "model": request.of.name,
        "messages": [
            {"role": message.role, "content": message.content} for message in request.messages
        ],
        "max_tokens": 1,
        "temperature": request.temperature,
        "logprobs": True,
        "top_logprobs": TOKENS,
    }
    with _client(server, watch) as client:
        answer = client.post("/v1/chat/completions", json=body)
        if answer.status_code != 200:
            raise _refusal(server, request.of.name, answer.status_code, _error(answer.text))
        told = (answer.json()["choices"][0].get("logprobs") or {}).get("content")
        if not told:
            return None
        return {str(row["token"]): float(row["logprob"]) for row in told[0]["top_logprobs"]}


def _format(schema: Mapping[str, Any], form: str) -> dict[str, Any]:
    if form == "json_object":
        return {"type": "json_object", "schema": dict(schema)}
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}}


def _pieces(server: Server, name: str, answer: "httpx.Response") -> Iterator[Part]:
    """The pieces in a stream of events; usage comes after the last one."""
    count, reason, finished = 0, "", False
    prompt_tokens: int | None = None
    wrote: int | None = None
    for line in answer.iter_lines():
        field, _, data = line.partition(":")
        if field == "error":
            raise _refusal(server, name, -1, _error(data))
        if field != "data":
            if field in ("", "event", "id", "retry"):
                continue
            raise ValueError("no stream of events")
        if data.strip() == "[DONE]":
            finished = True
            break
        event = json.loads(data)
        if event.get("error"):
            raise _refusal(server, name, -1, _error(data))
        if usage := event.get("usage"):
            prompt_tokens, wrote = usage.get("prompt_tokens"), usage.get("completion_tokens")
        for choice in event.get("choices", ())[:1]:
            delta = choice.get("delta") or {}
            content = delta.get("content") or ""
            reasoning = delta.get("reasoning_content") or delta.get("reasoning") or ""
            if content or reasoning:
                count += 1
                yield Part(str(content), str(reasoning))
            reason = choice.get("finish_reason") or reason
    if finished or reason:
        # Without counts, a piece is about a token.
        prompt_tokens = prompt_tokens if type(prompt_tokens) is int else None
        yield Part(
            done=True,
            reason=reason,
            prompt_tokens=prompt_tokens,
            answer_tokens=wrote if type(wrote) is int else count,
        )


def pulled(server: Server, name: str, watch: Watch) -> Generator[Pulled, None, None]:
    """Not supported by the protocol. Raises `ModelError`."""
    yield from ()
    raise ModelError(
        "incapable",
        f"{capitalised(server.name)} does not fetch models for others.",
        f"Load “{name}” in {server.name} itself, and choose it here.",
    )


def vectors(server: Server, request: EmbeddingRequest, watch: Watch) -> list[list[float]]:
    """A vector for each text."""
    of = request.of
    body = {"model": of.name, "input": list(request.texts), "encoding_format": "float"}
    with _client(server, watch) as client, failures(server.address, of.name, server.name):
        answer = client.post("/v1/embeddings", json=body)
        if answer.status_code != 200:
            raise _refusal(server, of.name, answer.status_code, _error(answer.text))
        created = sorted(answer.json()["data"], key=lambda item: int(item["index"]))
        return [list(map(float, item["embedding"])) for item in created]


def _listing(server: Server, watch: Watch) -> list[Mapping[str, Any]]:
    with _client(server, watch) as client, failures(server.address, "", server.name):
        answer = client.get("/v1/models")
        if answer.status_code != 200:
            raise of_answer(
                server.address, "", answer.status_code, _error(answer.text), server.name
            )
        listing = answer.json()["data"][:_MODELS]
        if not isinstance(listing, list):
            raise ValueError("no list")
        return [item for item in listing if isinstance(item["id"], str) and is_name(item["id"])]


def _row(server: Server, item: Mapping[str, Any]) -> Model:
    meta = item.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    name = str(item["id"])
    size, parameters = _number(meta.get("size"), 1 << 60), _number(meta.get("n_params"), 1 << 60)
    limits = (item.get("max_model_len"), meta.get("n_ctx"), meta.get("n_ctx_train"))
    context = next(filter(None, (_number(limit, 1 << 31) for limit in limits)), None)
    refused_above = _contexts.get((server.address.url, name))
    embeds = any(part in name.lower() for part in _EMBEDS)
    return Model(
        name,
        size or 0,
        parameters=f"{parameters / 1e9:.2g}B" if parameters else "",
        digest=word(f"{name} {size or ''}".strip()),
        capabilities=("embedding",) if embeds else ("completion",),
        context=min(filter(None, (refused_above, context)), default=None),
        embedding=_number(meta.get("n_embd"), 1 << 31),
    )


def _number(value: object, limit: int) -> int | None:
    return value if type(value) is int and 0 < value < limit else None


def _refusal(server: Server, name: str, status: int, text: str) -> ModelError:
    error = of_answer(server.address, name, status, text, server.name)
    if error.reason == "context":
        # The next request is smaller.
        if len(_contexts) > TAGS:
            _contexts.clear()
        key = (server.address.url, name)
        _contexts[key] = min(context_limit(text) or _SHORT, _contexts.get(key, 1 << 31))
    return error


def _error(text: str) -> str:
    """The message of an error, in the forms of different servers."""
    try:
        body = json.loads(text)
    except ValueError:
        return text
    for key in ("error", "detail", "message"):
        inner = body.get(key) if isinstance(body, dict) else None
        if isinstance(inner, dict):
            inner = inner.get("message")
        if isinstance(inner, str):
            return inner if context_limit(inner) else f"{inner} {_limit_of(body)}".strip()
    return text


def _limit_of(body: Mapping[str, Any]) -> str:
    """The limit in an error of llama.cpp."""
    inner = body.get("error")
    limit = inner.get("n_ctx") if isinstance(inner, dict) else None
    return f"(n_ctx {limit})" if type(limit) is int else ""


@contextmanager
def _client(server: Server, watch: Watch) -> Iterator["httpx.Client"]:
    """A client for one request, which does not follow redirects."""
    import httpx

    with httpx.Client(
        transport=transport(server.address, watch),
        base_url=server.address.url,
        headers={"Authorization": f"Bearer {server.key}"} if server.key else None,
        trust_env=False,
        follow_redirects=False,
    ) as client:
        yield client
