"""The page of other programs: what an agent is set up with, what a browser sends pages with."""

import shlex
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QWidget

from ingest import installation
from workbench import paths
from workbench.doors.clients import CLIENTS, configuration
from workbench.ui import theme
from workbench.ui.components import button, card, choice, column, label
from workbench.ui.language import known, tr
from workbench.ui.settings.page import Line, Page, Title, button_flow, lines
from workbench.ui.window.library_actions import Shelf
from workbench.ui.window.originals import show_in_folder

#: Opens the page at `/` of the server with the address of the page one reads.
BOOKMARKLET = (
    "javascript:void open('http://127.0.0.1:8765/#add='+encodeURIComponent(location.href))"
)


class ConnectionsPage(Page):
    """Shows what to copy into another program; nothing is connected by itself."""

    title = Title(
        tr("Connections"),
        "chip",
        tr(
            "Let an AI assistant, a script or your browser use this library. Programs on this"
            " computer only."
        ),
    )

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.client = choice(tr("Program"), [(known(name), name) for name in CLIENTS])
        self.write = QCheckBox(tr("Allow saving and deleting"))
        self.where = label("", "small", wrap=True)
        self.text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.text.setAccessibleName(tr("Configuration"))
        theme.watch(self.text, lambda: self.text.setFont(theme.fixed()))
        copied = button(
            tr("Copy"),
            "copy",
            call=lambda: _copy(self.text.toPlainText()),
            name=tr("Copy: configuration"),
        )
        self.body.addWidget(card(column(
            label(tr("AI assistants (MCP)"), "strong"), self.where,
            button_flow(self.client, self.write, copied), self.text,
            margins=(16, 12, 16, 14), gap=8,
        ), name=tr("AI assistants")))  # fmt: skip
        self.body.addWidget(card(lines(*self._lines()), name=tr("Scripts and browsers")))
        self.client.currentTextChanged.connect(self.refresh)
        self.write.toggled.connect(self.refresh)
        shelf.switched.connect(self.refresh)
        theme.watch(self, self._fit_text)
        self._fit_text()
        self.refresh()

    def refresh(self) -> None:
        """Show the configuration for the library that is open."""
        name = str(self.client.currentData())
        self.where.setText(
            tr(
                "Put this into {CLIENTS}, then start the assistant again.",
                CLIENTS=known(CLIENTS[name]),
            )
        )
        self.text.setPlainText(
            configuration(name, _program(), self._shelf.path, self.write.isChecked())
        )

    def _fit_text(self) -> None:
        self.text.setFixedHeight(theme.px(190))

    def _lines(self) -> list[QWidget]:
        command = button(tr("Copy command"), "copy", call=lambda: _copy(self._serving()))
        mark = button(tr("Copy bookmark"), "copy", call=lambda: _copy(BOOKMARKLET))
        folder = button(tr("Show extension"), call=lambda: show_in_folder(_extension()))
        return [
            Line("web", tr("Scripts and other programs"),
                 tr("Start a server with this command; it prints its address."), "", "", command),
            Line("add", tr("Add the page you are reading"),
                 tr("With the server running: a bookmark sends the address, the browser extension"
                    " the whole page."), "", "", mark, folder),
        ]  # fmt: skip

    def _serving(self) -> str:
        rights = ["--write"] if self.write.isChecked() else []
        return shlex.join([*_program(), "--library", str(self._shelf.path), "serve", *rights])


def _program() -> list[str]:
    """The words that start the program from any folder."""
    if installation.way() == "checkout":
        return [sys.executable, "-m", "workbench"]
    return shlex.split(installation.program())


def _copy(text: str) -> None:
    QApplication.clipboard().setText(text)


def _extension() -> Path:
    return paths.resources() / "web" / "extension" / "manifest.json"
