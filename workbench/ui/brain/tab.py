"""The Lab: activate a cue, watch the recall spread through ten regions, replay it step by step.

The picture shows the simulation itself: a recall runs on a worker and is deterministic; at rest
nothing moves. The simulation does not rank quotes, as the tab says: switching it off shows what
statements alone lead to.
"""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QSlider, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.brain.lists import (
    MODULATORS,
    REGIONS,
    ActiveRows,
    Dreams,
    Gauge,
    Hypothesis,
    Lessons,
    RegionRow,
    WorkingMemory,
    region_contents,
    region_rows,
)
from workbench.ui.brain.plan import BrainSpace, SpikeRaster
from workbench.ui.brain.zoom import CONCEPTS, Zoom
from workbench.ui.components import (
    Elided,
    EmptyState,
    Stack,
    TableModel,
    TableView,
    button,
    chip,
    choice,
    column,
    delayed,
    divided,
    error_message,
    field,
    flow,
    holder,
    label,
    on_key,
    on_paper,
    paragraph,
    quiet_button,
    row,
    rule,
    scroll,
    segment,
    tool,
    words,
)
from workbench.ui.language import known, tr
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.brain.library.recently_learned import Learned
    from workbench.brain.records import BrainRecall, BrainStatus
    from workbench.library import Library

_RECALL, _STATUS, _LEARNED = "brain:recall", "brain:status", "brain:learned"
#: Milliseconds for which learning is highlighted.
_FLASH = 1200
#: Milliseconds per step, by speed.
_SPEEDS = (("0.25×", 1000), ("1×", 250), ("4×", 60))
_MAX_CONCEPTS = 24
#: Views of the centre: index in the stack, label.
_PLAN, _TABLE, _SPACE = range(3)
_VIEWS = ((_PLAN, tr("Plan")), (_SPACE, "3-D"), (_TABLE, tr("Table")))
_SIDE = 380
#: Minimum width for concepts beside the picture instead of below.
_WIDE = 560


class BrainTab(QWidget):
    """`recall` activates the concepts that a cue names; `step_to` and the play button replay it."""

    #: A request to compile the simulation's loops.
    compile_requested = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._collection: str | None = None
        self.status: BrainStatus | None = None
        self.shown: BrainRecall | None = None
        self.step = -1
        self._region = -1
        self._wished = ""
        self.line = field(tr("Type a name or a question to replay"), tr("Cue"), "search")
        self.line.setMaxLength(300)
        # The minimum that Qt computes is too wide for a small window.
        self.line.setMinimumWidth(1)
        self.line.returnPressed.connect(lambda: self.recall(self.line.text()))
        self.zoom = Zoom(shelf)
        # In a small window the picture shrinks first, since the table has the same content.
        self.zoom.setMinimumHeight(44)
        self.plan = self.zoom.plan
        self.space = BrainSpace(shelf.jobs)
        self.raster = SpikeRaster(shelf.jobs)
        self.lit = ActiveRows(self)
        self.regions = TableModel(REGIONS, RegionRow.sentence, self)
        self.lit_table = TableView(
            *(self.lit, tr("Activated concepts")),
            hide_order=("step", "firing"), min_width=110, high=28,
        )  # fmt: skip
        self.region_table = TableView(self.regions, tr("Regions"), high=28)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._flash = delayed(self, self._calm, _FLASH)
        #: The last engram whose learning was shown; None while hidden.
        self._known: int | None = None
        self._heading = ""
        self._make()
        self._wire()
        on_paper(self, "surface")
        self.setAccessibleName(tr("Brain"))

    # -- widgets -----------------------------------------------------------------------------------

    def _make(self) -> None:
        self.views = QButtonGroup(self)
        segments = []
        for at, name in _VIEWS:
            press = segment(name)
            self.views.addButton(press, at)
            segments.append(press)
        segments[0].setChecked(True)
        views = holder(row(*segments, margins=(3, 3, 3, 3), gap=2), "sunken")
        self.title = Elided("", "strong")
        head = row(self.line, self.title, views, margins=(16, 4, 16, 4), gap=12)
        head.setStretch(0, 2)
        head.setStretch(1, 3)
        self.pictures = Stack(self.zoom, self.region_table, self.space)
        foot = column(self.raster, self._transport(), margins=(8, 2, 8, 2), gap=2)
        self.splitter = divided(self.pictures, holder(foot), down=True)
        self.splitter.setStretchFactor(0, 7)
        self.splitter.setStretchFactor(1, 3)
        side = scroll(self._side(), tr("Activated concepts"))
        self.across = divided(self.splitter, side)
        self.across.setChildrenCollapsible(True)
        self.across.setSizes([900, _SIDE])
        self.splitter.setSizes([620, 200])
        add = button(tr("Add files…"), "add", "primary", call=self._shelf.wanted.files)
        remainder = EmptyState(
            "mind",
            tr("At rest"),
            tr("Add something to read, then replay what a name brings to mind."),
            add,
        )
        # At 200 % its content may exceed a small window.
        self.empty = scroll(holder(column(remainder), "surface"), tr("Brain, empty"))
        self.stack = Stack(self.across, self.empty, name=tr("Brain"))
        self.setLayout(column(holder(head), rule(), self.stack, gap=0, wide=-1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_WIDE)
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if orientation != self.across.orientation():
            self.across.setOrientation(orientation)
            self.across.setSizes([900, _SIDE] if wide else [300, 200])
        for part in (self.title, self.extent):
            part.setVisible(wide)

    def _transport(self) -> QWidget:
        self.back = tool("left", tr("Step back (,)"))
        self.playing = tool("play", tr("Play (Space)"))
        self.playing.setCheckable(True)
        self.onward = tool("right", tr("Step forward (.)"))
        self.place = label(tr("At rest"), "small")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 29)
        self.slider.setAccessibleName(tr("Step of the replay"))
        self.slider.setMinimumWidth(80)
        self.speed = choice(tr("Speed of the replay"), _SPEEDS)
        self.speed.setCurrentIndex(1)
        self.extent = paragraph("", "caption")
        self.compile = quiet_button(
            tr("Compile"),
            tip=tr("Takes about a minute, once; then the whole brain is simulated"),
            call=self.compile_requested,
        )
        self.compile.hide()
        created = row(
            self.back, self.playing, self.onward, self.place, self.slider, self.speed,
            self.compile, gap=8, wide=4,
        )  # fmt: skip
        return holder(column(created, self.extent, gap=2))

    def _side(self) -> QWidget:
        self.part = chip(tr("Include simulation"), "mind")
        self.part.setChecked(True)
        self.part.setToolTip(
            tr("When off, only stated connections count. Answers are the same either way.")
        )
        self.hypothesis = Hypothesis(self._shelf)
        self.dreams = Dreams(self._shelf)
        self.working, self.lessons = WorkingMemory(self._shelf), Lessons(self._shelf)
        self.gauges = {key: Gauge(name, job) for key, name, job in MODULATORS}
        self.region_name = label("", "strong")
        self.region_job = paragraph("")
        self.region_holds = paragraph("")
        self.region_size = paragraph("", "caption")
        created = column(
            flow(label(tr("Activated concepts"), "strong"), self.part),
            self.lit_table,
            self.hypothesis,
            self.dreams,
            rule(),
            label(tr("Modulators"), "strong"),
            *self.gauges.values(),
            rule(),
            self.working,
            rule(),
            self.lessons,
            rule(),
            self.region_name,
            self.region_job,
            self.region_holds,
            self.region_size,
            None,
            margins=(16, 12, 16, 12),
            gap=10,
        )
        return holder(created)

    def _wire(self) -> None:
        shelf = self._shelf
        shelf.switched.connect(self.forget)
        for changed in (shelf.sources_changed, shelf.facts_changed):
            changed.connect(self._show_availability)
        shelf.learned.connect(self._load_learning)
        self.views.idClicked.connect(self.pictures.setCurrentIndex)
        self.plan.chosen.connect(self._show_region)
        self.zoom.chosen.connect(self._select_concept)
        self.zoom.came.connect(lambda: self._turn(_PLAN))
        self.space.chosen.connect(self._show_region)
        self.space.entered.connect(self._enter)
        self.zoom.failed.connect(self._failed)
        self.lit_table.selectionModel().currentRowChanged.connect(self._concept_selected)
        self.region_table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._show_region(now.row())
        )
        self.raster.sought.connect(self.step_to)
        self.slider.valueChanged.connect(self.step_to)
        self.back.clicked.connect(lambda: self.step_to(self.step - 1))
        self.onward.clicked.connect(lambda: self.step_to(self.step + 1))
        self.playing.toggled.connect(self._toggled)
        self.speed.currentIndexChanged.connect(self._pace)
        self.part.toggled.connect(lambda _on: self._fill_concepts())
        self.lit_table.opened.connect(lambda lit: self._shelf.wanted.explored.emit(lit.concept))
        self.hypothesis.judged.connect(lambda: self.recall(self._wished))
        for key, work in ((",", self.back.click), (".", self.onward.click),
                          ("Space", self.playing.toggle)):  # fmt: skip
            on_key(self, key, partial(self._unless_typing, work), include_children=True)
        self._show_availability()

    def _turn(self, at: int) -> None:
        """Switch between plan, table and 3-D view."""
        self.views.button(at).setChecked(True)
        self.pictures.setCurrentIndex(at)

    def _enter(self, region: int) -> None:
        """Zoom in from either view; concepts are shown in the plan."""
        self.zoom.enter(region)
        if self.zoom.level == CONCEPTS:
            self._turn(_PLAN)

    def _unless_typing(self, work: "object") -> None:
        if not self.line.hasFocus() and self.shown is not None:
            work()  # type: ignore[operator]

    # -- public API --------------------------------------------------------------------------------

    def set_scope(self, collection: str | None) -> None:
        """Limit concepts to those of a collection; None shows all."""
        if collection != self._collection:
            self._collection = collection
            self.zoom.set_scope(collection)
            if self.shown is not None and self.isVisible():
                self.recall(self._wished)

    def focus_first(self) -> None:
        """Focus the cue field, or the plan if there is a recall."""
        (self.line if self.shown is None else self.plan).setFocus()

    def recall(self, cue: str) -> None:
        """Activate the concepts that the cue names and replay the recall from the start."""
        wished = " ".join(cue.split())
        if not wished:
            return
        self._wished = wished
        self.line.setText(wished)
        self._head(tr("Recalling “{wished}” …", wished=words.short(wished, 80)))
        self.playing.setChecked(False)
        self._shelf.ask(
            _recalled,
            wished,
            self._collection,
            done=self._recall_loaded,
            failed=self._failed,
            key=_RECALL,
        )

    def forget(self) -> None:
        """Reset after the library was switched."""
        for key in (_RECALL, _STATUS, _LEARNED):
            self._shelf.jobs.cancel(key)
        self.playing.setChecked(False)
        self._calm()
        self._known = None
        self.hypothesis.forget()
        self.dreams.forget()
        self.shown, self.status, self.step, self._wished = None, None, -1, ""
        self.line.clear()
        self._head("")
        self._show_step()
        self._fill_concepts()
        if self.isVisible():
            self._load_status()
            self._load_learning()

    def step_to(self, step: int) -> None:
        """Go to a step of the recall."""
        if self.shown is None:
            return
        end = len(self.shown.recalled.spikes) - 1
        self.step = min(max(step, 0), end)
        self._show_step()

    # -- loading -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.status is None:
            self._load_status()
        self._load_learning()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # No animation while hidden.
        self.playing.setChecked(False)
        self._shelf.jobs.cancel(_LEARNED)
        self._calm()
        self._known = None

    def refresh(self) -> None:
        """Reload the size of the brain when visible."""
        if self.isVisible():
            self._load_status()
        else:
            self.status = None

    def _load_status(self) -> None:
        self._shelf.ask(
            lambda library: library.brain.status(),
            done=self._status_loaded, failed=self._failed, key=_STATUS,
        )  # fmt: skip

    def _status_loaded(self, status: "BrainStatus") -> None:
        self.status = status
        self.plan.set_regions(status.regions)
        self.space.set_regions(status.regions)
        self.raster.set_regions(status.regions)
        duration = (
            tr(
                " · {step_milliseconds:.1f} ms a step",
                step_milliseconds=words.Decimal(status.step_milliseconds),
            )
            if status.step_milliseconds
            else ""
        )
        self.compile.setVisible(not status.compiled)
        small = "" if status.compiled else tr(" · smaller brain until it is compiled")
        seed = tr(" · seed {seed}", seed=self.shown.seed) if self.shown is not None else ""
        size = tr(
            "{neurons} neurons · {synapses} synapses",
            neurons=words.large(status.neurons),
            synapses=words.large(status.synapses),
        )
        self.extent.setText(f"{size}{duration}{seed}{small}")
        self._show_step()
        if not self.region_name.text():
            self._show_region(2)

    def _recall_loaded(self, result: "tuple[BrainRecall, BrainStatus]") -> None:
        recall, status = result
        # Until the loops are compiled, a smaller network may run.
        scaled = recall.scale / status.scale if status.scale else 1.0
        regions = tuple(
            replace(region, neurons=round(region.neurons * scaled)) for region in status.regions
        )
        self.shown, self.step = recall, -1
        self.dreams.show_cue(recall.cue)
        self.stack.setCurrentWidget(self.across)
        neurons = sum(region.neurons for region in regions)
        synapses = round(status.synapses * scaled)
        self._status_loaded(replace(status, regions=regions, neurons=neurons, synapses=synapses))
        self._head(tr("The recall of “{cue}”", cue=words.short(", ".join(recall.cue), 80)))
        self.slider.setRange(0, len(recall.recalled.spikes) - 1)
        self._fill_concepts()
        if theme.reduced_motion():
            # With reduced motion, the recall starts paused at its peak.
            self._go_to_peak()
        else:
            self._restart()
            self.playing.setChecked(True)

    def _failed(self, error: WorkbenchError) -> None:
        self._head("")
        retry = button(
            tr("Back to the brain"), call=lambda: self.stack.setCurrentWidget(self.across)
        )
        box = column(error_message(error, retry), None, margins=(16, 16, 16, 16))
        self.stack.show_other(holder(box))

    def _show_availability(self) -> None:
        """Show a hint in an empty library."""
        shelf = self._shelf
        empty = shelf.loaded and not shelf.sources and not shelf.fact_counts
        if empty:
            self.stack.setCurrentWidget(self.empty)
        elif self.stack.currentWidget() is self.empty:
            self.stack.setCurrentWidget(self.across)

    # -- learning ---------------------------------------------------------------------------------

    def _load_learning(self) -> None:
        """Highlight newly learned associations if visible."""
        if self.isVisible():
            known, collection = self._known, self._collection
            self._shelf.ask(
                lambda library: library.brain.learned(known, collection=collection),
                done=self._learning_loaded, failed=lambda _error: None, key=_LEARNED,
            )  # fmt: skip

    def _learning_loaded(self, learning: "Learned") -> None:
        self._known = learning.upto
        if not learning.statements:
            return
        count = words.count(learning.statements, "statement")
        of = (
            tr(" of {list}", list=words.names(list(learning.concepts))) if learning.concepts else ""
        )
        self.title.setText(tr("Learning: {told}{of}", told=count, of=of))
        if not self.playing.isChecked() and not theme.reduced_motion():
            self.plan.show_learning(learning.raster)
            self.space.show_learning(learning.raster)
        self._flash.start()

    def _calm(self) -> None:
        """End the highlighting of learning."""
        self._flash.stop()
        if self.plan.learning:
            self.plan.show_learning(None)
            self.space.show_learning(None)
        self.title.setText(self._heading)

    def _head(self, text: str) -> None:
        self._heading = text
        self.title.setText(text)

    # -- display -----------------------------------------------------------------------------------

    def _show_step(self) -> None:
        recall, step = self.shown, self.step
        self.zoom.show_step(recall, step)
        self.space.show_step(recall, step)
        self.raster.show_step(recall, step)
        self.lit.show_step(step)
        regions = () if self.status is None else self.status.regions
        selected = self.region_table.currentIndex().row()
        self.regions.show_rows(region_rows(regions, recall, step))
        if selected >= 0:
            self.region_table.setCurrentIndex(self.regions.index(selected, 0))
        self._show_contents(self._region)
        steps = 0 if recall is None else len(recall.recalled.spikes)
        self.place.setText(
            tr("At rest")
            if recall is None
            else tr("Step {step} of {steps}", step=step + 1, steps=steps)
        )
        for press in (self.back, self.onward, self.playing, self.slider):
            press.setEnabled(recall is not None)
        self.slider.blockSignals(True)
        self.slider.setValue(max(step, 0))
        self.slider.blockSignals(False)
        levels = {} if recall is None else recall.levels
        for key, gauge in self.gauges.items():
            gauge.show_level(levels.get(key, 1.0))

    def _fill_concepts(self) -> None:
        rows = () if self.shown is None else self.shown.lit
        if not self.part.isChecked():
            # Without the simulation, stated connections remain.
            rows = tuple(
                replace(item, tag="explicit", step=-1, cover=0.0)
                for item in rows
                if item.tag != "emergent"
            )
        self.lit.show_rows(rows)
        self.zoom.show_rows(self.shown, rows)

    def _show_contents(self, at: int) -> None:
        if self.status is not None and 0 <= at < len(self.status.regions):
            text = region_contents(self.shown, self.status.regions[at].name, self.step)
            self.region_holds.setText(text)
            self.region_holds.setVisible(bool(text))

    def _show_region(self, at: int) -> None:
        if self.status is None or not 0 <= at < len(self.status.regions):
            return
        region = self.status.regions[at]
        self.region_name.setText(known(region.label))
        self.region_job.setText(known(region.job))
        peak = ""
        if self.shown is not None:
            spikes = self.shown.recalled.spikes[:, at]
            if spikes.any():
                peak = tr(", most at step {argmax}", argmax=int(spikes.argmax()) + 1)
        self.region_size.setText(
            tr("{neurons} neurons{peak}", neurons=words.number(region.neurons), peak=peak)
        )
        self._region = at
        self._show_contents(at)

    def _select_concept(self, concept: int) -> None:
        """Select a concept in the list after the picture."""
        at = next((i for i, item in enumerate(self.lit.rows) if item.concept == concept), -1)
        if at >= 0:
            self.lit_table.setCurrentIndex(self.lit.index(at, 0))

    def _concept_selected(self, index: QModelIndex) -> None:
        """Select a concept in the picture after the list."""
        if 0 <= index.row() < len(self.lit.rows):
            self.zoom.nodes.select(self.lit.rows[index.row()].concept)
            self.hypothesis.show_concept(self.lit.rows[index.row()])

    # -- playback ----------------------------------------------------------------------------------

    def _restart(self) -> None:
        """Go to the first step with spikes."""
        if self.shown is not None:
            self.step_to(int((self.shown.recalled.spikes.sum(axis=1) > 0).argmax()))

    def _go_to_peak(self) -> None:
        """Go to the step with the most spikes."""
        if self.shown is not None:
            self.step_to(int(self.shown.recalled.spikes.sum(axis=1).argmax()))

    def _toggled(self, on: bool) -> None:
        self.playing.setIcon(theme.icon("pause" if on else "play"))
        self.playing.setAccessibleName(tr("Pause") if on else tr("Play"))
        self.playing.setToolTip(tr("Pause (Space)") if on else tr("Play (Space)"))
        if not on or self.shown is None:
            self._clock.stop()
            return
        if self.step >= len(self.shown.recalled.spikes) - 1:
            self._restart()
        self._pace()

    def _pace(self) -> None:
        if self.playing.isChecked() and self.shown is not None:
            self._clock.start(_SPEEDS[self.speed.currentIndex()][1])

    def _tick(self) -> None:
        if self.shown is None or self.step >= len(self.shown.recalled.spikes) - 1:
            self.playing.setChecked(False)
            self._go_to_peak()
            return
        self.step_to(self.step + 1)


def _recalled(
    library: "Library", cue: str, collection: str | None
) -> "tuple[BrainRecall, BrainStatus]":
    """The recall and the status of the brain. Runs on a worker."""
    recall = library.brain.recall(cue, limit=_MAX_CONCEPTS, collection=collection)
    return recall, library.brain.status()
