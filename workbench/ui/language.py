"""The language of the window: its texts by `workbench.translation`, Qt's own by Qt's translator."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from workbench import translation
from workbench.translation import known as known
from workbench.translation import tr as tr
from workbench.translation import tr_n as tr_n

#: What can be chosen, by the name that the settings keep; "" is the language of the system.
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}

_locale = QLocale.c()


def choose(name: str) -> None:
    """Take a language of `LANGUAGES`, or with "" the one of the system where it is among them."""
    global _locale
    if not name:
        name = QLocale.system().uiLanguages()[0].partition("-")[0]
    if translation.choose(name):
        _locale = QLocale(name)
        QLocale.setDefault(_locale)


def translate_qt(app: QCoreApplication) -> None:
    """Put the words of Qt's own dialogs and buttons into the chosen language."""
    words = QTranslator(app)
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if _locale != QLocale.c() and words.load(_locale, "qtbase", "_", where):
        app.installTranslator(words)


def locale() -> QLocale:
    """How numbers and dates are written."""
    return _locale


def inside(text: str) -> str:
    """A text as it stands inside a sentence: in lower case, but German nouns keep their capital."""
    return text.lower() if _locale == QLocale.c() else text
