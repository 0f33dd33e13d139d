"""The line that takes a thing to remember, and says beneath it what of it was not kept, and why."""

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

#: Pieces that are quoted one by one; the rest is counted.
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
    """A press behind which the kinds stand, the one of `current` ticked."""
    created = tool("more", tr("More"), tip=tr("Choose a kind"))
    menu = QMenu(created)

    def fill() -> None:
        menu.clear()
        for kind in options:
            set_kind, sign = partial(_set_kind, choose, kind), theme.icon(kinds.glyph(kind))
            ticked(menu, kinds.word(kind), set_kind, on=kind == current(), sign=sign)

    menu.aboutToShow.connect(fill)
    drop_menu(created, menu)
    return created


def _set_kind(choose: Callable[[str], object], kind: str, _on: bool) -> None:
    choose(kind)


class RememberLine(QWidget):
    """Type, Enter. `submitted` carries (text, kind); the line empties once it is kept.

    A kind is asked for by nobody: who wants another than the plain one finds them behind "More".
    """

    submitted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        #: What the words are to be stored as.
        self.kind = FACT
        self._where = ""
        self.field = field("", tr("Something to remember"), "note")
        self.field.setMaxLength(1_000_000)
        self.field.returnPressed.connect(self._submit)
        self.field.textChanged.connect(self._typed)
        self.more = more_kinds(kinds.STORABLE, lambda: self.kind, self.choose)
        self.press = button(tr("Remember"), tip=tr("Remember (Enter)"), call=self._submit)
        self.press.setAccessibleName(tr("Remember"))
        self.press.setEnabled(False)
        self._said = paragraph("")
        self.dismiss = tool("close", tr("Dismiss"), call=self.be_silent)
        answer = row(self._said, self.dismiss, gap=8, wide=0)
        self._answer = holder(answer)
        line = row(self.field, self.more, self.press, wide=0)
        self.setLayout(column(line, self._answer, gap=4))
        self.choose(FACT)
        self.be_silent()

    def choose(self, kind: str) -> None:
        """Store what is typed as this."""
        self.kind = kind
        word = tr("{kind}{where}…", kind=kinds.word(kind), where=self._where)
        plain = tr("Remember{where}…", where=self._where)
        self.field.setPlaceholderText(plain if kind == FACT else word)

    def set_collection(self, name: str | None) -> None:
        """Say where the next thing goes."""
        self._where = tr(" in “{collection}”", collection=name) if name else ""
        self.choose(self.kind)

    def kept(self, left: tuple[Left, ...], *, whole: bool) -> None:
        """It was stored, `whole` or in part; `left` is not lost from sight."""
        if not left:
            self.field.clear()
            self.be_silent()
            return
        if not whole:
            # What can be kept stays in the field, to be said in other words.
            self.field.selectAll()
        else:
            self.field.setText(" ".join(item.text for item in left))
        self.show_text(tr("Not saved: {reasons}", reasons=reasons(left)))

    def show_text(self, text: str) -> None:
        """Say something beneath the line until something else is typed."""
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._answer.show()

    def be_silent(self) -> None:
        """Say nothing."""
        self._said.clear()
        self._answer.hide()

    @property
    def text(self) -> str:
        """What is said beneath the line."""
        return self._said.text()

    def _typed(self, text: str) -> None:
        self.press.setEnabled(bool(text.strip()))

    def _submit(self) -> None:
        text = self.field.text().strip()
        if text:
            self.submitted.emit(text, self.kind)


def reasons(left: tuple[Left, ...]) -> str:
    """What was not kept, piece by piece with why not."""
    pieces = []
    for item in left[:_QUOTED]:
        text = " ".join(item.text.split())
        text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
        reason = _REASONS.get(item.reason, item.reason)
        pieces.append(f"“{text}”: {reason}." if text else tr("Nothing: {why}.", why=reason))
    remainder = len(left) - len(pieces)
    more = tr(" And {rest} more.", rest=remainder) if remainder else ""
    return f"{' '.join(pieces)}{more}"
