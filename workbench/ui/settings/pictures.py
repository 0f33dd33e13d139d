"""The page of the image model: what finds pictures by what they show, and how to add it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import card
from workbench.ui.components.notices import message
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr, tr_n
from workbench.ui.settings.models_page import ModelsPage, press
from workbench.ui.settings.page import Line, Title, lines
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.pictures import PictureSpace

_LOOKING, _DROPPING = "settings:pictures", "settings:no pictures"
_DONE = tr("Pictures and figures are found by what they show.")


@dataclass(frozen=True, slots=True)
class Standing:
    """The model in use, if there is one, and what image models cannot be run without here."""

    space: "PictureSpace | None"
    missing: str


class PicturesPage(ModelsPage):
    """Says whether an image model looks at pictures, chooses one, and lets it go."""

    title = Title(
        tr("Pictures"),
        "image",
        tr(
            "Finds pictures, and figures in PDFs, by what they show. Runs on this "
            "computer. Without one, only captions and words in pictures are searched."
        ),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, looking: Work) -> None:
        super().__init__(shelf, jobs, looking)
        #: What was seen last.
        self.standing: Standing | None = None
        shelf.switched.connect(self._forget)
        shelf.opened.connect(self.look_if_seen)
        shelf.sources_changed.connect(self.look_if_seen)

    def look(self) -> None:
        """See which model is in use and how much it has seen."""
        self._read(_stand, done=self._came, failed=self._troubled, key=_LOOKING)

    def _forget(self) -> None:
        self._work.forget()
        self.standing, self._trouble, self._asked = None, None, ""
        self.look_if_seen()

    def _came(self, standing: Standing) -> None:
        if standing != self.standing or self._trouble is not None or self._list.count() < 2:
            self.standing, self._trouble = standing, None
            self._rebuild()

    # -- what is shown ----------------------------------------------------------------------------

    def _fill_list(self) -> None:
        standing = self.standing
        if standing is not None:
            if standing.space is not None or self._work.subject:
                line = self._line(standing.space)
                self._list.addWidget(card(lines(line), name=tr("Image model")))
            elif not standing.missing:
                self._list.addWidget(
                    message(
                        "info", tr("No image model is in use."),
                        tr("Choose the folder of a model for open_clip, such as one of ViT-B-32."),
                    )
                )  # fmt: skip
            if standing.missing:
                # The sentence and its next step, which ends in a command.
                what, _, how = standing.missing.partition(". ")
                self._list.addWidget(
                    message("info", f"{what}.", tr("{how} Then start again.", how=how))
                )
            elif standing.space is not None and standing.space.trouble:
                self._list.addWidget(message("warn", standing.space.trouble, ""))
        self._tell_trouble()
        self._folder_button(
            tr("A folder that contains an image model for open_clip"),
            tr("The folder of an image model"),
            self.use_folder,
            on=not self._work.subject,
        )

    def _line(self, space: "PictureSpace | None") -> QWidget:
        busy = bool(self._work.subject)
        name = space.model if space is not None else self._work.subject
        presses: list[QPushButton] = []
        about = ""
        state, role = tr("In use"), "ok"
        if space is not None:
            about = tr(
                "{pictures} seen, {done} of {sources} looked through · {path}",
                pictures=words.count(space.pictures, "picture"),
                done=words.number(space.done),
                sources=words.count(space.total, "source"),
                path=words.home_short(space.path),
            )
            if space.trouble:
                state, role = tr("Not working"), "warn"
        if busy:
            state, role = tr("Looking"), "muted"
            presses.append(press(tr("Stop"), name, self._work.stop))
        elif space is not None:
            if space.done < space.total and not space.trouble:
                presses.append(press(tr("Look at the rest"), name, self._look_on))
            presses.append(press(tr("Turn off…"), name, partial(self._ask_off, name)))
        line = Line("image", name, about, state, role, *presses)
        if busy:
            self._measure(line, tr("{name} looks at pictures", name=name))
        elif self._asked and space is not None:
            line.below.addWidget(self._off_question(space))
        return line

    def _show_progress(self) -> None:
        self._fill(tr("Loading the model…"), words.steps)

    def _off_question(self, space: "PictureSpace") -> QWidget:
        many = words.count(space.pictures, "picture")
        return self._question(
            tr_n(space.pictures, "Forget what {pictures} shows?", "Forget what {pictures} show?",
                 pictures=many),
            tr("Your pictures are not changed. To search them by content again, the model "
            "has to look at all of them again."),
        )  # fmt: skip

    # -- what is done -----------------------------------------------------------------------------

    def use_folder(self, folder: str) -> None:
        """Let the model in a folder look at every picture."""
        name = folder.replace("\\", "/").rstrip("/").rpartition("/")[2]
        self._begin(name, lambda library: partial(library.models.use, folder, "pictures"))

    def _look_on(self) -> None:
        if self.standing is not None and self.standing.space is not None:
            self._begin(
                self.standing.space.model,
                lambda library: partial(library.models.update, "pictures"),
            )

    def _begin(self, name: str, doing: "Callable[[Library], Callable[..., object]]") -> None:
        library = self._shelf.library
        if library is not None:
            title = tr("{name} looks at pictures", name=name)
            told = tr("{name} has seen the pictures", name=name), _DONE
            self._work.begin(name, title, doing(library), told)

    def _turn_off(self) -> None:
        self._shelf.ask(
            lambda library: library.models.drop("pictures"),
            done=lambda _many: self.look(), failed=self._troubled, key=_DROPPING,
        )  # fmt: skip


def _stand(library: "Library") -> Standing:
    return Standing(next(iter(library.models.readings("pictures")), None), library.models.missing)
