"""The page of speech models: which size writes down recordings, and in which language.

A model is loaded from its maker only when one asks for it, with its size before one's eyes. A model
of one's own is a folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Report
from workbench.ui.components import words
from workbench.ui.components.boxes import card
from workbench.ui.components.choices import choice
from workbench.ui.components.notices import error_message
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.settings.models_page import ModelsPage, press
from workbench.ui.settings.page import Line, Title, lines
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.intake.speech import SpeechModelRow
    from workbench.library import Library

_LOOKING = "settings:speech"
#: Languages that are offered; what is spoken is found out where none is chosen.
_LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The models, and the language that recordings are written down in, "" for any."""

    models: "tuple[SpeechModelRow, ...]"
    language: str


class SpeechPage(ModelsPage):
    """Lists speech models, loads them and chooses among them."""

    title = Title(
        tr("Speech"),
        "audio",
        tr(
            "Transcribes recordings without captions. Runs on this computer. Downloading "
            "a model fetches its files from huggingface.co and sends nothing of yours."
        ),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, loading: Work) -> None:
        super().__init__(shelf, jobs, loading)
        #: What was seen last.
        self.spoken: Spoken | None = None
        self.language = QComboBox()
        shelf.switched.connect(self.look_if_seen)
        shelf.opened.connect(self.look_if_seen)

    def look(self) -> None:
        """See which models are here."""
        self._read(_looked, done=self._came, failed=self._failed, key=_LOOKING)

    def _came(self, spoken: Spoken) -> None:
        self.spoken = spoken
        self._rebuild()

    def _failed(self, error: WorkbenchError) -> None:
        if self.spoken is not None:
            self._rebuild()
        self._list.addWidget(error_message(error))

    # -- what is shown ----------------------------------------------------------------------------

    def _fill_list(self) -> None:
        spoken = self.spoken
        if spoken is None:
            return
        models = [self._line(model, spoken.language) for model in spoken.models]
        self._list.addWidget(card(lines(*models), name=tr("Speech models")))
        self._folder_button(
            tr("A folder that contains a speech model for faster-whisper"),
            tr("The folder of a speech model"),
            self.use_folder,
        )
        self._tell_trouble()
        used = next((model.name for model in spoken.models if model.used and model.folder), "")
        if used:
            self._list.addWidget(
                card(lines(self._languages(used, spoken.language)), name=tr("Language"))
            )

    def _languages(self, used: str, chosen: str) -> Line:
        tags = sorted({*_LANGUAGES, *([chosen] if chosen else [])}, key=words.language)
        entries = [(tr("Detect automatically"), ""), *((words.language(tag), tag) for tag in tags)]
        box = self.language = choice(tr("Language of recordings"), entries)
        box.setCurrentIndex(box.findData(chosen))
        box.activated.connect(lambda at: self._use(used, str(box.itemData(at))))
        about = tr(
            "If all your recordings are in one language, choosing it is faster and more accurate."
        )
        return Line("web", tr("Language of recordings"), about, "", "", box)

    def _line(self, model: "SpeechModelRow", language: str) -> QWidget:
        mine, busy = self._work.subject == model.name, bool(self._work.subject)
        name = model.name
        presses: list[QPushButton] = []
        state, role = (tr("In use"), "ok") if model.used else (tr("Ready"), "muted")
        if mine:
            state, role = tr("Loading"), "muted"
            presses.append(press(tr("Stop"), name, self._work.stop))
        elif model.folder is None:
            state = ""
            load = tr("Download ({disk})", disk=words.size(model.disk))
            presses.append(press(load, name, partial(self.load, model), on=not busy))
        elif not model.used:
            presses.append(press(tr("Use"), name, partial(self._use, name, language)))
        about = tr(
            "{words} · about {memory} of memory",
            words=known(model.words),
            memory=words.size(model.memory),
        )
        if model.folder is not None:
            about += f" · {words.size(model.disk)} · {words.home_short(model.folder)}"
        line = Line("audio", model.name, about, state, role, *presses)
        if mine:
            self._measure(line, tr("Downloading {name}", name=name))
        return line

    def _show_progress(self) -> None:
        self._fill(
            tr("Asking for it…"),
            lambda at: tr("{done} of {total}", done=words.size(at.done),
                          total=words.size(at.total or 0)),
        )  # fmt: skip

    # -- what is done -----------------------------------------------------------------------------

    def load(self, model: "SpeechModelRow") -> None:
        """Load a model from its maker."""
        library = self._shelf.library
        if library is not None:
            doing = partial(_load, library, model.name)
            completed = (
                tr("Speech model {name} downloaded", name=model.name),
                (tr("Recordings will be transcribed with it.")),
            )
            self._work.begin(
                model.name,
                tr("Downloading the speech model {name}", name=model.name),
                doing,
                completed,
            )

    def use_folder(self, folder: str) -> None:
        """Write down recordings with the model in a folder."""
        self._use(folder, self.spoken.language if self.spoken is not None else "")

    def _use(self, name: str, language: str) -> None:
        self._shelf.ask(_choose, name, language, done=self._came, failed=self._failed, key=_LOOKING)


def _looked(library: "Library") -> Spoken:
    from workbench.intake import speech

    means = speech.active_model()
    rows: Sequence[SpeechModelRow] = library.models.list("speech")
    return Spoken(tuple(rows), means.language if means is not None else "")


def _choose(library: "Library", name: str, language: str) -> Spoken:
    library.models.choose(name, "speech", language=language)
    return _looked(library)


def _load(library: "Library", name: str, report: Report, cancel: Cancel) -> object:
    """Load a model; the first one that comes is used at once."""
    library.models.fetch(name, "speech", report=report, cancel=cancel)
    if not any(item.used for item in library.models.list("speech")):
        library.models.choose(name, "speech")
    return next(row for row in library.models.list("speech") if row.name == name)
