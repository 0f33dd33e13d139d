"""Reading positions: the sources read last and how far, kept in the settings."""

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
        #: The library and the two sources that stood side by side when it was left.
        self._pair = window.settings.side_by_side
        window.reader_tab.opened.connect(self.note)

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
        """Open what was read last, where nothing was opened yet or only by an answer."""
        window, here = self._window, [each.source for each in self.here]
        if not (window.reader_tab.empty or window.reader_tab.glanced) or not here:
            return
        library, *pair = self._pair or ("",)
        there = library == str(window.shelf.path) and {*pair} <= {str(each) for each in here}
        first, *others = [int(each) for each in pair] if there else here[:1]
        window.reader_tab.open_source(first)
        for second in others:
            window.second_source.open(second)

    def pair_written(self) -> tuple[str, ...]:
        """The two sources that stand side by side, as the settings keep them."""
        if self._window.reader_tab.empty:
            return self._pair
        pair = self._window.second_source.pair
        return () if pair is None else (str(self._window.shelf.path), *map(str, pair))

    def written(self) -> tuple[str, ...]:
        """As the settings keep them."""
        return tuple(each.written() for each in self.now())

    def note(self, source: int, _title: str) -> None:
        """A source was opened: it is the one read last, unless an answer brought it along."""
        if self._window.reader_tab.glanced:
            return
        path = str(self._window.shelf.path)
        others = [each for each in self.now() if (each.library, each.source) != (path, source)]
        start = self._window.reader_tab.place_in(source) or 0
        fresh = ReadPlace(path, source, start, int(time.time()))
        self._kept = [fresh, *others][:_MOST]
