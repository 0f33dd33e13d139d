"""Translations: English as the code has it, other languages from catalogues of `gettext`.

A catalogue is `resources/translations/<language>/LC_MESSAGES/workbench.mo`;
`packaging/translations.py` makes it. Nothing is translated before `choose`, which the window and
the command line call with the language of the settings. Tables of words are made when their module
is imported, so `choose` comes first, and another choice counts from the next start on.
"""

import errno
import gettext
import os
import re

from workbench import paths

_DOMAIN = "workbench"

#: What differs from one sentence of the rooms below to the next: what it quotes, numbers, and what
#: the system says.
_FILLED = re.compile(
    r"“[^”]*”(?:(?:, | and | or )“[^”]*”)*"
    r"|(?:(?<=^Words of the question: )|(?<=^Nearby: )|(?<=^Two sources differ: )|(?<=” names ))"
    r".+(?=\.$)"
    r"|(?<=workbench salvage ).+(?= NEW)|https?://[^\s,]+[^\s,.]"
    r"|\d+(?:[.,\u202f]\d+)*"
    rf"|(?<=\()(?:{'|'.join(map(re.escape, map(os.strerror, errno.errorcode)))})(?=\))"
)
#: Where a sentence or an advice begins behind another one.
_NEXT = re.compile(r"(?<=[.?!:]) (?![^(]*\))")
_ASIDE = re.compile(r"(?<=\()[^()]+(?=\))")
_JOINED = re.compile(r"(?<=”) (and|or) (?=“)")

_catalogue = gettext.NullTranslations()


def preferred() -> str:
    """The language that the environment asks for first: “de” of “de_AT.UTF-8:en”."""
    variables = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    value = next(filter(None, map(os.environ.get, variables)), "")
    return re.split("[_.:@]", value)[0]


def choose(language: str) -> bool:
    """Translate into a language from now on; English where there is no catalogue of it."""
    global _catalogue
    folder = str(paths.resources() / "translations")
    _catalogue = gettext.translation(_DOMAIN, folder, [language], fallback=True)
    is_translated = isinstance(_catalogue, gettext.GNUTranslations)
    if is_translated:
        # For the words of `argparse`, which asks `gettext` itself.
        os.environ["LANGUAGE"] = language
        gettext.bindtextdomain(_DOMAIN, folder)
    gettext.textdomain(_DOMAIN if is_translated else "messages")
    return is_translated


def tr(text: str, /, **values: object) -> str:
    """A text in the chosen language, with its `{placeholders}` filled."""
    text = _catalogue.gettext(text) if text else text
    return text.format(**values) if values else text


def tr_n(value: int, one: str, many: str, /, **values: object) -> str:
    """The form of a text or a noun that goes with a number, as `tr` fills it."""
    text = _catalogue.ngettext(one, many, value)
    return text.format(**values) if values else text


def _engine(text: str) -> str:
    translated = _catalogue.pgettext("engine", text)
    return "" if translated == text else translated


def known(text: str) -> str:
    """A text of the rooms below in the chosen language, where the catalogue has it.

    The catalogue has {} for whatever a sentence quotes or counts, and sentences by themselves.
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
    """What fills a sentence; words in quotes as they are quoted in the chosen language."""
    text = _JOINED.sub(lambda match: f" {known(match[1])} ", text)
    if text[:1] == "“":
        return text.replace("“", "„").replace("”", "“")
    return _engine(text) or _ASIDE.sub(lambda match: known(match[0]), text)
