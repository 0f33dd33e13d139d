"""How places, numbers and references are put into words: on cards, in the Reader, on the clipboard.

Text only, no widgets, so that the window says the same thing in the same words everywhere.
"""

import unicodedata

from workbench.recall.records import Coverage, Evidence, Place
from workbench.recall.wording import (
    chapter_number,
    chapter_parts,
    chapter_words,
    markdown,
    page_words,
    place_words,
    reference,
    time_words,
)
from workbench.ui.components.words import count, number, short

#: Letters of a question that stand above its answer.
_HEADING = 400
#: Here as well, for those who put places into words beside what else the window says.
__all__ = [
    "chapter_number",
    "chapter_parts",
    "chapter_words",
    "coverage_words",
    "heading_of",
    "holds_words",
    "kind_icon",
    "kind_word",
    "markdown",
    "open_words",
    "page_words",
    "place_words",
    "quoted",
    "reads_right_to_left",
    "reference",
    "spoken",
    "time_words",
]


_ICONS = {
    "epub": "book",
    "text": "book",
    "markdown": "paper",
    "html": "web",
    "web": "web",
    "pdf": "paper",
    "record": "note",
    "note": "note",
    "video": "video",
    "youtube": "video",
    "audio": "audio",
    "recording": "audio",
    "captions": "video",
    "image": "image",
}
_KINDS = {
    "epub": "Book",
    "pdf": "PDF",
    "text": "Text",
    "record": "Record",
    "note": "Note",
    "image": "Picture",
    "recording": "Recording",
    "captions": "Transcript",
}


def coverage_words(coverage: Coverage, quotes: int) -> tuple[str, str]:
    """How much was looked at (A9): 5 quotes from 2 of 3 480 passages; 1 source."""
    passages = "passage" if coverage.of == 1 else "passages"
    looked = f"{number(coverage.passages)} of {number(coverage.of)} {passages}"
    return f"{count(quotes, 'quote')} from {looked}", count(coverage.sources, "source")


def holds_words(text: str) -> bool:
    """Whether there is anything to look for: a letter or a digit of any script."""
    return any(letter.isalnum() for letter in text)


def kind_icon(kind: str) -> str:
    """The name of the icon for a kind of source."""
    return _ICONS.get(kind, "paper")


def kind_word(kind: str) -> str:
    """A kind of source in a word, for tool tips and screen readers."""
    return _KINDS.get(kind, kind.capitalize() or "Source")


def open_words(place: Place) -> str:
    """The verb of a card, which names the place it opens."""
    if place.page is not None:
        return f"Open page {place.page_label or place.page}"
    if place.seconds is not None:
        return f"Open at {time_words(place.seconds)}"
    if place.chapter:
        numbered = chapter_number(place.chapter)
        return f"Open chapter {numbered}" if numbered else "Open chapter"
    return "Open source"


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Arabic, Hebrew)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in {"R", "AL"}:
            return True
    return False


def quoted(evidence: Evidence, author: str = "") -> str:
    """The quote with its reference, as it goes to the clipboard."""
    return f"“{evidence.quote}” ({reference(evidence.source, evidence.locator, author)})"


def spoken(evidence: Evidence) -> str:
    """One sentence that says what a card is, for screen readers."""
    where = place_words(evidence.locator, evidence.source.kind)
    words = [f"Evidence {evidence.n}", evidence.source.title]
    if where:
        words.append(where)
    words.append(f"probability {evidence.score * 100:.0f} per cent")
    return ", ".join(words)


def heading_of(question: str) -> str:
    """A question as it stands above its answer: of a very long one its beginning."""
    return short(question, _HEADING)
