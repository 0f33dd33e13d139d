"""What the Reader says above the text: that words moved, that a source is in the Trash, or gone."""

from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components.notices import message
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
                "The quoted words are not on this page any more",
                "The text at this place differs from the quote. Ask again to find them.",
            )
        )
    return said


def trashed() -> QWidget:
    """The source lies in the Trash."""
    return message(
        "warn",
        "This source is in the Trash",
        "Questions no longer count it. To bring it back, open the Trash and restore it.",
    )


def gone() -> QWidget:
    """The source was deleted for good while it was open."""
    return message(
        "warn",
        "This source was deleted for good",
        "What is still to be seen here is the last of it: the library holds it no more.",
    )


def no_pages(error: WorkbenchError) -> QWidget:
    """No picture of a page can be had."""
    return message("info", "The original cannot be shown: here is its text", str(error))
