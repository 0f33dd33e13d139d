"""The line to enter a statement; below it, rejected parts with reasons."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workbench.memory.facts.records import Left
from workbench.ui import theme
from workbench.ui.components import (
    button,
    column,
    drop_menu,
    field,
    holder,
    paragraph,
    row,
    ticked,
    tool,
)
from workbench.ui.language import tr
from workbench.ui.memories import kinds
from workbench.ui.memories.rows import FACT

#: Number of rejected parts to quote; the rest is counted.
_QUOTED = 3
_LONGEST = 80
_REASONS = {
    "question": tr("That's a question – ask it under Ask instead"),
    "chatter": tr("write it as a statement"),
    "faint": tr("it says too little"),
    "empty": tr("there are no words in it"),
}


def more_kinds(
    options: Sequence[str], current: Callable[[], str], choose: Callable[[str], object]
) -> QToolButton:
    """A button with a menu of kinds, the one of `current` checked."""
    created = tool("more", tr("More"), tip=tr("Choose a kind"))
    menu = QMenu(created)

    def fill() -> None:
        menu.clear()
        for kind in options:
            set_kind, sign = partial(choose, kind), theme.icon(kinds.glyph(kind))
            ticked(menu, kinds.word(kind), set_kind, on=kind == current(), sign=sign)

    menu.aboutToShow.connect(fill)
    drop_menu(created, menu)
    return created


class RememberLine(QWidget):
    """A line edit; `submitted` emits (text, kind), and it is cleared once the text is saved.

    The kind is optional: others than the plain one are in the menu "More".
    """

    submitted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        #: The kind to save as.
        self.kind = FACT
        self._where = ""
        self.field = field("", tr("Something to remember"), "note")
        self.field.setMaxLength(1_000_000)
        self.field.returnPressed.connect(self._submit)
        self.more = more_kinds(kinds.STORABLE, lambda: self.kind, self.choose)
        self.press = button(tr("Remember"), tip=tr("Remember (Enter)"), call=self._submit)
        self.press.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.press.setEnabled(bool(text.strip())))
        self._said = paragraph("")
        self.dismiss = tool("close", tr("Dismiss"), call=self.be_silent)
        answer = row(self._said, self.dismiss, gap=8, wide=0)
        self._answer = holder(answer)
        line = row(self.field, self.more, self.press, wide=0)
        self.setLayout(column(line, self._answer, gap=4))
        self.choose(FACT)
        self.be_silent()

    def choose(self, kind: str) -> None:
        """Set the kind to save as."""
        self.kind = kind
        word = tr("{kind}{where}…", kind=kinds.word(kind), where=self._where)
        plain = tr("Remember{where}…", where=self._where)
        self.field.setPlaceholderText(plain if kind == FACT else word)

    def set_collection(self, name: str | None) -> None:
        """Show the target collection."""
        self._where = tr(" in “{collection}”", collection=name) if name else ""
        self.choose(self.kind)

    def kept(self, left: tuple[Left, ...], *, whole: bool) -> None:
        """Report a save: the parts `left` stay in the field, or all if nothing was saved."""
        if not left:
            self.field.clear()
            self.be_silent()
            return
        if not whole:
            # Nothing was saved: the text can be rephrased.
            self.field.selectAll()
        else:
            self.field.setText(" ".join(item.text for item in left))
        self.show_text(tr("Not saved: {reasons}", reasons=reasons(left)))

    def show_text(self, text: str) -> None:
        """Show a message below the line."""
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._answer.show()

    def be_silent(self) -> None:
        """Hide the message."""
        self._said.clear()
        self._answer.hide()

    @property
    def text(self) -> str:
        """The message below the line."""
        return self._said.text()

    def _submit(self) -> None:
        text = self.field.text().strip()
        if text:
            self.submitted.emit(text, self.kind)


def reasons(left: tuple[Left, ...]) -> str:
    """The rejected parts with reasons."""
    pieces = []
    for item in left[:_QUOTED]:
        text = " ".join(item.text.split())
        text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
        reason = _REASONS.get(item.reason, item.reason)
        pieces.append(f"“{text}”: {reason}." if text else tr("Nothing: {why}.", why=reason))
    remainder = len(left) - len(pieces)
    more = tr(" And {rest} more.", rest=remainder) if remainder else ""
    return f"{' '.join(pieces)}{more}"
