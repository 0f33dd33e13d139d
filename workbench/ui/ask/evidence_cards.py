"""Evidence cards: one per quote, with its location, probability and reasons.

Widgets instead of a delegate, as there are at most twenty, each with focus, an accessible name and
buttons.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QSizePolicy, QWidget

from workbench.recall.records import MARKED, Answer, Evidence, Step
from workbench.recall.wording import elsewhere_words
from workbench.ui import theme
from workbench.ui.ask.cited import cited_spans
from workbench.ui.ask.quote import QuoteText, Span
from workbench.ui.ask.wording import (
    accessible_name,
    displayed_evidence,
    kind_icon,
    kind_word,
    open_words,
    other_places,
    place_words,
    quoted,
)
from workbench.ui.components import (
    ENTER,
    Elided,
    Flow,
    ShareBar,
    Sign,
    button,
    column,
    delayed,
    holder,
    label,
    paragraph,
    percent,
    quiet_button,
    row,
    tool,
)
from workbench.ui.language import known, tr
from workbench.ui.shelf.wanted import Wanted

#: Maximum length of a location in the menu.
_LONGEST = 60


class OtherPlaces(QWidget):
    """“7 other places say the same”: a menu of the loaded locations."""

    def __init__(self, evidence: Evidence, requests: Wanted) -> None:
        super().__init__()
        self._evidence, self._wanted = evidence, requests
        self.button = quiet_button(f"{other_places(evidence)}…", call=self._choose)
        self.button.setMinimumHeight(theme.px(22))
        self.button.setToolTip(tr("Opens one of these places"))
        self.button.setAccessibleName(
            tr("{other_places} as evidence {n}", other_places=other_places(evidence), n=evidence.n)
        )
        self.setLayout(row(self.button, None))

    def menu(self) -> QMenu:
        """The menu of locations."""
        created = QMenu(self)
        for place in self._evidence.elsewhere:
            text = elsewhere_words(place)
            text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
            # Escape the mnemonic character.
            read = partial(self._wanted.sentence.emit, place.source, place.start, place.end)
            created.addAction(text.replace("&", "&&"), read)
        left = self._evidence.places - len(self._evidence.elsewhere)
        if left > 0:
            more = tr("and {left:,} more", left=left).replace(",", "\u202f")
            created.addAction(more).setEnabled(False)
        return created

    def _choose(self) -> None:
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        menu.deleteLater()


#: Maximum width of a step in pixels at 100 %, and length of its tool tip.
_WIDE, _MAX_LETTERS = 230, 240


def steps(evidence: Evidence) -> tuple[Step, ...]:
    """The steps that led to a quote, without the quote itself."""
    path = evidence.path[:-1] if evidence.path else ()
    return path or ((evidence.via,) if evidence.via is not None else ())


class PathView(QWidget):
    """“Reached over: Delta, in Letters › …”; a step opens the sentence that mentions the next."""

    def __init__(self, evidence: Evidence, requests: Wanted) -> None:
        super().__init__()
        self._wanted = requests
        self.steps = steps(evidence)
        self.buttons = [self._step(item, i) for i, item in enumerate(self.steps, 1)]
        parts: list[QWidget] = [label(tr("Reached over"), "caption")]
        for i, item in enumerate(self.buttons):
            if i:
                parts.append(label("›", "caption"))
            parts.append(item)
        for part in parts:
            part.setMinimumHeight(theme.px(22))
        self.setLayout(Flow(parts, gap=6))

    def _step(self, step: Step, number: int) -> QWidget:
        metrics = QFontMetricsF(theme.font("small"))
        words = tr("{name}, in {title}", name=step.name, title=step.title)
        visible = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.px(_WIDE))
        # Escape the mnemonic character.
        created = quiet_button(visible.replace("&", "&&"))
        sentence = (
            step.sentence
            if len(step.sentence) <= _MAX_LETTERS
            else f"{step.sentence[:_MAX_LETTERS].rstrip()}…"
        )
        created.setToolTip(f"{step.title}\n{tr('“{text}”', text=sentence)}")
        created.setAccessibleName(
            tr(
                "Step {number} of {steps}: {words}",
                number=number,
                steps=len(self.steps),
                words=words,
            )
        )
        created.setAccessibleDescription(sentence)
        created.clicked.connect(
            partial(self._wanted.sentence.emit, step.source, step.start, step.end)
        )
        return created


#: Cards created at once: as many as are visible.
_INITIAL_CARDS = 5
#: Labels of the tiers, in the order of the bars.
_BRAIN = "spiking"
TIERS = (
    ("lexical", tr("Words")),
    ("semantic", tr("Meaning")),
    ("graph", tr("Links")),
    (_BRAIN, tr("Spikes")),
)


class TierBars(QWidget):
    """The share of each tier in finding a quote; an empty bar for none.

    The simulation has a bar only if it contributed.
    """

    def __init__(self, tiers: Mapping[str, float]) -> None:
        super().__init__()
        self._shares = {tier: tiers.get(tier, 0.0) for tier, _word in TIERS}
        self._bars = {tier: ShareBar(share, 34) for tier, share in self._shares.items()}
        parts = [
            holder(row(label(word, "caption"), self._bars[tier], gap=7)) for tier, word in TIERS
        ]
        self._brain = parts[-1]
        self.setLayout(Flow(parts, gap=14))
        self._update_text()

    def _update_text(self) -> None:
        shares = [(word, self._shares[tier]) for tier, word in TIERS]
        results = [
            tr("{word} {share:.0f} per cent", word=word, share=share * 100)
            for word, share in shares
            if share > 0
        ]
        self._brain.setVisible(self._shares[_BRAIN] > 0)
        missing = [word for tier, word in TIERS if tier != _BRAIN and self._shares[tier] <= 0]
        text = tr("Found by ") + ", ".join(results) if results else tr("Found by none of the tiers")
        if missing and results:
            text += tr("; not by ") + ", ".join(missing)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def show_share(self, tier: str, share: float) -> None:
        """Update the share of a tier that was added later; 0 empties its bar."""
        self._shares[tier] = share
        self._bars[tier].show_share(share)
        self._update_text()


class EvidenceCard(QFrame):
    """A quote with number, source, location, reasons and actions.

    `cited` are the spans of the quote that the answer states.
    """

    opened = Signal(int)
    chosen = Signal(int)
    #: The evidence number to show in the Associations tab.
    associate = Signal(int)

    def __init__(
        self,
        evidence: Evidence,
        requests: Wanted,
        *,
        cited: Sequence[Span] = (),
        author: str = "",
    ) -> None:
        super().__init__()
        self.evidence = evidence
        self._author, self._wanted = author, requests
        #: Whether the Inspector shows this card.
        self.selected = False
        self._narrow = False
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(accessible_name(evidence))
        self.setAccessibleDescription(evidence.quote)
        kind = evidence.source.kind
        number = label(str(evidence.n), "strong")
        number.setMinimumWidth(theme.px(14))
        sign = Sign(kind_icon(kind), size=16)
        sign.setToolTip(kind_word(kind))
        title = Elided(evidence.source.title, "strong")
        location = place_words(evidence.locator, evidence.source)
        place = Elided(location, "small", Qt.TextElideMode.ElideMiddle)
        place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        place.setAlignment(Qt.AlignmentFlag.AlignRight)
        if evidence.locator.chapter:
            place.setToolTip(f"{evidence.locator.chapter}\n{location}")
        head = row(number, sign, title, place, wide=2)
        self.quote = QuoteText(evidence.quote, cited, strong=evidence.highlights)
        self._tiers = dict(evidence.tiers)
        self.copy_button = tool(
            "copy",
            tr("Copy evidence {n} with citation", n=evidence.n),
            tip=tr("Copy with citation"),
        )
        # Layouts may give a button less than its icon needs while settling.
        self.copy_button.setMinimumHeight(theme.px(24))
        self.copy_button.clicked.connect(self.copy)
        verb = open_words(evidence.locator, evidence.source.kind)
        self.open_button = quiet_button(
            verb,
            call=lambda: self.opened.emit(evidence.n),
            name=tr("{verb}, evidence {n}", verb=verb, n=evidence.n),
        )
        self.why_button = button(tr("Why this?"), "down", "quiet")
        self.why_button.setCheckable(True)
        self.why_button.setAccessibleName(tr("Why this? Evidence {n}", n=evidence.n))
        self.why_button.toggled.connect(self._show_explanation)
        self._foot = row(self.why_button, row(None, self.copy_button, self.open_button), wide=1)
        self.way = PathView(evidence, requests) if steps(evidence) else None
        self.places = OtherPlaces(evidence, requests) if evidence.places else None
        orders = tr("Gives orders to a program; no answer is taken from it")
        self.mark = paragraph(orders, "caption") if MARKED in evidence.tags else None
        middle = [item for item in (self.mark, self.way, self.places) if item is not None]
        self._body = column(head, self.quote, *middle, self._foot, gap=6)
        self.setLayout(self._body)
        self._pad()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @cached_property
    def bars(self) -> TierBars:
        """The tiers that found the quote, created on first use."""
        return TierBars(self._tiers)

    @cached_property
    def explanation(self) -> QWidget:
        """The reasons and probability of the evidence, created on first use."""
        evidence = self.evidence
        # Isolated, since the sentences are left-to-right in any layout direction.
        reasons = [paragraph(f"\u2066{item}\u2069") for item in map(known, evidence.reasons)]
        likely = label(
            tr("{score} likely to bear on the question", score=percent(evidence.score)), "caption"
        )
        inside = column(*reasons, self.bars, likely, margins=(12, 8, 12, 8), gap=4)
        created = holder(inside, "sunken")
        created.hide()
        self._body.addWidget(created)
        return created

    def show_share(self, tier: str, share: float) -> None:
        """Update the share of a tier that was added later."""
        self._tiers[tier] = share
        if "bars" in vars(self):
            self.bars.show_share(tier, share)

    def _show_explanation(self, visible: bool) -> None:
        self.explanation.setVisible(visible)
        self.why_button.setIcon(theme.icon("up" if visible else "down"))

    def select(self, on: bool) -> None:
        """Style the card as selected or not."""
        if on != self.selected:
            self.selected = on
            self.setProperty("card", "selected" if on else "true")
            self.style().unpolish(self)
            self.style().polish(self)
            self._pad()

    def copy(self) -> None:
        """Copy the quote with its reference."""
        QGuiApplication.clipboard().setText(quoted(self.evidence, self._author))
        item = self.evidence
        self._wanted.copied.emit(item.source.id, item.locator, item.quote)

    def _pad(self) -> None:
        # The selected border is one pixel wider: compensate with the margin.
        inset = 1 if self.selected else 0
        self._body.setContentsMargins(15 - inset, 11 - inset, 11 - inset, 7 - inset)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(140), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_foot()

    def event(self, event: QEvent) -> bool:
        completed = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_foot()  # a child or the text size has changed
        return completed

    def _fit_foot(self) -> None:
        parts = (self.why_button, self.copy_button, self.open_button)
        wide = sum(part.sizeHint().width() for part in parts) + theme.px(48)
        if (narrow := wide > self.width()) != self._narrow:
            self._narrow = narrow
            horizontal, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._foot.setDirection(down if narrow else horizontal)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.associate if shift else self.chosen).emit(self.evidence.n)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.evidence.n)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(self.open_button.text(), lambda: self.opened.emit(self.evidence.n))
        menu.addAction(tr("Copy with citation"), self.copy)
        menu.addAction(tr("Show in Explore"), lambda: self.associate.emit(self.evidence.n))
        menu.exec(event.globalPos())
        menu.deleteLater()


class EvidenceList(QWidget):
    """The cards of an answer: Up and Down move, Space selects, Enter opens.

    Shift with a click or Enter shows the associations instead.
    """

    #: The evidence number to open in its source.
    opened = Signal(int)
    #: The newly selected evidence.
    selected = Signal(object)
    #: The number of the newly focused card, to scroll to.
    walked = Signal(int)
    #: Up was pressed on the first card.
    left = Signal()

    def __init__(self, answer: Answer, authors: Mapping[int, str], requests: Wanted) -> None:
        super().__init__()
        self._answer, self._authors, self._wanted = answer, authors, requests
        #: The created cards: the first at once, the others one per event loop iteration.
        self.cards: list[EvidenceCard] = []
        self._coming = list(displayed_evidence(answer))
        #: The simulation's share per evidence, None if unknown.
        self._shares: dict[int, float] | None = None
        #: The number of the selected evidence, 0 for none.
        self.current = 0
        self._column = column()
        #: Uncited evidence of a confident answer is folded, to keep the next turn close.
        cited = {n for sentence in answer.sentences for n in sentence.citations}
        folds = bool(cited) and not answer.possible
        self._folded = {item.n for item in self._coming if folds and item.n not in cited}
        self._more = button("", "down", "quiet", call=self.unfold)
        self._more.setText(tr(" Show {n} more", n=len(self._folded)))
        self.setLayout(column(self._column, row(self._more, None)))
        self._more.setVisible(bool(self._folded))
        for _ in self._coming[:_INITIAL_CARDS]:
            self._make()
        self._later = delayed(self, self._go_on)
        if self._coming:
            self._later.start()

    def _make(self) -> None:
        item = self._coming.pop(0)
        cited, author = cited_spans(self._answer, item.n), self._authors.get(item.source.id, "")
        card = EvidenceCard(item, self._wanted, cited=cited, author=author)
        card.opened.connect(self.open)
        card.chosen.connect(self.choose)
        card.associate.connect(self.associate)
        card.select(item.n == self.current)
        if self._shares is not None:
            card.show_share(_BRAIN, self._shares.get(item.n, 0.0))
        self.cards.append(card)
        self._column.addWidget(card)
        card.setHidden(item.n in self._folded)

    def _go_on(self) -> None:
        self._make()
        if self._coming:
            self._later.start()

    def unfold(self) -> None:
        """Show all cards."""
        self._folded.clear()
        self._more.hide()
        for card in self.cards:
            card.show()

    def choose(self, number: int) -> None:
        """Select the card of evidence `number`."""
        if number in self._folded:
            self.unfold()
        previous, self.current = self.current, number
        for card in self.cards:
            card.select(card.evidence.n == number)
        for card in self.cards:
            if card.selected and number != previous:
                self.selected.emit(card.evidence)

    def show_brain(self, answer: Answer) -> None:
        """Show the simulation's share in the bars of all cards."""
        self._shares = {item.n: item.tiers.get("spiking", 0.0) for item in answer.evidence}
        for card in self.cards:
            card.show_share(_BRAIN, self._shares.get(card.evidence.n, 0.0))

    def open(self, number: int) -> None:
        """Select evidence `number` and request to open it in its source."""
        self.choose(number)
        self.opened.emit(number)

    def associate(self, number: int) -> None:
        """Select evidence `number` and request to show its associations."""
        self.choose(number)
        card = self.card(number)
        if card is not None:
            self._wanted.associated.emit(card.evidence)

    def focus_first(self) -> None:
        """Focus the selected card, else the first."""
        card = self.card(self.current) or (self.cards[0] if self.cards else None)
        if card is not None:
            self._walk(card)

    def _walk(self, card: EvidenceCard) -> None:
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self.choose(card.evidence.n)
        self.walked.emit(card.evidence.n)

    def card(self, number: int) -> EvidenceCard | None:
        """The card of evidence `number`."""
        return next((card for card in self.cards if card.evidence.n == number), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((i for i, card in enumerate(self.cards) if card.hasFocus()), None)
        if focused is None:
            super().keyPressEvent(event)
            return
        card = self.cards[focused]
        if event.key() in ENTER:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.associate if shift else self.open)(card.evidence.n)
        elif event.key() == Qt.Key.Key_Space:
            self.choose(card.evidence.n)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            at = focused + step
            if 0 <= at < len(self.cards):
                self._walk(self.cards[at])
            elif at < 0:
                self.left.emit()
        else:
            super().keyPressEvent(event)
