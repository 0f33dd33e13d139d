"""The sources that an answer cites as references for other programs: BibTeX and CSL JSON.

BibTeX as Patashnik's "BibTeXing" (1988) has it, with `url` and `langid` as biblatex reads them; CSL
JSON by the schema of citation-style-language 1.0.2. A reference that was imported keeps its key.
"""

import json
import re
import unicodedata
from collections.abc import Mapping

from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import place_words
from workbench.store.records import SourceRow

#: Forms in which an answer can be exported, and how their files end.
FORMS: Mapping[str, str] = {"markdown": "md", "bibtex": "bib", "csl": "json"}
_BOOKS = ("pdf", "text", "markdown")
_FILMS = ("video", "youtube", "captions")
_WEB = ("web", "html")
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def cited(answer: Answer) -> list[Evidence]:
    """The evidence that the answer cites, each once; all of it where no sentence cites any."""
    numbers = {n for sentence in answer.sentences for n in sentence.citations}
    return [item for item in answer.evidence if item.n in numbers or not numbers]


def bibtex(answer: Answer, rows: Mapping[int, SourceRow]) -> str:
    """An entry for each source cited, with the places that are; empty where there is none."""
    entries = []
    for row, items, key in _references(answer, rows):
        fields = {
            "author": " and ".join(f"{{{_tex(name)}}}" for name in _authors(row)),
            "title": f"{{{_tex(row.title)}}}",
            "year": (_date(row) or ["", ""])[0],
            "url": _url(row),
            "langid": row.language,
            "note": _tex(_places(items)),
        }
        kind = "book" if _is_book(row) else "misc"
        inner = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        entries.append(f"@{kind}{{{key},\n{inner}}}\n")
    return "\n".join(entries)


def csl(answer: Answer, rows: Mapping[int, SourceRow]) -> str:
    """A JSON list with an item for each source cited."""
    items: list[dict[str, object]] = []
    for row, cited_items, key in _references(answer, rows):
        date = _date(row)
        item: dict[str, object] = {
            "id": key,
            "type": _csl_type(row),
            "title": row.title,
            "author": [{"literal": name} for name in _authors(row)],
            "issued": {"date-parts": [[int(part) for part in date]]} if date else None,
            "URL": _url(row),
            "language": row.language,
            "note": _places(cited_items),
        }
        items.append({name: value for name, value in item.items() if value})
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _references(
    answer: Answer, rows: Mapping[int, SourceRow]
) -> list[tuple[SourceRow, list[Evidence], str]]:
    """Each source cited, in the order of the answer, with its quotes and a key of its own."""
    found: dict[int, list[Evidence]] = {}
    for item in cited(answer):
        if item.source.id in rows:
            found.setdefault(item.source.id, []).append(item)
    made = []
    taken: set[str] = set()
    for id_, items in found.items():
        key = base = _key(rows[id_])
        for letter in range(ord("b"), ord("z") + 1):
            if key not in taken:
                break
            key = f"{base}{chr(letter)}"
        key = key if key not in taken else f"{base}{id_}"
        taken.add(key)
        made.append((rows[id_], items, key))
    return made


def _key(row: SourceRow) -> str:
    """The key that the source came with, or one of its author, year and title."""
    if row.key:
        return re.sub(r"[\s,{}\\\"#%'()=~]", "", row.key) or f"source{row.id}"
    author = (_authors(row) or [""])[0]
    family = author.split(",")[0] if "," in author else (author.split() or [""])[-1]
    first = next((word for word in row.title.split() if len(word) > 3), row.title)
    made = _ascii(family) + (_date(row) or [""])[0] + _ascii(first)
    return made or f"source{row.id}"


def _ascii(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def _authors(row: SourceRow) -> list[str]:
    names = re.split(r"\s*;\s*|\s+and\s+|\s*&\s*", row.author)
    return [name.strip() for name in names if name.strip()]


def _date(row: SourceRow) -> list[str]:
    """Year, and month and day where they are known."""
    match = re.match(r"\s*(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", row.date)
    return [part for part in match.groups() if part] if match else []


def _url(row: SourceRow) -> str:
    return next((each for each in row.locations if re.match(r"https?://", each)), "")


def _places(items: list[Evidence]) -> str:
    places = dict.fromkeys(place_words(item.locator, item.source.kind) for item in items)
    told = "; ".join(place for place in places if place)
    return f"Cited: {told}" if told else ""


def _is_book(row: SourceRow) -> bool:
    """Whether a source is a book as far as can be told: a text that nobody wrote is none."""
    return row.kind == "epub" or (row.kind in _BOOKS and bool(row.author))


def _csl_type(row: SourceRow) -> str:
    if row.kind in _FILMS:
        return "motion_picture"
    if row.kind in _WEB:
        return "webpage"
    return "book" if _is_book(row) else "document"


def _tex(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in " ".join(text.split()))
