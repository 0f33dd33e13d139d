"""Language models: the server, its models, and their uses.

Nothing is contacted before the list is opened, and another computer only with the user's consent.
Without an open library, the choices are those of this computer.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from ingest.errors import IngestError
from ingest.models.address import default_address, server_address
from workbench.capability import State
from workbench.errors import InputError
from workbench.jobs import Cancel, Progress
from workbench.models import choices
from workbench.ui.components import (
    Call,
    Sign,
    button,
    card,
    choice,
    column,
    error_message,
    field,
    holder,
    label,
    message,
    paragraph,
    row,
    words,
)
from workbench.ui.language import tr
from workbench.ui.settings.model_list import (
    Model,
    ModelList,
    Pairs,
    language_models,
    language_words,
)
from workbench.ui.settings.page import Line, Page, lines
from workbench.ui.settings.work import Work
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.library.model_test import ModelTest
    from workbench.models.language import LanguageModel, LanguageStatus
    from workbench.models.machine import GraphicsCard

_CAPABILITIES = {
    "completion": tr("writes"),
    "thinking": tr("thinks"),
    "embedding": tr("makes vectors"),
    "vision": tr("sees images"),
    "tools": tr("uses tools"),
}
#: Uses of models: key, name, icon, description, fallback without a model.
_USES = (
    ("dialogue", tr("Written answers"), "ask",
     tr("Writes a short answer; every sentence is checked against your sources."),
     tr("Quotes, no model")),
    ("extraction", tr("Links out of texts"), "associations",
     tr("Finds more links between concepts, each with its sentence."), tr("Rules, no model")),
    ("reading", tr("Choosing passages"), "reader",
     tr("Reads up to 24 passages one by one, and writes from the one that answers best. Slow."
        " Offered for models that find more by it when you ask 12 questions."),
     tr("The program's own reader")),
)  # fmt: skip


class LanguageModels(ModelList):
    """Connects to a server; lists, tests, downloads and selects its models."""

    kind = "language"
    title, working, starting = tr("Language models"), tr("Fetching"), tr("Asking for it…")
    description = tr(
        "Optional. Without a model, answers are direct quotes. Ollama, llama.cpp,"
        " LM Studio or vLLM run language models on this computer."
    )

    def __init__(self, page: Page, shelf: Shelf, work: Work) -> None:
        super().__init__(page, shelf, work)
        #: Model boxes by use.
        self.choices: dict[str, QComboBox] = {}
        self.field = field(default_address(), tr("Address of the model server"))
        self.field.returnPressed.connect(self._connect)
        address = row(self.field, button(tr("Connect"), call=self._connect), wide=0)
        self.name = field(tr("A model to fetch, such as llama3.2"), tr("Model to fetch"))
        self.name.returnPressed.connect(self._fetch)
        self._fetch_button = button(tr("Fetch"), call=self._fetch)
        caption = paragraph(tr("Ollama downloads it from its online library."), "caption")
        line = row(self.name, self._fetch_button, wide=0)
        self.key = field(tr("Key of a provider, if it wants one"), tr("Key of the model server"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.returnPressed.connect(self._connect)
        self.fetch = holder(column(line, caption, gap=4))
        self.fetch.hide()
        self._body.insertWidget(1, label(tr("Address"), "head"))
        self._body.insertLayout(2, address)
        self._body.insertWidget(3, self.key)
        self._body.insertWidget(5, self.fetch)

    # -- server ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Query the chosen server."""
        if not self.field.hasFocus():
            self.field.setText(choices.load().address)
        if self.data is None:
            self._show_message(label(tr("Asking the server…"), "muted"))
        self._run(partial(_server_state, self._shelf.library))

    def _run(self, work: partial[Any]) -> None:
        self._shelf.jobs.run(
            work,
            done=self._read,
            failed=lambda error: self._show_message(error_message(error, self._retry_button())),
            key=self._key(),
        )

    def _connect(self) -> None:
        address = self.field.text().strip()
        self._shelf.jobs.cancel(self._key())
        try:
            place = server_address(address, beyond=True)
        except IngestError as error:
            self._show_message(error_message(InputError(error.message, error.hint)))
            return
        current = choices.load()
        if place.here or (
            current.beyond and current.address == address and not self.key.text().strip()
        ):
            self._reach(address, is_remote=not place.here)
            return
        # Another computer: nothing is sent without consent.
        local = button(tr("Use this computer"), kind="primary", call=self._use_local)
        send = button(tr("Send texts there"), call=partial(self._reach, address, is_remote=True))
        self._show_message(
            message(
                "warn", tr("“{host}” is another computer.", host=place.host),
                tr("Your questions, and the text its models read, would be sent there, from each "
                   "library that you allow. Nothing has been sent yet."), local, send,
            )
        )  # fmt: skip
        self._page.take_focus(local)

    def _use_local(self) -> None:
        self.field.clear()
        self._reach("", is_remote=False)

    def _reach(self, address: str, *, is_remote: bool) -> None:
        self._show_message(
            label(tr("Asking {address}…", address=address or default_address()), "muted")
        )
        # It goes to the keyring and is not shown again.
        key = self.key.text().strip()
        self.key.clear()
        self._run(
            partial(
                _choose,
                self._shelf.library,
                address,
                purpose="server",
                is_remote=is_remote,
                key=key,
            )
        )

    def _retry_button(self) -> QPushButton:
        return button(tr("Try again"), call=self.refresh)

    def _read(self, data: Any) -> None:
        status: LanguageStatus = data[0]
        if status.answers:
            self.data, self._error = data, None
            self._rebuild()
            return
        # Without any choice, a missing server is no error.
        selected = status.choices
        kind = "error" if selected.address or selected.dialogue or selected.extraction else "info"
        self._show_message(message(kind, status.sentence, status.hint, self._retry_button()))

    def _show_message(self, content: QWidget) -> None:
        """Show a message in place of the models."""
        self.data = None
        self._rebuild()
        self._show(content)

    # -- models ------------------------------------------------------------------------------------

    def _count(self, progress: Progress) -> str:
        if progress.unit == "bytes":
            return words.octets(progress)
        return tr("{done} of {total}", done=progress.done, total=progress.total or 0)

    def _fill(self) -> None:
        self.choices = {}
        self.fetch.setVisible(self.data is not None and self.data[0].fetches)
        self._fetch_button.setEnabled(not self._work.subject)
        if self.data is None:
            return
        status, models = self.data
        self._list.addLayout(_head(status))
        if self._shelf.library is not None and not status.here:
            self._list.addLayout(self._sending(self._shelf.library))
        if status.state is not State.WORKS and status.choices.dialogue:
            self._say("error", status.sentence, status.hint)
        uses = lines(*self._uses(status, [model.name for model in models if model.writes]))
        self._list.addWidget(card(uses, name=tr("What models are used for")))
        super()._fill()
        if not models:
            below = tr("Fetch one below, such as llama3.2.")
            advice = below if status.fetches else tr("Load one there.")
            self._say("info", tr("It has no model yet."), advice)
        if status.here:
            self._list.addWidget(paragraph(graphics_words(status.graphics)))

    def _sending(self, library: "Library") -> Any:
        """Whether this library may be sent to the server, to be changed with one click."""
        current = library.models.sending()
        states = ("off", tr("Nothing is sent from this library")), (
            "allow", tr("This library may be sent"),
        ), ("never", tr("Never send from this library"))  # fmt: skip
        box = choice(tr("What is sent from this library"), [(text, key) for key, text in states])
        box.setCurrentIndex(box.findData("allow" if current.state == "allowed" else current.state))
        box.activated.connect(partial(self._send, library, box))
        self.sending = box
        return row(box, None)

    def _send(self, library: "Library", box: QComboBox, at: int) -> None:
        self._run(partial(_set_sending, library, str(box.itemData(at))))

    def _uses(self, status: "LanguageStatus", writers: list[str]) -> list[Line]:
        """One line per use of models."""
        rows = []
        tested = self._figures()
        choosing = {name for name, row in tested.items() if row.chooses}
        for purpose, name, sign, description, default in _USES:
            selected = str(getattr(status.choices, purpose))
            entries = [(default, "")]
            for writer in writers:
                shown = writer
                if purpose == "dialogue" and writer in tested and tested[writer].worse:
                    shown = tr("{name} (quotes alone are better)", name=writer)
                if purpose != "reading" or writer in choosing or writer == selected:
                    entries.append((shown, writer))
            box = choice(tr("Model for: {name}", name=name), entries)
            if selected and selected not in writers:
                box.addItem(tr("{chosen} (missing)", chosen=selected), selected)
            box.setCurrentIndex(box.findData(selected))
            box.activated.connect(partial(self._choose, purpose, box))
            self.choices[purpose] = box
            rows.append(Line(sign, name, description, "", "", box))
        return rows

    def _choose(self, purpose: str, box: QComboBox, at: int) -> None:
        self._shelf.jobs.run(
            _choose, self._shelf.library, str(box.itemData(at)), purpose,
            done=self._read, failed=self._fail, key=self._key(),
        )  # fmt: skip

    def _examination(self, name: str) -> tuple[tuple[str, Call], ...]:
        """The button that puts a model to twelve questions, which needs an open library."""
        return (
            ((tr("Ask 12 questions"), partial(self._examine, name)),)
            if self._shelf.library is not None
            else ()
        )

    def _examine(self, name: str) -> None:
        library = self._shelf.library
        if library is not None:
            done = tr("{name} was tested", name=name), tr("Its figures are in its line.")
            title = tr("Asking {name} 12 questions", name=name)
            self._work.begin(name, title, partial(library.models.test, name), done)

    def _figures(self) -> "dict[str, ModelTest]":
        """The tests of models of this server by name."""
        library, address = self._shelf.library, self.data[0].address
        rows = [] if library is None else library.models.tests()
        return {row.model: row for row in rows if row.address == address}

    def _models(self) -> list[Model]:
        tested = self._figures()
        return [
            Model(
                model.name, description(model, tested.get(model.name)), *fit(model),
                actions=self._examination(model.name) if model.writes else (),
                test=partial(self.test, model.name) if model.writes else None,
            )
            for model in self.data[1]
        ]  # fmt: skip

    def _fetch(self) -> None:
        """Let the server download the model entered by name."""
        name = self.name.text().strip()
        if name:
            fetch = partial(language_models(self._shelf.library).fetch, name)
            completed = tr("{name} was fetched", name=name), tr("You can test and choose it now.")
            self._work.begin(name, tr("Fetching {name}", name=name), fetch, completed)

    def _work_changed(self) -> None:
        if not self._work.subject and self._work.trouble is None:
            self.name.clear()
        super()._work_changed()

    def _facts(self, trial: Any) -> tuple[str, bool, Pairs]:
        title = (
            tr("{model} needs a look", model=trial.model)
            if trial.hint
            else tr("{model} answers", model=trial.model)
        )
        reply = f"“{' '.join(trial.reply.split())}”" if trial.reply.strip() else tr("nothing")
        seconds = tr(
            "first word after {first:.1f} s, all in {seconds:.1f} s",
            first=words.Decimal(trial.first),
            seconds=words.Decimal(trial.seconds),
        )
        if trial.rate >= 1:
            seconds = tr("{rate:.0f} tokens/s, {took}", rate=trial.rate, took=seconds)
        processor = "" if trial.on_graphics is None else tr("on the processor")
        if trial.on_graphics:
            processor = tr("{share} on the graphics card", share=words.percent(trial.on_graphics))
        context = tr("{context} tokens", context=words.number(trial.context))
        pairs = [
            (tr("Address"), trial.address), (tr("Server"), trial.server),
            (tr("Model"), trial.model), (tr("Context"), context), (tr("Sample"), reply),
            (tr("Took"), seconds), (tr("Runs"), processor), (tr("Hint"), trial.hint),
        ]  # fmt: skip
        return title, not trial.hint, [(name, value) for name, value in pairs if value]


def _head(status: "LanguageStatus") -> Any:
    location = (
        tr("on this computer") if status.here else tr("on another computer: texts are sent there")
    )
    text = tr(
        "{server} is running at {address}, {where}.",
        server=status.server,
        address=status.address,
        where=location,
    )
    sign = Sign("check", "confirmed", 16) if status.here else Sign("alert", "emergent", 16)
    return row(sign, paragraph(text), gap=6, wide=1)


def description(model: "LanguageModel", tested: "ModelTest | None" = None) -> str:
    """The properties of a model: "3.2B · 2.0 GB · reads 131 072 tokens · writes, thinks".

    And what it answered when it was `tested`.
    """
    can = ", ".join(
        _CAPABILITIES[capability]
        for capability in model.capabilities
        if capability in _CAPABILITIES
    )
    parts = [
        model.parameters,
        model.quantization,
        words.size(model.size) if model.size else "",
        language_words(model.languages),
        tr("reads {context} tokens", context=words.number(model.context)) if model.context else "",
        can or (tr("writes text") if model.writes else ""),
        model.fit if model.fits is False else "",
        ""
        if tested is None
        else tr(
            "of 10 questions {right} right, {wrong} wrong, {silent} without an answer; quotes"
            " alone {quotes} right",
            right=tested.right,
            wrong=tested.wrong,
            silent=tested.silent,
            quotes=tested.quotes,
        ),
    ]
    return " · ".join(filter(None, parts))


def fit(model: "LanguageModel") -> tuple[str, str]:
    """Whether a model fits in memory as text, and the label's role; "" if unknown."""
    if model.fits is None:
        return "", ""
    return (model.fit.rstrip("."), "ok") if model.fits else (tr("Too large here"), "danger")


def graphics_words(cards: "Sequence[GraphicsCard]") -> str:
    """The name of the graphics card, or a note that the processor is used."""
    if not cards:
        return tr("No graphics card found; the processor is used.")
    names = [
        f"{item.name} ({words.size(item.memory)})" if item.memory else item.name for item in cards
    ]
    return tr(
        "Graphics card: {named}. The model server uses it automatically.", named=words.names(names)
    )


def _server_state(library: "Library | None", cancel: Cancel) -> tuple[object, tuple[object, ...]]:
    """Query the chosen server and its models. Runs on a worker."""
    server = language_models(library)
    status = server.status(cancel=cancel)
    return status, tuple(server.list(cancel=cancel)) if status.answers else ()


def _set_sending(
    library: "Library", state: str, cancel: Cancel
) -> tuple[object, tuple[object, ...]]:
    """Allow or forbid sending this library; "never" is taken back first."""
    if state == "allow":
        library.models.sending("off")
    library.models.sending(state)
    return _server_state(library, cancel)


def _choose(
    library: "Library | None",
    name: str,
    purpose: str,
    cancel: Cancel,
    is_remote: bool = False,
    key: str = "",
) -> tuple[object, tuple[object, ...]]:
    """Choose a server, or a model for a use ("" for none); `is_remote` is the consent."""
    language_models(library).choose(name, purpose, beyond=is_remote, key=key, cancel=cancel)
    return _server_state(library, cancel)
