"""Emphasis in plain text: _words_ between underscores are shown in italics.

Document positions stay those of the source: underscores and repeated spaces are made transparent
and one pixel high instead of removed.
"""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

_WORDS = re.compile(r"(?<!\w)_(?=[^\W_])[^_\n\u2029]{1,400}?(?<=\S)_(?!\w)")
_SPACES = re.compile(r"(?<= ) +")


def emphasise(document: QTextDocument) -> None:
    """Show words between underscores in italics, and several spaces as one."""
    text = document.toPlainText()
    slanted, hidden = QTextCharFormat(), QTextCharFormat()
    slanted.setFontItalic(True)
    hidden.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
    hidden.setForeground(Qt.GlobalColor.transparent)
    looks = [(*result.span(), hidden) for result in _SPACES.finditer(text)]
    for result in _WORDS.finditer(text):
        start, end = result.span()
        looks += [(start + 1, end - 1, slanted)]
        looks += [(start, start + 1, hidden), (end - 1, end, hidden)]
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
