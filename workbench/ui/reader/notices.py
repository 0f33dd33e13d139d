"""Notices above the text: words have moved, the source is in the Trash, or was deleted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ingest.media.remarks import is_locked, lacks_model
from workbench.errors import WorkbenchError
from workbench.ui.components import PasswordField, card, column, message
from workbench.ui.language import tr
from workbench.ui.reader.opening import Opening


def of(opened: Opening) -> list[QWidget]:
    """What is to be known about what was opened."""
    text: list[QWidget] = []
    if opened.shelf.source.trashed is not None:
        text.append(trashed())
    text += [
        message("info", tr("There is no transcript yet"), notice)
        for notice in opened.shelf.source.notices
        if lacks_model(notice)
    ]
    if opened.lost:
        text.append(
            message(
                "warn",
                tr("The quoted words are no longer on this page"),
                tr("The text here has changed since it was quoted. Ask again to find it."),
            )
        )
    return text


def trashed() -> QWidget:
    """The source lies in the Trash."""
    return message(
        "warn",
        tr("This source is in the Trash"),
        tr("It is not searched. To bring it back, open the Trash and restore it."),
    )


def deleted_message() -> QWidget:
    """The source was deleted for good while it was open."""
    return message(
        "warn",
        tr("This source was deleted"),
        tr("This view will close when you leave it."),
    )


def no_pages(
    error: WorkbenchError, unlock: Callable[..., object], unlocked: Callable[[Any], object]
) -> QWidget:
    """No picture of a page can be had; a locked file has a field for its password."""
    if is_locked(error.message):
        locked = PasswordField(unlock, unlocked)
        locked.say(tr("The pages of this PDF are locked; this is its text"))
        return card(column(locked, margins=(14, 10, 12, 10)), name=locked.title.text())
    return message("info", tr("The original can't be shown; this is its text"), str(error))
