"""Titles and authors of books, from their first pages and from file names."""

import re
import unicodedata
from pathlib import PurePath

from ingest.language.numerals import months
from ingest.languages import word_set
from ingest.patterns import later

_SMALL = word_set(
    "a an and as at but by for from in into nor of off on or over per the to up"
    " via vs with de la le les du des et der die das und von zu im el los y da do"
    " e del di il"
)
_ROMAN = later(r"(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
_WORD = later(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def without_shouting(text: str) -> str:
    """Convert all capitals to title case: "THE WHALE" -> "The Whale"."""

    def lowered(match: re.Match[str]) -> str:
        word = match[0]
        previous = text[: match.start()].rstrip()
        if not word.isupper() or (len(word) > 1 and _ROMAN.match(word)):
            return word
        opens = not previous or previous[-1] in ".:;!?,—–("
        if word.lower() in _SMALL and not opens:
            return word.lower()
        return word[0] + word[1:].lower()

    letters = [character for character in text if character.isalpha()]
    shouted = sum(character.isupper() for character in letters)
    if not letters or shouted * 2 < len(letters):
        return text
    return _WORD.sub(lowered, text)


def tidy(text: str) -> str:
    """One line, single spaces, no full stop or comma at the end (an initial's stays)."""
    line = " ".join(text.split()).rstrip(",;:")
    if line.endswith(".") and not line.endswith("..") and not re.search(r"\b[^\W\d_]\.$", line):
        line = line[:-1]
    return line.strip(" _*")


#: Direction marks, including those around a name.
TURNING = later("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    """`text` for one line: without line ends, control characters or unpaired surrogates."""
    if text.isascii() and text.isprintable():
        return text
    sound = text.encode("utf-8", "replace").decode("utf-8")
    sound = "".join(
        " " if unicodedata.category(item) in {"Cc", "Zl", "Zp"} else item
        for item in TURNING.sub("", sound)
    )
    return " ".join(sound.split())


def from_file_name(path: PurePath | str) -> str:
    """A title made of the file's name: "moby-dick.txt" -> "Moby Dick"."""
    stem = one_line(PurePath(path).stem)
    words = re.sub(r"[_\s]+", " ", stem).strip()
    if " " not in words:
        words = re.sub(r"(?<=\w)-(?=\w)", " ", words)
    if words.islower():
        parts = words.split(" ")
        words = " ".join(
            part if index and part in _SMALL else part[:1].upper() + part[1:]
            for index, part in enumerate(parts)
        )
    return words or stem or "Untitled"


def iso_date(text: str) -> str:
    """The date in `text` as ISO 8601, as far as it is known, or ""."""
    match = re.search(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?", text)
    if match:
        return "-".join(part for part in match.groups() if part)
    match = re.match(r"\s*(?:D:)?(\d{4})(\d{2})(\d{2})", text)
    if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
        return f"{match[1]}-{match[2]}-{match[3]}"
    match = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([A-Za-z]+)\.?,?[ -](\d{4})\b", text)
    if match and match[2].lower() in months() and 1 <= int(match[1]) <= 31:
        return f"{match[3]}-{months()[match[2].lower()]:02d}-{int(match[1]):02d}"
    match = re.search(r"\b([A-Za-z]+)\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})\b", text)
    if match and match[1].lower() in months():
        month = months()[match[1].lower()]
        day = f"-{int(match[2]):02d}" if match[2] else ""
        return f"{match[3]}-{month:02d}{day}"
    match = re.search(r"\b(1[0-9]\d\d|20\d\d)\b", text)
    return match[1] if match else ""


#: English names of languages by their BCP 47 tags.
LANGUAGES = dict(
    map(
        str.split,
        """\
    en English
    de German
    fr French
    es Spanish
    it Italian
    nl Dutch
    pt Portuguese
    ru Russian
    sv Swedish
    da Danish
    nb Norwegian
    no Norwegian
    fi Finnish
    pl Polish
    cs Czech
    hu Hungarian
    ro Romanian
    tr Turkish
    el Greek
    uk Ukrainian
    bg Bulgarian
    vi Vietnamese
    ar Arabic
    zh Chinese
    ja Japanese
    ko Korean
    he Hebrew
    hi Hindi
    th Thai
    la Latin
    eo Esperanto
    ca Catalan
    tl Tagalog""".splitlines(),
    )
)
_TAGS = {name.lower(): tag for tag, name in LANGUAGES.items()}


def language_tag(name: str) -> str:
    """A BCP 47 tag from a tag or an English name of a language, or ""."""
    plain = name.strip()
    existing = _TAGS.get(plain.lower())
    if existing:
        return existing
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", plain):
        tag = plain.replace("_", "-")
        first, *remainder = tag.split("-")
        return "" if first.lower() == "und" else "-".join([first.lower(), *remainder])
    return ""
