"""The page of language models: the server that is asked, its models, what each is chosen for.

Nothing is contacted before the page is opened; another machine only after one has said that texts
may go there.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from workbench.capability import State
from workbench.errors import WorkbenchError
from workbench.ui.activity.tasks import Meter
from workbench.ui.components import words
from workbench.ui.components.boxes import card, clear, column, row
from workbench.ui.components.choices import choice
from workbench.ui.components.controls import Sign, button, field
from workbench.ui.components.notices import error_message, message
from workbench.ui.components.words import label
from workbench.ui.inspector.pairs import pairs
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings import server
from workbench.ui.settings.model_state import language_words
from workbench.ui.settings.models_page import fill_meter
from workbench.ui.settings.page import Line, Page, Title, lines, ways
from workbench.ui.settings.server import Looked
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.models.language import LanguageModel, LanguageTrial
    from workbench.models.machine import GraphicsCard


_CAN = {
    "completion": "writes",
    "thinking": tr("thinks"),
    "embedding": tr("makes vectors"),
    "vision": tr("sees images"),
    "tools": tr("uses tools"),
}


def about(model: "LanguageModel") -> str:
    """What a model is and can do: "3.2B · 2.0 GB · reads 131 072 tokens · writes, thinks"."""
    can = ", ".join(_CAN[capability] for capability in model.capabilities if capability in _CAN)
    parts = [
        model.parameters,
        model.quantization,
        words.size(model.size) if model.size else "",
        language_words(model.languages),
        tr("reads {context} tokens", context=words.number(model.context)) if model.context else "",
        can or (tr("writes text") if model.writes else ""),
        model.fit if model.fits is False else "",
    ]
    return " · ".join(filter(None, parts))


def fit(model: "LanguageModel") -> tuple[str, str]:
    """Whether a model fits in memory, in words, and the role of the label; "" where unknown."""
    if model.fits is None:
        return "", ""
    return (model.fit.rstrip("."), "ok") if model.fits else (tr("Too large here"), "danger")


def graphics_words(cards: "Sequence[GraphicsCard]") -> str:
    """The graphics card by name, or that there is none and what does its work."""
    if not cards:
        return tr("No graphics card found; the processor is used.")
    named = [
        f"{item.name} ({words.size(item.memory)})" if item.memory else item.name for item in cards
    ]
    return tr(
        "Graphics card: {named}. The model server uses it automatically.", named=words.names(named)
    )


def facts(trial: "LanguageTrial") -> list[tuple[str, str]]:
    """What a test showed, as pairs of a name and a value."""
    reply = f"“{' '.join(trial.reply.split())}”" if trial.reply.strip() else tr("nothing")
    took = tr(
        "first word after {first:.1f} s, all in {seconds:.1f} s",
        first=trial.first,
        seconds=trial.seconds,
    )
    where = ""
    if trial.on_graphics is not None:
        share = words.percent(trial.on_graphics)
        where = (
            tr("{share} on the graphics card", share=share)
            if trial.on_graphics
            else tr("on the processor")
        )
    results = [
        (tr("Address"), trial.address),
        (tr("Server"), trial.server),
        (tr("Model"), trial.model),
        (tr("Context"), tr("{context} tokens", context=words.number(trial.context))),
        (tr("Sample"), reply),
        (
            tr("Took"),
            tr("{rate:.0f} tokens/s, {took}", rate=trial.rate, took=took)
            if trial.rate >= 1
            else took,
        ),
        (tr("Runs"), where),
        (tr("Hint"), trial.hint),
    ]
    return [(name, value) for name, value in results if value]


class FetchPart(QWidget):
    """Has the server fetch a model, which goes on when one leaves."""

    #: A fetch is over, whatever came of it.
    fetched = Signal()

    def __init__(self, shelf: Shelf, work: Work) -> None:
        super().__init__()
        self._shelf, self._work = shelf, work
        self._meter: Meter | None = None
        self._said = label("", "small")
        self.field = field(tr("A model to fetch, such as llama3.2"), tr("Model to fetch"))
        self.field.returnPressed.connect(self.fetch)
        self._go = button(tr("Fetch"), call=self.fetch)
        line = row(self.field, self._go, wide=0)
        self._moving = column(gap=4)
        about = tr("Ollama downloads it from its online library.")
        self.setLayout(column(line, label(about, "caption", wrap=True), self._moving, gap=4))
        work.changed.connect(self._moved)

    def fetch(self) -> None:
        """Fetch the model whose name was written."""
        name = self.field.text().strip()
        if name:
            doing = partial(server.pull, self._shelf.library, name)
            completed = tr("{name} was fetched", name=name), tr("You can test and choose it now.")
            self._work.begin(name, tr("Fetching {name}", name=name), doing, completed)

    def _moved(self) -> None:
        """The fetching began, moved on or is over."""
        work = self._work
        if work.subject and self._meter is not None:
            self._fill()
            return
        over, self._meter = self._meter is not None and not work.subject, None
        clear(self._moving)
        self._go.setEnabled(not work.subject)
        if work.subject:
            stop = button(
                tr("Stop"),
                call=work.stop,
                name=tr("Stop: fetching {subject}", subject=work.subject),
            )
            self._meter, self._said = (
                Meter(tr("Fetching {subject}", subject=work.subject)),
                label("", "small"),
            )
            line = row(self._said, stop, wide=0)
            self._moving.addLayout(line)
            self._moving.addWidget(self._meter)
            self._fill()
        elif work.trouble is not None:
            self._moving.addWidget(error_message(work.trouble[1]))
        elif over:
            self.field.clear()
        if over:
            self.fetched.emit()

    def _fill(self) -> None:
        name = self._work.subject
        fill_meter(
            *(self._work, self._meter, self._said, tr("{name}: asking for it…", name=name)),
            lambda at: tr("{name}: {done} of {total}", name=name, done=words.size(at.done),
                          total=words.size(at.total or 0)),
        )  # fmt: skip


_LOOKING, _TRYING = "settings:ollama", "settings:ollama test"
#: What a model is chosen for: purpose, name, sign, what it does, what does it without one.
_USES = (
    ("dialogue", tr("Written answers"), "ask",
     tr("Writes a short answer; every sentence is checked against your sources."),
     tr("Quotes, no model")),
    ("extraction", tr("Links out of texts"), "associations",
     tr("Finds more links between concepts, each with its sentence."), tr("Rules, no model")),
)  # fmt: skip


class LanguagePage(Page):
    """Reaches a server, lists and tests its models, and chooses among them."""

    title = Title(
        tr("Language models"),
        "chip",
        tr(
            "Optional. Without a model, answers are direct quotes. Ollama, llama.cpp,"
            " LM Studio or vLLM run language models on this computer."
        ),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, fetching: Work) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        #: What was seen last; None while the server is not reached.
        self.looked: Looked | None = None
        self.trial: LanguageTrial | None = None
        self.choices: dict[str, QComboBox] = {}
        self.field = field(server.usual(), tr("Address of the model server"))
        self.field.returnPressed.connect(self._connect)
        connect = button(tr("Connect"), call=self._connect)
        line = row(self.field, connect, wide=0)
        self._state, self._list, self._result = column(gap=8), column(gap=8), column(gap=6)
        self.fetch = FetchPart(shelf, fetching)
        self.fetch.fetched.connect(self._look_if_seen)
        self.fetch.hide()
        self.body.addWidget(label(tr("Address"), "head"))
        for part in (line, self._state, self._list):
            self.body.addLayout(part)
        self.body.addWidget(self.fetch)
        self.body.addLayout(self._result)

    # -- the server -------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask the server that is chosen."""
        selected = server.choices()
        if not self.field.hasFocus():
            self.field.setText(selected.address)
        if self.looked is None:
            self._say(label(tr("Asking the server…"), "muted"))
        self._jobs.run(
            server.look, self._shelf.library, done=self._came, failed=self._failed, key=_LOOKING
        )

    def _look_if_seen(self) -> None:
        if self.isVisible():
            self.look()

    def _connect(self) -> None:
        address = self.field.text().strip()
        self._jobs.cancel(_LOOKING)
        try:
            place = server.place(address)
        except WorkbenchError as error:
            self._say(error_message(error))
            return
        selected = server.choices()
        agreed = selected.beyond and selected.address == address
        if place.here or agreed:
            self._reach(address, beyond=not place.here)
        else:
            self._ask(address, place.host)

    def _ask(self, address: str, host: str) -> None:
        """Another machine: nothing is sent before one has agreed."""
        keep = button(tr("Use this computer"), kind="primary", call=self._use_here)
        go = button(tr("Send texts there"), call=partial(self._reach, address, beyond=True))
        self._say(
            message(
                "warn", tr("“{host}” is another computer.", host=host),
                (tr("Your questions, and the text its models read, would be sent there. "
                "Nothing has been sent yet.")), keep, go,
            )
        )  # fmt: skip
        self.take_focus(keep)

    def _use_here(self) -> None:
        self.field.clear()
        self._reach("", beyond=False)

    def _reach(self, address: str, *, beyond: bool) -> None:
        self._say(label(tr("Asking {address}…", address=address or server.usual()), "muted"))
        self._jobs.run(
            server.connect, self._shelf.library, address, beyond,
            done=self._came, failed=self._failed, key=_LOOKING,
        )  # fmt: skip

    def _failed(self, error: WorkbenchError) -> None:
        self._say(error_message(error, self._again()))

    def _again(self) -> QPushButton:
        return button(tr("Try again"), call=self.look)

    def _came(self, looked: Looked) -> None:
        if looked.answers:
            self.looked = looked
            self._rebuild(looked)
            return
        status = looked.status
        # Whoever never asked for one has nothing to mend.
        selected = status.choices
        kind = "error" if selected.address or selected.dialogue or selected.extraction else "info"
        self._say(message(kind, status.sentence, status.hint, self._again()))

    def _say(self, what: QWidget) -> None:
        """Say how it stands with the server; there are no models then."""
        self.looked, self.choices = None, {}
        for part in (self._state, self._list, self._result):
            clear(part)
        self.fetch.hide()
        self._state.addWidget(what)

    # -- its models -------------------------------------------------------------------------------

    def _rebuild(self, looked: Looked) -> None:
        with self.kept_focus():
            self._fill_list(looked)

    def _fill_list(self, looked: Looked) -> None:
        clear(self._state)
        clear(self._list)
        self.choices = {}
        status = looked.status
        where = (
            tr("on this computer")
            if status.here
            else tr("on another computer: texts are sent there")
        )
        told = tr(
            "{server} is running at {address}, {where}.",
            server=status.server,
            address=status.address,
            where=where,
        )
        sign = Sign("check", "confirmed", 16) if status.here else Sign("alert", "emergent", 16)
        head = row(sign, label(told, "small", wrap=True), gap=6, wide=1)
        self._state.addLayout(head)
        selected = any((status.choices.dialogue, status.choices.extraction))
        if selected and status.state is not State.WORKS and status.choices.dialogue:
            self._state.addWidget(message("error", status.sentence, status.hint))
        self._list.addWidget(card(lines(*self._uses(looked)), name=tr("What models are used for")))
        if looked.models:
            visible = [self._line(model) for model in looked.models]
            self._list.addWidget(label(tr("Models"), "head"))
            self._list.addWidget(card(lines(*visible), name=tr("Language models")))
        else:
            how = (
                tr("Fetch one below, such as llama3.2.")
                if status.fetches
                else tr("Load one there.")
            )
            self._list.addWidget(message("info", tr("It has no model yet."), how))
        if status.here:
            told = graphics_words(status.graphics)
            self._list.addWidget(label(told, "small", wrap=True))
        self.fetch.setVisible(status.fetches)

    def _uses(self, looked: Looked) -> list[Line]:
        """A choice for everything that a model can be used for."""
        writers = [item.name for item in looked.models if item.writes]
        results = []
        for purpose, name, sign, about, without in _USES:
            selected = str(getattr(looked.status.choices, purpose))
            entries = [(without, ""), *((item, item) for item in writers)]
            box = choice(tr("Model for: {name}", name=name), entries)
            if selected and selected not in writers:
                box.addItem(tr("{chosen} (missing)", chosen=selected), selected)
            box.setCurrentIndex(box.findData(selected))
            box.activated.connect(partial(self._choose, purpose, box))
            self.choices[purpose] = box
            results.append(Line(sign, name, about, "", "", box))
        return results

    def _choose(self, purpose: str, box: QComboBox, at: int) -> None:
        name = str(box.itemData(at))
        self._jobs.run(
            server.choose, self._shelf.library, name, purpose,
            done=self._came, failed=self._not_chosen, key=_LOOKING,
        )  # fmt: skip

    def _not_chosen(self, error: WorkbenchError) -> None:
        if self.looked is not None:
            self._rebuild(self.looked)
            self._state.addWidget(error_message(error))

    def _line(self, model: "LanguageModel") -> QWidget:
        test = button(
            tr("Test"),
            call=partial(self.test, model.name),
            name=tr("Test: {name}", name=model.name),
        )
        state, role = fit(model)
        presses = (test,) if model.writes else ()
        return Line("chip", model.name, about(model), state, role, *presses)

    # -- tests ------------------------------------------------------------------------------------

    def test(self, name: str) -> None:
        """Have a model say a sentence."""
        clear(self._result)
        stop = button(tr("Stop"), kind="quiet", name=tr("Stop: test"), call=self._stop_test)
        line = row(label(tr("Testing {name}…", name=name), "muted", wrap=True), stop, wide=0)
        self._result.addLayout(line)
        self._jobs.run(
            server.test, self._shelf.library, name,
            done=self._tested, failed=partial(self._not_tested, name), key=_TRYING,
        )  # fmt: skip

    def _stop_test(self) -> None:
        self._jobs.cancel(_TRYING)
        clear(self._result)

    def _tested(self, trial: "LanguageTrial") -> None:
        self.trial = trial
        visible = facts(trial)
        title = (
            tr("{model} needs a look", model=trial.model)
            if trial.hint
            else tr("{model} answers", model=trial.model)
        )
        sign = Sign("alert", "emergent") if trial.hint else Sign("check", "confirmed")
        again, copy = button(tr("Test again")), button(tr("Copy details"), kind="quiet")
        again.clicked.connect(partial(self.test, trial.model))
        text = "\n".join(f"{name}: {value}" for name, value in visible)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(text))
        head = row(sign, label(title, "strong", wrap=True), wide=1)
        box = column(head, pairs(visible), ways(again, copy), margins=(16, 12, 14, 14), gap=8)
        self._show_result(card(box, name=title))

    def _not_tested(self, name: str, error: WorkbenchError) -> None:
        again = button(tr("Test again"), call=partial(self.test, name))
        self._show_result(error_message(error, again))

    def _show_result(self, shown: QWidget) -> None:
        clear(self._result)
        self._result.addSpacing(8)
        self._result.addWidget(label(tr("Last test"), "head"))
        self._result.addWidget(shown)
        self.bring_into_view(shown)
