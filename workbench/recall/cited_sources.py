"""Exports sources as references: CSL JSON, BibTeX and RIS.

BibTeX follows Patashnik's "BibTeXing" (1988), with `url` and `langid` as in biblatex; CSL JSON
follows the schema of citation-style-language 1.0.2. An imported reference keeps its key.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.language.word_lists import classes
from ingest.records import AND_OTHERS
from workbench.store.records import SourceRow

_BOOKS = ("pdf", "text", "markdown")
_FILMS = ("video", "youtube", "captions")
_WEB = ("web", "html")
#: A PDF with fewer pages is a paper, with more a book.
_PAGES_OF_A_BOOK = 60
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ENTRIES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "chapter": "incollection", "book": "book",
    "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished",
}  # fmt: skip
_RIS_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "paper-conference": "CONF", "chapter": "CHAP", "book": "BOOK", "thesis": "THES",
    "report": "RPRT", "manuscript": "UNPB", "webpage": "ELEC", "motion_picture": "VIDEO",
}  # fmt: skip
_RIS_FIELDS = {
    "T2": "container-title", "PB": "publisher", "VL": "volume", "IS": "issue", "DO": "DOI",
    "UR": "URL", "LA": "language", "N1": "note",
}  # fmt: skip
#: Letters without an ASCII decomposition.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "þ": "th"})
_VENUES = {"paper-conference": "booktitle", "chapter": "booktitle"}
_SUFFIXES = ("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited source; `places` are the locations in words."""

    row: SourceRow
    places: str = ""


def bibtex(cited: Sequence[Cited]) -> str:
    """The BibTeX entries of sources; "" if there are none."""
    entries = []
    for each, key in _keyed(cited):
        row, said = each.row, each.row.metadata
        kind = csl_type(row)
        fields = {
            "author": " and ".join(map(_tex_name, people(row))),
            "editor": " and ".join(map(_tex_name, editors(row))),
            "title": f"{{{_tex(row.title)}}}",
            _VENUES.get(kind, "journal"): "" if kind == "book" else _tex(_venue(row)),
            "publisher": _tex(said.get("publisher", "")),
            "volume": _tex(said.get("volume", "")),
            "number": _tex(said.get("issue", "")),
            "pages": _tex(said.get("page_range", "").replace("–", "--")),
            "year": (_date(row) or ["", ""])[0],
            "date": "-".join(_date(row)) if len(_date(row)) > 1 else "",
            "doi": _tex(said.get("doi", "")),
            "url": _url(row),
            "langid": row.language,
            "keywords": _tex(", ".join(_tags(row))),
            "note": _tex(each.places),
        }
        inner = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        entries.append(f"@{_ENTRIES.get(kind, 'misc')}{{{key},\n{inner}}}\n")
    return "\n".join(entries)


def csl_items(cited: Sequence[Cited]) -> list[dict[str, Any]]:
    """The CSL items of sources, in order."""
    items = []
    for each, key in _keyed(cited):
        row, said, date = each.row, each.row.metadata, _date(each.row)
        item: dict[str, Any] = {
            "id": key,
            "type": csl_type(row),
            "title": row.title,
            "author": people(row),
            "editor": editors(row),
            "issued": {"date-parts": [[int(part) for part in date]]} if date else None,
            "container-title": _venue(row),
            "publisher": said.get("publisher"),
            "volume": said.get("volume"),
            "issue": said.get("issue"),
            "page": said.get("page_range", "").replace("–", "-"),
            "DOI": said.get("doi"),
            "URL": _url(row),
            "language": row.language,
            "keyword": ", ".join(_tags(row)),
            "note": each.places,
        }
        items.append({name: value for name, value in item.items() if value})
    return items


def ris(cited: Sequence[Cited]) -> str:
    """The RIS entries of sources, for EndNote and Zotero; "" if there are none."""
    entries = []
    for item in csl_items(cited):
        date = [f"{part:02}" for part in item.get("issued", {"date-parts": [[]]})["date-parts"][0]]
        first, _, last = item.get("page", "").partition("-")
        fields = [
            ("TY", _RIS_TYPES.get(item["type"], "GEN")),
            *(("AU", _inverted_name(name)) for name in item.get("author", ())),
            *(("ED", _inverted_name(name)) for name in item.get("editor", ())),
            ("TI", item["title"]),
            ("PY", date[0] if date else ""),
            ("DA", "/".join(date)),
            *((tag, item.get(name, "")) for tag, name in _RIS_FIELDS.items()),
            *(("SP", first), ("EP", last)),
            *(("KW", tag) for tag in item.get("keyword", "").split(", ")),
        ]
        lines = (f"{tag}  - {' '.join(value.split())}\n" for tag, value in fields if value)
        entries.append("".join(lines) + "ER  - \n")
    return "\n".join(entries)


def _inverted_name(name: Mapping[str, str]) -> str:
    return name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"))))


def csl_type(row: SourceRow) -> str:
    """The type of a source: from its reference, else by its format."""
    if said := row.metadata.get("type"):
        return said
    if row.metadata.get("doi"):
        return "article-journal"
    if row.kind in _FILMS:
        return "motion_picture"
    if row.kind in _WEB:
        return "webpage"
    if row.kind == "pdf" and row.pages < _PAGES_OF_A_BOOK:
        return "document"
    # A text without an author is not a book.
    is_book = row.kind == "epub" or (row.kind in _BOOKS and bool(row.author))
    return "book" if is_book else "document"


def people(row: SourceRow) -> list[Mapping[str, str]]:
    """The authors of a source as CSL names: family and given, or literal."""
    if listed := row.metadata.get("authors"):
        return [_inverted(name) for name in listed.splitlines()]
    return [_person(name) for name in _split(row.author)]


def inverted_names(line: str) -> list[str]:
    """The people in a line of authors, as “Family, Given” or literally."""
    names = (_person(name) for name in _split(line))
    return [
        ", ".join(filter(None, (name.get("family"), name.get("given")))) or name["literal"]
        for name in names
    ]


def editors(row: SourceRow) -> list[Mapping[str, str]]:
    """The editors of a source as CSL names."""
    return [_inverted(name) for name in row.metadata.get("editors", "").splitlines()]


def _tags(row: SourceRow) -> list[str]:
    return row.metadata.get("tags", "").splitlines()


def _split(line: str) -> Iterator[str]:
    """Yield the names in a line of authors; “Holm, Ada” is one, “Ada Holm, Otto Berg” are two."""
    for part in re.split(r"\s*;\s*|,?\s+and\s+|,?\s*&\s*", line):
        pieces = [piece for piece in map(str.strip, part.split(",")) if piece]
        if len(pieces) == 2 and not all(" " in piece for piece in pieces):
            yield ", ".join(pieces)
            continue
        names: list[str] = []
        for piece in pieces:
            if names and piece in _SUFFIXES:
                names[-1] += f" {piece}"
            else:
                names.append(piece)
        yield from names


def _person(name: str) -> Mapping[str, str]:
    if "," in name:
        return _inverted(name)
    words = name.split()
    if len(words) < 2 or words[0] == "The":
        return {"literal": name}
    end = len(words) - (words[-1] in _SUFFIXES)
    # Particles belong to the family name: Otto van den Berg, Ursula K. Le Guin.
    listed = classes("title_block.txt")["particles"]
    particles = [
        at
        for at in range(1, end - 1)
        if words[at].islower() or (len(words[at]) > 1 and words[at].lower() in listed)
    ]
    at = particles[0] if particles else max(1, end - 1)
    return {"family": " ".join(words[at:]), "given": " ".join(words[:at])}


def _inverted(name: str) -> Mapping[str, str]:
    family, comma, given = name.partition(",")
    if not comma:
        return {"literal": name}
    return {"family": family.strip(), "given": given.strip()}


def _keyed(cited: Sequence[Cited]) -> Iterator[tuple[Cited, str]]:
    """Yield each source with a unique key."""
    taken: set[str] = set()
    for each in cited:
        key = base = _key(each.row)
        for letter in "bcdefghijklmnopqrstuvwxyz":
            if key not in taken:
                break
            key = f"{base}{letter}"
        key = key if key not in taken else f"{base}{each.row.id}"
        taken.add(key)
        yield each, key


def _key(row: SourceRow) -> str:
    """The imported key, or one of author, year and title."""
    if given := row.metadata.get("citation_key") or row.key:
        kept = (sign for sign in given if not (sign.isspace() or sign in ",{}\\\"#%'()=~"))
        return "".join(kept) or f"source{row.id}"
    first = next(iter(people(row)), {})
    word = next((word for word in row.title.split() if len(word) > 3), row.title)
    family = first.get("family") or first.get("literal", "")
    made = _ascii(family) + (_date(row) or [""])[0] + _ascii(word)
    return made or f"source{row.id}"


def _ascii(word: str) -> str:
    plain = (
        unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
        .encode("ascii", "ignore")
        .decode()
    )
    return "".join(filter(str.isalnum, plain))


def _date(row: SourceRow) -> list[str]:
    """Year, and month and day if known."""
    match = re.match(r"\s*(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", row.date)
    return [part for part in match.groups() if part] if match else []


def _url(row: SourceRow) -> str:
    places = (row.metadata.get("url", ""), *row.locations, row.metadata.get("address", ""))
    return next((each for each in places if each.startswith(("http://", "https://"))), "")


def _venue(row: SourceRow) -> str:
    venue = row.metadata.get("venue", "")
    return "" if venue == row.metadata.get("publisher") else venue


def _tex_name(name: Mapping[str, str]) -> str:
    if name.get("literal") == AND_OTHERS:
        return "others"
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    return f"{_tex(name['family'])}, {_tex(name['given'])}"


def _tex(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in " ".join(text.split()))
