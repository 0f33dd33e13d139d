"""Actions of Today, the lines of what needs attention, and where to continue reading."""

from collections.abc import Callable
from functools import partial
from heapq import nlargest
from operator import attrgetter
from typing import TYPE_CHECKING

from workbench.library.options import Marks
from workbench.memory.facts.records import Fact
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.vital.records import Alert
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.library import source_types
from workbench.ui.memories import rows as reading
from workbench.ui.memories.rows import Memory
from workbench.ui.today.tab import Line
from workbench.ui.window.tabs import ASK, READER, TODAY
from workbench.ui.window.undo import Command

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.graph.records import SaidAt
    from workbench.ui.window.main import MainWindow

_MOST_LINES, _MOST_PLACES = 6, 2


class Minding:
    """Ties Today and the reviews of the Inspector to the library."""

    def __init__(self, window: "MainWindow") -> None:
        self._window, self._shelf = window, window.shelf
        tab, detail = window.today_tab, window.inspector.detail
        tab.since = float(window.settings.left.get(str(window.shelf.path), 0))
        tab.tell(self._needs, self._places)
        tab.composer.asked.connect(partial(self._say, window.ask_tab.ask))
        tab.composer.said.connect(partial(self._say, window.ask_tab.say))
        wanted = tab.wanted
        wanted.answered.connect(self.review)
        wanted.stopped.connect(self._stop)
        wanted.shown.connect(self._show)
        wanted.settled.connect(self.settle)
        wanted.unsettled.connect(self._reopen)
        wanted.acknowledged.connect(self._acknowledge)
        wanted.fact.connect(self._show_fact)
        wanted.sources.connect(window.show_library)
        detail.review_requested.connect(self._keep_memory)
        detail.kind_requested.connect(self._give_kind)
        window.inspector.keep_requested.connect(self.keep)
        window.originals.changed.connect(tab.look)
        window.shelf.switched.connect(self._switched)
        window.shelf.collections_changed.connect(self._collections)

    def _switched(self) -> None:
        path = str(self._shelf.path)
        self._window.today_tab.since = float(self._window.settings.left.get(path, 0))

    def _collections(self) -> None:
        names = [each.name for each in self._shelf.collections]
        self._window.today_tab.composer.set_collections(names)

    def _say(
        self, way: Callable[[str, str | None], object], typed: str, collection: str | None
    ) -> None:
        """As if it were typed on the Ask tab, where the answer is."""
        window = self._window
        window.ask_tab.composer.field.setText(typed)
        window.show_tab(ASK)
        way(typed, collection)
        window.today_tab.composer.field.clear()

    # -- what needs one ---------------------------------------------------------------------------

    def _needs(self) -> list[Line]:
        window, shelf = self._window, self._shelf
        lines: list[Line] = []
        failed = [row for row in shelf.queue if row.state == "failed"]
        if failed:
            text = f"{failed[0].name}: {failed[0].error}"
            if len(failed) > 1:
                names = words.names([row.name for row in failed], 2)
                text = tr(
                    "{failed} could not be read: {failed2}", failed=len(failed), failed2=names
                )
            lines.append(Line("alert", "danger", text, "", tr("Show"), window.show_queue))
        waiting = sum(row.state == "paused" for row in shelf.queue)
        if shelf.paused and waiting:
            text = tr(
                "The queue is paused: {files_wait}",
                files_wait=words.count(waiting, "file waits", "files wait"),
            )
            resume = partial(shelf.pause, False)
            lines.append(Line("pause", "emergent", text, "", tr("Go on"), resume))
        missing = window.originals.missing
        for row in shelf.sources if missing else ():
            if row.id in missing:
                find = partial(window.caring.locate, row)
                text = tr("{title}: the original has moved", title=row.title)
                lines.append(
                    Line("web", "emergent", text, tr("text still answers"), tr("Locate…"), find)
                )
        if len(lines) > _MOST_LINES:
            rest = tr("{lines} more", lines=words.number(len(lines) - _MOST_LINES + 1))
            more = Line("alert", "text2", rest, "", tr("Show"), window.show_library)
            lines = [*lines[: _MOST_LINES - 1], more]
        return lines

    def _places(self) -> list[Line]:
        window = self._window
        sources = {row.id: row for row in self._shelf.sources}
        begun = {each.source: each.start for each in window.places.here}
        # What was added last and not opened yet fills the room beside what was.
        newest = nlargest(_MOST_PLACES, sources.values(), key=attrgetter("added"))
        lines = []
        for id in list(dict.fromkeys([*begun, *(each.id for each in newest)]))[:_MOST_PLACES]:
            row, start = sources[id], begun.get(id, 0)
            share = min(1.0, start / max(1, row.characters))
            note = tr("{value} % read", value=round(100 * share))
            lines.append(
                Line(
                    *(source_types.glyph(row), "accent", row.title),
                    note if id in begun else tr("Not opened yet"), tr("Open"),
                    partial(self._open, id, start), share, row.author, id in begun, row,
                )
            )  # fmt: skip
        answered = [
            (at, said.line, len(said.answer.evidence))
            for at, said in enumerate(window.ask_tab.talk.lines)
            if said.answer is not None and not said.answer.abstained
        ]
        for at, line, found in answered[-2:][::-1]:
            again = partial(self._show_answer, at)
            note = words.count(found, "passage") if found else tr("From your notes")
            lines.append(Line("quote", "text2", line, note, tr("Open"), again))
        return lines

    def _open(self, source: int, start: int) -> None:
        self._window.reader_tab.open_source(source, start)
        self._window.show_tab(READER)

    def _show_answer(self, at: int) -> None:
        self._window.show_tab(ASK)
        self._window.ask_tab.show_again(at)

    def _acknowledge(self, alert: Alert) -> None:
        self._shelf.change(
            lambda library: library.acknowledge(alert.id, "acknowledged"),
            done=lambda _now: self._window.today_tab.alert_acknowledged(alert),
        )

    # -- reviews ----------------------------------------------------------------------------------

    def review(self, review: Review, remembered: bool) -> None:
        """Note whether it was remembered; it says itself when it comes again."""

        def done(now: Review) -> None:
            when = words.day(now.due) if now.due is not None else "never"
            word = tr("Remembered") if remembered else tr("Not yet")
            self._window.today_tab.review_answered(
                review, tr("{word}. Due again on {when}.", word=word, when=when)
            )

        self._shelf.change(lambda library: library.memory.review(review.id, remembered), done=done)

    def _stop(self, review: Review) -> None:
        def done() -> None:
            self._window.today_tab.review_answered(review, tr("Removed from review."))

        self.keep(review.id, stop=True, done=done)

    def keep(
        self, id: int, *, stop: bool = False, done: Callable[[], object] | None = None
    ) -> None:
        """Keep a memory or a sentence for review, or stop that; Undo takes it back."""

        def keep(library: "Library", *, stops: bool = stop) -> int:
            return library.memory.keep(id, stop=stops)

        def step(back: bool) -> None:
            self._shelf.retrace(partial(keep, stops=stop != back))

        def over(count: int) -> None:
            if count:
                word = tr("Stop Reviewing") if stop else tr("Keep for Review")
                self._shelf.undo.push(Command(self._shelf, word, step))
                said = tr("Removed from review") if stop else tr("Kept for review")
                self._window.toasts.say(said, Action(tr("Undo"), self._shelf.step_back))
            elif not stop:
                self._window.toasts.say(tr("Already kept for review"))
            self._window.inspector.detail.look()
            if done is not None:
                done()

        self._shelf.change(keep, done=over)

    def keep_read(self) -> None:
        """Keep the sentence that is selected in the Reader, or that one came for."""
        reader = self._window.reading
        span, source = reader.chosen_span(), reader.source_id
        if source is None:
            return
        if span is None:
            self._window.toasts.say(tr("Select a sentence first"), kind="warn")
            return
        self._shelf.ask(
            lambda library: library.graph.sentences(source, *span), done=self._keep_first
        )

    def _keep_first(self, sentences: list[int]) -> None:
        if sentences:
            self.keep(sentences[0])
        else:
            self._window.toasts.say(tr("This sentence is not in the index"), kind="warn")

    def _keep_memory(self, memory: Memory, keep: bool) -> None:
        self.keep(memory.id, stop=not keep)

    def _give_kind(self, memory: Memory, kind: str) -> None:
        self._shelf.change(
            lambda library: library.memory.mark([memory.id], Marks(kind=kind)),
            done=lambda _count: self._window.inspector.detail.look(),
        )

    def _show(self, review: Review) -> None:
        if review.source is None:
            self._show_fact(review.id)
        else:
            self._shelf.ask(lambda library: library.graph.said_at(review.id), done=self.read_first)

    def read_first(self, places: "dict[int, SaidAt]") -> None:
        """Open sentences in their places."""
        for place in places.values():
            self._window.page_beside.read_at(place.source, place.start, place.end)

    def _show_fact(self, id: int) -> None:
        self._shelf.ask(
            lambda library: library.facts.get(id).fact,
            done=self._inspect,
            failed=self._shelf.failed.emit,
        )

    def _inspect(self, fact: Fact) -> None:
        # Today stays as it is: what one looks at stands beside it.
        if self._window.tabs.currentIndex() == TODAY:
            self._window.inspecting.show_memory(reading.memory(fact))

    # -- contradictions ---------------------------------------------------------------------------

    def settle(self, conflict: Conflict, keep: str) -> None:
        """Settle a contradiction; Undo opens it again."""
        pair = (conflict.older.id, conflict.newer.id)

        def told(now: Conflict | None) -> None:
            self._window.today_tab.conflict_settled(conflict, None if now is None else keep)

        self._shelf.undoable(
            tr("Resolve Contradiction"),
            lambda library: library.facts.resolve(*pair, keep=keep),
            lambda library, _now: library.facts.resolve(*pair, keep="open"),
            told=told,
            about=conflict,
        )

    def _reopen(self, conflict: Conflict) -> None:
        if not self._shelf.undo_last(conflict):
            pair = (conflict.older.id, conflict.newer.id)
            self._shelf.change(
                lambda library: library.facts.resolve(*pair, keep="open"),
                done=lambda _now: self._window.today_tab.conflict_settled(conflict, None),
            )
