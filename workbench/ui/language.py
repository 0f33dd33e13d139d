"""The language of the window: its texts by `workbench.translation`, Qt's by a QTranslator."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from workbench import translation
from workbench.translation import known as known
from workbench.translation import tr as tr
from workbench.translation import tr_n as tr_n

#: Languages by their name in the settings; "" is the system's language.
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}

_locale = QLocale.c()


def choose(name: str) -> None:
    """Set a language of `LANGUAGES`; "" selects the system's if available."""
    global _locale
    if not name:
        name = QLocale.system().uiLanguages()[0].partition("-")[0]
    if translation.choose(name):
        _locale = QLocale(name)
        QLocale.setDefault(_locale)


def translate_qt(app: QCoreApplication) -> None:
    """Translate Qt's own dialogs and buttons."""
    words = QTranslator(app)
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if _locale != QLocale.c() and words.load(_locale, "qtbase", "_", where):
        app.installTranslator(words)


def locale() -> QLocale:
    """The locale of numbers and dates."""
    return _locale


def inside(text: str) -> str:
    """Adapt a text for use within a sentence: lower case, except in German."""
    return text.lower() if _locale == QLocale.c() else text
