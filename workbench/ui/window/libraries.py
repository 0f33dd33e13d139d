"""Creates, opens and switches libraries."""

import re
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QMenu

from workbench import paths
from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.shelf.calls import REMOTE, is_remote
from workbench.ui.window.context import Context, Part
from workbench.ui.window.forms import Form


class RemoteSheet(Form):
    """A form for address and token of a server; opens its library on success."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            tr("Open Library on Another Computer"),
            tr(
                "Run “workbench serve” there. It prints its address and the file with the"
                " token. Beyond this computer its address begins with https."
            ),
            (("address", tr("Address")), ("*token", tr("Token"))),
        )
        self.fields["address"].setPlaceholderText("http://192.168.1.20:8765")
        self.insecure = QCheckBox(tr("Send everything unencrypted; I trust this network"))
        self.body.addWidget(self.insecure)
        self.offer(tr("Open"), self.connect_server, "primary")

    def connect_server(self) -> None:
        """Connect to the server on a worker."""
        address, token = (text.strip() for text in self.typed().values())
        if address and token:
            address = address if "://" in address else f"http://{address}"
            work = partial(_connected, address, token, self.insecure.isChecked())
            self.wait(tr("Connecting…"))
            self.context.jobs.run(work, done=self._open_connected, failed=self.failed, key="remote")

    def _open_connected(self, file: Path) -> None:
        self.context.library.switch(file)
        self.context.navigate.show_library()


def _connected(address: str, token: str, insecure: bool) -> Path:
    """Connect, then save the connection and return its file. Runs on a worker."""
    from workbench.library import remote

    remote.RemoteLibrary(address, token, insecure=insecure).close()
    name = re.sub(r"[^\w.-]+", " ", address.partition("://")[2]).strip()
    file = paths.config_dir() / "remote" / f"{name}{REMOTE}"
    remote.save_connection(file, address, token, insecure)
    return file


_LIBRARIES = tr("Libraries (*.brain)")
_MAX_RECENT = 8


class Libraries(Part):
    """Chooses libraries for a window and remembers them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        #: The submenu of recent libraries in the File menu.
        self.menu = QMenu(tr("Open &Recent"), context.window)
        self.menu.aboutToShow.connect(self._fill)
        context.actions.file_menu.insertMenu(context.actions["add"], self.menu)
        context.actions.bind(
            new_library=self.new, open_library=self.open, open_remote=self.open_remote
        )
        context.views.library.place_button.clicked.connect(self.choose_place)
        context.views.library.other_requested.connect(self.open_other)

    def choose_place(self) -> None:
        """Choose where the library will be created."""
        path = self._shelf.path
        self.switch(self._choose_save_path(tr("Where the library is kept"), str(path)))

    def new(self) -> None:
        """Choose a place for a new library and open it."""
        folder = str(self._shelf.path.with_name("New library.brain"))
        self.switch(self._choose_save_path(tr("New library"), folder))

    def open(self) -> None:
        """Open an existing library."""
        self.switch(self._choose_file(tr("Open a library"), _LIBRARIES))

    def open_remote(self) -> RemoteSheet:
        """Open the form to connect to a library on another computer."""
        sheet = RemoteSheet(self._context)
        sheet.show()
        return sheet

    def open_other(self) -> None:
        """Open another library, if one cannot be opened or takes too long."""
        self.switch(self._choose_file(tr("Choose another library"), _LIBRARIES))

    def remember_open(self) -> None:
        """Add the open library to the recent ones."""
        path = str(self._shelf.path)
        retained = tuple(dict.fromkeys((path, *self._settings.now.recent)))[:_MAX_RECENT]
        self._settings.change(library=path, recent=retained)

    def _choose_save_path(self, title: str, start: str) -> str:
        options = QFileDialog.Option.DontConfirmOverwrite
        selected, _kind = QFileDialog.getSaveFileName(
            self._window, title, start, _LIBRARIES, options=options
        )
        return selected

    def _fill(self) -> None:
        self.menu.clear()
        remaining = [name for name in self._settings.now.recent if Path(name) != self._shelf.path]
        for name in remaining:
            visible = Path(name).stem if is_remote(Path(name)) else words.home_short(name)
            self.menu.addAction(visible.replace("&", "&&"), partial(self.switch, name))
        if not remaining:
            self.menu.addAction(tr("No other library yet")).setEnabled(False)

    def switch(self, name: str) -> None:
        """Open a library, or set the place of a new one; "" does nothing."""
        if name:
            path = Path(name)
            self._shelf.switch(path if path.suffix else path.with_suffix(".brain"))
            self._navigate.show_library()
