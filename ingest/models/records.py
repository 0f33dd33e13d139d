"""What a server of models says, as plain records."""

from dataclasses import dataclass

from ingest.models.address import ServerAddress


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has answered, and its version as it says it ("0.12.3")."""

    address: ServerAddress
    version: str


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
class Said:
    """What a model has said when it was done.

    `reason` is Ollama's (stop, length), or "limit" where we have stopped it. `asked` and `told`
    are the tokens of prompt and answer, None where they were not said; `context` is what was asked
    for. `truncated` says that the prompt did not fit into it, `cut` that the answer did not.
    `first` and `seconds` are the seconds until the first word and until all of them.
    """

    text: str
    reason: str
    asked: int | None
    told: int | None
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
