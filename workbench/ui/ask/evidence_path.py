"""The way to a quote that the question's own words would not have found, a step a button."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from workbench.recall.records import Evidence, Step
from workbench.ui import theme
from workbench.ui.components.boxes import Flow
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.wanted import Wanted

#: Width of the words of a step at most, in pixels at 100 %, and letters of its tool tip.
_WIDE, _SAID = 230, 240


def steps(evidence: Evidence) -> tuple[Step, ...]:
    """The steps that led to a quote, without the quote itself."""
    led = evidence.path[:-1] if evidence.path else ()
    return led or ((evidence.via,) if evidence.via is not None else ())


class Way(QWidget):
    """“Reached over: Delta, in Letters › …”; each step opens the sentence that names the next."""

    def __init__(self, evidence: Evidence, wanted: Wanted) -> None:
        super().__init__()
        self._wanted = wanted
        self.steps = steps(evidence)
        self.buttons = [self._step(each, i) for i, each in enumerate(self.steps, 1)]
        parts: list[QWidget] = [label(tr("Reached over"), "caption")]
        for i, each in enumerate(self.buttons):
            if i:
                parts.append(label("›", "caption"))
            parts.append(each)
        for part in parts:
            part.setMinimumHeight(theme.px(22))
        self.setLayout(Flow(parts, gap=6))

    def _step(self, step: Step, number: int) -> QWidget:
        metrics = QFontMetricsF(theme.font("small"))
        words = tr("{name}, in {title}", name=step.name, title=step.title)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.px(_WIDE))
        # An ampersand would mark a letter to press.
        made = button(shown.replace("&", "&&"), kind="quiet")
        said = (
            step.sentence if len(step.sentence) <= _SAID else f"{step.sentence[:_SAID].rstrip()}…"
        )
        made.setToolTip(f"{step.title}\n“{said}”")
        made.setAccessibleName(
            tr(
                "Step {number} of {steps}: {words}",
                number=number,
                steps=len(self.steps),
                words=words,
            )
        )
        made.setAccessibleDescription(said)
        made.clicked.connect(partial(self._wanted.sentence.emit, step.source, step.start, step.end))
        return made
