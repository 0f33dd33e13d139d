"""_Words_ of plain text in italics: nothing leaves the document, whose positions are a source's."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from workbench.ui.components.words import emphasise


def _looks(document: QTextDocument, at: int) -> tuple[bool, bool]:
    """Whether the sign at `at` is slanted, and whether it is hidden."""
    cursor = QTextCursor(document)
    cursor.setPosition(at + 1)
    look = cursor.charFormat()
    return look.fontItalic(), look.font().pixelSize() == 1


@pytest.mark.usefixtures("qapp")
def test_words_between_underscores_are_slanted_and_the_underscores_hidden() -> None:
    text = "\U0001f433 So _very like_ a whale;  snake_case_name and __init__ stay, _ too."
    document = QTextDocument()
    document.setPlainText(text)
    emphasise(document)
    assert document.toPlainText() == text
    # The whale counts twice in Qt.
    at = {word: text.index(word) + 1 for word in ("_very", "very", "like_", " a whale", "_case")}
    assert _looks(document, at["_very"]) == (False, True)
    assert _looks(document, at["very"]) == (True, False)
    assert _looks(document, at["like_"] + 4) == (False, True)
    assert _looks(document, at[" a whale"] + 1) == (False, False)
    assert _looks(document, at["_case"]) == (False, False)
    assert _looks(document, text.index("__init__") + 1) == (False, False)
    gap = text.index(";  ") + 2
    assert [_looks(document, gap + each) for each in (0, 1)] == [(False, False), (False, True)]


def test_a_document_without_any_is_not_touched(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setPlainText("Call me Ishmael.")
    changes: list[int] = []
    document.contentsChange.connect(lambda *_where: changes.append(1))
    emphasise(document)
    assert changes == []
