"""Labels, and the formats of numbers, dates and sizes."""

import re
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QSize, Qt, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

from workbench.jobs import Progress
from workbench.ui.language import known, locale, tr, tr_n

_THIN = "\u202f"
_DAY = 86_400.0
#: Markdown that would load files or hide text: images, HTML and link definitions.
_UNSAFE = re.compile(r"(?<!\\)((?:\\\\)*)(!(?=\[)|<(?!https?:)|\[(?=[^\]\n]*\]:))")

_INLINE = re.compile(r"[*_`#\[~]")
_LISTED = re.compile(r"^(\s*[0-9]*)([-+>.)])(?=\s)", re.MULTILINE)


def label(
    text: str,
    role: str = "",
    *,
    wrap: bool = False,
    selectable: bool = False,
    tip: str = "",
    name: str = "",
) -> QLabel:
    """Plain text in a role of the type scale (caption, small, muted, head, section, page ...)."""
    created = QLabel(text)
    created.setToolTip(tip)
    created.setAccessibleName(name)
    if selectable:
        created.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    created.setTextFormat(Qt.TextFormat.PlainText)
    created.setProperty("role", role)
    created.setWordWrap(wrap)
    return created


def and_more(count: int) -> list[QLabel]:
    """A caption for the items that are not listed; nothing without any."""
    return [label(tr("and {more} more", more=number(count)), "caption")] if count > 0 else []


def paragraph(
    text: str, role: str = "small", *, selectable: bool = False, tip: str = "", name: str = ""
) -> QLabel:
    """A label that wraps."""
    return label(text, role, wrap=True, selectable=selectable, tip=tip, name=name)


def wrappable(path: str) -> str:
    """A path with a zero-width space after each slash, so that it may wrap there."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")


@lru_cache(maxsize=4096)
def plain(note: str) -> str:
    """The words of a note on one line, without marks of emphasis, headings and links."""
    if _INLINE.search(note):
        document = QTextDocument()
        # “5. May” is a date, and “> 5” a number: on one line there are no lists.
        document.setMarkdown(_LISTED.sub(r"\1\\\2", _UNSAFE.sub(r"\1\\\2", note)))
        note = document.toPlainText()
    return " ".join(note.split())


def markdown(text: str, follow: Callable[[str], object] | SignalInstance) -> QLabel:
    """A Markdown label that keeps line breaks, and shows images and HTML as source text.

    `follow` gets the address of a clicked link.
    """
    created = paragraph("", "")
    created.setTextFormat(Qt.TextFormat.MarkdownText)
    created.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    created.setText(_UNSAFE.sub(r"\1\\\2", text).replace("\n", "  \n"))
    created.setAccessibleName(text)
    created.linkActivated.connect(follow)
    return created


class Elided(QLabel):
    """An elided label, with the full text as tool tip."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        align = QStyle.visualAlignment(
            self.layoutDirection(), self.alignment() | Qt.AlignmentFlag.AlignVCenter
        )
        painter.setPen(option.palette.windowText().color())
        painter.drawText(self.rect(), int(align), text)


def number(value: int) -> str:
    """Format 1888 as "1 888": grouped by narrow spaces in every language."""
    return f"{value:,}".replace(",", _THIN) if value >= 1000 else str(value)


class Decimal(float):
    """A number whose formats have the decimal point of the language: “1,5” in German."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(".", locale().decimalPoint())


def large(value: int) -> str:
    """Format 2 000 000 as "2 million", 2 016 000 000 as "2 billion", 200 000 in full."""
    for size in (1_000_000_000, 1_000_000):
        if value >= size:
            visible = round(value / size, 1)
            plural_number = 1 if visible == 1 else 2
            word = (
                tr_n(plural_number, "million", "million")
                if size == 1_000_000
                else tr_n(plural_number, "billion", "billion")
            )
            return f"{locale().toString(visible, 'f', 0 if visible.is_integer() else 1)} {word}"
    return number(value)


def count(value: int, singular: str, plural: str = "") -> str:
    """Format a count: "1 passage", "412 passages"."""
    return f"{number(value)} {tr_n(value, singular, plural or singular + 's')}"


def unit(value: int, plural: str) -> str:
    """A unit such as "sources" in the plural form for a number."""
    return tr_n(value, "memory" if plural == "memories" else plural.removesuffix("s"), plural)


def percent(share: float) -> str:
    """Format 0.63 as "63 %"."""
    return f"{share:.0%}".replace("%", f"{_THIN}%")


def size(octets: int) -> str:
    """Format 3 300 000 as "3.3 MB", 300 000 000 as "300 MB"."""
    amount = float(octets)
    while amount >= 1000:
        amount /= 1000
    # One decimal for values below ten only.
    digits = 1 if amount < 9.95 and round(amount, 1) % 1 else 0
    return locale().formattedDataSize(octets, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def day(seconds: float, *, year: bool = False) -> str:
    """Format a time as "12 Nov", with the year if it is not the current one (or `year`)."""
    local, today = time.localtime(seconds), time.localtime()
    form = QLocale.FormatType.LongFormat if year else QLocale.FormatType.ShortFormat
    text = _day_of_month(local.tm_mday, local.tm_mon, form)
    return f"{text} {local.tm_year}" if year or local.tm_year != today.tm_year else text


def date(text: str) -> str:
    """Format "2026-09-09" as "9 Sep 2026"; a year stays as it is."""
    day = QDate.fromString(text, Qt.DateFormat.ISODate)
    if not day.isValid():
        return text
    return f"{_day_of_month(day.day(), day.month(), QLocale.FormatType.ShortFormat)} {day.year()}"


def _day_of_month(number: int, month: int, form: QLocale.FormatType) -> str:
    return tr("{day} {month}", day=number, month=locale().monthName(month, form))


def month(text: str) -> str:
    """Format "2026-09" as "September 2026"; a year stays as it is."""
    day = QDate.fromString(f"{text}-01", Qt.DateFormat.ISODate)
    return locale().toString(day, "MMMM yyyy") if day.isValid() else text.lstrip("0")


def duration(seconds: float) -> str:
    """Format a duration as "8 s", "3 min", "2 h"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return (
        tr("{seconds} min", seconds=round(seconds / 60))
        if seconds < 5400
        else f"{locale().toString(seconds / 3600, 'f', 1)} h"
    )


def span(seconds: float) -> str:
    """Format a time span in a suitable unit: "5 hours", "35 days", "2 years"."""
    for unit, size, minimum in (
        ("year", 365 * _DAY, 1.5),
        ("day", _DAY, 1.5),
        ("hour", 3600.0, 1.0),
    ):
        if seconds >= minimum * size:
            return count(round(seconds / size), unit)
    return count(max(1, round(seconds / 60)), "minute")


def names(items: list[str], limit: int = 3) -> str:
    """Format a list: "a, b and 4 more"."""
    visible = items[:limit]
    remainder = len(items) - len(visible)
    if remainder:
        return tr("{shown} and {rest} more", shown=", ".join(visible), rest=remainder)
    return ", ".join(visible)


def language(tag: str) -> str:
    """The name of a language tag: "de" is "German"; unknown tags are returned."""
    result = QLocale(tag.replace("-", "_")) if tag else QLocale.c()
    if result.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return tag
    return known(QLocale.languageToString(result.language()))


def short(text: str, limit: int) -> str:
    """Truncate to so many characters, with an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def quoted(text: str) -> str:
    """A text in the quotation marks of the language."""
    return tr("“{text}”", text=text)


def home_short(path: str) -> str:
    """A path with the home folder as "~"."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if home != "/" and path.startswith(home) else path


def steps(progress: Progress) -> str:
    """Format progress: "12 of 40 sources"."""
    return tr(
        "{done} of {total} {unit}",
        done=number(progress.done),
        total=number(progress.total or 0),
        unit=unit(progress.total or 0, progress.unit),
    )


def octets(progress: Progress) -> str:
    """Format the progress of a download: "12 MB of 75 MB"."""
    return tr("{done} of {total}", done=size(progress.done), total=size(progress.total or 0))


_EMPHASISED = re.compile(r"(?<!\w)_(?=[^\W_])[^_\n\u2029]{1,400}?(?<=\S)_(?!\w)")
_SPACES = re.compile(r"(?<= ) +")


def italic(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The spans in italics, and those to hide: underscores around them, and repeated spaces."""
    slanted = [found.span() for found in _EMPHASISED.finditer(text)]
    hidden = [found.span() for found in _SPACES.finditer(text)]
    hidden += [edge for start, end in slanted for edge in ((start, start + 1), (end - 1, end))]
    return [(start + 1, end - 1) for start, end in slanted], hidden


def emphasise(document: QTextDocument) -> None:
    """Show words between _underscores_ in italics, and several spaces as one.

    Document positions stay those of the source: underscores and repeated spaces are made
    transparent and one pixel high instead of removed.
    """
    text = document.toPlainText()
    slanted, unseen = QTextCharFormat(), QTextCharFormat()
    slanted.setFontItalic(True)
    unseen.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
    unseen.setForeground(Qt.GlobalColor.transparent)
    words, hidden = italic(text)
    looks = [(*span, slanted) for span in words] + [(*span, unseen) for span in hidden]
    if not looks:
        return
    wide = [at for at, sign in enumerate(text) if sign > "\uffff"]
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for start, end, style in looks:
        # Qt counts a non-BMP character as two.
        cursor.setPosition(start + sum(at < start for at in wide))
        end += sum(at < end for at in wide)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(style)
    cursor.endEditBlock()
