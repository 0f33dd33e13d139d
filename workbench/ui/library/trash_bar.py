"""The bar above the table while it shows the Trash: how much is in it, Restore, Empty Trash."""

from PySide6.QtWidgets import QWidget

from workbench.ui.components.boxes import Flow, column, holder, row, rule
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.language import tr


class TrashBar(QWidget):
    """Restore, delete for good, empty; the last two ask before they do it."""

    def __init__(self) -> None:
        super().__init__()
        told = label(tr("Items here are not searched."), "muted")
        self.restore_button = button(tr("Restore"), "undo")
        self.delete_button = button(tr("Delete for good…"), kind="quiet")
        self.empty_button = button(tr("Empty Trash…"), kind="quiet")
        ways = [told, self.restore_button, self.delete_button, self.empty_button]
        line = row(holder(Flow(ways, gap=12)), margins=(16, 6, 16, 6))
        self.setLayout(column(line, rule(), gap=0))
        self.set_chosen(0)

    def set_chosen(self, count: int) -> None:
        """How many sources of the trash are selected."""
        self.restore_button.setEnabled(count > 0)
        self.delete_button.setEnabled(count > 0)
