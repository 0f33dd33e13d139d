"""Links in Markdown notes: to other notes and to passages."""

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from workbench.ui.components import words
from workbench.ui.memories.rows import Memory
from workbench.ui.shelf.wanted import Wanted

#: Maximum length of a link text.
_NAME = 60
# Nine digits fit the int of a signal.
_NOTE = re.compile(r"note:(\d{1,9})")
_TO_NOTE = re.compile(rf"\]\({_NOTE.pattern}\)")
_PASSAGE = re.compile(r"source:(\d{1,9})/(\d{1,9})-(\d{1,9})")


def link_to(memory: Memory) -> str:
    """A Markdown link to a note, or to the passage of a highlight without note."""
    at = memory.at
    name = " ".join((memory.words or at.quote).split()).translate({91: "(", 93: ")"})
    target = f"note:{memory.id}"
    if not memory.words and at.source is not None and not at.lost:
        target = f"source:{at.source}/{at.start}-{at.end}"
    return f"[{words.short(name, _NAME)}]({target})"


def targets(text: str) -> frozenset[int]:
    """The ids of notes that a text links to."""
    return frozenset(map(int, _TO_NOTE.findall(text)))


def follow(requests: Wanted, address: str) -> None:
    """Follow a link to a note, a passage or a web page."""
    if note := _NOTE.fullmatch(address):
        requests.statement.emit(int(note[1]))
    elif passage := _PASSAGE.fullmatch(address):
        requests.sentence.emit(*map(int, passage.groups()))
    elif address.startswith(("http:", "https:")):
        QDesktopServices.openUrl(QUrl(address))
