"""The page of what leaves the computer, and when: nothing by itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from workbench import running
from workbench.models import choices
from workbench.store.records import SourceRow
from workbench.ui.components import Call, button, card, clear, column
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page, Title, button_flow, lines
from workbench.ui.window import sheets
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library

#: Which pages were fetched for the library, and which programs are connected.
Connections = tuple[sheets.Fetched, Sequence[Mapping[str, Any]]]


class PrivacyPage(Page):
    """Every way out of this computer as a line that says when it is taken."""

    title = Title(
        tr("Privacy"),
        "lock",
        tr("Nothing is sent automatically: no account, no statistics, no update check."),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, details: Call) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._shown = column(gap=8)
        self.body.addLayout(self._shown)
        self.body.addWidget(button_flow(button(tr("Privacy and data"), kind="quiet", call=details)))
        self._show((sheets.Fetched(), []))

    def refresh(self) -> None:
        """See which pages were fetched for this library."""
        shelf = self._shelf
        self._jobs.run(
            _connections, shelf.library, (*shelf.sources, *shelf.trashed), done=self._show,
            failed=lambda _error: self._show((sheets.Fetched(), [])), key="settings:privacy",
        )  # fmt: skip

    def _show(self, state: Connections) -> None:
        clear(self._shown)
        self._shown.addWidget(card(lines(*self._lines(*state)), name=tr("What is sent")))

    def _language(self) -> Line:
        """Where a language model reads what is asked of it."""
        selected = choices.load()
        if selected.beyond:
            description = tr(
                "You allowed that questions and the passages that go with them are sent to "
                "{address}. Models in Settings takes that back.",
                address=selected.address,
            )
            return Line("chip", tr("Language models"), description, tr("When one is used"), "warn")
        description = tr(
            "Models run on this computer only; Workbench asks before using another machine."
        )
        return Line("chip", tr("Language models"), description, tr("Never"))

    def _semantic_search(self) -> Line:
        """Where what is read for search by meaning goes."""
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
        """Which programs use a library through Workbench now."""
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

    def _lines(
        self, fetched: sheets.Fetched, connected: Sequence[Mapping[str, Any]]
    ) -> list[QWidget]:
        return [
            Line("web", tr("Pages and videos of the web"), sheets.fetched_words(fetched),
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
            Line("alert", tr("After a crash"), tr("A report is made only if you ask, and you can"
                 " read all of it before copying it."), tr("Never automatically")),
        ]  # fmt: skip


def _connections(library: "Library | None", sources: Sequence[SourceRow]) -> Connections:
    return sheets.fetched(library, sources), running.alive(running.doors())
