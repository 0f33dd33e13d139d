"""The language of the window: English as the code has it, German by Qt's translator.

The catalogue is `resources/translations/workbench_de.ts`; `packaging/translations.py` fills it from
the code and compiles it. Tables of words are made when their module is imported, so `choose` comes
before the window is imported, and another choice counts from the next start on.
"""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from workbench import paths

#: What can be chosen, by the name that the settings keep; "" is the language of the system.
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}

#: What differs from one sentence of the rooms below to the next: what it quotes, and numbers.
_FILLED = re.compile(
    r"“[^”]*”(?:(?:, | and | or )“[^”]*”)*"
    r"|(?:(?<=^Words of the question: )|(?<=^Nearby: )|(?<=” names )).+(?=\.$)"
    r"|\d+(?:[.,\u202f]\d+)*"
)
#: Where a sentence or an advice begins behind another one.
_NEXT = re.compile(r"(?<=[.?!:]) (?![^(]*\))")
_ASIDE = re.compile(r"(?<=\()[^()]+(?=\))")
_JOINED = re.compile(r"(?<=”) (and|or) (?=“)")

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
    """A text of the rooms below, which know no Qt, in the chosen language where it has one.

    The catalogue has {} for whatever a sentence quotes or counts, and sentences by themselves.
    """
    if _translator is None or not text:
        return text
    if found := _translator.translate("engine", text):
        return found
    form, values = _FILLED.sub("{}", text), iter(_FILLED.findall(text))
    said = [form] if _translator.translate("engine", form) else _NEXT.split(form)
    made = [_translator.translate("engine", each) or "" for each in said]
    if not all(made):
        return text
    filled = [[_quoted(next(values)) for _ in range(each.count("{}"))] for each in said]
    return " ".join(each.format(*those) for each, those in zip(made, filled, strict=True))


def _quoted(text: str) -> str:
    """What fills a sentence; words in quotes as they are quoted in the chosen language."""
    text = _JOINED.sub(lambda found: f" {known(found[1])} ", text)
    if text[:1] == "“":
        return text.replace("“", "„").replace("”", "“")
    return _ASIDE.sub(lambda found: known(found[0]), text)


def inside(text: str) -> str:
    """A text as it stands inside a sentence: in lower case, but German nouns keep their capital."""
    return text.lower() if _translator is None else text
