"""The pages Privacy, Connections, and Library & backup."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QPushButton, QWidget

from ingest import installation
from workbench import paths, running, settings
from workbench.doors.clients import CLIENTS, configuration
from workbench.intake.records import Watched
from workbench.models import choices
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import (
    button,
    card,
    choice,
    clear,
    column,
    label,
    paragraph,
    words,
)
from workbench.ui.language import known, tr
from workbench.ui.settings.page import Line, Page, Title, button_flow, lines
from workbench.ui.shelf.originals import link, show_in_folder
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library


@dataclass(frozen=True, slots=True)
class Fetched:
    """The number of web pages in the library, and time and address of the last one."""

    pages: int = 0
    fetched_at: float = 0.0
    address: str = ""


def fetched(library: "Library | None", sources: Sequence[SourceRow]) -> Fetched:
    """Look up when the links among sources were fetched. Runs on a worker."""
    links = [source.id for source in sources if link(source) is not None]
    results = [library.sources.original(id) for id in links] if library is not None else []
    retained = [original for original in results if original is not None]
    if not retained:
        return Fetched()
    latest = max(retained, key=lambda each: each.fetched)
    return Fetched(len(retained), latest.fetched, latest.address)


def fetched_words(pages: Fetched) -> str:
    """Explain when web pages are fetched, and name the last one."""
    explanation = tr("Pages are fetched once, when you add their link; only the address is sent. ")
    if not pages.pages:
        return tr("{said}No page has been fetched for this library.", said=explanation)
    day = words.day(pages.fetched_at, year=True)
    number = words.count(pages.pages, "page")
    return tr(
        "{said}{many} in this library came that way, the last on {day}: {address}",
        said=explanation,
        many=number,
        day=day,
        address=pages.address,
    )


#: Pages fetched for the library, and connected programs.
Connections = tuple[Fetched, Sequence[Mapping[str, Any]]]


class PrivacyPage(Page):
    """Lists all connections to other computers, when they are used, and what is stored where."""

    title = Title(
        tr("Privacy"),
        "lock",
        tr("Nothing is sent automatically: no account, no statistics, no update check."),
    )

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._shown = column(gap=8)
        self.body.addLayout(self._shown)
        self._show((Fetched(), []))

    def refresh(self) -> None:
        """Load the pages fetched for this library."""
        shelf = self._shelf
        self._shelf.jobs.run(
            _connections, shelf.library, (*shelf.sources, *shelf.trashed), done=self._show,
            failed=lambda _error: self._show((Fetched(), [])), key="settings:privacy",
        )  # fmt: skip

    def _show(self, state: Connections) -> None:
        clear(self._shown)
        for title, shown in (
            (tr("What is sent"), self._lines(*state)),
            (tr("What is stored"), _stored(self._shelf.path)),
        ):
            self._shown.addWidget(label(title, "head"))
            self._shown.addWidget(card(lines(*shown), name=title))

    def _language(self) -> Line:
        """Where a language model runs."""
        selected = choices.load()
        if selected.beyond:
            description = tr(
                "You allowed that questions and the passages that go with them are sent to "
                "{address}, from each library that allows it. Models in Settings takes that back.",
                address=selected.address,
            )
            return Line("chip", tr("Language models"), description, tr("When one is used"), "warn")
        description = tr(
            "Models run on this computer only; Workbench asks before using another machine."
        )
        return Line("chip", tr("Language models"), description, tr("Never"))

    def _semantic_search(self) -> Line:
        """Where embeddings are computed."""
        selected = choices.load()
        if selected.beyond and selected.vectors:
            description = tr(
                "Where a model of the server at {address} reads a library, its texts are sent "
                "there, as you allowed. Models in Settings turns that off.",
                address=selected.address,
            )
            return Line(
                "search", tr("Search by meaning"), description, tr("When texts are added"), "warn"
            )
        return Line(
            "search",
            tr("Search by meaning"),
            tr("Embedding models run on this computer."),
            tr("Never"),
        )

    @staticmethod
    def _doors(connected: Sequence[Mapping[str, Any]]) -> Line:
        """The programs that currently use a library through Workbench."""
        description = tr(
            "An assistant or script that you set up gets what it asks of the library; what it does"
            " with that is up to it."
        )
        if not connected:
            return Line("web", tr("Other programs"), description, tr("When you set one up"))
        item = "; ".join(
            f"{at.get('address', tr('an assistant'))}, {Path(at['library']).name}"
            f" ({tr('may change it') if at.get('write') else tr('read only')})"
            for at in connected
        )
        return Line(
            "web",
            tr("Other programs"),
            tr("{told} Connected: {each}.", told=description, each=item),
            tr("Connected now"),
            "warn",
        )

    def _lines(self, fetched: Fetched, connected: Sequence[Mapping[str, Any]]) -> list[QWidget]:
        return [
            Line("web", tr("Pages and videos of the web"), fetched_words(fetched),
                 tr("When you add a link"), "muted"),
            self._language(),
            Line("audio", tr("Speech and pictures"),
                 tr("Recordings and pictures stay on this computer; a model for them is "
                    "downloaded from huggingface.co when you press Download."), tr("Never")),
            self._semantic_search(),
            self._doors(connected),
            Line("quote", tr("Questions and answers"),
                 tr("Your questions, your documents and the answers stay in the library's file."),
                 tr("Never")),
        ]  # fmt: skip


def _stored(library: Path) -> list[QWidget]:
    """What is stored, with the real places."""
    file, logs, cache = (
        words.home_short(str(place))
        for place in (settings.file(), paths.log_dir(), paths.cache_dir())
    )
    return [
        Line("library", tr("The library"),
             tr("{library} contains the text of your sources, their index, collections, the queue"
                " and saved web pages. It is one file; File ▸ Back Up copies it while it is in"
                " use.", library=words.home_short(str(library)))),
        Line("file", tr("Your files"),
             tr("They stay where they are. The library remembers where, and a fingerprint of the"
                " content.")),
        Line("sliders", tr("Settings"),
             tr("{file} contains the theme, text size, window layout and which library was open"
                " last.", file=file)),
        Line("alert", tr("If the program crashes"),
             tr("{log_dir} contains logs without document text. A report is made only if you ask,"
                " and you see all of it first.", log_dir=logs)),
        Line("copy", tr("Cache"), tr("{cache_dir} is a cache. It is safe to delete.",
                                     cache_dir=cache)),
    ]  # fmt: skip


def _connections(library: "Library | None", sources: Sequence[SourceRow]) -> Connections:
    return fetched(library, sources), running.alive(running.doors())


#: Opens the server's `/` page with the address of the current page.
BOOKMARKLET = (
    "javascript:void open('http://127.0.0.1:8765/#add='+encodeURIComponent(location.href))"
)


class ConnectionsPage(Page):
    """Shows configurations to copy into other programs; nothing connects automatically."""

    title = Title(
        tr("Connections"),
        "associations",
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
        self.where = paragraph("")
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
        theme.render(self, lambda: self.text.setFixedHeight(theme.px(190)))
        self.refresh()

    def refresh(self) -> None:
        """Show the configuration for the open library."""
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

    def _lines(self) -> list[QWidget]:
        command = button(tr("Copy command"), "copy", call=lambda: _copy(self._serving()))
        mark = button(tr("Copy bookmark"), "copy", call=lambda: _copy(BOOKMARKLET))
        extension = paths.resources() / "web" / "extension" / "manifest.json"
        folder = button(tr("Show extension"), call=lambda: show_in_folder(extension))
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
    """The command that starts the program from any folder."""
    if installation.way() == "checkout":
        return [sys.executable, "-m", "workbench"]
    return shlex.split(installation.program())


def _copy(text: str) -> None:
    QApplication.clipboard().setText(text)


class LibraryPage(Page):
    """Shows file locations; its buttons trigger menu actions."""

    title = Title(
        tr("Library & backup"),
        "library",
        tr("A library is one file. Your documents stay where they are."),
    )

    def __init__(self, shelf: Shelf, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._shelf, self._actions = shelf, actions
        self._shown = column(gap=8)
        self._standing: object = None
        self.body.addLayout(self._shown)
        shelf.switched.connect(self._refresh_visible)
        shelf.opened.connect(self._refresh_visible)
        shelf.queue_changed.connect(self._refresh_visible)
        self._show((0, ()))

    def refresh(self) -> None:
        """Load the size of the file and the watched folders."""
        self._shelf.jobs.run(
            _state, self._shelf.path, self._shelf.library,
            done=self._show, failed=lambda _error: self._show((0, ())), key="settings:library",
        )  # fmt: skip

    def _refresh_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, state: tuple[int, Sequence[Watched]]) -> None:
        path, shelf = self._shelf.path, self._shelf
        current = (path, len(shelf.sources), *state)
        if current != self._standing:
            self._standing = current
            with self.preserving_focus():
                clear(self._shown)
                self._fill(path, *state)

    def _fill(self, path: Path, octets: int, watched: Sequence[Watched]) -> None:
        shelf = self._shelf
        location = words.home_short(str(path.parent))
        if octets:
            sources = words.count(len(shelf.sources), "source")
            location = f"{location} · {words.size(octets)} · {sources}"
        else:
            location = tr("{about} · It is created when you add the first source.", about=location)
        retained = (
            Line("library", path.name, location, "", "", self._press("library_file", tr("Show")),
                 self._press("open_library", tr("Open another…"))),
            Line("folder", tr("Watch folders"), _watched_words(watched),
                 tr("On") if watched else tr("Off"),
                 "ok" if watched and not any(item.problem for item in watched) else "",
                 self._press("watch", tr("Watched folders…"))),
            Line("copy", tr("Backup"), tr("Makes a verified copy. You can keep working."), "", "",
                 self._press("back_up", tr("Back up…")),
                 self._press("restore_backup", tr("Restore…"))),
            Line("check", tr("Check"), tr("Checks every quote and index against the texts."), "",
                 "", self._press("verify", tr("Verify"))),
        )  # fmt: skip
        self._shown.addWidget(card(lines(*retained), name=tr("The library")))
        self._shown.addWidget(label(tr("Also on this computer"), "head"))
        files = (
            Line("sliders", tr("Settings"), words.home_short(str(settings.file()))),
            Line("note", tr("Logs (no document text)"),
                 words.home_short(str(paths.log_dir()))),
            Line("folder", tr("Cache (safe to delete)"),
                 words.home_short(str(paths.cache_dir()))),
        )  # fmt: skip
        self._shown.addWidget(card(lines(*files), name=tr("Also on this computer")))

    def _press(self, action: str, text: str) -> QPushButton:
        created, does = button(text), self._actions[action]
        created.setEnabled(does.isEnabled())
        does.enabledChanged.connect(created.setEnabled)
        created.clicked.connect(does.trigger)
        return created


def _watched_words(watched: Sequence[Watched]) -> str:
    """The watched folders, or a description of the feature."""
    if not watched:
        return tr("New files in these folders are added automatically.")
    problem = next((item.problem for item in watched if item.problem), "")
    first = words.home_short(watched[0].folder)
    more = (
        tr(" and {others}", others=words.count(len(watched) - 1, "other"))
        if len(watched) > 1
        else ""
    )
    return problem or tr(
        "{first}{more}: new and changed files are added; nothing is ever deleted.",
        first=first,
        more=more,
    )


def _state(path: Path, library: "Library | None") -> tuple[int, Sequence[Watched]]:
    return _size(path), library.queue.watch() if library is not None else ()


def _size(path: Path) -> int:
    """The size of the library file with its journal in bytes; 0 if missing."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(item.stat().st_size for item in files if item.exists()) if path.exists() else 0
