"""The answer: sentences with citation chips that Tab focuses and Enter opens.

Chips are anchors of a text document, with plates painted below the digits. Quotes are set in serif,
one per paragraph; generated sentences in sans, as running text. An unsupported sentence is dimmed,
underlined with dots and labelled, so that colour is not the only cue.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from workbench.recall.records import Answer, AnswerSentence
from workbench.store.sending import UNSENT
from workbench.ui import theme
from workbench.ui.components import (
    button,
    chip,
    column,
    emphasise,
    fill,
    holder,
    message,
    paragraph,
    quiet_button,
    row,
)
from workbench.ui.language import known, tr
from workbench.ui.reader.page_view import offset_in_line

if TYPE_CHECKING:
    from workbench.recall.writing.writing import Draft
    from workbench.ui.ask.sending import Consent


#: Characters that end a sentence in various scripts.
_ENDS = frozenset(".!?…。！？؟۔।")
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class AnswerView(QTextBrowser):
    """Shows the sentences of an answer; grows with its content and never scrolls."""

    #: The number of the citation that was clicked or opened with Enter.
    cited = Signal(int)

    def __init__(
        self,
        answer: Answer,
        previews: Mapping[int, str],
        *,
        drafted: bool = False,
    ) -> None:
        """With `drafted`, the sentences are set by `show_draft` while the answer is generated."""
        super().__init__()
        self._answer, self._previews = answer, previews
        self._quotes = answer.mode != "written" and not drafted
        self._sentences: Sequence[AnswerSentence] = () if drafted else answer.sentences
        self._tail = ""
        self._known = {item.n for item in answer.evidence}
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Answer"))
        self.anchorClicked.connect(self._clicked)
        theme.render(self, self._write)

    def citations(self) -> list[int]:
        """The numbers of all citations in the text, in order."""
        return [int(href.removeprefix("cite:")) for href, _, _ in self.anchors()]

    def show_draft(self, sentences: Sequence[AnswerSentence], tail: str) -> None:
        """Show complete sentences and the start of the next, which is not checked yet."""
        self._sentences, self._tail = sentences, tail
        self._write()

    def _write(self) -> None:
        document = self.document()
        document.clear()
        cursor = QTextCursor(document)
        quotes = self._quotes
        for index, sentence in enumerate(self._sentences):
            if sentence.heading:
                self._heading(cursor, sentence.heading, first=index == 0)
            if index == 0 or quotes or sentence.heading:
                shape = QTextBlockFormat()
                shape.setLineHeight(126.0 if quotes else 150.0, _PROPORTIONAL)
                shape.setTopMargin(theme.px(8) if index else 0)
                if index or sentence.heading:
                    cursor.insertBlock(shape)
                else:
                    cursor.setBlockFormat(shape)
            doubt = "" if sentence.supported else tr("Unsupported")
            if doubt and index == len(self._sentences) - 1 and unfinished(sentence):
                doubt = tr("Unfinished")
            self._sentence(cursor, sentence, doubt)
        if self._tail:
            if not self._sentences:
                shape = QTextBlockFormat()
                shape.setLineHeight(150.0, _PROPORTIONAL)
                cursor.setBlockFormat(shape)
            words = QTextCharFormat()
            words.setFont(theme.font("reading", serif=False))
            words.setForeground(theme.colour("text2"))
            cursor.insertText(self._tail, words)
        emphasise(document)
        self._fit()

    def _heading(self, cursor: QTextCursor, heading: str, *, first: bool) -> None:
        """Insert the heading of a part of a study."""
        shape = QTextBlockFormat()
        shape.setTopMargin(0 if first else theme.px(14))
        shape.setHeadingLevel(2)
        if first:
            cursor.setBlockFormat(shape)
        else:
            cursor.insertBlock(shape)
        words = QTextCharFormat()
        words.setFont(theme.font("section"))
        words.setForeground(theme.colour("text"))
        cursor.insertText(heading, words)

    def _sentence(self, cursor: QTextCursor, sentence: AnswerSentence, doubt: str) -> None:
        quotes = self._quotes
        words = QTextCharFormat()
        words.setFont(theme.font("reading", serif=quotes))
        words.setForeground(theme.colour("text" if sentence.supported else "text2"))
        if doubt:
            words.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            words.setUnderlineColor(theme.colour("emergent"))
        cursor.insertText(" ".join(sentence.text.split()), words)
        gap = QTextCharFormat()
        gap.setFont(theme.font("reading", serif=quotes))
        for number in sentence.citations:
            if number not in self._known:
                continue  # a citation outside the evidence has no target
            chip = QTextCharFormat()
            chip.setFont(theme.font("caption", QFont.Weight.Bold))
            chip.setForeground(theme.colour("accent"))
            chip.setAnchor(True)
            chip.setAnchorHref(f"cite:{number}")
            chip.setToolTip(self._previews.get(number, tr("Evidence {number}", number=number)))
            # A narrow no-break space, so that no chip wraps alone.
            cursor.insertText("\u202f", gap)
            cursor.insertText(f"\u00a0{number}\u00a0", chip)
        if doubt:
            word = QTextCharFormat()
            word.setFont(theme.font("caption", QFont.Weight.DemiBold))
            word.setForeground(theme.colour("emergent"))
            cursor.insertText(f"\u2002\u25cb\u00a0{doubt}", word)
        cursor.insertText(" ", gap)

    def _clicked(self, url: QUrl) -> None:
        kind, _, number = url.toString().partition(":")
        if kind == "cite":
            self.cited.emit(int(number))

    # -- geometry --------------------------------------------------------------------------------

    def _fit(self) -> None:
        self.document().setTextWidth(max(160, self.viewport().width()))
        self.setFixedHeight(int(self.document().size().height()) + 4)

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def anchors(self) -> Iterator[tuple[str, int, int]]:
        """Yield each citation's address ("cite:2"), document position and length."""
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                fragment = fragments.fragment()
                if fragment.charFormat().isAnchor():
                    href = fragment.charFormat().anchorHref()
                    yield href, fragment.position(), fragment.length()
                fragments += 1
            block = block.next()

    def chip_rect(self, position: int, length: int) -> QRectF:
        """The rectangle of the chip at `position`, in viewport pixels."""
        block = self.document().findBlock(position)
        layout = block.layout()
        inside = position - block.position()
        line = layout.lineForTextPosition(inside)
        if not line.isValid():
            return QRectF()
        xs = sorted(offset_in_line(line, at) for at in (inside, inside + length))
        base = self.document().documentLayout().blockBoundingRect(block).topLeft()
        y = base.y() + line.y() + line.ascent()
        corner = QPointF(base.x() - layout.boundingRect().x(), 0)
        tall = theme.px(17)
        return QRectF(corner.x() + xs[0], y - tall + theme.px(4), xs[1] - xs[0], tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = theme.smooth(self.viewport())
        cursor = self.textCursor()
        for _, position, length in self.anchors():
            rect = self.chip_rect(position, length)
            focused = (
                self.hasFocus()
                and cursor.hasSelection()
                and cursor.selectionStart() <= position < cursor.selectionEnd()
                and cursor.selectionEnd() <= position + length
            )
            ring = QPen(theme.colour("accent"), 2) if focused else Qt.PenStyle.NoPen
            painter.setPen(ring)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, theme.CHIP, theme.CHIP)
        painter.end()
        super().paintEvent(event)


def unfinished(sentence: AnswerSentence) -> bool:
    """Whether a sentence was cut off: it has no citation and no end."""
    text = sentence.text.rstrip("\"'”’»)] ")
    return not sentence.citations and text[-1:] not in _ENDS


WRITTEN, QUOTES = "written", "quotes"
_WRITING = tr("Writing from these quotes…")


class ModeSwitch(QWidget):
    """The switch between generated sentences and quotes."""

    #: The selected mode: `WRITTEN` or `QUOTES`.
    mode_selected = Signal(str)

    def __init__(self, mode: str) -> None:
        super().__init__()
        tips = {
            WRITTEN: (
                tr("Written by a model from these quotes; every sentence is checked against them")
            ),
            QUOTES: tr("Quoted word for word; no model is involved"),
        }
        self.buttons = {option: chip(known(option.capitalize())) for option in (WRITTEN, QUOTES)}
        for name, created in self.buttons.items():
            created.setToolTip(tips[name])
            created.clicked.connect(partial(self._choose, name))
        fill(self, row(*self.buttons.values(), gap=4), name=tr("How the answer is given"))
        self.show_mode(mode)

    def show_mode(self, mode: str) -> None:
        """Check the button of the current mode."""
        self.way = mode
        for name, created in self.buttons.items():
            created.setChecked(name == mode)

    def _choose(self, mode: str) -> None:
        changed = mode != self.way
        self.show_mode(mode)
        if changed:
            self.mode_selected.emit(mode)


class DraftView(QWidget):
    """An answer while it is generated."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.view = AnswerView(answer, {}, drafted=True)
        self.view.hide()
        self.state = paragraph(_WRITING, "muted")
        self.stop_button = quiet_button(tr("Stop"), tip=tr("Stop, and keep what is written (Esc)"))
        line = row(self.state, self.stop_button, wide=0)
        fill(self, column(self.view, holder(line), gap=6), name=tr("Answer being written"))

    def show_draft(self, draft: "Draft") -> None:
        """Show the current state of the draft."""
        reading = tr("Reading passage {at} of {of}…", at=draft.reading, of=draft.of)
        self.state.setText(reading if draft.reading else _WRITING)
        self.view.show_draft(draft.sentences, draft.tail)
        self.view.setVisible(bool(draft.sentences or draft.tail))


def noted(answer: Answer, rewrite: Callable[[], object], consent: "Consent") -> QFrame | None:
    """A message about problems with an answer, or None; `rewrite` generates it again.

    An answer from another computer says so, with a button that stops sending there.
    """
    if answer.note.startswith(UNSENT):
        see = button(tr("See what would be sent…"), call=lambda: consent.show())
        return message("info", answer.note, "", see)
    if answer.sent_to:
        stop = button(tr("Stop sending"), call=partial(consent.decide, "off"))
        where = tr("Written on another computer, “{host}”", host=answer.sent_to)
        return message("warn", where, answer.note, stop)
    if not answer.note:
        return None
    from workbench.recall.writing.writing import STOPPED

    actions = []
    if answer.hint or answer.note == STOPPED:
        retry = button(tr("Write it again"), "retry", call=rewrite)
        actions.append(retry)
    kind = "warn" if answer.hint or answer.cut else "info"
    return message(kind, answer.note, answer.hint, *actions)
