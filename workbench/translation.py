"""Translations: English in the code, other languages in `gettext` catalogues.

`packaging/translations.py` compiles `resources/translations/<language>/LC_MESSAGES/workbench.mo`.
Nothing is translated before `choose`, which the window and the command line call with the language
of the settings. Modules translate their tables on import, so `choose` comes first, and a new choice
takes effect at the next start.
"""

import errno
import gettext
import os
import re

from workbench import paths

_DOMAIN = "workbench"

#: The variable parts of a message of other packages: quotes, numbers, and errors of the system.
_FILLED = re.compile(
    r"“[^”]*”(?:(?:, | and | or )“[^”]*”)*"
    r"|(?:(?<=^Words of the question: )|(?<=^Nearby: )|(?<=^Two sources differ: )|(?<=” names ))"
    r".+(?=\.$)"
    r"|(?<=workbench salvage ).+(?= NEW)|https?://[^\s,]+[^\s,.]"
    r"|\d+(?:[.,\u202f]\d+)*"
    rf"|(?<=\()(?:{'|'.join(map(re.escape, map(os.strerror, errno.errorcode)))})(?=\))"
)
#: Boundaries between sentences.
_NEXT = re.compile(r"(?<=[.?!:]) (?![^(]*\))")
_ASIDE = re.compile(r"(?<=\()[^()]+(?=\))")
_JOINED = re.compile(r"(?<=”) (and|or) (?=“)")

_catalogue = gettext.NullTranslations()


def preferred() -> str:
    """The first language of the environment: “de” for “de_AT.UTF-8:en”."""
    variables = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    value = next(filter(None, map(os.environ.get, variables)), "")
    return re.split("[_.:@]", value)[0]


def choose(language: str) -> bool:
    """Install the catalogue of a language; English if there is none."""
    global _catalogue
    folder = str(paths.resources() / "translations")
    _catalogue = gettext.translation(_DOMAIN, folder, [language], fallback=True)
    is_translated = isinstance(_catalogue, gettext.GNUTranslations)
    if is_translated:
        # `argparse` calls `gettext` itself.
        os.environ["LANGUAGE"] = language
        gettext.bindtextdomain(_DOMAIN, folder)
    gettext.textdomain(_DOMAIN if is_translated else "messages")
    return is_translated


def tr(text: str, /, **values: object) -> str:
    """Translate a text, and fill its `{placeholders}`."""
    text = _catalogue.gettext(text) if text else text
    return text.format(**values) if values else text


def tr_n(value: int, one: str, many: str, /, **values: object) -> str:
    """Translate a text with the plural form for a number; fills placeholders like `tr`."""
    text = _catalogue.ngettext(one, many, value)
    return text.format(**values) if values else text


def _engine(text: str) -> str:
    translated = _catalogue.pgettext("engine", text)
    return "" if translated == text else translated


def known(text: str) -> str:
    """Translate a message of other packages, if the catalogue has it.

    Catalogues have sentences one by one, with {} for quotes and numbers.
    """
    if translated := _engine(text):
        return translated
    form, values = _FILLED.sub("{}", text), iter(_FILLED.findall(text))
    sentences = [form] if _engine(form) else _NEXT.split(form)
    translations = list(map(_engine, sentences))
    if not all(translations):
        return text
    quoted = [[_quoted(next(values)) for _ in range(row.count("{}"))] for row in sentences]
    pairs = zip(translations, quoted, strict=True)
    return " ".join(sentence.format(*fillings) for sentence, fillings in pairs)


def _quoted(text: str) -> str:
    """Translate a variable part; quotations only get the quotation marks of the language."""
    text = _JOINED.sub(lambda match: f" {known(match[1])} ", text)
    if text[:1] == "“":
        return text.replace("“", "„").replace("”", "“")
    return _engine(text) or _ASIDE.sub(lambda match: known(match[0]), text)
