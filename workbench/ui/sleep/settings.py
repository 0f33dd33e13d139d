"""Settings of sleep: its schedule, and learning from questions."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from workbench.sleep.records import SleepSettings
from workbench.ui.components import Flow, choice, column, fill, holder, label, paragraph, words
from workbench.ui.language import tr

_HOURS = (
    (tr("6 hours"), 6.0),
    (tr("12 hours"), 12.0),
    (tr("day"), 24.0),
    (tr("3 days"), 72.0),
    (tr("week"), 168.0),
)
_MINUTES = (
    (tr("5 minutes"), 5.0), (tr("10 minutes"), 10.0), (tr("30 minutes"), 30.0),
    (tr("an hour"), 60.0),
)  # fmt: skip


class RestSettings(QWidget):
    """The controls; `changed` emits the changed fields."""

    changed = Signal(dict)
    learning_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.automatic = QCheckBox(tr("Sleep automatically when I'm away"))
        self.automatic.setAccessibleName(tr("Sleep automatically when I'm away"))
        self.every = choice(tr("Sleep every"), _HOURS)
        self.idle = choice(tr("Idle time before sleep"), _MINUTES)
        self.learning = QCheckBox(tr("Learn from my questions (strengthens what was found)"))
        self.learning.setAccessibleName(tr("Learn from my questions: strengthens what was found"))
        self._archive = paragraph("")
        hour = Flow(
            [label(tr("Every")), self.every, label(tr("after I have been away for")), self.idle],
            gap=8,
        )
        same = tr("When off, the same question always gives the same results.")
        parts = column(
            label(tr("Schedule"), "head"), self.automatic, holder(hour), self._archive, 8,
            label(tr("Learning"), "head"), self.learning, paragraph(same), gap=8,
        )  # fmt: skip
        fill(self, parts, name=tr("Sleep settings"))
        self.automatic.clicked.connect(lambda on: self.changed.emit({"automatic": on}))
        self.every.activated.connect(lambda at: self._chose("every_hours", self.every, at))
        self.idle.activated.connect(lambda at: self._chose("idle_minutes", self.idle, at))
        self.learning.clicked.connect(self.learning_changed)
        self.setEnabled(False)

    def show_settings(self, settings: SleepSettings, *, learning: bool) -> None:
        """Show the current settings."""
        self.setEnabled(True)
        self.automatic.setChecked(settings.automatic)
        self.learning.setChecked(learning)
        _set(
            self.every,
            settings.every_hours,
            tr("{every_hours:g} hours", every_hours=settings.every_hours),
        )
        _set(
            self.idle,
            settings.idle_minutes,
            tr("{idle_minutes:g} minutes", idle_minutes=settings.idle_minutes),
        )
        for item in (self.every, self.idle):
            item.setEnabled(settings.automatic)
        days = words.count(round(settings.archive_after_days), "day")
        self._archive.setText(
            tr(
                "It archives only notes weaker than {archive_below:g} that you haven't used on "
                "{days} of work. It never deletes.",
                archive_below=words.Decimal(settings.archive_below),
                days=days,
            )
        )

    def _chose(self, field: str, choice: QComboBox, at: int) -> None:
        self.changed.emit({field: choice.itemData(at)})


def _set(box: QComboBox, value: float, text: str) -> None:
    """Select a value, adding it if it is not a preset."""
    at = box.findData(value)
    if at < 0:
        box.addItem(text, value)
        at = box.count() - 1
    box.setCurrentIndex(at)
