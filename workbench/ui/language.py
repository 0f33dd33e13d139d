"""The language of the window: English as the code has it, German by Qt's translator.

The catalogue is `resources/translations/workbench_de.ts`; `packaging/translations.py` fills it from
the code and compiles it. Tables of words are made when their module is imported, so `choose` comes
before the window is imported, and another choice counts from the next start on.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from workbench import paths

#: What can be chosen, by the name that the settings keep; "" is the language of the system.
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}

_translator: QTranslator | None = None
_locale = QLocale.c()


def choose(name: str) -> None:
    """Take a language of `LANGUAGES`, or with "" the one of the system where it is among them."""
    global _translator, _locale
    if not name:
        name = QLocale.system().uiLanguages()[0].partition("-")[0]
    if name != "de":
        return
    found = QTranslator()
    if found.load("workbench_de", str(paths.resources() / "translations")):
        _translator, _locale = found, QLocale("de_DE")
        QLocale.setDefault(_locale)


def translate_qt(app: QCoreApplication) -> None:
    """Put the words of Qt's own dialogs and buttons into the chosen language."""
    words = QTranslator(app)
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if _translator is not None and words.load(_locale, "qtbase", "_", where):
        app.installTranslator(words)


def locale() -> QLocale:
    """How numbers and dates are written."""
    return _locale


def tr(text: str, /, **values: object) -> str:
    """A text of the window in the chosen language, with its `{placeholders}` filled."""
    if _translator is not None:
        text = _translator.translate("workbench", text) or text
    return text.format(**values) if values else text


def tr_n(value: int, one: str, many: str, /, **values: object) -> str:
    """The form of a text or a noun that goes with a number, as `tr` fills it."""
    text = one if value == 1 else many
    if _translator is not None:
        text = _translator.translate("count", one, "", value) or text
    return text.format(**values) if values else text


def known(text: str) -> str:
    """A text of the rooms below, which know no Qt, in the chosen language where it has one."""
    if _translator is not None:
        return _translator.translate("engine", text) or text
    return text


def inside(text: str) -> str:
    """A text as it stands inside a sentence: in lower case, but German nouns keep their capital."""
    return text.lower() if _translator is None else text
