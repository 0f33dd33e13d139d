"""Pictures of the window, made by the window: for the README and for looking at one's own work.

    uv run python packaging/screenshot.py FILE.png --screen library --size 1440x900 [BOOK ...]

Each picture is of a real library in a temporary folder, holding the sample and the files named.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from workbench.paths import resources, sample_book, sample_papers  # noqa: E402
from workbench.ui.smoke import ask, open_quote, wait, wait_until  # noqa: E402

if TYPE_CHECKING:
    from workbench.library import Library

SCREENS = (
    "today",
    "sleep",
    "fading",
    "strength",
    "concept",
    "library",
    "facts",
    "indexed",
    "reader",
    "highlighted",
    "ask",
    "tables",
    "papers",
    "differences",
    "editions",
    "timeline",
    "told",
    "associations",
    "topics",
    "link",
    "path",
    "brain",
    "brain-concepts",
    "brain-assembly",
    "brain-space",
    "empty",
    "drop",
    "settings",
)
#: Screens of the whole sample: its papers, its notes and its table besides the book.
_SAMPLED = ("facts", "told", "concept", "tables", "differences")
#: Papers of the evaluation data under CC BY, by the numbers of their rows; what they are asked.
_PAPERS, _PAPER_FILE = (0, 1), "stories/covid-papers.jsonl.gz"
_STUDY = "everyday2/texts/scihub-coverage-study.md"
_ASKED = (
    "What question does the study ask?", "What was the main result?",
    "Which limitations are named?", "What do the authors conclude?",
)  # fmt: skip
#: Passages of two editions each of articles in Wikipedia (CC BY-SA), of the evaluation data.
_ARTICLES, _ARTICLE_SET = (
    *("mud00206", "mud00213", "mud00658", "mud00659", "mud00663", "mud00983", "mud01201"),
    *("mud01211", "mud01275", "mud01276", "mud01826", "mud03020"),
), "musique"  # fmt: skip
#: The pens of a picture of highlights, each with its note.
_PENS = (("yellow", "Compare this with what replay does at night."), ("green", ""))
#: Screens of what fades and sleeps, and what is told for them so many days ago.
_RESTING = ("today", "sleep", "fading", "strength")
_LIVED = (
    (170, "The seminar room was booked until June."),
    (150, "Lashley found no single seat of the trace."),
    (141, "Bartlett says that recall rebuilds, and does not replay."),
    (133, "The faculty wants the thesis printed twice."),
    (12, "Savings fall fastest in the first hour."),
    (11, "Savings fall fastest within the first hour."),
    (5, "Ilona is away until Friday."),
)


def main(words: Sequence[str] | None = None) -> int:
    """Make one picture; 1 where the window never ready to rest."""
    parser = argparse.ArgumentParser(prog="screenshot.py", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("books", type=Path, nargs="*")
    parser.add_argument("--screen", choices=SCREENS, default="library")
    parser.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--scale", default="1", help="device pixels a pixel, such as 2")
    parser.add_argument("--zoom", type=float, default=1.0)
    parser.add_argument("--bare", action="store_true", help="leave out the list of collections")
    parser.add_argument("--page", type=int, default=0, help="of the settings, counted from 0")
    parser.add_argument("--models", default="", help="a kind of model, opened in the settings")
    parser.add_argument("--question", default="What does sleep do to the synapses?")
    options = parser.parse_intermixed_args(words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = options.scale
    with tempfile.TemporaryDirectory(prefix="workbench-shot-") as home:
        os.environ["HOME"] = os.environ["WORKBENCH_HOME"] = home
        return _picture(options, Path(home))


def _picture(options: argparse.Namespace, home: Path) -> int:
    # Qt reads its environment when it is first imported.
    from PySide6.QtWidgets import QApplication

    from workbench.settings import Settings
    from workbench.ui import language, theme
    from workbench.ui.app import open_library

    app = QApplication.instance() or QApplication(["workbench"])
    if not isinstance(app, QApplication):
        return 1
    language.choose(options.language)
    language.translate_qt(app)
    from workbench.ui.window.main import MainWindow

    theme.zoom_first(options.zoom)
    theme.apply(app, options.theme, sheet=False)
    path = home / "Reading.brain"
    if options.screen != "empty":
        library = open_library(path)
        library.add([sample_book()], collection="Memory", wait="linked")
        if options.books:
            library.add([str(book.absolute()) for book in options.books], collection="Library")
        if options.screen in (*_SAMPLED, *_RESTING):
            _add_sample(library, options.books)
        if options.screen == "papers":
            _add_papers(library, home)
        if options.screen == "editions":
            _add_editions(library)
        library.close()
        if options.screen in ("highlighted", "facts"):
            _highlight(path, options.question)
        if options.screen in _RESTING:
            _live_with(path, slept=options.screen == "today")
    window = MainWindow(path, open_library, Settings(theme=options.theme), remember=False)
    width, height = map(int, options.size.split("x"))
    window.resize(width, height)
    window.docks.first_sizes()
    window.show()
    if options.bare:
        window.navigate.toggle_panel("collections")
    window.activateWindow()
    sample = [resources() / "sample" / f"the-trace.{kind}" for kind in ("epub", "pdf")]
    stage = _Stage(window, options.books or sample)
    stage.page, stage.kind = options.page, options.models
    ready = stage.until(lambda: window.shelf.complete and window.isVisible())
    ready = ready and getattr(stage, options.screen.replace("-", "_"))(options.question)
    stage.rest(400)
    window.grab().save(str(options.file))
    window.close()
    stage.rest(50)
    return 0 if ready else 1


def _live_with(path: Path, *, slept: bool) -> None:
    """Have memories fade, a few sentences due for review, and with `slept` a sleep behind it."""
    from workbench.library import Library
    from workbench.library.options import Marks

    for days, text in _LIVED:
        with Library.open(path, clock=partial(_ago, days)) as library:
            library.facts.tell(text)
            evidence = library.ask("What does sleep do to the synapses?").evidence
            if days == 5:
                read = [quote.engram for quote in evidence[:2]]
                library.memory.mark(read, Marks(review=True))
    with Library.open(path) as library:
        library.facts.recall("savings")
        if slept:
            library.sleep.run()


def _add_sample(library: "Library", books: Sequence[Path]) -> None:
    """Add the papers and notes of the sample, with a table of the papers or of the files named."""
    from workbench.ui.shelf.shelf import add_notes, sample_collection

    papers = library.add(sample_papers(), collection=sample_collection())
    rows = [row.id for row in library.sources.list(collection="Library")] if books else []
    add_notes(library, rows or [paper.source for paper in papers if paper.source])


def _add_papers(library: "Library", home: Path) -> None:
    """Add real papers with a table of them. Raises `NoCorpus` without the evaluation data."""
    from tests.benchmarks.corpus import corpus_folder, rows_of

    corpus, files = corpus_folder(), list[Path]()
    texts = [row["text"] for row in rows_of(corpus / _PAPER_FILE)]
    for number in _PAPERS:
        title = texts[number].partition("\n")[0]
        files.append(home / f"{title[:80].replace('/', ' ')}.txt")
        files[-1].write_text(texts[number], encoding="utf-8")
    files.append(corpus / _STUDY)
    papers = library.add([str(file) for file in files], collection="Papers", wait="embedded")
    library.tables.create("Papers", _ASKED, sources=[row.source for row in papers if row.source])


def _add_editions(library: "Library") -> None:
    """Add passages of two editions of articles. Raises `NoCorpus` without the data."""
    from tests.benchmarks.corpus import corpus_folder, passages_set

    read = Counter[str]()
    for record in passages_set(corpus_folder(), _ARTICLE_SET).records:
        title = record["title"]
        if record["id"] in _ARTICLES:
            name = f"{title} ({'another' if read[title] else 'an'} edition)"
            library.add_text(record["text"], title=name, collection="Encyclopedia")
            read[title] += 1


def _highlight(path: Path, question: str) -> None:
    """Mark what answers a question, with a note and a tag, and the passage after it."""
    from workbench.library import Library
    from workbench.library.options import Marks

    with Library.open(path) as library:
        evidence = library.ask(question).evidence
        for quote, (colour, note) in zip(evidence, _PENS, strict=False):
            start = quote.locator.start
            end = start + quote.quote.index(".") + 1
            made = library.notes.highlight(quote.source.id, start, end, colour=colour, note=note)
            library.memory.mark([made.id], Marks(tags=("chapter 3", "to check")[: 1 + bool(note)]))


def _ago(days: int) -> float:
    return time.time() - days * 86_400.0


class _Stage:
    """Brings a window to the screen that is wanted; each method says whether it ready about."""

    def __init__(self, window: object, books: Sequence[Path]) -> None:
        from workbench.ui.window.main import MainWindow

        if not isinstance(window, MainWindow):
            raise TypeError("a stage needs the main window")
        self.window, self.books = window, books
        self.page, self.kind = 0, ""

    def until(self, ready: Callable[[], bool]) -> bool:
        """Let the event loop run until `ready`."""
        return wait_until(ready)

    def rest(self, milliseconds: int) -> None:
        """Let the event loop run for a while."""
        wait(milliseconds)

    def empty(self, _question: str) -> bool:
        """The first start."""
        self.window.navigate.show_library()
        return True

    def today(self, _question: str) -> bool:
        """What waits."""
        from workbench.ui.window.tabs import TODAY

        window = self.window
        window.navigate.show_tab(TODAY)
        return self.until(lambda: window.today_tab.gathered is not None)

    def sleep(self, _question: str) -> bool:
        """What a sleep would do."""
        window = self.window
        ready = self.until(lambda: window.shelf.library is not None)
        window.sleep_actions.preview()
        return ready and self.until(lambda: window.today_tab.sleep_page.shown is not None)

    def fading(self, _question: str) -> bool:
        """All that fades, the first of it selected."""
        window = self.window
        ready = self.until(lambda: window.shelf.library is not None)
        window.sleep_actions.show_fading()
        page = window.library_tab.fading
        ready = ready and self.until(lambda: bool(page.model.rows))
        page.focus_first()
        return ready and self.until(lambda: page.selected() is not None)

    def strength(self, _question: str) -> bool:
        """A memory that was used, with its curve."""
        window = self.window
        window.navigate.show_memories()
        page = window.library_tab.memories
        self.until(lambda: bool(page.model.rows))
        used = next((row for row in page.model.rows if "Savings" in row.text), None)
        if used is not None:
            page.select(used.id)
        detail = window.inspector.detail
        return self.until(lambda: detail.strength is not None and bool(detail.strength.strong))

    def concept(self, _question: str) -> bool:
        """A concept in the Inspector."""
        window = self.window
        ready = self.until(lambda: window.shelf.library is not None and bool(window.shelf.sources))
        library = window.shelf.library
        if library is None:
            return False
        ready = ready and self.until(lambda: library.graph.progress is None)
        window.navigate.show_library()
        window.inspection.show_concept(library.graph.concept("engram").concept.id)
        return ready and self.until(lambda: window.inspector.concept.seen is not None)

    def topics(self, _question: str) -> bool:
        """The topics of the sample."""
        tab = self.window.associations_tab
        ready = self.associations("")
        tab.bar.segments["topics"].click()
        return ready and self.until(lambda: bool(tab.topics.topics))

    def associations(self, _question: str, concept: str = "Nobel Prize") -> bool:
        """What hangs together with a concept of the sample."""
        from workbench.ui.window.tabs import ASSOCIATIONS

        window, tab = self.window, self.window.associations_tab
        ready = self.until(lambda: window.shelf.library is not None and bool(window.shelf.sources))
        library = window.shelf.library
        if library is None:
            return False
        ready = ready and self.until(lambda: library.graph.progress is None)
        window.navigate.show_tab(ASSOCIATIONS)
        tab.open_concept(concept)
        ready = ready and self.until(lambda: tab.ego is not None)
        return ready and self.until(lambda: tab.detail.told is not None)

    def link(self, question: str) -> bool:
        """The first of its links in the Inspector."""
        ready = self.associations(question, "engram")
        tab, detail = self.window.associations_tab, self.window.associations_tab.detail
        if ready and tab.model.rows:
            tab.select_edge(tab.model.rows[0].id)
        return ready and self.until(lambda: detail.told is not None)

    def path(self, question: str) -> bool:
        """The way from there to another concept of the sample."""
        ready = self.associations(question, "engram")
        tab, library = self.window.associations_tab, self.window.shelf.library
        if not ready or library is None or tab.ego is None:
            return False
        tab.path.look_for(tab.ego.centre, library.graph.concept("Semon").concept.id, None)
        return self.until(lambda: tab.path.way is not None)

    def brain(self, _question: str) -> bool:
        """A recall of the sample in the brain, at its twelfth step."""
        from workbench.ui.window.tabs import BRAIN

        window, tab = self.window, self.window.navigate.lab
        ready = self.until(lambda: window.shelf.library is not None and bool(window.shelf.sources))
        library = window.shelf.library
        if library is None:
            return False
        ready = ready and self.until(lambda: library.graph.progress is None)
        library.brain.prepare()
        window.navigate.show_tab(BRAIN)
        tab.recall("engram and synapse")
        ready = ready and self.until(lambda: tab.shown is not None)
        tab.playing.setChecked(False)
        tab.step_to(6)
        self.rest(1500)
        return ready and self.until(lambda: tab.plan.composed)

    def brain_concepts(self, question: str) -> bool:
        """The same from near: the concepts that lit up."""
        from workbench.ui.brain.zoom import CONCEPTS

        ready, zoom = self.brain(question), self.window.navigate.lab.zoom
        zoom.go(CONCEPTS)
        return ready

    def brain_assembly(self, question: str) -> bool:
        """The same from nearest: the neurons of one concept."""
        from workbench.ui.brain.zoom import ASSEMBLY

        ready, zoom = self.brain_concepts(question), self.window.navigate.lab.zoom
        zoom.show_assembly(zoom.nodes.concept)
        ready = ready and self.until(lambda: zoom.level == ASSEMBLY)
        return ready and self.until(lambda: zoom.assembly.picture.composed)

    def brain_space(self, question: str) -> bool:
        """The brain in three dimensions."""
        ready, tab = self.brain(question), self.window.navigate.lab
        tab.views.button(2).click()
        return ready and self.until(lambda: tab.space.composed)

    def library(self, _question: str) -> bool:
        """The table, its first row selected."""
        window = self.window
        window.navigate.show_library()
        ready = self.until(lambda: bool(window.shelf.sources))
        window.library_tab.table.selectRow(0)
        window.library_tab.focus_first()
        return ready

    def facts(self, _question: str) -> bool:
        """The notes, a highlight with something written about it chosen."""
        window = self.window
        window.navigate.show_memories()
        page = window.library_tab.memories
        ready = self.until(lambda: len(page.model.rows) > len(_PENS) + 15)
        noted = next((row for row in page.model.rows if row.at.note), None)
        if noted is not None:
            page.select(noted.id)
        page.focus_first()
        return ready and self.until(lambda: window.inspector.detail.looked is not None)

    def told(self, _question: str) -> bool:
        """A question that a fact answers."""
        return self.ask("When is the thesis due?")

    def indexed(self, question: str) -> bool:
        """What was indexed of the first source."""
        ready = self.library(question)
        self.window.library_tab.show_indexed()
        sheet = self.window.library_tab.indexed
        return ready and self.until(lambda: bool(sheet.text.toPlainText()))

    def ask(self, question: str) -> bool:
        """An answer with its evidence, its page beside it, nothing left to do in the background."""
        ready = self.library(question) and ask(self.window.context, question)
        library = self.window.shelf.library
        if library is None:
            return False
        ready = ready and self.until(lambda: library.graph.progress is None)
        # The status bar looks once a second how far the linking is.
        self.rest(1500)
        return ready

    def tables(self, _question: str) -> bool:
        """What its sources answer to the same questions, the first of it beside its page."""
        window, page = self.window, self.window.table_actions.page
        window.table_actions.show()
        ready = self.until(lambda: page.table is not None and bool(page.table.rows))
        page.fill()
        ready = ready and self.until(lambda: not page.filling)
        page.grid.setCurrentIndex(page.model.index(0, 0))
        page.grid.clicked.emit(page.grid.currentIndex())
        self.rest(1500)
        return ready

    def papers(self, question: str) -> bool:
        """The same of real papers."""
        return self.tables(question)

    def differences(self, _question: str) -> bool:
        """What sources say differently, the first of it chosen."""
        return self._listed("differences")

    def editions(self, question: str) -> bool:
        """The same of two editions of articles."""
        return self.differences(question)

    def timeline(self, _question: str) -> bool:
        """What sources date, in the order of time, the first of it chosen."""
        return self._listed("timeline")

    def _listed(self, name: str) -> bool:
        window = self.window
        ready = self.until(lambda: window.shelf.complete)
        window.navigate.show_tab(2)
        window.ask_tab.switch.segments[name].click()
        page = getattr(window.table_actions, name)
        ready = ready and self.until(lambda: bool(page.model.rows))
        page.table.selectRow(0)
        page.table.setFocus()
        library = window.shelf.library
        if library is None:
            return False
        ready = ready and self.until(lambda: library.graph.progress is None)
        # The status bar looks once a second how far the linking is.
        self.rest(1500)
        return ready

    def reader(self, question: str) -> bool:
        """A citation, opened at its words."""
        return self.library(question) and open_quote(self.window.context, question)

    def highlighted(self, _question: str) -> bool:
        """A page with highlights, the first of them chosen, its note in the margin."""
        window = self.window
        ready = self.until(lambda: window.shelf.library is not None and bool(window.shelf.sources))
        reader = window.reader_tab
        window.navigate.open_source(window.shelf.sources[0].id)
        ready = ready and self.until(lambda: len(reader.annotating.marked.highlights) == len(_PENS))
        if not ready:
            return False
        first = reader.annotating.marked.highlights[0].id
        reader.annotating.go_to(first)
        # The bar is offered where the words are, once the page is laid out.
        self.rest(600)
        reader.annotating.go_to(first)
        return self.until(reader.annotating.bar.isVisible)

    def settings(self, _question: str) -> bool:
        """One page of the settings; of the models, a trial or what there is of a kind."""
        window = self.window
        ready = self.until(lambda: window.shelf.library is not None)
        from workbench.ui.settings.models import ModelsPage

        preferences = window.preferences
        place = preferences.pages
        page = place.of(place.kinds[self.page])
        preferences.show(page)
        models = preferences.pages.of(ModelsPage)
        if self.kind:
            preferences.show_models(self.kind)
            return self.until(lambda: bool(models.rows) and bool(models.models(self.kind).models))
        if page is models:
            ready = ready and self.until(lambda: bool(models.rows))
            models.try_("reader")
            ready = ready and self.until(lambda: "reader" in models.trials)
            ready = ready and self.until(lambda: all(row.speed for row in models.rows[1:2]))
        return ready

    def drop(self, question: str) -> bool:
        """Files over the window, the pointer on a collection."""
        from PySide6.QtCore import QMimeData, QUrl

        from workbench.ui.window.drop import offer

        ready = self.library(question)
        self.rest(200)
        window = self.window
        tree = window.collections.tree
        item = tree.topLevelItem(1)
        if item is None:
            return False
        point = tree.viewport().mapTo(window, tree.visualItemRect(item).center())
        under = window.collections.scope_at(point, window)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(book.absolute())) for book in self.books])
        shown = offer(mime)
        if shown is None or under is None:
            return False
        shown = replace(shown, collection=under[0].collection, target=under[1])
        window.drops.overlay.show_offer(shown)
        return ready


if __name__ == "__main__":
    sys.exit(main())
