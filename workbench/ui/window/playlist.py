"""Choose Videos: what a list or a channel holds, to be ticked before anything of it is loaded.

The site is asked for titles when the sheet opens and when more are wanted, a part at a time; while
it is asked, that stands among the tasks and in the status bar.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ingest.media import wishes
from ingest.media.listed import Entry, Listed
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.recall.wording import time_words
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.window.context import Context
from workbench.ui.window.dialog import MARGINS, Dialog

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.activity.tasks import Task

_LIST = "links:list"
#: Entries that are asked for at once; a list of no more than these many is ticked as a whole.
PART, _FEW = 100, 25
_ROW = 24
_ADDRESS = Qt.ItemDataRole.UserRole
_TICKED, _NOT = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PlaylistSheet(Dialog):
    """Lists videos; `add(addresses)` is called with those that are ticked."""

    def __init__(
        self, context: Context, address: str, host: str, add: Callable[[list[str]], object]
    ) -> None:
        super().__init__(context.window, tr("Choose Videos – Engram Workbench"))
        self._context, self._address, self._host, self._add = context, address, host, add
        self._task: Task | None = None
        self._next = 1
        #: What the library holds already, without wishes behind it.
        self._held = {
            wishes.without(place)
            for source in context.library.sources
            for place in source.locations
        }
        self.title = label(tr("Choose Videos"), "page", wrap=True)
        self.told = label("", "small", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Videos of the list; press Space to tick one"))
        self.list.itemChanged.connect(self._count)
        self.all = button(tr("Tick all"), kind="quiet", call=self._tick_all)
        self.more = button(tr("Show more"), kind="quiet", call=self._ask)
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
        self._ask()

    @property
    def ticked(self) -> list[str]:
        """The addresses that are ticked, in the order of the list."""
        return [str(item.data(_ADDRESS)) for item in self._items() if item.checkState() == _TICKED]

    def accept(self) -> None:
        """Add what is ticked."""
        if self.ticked:
            self._add(self.ticked)
            self.close()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _ask(self) -> None:
        self.more.setEnabled(False)
        self.told.setText(tr("Reading the list from {host}…", host=self._host))

        def begin() -> None:
            self._task = self._context.views.activity.tasks.begin(
                _LIST, tr("Asking {host}", host=self._host), self.close, word=tr("Stop")
            )
            self._context.library.ask(
                _listed, self._address, self._next, done=self._came, failed=self._failed, key=_LIST
            )

        # The library's file is made for the first thing that is put into it.
        self._context.library.with_library(begin)

    def _came(self, found: Listed) -> None:
        self._over()
        few = self._next == 1 and len(found.entries) <= _FEW
        for entry in found.entries:
            self._put(entry, ticked=few)
        self._next += PART
        if found.title:
            by = f" ({found.channel})" if found.channel else ""
            self.title.setText(f"{found.title}{by}")
        whole = len(found.entries) < PART or found.total == self.list.count()
        self.more.setVisible(not whole)
        self.more.setEnabled(not whole)
        count = words.count(self.list.count(), "video")
        of = tr(" of {total}", total=words.number(found.total)) if found.total and not whole else ""
        self.told.setText(
            tr("{count}{of}. Nothing is downloaded until you add them.", count=count, of=of)
            if self.list.count()
            else tr("This list has no videos. Check the address in a browser.")
        )
        self._count()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, entry: Entry, *, ticked: bool) -> None:
        held = wishes.without(entry.address) in self._held
        lasts = f"  ·  {time_words(entry.seconds)}" if entry.seconds else ""
        there = tr("  ·  in the library") if held else ""
        item = QListWidgetItem(f"{entry.number}. {entry.title}{lasts}{there}")
        item.setSizeHint(QSize(0, theme.px(_ROW)))
        item.setToolTip(entry.address)
        item.setData(_ADDRESS, entry.address)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_TICKED if ticked and not held else _NOT)
        self.list.addItem(item)

    def _failed(self, error: WorkbenchError) -> None:
        self._over()
        self.told.setText(str(error))
        self.more.setText(tr("Try again") if not self.list.count() else tr("Show more"))
        self.more.setVisible(True)
        self.more.setEnabled(True)

    def _over(self) -> None:
        if self._task is not None:
            self._task.take()
            self._task = None

    def _tick_all(self) -> None:
        wanted = _NOT if len(self.ticked) == self.list.count() else _TICKED
        for item in self._items():
            item.setCheckState(wanted)

    def _count(self, _item: QListWidgetItem | None = None) -> None:
        ticked, of = len(self.ticked), self.list.count()
        self.add_button.setText(
            tr("Add {videos}", videos=words.count(ticked, "video")) if ticked else tr("Add")
        )
        self.add_button.setEnabled(ticked > 0)
        self.all.setText(tr("Tick none") if of and ticked == of else tr("Tick all"))
        self.all.setEnabled(of > 0)

    def done(self, result: int) -> None:
        """Over, whichever way: nobody is asked any more."""
        self._context.jobs.cancel(_LIST)
        self._over()
        super().done(result)


def _listed(library: "Library", address: str, first: int, cancel: Cancel) -> Listed:
    return library.queue.playlist(address, first=first, count=PART, typed=True, cancel=cancel)
