"""Language models of a server: which there are, which one is chosen, how it does."""

import builtins
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.models import serving
from ingest.models.address import server_address
from ingest.models.failures import capitalised
from ingest.models.records import ChatRequest, Message, Model, Pulled, Reply
from ingest.models.watched import Timing
from workbench.arguments import Exact, Words
from workbench.capability import State
from workbench.errors import InputError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.models import choices, keys, machine, server
from workbench.models.choices import PURPOSES, LanguageChoices
from workbench.models.machine import GraphicsCard

#: What a model is asked when it is tried.
TRIAL = "Name the capital of France in one short sentence."
#: Seconds that a trial takes at most, and until its first word from which on it is called slow.
_TRIAL_SECONDS, _SLOW = 300.0, 20.0
#: Letters of its answer that are kept.
_REPLY = 600
#: Words a second below which reading a library is slow.
_SLOW_RATE = 5.0


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model of the chosen server.

    `size` in bytes; `fits` says whether it fits in this machine's memory (None where that is not
    known, or the server is another machine) and `fit` the same in a sentence; `context` the most
    tokens that it reads; `languages` tags of those that it was made for, none where nobody says.
    `chosen` names the purposes that it is chosen for.
    """

    name: str
    size: int
    parameters: str
    family: str
    quantization: str
    context: int | None
    capabilities: tuple[str, ...]
    writes: bool
    embeds: bool
    thinks: bool
    languages: tuple[str, ...]
    fits: bool | None
    fit: str
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """How it stands with written answers: `sentence` and `hint` for a person.

    `graphics` are the cards of this machine; with none, models run on the processor.
    """

    state: State
    sentence: str
    hint: str
    address: str
    version: str
    here: bool
    choices: LanguageChoices
    graphics: tuple[GraphicsCard, ...]
    #: The program and its version, for a person, and the protocol: "ollama" or "openai".
    server: str = ""
    protocol: str = ""

    @property
    def answers(self) -> bool:
        """Whether the server was reached."""
        return bool(self.protocol)

    @property
    def fetches(self) -> bool:
        """Whether the server can be asked to fetch a model."""
        return self.protocol == "ollama"


@dataclass(frozen=True, slots=True)
class LanguageTrial:
    """What a model answered when it was tried, and one sentence of advice, "" where all is well.

    `first` and `seconds` until the first word and until the last, loading included; `rate` in
    tokens a second; `on_graphics` is the share of the model that is on a graphics card, None where
    the server does not say.
    """

    address: str
    version: str
    model: str
    context: int
    reply: str
    first: float
    seconds: float
    rate: float
    on_graphics: float | None
    hint: str
    server: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """Whether texts of a library may be sent to the chosen model server; `sentence` says it.

    `state` is "here" for a server on this computer, "off" or "allowed" for another one, and
    "never", which holds for every other computer.
    """

    state: str
    host: str
    sentence: str


class LanguageModels:
    """What can be done with language models.

    Nothing is contacted but the chosen server, and that only by these calls and by what they have
    switched on. The choices are those of this machine, for all of its libraries.
    """

    def __init__(self, on_choice: Callable[[], None] | None = None) -> None:
        """`on_choice` is called when another model was chosen: who works with one may begin."""
        self._on_choice = on_choice

    @property
    def choices(self) -> LanguageChoices:
        """Which server and models are chosen. Contacts nobody."""
        return choices.load()

    def list(self, *, cancel: Cancel | None = None) -> builtins.list[LanguageModel]:
        """The models of the chosen server, by name. Raises `InputError` where none answers."""
        stop = cancel or Cancel()
        running = server.reached(stop)
        with server.input_errors():
            rows = serving.models(running, check=stop.check)
        selection = choices.load()
        total = machine.memory() if running.address.here else None
        on_cards = sum(card.memory for card in machine.graphics()) if running.address.here else 0
        return [_row(row, selection, total, on_cards) for row in rows]

    def choose(
        self,
        name: Words,
        purpose: Words,
        *,
        beyond: bool = False,
        key: Exact = "",
        cancel: Cancel | None = None,
    ) -> LanguageChoices:
        """Choose a model of the server for "dialogue" or "extraction"; "" for none.

        For "server" it is the address of a model server that is chosen, "" for Ollama's usual one,
        and nobody is contacted; a `key` goes to the system's keyring, and the one of the server
        before is deleted from it. Raises `UsageError` for a purpose that there is not, `InputError`
        for a model that the server does not have or that cannot write, and for another machine
        unless `beyond` says that its user agrees that texts are sent there.
        """
        if purpose == "server":
            with server.input_errors():
                address = server_address(name, beyond=beyond)
            former = choices.load()
            if key:
                keys.store(address, key)
            if former.key and (key or former.address != name.strip()):
                with server.input_errors():
                    before = server_address(former.address, beyond=True)
                if before.url != address.url:
                    keys.forget(before)
            server.forget()
            kept = former.key and former.address == name.strip()
            return choices.change(
                {
                    "address": name.strip(),
                    "beyond": beyond and not address.here,
                    "key": bool(key) or kept,
                }
            )
        if purpose not in PURPOSES:
            raise UsageError(f"There is no purpose “{purpose}”.", f"One of: {', '.join(PURPOSES)}.")
        if name.strip():
            _, model = server.find(name.strip(), cancel)
            if not model.writes:
                raise InputError(
                    f"The model “{model.name}” makes vectors and cannot write.",
                    "Choose a model that writes; this one can be used with `models use`.",
                    "incapable",
                )
        selection = choices.change({purpose: name.strip()})
        if self._on_choice is not None:
            self._on_choice()
        return selection

    def fetch(self, name: Words, *, report: Report = silent, cancel: Cancel | None = None) -> None:
        """Have the server fetch a model from its own library on the network.

        What was fetched stays when it is stopped: the same call goes on. Raises `InputError`, and
        `Cancelled`.
        """
        if not name.strip():
            raise UsageError("Which model?", "Give its name, such as llama3.2:3b.")
        stop = cancel or Cancel()
        running = server.reached(stop)

        def forward(progress: Pulled) -> None:
            stop.check()
            report(
                Progress("fetching", progress.completed, progress.total, "bytes", progress.status)
            )

        with server.input_errors():
            serving.pull(running, name.strip(), forward, check=stop.check)
        server.forget()

    def try_(
        self, name: Words = "", *, question: Words = TRIAL, cancel: Cancel | None = None
    ) -> LanguageTrial:
        """Ask a model ("": the one chosen for dialogue) something small, and say how it went.

        Raises `NotFoundError` where none is chosen, `InputError` for whatever goes wrong.
        """
        stop = cancel or Cancel()
        server.forget()
        running, model = (
            server.find(name.strip(), stop) if name.strip() else server.selected("dialogue", stop)
        )
        start = time.monotonic()
        with server.input_errors():
            reply = serving.complete(
                serving.chat(
                    running,
                    ChatRequest(
                        model,
                        [Message("user", question)],
                        max_tokens=200,
                        keep_alive=choices.load().keep_alive,
                    ),
                    timing=Timing(first=_TRIAL_SECONDS, total=_TRIAL_SECONDS),
                    check=stop.check,
                )
            )
            resident = next(
                (
                    candidate
                    for candidate in serving.loaded(running, check=stop.check)
                    if candidate.name == model.name
                ),
                None,
            )
        seconds = time.monotonic() - start
        writing = max(reply.seconds - reply.first, 1e-3)
        rate = (reply.answer_tokens or 0) / writing
        share = (
            resident.on_graphics / resident.size if resident is not None and resident.size else None
        )
        return LanguageTrial(
            running.address.url,
            running.version,
            model.name,
            reply.context,
            reply.text.strip()[:_REPLY],
            reply.first,
            seconds,
            rate,
            share,
            _hint(model, reply, rate, share),
            capitalised(running.title),
        )

    def status(self, *, cancel: Cancel | None = None) -> LanguageStatus:
        """How it stands with language models, in one sentence. Never raises but `Cancelled`."""
        selection = choices.load()
        cards = machine.graphics()
        # A model that was there half a minute ago may be gone.
        server.forget()
        try:
            running = server.reached(cancel)
        except InputError as error:
            address = selection.address or "this machine"
            return LanguageStatus(
                State.NEEDS_SERVER, error.message, error.hint, address, "", not selection.beyond,
                selection, cards,
            )  # fmt: skip
        place = "this machine" if running.address.here else running.address.host
        status = LanguageStatus(
            State.NEEDS_MODEL, f"{capitalised(running.title)} answers on {place}.",
            "Choose a model for dialogue, and answers are written beside their quotes.",
            running.address.url, running.version, running.address.here, selection, cards,
            capitalised(running.title), running.protocol,
        )  # fmt: skip
        if not selection.dialogue:
            return status
        try:
            server.find(selection.dialogue, cancel)
        except InputError as error:
            lacks = error.reason in ("missing", "incapable")
            state = State.NEEDS_MODEL if lacks else State.NEEDS_SERVER
            return replace(status, state=state, sentence=error.message, hint=error.hint)
        sentence = f"“{selection.dialogue}” writes answers, by {running.title} on {place}."
        return replace(status, state=State.WORKS, sentence=sentence, hint="")


def _row(row: Model, selection: LanguageChoices, total: int | None, on_cards: int) -> LanguageModel:
    fits, sentence = machine.fit(row.size, total, on_cards)
    return LanguageModel(
        row.name, row.size, row.parameters, row.family, row.quantization, row.context,
        row.capabilities, row.writes, row.embeds, row.thinks, row.languages, fits, sentence,
        tuple(purpose for purpose in PURPOSES if getattr(selection, purpose) == row.name),
    )  # fmt: skip


def _hint(model: Model, reply: Reply, rate: float, share: float | None) -> str:
    if not reply.text.strip():
        return "It answered nothing: choose another model, or update the server."
    if reply.reason == "limit":
        return "It did not stop by itself: choose another model, or update the server."
    if reply.first > _SLOW:
        return "Its first word took long: it was loaded, or it is too large for this machine."
    if rate < _SLOW_RATE:
        return "It writes slowly here: a smaller model answers sooner."
    if share == 0 and machine.graphics():
        return "It runs on the processor although there is a graphics card: see the server's log."
    if model.context is not None and model.context < 4096:
        return "It reads few words: long evidence will not fit."
    return ""
