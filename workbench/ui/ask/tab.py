"""The Ask tab: lines are processed by `Jobs`, their outcomes are shown on the page.

Nothing blocks: a new question supersedes the current one, Esc stops it, and the previous answer
stays visible until the next arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from workbench.errors import UsageError, WorkbenchError
from workbench.recall.records import Answer, Evidence
from workbench.ui.ask import empty, saying
from workbench.ui.ask.answer_view import QUOTES, WRITTEN, DraftView, ModeSwitch, noted
from workbench.ui.ask.brain_link import AssociationPart
from workbench.ui.ask.composer import Composer
from workbench.ui.ask.contents import Contents, ContentsMonitor
from workbench.ui.ask.conversation import TurnView
from workbench.ui.ask.empty import Greeting, HistoryPage, IntroductionView
from workbench.ui.ask.line_under_way import Request, TurnViews, Work
from workbench.ui.ask.page import Foot, ThreadPage
from workbench.ui.ask.result import PictureSearch, Result, Writing
from workbench.ui.ask.saying import READING, STOPPED, Introduced, LineOutcome, Reopened, Writer
from workbench.ui.ask.sending import Consent
from workbench.ui.ask.thread import Numbered, Thread
from workbench.ui.ask.wording import heading_of, holds_words
from workbench.ui.components import (
    button,
    column,
    count,
    error_message,
    label,
    message,
    paragraph,
    quiet_button,
    row,
    rule,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.memories.switch import DIFFERENCES, OF_ASK, THREADS, KindSwitch
from workbench.ui.shelf.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.writing.writing import Draft

#: The turns of a thread before and after one.
_Turns = tuple[Sequence[Numbered], Sequence[Numbered]]
#: Milliseconds between checks whether the mouse has left the cards.
_HOVER_INTERVAL = 200
#: Prefix that makes the library save an imperative as a note.
_NOTE_PREFIX = "note: "


class AskTab(QWidget):
    """Ask questions, read answers and open their evidence; save statements."""

    #: (answer, number): evidence to open in the Reader.
    open_evidence = Signal(object, int)
    #: The selected `Evidence`, None if the answer has none.
    inspect = Signal(object)
    #: A request to show the problem with the library.
    library_requested = Signal()
    #: The `Answer` that arrived.
    answer_received = Signal(object)
    #: The generated `Answer`; its `note` may explain why it is incomplete.
    wrote = Signal(object)
    #: The `Answer` to export.
    export_requested = Signal(object)
    #: The model that generates answers; "" for quotes.
    answers_by = Signal(str)
    #: Whether the simulation's part is shown.
    brain_switched = Signal(bool)
    #: The ids of saved facts, per reply.
    kept = Signal(object)

    def __init__(self, library: Library | None, jobs: Jobs, requests: Wanted) -> None:
        super().__init__()
        self.wanted = requests
        self._library: Library | None = None
        self._jobs = jobs
        self.talk = Thread(jobs, self)
        self._told = TurnViews(self, requests)
        self._told.ask_requested.connect(self.ask)
        self._told.tell_requested.connect(self.save_note)
        #: The parts of the page: an answer with evidence, a turn, an answer being generated.
        self.result: Result | None = None
        self.turn: TurnView | None = None
        self.draft: DraftView | None = None
        self._number = self._reading = -1  # index of the visible line, of the preliminary result
        #: `WRITTEN` to generate answers if a model is chosen, or `QUOTES`.
        self.way = WRITTEN
        self._writer = Writer(jobs, self)
        self._writer.drafted.connect(self._drafted)
        self._writer.written.connect(self._wrote)
        #: The page of earlier questions while it is visible.
        self.history_page: HistoryPage | None = None
        #: Whether the page shows only the start page.
        self._blank = True
        #: Returns whether the simulation may contribute to answers.
        self.offers_brain: Callable[[], bool] = lambda: True
        self.with_brain = True
        self._trouble: WorkbenchError | None = None
        self._opening = False
        self.contents = ContentsMonitor(jobs, self, self.isVisible)
        self.contents.updated.connect(self._show_contents)
        self._greeting = Greeting(jobs, self)
        self._greeting.completed.connect(self._greeted)
        self._asking = Request(jobs, self)
        self._asking.first_ready.connect(self._show_first_look)
        self._asking.read.connect(self._read)
        self._asking.ready.connect(self._show_outcome)
        self._asking.failed.connect(self._failed)
        self._asking.introduced.connect(self._introduced)
        self._asking.slow.connect(self._show_looking)
        self._asking.state_changed.connect(self._name_stop)
        self.composer = Composer()
        self.composer.asked.connect(self.ask)
        self.composer.said.connect(self.say)
        self.composer.stopped.connect(self.stop)
        self.composer.recalled.connect(self.show_again)
        self.composer.history_requested.connect(self.show_history)
        self.composer.source_selected.connect(self.introduce)
        self.composer.went_down.connect(self._go_to_evidence)
        self._page = ThreadPage(self)
        self._page.turn_selected.connect(self._show_line)
        self._page.evidence_opened.connect(self.open_evidence)
        self._foot = Foot(self.composer, self._page.area)
        self.switch = KindSwitch(THREADS, OF_ASK)
        head = row(self.switch, None, margins=(16, 8, 16, 8))
        self.setLayout(column(head, rule(), self._page.area, rule(), self._foot, gap=0))
        self.setProperty("paper", "surface")
        self.setAccessibleName(tr("Ask"))
        self._stop = QShortcut(QKeySequence.StandardKey.Cancel, self, self.stop, enabled=False)
        self.set_library(library)

    # -- library -----------------------------------------------------------------------------------

    def set_library(self, library: Library | None) -> None:
        """Switch to another library and clear the answers."""
        self.stop()
        self._reading = -1  # a reordering may still wait for the mouse to leave the cards
        self._writer.drop()
        self._library = library
        self.talk.forget()
        self._told.forget()
        self._trouble, self._opening = None, False
        self._greeting.forget()
        self.contents.set_library(None)
        self.composer.set_history(())
        self._show_empty()
        if library is not None:
            self.contents.set_library(library)
        self.composer.set_ready(library is not None)

    def show_opening(self) -> None:
        """Show that the library is being opened."""
        self._set_state(None, opening=True)

    def show_absent(self) -> None:
        """Show that there is no library yet; it is created when something is added."""
        if self._opening:
            self._set_state(self._trouble)

    def show_error(self, error: WorkbenchError) -> None:
        """Show that the library failed to open."""
        self._set_state(error)

    def _set_state(self, trouble: WorkbenchError | None, *, opening: bool = False) -> None:
        self._trouble, self._opening = trouble, opening
        if self._library is None:
            self._show_empty()

    def _show_contents(self, contents: Contents, changed: bool) -> None:
        self._announce_writer()
        self.composer.set_collections(contents.collections)
        self.composer.set_history_available(available=contents.has_history)
        if self._blank and not self._asking.busy and changed:
            self._show_empty()

    # -- public API --------------------------------------------------------------------------------

    def focus_question(self) -> None:
        """Focus the question field and select its text.

        Until questions are possible, focus the button that leads to a library.
        """
        presses = [p for p in self._page.inside.findChildren(QPushButton) if p.isVisibleTo(self)]
        if presses and not self.composer.ready:
            presses[0].setFocus()
            return
        self.composer.field.setFocus()
        self.composer.field.selectAll()

    @property
    def answer(self) -> Answer | None:
        """The visible answer."""
        return self.result.answer if self.result else None

    def copy_with_citation(self) -> None:
        """Copy the selected evidence with its reference."""
        if self.result is not None and self.result.card is not None:
            self.result.card.copy()

    # -- asking ----------------------------------------------------------------------------------

    def ask(self, question: str, collection: str | None = None, subject: str | None = "") -> None:
        """Ask a question; the answer is shown when it arrives.

        A follow-up is about the subject of earlier turns, or `subject`; None ignores both.
        """
        work = saying.Limits(self.composer.sources, subject).ask
        # Generation needs the passages read, and must not wait for the mouse.
        writes = self.way == WRITTEN and bool(self.contents.now and self.contents.now.writer)
        first = self._library is not None and self._library.reads and not writes
        self._send(work, question, collection, first=first)

    def _ask_subject(self, number: int, name: str) -> None:
        """Ask again about another subject; the latest turn is replaced."""
        lines = self.talk.lines
        outcome = lines[number]
        if number == len(lines) - 1:
            lines.pop()
        self.ask(outcome.line, outcome.collection, name or None)

    def introduce(self, source: int, title: str) -> None:
        """Show the topic of a source, and questions that it answers."""
        if self._library is not None:
            self._writer.stop()
            self._reading = -1
            self._asking.introduce(self._library, source, tr("About “{title}”", title=title))

    def _introduced(self, introduced: Introduced) -> None:
        if self.composer.sources == (introduced.source,) and introduced.introduction.about:
            self._show_introduced(introduced)

    def _show_introduced(self, introduced: Introduced, title: str = "") -> None:
        """Show an introduction, with the source's `title` on the start page."""
        self._turn_to()
        others = [o for o in self._newest if title and o[0] != introduced.source]
        view = IntroductionView(
            introduced.introduction, introduced.authors, self.wanted, title, others
        )
        view.question_selected.connect(partial(self._ask_suggestion, introduced.source, title))
        view.source_selected.connect(lambda id, name: self.composer.ask_sources([id], name))
        self.result = result = view.result
        if result is not None:
            self._connect(result)
        self._show_page(view)
        self.inspect.emit(self.selected)

    @property
    def _newest(self) -> tuple[tuple[int, str], ...]:
        """(id, title) of the newest sources, as far as known."""
        return self.contents.now.newest if self.contents.now is not None else ()

    def _greet(self) -> None:
        """Introduce the newest source on the start page."""
        if self._library is not None and self.isVisible():
            self._greeting.request(self._library, self._newest)

    def _greeted(self, introduced: Introduced, fresh: bool) -> None:
        titles = dict(self._newest)
        if not self._blank or self._asking.busy or introduced.source not in titles:
            return
        if introduced.introduction.about is not None:
            self._show_introduced(introduced, titles[introduced.source])
            self._blank = True  # still the start page: a newer source may replace it
        elif fresh:
            self._show_empty()

    def _ask_suggestion(self, source: int, title: str, question: str) -> None:
        if title:
            self.composer.search_source(source, title)
        self.composer.field.setText(question)
        self.ask(question, self.composer.scope)

    def say(self, line: str, collection: str | None = None) -> None:
        """Process a line as a statement: save facts, calculate, answer its question."""
        self._send(partial(saying.say, sources=self.composer.sources), line, collection)

    def save_note(self, words: str, collection: str | None = None) -> None:
        """Save words as a note regardless of their form."""
        self.say(f"{_NOTE_PREFIX}{words}", collection)

    def _send(
        self, work: Work, question: str, collection: str | None, *, first: bool = False
    ) -> None:
        """Process a line on a worker; `first` requests a preliminary result."""
        if self._library is None:
            return
        self._asking.name(work, question, collection)
        if not holds_words(question):
            self.stop()
            text = tr("“{question}” has no words to search for", question=question)
            self._show_message(message("info", text, tr("Ask about anything in your sources.")))
            return
        self._writer.stop()
        if self._reading >= 0:
            self._store(self._reading)  # it is superseded before being read
        self._reading = -1
        self._asking.send(self._library, self.talk.previous_answers(collection), first=first)

    def _show_first_look(self, outcome: LineOutcome) -> None:
        """Show a preliminary result, whose order may change after reading."""
        number = self._reading = self._add(outcome)
        self._show_line(number)
        # Now, since later the next question may be half typed.
        self._clear_question(outcome)

    def _add(self, outcome: LineOutcome) -> int:
        number = self.talk.add(outcome)
        self.composer.set_history([line.line for line in self.talk.lines])
        return number

    def _read(self, outcome: LineOutcome) -> None:
        """Replace the preliminary result by the final one."""
        number = self._reading
        self.talk.lines[number] = outcome
        self._store(number)
        self._reorder(number)
        if outcome.answer is not None:
            self.answer_received.emit(outcome.answer)

    def _reorder(self, number: int) -> None:
        """Show the final order, but not while the mouse is over the cards."""
        if number != self._reading:
            return
        if self.result is not None and self.result.evidence.underMouse():
            QTimer.singleShot(_HOVER_INTERVAL, self, partial(self._reorder, number))
            return
        self._reading = -1
        if self.way == WRITTEN:
            self._begin(number)
        if number == self._number:
            self._show_anew(number)

    def stop(self) -> None:
        """Stop the current work.

        A partly generated answer is kept; a question without an answer restores the previous page.
        """
        if not self._asking.busy:
            self._writer.stop()
            return
        self._asking.stop()
        self._reading = -1
        self._show_latest()

    def _show_latest(self) -> None:
        if self.talk.empty:
            self._show_empty()
        else:
            self._show_line(len(self.talk.lines) - 1)

    def new_thread(self) -> None:
        """Start a new thread: the next question does not refer to earlier ones."""
        self.stop()
        self.talk.begin()
        self.composer.clear()
        self.composer.search_collection()
        self._show_empty()
        self.talk.stored.emit()
        self.focus_question()

    def show_again(self, index: int) -> None:
        """Show the outcome of an earlier line again without processing it."""
        self.stop()
        self._show_line(self.talk.begin_with(index))

    def mark_told(self, facts: Collection[int], is_there: bool) -> None:
        """Mark facts as deleted or restored, and ask the question that waited for it."""
        self._told.mark(facts, self._asking.collection, is_there=is_there)

    def _name_stop(self) -> None:
        """Enable Stop while a question or the visible answer is in progress."""
        busy = self._asking.busy or self._writer.is_writing(self._number)
        self._stop.setEnabled(busy)
        self.composer.set_busy(busy)

    def _show_outcome(self, outcome: LineOutcome) -> None:
        number = self._add(outcome)
        if self.way == WRITTEN:
            self._begin(number)
        self._show_line(number)
        self._store(number)
        if outcome.turn is not None:
            self.kept.emit([reply.new for reply in outcome.turn.replies if reply.new])
            self.composer.clear()
            speech = QAccessibleAnnouncementEvent(self, outcome.turn.text)
            QAccessible.updateAccessibility(speech)
        else:
            self._clear_question(outcome)
        if outcome.answer is not None:
            self.answer_received.emit(outcome.answer)

    def _clear_question(self, outcome: LineOutcome) -> None:
        """Clear the field unless it was edited; Up recalls the line."""
        if self.composer.line == outcome.line:
            self.composer.clear()

    # -- generated answers -------------------------------------------------------------------------

    def set_mode(self, mode: str) -> None:
        """Switch between generated answers and quotes, including the visible answer."""
        self.way = QUOTES if mode == QUOTES else WRITTEN
        self._announce_writer()
        number = self._number
        if not 0 <= number < len(self.talk.lines):
            return
        if self.way == WRITTEN and self.talk.lines[number].generated is None:
            self._begin(number)
        elif self.way == QUOTES:
            self._writer.stop()
        self._show_anew(number)

    def _announce_writer(self) -> None:
        name = self.contents.now.writer if self.contents.now is not None else ""
        self.answers_by.emit(name if self.way == WRITTEN else "")

    def _begin(self, number: int) -> None:
        """Generate the answer of a line if there is a model and evidence."""
        outcome = self.talk.lines[number]
        if self._library is not None and outcome.writes and outcome.answer is not None:
            turns = self.talk.previous_answers(outcome.collection, number)
            self._writer.write(number, self._library, outcome.answer, turns)
            self._name_stop()

    def _rewrite(self, number: int) -> None:
        self.talk.lines[number] = replace(self.talk.lines[number], generated=None)
        self._begin(number)
        self._show_anew(number)

    def _drafted(self, number: int, draft: Draft) -> None:
        if number == self._number and self.draft is not None:
            self.draft.show_draft(draft)

    def _wrote(self, number: int, answer: Answer) -> None:
        self.talk.lines[number] = replace(self.talk.lines[number], generated=answer)
        if number == self._number and not self._asking.busy:
            self._show_anew(number)
            if self.result is not None and self.way == WRITTEN:
                words = " ".join(sentence.text for sentence in answer.sentences)
                note = known(answer.note)
                speech = f"{words} {note}" if answer.mode == "written" else note
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, speech))
        self._name_stop()
        self._store(number)
        self.wrote.emit(answer)

    # -- earlier questions -------------------------------------------------------------------------

    def show_history(self) -> None:
        """Show the list of saved questions."""
        if self._library is None:
            return
        self.stop()
        back = self._number
        self._turn_to()
        page = HistoryPage(self._library, self._jobs)
        page.opened.connect(self.reopen)
        page.closed.connect(partial(self._leave_history, back))
        self._show_page(page)
        self.history_page = page
        self.inspect.emit(None)
        page.field.setFocus()

    def _leave_history(self, number: int) -> None:
        if 0 <= number < len(self.talk.lines):
            self._show_line(number)
        else:
            self._show_latest()
        self.focus_question()

    def reopen(self, id: int) -> None:
        """Show a saved question with its answer and thread."""
        if self._library is not None:
            # Fails only if it was deleted concurrently.
            self._asking.reopen(
                self._library, id, partial(self._reopened, id), lambda _error: self.show_history()
            )

    def _reopened(self, id: int, reopened: Reopened) -> None:
        visible = self.talk.reopen(reopened, id)
        self.composer.set_history([line.line for line in self.talk.lines])
        self.composer.clear()
        self._show_line(visible)
        self.focus_question()

    def _store(self, number: int) -> None:
        """Save the answer of a line, except one from facts only or from an empty scope."""
        if self._library is not None and self.talk.store(number, self._library):
            self.composer.set_history_available(available=True)

    def _show_anew(self, number: int) -> None:
        """Refresh the visible line, keeping selection and scroll position."""
        previous = self.result
        current = previous.evidence.current if previous is not None else 0
        walking = previous is not None and any(card.hasFocus() for card in previous.evidence.cards)
        selection = walking or (previous is not None and current != previous.first)
        place = self._page.place
        self._show_line(number)
        if self.result is None:
            return
        if selection:
            self.result.evidence.choose(current)
        if walking:
            self.result.evidence.focus_first()
        self.inspect.emit(self.selected)
        self._page.go_to(place)

    def _failed(self, error: WorkbenchError) -> None:
        if isinstance(error, UsageError):
            self._show_message(message("info", error.message, error.hint))
            return
        retry = button(tr("Try again"), call=lambda: self._send(*self._asking.current))
        self._show_message(error_message(error, retry))

    def _show_message(self, content: QWidget) -> None:
        """Show the question with a message instead of an answer."""
        self._turn_to()
        title = paragraph(heading_of(self._asking.question), "page")
        self._show_page(column(title, 8, content, None), self.talk.neighbours())
        self.inspect.emit(None)

    # -- page --------------------------------------------------------------------------------------

    def _turn_to(self, number: int = -1) -> None:
        """Set the visible line, or none, and drop the widgets of the previous one."""
        self._number = number
        self.result = self.turn = self.draft = None

    def _show_line(self, number: int) -> None:
        """Show a line's statements and answer."""
        outcome = self.talk.lines[number]
        self._turn_to(number)
        parts: list[QWidget | int | None] = []
        if outcome.turn is not None:
            turn = self.turn = self._told.view(outcome)
            parts.append(turn)
        if outcome.answer is not None:
            self.result = self._make_result(number, outcome.answer)
            if parts:
                parts += [16, rule(), 12]
            parts.append(self.result)
        self._show_page(column(*parts, None, gap=0), self.talk.neighbours(number))
        self._name_stop()
        self.inspect.emit(self.selected)

    def _make_result(self, number: int, answer: Answer) -> Result:
        outcome = self.talk.lines[number]
        generated = outcome.generated
        writing = Writing()
        if outcome.writes:
            # A saved answer without generated text stays in quotes until the switch is used.
            generates = generated is not None or self._writer.is_writing(number)
            switch = ModeSwitch(self.way if generates else QUOTES)
            switch.mode_selected.connect(self.set_mode)
            note: QWidget | None = None
            if self.way == WRITTEN and self._writer.is_writing(number):
                self.draft = DraftView(answer)
                self.draft.stop_button.clicked.connect(self.stop)
                started = self._writer.draft(number)
                if started is not None:
                    self.draft.show_draft(started)
            elif self.way == WRITTEN and generated is not None:
                rewrite = partial(self._rewrite, number)
                turns = partial(self.talk.previous_answers, outcome.collection, number)
                consent = Consent(self, self._jobs, self._library, answer, turns, rewrite)
                note = noted(generated, rewrite, consent)
                answer = generated if generated.mode == "written" else answer
            writing = Writing(switch, self.draft, note)
        authors = saying.authors(self.talk.lines[: number + 1])
        unread = "" if outcome.read else STOPPED if number != self._reading else READING
        result = Result(
            answer, authors, self.wanted, tellable=outcome.tellable, writing=writing, unread=unread
        )
        self._connect(result)
        result.widen.connect(self._widen)
        result.subject_selected.connect(partial(self._ask_subject, number))
        result.save_requested.connect(lambda: self.save_note(outcome.line, outcome.collection))
        offered = self.offers_brain() and answer.evidence and not answer.abstained
        if self._library is not None and offered:
            associations = AssociationPart(
                self._jobs, self._library, answer, self.wanted, on=self.with_brain
            )
            associations.switched.connect(self._switch_brain)
            result.add_associations(associations)
        matches = self.contents.now
        if self._library is not None and matches is not None and matches.pictures:
            read = self.wanted.sentence.emit
            result.append(PictureSearch(self._jobs, self._library, answer.question, read))
        return result

    def _connect(self, result: Result) -> None:
        answer = result.answer
        result.evidence.opened.connect(lambda n: self.open_evidence.emit(answer, n))
        result.evidence.selected.connect(self.inspect)
        result.export.connect(lambda: self.export_requested.emit(answer))
        result.compare.connect(partial(self.switch.selected.emit, DIFFERENCES))
        result.evidence.walked.connect(self._see_card)
        result.evidence.left.connect(self.focus_question)

    def _switch_brain(self, on: bool) -> None:
        self.with_brain = on
        self.brain_switched.emit(on)

    def _go_to_evidence(self) -> None:
        if self.result is not None and self.result.told is not None:
            self.result.told.setFocus(Qt.FocusReason.TabFocusReason)
            self._page.see(self.result.told)
        elif self.result is not None:
            self.result.evidence.focus_first()

    def _see_card(self, number: int) -> None:
        card = self.result.evidence.card(number) if self.result is not None else None
        if card is not None:
            self._page.see(card)

    @property
    def selected(self) -> Evidence | None:
        """The selected evidence."""
        if self.result is None or not self.result.answer.evidence:
            return None
        result, current = self.result.answer.evidence, self.result.evidence.current
        return next((item for item in result if item.n == current), result[0])

    def _widen(self) -> None:
        self.composer.set_scope(None)
        self.ask(self._asking.question, None)

    def _show_looking(self) -> None:
        self.draft = None
        stop = quiet_button(tr("Stop"), call=self.stop)
        title = paragraph(heading_of(self._asking.question), "page")
        words = tr("Looking…")
        if (result := self.contents.now) is not None:
            words = tr("Looking through {passages}…", passages=count(result.passages, "passage"))
        looking = row(label(words, "muted"), stop, None)
        self._show_page(column(title, 8, looking, None), self.talk.neighbours())

    def _show_empty(self) -> None:
        self._turn_to()
        requested = self.wanted
        offers = empty.Offers(
            self.library_requested.emit, requested.files.emit, requested.sample.emit
        )
        pending = self._greeting.pending_title(self._newest)
        state = empty.failed_state(self._trouble, offers) or empty.state(
            self._library is not None, self.contents.now, offers,
            opening=self._opening, may_write=self.way == WRITTEN, pending=pending,
        )  # fmt: skip
        self._show_page(state, full_width=True)
        self.inspect.emit(None)
        self._greet()

    def _show_page(
        self, content: QWidget | QLayout, turns: _Turns = ((), ()), *, full_width: bool = False
    ) -> None:
        self.history_page, self._blank = None, full_width
        self._foot.fit()
        self._page.show_turn(content, *turns, full_width=full_width)
        self.composer.follow(following=not self.talk.empty)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        self.contents.show()
        if self._asking.busy:
            self._show_looking()
        elif self._blank and self.result is None:
            self._greet()
        card = self.result.card if self.result is not None else None
        # Returning from the Reader focuses the previous card; otherwise the question field.
        (card or self.composer.field).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._asking.unseen()
