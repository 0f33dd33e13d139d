"""Reading positions: the sources read last and how far, kept in the settings."""

import json
import time
from dataclasses import dataclass

from workbench.ui.window.context import Context, Part

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


class Places(Part):
    """Notes what is opened in the Reader, the latest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        kept = (ReadPlace.read(each) for each in context.settings.now.places)
        self._kept = [each for each in kept if each is not None]
        context.views.reader.opened.connect(self.note)

    @property
    def here(self) -> list[ReadPlace]:
        """The places of this library whose source is there still."""
        there = {row.id for row in self._shelf.sources}
        path = str(self._shelf.path)
        return [each for each in self.now() if each.library == path and each.source in there]

    def now(self) -> list[ReadPlace]:
        """All places, those of this library as far as they have been read by now."""
        reader = self._views.reader
        path = str(self._shelf.path)
        return [
            ReadPlace(path, each.source, reader.place_in(each.source) or each.start, each.at)
            if each.library == path
            else each
            for each in self._kept
        ]

    def hand_over(self) -> None:
        """Let the sources of the library that was opened begin where they were left."""
        path = str(self._shelf.path)
        there = {each.source: each.start for each in self._kept if each.library == path}
        self._views.reader.take_places({id: start for id, start in there.items() if start})

    def written(self) -> tuple[str, ...]:
        """As the settings keep them."""
        return tuple(each.written() for each in self.now())

    def note(self, source: int, _title: str) -> None:
        """A source was opened: it is the one read last, unless an answer brought it along."""
        if self._views.reader.glanced:
            return
        path = str(self._shelf.path)
        others = [each for each in self.now() if (each.library, each.source) != (path, source)]
        start = self._views.reader.place_in(source) or 0
        fresh = ReadPlace(path, source, start, int(time.time()))
        self._kept = [fresh, *others][:_MOST]
