"""Pictures that show what was asked, found when one wants them: a model has to be loaded."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui.components import button, clear, column, error_message, label, row
from workbench.ui.inspector.found_pictures import SimilarPicture, picture_card, render
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library

_MAX_PICTURES, _JOB = 4, "ask:pictures"


class PictureSearch(QWidget):
    """A button, and after it was pressed the pictures that are nearest to the question."""

    def __init__(
        self,
        jobs: Jobs,
        library: "Library",
        question: str,
        read: Callable[[int, int, int], object],
    ) -> None:
        """`read` gets source, start and end of the place that is to be opened."""
        super().__init__()
        self._jobs, self._library, self._question, self._read = jobs, library, question, read
        #: What was found; None until that is known.
        self.found: tuple[SimilarPicture, ...] | None = None
        self.press = button(
            tr("Look in pictures"),
            "image",
            call=self.search,
            tip=tr("Finds pictures and figures that show what you asked about"),
        )
        self._box = column(gap=6)
        self.setLayout(column(10, row(self.press, None), self._box, gap=6))

    def search(self) -> None:
        """Find them, off the GUI thread."""
        self.press.setEnabled(False)
        self._show_text(tr("Looking…"))
        self._jobs.run(
            partial(_find, self._library, self._question),
            done=self._show_pictures, failed=self._failed, key=_JOB,
        )  # fmt: skip

    def _show_pictures(self, pictures: tuple[SimilarPicture, ...]) -> None:
        self.found = pictures
        self.press.hide()
        if not pictures:
            self._show_text(tr("The image model hasn't looked at any picture yet."))
            return
        clear(self._box)
        self._box.addWidget(label(tr("Pictures that match the question"), "head"))
        for item in pictures:
            self._box.addWidget(picture_card(item, self._read))

    def _failed(self, error: WorkbenchError) -> None:
        self.press.setEnabled(True)
        clear(self._box)
        self._box.addWidget(error_message(error))

    def _show_text(self, text: str) -> None:
        clear(self._box)
        self._box.addWidget(label(text, "caption", wrap=True))


def _find(library: "Library", question: str, cancel: Cancel) -> tuple[SimilarPicture, ...]:
    return render(library, library.sources.pictures(question, limit=_MAX_PICTURES), cancel)
