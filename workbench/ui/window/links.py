"""Add Link: a form for addresses, one per line, and the choice of videos in a playlist.

It says what will be fetched. Its addresses count as typed, so a private address is only fetched
after it was shown here.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
)

from ingest.errors import IngestError
from ingest.media import wishes
from ingest.media.playlist import Entry, Playlist
from ingest.web.address import parse, video_host
from ingest.web.hosts import is_public
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.recall.wording import time_words
from workbench.ui import theme
from workbench.ui.components import (
    ENTER,
    button,
    column,
    field,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.components.dialog import MARGINS, Dialog
from workbench.ui.language import tr, tr_n
from workbench.ui.window.context import Context

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.activity.tasks import Task

_LIST = "links:list"
#: Entries per request; shorter lists up to `_TICK_ALL` are ticked entirely.
PART, _TICK_ALL = 100, 25
_ROW = 24
_ADDRESS = Qt.ItemDataRole.UserRole
_TICKED, _NOT = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PlaylistSheet(Dialog):
    """Lists videos; calls `add(addresses)` with the ticked ones."""

    def __init__(
        self, context: Context, address: str, host: str, add: Callable[[list[str]], object]
    ) -> None:
        super().__init__(context.window, tr("Choose Videos – Engram Workbench"))
        self._context, self._address, self._host, self._add = context, address, host, add
        self._task: Task | None = None
        self._next = 1
        #: Addresses in the library, without options.
        self._held = {
            wishes.plain(place) for source in context.library.sources for place in source.locations
        }
        self.title = paragraph(tr("Choose Videos"), "page")
        self.told = paragraph("")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Videos of the list; press Space to tick one"))
        self.list.itemChanged.connect(self._count)
        self.all = quiet_button(tr("Tick all"), call=self._tick_all)
        self.more = quiet_button(tr("Show more"), call=self._request_entries)
        self.add_button = button(tr("Add"), kind="primary", call=self.accept)
        cancel = button(tr("Cancel"), call=self.close)
        body = column(
            self.title, self.told, 4, self.list, row(self.all, self.more, None, gap=12),
            margins=MARGINS,
        )  # fmt: skip
        self.arrange(holder(body, "surface"), None, cancel, self.add_button)
        self.resize(theme.px(620), theme.px(520))
        context.library.switched.connect(self.close)
        self._count()
        self.more.hide()
        self._request_entries()

    @property
    def ticked(self) -> list[str]:
        """The ticked addresses in list order."""
        return [str(item.data(_ADDRESS)) for item in self._items() if item.checkState() == _TICKED]

    def accept(self) -> None:
        """Add the ticked videos."""
        if self.ticked:
            self._add(self.ticked)
            self.close()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _request_entries(self) -> None:
        self.more.setEnabled(False)
        self.told.setText(tr("Reading the list from {host}…", host=self._host))

        def begin() -> None:
            self._task = self._context.views.activity.tasks.begin(
                _LIST, tr("Asking {host}", host=self._host), self.close, word=tr("Stop")
            )
            self._context.library.ask(
                _read_playlist,
                self._address,
                self._next,
                done=self._show_entries,
                failed=self._failed,
                key=_LIST,
            )

        # The library is created when something is first added.
        self._context.library.with_library(begin)

    def _show_entries(self, playlist: Playlist) -> None:
        self._end_task()
        ticked = self._next == 1 and len(playlist.entries) <= _TICK_ALL
        for entry in playlist.entries:
            self._add_entry(entry, ticked=ticked)
        self._next += PART
        if playlist.title:
            by = f" ({playlist.channel})" if playlist.channel else ""
            self.title.setText(f"{playlist.title}{by}")
        entire = len(playlist.entries) < PART or playlist.total == self.list.count()
        self.more.setVisible(not entire)
        self.more.setEnabled(not entire)
        count = words.count(self.list.count(), "video")
        of = (
            tr(" of {total}", total=words.number(playlist.total))
            if playlist.total and not entire
            else ""
        )
        self.told.setText(
            tr("{count}{of}. Nothing is downloaded until you add them.", count=count, of=of)
            if self.list.count()
            else tr("This list has no videos. Check the address in a browser.")
        )
        self._count()
        self.list.setFocus()

    def _add_entry(self, entry: Entry, *, ticked: bool) -> None:
        exists = wishes.plain(entry.address) in self._held
        lasts = f"  ·  {time_words(entry.seconds)}" if entry.seconds else ""
        note = tr("  ·  in the library") if exists else ""
        item = QListWidgetItem(f"{entry.number}. {entry.title}{lasts}{note}")
        item.setSizeHint(QSize(0, theme.px(_ROW)))
        item.setToolTip(entry.address)
        item.setData(_ADDRESS, entry.address)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_TICKED if ticked and not exists else _NOT)
        self.list.addItem(item)

    def _failed(self, error: WorkbenchError) -> None:
        self._end_task()
        self.told.setText(str(error))
        self.more.setText(tr("Try again") if not self.list.count() else tr("Show more"))
        self.more.setVisible(True)
        self.more.setEnabled(True)

    def _end_task(self) -> None:
        if self._task is not None:
            self._task.take()
            self._task = None

    def _tick_all(self) -> None:
        requested = _NOT if len(self.ticked) == self.list.count() else _TICKED
        for item in self._items():
            item.setCheckState(requested)

    def _count(self, _item: QListWidgetItem | None = None) -> None:
        ticked, of = len(self.ticked), self.list.count()
        self.add_button.setText(
            tr("Add {videos}", videos=words.count(ticked, "video")) if ticked else tr("Add")
        )
        self.add_button.setEnabled(ticked > 0)
        self.all.setText(tr("Tick none") if of and ticked == of else tr("Tick all"))
        self.all.setEnabled(of > 0)

    def done(self, result: int) -> None:
        """Cancel the request on closing."""
        self._context.jobs.cancel(_LIST)
        self._end_task()
        super().done(result)


def _read_playlist(library: "Library", address: str, first: int, cancel: Cancel) -> Playlist:
    return library.queue.playlist(address, first=first, count=PART, typed=True, cancel=cancel)


_PRIVATE_SUFFIXES = (
    ".local",
    ".localhost",
    ".lan",
    ".home",
    ".internal",
    ".intranet",
    ".home.arpa",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form: address, host, or problem.

    `video` is whether the host is a video site.
    """

    text: str
    address: str = ""
    host: str = ""
    private: bool = False
    problem: str = ""
    video: bool = False


def read_line(text: str) -> Line:
    """Parse a line; "example.org/page" becomes an https address."""
    address = text.strip()
    full = address if ":" in address.split("/")[0] else f"https://{address}"
    # A host with a port looks like a scheme.
    if full.partition(":")[2][:1].isdigit():
        full = f"http://{address}"
    try:
        result = parse(full)
    except IngestError as error:
        return Line(address, problem=error.message)
    if "." not in result.host and full != address and result.host != "localhost":
        return Line(address, problem=tr("“{written}” isn't a web address.", written=address))
    video = bool(video_host(result.host)) or wishes.of(full).any
    return Line(address, result.shown, result.host, private=is_private(result.host), video=video)


def is_private(host: str) -> bool:
    """Whether a host, by its name alone, is this machine or in a private network.

    Public names are resolved and checked when fetching.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        dotted = f".{host}"
        return "." not in host or dotted.endswith(_PRIVATE_SUFFIXES) or _is_odd_number(host)
    return not is_public(host)


def _is_odd_number(host: str) -> bool:
    """Whether a host is a number in an unusual notation, such as 0x7f.1; no public name is."""
    label = host.rsplit(".", 1)[-1]
    return label.isdigit() or label.lower().startswith("0x")


def split_private(addresses: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split addresses into public and private ones."""
    lines = [(address, read_line(address)) for address in addresses]
    private = [address for address, line in lines if line.private]
    return [address for address, line in lines if not line.private], private


def _wished(address: str, languages: Sequence[str], speech: bool) -> str:
    """The address with options for its video, if any."""
    return wishes.with_wishes(address, languages, speech=speech) if languages or speech else address


class LinkSheet(Dialog):
    """The Add Link form; calls `add(addresses, collection)` with valid addresses."""

    def __init__(
        self,
        context: Context,
        add: Callable[[list[str], str | None], object],
        collection: str | None,
        addresses: Sequence[str] = (),
        reason: str = "",
    ) -> None:
        super().__init__(context.window, tr("Add Link – Engram Workbench"))
        self._context, self._add, self._collection = context, add, collection
        self.field = QPlainTextEdit(placeholderText="https://…", tabChangesFocus=True)
        self.field.setAccessibleName(tr("Addresses, one a line"))
        self.field.setAcceptDrops(False)
        self.field.setMinimumHeight(theme.px(96))
        self.field.textChanged.connect(self._refresh)
        self.told = paragraph("")
        self.problem = paragraph("", "danger")
        self.add_button = button(
            tr("Add"), kind="primary", call=self.accept, tip=tr("Add (Ctrl+Enter)")
        )
        cancel = button(tr("Cancel"), call=self.close)
        target = tr(" into “{collection}”", collection=collection) if collection else ""
        parts = [label(tr("Add Link{where}", where=target), "page")]
        if reason:
            parts.append(paragraph(reason, "muted"))
        parts.append(
            paragraph(
                tr(
                    "Saves the page's text once, with today's date: no pictures, no scripts. "
                    "For videos, saves the captions, title and chapters."
                ),
                "muted",
            )
        )
        self.languages = field(tr("The video's own"), tr("Caption languages, best first"))
        self.languages.setToolTip(tr("Codes such as de, en; the first available one is used"))
        self.languages.textChanged.connect(self._refresh)
        self.speech = QCheckBox(
            tr("If there are no captions, download the sound and transcribe it")
        )
        self.speech.setAccessibleName(self.speech.text())
        self.speech.setToolTip(tr("About 1 MB a minute; needs a speech model (Settings, Models)"))
        self.of_videos = holder(
            column(row(label(tr("Captions in")), self.languages, gap=10), self.speech, gap=6)
        )
        self.choose_button = quiet_button(
            tr("Choose videos of a list…"),
            tip=tr("See the videos of a list or channel before you add any"),
            call=self.choose_videos,
        )
        well = holder(column(self.field, margins=(6, 6, 6, 6)), "sunken")
        notes = (self.of_videos, self.told, self.problem)
        body = column(*parts, 4, well, *notes, None, margins=MARGINS)
        self.arrange(holder(body, "surface"), self.choose_button, None, cancel, self.add_button)
        self.resize(theme.px(560), theme.px(380))
        self.field.setPlainText("".join(f"{address}\n" for address in addresses))
        self._refresh()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    @property
    def lines(self) -> list[Line]:
        """The non-empty lines."""
        result = (line for line in self.field.toPlainText().splitlines() if line.strip())
        return [read_line(line) for line in result]

    def accept(self) -> None:
        """Add the addresses, unless a line is invalid."""
        lines = self.lines
        if lines and not any(line.problem for line in lines) and not self._unknown():
            languages, speech = self._language_codes(), self.speech.isChecked()
            addresses = [
                _wished(line.address, languages, speech) if line.video else line.address
                for line in lines
            ]
            self._add(list(dict.fromkeys(addresses)), self._collection)
            self.close()
        else:
            self.field.setFocus()

    def choose_videos(self) -> None:
        """Open the list of videos at the single address."""
        line, add, collection = self.lines[0], self._add, self._collection
        languages, speech = self._language_codes(), self.speech.isChecked()

        def add_videos(addresses: list[str]) -> None:
            add([_wished(address, languages, speech) for address in addresses], collection)

        sheet = PlaylistSheet(self._context, wishes.plain(line.address), line.host, add_videos)
        sheet.show()
        self.close()

    def _language_codes(self) -> list[str]:
        return [name for name in re.split(r"[,;\s]+", self.languages.text()) if name]

    def _unknown(self) -> list[str]:
        """The entered texts that are not language codes."""
        existing = wishes.of(wishes.with_wishes("https://a", self._language_codes())).languages
        return [name for name in self._language_codes() if name not in existing]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in ENTER
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        lines = self.lines
        sound = [line for line in lines if not line.problem]
        wrong = [line for line in lines if line.problem]
        hosts = list(dict.fromkeys(line.host for line in sound))
        parts = []
        videos = sum(line.video for line in sound)
        self.of_videos.setVisible(bool(videos))
        self.choose_button.setVisible(len(lines) == len(sound) == 1)
        unknown = self._unknown() if videos else []
        if sound:
            pages = len(sound) - videos
            kinds = [words.count(n, noun) for n, noun in ((pages, "page"), (videos, "video")) if n]
            parts.append(
                tr(
                    "Asks {hosts} for {kinds}.",
                    hosts=words.names(hosts),
                    kinds=tr(" and ").join(kinds),
                )
            )
        private = list(dict.fromkeys(line.host for line in sound if line.private))
        if private:
            parts.append(
                tr_n(
                    len(private),
                    "{near} is on this computer or your own network, not on the public web."
                    " Add it only if you know the page.",
                    "{near} are on this computer or your own network, not on the public web."
                    " Add it only if you know the page.",
                    near=words.names(private),
                )
            )
        self.told.setText(" ".join(parts))
        self.told.setVisible(bool(parts))
        more = (
            tr(" {other_lines} likewise.", other_lines=words.count(len(wrong) - 1, "other line"))
            if wrong[1:]
            else ""
        )
        problem = f"{wrong[0].problem}{more}" if wrong else ""
        if unknown and not problem:
            problem = tr(
                "“{unknown}” isn't a language code; write de, en or pt-BR.", unknown=unknown[0]
            )
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.add_button.setEnabled(bool(sound) and not problem)
