"""Walk the window in German and say what a reader would see in English, or cut off.

A process of its own, for tables of words are translated when their module is first imported.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from workbench.ui import language, theme

#: Names and words that are the same in both languages, or that no language owns.
_SAME = frozenset({"Engram Workbench", "English", "Name", "Text", "Version", "Status"})


def texts(window: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Every word that a widget shows or says, with the widget."""
    for each in (window, *window.findChildren(QWidget)):
        yield each.accessibleName(), each
        yield each.toolTip(), each
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text(), each
        elif isinstance(each, QLineEdit):
            yield each.placeholderText(), each
        elif isinstance(each, QComboBox):
            yield from ((each.itemText(at), each) for at in range(each.count()))
        elif isinstance(each, QTabBar):
            yield from ((each.tabText(at), each) for at in range(each.count()))


def english() -> frozenset[str]:
    """The English of every text that reads otherwise in German."""
    from tests.ui.test_translations import GERMAN

    return (
        frozenset(
            text.replace("&", "")
            for (context, text), forms in GERMAN.items()
            if context == "workbench"
            and len(text) > 3
            and "{" not in text
            # What is not translated yet is shown in English.
            and forms[0] not in ("", text)
        )
        - _SAME
        - {form for (_, text), forms in GERMAN.items() for form in forms}
    )


def cut(window: QWidget) -> list[str]:
    """Buttons that are narrower than their own words."""
    return [
        each.text()
        for each in window.findChildren(QAbstractButton)
        if each.isVisible()
        and each.text()
        # Inside a field there is but a sign.
        and not isinstance(each.parent(), QLineEdit)
        # The way to the omnibox gives way to the tabs, as far as to its sign.
        and each.property("kind") != "omnibox"
        and each.width() < each.minimumSizeHint().width()
    ]


def walk(size: tuple[int, int], zoom: float = 1.0) -> list[str]:
    """Go to all places, to every page of Settings and through the menus; what is wrong there."""
    from tests.ui.fake_library import as_library
    from tests.ui.fake_shelf import FakeShelfLibrary
    from workbench.settings import Settings
    from workbench.ui.window.main import MainWindow

    fake = as_library(FakeShelfLibrary())
    theme.zoom_first(zoom)
    theme.apply(QApplication.instance(), "light")  # type: ignore[arg-type]
    settings = Settings(zoom=zoom)
    window = MainWindow(Path("Probe.brain"), lambda _path: fake, settings, remember=False)
    window.resize(*size)
    window.show()
    wrong: list[str] = []
    known = english()

    def look(where: str) -> None:
        for _ in range(40):
            QApplication.processEvents()
        wrong.extend(
            f"{where}: {text!r} of {type(widget).__name__}"
            for text, widget in texts(window)
            if text.strip() in known
        )
        wrong.extend(f"{where}: {text!r} is cut" for text in cut(window))
        if window.size().toTuple() != size:
            wrong.append(f"{where}: the window is {window.size().toTuple()}")

    for name, action in window.actions_by_name.items():
        # With nothing to undo, nothing is named after the colon.
        if action.text().replace("&", "") in known or action.text().endswith(":"):
            wrong.append(f"menu: {name}: {action.text()!r}")
        if name.startswith("tab_"):
            action.trigger()
            look(name)
    window.preferences.show()
    for page in window.preferences.pages.pages:
        window.preferences.show(page)
        look(f"settings, {page.title.name}")
    window.close()
    return list(dict.fromkeys(wrong))


def main() -> int:
    """Print what is wrong; 1 where anything is."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["WORKBENCH_HOME"] = home
        app = QApplication(["workbench"])
        language.choose("de")
        language.translate_qt(app)
        ways = (((1280, 800), 1.0), ((1024, 700), 1.0), ((1024, 700), 2.0))
        wrong = [f"{size}, {zoom}: {each}" for size, zoom in ways for each in walk(size, zoom)]
    print(*wrong, sep="\n")
    sys.stdout.flush()
    os._exit(bool(wrong))


if __name__ == "__main__":
    main()
