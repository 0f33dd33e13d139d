"""The line that takes a thing to remember, and says beneath it what of it was not kept, and why."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.memory.facts.records import Left
from workbench.ui import theme
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.choices import choice
from workbench.ui.components.controls import button, field, tool
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.memories import kinds

#: Pieces that are quoted one by one; the rest is counted.
_QUOTED = 3
_LONGEST = 80
_LEAST_FIELD = 200
_WHY = {
    "question": tr("That's a question – ask it under Ask instead"),
    "chatter": tr("write it as a statement"),
    "empty": tr("there are no words in it"),
}


class RememberLine(QWidget):
    """Type, Enter. `told` carries (text, kind); the line empties once it is kept.

    A kind is asked for by nobody: who wants another than the plain one finds them behind "More".
    """

    told = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.field = field("", tr("Something to remember"), "note")
        self.field.setMaxLength(1_000_000)
        self.field.returnPressed.connect(self._tell)
        self.field.textChanged.connect(self._typed)
        self.kind = choice(tr("Kind of note"))
        for each in kinds.TOLD:
            self.kind.addItem(theme.icon(kinds.glyph(each)), kinds.word(each), each)
        self.kind.hide()
        self.more = button(tr("More"), kind="quiet", tip=tr("Choose a kind"), call=self._show_kinds)
        self.press = button(tr("Remember"), tip=tr("Remember (Enter)"), call=self._tell)
        self.press.setAccessibleName(tr("Remember"))
        self.press.setEnabled(False)
        self._said = label("", "small", wrap=True)
        self.dismiss = tool("close", tr("Dismiss"), call=self.be_silent)
        answer = row(self._said, self.dismiss, gap=8, wide=0)
        self._answer = holder(answer)
        self._ways = holder(row(self.more, self.kind, self.press))
        self._line = row(self.field, self._ways, wide=0)
        self.setLayout(column(self._line, self._answer, gap=4))
        self.set_collection(None)
        self.be_silent()
        self._fit()
        theme.watch(self, self._fit)

    def _show_kinds(self) -> None:
        self.more.hide()
        self.kind.show()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        side = theme.px(16)
        self.kind.setIconSize(QSize(side, side))

    def set_collection(self, name: str | None) -> None:
        """Say where the next thing goes."""
        where = tr(" in “{collection}”", collection=name) if name else ""
        self.field.setPlaceholderText(tr("Remember{where}…", where=where))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little room, the field has a line of its own.
        kind = self.more if self.kind.isHidden() else self.kind
        beside = kind.sizeHint().width() + self.press.sizeHint().width()
        narrow = self.width() - beside < theme.px(_LEAST_FIELD)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(down if narrow else across)
        self._narrow = narrow
        self._show_ways()

    def _show_ways(self) -> None:
        """A line of their own, where they need one, is theirs only while something is typed."""
        self._ways.setVisible(not self._narrow or bool(self.field.text().strip()))

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
            self.field.setText(" ".join(each.text for each in left))
        self.say(tr("Not saved: {reasons}", reasons=reasons(left)))

    def say(self, text: str) -> None:
        """Say something beneath the line until something else is typed."""
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._answer.show()

    def be_silent(self) -> None:
        """Say nothing."""
        self._said.clear()
        self._answer.hide()

    @property
    def said(self) -> str:
        """What is said beneath the line."""
        return self._said.text()

    def _typed(self, text: str) -> None:
        self.press.setEnabled(bool(text.strip()))
        self._show_ways()

    def _tell(self) -> None:
        text = self.field.text().strip()
        if text:
            self.told.emit(text, str(self.kind.currentData()))


def reasons(left: tuple[Left, ...]) -> str:
    """What was not kept, piece by piece with why not."""
    pieces = []
    for each in left[:_QUOTED]:
        text = " ".join(each.text.split())
        text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
        why = _WHY.get(each.reason, each.reason)
        pieces.append(f"“{text}”: {why}." if text else tr("Nothing: {why}.", why=why))
    rest = len(left) - len(pieces)
    more = tr(" And {rest} more.", rest=rest) if rest else ""
    return f"{' '.join(pieces)}{more}"
