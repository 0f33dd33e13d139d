"""A library on another computer in the window: the sheet that opens it, and what it goes without.

A connection is kept in a file with its token, for its owner alone, and stands for the library: it
is opened again with the window and is among those that were open before. One reads and asks, and
files are sent; the rest is done where the library is.
"""

import re
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from workbench import paths
from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import column, holder
from workbench.ui.components.controls import button, field
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.window.context import Context
from workbench.ui.window.dialog import MARGINS, Dialog
from workbench.ui.window.library_calls import REMOTE


class RemoteSheet(Dialog):
    """Asks for the address and token of a server; opens its library once that has answered."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window, tr("Open Library on Another Computer – Engram Workbench"))
        self._context = context
        self.address = field("http://192.168.1.20:8765", tr("Address"))
        self.token = field("", tr("Token"))
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()
        self.open_button = button(tr("Open"), kind="primary", call=self.accept)
        self.open_button.setDefault(True)
        cancel = button(tr("Cancel"), call=self.close)
        for each in (self.address, self.token):
            each.textChanged.connect(self._look)
        body = column(
            label(tr("Open Library on Another Computer"), "page"),
            label(
                tr(
                    "Run “workbench serve” there. It prints its address and the file with the"
                    " token. Nothing you send is encrypted unless the address begins with https."
                ),
                "muted",
                wrap=True,
            ),
            *(
                4,
                label(tr("Address")),
                self.address,
                label(tr("Token")),
                self.token,
                self.problem,
                None,
            ),
            margins=MARGINS,
        )
        self.arrange(holder(body, "surface"), None, cancel, self.open_button)
        self.resize(theme.px(520), theme.px(320))
        self._look()

    def accept(self) -> None:
        """Ask the server whether it lets us in, on a worker."""
        if not self.open_button.isEnabled():
            return
        address, token = self.address.text().strip(), self.token.text().strip()
        if "://" not in address:
            address = f"http://{address}"
        self.problem.hide()
        self.open_button.setEnabled(False)
        self.open_button.setText(tr("Connecting…"))
        self._context.jobs.run(
            _connected, address, token, done=self._came, failed=self._failed, key="remote"
        )

    def _came(self, file: Path) -> None:
        self._context.library.switch(file)
        self._context.navigate.show_library()
        self.close()

    def _failed(self, error: WorkbenchError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
        self.open_button.setText(tr("Open"))
        self._look()

    def _look(self) -> None:
        self.open_button.setEnabled(bool(self.address.text().strip() and self.token.text().strip()))


def _connected(address: str, token: str) -> Path:
    """Keep the connection, once the server has answered; returns its file."""
    from workbench.library import remote

    remote.RemoteLibrary(address, token).close()
    name = re.sub(r"[^\w.-]+", " ", address.partition("://")[2]).strip()
    file = paths.config_dir() / "remote" / f"{name}{REMOTE}"
    remote.keep(file, address, token)
    return file
