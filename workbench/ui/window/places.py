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
        """All places, those of this library as far as they have been read by now."""
        reader = self._window.reader_tab
        path = str(self._window.shelf.path)
        return [
            ReadPlace(path, each.source, reader.place_in(each.source) or each.start, each.at)
            if each.library == path
            else each
            for each in self._kept
        ]

    def hand_over(self) -> None:
        """Let the sources of the library that was opened begin where they were left."""
        path = str(self._window.shelf.path)
        there = {each.source: each.start for each in self._kept if each.library == path}
        self._window.reader_tab.take_places({id: start for id, start in there.items() if start})

    def go_on(self) -> None:
        """Open what was read last, where nothing was opened yet."""
        if self._window.reader_tab.empty and self.here:
            self._window.reader_tab.open_source(self.here[0].source)

    def written(self) -> tuple[str, ...]:
        """As the settings keep them."""
        return tuple(each.written() for each in self.now())

    def _opened(self, source: int, _title: str) -> None:
        path = str(self._window.shelf.path)
        others = [each for each in self.now() if (each.library, each.source) != (path, source)]
        fresh = ReadPlace(path, source, self._window.reader_tab.place or 0, int(time.time()))
        self._kept = [fresh, *others][:_MOST]
