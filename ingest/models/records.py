"""Records of model servers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.models.address import ServerAddress

#: Default context in tokens, and how long a model stays in memory.
CONTEXT, KEEP_ALIVE = 8192, "10m"
#: Most capabilities or languages of a model.
TAGS = 200
#: Likeliest first tokens of an answer that are asked for.
TOKENS = 10
#: Longest name of a model and longest attribute.
_NAME, _WORD = 500, 80


def is_name(text: str) -> bool:
    """Whether a name can be written and displayed."""
    return bool(text) and len(text) <= _NAME and text.isprintable()


def word(value: object) -> str:
    """A short attribute of a model; "" if it cannot be displayed."""
    result = str(value or "")
    return result if result.isprintable() and len(result) <= _WORD else ""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answered: its version ("0.12.3"), "" if unknown.

    `protocol` is "ollama" or "openai"; `name` the program, if known. `key` is sent with each
    request, "" for none.
    """

    address: ServerAddress
    version: str
    protocol: str = "ollama"
    name: str = "Ollama"
    key: str = field(default="", repr=False)

    @property
    def title(self) -> str:
        """Program and version, for display."""
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Model:
    """A model of a server.

    `size` in bytes on disk; `parameters` as given ("3.2B"); `capabilities` such as completion,
    thinking, embedding, vision, tools, and none for old servers; `context` the most tokens,
    `embedding` the dimension of vectors, None if unknown; `languages` are tags, empty if unknown.
    """

    name: str
    size: int
    family: str = ""
    parameters: str = ""
    quantization: str = ""
    digest: str = ""
    capabilities: tuple[str, ...] = ()
    context: int | None = None
    embedding: int | None = None
    languages: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it generates text, as far as known."""
        return not self.capabilities or "completion" in self.capabilities

    @property
    def thinks(self) -> bool:
        """Whether it can reason before answering."""
        return "thinking" in self.capabilities

    @property
    def embeds(self) -> bool:
        """Whether it embeds texts."""
        return "embedding" in self.capabilities or (not self.capabilities and "bert" in self.family)


@dataclass(frozen=True, slots=True)
class Message:
    """One turn: `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A chat request.

    `schema` is a JSON schema that the answer should follow, but may not; `context` limits the
    tokens of prompt and answer together (up to the model's own limit), `max_tokens` those of the
    answer; `keep_alive` is how long the model stays in memory.
    """

    of: Model
    messages: Sequence[Message]
    schema: Mapping[str, Any] | None = None
    context: int = CONTEXT
    max_tokens: int = 2048
    temperature: float = 0.0
    keep_alive: str = KEEP_ALIVE


@dataclass(frozen=True, slots=True)
class EmbeddingRequest:
    """Texts to embed, and how long the model stays in memory."""

    of: Model
    texts: Sequence[str]
    keep_alive: str = KEEP_ALIVE


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a streamed answer; the last one is `done`.

    `prompt_tokens` and `answer_tokens` are None if not counted.
    """

    content: str = ""
    reasoning: str = ""
    done: bool = False
    reason: str = ""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer.

    `reason` is the server's (stop, length), or "limit" if we stopped it. `prompt_tokens` and
    `answer_tokens` are None if not counted; `context` is as requested. `truncated` says that the
    prompt did not fit, `cut` that the answer did not. `first` and `seconds` are the seconds until
    the first token and until the end.
    """

    text: str
    reason: str
    prompt_tokens: int | None
    answer_tokens: int | None
    context: int
    truncated: bool
    thinking: str = ""
    first: float = 0.0
    seconds: float = 0.0

    @property
    def cut(self) -> bool:
        """Whether the answer is incomplete."""
        return self.reason in ("length", "limit")


@dataclass(frozen=True, slots=True)
class Pulled:
    """Progress of a download: bytes of all layers known so far, None if unknown."""

    status: str
    completed: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory: `size` bytes in total, `on_graphics` of them on a graphics card."""

    name: str
    size: int
    on_graphics: int
