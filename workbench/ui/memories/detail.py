"""The details of a fact or note in the Inspector: text, claims, origin, history.

Unsaved edits are kept as drafts while something else is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)
from shiboken6 import isValid

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.memory.facts.marking import KINDS
from workbench.memory.facts.records import Fact
from workbench.memory.graph.records import Concept
from workbench.memory.kinds.records import Review
from workbench.ui import theme
from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import (
    DetailPane,
    Item,
    Sign,
    button,
    column,
    flow,
    headed,
    holder,
    label,
    message,
    paragraph,
    quiet_button,
    row,
    rule,
    show_details,
    words,
)
from workbench.ui.concepts.rows import concept_chips
from workbench.ui.inspector.chips import TagEditor
from workbench.ui.inspector.nearby import SeeAlso, Selection
from workbench.ui.inspector.pairs import pairs
from workbench.ui.language import tr
from workbench.ui.memories import kinds, links
from workbench.ui.memories import rows as reading
from workbench.ui.memories.card_editor import CardEditor
from workbench.ui.memories.line import more_kinds
from workbench.ui.memories.rows import HIGHLIGHT, STANCE, VARIABLE, Memory
from workbench.ui.reader.annotating import Pen
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.strength.place import StrengthPlace, Strong

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.fact_details import Claimed, FactCard


@dataclass(frozen=True, slots=True)
class MemoryDetails:
    """`card` is only set for facts; `wordings` are the versions before edits, oldest first.

    `words` is the editable text: that of a stance, the value of a variable, else the whole.
    """

    id: int
    card: "FactCard | None"
    wordings: tuple[Fact, ...]
    words: str
    concepts: tuple[Concept, ...] = ()
    #: The next review, None if it is not reviewed.
    review: Review | None = None
    #: Linked notes, notes that link here, and the newest other notes.
    links: tuple[Memory, ...] = ()
    back_links: tuple[Memory, ...] = ()
    others: tuple[Memory, ...] = ()


def load(library: "Library", memory: Memory, cancel: Cancel) -> MemoryDetails:
    """Load the details. Raises `NotFoundError` if it was deleted."""
    card = None if memory.is_note else library.facts.get(memory.id)
    *previous, _current = library.facts.history(memory.id)
    retained = next(
        (review for review in library.memory.reviews(memory.id) if review.due is not None), None
    )
    rows = reading.page(library, None, True, _NOTES, (), cancel).rows
    others = tuple(row for row in rows if row.id != memory.id)
    linked = links.targets(memory.words)
    return MemoryDetails(
        memory.id,
        card,
        tuple(previous),
        _words(library, memory),
        tuple(library.graph.concepts(of=[memory.id], limit=12)),
        # The remaining days change while displayed; ignore them in comparisons.
        None if retained is None else replace(retained, days=None, intervals={}),
        tuple(row for row in others if row.id in linked),
        tuple(row for row in others if memory.id in links.targets(row.words)),
        others[:_OFFERED],
    )


def _words(library: "Library", memory: Memory) -> str:
    if memory.kind == VARIABLE:
        variables = library.notes.list("variable", collection=memory.collection)
        return next((item.value for item in variables if item.id == memory.id), memory.text)
    if memory.kind == STANCE:
        stances = library.notes.list("stance", collection=memory.collection)
        return next((item.text for item in stances if item.id == memory.id), memory.text)
    if memory.kind == HIGHLIGHT:
        # The note of a highlight; the quotation belongs to the source.
        return memory.words
    return memory.text


_READING = "memory:card"
_MAX_HISTORY = 20  # entries of the history to show
#: Characters of a text to show, and maximum length for editing: a fact may have ten million.
_MAX_SHOWN, _EDITED = 4000, 100_000
#: The newest notes searched for links, and the number offered as link targets.
_NOTES, _OFFERED = 2000, 12
#: Minimum and maximum height of the editor in pixels.
_LOW, _HIGH = 96, 480
#: Approximate characters per line of the editor, and maximum length of a note's name.
_LETTERS = 44


class MemoryDetail(DetailPane):
    """Shows one `Memory`; further details are loaded on a worker."""

    #: The id of an edited fact or note; one was deleted.
    edited = Signal(int)
    forgotten = Signal()
    #: (memory, whether to review it)
    review_requested = Signal(object, bool)
    #: (id, front, answer)
    card_written = Signal(int, str, str)
    #: A highlight to show in its source.
    opened = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(tr("Note"))
        self._shelf = shelf
        self.memory: Memory | None = None
        self.looked: MemoryDetails | None = None
        self.editor: QPlainTextEdit | None = None
        self.strength: StrengthPlace | None = None
        self.tags: TagEditor | None = None
        self._strong: Strong | None = None
        #: Related passages of sources.
        self.also: SeeAlso | None = None
        self._drafts: dict[int, str] = {}
        #: The id of the memory whose card is being edited.
        self._card_edited: int | None = None
        self._asking = False
        self._from: QWidget | None = None

    # -- public API --------------------------------------------------------------------------------

    def show_memory(self, memory: Memory) -> None:
        """Show a memory, or an update of the current one."""
        same = self.memory is not None and self.memory.id == memory.id
        if same and self.memory == memory:
            return
        self.memory = memory
        if not same:
            self.looked, self._asking = None, False
        self._rebuild()
        self._read()

    def edit(self) -> None:
        """Edit the text in place."""
        if self.memory is not None:
            self._remember_focus()
            words = self.looked.words if self.looked is not None else self.memory.text
            self._drafts.setdefault(self.memory.id, words)
            self._rebuild()
            if self.editor is not None:
                self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.editor.selectAll()

    def ask_forget(self) -> None:
        """Ask for confirmation of deleting it, in place."""
        self._remember_focus()
        self._asking = True
        self._rebuild()
        cancel = self.findChild(QWidget, "keep")
        if cancel is not None:
            self._area.ensureWidgetVisible(cancel)
            cancel.setFocus()

    def look(self) -> None:
        """Reload the details."""
        self._read()
        if self.strength is not None and isValid(self.strength):
            self.strength.reload()

    # -- loading -----------------------------------------------------------------------------------

    def _read(self) -> None:
        memory = self.memory
        if memory is not None:
            self._shelf.ask(
                load, memory, done=self._show_details, failed=self._clear_details, key=_READING
            )

    def _show_details(self, details: MemoryDetails) -> None:
        is_current = self.memory is not None and details.id == self.memory.id
        if is_current and details != self.looked:
            self.looked = details
            self._rebuild()

    def _clear_details(self, _error: WorkbenchError) -> None:
        self.looked = None  # deleted meanwhile; the list will show it

    # -- widgets -----------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        if self.memory is None:
            return
        previous, self.editor = self.editor, None
        place = previous.textCursor().position() if previous and previous.hasFocus() else -1
        focused = QApplication.focusWidget()
        tags = self.tags
        tagging = tags is not None and isValid(tags) and tags.field.hasFocus()
        visible = self.strength if self.strength is not None and isValid(self.strength) else None
        pressed = ""
        if visible is not None and focused is not None and visible.isAncestorOf(focused):
            pressed = focused.objectName()
        show_details(self._area, *self._body(self.memory))
        if pressed and self.strength is not None:
            self.strength.focus(pressed)
        if tagging and self.tags is not None:
            self.tags.field.setFocus()
        if place >= 0:
            self._go_on(place)

    def focus_tags(self) -> None:
        """Focus the field that adds tags."""
        if self.tags is not None and isValid(self.tags):
            self._area.ensureWidgetVisible(self.tags)
            self.tags.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_on(self, place: int) -> None:
        """Restore cursor and focus after the editor was rebuilt."""
        if self.editor is not None:
            cursor = self.editor.textCursor()
            cursor.setPosition(min(place, len(self.editor.toPlainText())))
            self.editor.setTextCursor(cursor)
            self.editor.setFocus()

    def _body(self, memory: Memory) -> list[Item]:
        state = reading.state(memory)
        head = row(Sign(kinds.glyph(memory.kind), "accent", 20), label(kinds.of(memory), "section"))
        if not memory.is_note and memory.current:
            set_kind = partial(self.set_kind, memory)
            head.addWidget(more_kinds(KINDS, lambda: memory.kind, set_kind))
        head.addStretch(1)
        if state:
            state_label = label(state, "small")
            state_label.setToolTip(tr("Replaced by a newer note") if not memory.current else "")
            head.addWidget(state_label)
        self.tags = TagEditor(self._shelf, [memory], [tag.name for tag in self._shelf.tags])
        parts: list[QWidget | int] = [2, *self._quotation(memory)]
        if memory.words or memory.id in self._drafts:
            parts.append(self._text(memory))
        parts += [*self._actions(memory), self.tags]
        if self._asking:
            parts += [4, self._question(memory)]
        card = self.looked.card if self.looked is not None else None
        if card is not None and card.claims:
            parts += headed(tr("What it claims"))
            parts += [_claim(claim) for claim in card.claims]
        parts += [6, rule(), 6, pairs(_properties(memory))]
        if memory.kind != HIGHLIGHT:
            parts += headed(tr("Strength"), self._strength(memory))
        parts += headed(tr("See also"), self._also(memory))
        parts += self._links()
        if self.looked is not None and self.looked.concepts:
            parts += headed(tr("Concepts"))
            parts.append(concept_chips(self.looked.concepts, self._shelf.wanted.concept.emit))
        if card is not None and card.others:
            parts += [6, rule(), 6, *self._history(memory, card.others)]
        if self.looked is not None and self.looked.wordings:
            parts += [6, rule(), 6, *_wordings(self.looked.wordings)]
        return [head, *parts]

    def _quotation(self, memory: Memory) -> list[QWidget | int]:
        """The quotation of a highlight, apart from its note, with buttons to open and colour it."""
        at = memory.at
        if memory.kind != HIGHLIGHT:
            return []
        open_button = quiet_button(tr("Open"), call=partial(self.opened.emit, memory))
        open_button.setEnabled(not at.lost)
        location = paragraph(f"{at.title}, {at.place}".strip(", "))
        pens = [Pen(colour, number) for number, colour in enumerate(theme.PENS, 1)]
        for pen in pens:
            pen.setChecked(pen.colour == at.colour)
            pen.clicked.connect(partial(self._colour, memory.id, pen.colour))
        quote = QuoteText(words.quoted(words.short(at.quote, _MAX_SHOWN)))
        return [quote, holder(row(location, open_button, wide=0)), flow(*pens, gap=4), 4]

    def _text(self, memory: Memory) -> QWidget:
        draft = self._drafts.get(memory.id)
        if draft is None and memory.kind == HIGHLIGHT:
            visible = words.short(memory.words, _MAX_SHOWN)
            return words.markdown(visible, partial(links.follow, self._shelf.wanted))
        if draft is None:
            visible = words.short(memory.text, _MAX_SHOWN)
            inside = [span for span in self._values(memory.text) if span[1] < len(visible)]
            return QuoteText(visible, inside)
        editor = QPlainTextEdit(draft, tabChangesFocus=True)
        editor.setAccessibleName(tr("Words of the note"))
        editor.setAcceptDrops(False)
        editor.setFont(theme.font("body"))
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        editor.textChanged.connect(self._store_draft)
        editor.installEventFilter(self)
        self.editor = editor
        self._fit_editor()
        return editor

    def _fit_editor(self) -> None:
        """Fit the editor's height to its text."""
        if self.editor is not None:
            rows = self.editor.blockCount() + len(self.editor.toPlainText()) // _LETTERS
            high = rows * self.editor.fontMetrics().lineSpacing() + theme.px(16)
            self.editor.setFixedHeight(min(theme.px(_HIGH), max(theme.px(_LOW), high)))

    def _links(self) -> list[QWidget | int]:
        """The notes linked from this one, and those that link to it."""
        looked = self.looked
        if looked is None or not (looked.links or looked.back_links):
            return []
        parts: list[QWidget | int] = headed(tr("Links to other notes"))
        for glyph, rows in (("right", looked.links), ("left", looked.back_links)):
            for note in rows[:_OFFERED]:
                text = words.short(words.plain(note.words or note.at.quote), _LETTERS)
                show = partial(self._shelf.wanted.statement.emit, note.id)
                parts.append(button(text, glyph, "quiet", call=show))
        return parts

    def _link_menu(self) -> QMenu:
        """A menu of the newest notes and highlights to insert links to."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for note in self.looked.others if self.looked is not None else ():
            name = " ".join((note.words or words.quoted(note.at.quote)).split())
            insert = partial(self._insert, links.link_to(note))
            menu.addAction(words.short(name, _LETTERS).replace("&", "&&"), insert)
        if not menu.actions():
            menu.addAction(tr("No other note yet")).setEnabled(False)
        return menu

    def _offer_links(self) -> None:
        if self.editor is not None:
            corner = self.editor.cursorRect().bottomLeft()
            self._link_menu().popup(self.editor.viewport().mapToGlobal(corner))

    def _insert(self, link: str) -> None:
        """Insert a link at the cursor, in place of a typed "[["."""
        if self.editor is not None:
            cursor = self.editor.textCursor()
            if self.editor.toPlainText()[: cursor.position()].endswith("[["):
                cursor.deletePreviousChar()
                cursor.deletePreviousChar()
            cursor.insertText(link)
            self.editor.setFocus()

    def _values(self, text: str) -> list[tuple[int, int]]:
        """The spans of claimed values, for the marker."""
        card = self.looked.card if self.looked is not None else None
        return list(card.values) if card is not None and card.fact.text == text else []

    def _actions(self, memory: Memory) -> list[QWidget | int]:
        if memory.id in self._drafts:
            save = button(tr("Save"), tip=tr("Save (Ctrl+Enter)"), call=self._save)
            leave = quiet_button(tr("Cancel"), call=self._leave)
            text = tr("The old wording stays in the history.")
            presses = [save, leave]
            if memory.kind == HIGHLIGHT:
                text = tr("Markdown. Type [[ to link to a note or a passage.")
                presses.append(quiet_button(tr("Link…"), call=self._offer_links))
            return [flow(*presses), paragraph(text, "caption")]
        name = tr("Edit") if memory.words else tr("Write a note")
        edit = button(name, tip=f"{name} (F2)", call=self.edit)
        forget = quiet_button(tr("Forget…"), call=self.ask_forget)
        short = len(memory.text) <= _EDITED
        edit.setEnabled(memory.current and short and self.looked is not None)
        if not short:
            edit.setToolTip(tr("This is too long to edit here: write it again and delete this one"))
        if not memory.current:
            edit.setToolTip(tr("A newer note replaced this; edit that one"))
        forget.setEnabled(not self._asking)
        return [flow(edit, forget), *self._review(memory)]

    def set_kind(self, memory: Memory, kind: str) -> None:
        """Change the kind of a fact."""
        from workbench.library.options import Marks

        if kind != memory.kind:
            self._shelf.change(
                lambda library: library.memory.mark([memory.id], Marks(kind=kind)),
                done=lambda _count: self.look(),
            )

    def _colour(self, id: int, colour: str) -> None:
        self._shelf.act(tr("Change"), lambda library: library.notes.highlight(id, colour=colour))

    def _review(self, memory: Memory) -> list[QWidget | int]:
        """A button to make a review card; else the card with editor and due date."""
        if self.looked is None or not memory.current:
            return []
        review = self.looked.review
        press = quiet_button(tr("Make card") if review is None else tr("Stop reviewing"))
        press.setToolTip(tr("Appears in Today when it is due") if review is None else "")
        press.clicked.connect(partial(self.review_requested.emit, memory, review is None))
        if review is None:
            return [holder(row(press, None))]
        if self._card_edited == memory.id:
            return [CardEditor(review, partial(self._write_card, memory.id), self._edit_card)]
        edit = quiet_button(tr("Edit card"), call=partial(self._edit_card, memory.id))
        when = label(tr("Review due {due}", due=words.day(review.due or 0)), "caption")
        return [paragraph(review.front), flow(edit, press, when, gap=10)]

    def _edit_card(self, id: int | None = None) -> None:
        self._card_edited = id
        self._rebuild()

    def _write_card(self, id: int, front: str, answer: str) -> None:
        self._card_edited = None
        self.card_written.emit(id, front, answer)

    def _question(self, memory: Memory) -> QWidget:
        cancel = button(tr("Keep"), call=self._cancel_forget)
        go = button(tr("Forget"), kind="danger", call=partial(self._forget, memory))
        cancel.setObjectName("keep")
        reason = tr("This removes its words from the library's file and cannot be undone.")
        return message("warn", tr("Delete this permanently?"), reason, cancel, go)

    def _strength(self, memory: Memory) -> QWidget:
        place = StrengthPlace(self._shelf, memory.id, self._strong, self._store_strength)
        self.strength = place
        return place

    def _also(self, memory: Memory) -> QWidget:
        selected = Selection(text=words.short(memory.text, _MAX_SHOWN))
        self.also = SeeAlso(self._shelf, selected, self.also)
        return self.also

    def _store_strength(self, strong: Strong) -> None:
        self._strong = strong

    def _history(self, memory: Memory, facts: Sequence[Fact]) -> list[QWidget | int]:
        heading = tr("Said before") if memory.current else tr("Said of the same")
        created: list[QWidget | int] = [label(heading, "head")]
        for fact in facts[:_MAX_HISTORY]:
            text = paragraph(words.short(fact.text, _MAX_SHOWN), "")
            date = words.day(fact.at, year=True)
            state = tr("current") if fact.current else tr("replaced")
            caption = paragraph(f"{date} · {reading.teller(fact.sources)} · {state}", "caption")
            show = quiet_button(
                tr("Show"), call=partial(self._shelf.wanted.statement.emit, fact.id)
            )
            show.setAccessibleName(tr("Show: {text}", text=fact.text[:80]))
            created.append(holder(column(text, caption, row(show, None), gap=1)))
        return [*created, *words.and_more(len(facts) - _MAX_HISTORY)]

    # -- actions -----------------------------------------------------------------------------------

    def _store_draft(self) -> None:
        if self.memory is not None and self.editor is not None:
            text = self._drafts[self.memory.id] = self.editor.toPlainText()
            self._fit_editor()
            at = self.editor.textCursor().position()
            if self.memory.kind == HIGHLIGHT and text[:at].endswith("[["):
                self._offer_links()

    def _save(self) -> None:
        memory = self.memory
        if memory is None:
            return
        text = self._drafts.get(memory.id, memory.text).strip()
        if not text or (self.looked is not None and text == self.looked.words):
            self._leave()
            return

        def finish(fact: Fact, _act: object) -> None:
            self._drafts.pop(memory.id, None)
            self._rebuild()
            self._go_back()
            self.edited.emit(fact.id)

        # Earlier wordings stay in the history.
        self._shelf.act(
            tr("Edit"), lambda library: library.facts.edit(memory.id, text), done=finish
        )

    def _leave(self) -> None:
        if self.memory is not None:
            self._drafts.pop(self.memory.id, None)
            self._rebuild()
            self._go_back()

    def _cancel_forget(self) -> None:
        self._asking = False
        self._rebuild()
        self._go_back()

    def _remember_focus(self) -> None:
        """Remember the focused widget outside this panel."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._from = focused

    def _go_back(self) -> None:
        """Return the focus to where it came from."""
        if self._from is not None and isValid(self._from) and self._from.isVisible():
            self._from.setFocus()

    def _forget(self, memory: Memory) -> None:
        self._asking = False

        def finish(_result: object, _act: object) -> None:
            self._shelf.told.emit(tr("Forgotten"), None)
            self.forgotten.emit()

        # Recorded as final, so that Undo does not revert an older act instead.
        self._shelf.act(
            tr("Forget"), lambda library: library.facts.forget([memory.id]), done=finish
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.editor and pressed and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        return super().eventFilter(watched, event)


def _claim(claimed: "Claimed") -> QWidget:
    parts = [
        words.short(claimed.subject, 200),
        tr("not {relation}", relation=claimed.relation) if claimed.negative else claimed.relation,
    ]
    parts.append(words.short(claimed.value, 200))
    created = paragraph(" · ".join(part for part in parts if part), "")
    if claimed.doubtful:
        created.setText(tr("{text} (not sure)", text=created.text()))
    return created


def _wordings(wordings: Sequence[Fact]) -> list[QWidget | int]:
    """Earlier wordings, latest first."""
    created: list[QWidget | int] = [label(tr("Read before"), "head")]
    for fact in list(reversed(wordings))[:_MAX_HISTORY]:
        caption = label(tr("added {told}", told=words.day(fact.told, year=True)), "caption")
        created.append(
            holder(column(paragraph(words.short(fact.text, _MAX_SHOWN), ""), caption, gap=1))
        )
    return created


def _properties(memory: Memory) -> list[tuple[str, str]]:
    added, valid_from = words.day(memory.told, year=True), words.day(memory.valid_from, year=True)
    properties = [] if memory.kind == HIGHLIGHT else [(tr("Said by"), reading.teller(memory.by))]
    properties.append((tr("Added"), added))
    if memory.kind != HIGHLIGHT:
        properties.append((tr("Set") if memory.is_note else tr("True since"), valid_from))
    properties.append((tr("Collection"), memory.collection or tr("None")))
    if memory.priority is not None:
        properties.append((tr("Priority"), tr("{priority} of 10", priority=memory.priority)))
    return properties
