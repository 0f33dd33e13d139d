"""The sheets of the Help menu: shortcuts, privacy and data, about. Non-modal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench import __version__, paths, settings
from workbench.store.records import SourceRow
from workbench.ui.components import (
    button,
    column,
    holder,
    label,
    paragraph,
    scroll,
    table_of,
    words,
)
from workbench.ui.components.dialog import MARGINS, Dialog
from workbench.ui.language import tr
from workbench.ui.shelf.originals import link

if TYPE_CHECKING:
    from workbench.library import Library


class Sheet(Dialog):
    """A window of text."""

    def __init__(self, parent: QWidget, title: str, body: QWidget) -> None:
        super().__init__(parent, tr("{title} – Engram Workbench", title=title))
        close = button(tr("Close"), call=self.close)
        inside = holder(column(label(title, "page"), 8, body, None, margins=MARGINS), "surface")
        area = scroll(inside, title)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.arrange(area, None, close)
        self.fit(inside, 560)


def shortcuts(groups: list[tuple[str, list[tuple[str, str]]]]) -> QWidget:
    """A table of shortcuts by menu."""
    parts = (
        column(
            label(menu, "head"),
            table_of((label(text), label(keys, "muted")) for text, keys in rows),
            gap=6,
        )
        for menu, rows in groups
    )
    return holder(column(*parts, gap=6))


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


def stored(library: str, pages: Fetched) -> QWidget:
    """Explain what is stored where, and what was fetched."""
    sent = tr("Nothing is sent automatically: no account, no telemetry, no update check.")
    parts = (
        (tr("Sent"), f"{sent} {fetched_words(pages)}"),
        (
            tr("The library"),
            tr(
                "{library} contains the text of your sources, their index, collections, the "
                "queue and saved web pages. It is one file; File ▸ Back Up copies it while it "
                "is in use.",
                library=words.home_short(library),
            ),
        ),
        (
            tr("Your files"),
            tr(
                "They stay where they are. The library remembers where, and a fingerprint of "
                "the content."
            ),
        ),
        (
            tr("Settings"),
            tr(
                "{file} contains the theme, text size, window layout and which library was "
                "open last.",
                file=words.home_short(str(settings.file())),
            ),
        ),
        (
            tr("If the program crashes"),
            tr(
                "{log_dir} contains logs without document text. A report is made only if you "
                "ask, and you see all of it first.",
                log_dir=words.home_short(str(paths.log_dir())),
            ),
        ),
        (
            tr("Cache"),
            tr(
                "{cache_dir} is a cache. It is safe to delete.",
                cache_dir=words.home_short(str(paths.cache_dir())),
            ),
        ),
    )
    rows = (
        column(label(name, "strong"), paragraph(text, "muted", selectable=True), gap=4)
        for name, text in parts
    )
    return holder(column(*rows, gap=14))


def about_sheet() -> QWidget:
    """Name, version, licence."""
    return holder(
        column(
            label(tr("Version {version}", version=__version__), "muted"),
            paragraph(
                tr(
                    "Reads your books and papers on this computer and answers with citations "
                    "that open at the quote."
                ),
                "",
            ),
            paragraph(
                tr(
                    "Licence: Apache-2.0. Made with Qt (through PySide6), FFmpeg (in PyAV), "
                    "chardet and frozendict, which are under the LGPL and can be replaced."
                )
            ),
        )
    )
