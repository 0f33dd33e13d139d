"""The password field for a locked file; passwords are not stored."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import column, row
from workbench.ui.components.controls import button, field
from workbench.ui.components.words import paragraph
from workbench.ui.language import tr


class PasswordField(QWidget):
    """A field and a button; a wrong password is reported below and can be corrected.

    `unlock(password, done=…, failed=…)` tries it on a worker; `on_unlocked(result)` is called on
    success.
    """

    def __init__(self, unlock: Callable[..., object], on_unlocked: Callable[[Any], object]) -> None:
        super().__init__()
        self._unlock, self._opened = unlock, on_unlocked
        self.title = paragraph("", "strong")
        self.field = field(tr("Password"), tr("Password"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaximumWidth(theme.px(260))
        self.press = button(tr("Unlock"), call=self._try)
        self.problem = paragraph("", "danger")
        for hidden in (self.title, self.problem):
            hidden.hide()
        self.field.returnPressed.connect(self._try)
        line = row(self.field, self.press, None)
        self.setLayout(column(self.title, line, self.problem, gap=6))

    def say(self, title: str) -> None:
        """Show what is locked."""
        self.title.setText(title)
        self.title.show()

    def _try(self) -> None:
        if self.field.text() and self.press.isEnabled():
            self.press.setEnabled(False)
            self._unlock(self.field.text(), done=self._finish, failed=self._failed)

    def _finish(self, result: Any) -> None:
        self.press.setEnabled(True)
        self.problem.hide()
        self.field.clear()
        self._opened(result)

    def _failed(self, error: WorkbenchError) -> None:
        self.press.setEnabled(True)
        self.problem.setText(str(error))
        self.problem.show()
        self.field.setFocus()
        self.field.selectAll()
