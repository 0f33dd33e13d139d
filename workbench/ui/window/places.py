"""Where one was: the sources read last and how far, kept in the settings from start to start."""

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

_MOST = 20  # places kept, of all libraries


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A source of a library, the character at which it was left, and when (seconds)."""

    library: str
    source: int
    start: int
    at: int

    def written(self) -> str:
        """As the settings keep it."""
        return json.dumps([self.library, self.source, self.start, self.at])

    @classmethod
    def read(cls, text: str) -> "ReadPlace | None":
        """What the settings keep; None where that is nothing of the sort."""
        try:
            found = json.loads(text)
        except ValueError:
            return None
        if not isinstance(found, list) or len(found) != 4 or not isinstance(found[0], str):
            return None
        if not all(type(each) is int for each in found[1:]):
            return None
        return cls(*found)


class Places(QObject):
    """Notes what is opened in the Reader, the latest first."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        kept = (ReadPlace.read(each) for each in window.settings.places)
        self._kept = [each for each in kept if each is not None]
        window.reader_tab.opened.connect(self._opened)

    @property
    def here(self) -> list[ReadPlace]:
        """The places of this library whose source is there still."""
        there = {row.id for row in self._window.shelf.sources}
        path = str(self._window.shelf.path)
        return [each for each in self.now() if each.library == path and each.source in there]

    def now(self) -> list[ReadPlace]:
        """All places, the one in the Reader as far as it has been read by now."""
        reader = self._window.reader_tab
        path = str(self._window.shelf.path)
        return [
            ReadPlace(each.library, each.source, reader.place or 0, each.at)
            if each.library == path and each.source == reader.source_id
            else each
            for each in self._kept
        ]

    def written(self) -> tuple[str, ...]:
        """As the settings keep them."""
        return tuple(each.written() for each in self.now())

    def _opened(self, source: int, _title: str) -> None:
        path = str(self._window.shelf.path)
        others = [each for each in self.now() if (each.library, each.source) != (path, source)]
        fresh = ReadPlace(path, source, self._window.reader_tab.place or 0, int(time.time()))
        self._kept = [fresh, *others][:_MOST]
