"""The Ask tab: a line goes out through `Jobs`, what became of it comes back and stays on the page.

Nothing here waits: a new question supersedes the one under way, Esc stops it, and what was
answered before stays on screen until something better has come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

from workbench.errors import UsageError, WorkbenchError
from workbench.recall.records import Answer, Evidence, Introduction
from workbench.ui import theme
from workbench.ui.ask import empty, saying
from workbench.ui.ask.brain_link import Thought
from workbench.ui.ask.composer import Composer
from workbench.ui.ask.contents import Contents, contents, writer
from workbench.ui.ask.conversation import TurnView
from workbench.ui.ask.history import HistoryPage, Keeper
from workbench.ui.ask.introduction import IntroductionView
from workbench.ui.ask.past_turn import PastTurn
from workbench.ui.ask.pictures import AskedPictures
from workbench.ui.ask.result import Result, Writing
from workbench.ui.ask.saying import Introduced, Reopened, Said
from workbench.ui.ask.wording import heading_of, holds_words
from workbench.ui.ask.writer import Writer
from workbench.ui.ask.written import QUOTES, WRITTEN, DraftView, Ways, noted
from workbench.ui.components.boxes import centred, clear, column, holder, row, rule, scroll
from workbench.ui.components.controls import button
from workbench.ui.components.delay import delayed
from workbench.ui.components.notices import error_message, message
from workbench.ui.components.words import count, label
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.turn.conversation import Turn
    from workbench.recall.writing.writing import Draft

_ASK, _LOOK, _WRITER, _GREET = "ask", "ask.contents", "ask.writer", "ask.greeting"
_COLUMN = 800
#: Room beside what asks and in it, from how many lines' height of width on; where there is less.
_BESIDE, _EDGE, _ROOMY, _NARROW_EDGE = 8, 24, 24, 14
_NO_LIMIT = 16_777_215  # Qt's own largest width
#: Milliseconds before "Looking…" is shown: most answers are there sooner.
_PATIENCE = 150
#: Milliseconds between two looks whether the mouse has left the cards.
_UNDER_MOUSE = 200
Work = Callable[..., Said]
#: What has the memory keep an order as a note.
_KEEP = "note: "
_IN_WORDS = tr("Ask about anything in your sources.")


class AskTab(QWidget):
    """Ask, read the answer, open its evidence; tell, and see what was kept."""

    #: (answer, number): open this evidence in the Reader.
    open_evidence = Signal(object, int)
    #: The selected `Evidence`, or None where the answer has none.
    inspect = Signal(object)
    #: The user wants to see what is the matter with the library.
    library_requested = Signal()
    #: An `Answer` has come.
    answered = Signal(object)
    #: What a model wrote has come, an `Answer` whose `note` may say why there is no more of it.
    wrote = Signal(object)
    #: This `Answer` is to be written to a file.
    export_requested = Signal(object)
    #: The name of the model that writes answers from now on; "" where they stay quotes.
    answers_by = Signal(str)
    #: The brain's part is wanted beside answers from now on, or not.
    brain_switched = Signal(bool)
    #: The recall of a question is to be watched; a concept that came up is to be seen.
    watch_requested = Signal(str)
    concept_requested = Signal(int)
    #: (line, collection, ids): facts were kept.
    kept = Signal(str, object, object)
    #: The facts of these ids are to be taken back.
    undo_requested = Signal(object)
    #: The questions that are kept are others than before.
    questions_changed = Signal()

    _changed = Signal()

    def __init__(self, library: Library | None, jobs: Jobs, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted
        self._library: Library | None = None
        self._jobs = jobs
        #: What was said in this run and what became of it, oldest first.
        self.lines: list[Said] = []
        #: The first line of the thread on the page, and the name that its answers are kept under.
        self._first, self.thread_name = 0, ""
        self._undone: set[int] = set()
        self._instead: tuple[frozenset[int], str] = frozenset(), ""
        #: What is on the page: an answer with its evidence, what was told, an answer being written.
        self.result: Result | None = None
        self.turn: TurnView | None = None
        self.draft: DraftView | None = None
        self._number = -1  # of the line on the page
        self._reading = -1  # of the line whose first look is on the page
        #: Whether answers are `WRITTEN`, where a model is chosen, or stay `QUOTES`.
        self.way = WRITTEN
        self._writer = Writer(jobs, self)
        self._writer.drafted.connect(self._drafted)
        self._writer.written.connect(self._wrote)
        self._keeper = Keeper(jobs, self)
        self._keeper.kept.connect(self.questions_changed)
        #: The questions of before, as long as they are on the page.
        self.history_page: HistoryPage | None = None
        #: Nothing was asked yet, and nothing is said on the page but that.
        self._blank = True
        self.with_brain = True
        self._trouble: WorkbenchError | None = None
        self._opening = False
        self._contents: Contents | None = None
        #: What the newest source is about, once that is known.
        self._greeting: Introduced | None = None
        self._question = ""
        self._work: Work = saying.ask
        self._collection: str | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._looking = self._look_again = False
        self.composer = Composer()
        self.composer.asked.connect(self.ask)
        self.composer.said.connect(self.say)
        self.composer.stopped.connect(self.stop)
        self.composer.recalled.connect(self.show_again)
        self.composer.history_asked.connect(self.show_history)
        self.composer.source_chosen.connect(self.introduce)
        self.composer.went_down.connect(self._go_to_evidence)
        # One page for good: moving widgets from parent to parent would style them anew each time.
        self._body = column()
        self._page = holder(self._body)
        policy = QSizePolicy.Policy
        self._page.setSizePolicy(policy.Expanding, policy.Preferred)
        margins = centred(self._page)
        margins.setContentsMargins(32, 22, 32, 20)
        self._scroll: QScrollArea = scroll(holder(margins), tr("Answer and evidence"))
        self._now: QWidget | None = None
        self._scroll.verticalScrollBar().rangeChanged.connect(self._go_to_now)
        self._scroll.verticalScrollBar().actionTriggered.connect(self._scrolled)
        # As wide as what it asks about, and below it: the scroll bar takes room from the page only.
        self._asking = asked = centred(self.composer)
        self._beside_bar = QWidget()
        asked.addWidget(self._beside_bar)
        self._scroll.viewport().installEventFilter(self)
        self.setLayout(column(self._scroll, rule(), asked, gap=0))
        self.setProperty("paper", "surface")
        self.setAccessibleName(tr("Ask"))
        self._patience = delayed(self, self._show_looking)
        self._busy = False
        self._stop = QShortcut(QKeySequence.StandardKey.Cancel, self, self.stop, enabled=False)
        self._changed.connect(self._refresh)
        self.set_library(library)

    # -- the library -----------------------------------------------------------------------------

    def set_library(self, library: Library | None) -> None:
        """Ask this library from now on; answers of another one are gone."""
        self.stop()
        self._reading = -1  # what was read may still wait for the mouse to leave the cards
        self._writer.drop()
        self._keeper.reset()
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._library = library
        self.lines.clear()
        self._first, self.thread_name = 0, ""
        self._undone.clear()
        self._instead = frozenset(), ""
        self._trouble, self._opening = None, False
        self._contents = self._greeting = None
        self._jobs.cancel(_LOOK)
        self._jobs.cancel(_GREET)
        self._looking = self._look_again = False
        self.composer.set_history(())
        self._show_empty()
        if library is not None:
            self._unsubscribe = library.subscribe(self._heard)
            self._refresh()
        self.composer.set_ready(library is not None)

    def show_opening(self) -> None:
        """The library is being opened."""
        self._trouble, self._opening = None, True
        if self._library is None:
            self._show_empty()

    def show_absent(self) -> None:
        """There is no library yet; it is made when something is added."""
        if self._opening:
            self._opening = False
            if self._library is None:
                self._show_empty()

    def show_trouble(self, error: WorkbenchError) -> None:
        """The library could not be opened."""
        self._trouble, self._opening = error, False
        if self._library is None:
            self._show_empty()

    def _heard(self, topic: str) -> None:
        # Called on any thread; the signal takes it to this one.
        if topic in ("sources", "collections"):
            self._changed.emit()

    def _refresh(self) -> None:
        """Look at the library, one look at a time: while adding, it changes ten times a second."""
        if self._library is None:
            return
        if self._looking or not self.isVisible():
            self._look_again = True
            return
        self._looking, self._look_again = True, False
        self._jobs.run(
            contents, self._library, done=self._looked, failed=self._not_looked, key=_LOOK
        )

    def _not_looked(self, _error: WorkbenchError) -> None:
        self._looking = False

    def _looked(self, found: Contents) -> None:
        self._looking = False
        if self._look_again:
            self._refresh()
        before, self._contents = self._contents, found
        self._tell_writer()
        self.composer.set_collections(found.collections)
        self.composer.set_kept(kept=found.asked)
        if self._blank and not self._busy and before != found:
            self._show_empty()

    # -- what others call ------------------------------------------------------------------------

    def focus_question(self) -> None:
        """Put the cursor into the question field, its text selected.

        As long as nothing can be asked, the focus is on what leads to a library instead.
        """
        if not self.composer.ready:
            offered = (one for one in self._page.findChildren(QPushButton) if one.isVisibleTo(self))
            for one in offered:
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.composer.field.setFocus()
        self.composer.field.selectAll()

    @property
    def answer(self) -> Answer | None:
        """The answer on the page."""
        return self.result.answer if self.result else None

    @property
    def thread_answers(self) -> tuple[Answer, ...]:
        """The answers of the thread on the page as they are shown, oldest first."""
        shown = (line.shown for line in self.lines[self._first :] if line.answer is not None)
        return tuple(answer for answer in shown if answer is not None)

    def copy_with_citation(self) -> None:
        """Copy the selected evidence with its reference (Edit menu)."""
        if self.result is not None:
            card = self.result.evidence.card(self.result.evidence.current)
            if card is not None:
                card.copy()

    # -- asking ----------------------------------------------------------------------------------

    def ask(self, question: str, collection: str | None = None, about: str | None = "") -> None:
        """Ask; the answer appears when it has come.

        A follow-up is `about` what was spoken of before, another subject, or with None nothing.
        """
        work = partial(saying.ask, sources=self.composer.sources, about=about)
        # What a model writes from is read first: it must not wait until the mouse has gone.
        written = self.way == WRITTEN and bool(self._contents and self._contents.writer)
        first = self._library is not None and self._library.reads and not written
        self._send(work, question, collection, first=first)

    def _ask_about(self, number: int, name: str) -> None:
        """Ask the same about another subject; the newest turn is asked anew in its place."""
        said = self.lines[number]
        if number == len(self.lines) - 1:
            self.lines.pop()
        self.ask(said.line, said.collection, name or None)

    def introduce(self, source: int, title: str) -> None:
        """Show what a source is about, and questions that it answers."""
        if self._library is not None:
            self._writer.stop()
            self._question, self._reading = tr("About “{title}”", title=title), -1
            self._set_busy(True)
            self._patience.start(_PATIENCE)
            # Where it fails, the source is gone: what is asked of it says so.
            self._jobs.run(
                saying.introduced, self._library, source, done=self._introduced,
                failed=lambda _error: self._set_busy(False), key=_ASK,
            )  # fmt: skip

    def _introduced(self, found: Introduced) -> None:
        self._set_busy(False)
        if (found.source,) != self.composer.sources or found.introduction.about is None:
            return
        self._show_introduced(found)

    def _show_introduced(self, found: Introduced, title: str = "") -> None:
        """Show it, under the `title` of its source where one came for no source in particular."""
        self._turn_to()
        others = self._contents.newest if title and self._contents is not None else ()
        view = IntroductionView(
            found.introduction, found.authors, self.wanted, title,
            [each for each in others if each[0] != found.source],
        )  # fmt: skip
        view.asked.connect(partial(self._ask_offered, found.source, title))
        view.other_asked.connect(lambda id, name: self.composer.ask_sources([id], name))
        self.result = result = view.result
        if result is not None:
            self._connect(result)
        self._put(view)
        self.inspect.emit(self.selected)

    def _coming(self) -> str:
        """The title of the newest source, as long as it is not known what it is about."""
        newest = self._contents.newest[:1] if self._contents is not None else ()
        known = self._greeting.source if self._greeting is not None else None
        return next((title for source, title in newest if source != known), "")

    def _greet(self) -> None:
        """Before anything was asked, say what the newest source is about and what to ask it."""
        newest = self._contents.newest[:1] if self._contents is not None else ()
        if self._library is None or not newest or not self.isVisible():
            return
        ((source, _title),) = newest
        if self._greeting is not None and self._greeting.source == source:
            self._greeted(self._greeting)
            return
        nothing = Introduced(source, Introduction(None, ()), {})
        self._jobs.run(
            *(saying.introduced, self._library, source),
            done=self._greeted, failed=lambda _error: self._greeted(nothing), key=_GREET,
        )  # fmt: skip

    def _greeted(self, found: Introduced) -> None:
        nothing_known, self._greeting = bool(self._coming()), found
        titles = dict(self._contents.newest) if self._contents is not None else {}
        if not self._blank or self._busy or found.source not in titles:
            return
        if found.introduction.about is not None:
            self._show_introduced(found, titles[found.source])
            self._blank = True  # still: another source may be newer soon
        elif nothing_known:
            self._show_empty()

    def _ask_offered(self, source: int, title: str, question: str) -> None:
        if title:
            self.composer.search_source(source, title)
        self.composer.field.setText(question)
        self.ask(question, self.composer.scope)

    def say(self, line: str, collection: str | None = None) -> None:
        """Take a line as said: keep what it tells, reckon, answer what it asks."""
        self._send(partial(saying.say, sources=self.composer.sources), line, collection)

    def keep(self, words: str, collection: str | None = None) -> None:
        """Remember words whatever they look like."""
        self.say(f"{_KEEP}{words}", collection)

    def _send(
        self, work: Work, question: str, collection: str | None, *, first: bool = False
    ) -> None:
        """Have a worker do it; with `first` a first look comes before, in some milliseconds."""
        if self._library is None:
            return
        self._question, self._collection, self._work = question, collection, work
        if not holds_words(question):
            self.stop()
            nothing = tr("“{question}” has no words to search for", question=question)
            self._say(message("info", nothing, _IN_WORDS))
            return
        self._writer.stop()
        if self._reading >= 0:
            self._keep(self._reading)  # nobody waits for it to be read
        self._reading = -1
        self._set_busy(True)
        self._patience.start(_PATIENCE)
        self._jobs.run(
            partial(work, first=True) if first else work,
            self._library,
            question,
            collection,
            saying.before(self.lines[self._first :], collection),
            done=self._found if first else self._came,
            failed=self._failed,
            key=_ASK,
        )

    def _found(self, said: Said) -> None:
        """Show what was found, and have it read: its order may change once then."""
        self._patience.stop()
        before = saying.before(self.lines[self._first :], said.collection)
        self.lines.append(said)
        self.composer.set_history([one.line for one in self.lines])
        number = self._reading = len(self.lines) - 1
        self._show_said(number)
        # Now and not once it is read: by then the next question may be half typed.
        self._clear_asked(said)
        self._jobs.run(
            self._work,
            self._library,
            said.line,
            said.collection,
            before,
            done=partial(self._read, number),
            failed=self._failed,
            key=_ASK,
        )

    def _read(self, number: int, said: Said) -> None:
        """What was read is the answer from now on."""
        if number != self._reading:
            return
        self._set_busy(False)
        self.lines[number] = said
        self._keep(number)
        self._reorder(number)
        if said.answer is not None:
            self.answered.emit(said.answer)

    def _reorder(self, number: int) -> None:
        """Put what was read in the place of the first look, but never under the mouse."""
        if number != self._reading:
            return
        if self.result is not None and self.result.evidence.underMouse():
            QTimer.singleShot(_UNDER_MOUSE, self, partial(self._reorder, number))
            return
        self._reading = -1
        if self.way == WRITTEN:
            self._begin(number)
        if number == self._number:
            self._show_anew(number)

    def stop(self) -> None:
        """Stop what is under way.

        Of an answer that is being written the part is kept; where a question has no answer yet,
        what was on the page comes back.
        """
        if not self._busy:
            self._writer.stop()
            return
        self._jobs.cancel(_ASK)
        self._reading = -1
        self._set_busy(False)
        self._show_last()

    def _show_last(self) -> None:
        if len(self.lines) > self._first:
            self._show_said(len(self.lines) - 1)
        else:
            self._show_empty()

    def new_thread(self) -> None:
        """Begin anew: the next question takes nothing from those before."""
        self.stop()
        self._first, self.thread_name = len(self.lines), ""
        self.composer.field.clear()
        self._show_empty()
        self.questions_changed.emit()
        self.focus_question()

    def show_again(self, index: int) -> None:
        """Show again what became of a line of this run, without saying it anew."""
        self.stop()
        if index < self._first:
            # Asked in a thread that was left: it stands alone.
            self._first, self.thread_name = len(self.lines), ""
            self.lines.append(self.lines[index])
            index = self._first
        self._show_said(index)

    def mark_undone(self, facts: Collection[int]) -> None:
        """These facts were taken back; what was to be asked instead is asked now."""
        self._undone.update(facts)
        if self.turn is not None:
            self.turn.mark_undone(self._undone)
        ids, words = self._instead
        if ids and ids <= self._undone:
            self._instead = frozenset(), ""
            self.ask(words, self._collection)

    def _ask_instead(self, facts: tuple[int, ...], words: str) -> None:
        # Asked before it is taken back, it would be answered by itself.
        self._instead = frozenset(facts), words
        self.undo_requested.emit(facts)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if not busy:
            self._patience.stop()
        self._name_stop()

    def _name_stop(self) -> None:
        """Esc and the button stop what is under way: a question, or an answer on the page."""
        busy = self._busy or self._writer.under_way(self._number)
        self._stop.setEnabled(busy)
        self.composer.set_busy(busy)

    def _came(self, said: Said) -> None:
        self._set_busy(False)
        self.lines.append(said)
        self.composer.set_history([one.line for one in self.lines])
        number = len(self.lines) - 1
        if self.way == WRITTEN:
            self._begin(number)
        self._show_said(number)
        self._keep(number)
        if said.turn is not None:
            self._tell_kept(said, said.turn)
            self.composer.field.clear()
            spoken = QAccessibleAnnouncementEvent(self, said.turn.text)
            QAccessible.updateAccessibility(spoken)
        else:
            self._clear_asked(said)
        if said.answer is not None:
            self.answered.emit(said.answer)

    def _clear_asked(self, said: Said) -> None:
        """Make room for a follow-up, unless something else was typed; Up brings the line back."""
        if " ".join(self.composer.field.text().split()) == said.line:
            self.composer.field.clear()

    # -- written answers -------------------------------------------------------------------------

    def set_way(self, way: str) -> None:
        """Show answers this way from now on, that on the page, too."""
        self.way = QUOTES if way == QUOTES else WRITTEN
        self._tell_writer()
        number = self._number
        if not 0 <= number < len(self.lines):
            return
        if self.way == WRITTEN and self.lines[number].written is None:
            self._begin(number)
        elif self.way == QUOTES:
            self._writer.stop()
        self._show_anew(number)

    def _tell_writer(self) -> None:
        name = self._contents.writer if self._contents is not None else ""
        self.answers_by.emit(name if self.way == WRITTEN else "")

    def _writer_looked(self, name: str) -> None:
        if self._contents is not None and self._contents.writer != name:
            self._looked(replace(self._contents, writer=name))

    def _begin(self, number: int) -> None:
        """Have the answer of a line written, where there is a model and something to write from."""
        said = self.lines[number]
        if self._library is not None and said.writes and said.answer is not None:
            turns = saying.before(self.lines[self._first : number], said.collection)
            self._writer.write(number, self._library, said.answer, turns)
            self._name_stop()

    def _again(self, number: int) -> None:
        self.lines[number] = replace(self.lines[number], written=None)
        self._begin(number)
        self._show_anew(number)

    def _drafted(self, number: int, draft: Draft) -> None:
        if number == self._number and self.draft is not None:
            self.draft.show_draft(draft)

    def _wrote(self, number: int, answer: Answer) -> None:
        self.lines[number] = replace(self.lines[number], written=answer)
        if number == self._number and not self._busy:
            self._show_anew(number)
            if self.result is not None and self.way == WRITTEN:
                words = " ".join(each.text for each in answer.sentences)
                spoken = f"{words} {answer.note}" if answer.mode == "written" else answer.note
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))
        self._name_stop()
        self._keep(number)
        self.wrote.emit(answer)

    # -- questions of before ---------------------------------------------------------------------

    def show_history(self) -> None:
        """Show every question that is kept, to be looked through."""
        if self._library is None:
            return
        self.stop()
        back = self._number
        self._turn_to()
        page = HistoryPage(self._library, self._jobs)
        page.opened.connect(self.reopen)
        page.closed.connect(partial(self._leave_history, back))
        self._put(page)
        self.history_page = page
        self.inspect.emit(None)
        page.field.setFocus()

    def _leave_history(self, number: int) -> None:
        if 0 <= number < len(self.lines):
            self._show_said(number)
        else:
            self._show_last()
        self.focus_question()

    def reopen(self, id: int) -> None:
        """Show a question of before with its answer, in the thread that it was asked in."""
        if self._library is not None:
            # Where it fails, it was forgotten by somebody else meanwhile.
            self._jobs.run(
                saying.again, self._library, id, done=partial(self._reopened, id),
                failed=lambda _error: self.show_history(), key=_ASK,
            )  # fmt: skip

    def _reopened(self, id: int, found: Reopened) -> None:
        self._first, self.thread_name = len(self.lines), found.thread
        shown = self._first
        for kept, said in found.lines:
            number = len(self.lines)
            self.lines.append(said)
            if said.answer is not None:
                self._keeper.known(number, kept, said.answer)
            if kept == id:
                shown = number
        self.composer.set_history([one.line for one in self.lines])
        self.composer.field.clear()
        self._show_said(shown)
        self.focus_question()

    def _keep(self, number: int) -> None:
        """Have the library keep what was answered; not what only facts did, nor to nothing."""
        said = self.lines[number]
        if self._library is not None and said.answer is not None and said.answer.coverage.of:
            self.thread_name = self.thread_name or f"{datetime.now():%Y-%m-%d %H:%M:%S.%f}"
            scope = {**said.answer.scope, "conversation": self.thread_name}
            kept = replace(said.answer, scope=scope)
            self._keeper.keep(number, self._library, kept, said.written)
            self.composer.set_kept(kept=True)

    def _show_anew(self, number: int) -> None:
        """Show the line on the page as it stands now, at the place where its reader is."""
        before = self.result
        current = before.evidence.current if before is not None else 0
        walking = before is not None and any(card.hasFocus() for card in before.evidence.cards)
        chosen = walking or (before is not None and current != before.first)
        at = self._scroll.verticalScrollBar().value()
        follows = self._now is not None
        self._show_said(number)
        if self.result is None:
            return
        if chosen:
            self.result.evidence.choose(current)
        if walking:
            self.result.evidence.focus_first()
        self.inspect.emit(self.selected)
        if not follows:
            self._now = None
            QTimer.singleShot(0, self, partial(self._scroll.verticalScrollBar().setValue, at))

    def _tell_kept(self, said: Said, turn: Turn) -> None:
        new = tuple(id for reply in turn.replies for id in reply.new)
        if new:
            line = "\n".join(reply.said for reply in turn.replies if reply.new)
            self.kept.emit(line, said.collection, new)

    def _failed(self, error: WorkbenchError) -> None:
        self._set_busy(False)
        if isinstance(error, UsageError):
            self._say(message("info", error.message, error.hint))
            return
        again = button(tr("Try again"))
        again.clicked.connect(partial(self._send, self._work, self._question, self._collection))
        self._say(error_message(error, again))

    def _say(self, told: QWidget) -> None:
        """Show the question with a message instead of an answer."""
        self._turn_to()
        title = label(heading_of(self._question), "page", wrap=True)
        self._put(column(title, 8, told, None), self._past())
        self.inspect.emit(None)

    # -- what is on the page ---------------------------------------------------------------------

    def _turn_to(self, number: int = -1) -> None:
        """Have this line on the page, or none; what there was of another goes."""
        self._number = number
        self.result = self.turn = self.draft = None

    def _show_said(self, number: int) -> None:
        """Show what was kept, if anything, and the answer, if anything was asked."""
        said = self.lines[number]
        self._turn_to(number)
        parts: list[QWidget | int | None] = []
        if said.turn is not None:
            turn = TurnView(said, self.wanted, self._undone)
            turn.undo_requested.connect(self.undo_requested)
            turn.instead_requested.connect(self._ask_instead)
            turn.ask_requested.connect(lambda words: self.ask(words, said.collection))
            turn.tell_requested.connect(lambda words: self.keep(words, said.collection))
            self.turn = turn
            parts.append(turn)
        if said.answer is not None:
            self.result = self._make_result(number, said.answer)
            if parts:
                parts += [16, rule(), 12]
            parts.append(self.result)
        self._put(column(*parts, None, gap=0), self._past(before=number), self._past(after=number))
        self._name_stop()
        self.inspect.emit(self.selected)

    def _make_result(self, number: int, answer: Answer) -> Result:
        said, written = self.lines[number], self.lines[number].written
        writing = Writing()
        if said.writes:
            # One that nobody had written yet, such as one of before, is still to be chosen.
            there = written is not None or self._writer.under_way(number)
            ways = Ways(self.way if there else QUOTES)
            ways.chosen.connect(self.set_way)
            note: QWidget | None = None
            if self.way == WRITTEN and self._writer.under_way(number):
                self.draft = DraftView(answer)
                self.draft.stop_button.clicked.connect(self.stop)
                begun = self._writer.draft(number)
                if begun is not None:
                    self.draft.show_draft(begun)
            elif self.way == WRITTEN and written is not None:
                note = noted(written, partial(self._again, number))
                answer = written if written.mode == "written" else answer
            writing = Writing(ways, self.draft, note)
        authors = saying.authors(self.lines[: number + 1])
        result = Result(answer, authors, self.wanted, tellable=said.tellable, writing=writing)
        self._connect(result)
        result.widen.connect(self._widen)
        result.about_chosen.connect(partial(self._ask_about, number))
        result.tell.connect(lambda: self.keep(said.line, said.collection))
        if self._library is not None and answer.evidence and not answer.abstained:
            thought = Thought(self._jobs, self._library, answer, on=self.with_brain)
            thought.switched.connect(self._switch_brain)
            thought.watch_requested.connect(self.watch_requested)
            thought.concept_requested.connect(self.concept_requested)
            result.put_thought(thought)
        if self._library is not None and self._contents is not None and self._contents.pictures:
            read = self.wanted.sentence.emit
            result.put_last(AskedPictures(self._jobs, self._library, answer.question, read))
        return result

    def _connect(self, result: Result) -> None:
        answer = result.answer
        result.evidence.opened.connect(lambda n: self.open_evidence.emit(answer, n))
        result.evidence.selected.connect(self.inspect)
        result.export.connect(lambda: self.export_requested.emit(answer))
        result.evidence.walked.connect(self._see_card)
        result.evidence.left.connect(self.focus_question)

    def _switch_brain(self, on: bool) -> None:
        self.with_brain = on
        self.brain_switched.emit(on)

    def _go_to_evidence(self) -> None:
        if self.result is not None and self.result.told is not None:
            self.result.told.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(self.result.told)
        elif self.result is not None:
            self.result.evidence.focus_first()

    def _see_card(self, number: int) -> None:
        card = self.result.evidence.card(number) if self.result is not None else None
        if card is not None:
            self._now = None
            self._scroll.ensureWidgetVisible(card, 0, theme.px(16))

    @property
    def selected(self) -> Evidence | None:
        """The evidence that is selected on the page."""
        if self.result is None or not self.result.answer.evidence:
            return None
        card = self.result.evidence.card(self.result.evidence.current)
        return card.evidence if card is not None else self.result.answer.evidence[0]

    def _widen(self) -> None:
        self.composer.set_scope(None)
        self.ask(self._question, None)

    def _show_looking(self) -> None:
        self.draft = None
        stop = button(tr("Stop"), kind="quiet", call=self.stop)
        title = label(heading_of(self._question), "page", wrap=True)
        words = tr("Looking…")
        if self._contents:
            words = tr(
                "Looking through {passages}…", passages=count(self._contents.passages, "passage")
            )
        self._put(column(title, 8, row(label(words, "muted"), stop, None), None), self._past())

    def _show_empty(self) -> None:
        self._turn_to()
        wanted = self.wanted
        offers = empty.Offers(self.library_requested.emit, wanted.files.emit, wanted.sample.emit)
        state = empty.state(
            self._library is not None, self._contents, self._trouble, offers,
            opening=self._opening, written=self.way == WRITTEN, coming=self._coming(),
        )  # fmt: skip
        self._put(state, whole=True)
        self.inspect.emit(None)
        self._greet()

    def _past(self, *, before: int | None = None, after: int | None = None) -> list[QWidget]:
        """The other turns of the thread, those before or after one: all, where none is named."""
        shown: list[QWidget] = []
        first = self._first if after is None else after + 1
        for number in range(first, len(self.lines) if before is None else before):
            turn = PastTurn(self.lines[number])
            turn.chosen.connect(partial(self._show_said, number))
            answer = self.lines[number].shown
            turn.opened.connect(lambda n, answer=answer: self.open_evidence.emit(answer, n))
            shown.append(turn)
        return shown

    def _put(
        self,
        shown: QWidget | QLayout,
        before: Sequence[QWidget] = (),
        after: Sequence[QWidget] = (),
        *,
        whole: bool = False,
    ) -> None:
        """Show one thing, as wide as there is room but no wider than reads well.

        The turns `before` and `after` it stand above and below; it is what one sees of the page.
        """
        clear(self._body)
        self.history_page, self._blank = None, whole
        self._page.setMaximumWidth(_NO_LIMIT if whole else theme.px(_COLUMN))
        self.composer.setMaximumWidth(theme.px(_COLUMN) + 48)
        now = shown if isinstance(shown, QWidget) else holder(shown)
        for turn in before:
            self._body.addWidget(turn)
            self._body.addWidget(rule())
        self._body.addWidget(now)
        for turn in after:
            self._body.addWidget(rule())
            self._body.addWidget(turn)
        self._now = now if before else None
        self._scroll.verticalScrollBar().setValue(0)
        self.composer.follow(following=len(self.lines) > self._first)
        QTimer.singleShot(0, self, self._go_to_now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            # Where there is little room, the field needs it more than an edge in common.
            roomy = self._scroll.width() >= _ROOMY * self.fontMetrics().height()
            beside = self._scroll.width() - self._scroll.viewport().width()
            self._asking.setContentsMargins(_BESIDE * roomy, 0, _BESIDE * roomy, 0)
            self.composer.set_edge(_EDGE if roomy else _NARROW_EDGE)
            self._beside_bar.setFixedWidth(beside * roomy)
        return super().eventFilter(watched, event)

    def _go_to_now(self) -> None:
        """Bring the turn that is shown to the top, until the reader scrolls."""
        self._body.activate()
        if self._now is not None:
            self._scroll.verticalScrollBar().setValue(self._now.y())

    def _scrolled(self) -> None:
        self._now = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        if self._look_again:
            self._refresh()
        elif self._library is not None:
            # Another model may have been chosen meanwhile.
            self._jobs.run(writer, self._library, done=self._writer_looked, key=_WRITER)
        if self._busy:
            self._show_looking()
        elif self._blank and self.result is None:
            self._greet()
        result = self.result
        card = result.evidence.card(result.evidence.current) if result is not None else None
        # Back from the Reader one stands where one left; else the question is what one came for.
        (card or self.composer.field).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._patience.stop()
