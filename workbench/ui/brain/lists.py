"""Beside the picture: what lit up, the modulators, and the region that is chosen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from workbench.ui.associations import lines
from workbench.ui.components import (
    CellStyle,
    Column,
    ShareBar,
    TableModel,
    column,
    label,
    row,
    words,
)
from workbench.ui.language import known, tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Lit, RegionStatus

#: What each modulator does, by its name.
MODULATORS = (
    ("dopamine", tr("Dopamine"), tr("reward: learns more")),
    ("acetylcholine", tr("Acetylcholine"), tr("novelty: sharper focus")),
    ("noradrenaline", tr("Noradrenaline"), tr("arousal: higher gain")),
    ("serotonin", tr("Serotonin"), tr("calm: less noise")),
)


def concept_sentence(concept: "Lit") -> str:
    """One concept that lit up, for those who hear the table."""
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
    """What lit up until a step, and after it in grey."""

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
                    lambda lit: lines.WORDS[lit.tag],
                    width=112,
                    style=self._tagged,
                ),
            ),
            concept_sentence,
            parent,
        )

    def show_step(self, step: int) -> None:
        """What comes after this step is shown in grey."""
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
    """A region at one step: its spikes in that step, and all until then."""

    region: "RegionStatus"
    now: int
    sofar: int

    @property
    def firing(self) -> str:
        """The part of its neurons that fire."""
        share = 100 * self.now / max(self.region.neurons, 1)
        return f"{share:.2f} %" if self.now else tr("at rest")

    def sentence(self) -> str:
        """What the region does, and how it fires."""
        return f"{known(self.region.label)}, {known(self.region.job)}, {self.firing}"


#: The table twin of picture and raster.
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
    """One modulator: its name, what it does, its level from 0 to 2 with a mark at rest."""

    def __init__(self, name: str, job: str) -> None:
        super().__init__()
        self._name, self._what = name, job
        self._level = label("1.00", "small")
        self._bar, rest = ShareBar(wide=0), QFrame()
        rest.setProperty("card", "tick")
        gauge = QGridLayout()
        gauge.addWidget(self._bar, 0, 0)
        gauge.addWidget(rest, 0, 0, Qt.AlignmentFlag.AlignCenter)
        hint = label(job, "caption")
        head = row(label(name, "small"), hint, None, self._level, gap=8)
        self.setLayout(column(head, gauge, gap=4))
        self.show_level(1.0)

    def show_level(self, level: float) -> None:
        """Show a level."""
        self._level.setText(f"{level:.2f}")
        self._bar.show_share(level / 2)
        self.setAccessibleName(
            tr(
                "{name}, {what}: {level:.2f}, 1 is at rest",
                name=self._name,
                what=self._what,
                level=level,
            )
        )
