"""What a server of models says, as plain records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.models.address import ServerAddress

#: Tokens that a model reads at once unless told otherwise, and how long it stays in memory.
CONTEXT, KEEP_ALIVE = 8192, "10m"
#: Things at most that a model can do, or languages that it reads.
TAGS = 200
#: The longest name of a model and the longest of what is said of one.
_NAME, _WORD = 500, 80


def is_name(text: str) -> bool:
    """Whether a model can have this name: one that can be written and shown."""
    return bool(text) and len(text) <= _NAME and text.isprintable()


def word(value: object) -> str:
    """A short thing that a server says of a model; "" where it cannot be shown."""
    result = str(value or "")
    return result if result.isprintable() and len(result) <= _WORD else ""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has answered: its version as it says it ("0.12.3"), "" where it does not.

    `protocol` is "ollama" or "openai"; `name` the program, as far as it says so.
    """

    address: ServerAddress
    version: str
    protocol: str = "ollama"
    name: str = "Ollama"

    @property
    def title(self) -> str:
        """Program and version, for a person."""
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Model:
    """A model that a server has.

    `size` in bytes on the disk; `parameters` as it says them ("3.2B"); `capabilities` such as
    completion, thinking, embedding, vision, tools, and none where the server is too old to tell;
    `context` the most tokens that it reads, `embedding` the length of its vectors, None where it
    does not say; `languages` are tags of those that it was made for, none where nobody says.
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
        """Whether it writes text, as far as is known."""
        return not self.capabilities or "completion" in self.capabilities

    @property
    def thinks(self) -> bool:
        """Whether it can think aloud before it answers."""
        return "thinking" in self.capabilities

    @property
    def embeds(self) -> bool:
        """Whether it makes vectors of texts."""
        return "embedding" in self.capabilities or (not self.capabilities and "bert" in self.family)


@dataclass(frozen=True, slots=True)
class Message:
    """One turn: `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What a model is asked.

    `schema` is the JSON schema that the answer is asked to follow, and may not; `context` the
    tokens of prompt and answer together (no more than the model reads), `max_tokens` those of the
    answer; `keep_alive` how long the model stays in memory.
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
    """Texts of which a model makes vectors, and how long it stays in memory afterwards."""

    of: Model
    texts: Sequence[str]
    keep_alive: str = KEEP_ALIVE


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an answer as it comes; the last one is `done`.

    `prompt_tokens` and `answer_tokens` are None where the server does not count them.
    """

    content: str = ""
    reasoning: str = ""
    done: bool = False
    reason: str = ""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model has said when it was done.

    `reason` is the server's (stop, length), or "limit" where we have stopped it.
    `prompt_tokens` and `answer_tokens` are None where they were not counted; `context` is what was
    asked for. `truncated` says that the prompt did not fit into it, `cut` that the answer did not.
    `first` and `seconds` are the seconds until the first word and until all of them.
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
        """Whether the answer ends in the middle."""
        return self.reason in ("length", "limit")


@dataclass(frozen=True, slots=True)
class Pulled:
    """How far a download is: bytes of all layers known so far, None while nobody knows."""

    status: str
    completed: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory: `size` bytes in all, `on_graphics` of them on a graphics card."""

    name: str
    size: int
    on_graphics: int
