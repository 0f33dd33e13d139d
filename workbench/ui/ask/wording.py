"""How places, numbers and references are put into words: on cards, in the Reader, on the clipboard.

Text only, no widgets, so that the window says the same thing in the same words everywhere.
"""

import re
import unicodedata

from workbench.recall.records import Answer, Coverage, Evidence, Place, SourceRef
from workbench.ui.components.words import count, number

_CHAPTER = re.compile(
    r"^\s*(?:chapter|chap\.|ch\.|kapitel|chapitre|cap[ií]tulo|capitolo|глава)\s+"
    r"([0-9]{1,4}|[ivxlcdm]{1,8})\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*([0-9]{1,3})(?:[.:)]|\s{1,3})\s*\D")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")

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
    "image": "image",
}
_KINDS = {"epub": "Book", "pdf": "PDF", "text": "Text", "record": "Record", "note": "Note"}


def coverage_words(coverage: Coverage) -> str:
    """How much was looked at (A9): 12 of 3 480 passages, 4 sources."""
    passages = "passage" if coverage.of == 1 else "passages"
    return (
        f"{number(coverage.passages)} of {number(coverage.of)} {passages}, "
        f"{count(coverage.sources, 'source')}"
    )


def kind_icon(kind: str) -> str:
    """The name of the icon for a kind of source."""
    return _ICONS.get(kind, "paper")


def kind_word(kind: str) -> str:
    """A kind of source in a word, for tool tips and screen readers."""
    return _KINDS.get(kind, kind.capitalize() or "Source")


def chapter_number(title: str) -> str | None:
    """The number that a chapter's title names ("Chapter IX. The Whale" -> "IX"), if it does."""
    found = _CHAPTER.match(title) or _NUMBERED.match(title)
    if not found:
        return None
    named = found[1]
    return named.upper() if named.isalpha() else named


def chapter_words(title: str, longest: int = 40) -> str:
    """A chapter in few words: "ch. 9" where it is numbered, else its title, cut at `longest`."""
    numbered = chapter_number(title)
    if numbered:
        return f"ch. {numbered}"
    title = " ".join(title.split())
    return title if len(title) <= longest else title[: longest - 1].rstrip() + "…"


def page_words(place: Place, kind: str) -> str:
    """A page in words: its printed label, and its number in the file where that is a PDF (A5)."""
    if place.page is None:
        return ""
    label = place.page_label or str(place.page)
    return f"p. {label} (PDF {place.page})" if kind == "pdf" else f"p. {label}"


def time_words(seconds: float) -> str:
    """A time in a recording: 12:41 or 1:02:07."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def place_words(place: Place, kind: str) -> str:
    """The place of a quote in words: "ch. 9, p. 141 (PDF 153)"."""
    parts = []
    if place.chapter:
        parts.append(chapter_words(place.chapter))
    page = page_words(place, kind)
    if page:
        parts.append(page)
    if place.seconds is not None:
        parts.append(time_words(place.seconds))
    return ", ".join(parts)


def open_words(place: Place) -> str:
    """The verb of a card, which names the place it opens."""
    if place.page is not None:
        return f"Open page {place.page_label or place.page}"
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


def reference(source: SourceRef, place: Place, author: str = "") -> str:
    """A source and a place as a line of a reference list."""
    where = place_words(place, source.kind)
    named = f"{author}, {source.title}" if author else source.title
    return f"{named}, {where}" if where else named


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


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def markdown(answer: Answer) -> str:
    """The answer with its references as Markdown: what Copy with references copies (A12)."""
    lines = [f"## {_plain(answer.question)}", ""]
    if answer.value:
        lines += [f"**{_plain(answer.value)}**", ""]
    for sentence in answer.sentences:
        marks = "".join(f" [{n}]" for n in sentence.citations)
        doubt = "" if sentence.supported else " (unsupported)"
        lines += [f"> {_plain(' '.join(sentence.text.split()))}{marks}{doubt}", ""]
    if answer.abstained:
        lines += ["Not in the sources. The nearest passages:", ""]
    for item in answer.evidence:
        where = place_words(item.locator, item.source.kind)
        title = f"*{_plain(item.source.title)}*"
        head = f"{title}, {_plain(where)}" if where else title
        lines.append(f"{item.n}. {head}: “{_plain(item.quote)}”")
    return "\n".join(lines).rstrip() + "\n"
