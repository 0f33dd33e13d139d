"""The side panel: activated concepts, modulators, and the selected region."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from workbench.errors import WorkbenchError
from workbench.ui.associations import lines
from workbench.ui.components import (
    CellStyle,
    Column,
    Elided,
    Flow,
    ShareBar,
    TableModel,
    button,
    clear,
    column,
    holder,
    label,
    paragraph,
    pointed,
    quiet_button,
    row,
    short,
    tool,
    words,
)
from workbench.ui.language import known, tr
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Dreamt, Lesson, Lit, RegionStatus
    from workbench.library import Library
    from workbench.memory.regions.working import InMind


SLOTS, MAX_LESSONS = 7, 6


class Listed(QWidget):
    """Rows under a heading, loaded when visible."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._head = label("", "strong")
        self._rows = column(gap=6)
        self.setLayout(column(self._head, self._rows, gap=8))
        shelf.facts_changed.connect(self.refresh)
        self._show([])

    def refresh(self) -> None:
        """Load the rows."""
        if self._shelf.library is None:
            self._show([])
        elif self.isVisible():
            key = f"brain:{type(self).__name__}"
            self._shelf.ask(self._read, done=self._show, failed=lambda _error: None, key=key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _read(self, library: "Library") -> list[Any]:
        raise NotImplementedError

    def _show(self, entries: list[Any]) -> None:
        raise NotImplementedError


class Lessons(Listed):
    """The lessons learned from questions, newest first; each can be undone."""

    def _read(self, library: "Library") -> "list[Lesson]":
        return library.brain.lessons(MAX_LESSONS)

    def _show(self, entries: "list[Lesson]") -> None:
        self._head.setText(tr("Learned from you"))
        clear(self._rows)
        for lesson in entries:
            undo = tool(
                "undo",
                tr("Forget this lesson: {links}", links=changes(lesson)),
                call=partial(self._forget, lesson.id),
            )
            text = f"{_REASONS.get(lesson.why, lesson.why)}, {words.day(lesson.at)}"
            told = column(label(text, "small"), paragraph(changes(lesson), "caption"), gap=0)
            self._rows.addLayout(row(told, undo, wide=0))
        if not entries:
            text = tr("Nothing yet. A suggestion you open or pin, or a link you judge, teaches it.")
            self._rows.addWidget(paragraph(text))

    def _forget(self, lesson: int) -> None:
        forget = partial(_forget_lesson, number=lesson)
        self._shelf.ask(forget, done=lambda _undone: self.refresh())


def _forget_lesson(library: "Library", number: int) -> None:
    library.undo("lesson", number)


_REASONS = {
    "opened": tr("You opened a suggested passage"),
    "pinned": tr("You pinned a suggested passage"),
    "confirmed": tr("You accepted a link"),
    "rejected": tr("You rejected a link"),
}
_LINKS = 3
#: What a recall says of a concept; only a person accepts links.
_TAGS = {**lines.WORDS, "confirmed": tr("Activated")}


def changes(lesson: "Lesson") -> str:
    """The links that a lesson changed, each pair of concepts once, largest change first."""
    visited: dict[frozenset[str], str] = {}
    for head, tail, delta in lesson.links:
        by = f"{words.Decimal(delta):+.2f}".replace("-", "−")
        visited.setdefault(frozenset((head, tail)), f"{head} – {tail} {by}")
    changed = list(visited.values())
    more = len(changed) - _LINKS
    return ", ".join(changed[:_LINKS]) + (
        tr(" and {other_links}", other_links=words.count(more, "other link")) if more > 0 else ""
    )


class WorkingMemory(Listed):
    """The occupied slots of working memory."""

    def _read(self, library: "Library") -> "list[InMind]":
        return library.memory.working()

    def _show(self, entries: "list[InMind]") -> None:
        self.held = tuple(reversed(entries))
        title = tr("Working memory: {held} of {SLOTS}", held=len(entries), SLOTS=SLOTS)
        self._head.setText(title)
        self.setAccessibleName(title)
        clear(self._rows)
        for item in self.held:
            self._rows.addWidget(self._line(item))

    def _line(self, slot: "InMind") -> QWidget:
        text = Elided(" ".join(words.short(slot.text, 300).split()), "small")
        left = remaining(slot)
        retained = words.percent(slot.retention)
        text.setAccessibleName(
            tr(
                "{text}: {kept} retained, {left}",
                text=words.short(slot.text, 200),
                kept=retained,
                left=left,
            )
        )
        rehearse = tool(
            "retry",
            tr("Rehearse: {text}", text=words.short(slot.text, 60)),
            call=partial(self._rehearse, slot.fact.id),
        )
        line = row(
            text, ShareBar(slot.retention, 40), label(left, "caption"), rehearse, gap=8, wide=0
        )
        return holder(line)

    def _rehearse(self, fact: int) -> None:
        self._shelf.act(
            tr("Rehearse"),
            lambda library: library.memory.reinforce(fact),
            show=lambda _is_done: self.refresh(),
        )


def remaining(slot: "InMind") -> str:
    """The remaining time of a slot, in words."""
    if slot.hours_left is None:
        return tr("pinned")
    if slot.hours_left < 0.95:
        return tr("{max} min left", max=max(1, round(slot.hours_left * 60)))
    return tr("{hours_left:.0f} h left", hours_left=slot.hours_left)


_VERDICT_JOB = "brain:verdict"
_WORDS = {
    "emergent": tr("No statement says this."),
    "predicted": tr("Often follows in the text; no statement connects the two."),
}


class Hypothesis(QWidget):
    """A hypothesis to judge; hidden unless the selected concept has an unstated or judged link."""

    #: A link was judged: reload the activated concepts.
    judged = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._lit: Lit | None = None
        self._undone = ""
        self.title = paragraph("", "strong")
        self.path = paragraph("")
        self.odds = paragraph("")
        self.said = paragraph("", "caption")
        self.yes = button(tr("That's right"), "check", call=lambda: self._judge("confirm"))
        self.no = quiet_button(tr("Reject"), "close", call=lambda: self._judge("reject"))
        self.undo = quiet_button(tr("Undo"), call=lambda: self._judge("undo"))
        actions = QWidget()
        actions.setLayout(Flow([self.yes, self.no, self.undo], gap=6))
        policy = actions.sizePolicy()
        policy.setHeightForWidth(True)
        actions.setSizePolicy(policy)
        self.setLayout(column(self.title, self.path, self.odds, self.said, actions, gap=6))
        self.show_concept(None)

    def show_concept(self, concept: "Lit | None") -> None:
        """Show the reasoning behind an activated concept, with buttons to judge it."""
        self._lit = concept if concept is not None and concept.edge else None
        visible = self._lit
        self.setVisible(visible is not None or bool(self._undone))
        open_ = visible is not None and visible.tag in _WORDS
        for press in (self.yes, self.no):
            press.setVisible(open_)
        self.undo.setVisible(bool(self._undone) or (visible is not None and not open_))
        if visible is None:
            return
        ends = " – ".join(short(item, 40) for item in (visible.trail[0], visible.name) if item)
        self.title.setText(f"{ends}?" if open_ else ends)
        self.path.setText(f"{visible.path}." if visible.path else "")
        self.path.setVisible(bool(visible.path))
        self.odds.setText(
            tr("A hypothesis: {odds} such links was later found in the text.",
               odds=visible.odds_words) if visible.odds_words else ""
        )  # fmt: skip
        self.odds.setVisible(bool(visible.odds_words))
        self.said.setText(_WORDS.get(visible.tag, tr("You accepted this link.")))

    def forget(self) -> None:
        """Clear selection and judgement."""
        self._undone = ""
        self.show_concept(None)

    def _judge(self, verdict: str) -> None:
        edge = self._undone or (self._lit.edge if self._lit is not None else "")
        value = {"confirm": True, "reject": False, "undo": None}[verdict]
        if edge:
            self._shelf.ask(
                lambda library: library.graph.judge(edge, value),
                done=lambda _edge: self._judged(verdict, edge), failed=self._failed,
                key=_VERDICT_JOB,
            )  # fmt: skip

    def _judged(self, verdict: str, edge: str) -> None:
        self._undone = edge if verdict == "reject" else ""
        self._lit = None
        self.show_concept(None)
        if verdict == "reject":
            self.path.setVisible(False)
            self.odds.setVisible(False)
            self.said.setText(tr("Rejected. It won't be suggested again."))
        self.judged.emit()

    def _failed(self, error: WorkbenchError) -> None:
        self.said.setText(f"{error.message} {pointed(error.hint)}".strip())


_DREAM_JOB = "brain:dream"


class Dreams(QWidget):
    """A button that continues the recall as a dream, and its chain; nothing is learned."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._cue = ""
        self.press = quiet_button(
            tr("Continue freely"),
            "mind",
            call=self._dream,
            tip=tr("Wanders from concept to concept, with some noise"),
        )
        self.told = paragraph("")
        self.setLayout(column(row(self.press, None), self.told, gap=4))
        self.forget()

    def show_cue(self, names: Sequence[str]) -> None:
        """Set the first of these concepts as the start of a dream."""
        self.forget()
        self._cue = names[0] if names else ""
        self.press.setEnabled(bool(self._cue))

    def forget(self) -> None:
        """Clear the dream."""
        self._shelf.jobs.cancel(_DREAM_JOB)
        self._cue = ""
        self.press.setEnabled(False)
        self._set_text("")

    def _dream(self) -> None:
        library = self._shelf.library
        if library is None or not self._cue:
            return
        self._set_text(tr("Dreaming …"))
        self._shelf.jobs.run(
            library.brain.dream, self._cue, done=self._loaded, failed=self._failed, key=_DREAM_JOB
        )

    def _loaded(self, chain: "Sequence[Dreamt]") -> None:
        steps = [f"{item.name} ({item.told})" for item in chain]
        text = " → ".join([self._cue, *steps]) if steps else tr("No associations from here.")
        self._set_text(text)

    def _failed(self, error: WorkbenchError) -> None:
        self._set_text(f"{error.message} {pointed(error.hint)}".strip())

    def _set_text(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))


_MAX_NAMES = 7


def region_contents(recall: "BrainRecall | None", region: str, step: int) -> str:
    """Describe the content of a region in a sentence, "" for none."""
    if recall is None or step < 0:
        return ""
    recalled = recall.recalled
    names = {id: item.name for id, item in recall.named.items()}
    if region == "prefrontal":
        slots = [names[item] for item in reversed(recalled.held[step]) if item in names]
        return tr("In mind: {listed}.", listed=_join(slots)) if slots else ""
    if region == "motor":
        leading = names.get(recalled.leading[step], "")
        return tr("Being answered: {leading}.", leading=leading) if leading else ""
    if region == "association":
        emitting = [names[item] for item in recalled.emitting[step] if item in names]
        text = tr("Speaking: {listed}.", listed=_join(emitting)) if emitting else ""
        relatives = [name for name, _ in recall.kin]
        return (
            tr(
                "{said} Related in meaning, partly active: {listed}.",
                said=text,
                listed=_join(relatives),
            ).strip()
            if relatives
            else text
        )
    if region == "cerebellum":
        return tr("The time: step {step}.", step=step + 1)
    if region == "brainstem":
        up = [name for name, level in recall.levels.items() if level > 1]
        return tr("Up: {listed}.", listed=_join(up)) if up else tr("All four at rest.")
    return ""


def _join(names: list[str]) -> str:
    visible = ", ".join(words.short(item, 40) for item in names[:_MAX_NAMES])
    return (
        tr("{shown} and {names} more", shown=visible, names=len(names) - _MAX_NAMES)
        if len(names) > _MAX_NAMES
        else visible
    )


#: Key, name and effect of each modulator.
MODULATORS = (
    ("dopamine", tr("Dopamine"), tr("reward: learns more")),
    ("acetylcholine", tr("Acetylcholine"), tr("novelty: sharper focus")),
    ("noradrenaline", tr("Noradrenaline"), tr("arousal: higher gain")),
    ("serotonin", tr("Serotonin"), tr("calm: less noise")),
)


def concept_sentence(concept: "Lit") -> str:
    """Describe an activated concept for screen readers."""
    route = (
        tr(" by way of {trail}", trail=" → ".join(concept.trail)) if len(concept.trail) > 1 else ""
    )
    if concept.across:
        route = f". {concept.path}"
    step = (
        tr(
            ", step {step}, {value:.0f} % of its neurons",
            step=concept.step + 1,
            value=100 * concept.cover,
        )
        if concept.step >= 0
        else ""
    )
    return f"{concept.name}: {concept.tag}{step}{route}"


def _firing(concept: "Lit") -> str:
    return f"{100 * concept.cover:.0f} %" if concept.step >= 0 else "–"


class ActiveRows(TableModel["Lit"]):
    """The activated concepts; those after the current step are grey."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.step = -1
        columns = (
            ("concept", tr("Concept"), 0, lambda lit: words.short(" ".join(lit.name.split()), 60)),
            ("step", tr("Step"), 44, lambda lit: str(lit.step + 1) if lit.step >= 0 else "–"),
            ("firing", tr("Firing"), 56, _firing),
        )  # fmt: skip
        super().__init__(
            (
                *(
                    Column(k, title, text, width=w, style=self._row_look)
                    for k, title, w, text in columns
                ),
                Column(
                    "tag",
                    tr("Tag"),
                    lambda lit: _TAGS[lit.tag],
                    width=144,
                    style=self._tagged,
                ),
            ),
            concept_sentence,
            parent,
        )

    def show_step(self, step: int) -> None:
        """Set the current step."""
        self.step = step
        self.repaint_rows()

    def _row_look(self, concept: "Lit") -> CellStyle:
        return CellStyle("text3" if concept.step < 0 or concept.step > self.step else "text")

    def _tagged(self, concept: "Lit") -> CellStyle:
        quiet = concept.step < 0 or concept.step > self.step

        def draw(painter: QPainter, box: QRectF) -> None:
            lines.draw_line(painter, box, concept.tag)

        return CellStyle("text3" if quiet else concept.tag, draw=draw, sign_size=22, sign_room=28)


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region at one step: its spikes in that step, and all so far."""

    region: "RegionStatus"
    now: int
    sofar: int

    @property
    def firing(self) -> str:
        """The percentage of firing neurons."""
        share = words.Decimal(100 * self.now / max(self.region.neurons, 1))
        return f"{share:.2f} %" if self.now else tr("at rest")

    def sentence(self) -> str:
        """Describe the region and its activity."""
        return f"{known(self.region.label)}, {known(self.region.job)}, {self.firing}"


#: The table equivalent of plan and raster.
REGIONS = (
    Column("region", tr("Region"), lambda r: known(r.region.label)),
    Column("neurons", tr("Neurons"), lambda r: words.number(r.region.neurons), width=84),
    Column("now", tr("Firing now"), lambda r: r.firing, width=88),
    Column("sofar", tr("Spikes so far"), lambda r: words.number(r.sofar), width=104),
)


def region_rows(
    regions: "tuple[RegionStatus, ...]", recall: "BrainRecall | None", step: int
) -> list[RegionRow]:
    """The regions at a step of a recall, or at rest."""
    if recall is None or step < 0:
        return [RegionRow(region, 0, 0) for region in regions]
    spikes = recall.recalled.spikes[: step + 1]
    return [
        RegionRow(region, int(spikes[-1, at]), int(spikes[:, at].sum()))
        for at, region in enumerate(regions)
    ]


class Gauge(QWidget):
    """One modulator: name, effect, and level from 0 to 2 with a mark at rest."""

    def __init__(self, name: str, job: str) -> None:
        super().__init__()
        self._name, self._what = name, job
        self._level = label("1.00", "small")
        self._bar, rest = ShareBar(wide=0), QFrame()
        rest.setProperty("card", "tick")
        gauge = QGridLayout()
        gauge.addWidget(self._bar, 0, 0)
        gauge.addWidget(rest, 0, 0, Qt.AlignmentFlag.AlignCenter)
        head = row(label(name, "small"), Elided(job, "caption"), self._level, gap=8, wide=1)
        self.setLayout(column(head, gauge, gap=4))
        self.show_level(1.0)

    def show_level(self, level: float) -> None:
        """Show a level."""
        self._bar.show_share(level / 2)
        level = words.Decimal(level)
        self._level.setText(f"{level:.2f}")
        self.setAccessibleName(
            tr(
                "{name}, {what}: {level:.2f}, 1 is at rest",
                name=self._name,
                what=self._what,
                level=level,
            )
        )
