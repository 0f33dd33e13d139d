"""Notices above the text: words have moved, the source is in the Trash, or was deleted."""

from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components.notices import message
from workbench.ui.language import tr
from workbench.ui.reader.opening import Opened


def of(found: Opened) -> list[QWidget]:
    """What is to be known about what was opened."""
    said: list[QWidget] = []
    if found.shelf.source.trashed is not None:
        said.append(trashed())
    if found.lost:
        said.append(
            message(
                "warn",
                tr("The quoted words are no longer on this page"),
                tr("The text here has changed since it was quoted. Ask again to find it."),
            )
        )
    return said


def trashed() -> QWidget:
    """The source lies in the Trash."""
    return message(
        "warn",
        tr("This source is in the Trash"),
        tr("It is not searched. To bring it back, open the Trash and restore it."),
    )


def gone() -> QWidget:
    """The source was deleted for good while it was open."""
    return message(
        "warn",
        tr("This source was deleted"),
        tr("This view will close when you leave it."),
    )


def no_pages(error: WorkbenchError) -> QWidget:
    """No picture of a page can be had."""
    return message("info", tr("The original can't be shown; this is its text"), str(error))
