"""Lists of references: each entry is a source with its metadata.

BibTeX, RIS, CSL-JSON, Zotero, and the formats of PubMed, Web of Science and EndNote.

The text of an entry is its reference as one sentence, so that it is found by author, title and
year, then its abstract and notes. Files are parsed by bibtexparser and rispy. Unreadable entries
are reported and left out.
"""

import json
import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path, PureWindowsPath
from typing import Any

from ingest import reference_formats, zotero
from ingest.books.encoding import decode
from ingest.books.naming import iso_date, language_tag
from ingest.books.plain_latex import plain_latex
from ingest.detection import detect_language
from ingest.errors import EmptyFileError
from ingest.json_lines import whole_source
from ingest.kinds import sniff
from ingest.parts import Parts
from ingest.records import AND_OTHERS, Notice, Reading, ReadRequest, Source

#: Name and version of the readers, stored in the `Source` of each entry.
READERS = {
    **{"bibtex": "bibtex/5", "ris": "ris/4", "csl": "csl/2", "zotero": "zotero/3"},
    **{kind: f"{kind}/1" for kind in reference_formats.FIELDS},
}
_INTERVAL = 64
_MAX_TOLD = 12
#: Types of attachments that are read with an entry.
_ATTACHED = (".pdf", ".epub", ".html", ".htm", ".docx", ".odt", ".rtf", ".txt", ".md")
_TYPE, _END = re.compile(r"(?m)^TY  -.*\n?"), re.compile(r"(?m)^ER  ?-.*$")
_TAGGED = re.compile(r"(?m)^[A-Z][A-Z0-9]  -")
#: Words of an abstract from which its language is detected.
_MIN_WORDS = 20
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
#: Fields that an entry does not inherit.
_OWN_FIELDS = frozenset(
    {"kind", "title", "shorttitle", "subtitle", "crossref", "xref", "xdata", "file", "abstract"}
    | {"note", "annotation", "annote", "keywords", "pages", "doi", "url"}
)
_COMPLETE = ("book", "collection", "proceedings", "mvbook")
_VERBATIM = ("url", "doi", "eprint")
_DEEPEST = 8
#: Limit of macro expansion, as a multiple of the file's length, and the length of a short file.
_EXPANDED, _SHORT_FILE = 10, 100_000
_JOINT = re.compile(r'[{}"#]')
#: Names of several people in one line, divided only by commas.
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_TILDE = re.compile(r"\\~\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z])(?![A-Za-z]*\{\}))")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|p|jats:\w+|span[^<>]*)>")
_HINT = "Correct it in the program that wrote the list, and add the list again."
#: CSL types of works, by the names of other formats.
_KINDS = {
    name: row.split()[0]
    for row in """\
    article-journal article jour journalarticle ejour
    paper-conference inproceedings conference cpaper conf conferencepaper
    chapter incollection inbook chap booksection
    thesis phdthesis mastersthesis thesis thes
    report techreport report rprt
    webpage online elec webpage blogpost blog
    article-newspaper newspaperarticle news
    article-magazine magazinearticle mgzn
    manuscript unpublished manuscript unpb
    book proceedings booklet manual
    entry-encyclopedia encyclopediaarticle dictionaryentry
    motion_picture videorecording film video
    article preprint
    speech presentation
    broadcast podcast
    software computerprogram
    dataset dataset""".splitlines()
    for name in row.split()[1:]
}
_PLAIN_KINDS = ("book", "patent", "map", "speech", "dataset", "software", "interview", "letter")
#: Fields by their names in the three formats.
_VENUES = (
    "journal", "journaltitle", "booktitle", "container-title", "secondary_title",
    "alternate_title3", "journal_name", "alternate_title2", "alternate_title1", "publisher",
    "school", "institution",
)  # fmt: skip
#: Fields without a place of their own, which are a note.
_MORE = (
    *("edition", "series", "chapter", "address", "location", "place_published", "place"),
    *("howpublished", "eprint", "isbn", "issn", *(f"custom{number}" for number in range(1, 9))),
)
_PUBLISHERS = ("publisher", "school", "institution")
_ZOTERO_VENUES = (
    "publicationtitle", "booktitle", "proceedingstitle", "conferencename", "university",
    "websitetitle", "blogtitle", "publisher", "institution",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a list. `files` are its attachments, as written there.

    `id` is its identifier unless that is the citation key; `kind` is a CSL type. `names` are those
    of its authors, of people as “Holm, Ada”.
    """

    key: str
    title: str
    names: tuple[str, ...]
    date: str
    editors: tuple[str, ...] = ()
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    kind: str = ""
    doi: str = ""
    url: str = ""
    abstract: str = ""
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    language: str = ""
    id: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Authors in natural order: “Ada Holm”."""
        return tuple(map(_in_order, self.names))

    @property
    def line(self) -> str:
        """The reference as one sentence: who, what, where and when."""
        *remaining, final = self.authors or ("",)
        between = " " if final == AND_OTHERS else " and "
        person = f"{', '.join(remaining)}{between}{final}" if remaining else final
        doi = f"doi:{self.doi}" if self.doi else ""
        volume = f"{self.volume}({self.issue})" if self.volume and self.issue else self.volume
        instant = self.date[:4] if self.date[:4].isdecimal() else self.date
        location = ", ".join(filter(None, (self.venue, volume, self.pages, instant, doi)))
        text = f"{person} wrote “{self.title}”" if person else f"“{self.title}”"
        return f"{text} ({location})." if location else f"{text}."


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield each entry as a `Source` (its `key` the citation key) and its `Section`.

    Each source has its own title, and all are returned: `title` and `start_section` do not apply.
    Raises `EmptyFileError` if no entry has a title.
    """
    kind = sniff(path)
    results, bad = references(path, kind)
    folder = request.folder or path.parent
    parts = Parts("entry")
    has_any = False
    for number, entry in enumerate(results):
        if number % _INTERVAL == 0:
            request.cancel()
            request.report(number, len(results), "entries")
        record: dict[str, object] = {
            "id": entry.id or entry.key,
            "title": entry.title,
            "text": _text(entry),
        }
        record |= {"author": list(entry.authors), "date": entry.date}
        record |= {"tags": entry.tags, "collections": entry.collections}
        created = parts.items(
            entry.key or str(number + 1), partial(_source, record, entry, kind, folder)
        )
        has_any = has_any or bool(created)
        yield from created
    if not has_any:
        reason = f" {bad[0]}" if bad else ""
        raise EmptyFileError(f"This list contains no reference with a title.{reason}", _HINT)
    for sentence in bad[:_MAX_TOLD]:
        yield Notice("bad_entry", sentence, _HINT, words="")
    if len(bad) > _MAX_TOLD:
        more = len(bad) - _MAX_TOLD
        yield Notice("bad_entries", f"{more:,} more entries were left out.", _HINT, words="")
    yield from _missing_files(results, folder)
    yield from parts.notices()
    request.report(len(results), len(results), "entries")


def _source(record: Mapping[str, Any], entry: Reference, kind: str, folder: Path) -> list[Reading]:
    topic = " ".join((entry.abstract, *entry.notes))
    guessed = detect_language(topic) if len(topic.split()) >= _MIN_WORDS else ""
    first, *remainder = whole_source(record, READERS[kind], entry.language or guessed)
    assert isinstance(first, Source)
    facts = {"citation_key": entry.key, "doi": entry.doi, "url": entry.url, "venue": entry.venue}
    facts |= {"type": entry.kind, "publisher": entry.publisher}
    facts |= {"volume": entry.volume, "issue": entry.issue, "page_range": entry.pages}
    # A line of authors does not mark the family names.
    facts["authors"], facts["editors"] = "\n".join(entry.names), "\n".join(entry.editors)
    files = attachments(entry, folder)
    facts["attachments"] = "\n".join(map(str, files))
    facts["tags"] = "\n".join(entry.tags)
    facts["collections"] = "\n".join(entry.collections)
    metadata = {name: value for name, value in facts.items() if value}
    return [replace(first, metadata=metadata), *remainder]


def _text(entry: Reference) -> str:
    return "\n\n".join(filter(None, (entry.line, entry.abstract, *entry.notes)))


def attachments(entry: Reference, folder: Path) -> list[Path]:
    """The existing files of an entry; `folder` is that of the list."""
    results = (_attached(name, folder) for name in entry.files)
    return list(dict.fromkeys(path.resolve() for path in results if path))


def _attached(name: str, folder: Path) -> Path | None:
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        # The user does not exist.
        return None
    path = path if path.is_absolute() else folder / path
    return path if path.suffix.lower() in _ATTACHED and path.is_file() else None


def _missing_files(entries: Sequence[Reference], folder: Path) -> Iterator[Notice]:
    """A notice about readable files of entries that do not exist."""
    names = [
        PureWindowsPath(name).name
        for entry in entries
        for name in entry.files
        if name.lower().endswith(_ATTACHED) and not _attached(name, folder)
    ]
    if names:
        more = f" and {len(names) - _MAX_TOLD:,} more" if len(names) > _MAX_TOLD else ""
        members = ", ".join(f"“{name}”" for name in names[:_MAX_TOLD])
        yield Notice(
            "files_missing",
            f"Files that this list names are not there and were left out: {members}{more}.",
            "Put them back where the list has them, or correct it, and add the list again.",
        )


def references(path: Path, kind: str) -> tuple[list[Reference], list[str]]:
    """The entries of a list that have a title, and a sentence for each that was left out."""
    bad: list[str] = []
    if kind == "zotero":
        results = [_from_zotero(item) for item in zotero.items(path)]
    else:
        text = decode(path.read_bytes()).text
        if kind in reference_formats.FIELDS:
            results = [_from_fields(entry) for entry in reference_formats.entries(text, kind)]
        else:
            results, bad = {"bibtex": _bibtex, "ris": _ris, "csl": _csl}[kind](text)
    if kind != "bibtex":
        results = [_without_tex(entry) for entry in results]
    for entry in results:
        if not entry.title:
            bad.append(f"The entry “{entry.key or '?'}” has no title and was left out.")
    return [entry for entry in results if entry.title], bad


#: An accent of TeX over a letter: “\\~n”, “{\\'e}”, “\\v{c}”.
_ACCENT = re.compile(
    r"""\{\\[`'^"~=.]\s?(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])\}"""
    r"""|\\[`'^"~=.](?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"""
    r"""|\{\\[uvHckrtdb]\s?\{?[A-Za-z]\}?\}|\\[uvHckrtdb]\{[A-Za-z]\}|\{\\[A-Za-z]{1,2}\}"""
)


def _without_tex(entry: Reference) -> Reference:
    """The entry with letters for accents of TeX, which exports of BibTeX leave in other formats."""

    def plain(text: str) -> str:
        return _ACCENT.sub(lambda found: plain_latex(found[0]), text)

    return replace(
        entry,
        title=plain(entry.title),
        names=tuple(map(plain, entry.names)),
        editors=tuple(map(plain, entry.editors)),
        venue=plain(entry.venue),
    )


# -- BibTeX ----------------------------------------------------------------------------------------


def _bibtex(text: str) -> tuple[list[Reference], list[str]]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry

    # It warns of every block that it skips, which a notice reports here.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text, parse_stack=[])
    entries = list(library.entries)
    bad = []
    for block in library.failed_blocks:
        repeated = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
        if isinstance(repeated, Entry):
            entries.append(repeated)
        else:
            line = (block.start_line or 0) + 1
            bad.append(f"The entry in line {line} is not whole and was left out.")
    macros = _Macros(text)
    for string in library.strings:
        macros[string.key.lower()] = _value(string.value, macros)
    raw = [
        {"kind": entry.entry_type.lower()}
        | {field.key.lower(): _value(str(field.value), macros) for field in entry.fields}
        for entry in entries
    ]
    if macros.left < 0:
        bad.append("Some abbreviations stand for too much text and were left out.")
    by_key = {entry.key.lower(): fields for entry, fields in zip(entries, raw, strict=True)}
    above: dict[tuple[str, int], dict[str, str]] = {}
    return [
        _from_bibtex(entry.key, _inherited(fields, by_key, above, 0))
        for entry, fields in zip(entries, raw, strict=True)
        if fields["kind"] != "xdata"
    ], bad


class _Macros(dict[str, str]):
    """Macros by name; the length of all expansions is limited to `_EXPANDED` texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.left = _EXPANDED * max(len(text), _SHORT_FILE)

    def expanded(self, name: str) -> str:
        """The value of a macro; an unknown name stands for itself."""
        value = self.get(name.lower())
        if value is None:
            return name
        self.left -= len(value)
        return value if self.left >= 0 else ""


def _value(output: str, macros: _Macros) -> str:
    """Parse a value: “#” concatenates quoted or braced strings, numbers and macros."""
    parts, start, depth, quoted = [], 0, 0, False
    for match in _JOINT.finditer(output):
        sign = match[0]
        depth += (sign == "{") - (sign == "}")
        quoted ^= sign == '"' and not depth
        if sign == "#" and not depth and not quoted:
            parts.append(output[start : match.start()])
            start = match.end()
    parts.append(output[start:])
    values = []
    for part in map(str.strip, parts):
        enclosed = len(part) > 1 and part[0] + part[-1] in {"{}", '""'}
        values.append(part[1:-1] if enclosed else macros.expanded(part))
    return "".join(values)


def _inherited(
    fields: Mapping[str, str],
    by_key: Mapping[str, Mapping[str, str]],
    above: dict[tuple[str, int], dict[str, str]],
    depth: int,
) -> dict[str, str]:
    """The fields of an entry including inherited ones (biblatex, 2.4.1 and 3.13).

    Parents in `above`, by key and depth, are resolved once.
    """

    def of(key: str) -> dict[str, str]:
        if (key, depth) not in above:
            above[key, depth] = _inherited(by_key[key], by_key, above, depth + 1)
        return above[key, depth]

    results = dict(fields)
    if depth == _DEEPEST:
        return results
    for key in map(str.strip, fields.get("xdata", "").lower().split(",")):
        if key in by_key:
            results = of(key) | results
    key = fields.get("crossref", "").strip().lower()
    if key not in by_key:
        return results
    parent = of(key)
    title = "journaltitle" if fields["kind"] == "article" else "booktitle"
    inner = {"author"} if fields["kind"] != "inbook" else set()
    provided = {name: value for name, value in parent.items() if name not in _OWN_FIELDS | inner}
    return {title: parent.get("title", "")} | provided | results


def _from_bibtex(key: str, raw: Mapping[str, str]) -> Reference:
    text = {
        name: _verbatim(value) if name in _VERBATIM else plain_latex(value)
        for name, value in raw.items()
        if name != "file"
    }
    kind = raw["kind"]
    if kind in _COMPLETE:
        # The booktitle of an entry is its title as a parent.
        text.pop("booktitle", None)
    month = text.get("month", "")
    year = text.get("year", "")
    monthly = f"{year}-{month:0>2}" if month.isdecimal() else f"{month} {year}"
    date = text.get("date") or iso_date(monthly) or year
    if "\\url" in raw.get("howpublished", ""):
        text.setdefault("url", _verbatim(raw["howpublished"]))
    return _reference(
        key,
        text,
        _Lists(
            names=tuple(_people(raw.get("author", ""))),
            editors=tuple(_people(raw.get("editor", ""))),
            files=tuple(_files(raw.get("file", ""))),
            notes=tuple(text[name] for name in ("note", "annotation", "annote") if text.get(name)),
            tags=re.split(r"[,;]", text.get("keywords", "")),
        ),
        date=date,
    )


def _people(text: str) -> Iterator[str]:
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    # The library takes the sign of this accent for a space.
    text = _TILDE.sub(lambda m: unicodedata.normalize("NFC", f"{m[1] or m[2]}\u0303"), text)
    # An empty group ends the name of a macro, and would end that of a person.
    text = re.sub(r"(\\[A-Za-z]+)\{\}", r"{\1}", text)
    for person in split_multiple_persons_names(text):
        parts = parse_single_name_into_parts(person, strict=False)
        if person.strip().lower() == "others":
            yield AND_OTHERS
            continue
        family = plain_latex(" ".join((*parts.von, *parts.last, *parts.jr)))
        provided = plain_latex(" ".join(parts.first))
        if family or provided:
            yield ", ".join(filter(None, (family, provided)))


def _verbatim(text: str) -> str:
    """A verbatim address: “~” is no space, and characters may be escaped."""
    text = re.sub(r"\\url\{(.*)\}", r"\1", text.strip())
    text = re.sub(r"\{?\\(?:textasciitilde|~)(?:\{\})?\}?|\$\\sim\$", "~", text)
    return re.sub(r"\\([_%&#$])", r"\1", text)


def _files(text: str) -> Iterator[str]:
    """Paths of the field `file`: a single one, or “description:path:type” joined by “;”."""
    for item in re.split(r"(?<!\\);", text):
        parts = re.split(r"(?<!\\):", item.strip())
        path = ":".join(parts[1:-1]) if len(parts) >= 3 else item.strip()
        path = re.sub(r"\\([:;_\\{}&#%$ ])", r"\1", path)
        if path:
            yield path


# -- RIS -------------------------------------------------------------------------------------------


def _ris(text: str) -> tuple[list[Reference], list[str]]:
    import rispy

    bad: list[str] = []
    results: list[Reference] = []
    # Entries are parsed one by one, so that a broken one costs only itself.
    if not _TYPE.search(text):
        # Some programs write one space instead of two.
        text = re.sub(r"(?m)^([A-Z][A-Z0-9]) - ?", r"\1  - ", text)
    for number, lines in enumerate(filter(_TAGGED.search, _END.split(text)), 1):
        for output in _typed(lines):
            try:
                (entry,) = rispy.loads(output)
            except (rispy.parser.ParseError, ValueError, LookupError):
                bad.append(f"Entry {number} is not whole and was left out.")
                continue
            results.append(_from_ris(entry))
    return results, bad


def _typed(lines: str) -> Iterator[str]:
    """Split entries without an end tag; each begins with its type."""
    types = [match.start() for match in _TYPE.finditer(lines)]
    for start, end in pairwise([0, *types[1:], len(lines)]):
        tagged = _TAGGED.search(lines, start, end)
        inner = lines[tagged.start() : end] if tagged else ""
        type_line = _TYPE.search(inner)
        first = type_line[0].rstrip() if type_line else "TY  - GEN"
        yield f"{first}\n{_TYPE.sub('', inner).strip()}\nER  - \n"


def _from_ris(entry: Mapping[str, Any]) -> Reference:
    text = {name: _joined(value) for name, value in entry.items()}
    text["url"] = next(iter(_as_list(entry.get("urls"))), "")
    text["title"] = text.get("title") or text.get("primary_title", "")
    text["abstract"] = text.get("abstract") or text.get("notes_abstract", "")
    text["pages"] = "–".join(filter(None, (text.get("start_page"), text.get("end_page"))))
    people = _divided(entry.get("authors") or entry.get("first_authors"))
    # rispy does not know the editor tag of EndNote and Zotero.
    unknown = entry.get("unknown_tag") or {}
    editors = _divided(unknown.get("ED") or entry.get("secondary_authors"))
    if text.get("type_of_reference") == "EDBOOK":
        people, editors = [], editors or people
    date = text.get("date") or text.get("year") or text.get("publication_year", "")
    return _reference(
        text.get("id", ""),
        text | {"kind": text.get("type_of_reference", "")},
        _Lists(
            names=people,
            editors=editors,
            files=tuple(value for name, value in text.items() if name.startswith("file_att")),
            notes=tuple(_as_list(entry.get("notes"))),
            tags=_divided(entry.get("keywords")),
        ),
        date=date.replace("/", "-").strip("-"),
    )


def _divided(lines: object) -> list[str]:
    """Split lines with several names: “Rix, T.; Oy, B.” or “Rix, T., Oy, B.”."""
    results = []
    for line in _as_list(lines):
        pieces = [piece.strip() for piece in line.split(",")]
        names = [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=False)]
        paired = len(pieces) % 2 == 0 and all(map(_INITIALS.fullmatch, pieces[1::2]))
        results += names if paired and ";" not in line else line.split(";")
    return results


def _in_order(name: str) -> str:
    """“Holm, Ada” as “Ada Holm”."""
    final, comma, first = name.partition(",")
    return f"{first.strip()} {final.strip()}".strip() if comma else name.strip()


# -- PubMed, Web of Science, EndNote ---------------------------------------------------------------


def _from_fields(entry: reference_formats.Entry) -> Reference:
    text = {name: " ".join(values) for name, values in entry.items()}
    text["pages"] = "–".join(filter(None, (text["pages"], text.get("end", ""))))
    text["language"] = next(iter(entry["language"]), "")
    text["url"] = next(iter(entry.get("url", ())), "")
    kinds = ("".join(filter(str.isalpha, value.lower())) for value in entry["kind"])
    text["kind"] = next((kind for kind in kinds if kind in _KINDS or kind in _PLAIN_KINDS), "")
    return _reference(
        next(iter(entry["id"]), ""),
        text,
        _Lists(
            names=entry["authors"],
            editors=entry["editors"],
            notes=entry.get("notes", ()),
            tags=[tag for value in entry["keywords"] for tag in re.split(r"[;\n]", value)],
        ),
        date=text["date"],
    )


# -- CSL-JSON --------------------------------------------------------------------------------------


def _csl(text: str) -> tuple[list[Reference], list[str]]:
    full = json.loads(text)
    items = full.get("items", []) if isinstance(full, dict) else full
    return [csl_reference(item) for item in items if isinstance(item, dict)], []


def csl_reference(item: Mapping[str, Any]) -> Reference:
    """Convert a CSL JSON item."""
    text = {name.lower(): _joined(value) for name, value in item.items()}
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    created = _reference(
        text.get("citation-key") or text.get("id", ""),
        text | {"pages": text.get("page", "")},
        _Lists(
            names=_names(item.get("author")),
            editors=_names(item.get("editor")),
            notes=tuple(_as_list(item.get("note"))),
            tags=re.split(r"[,;]", text.get("keyword", "")),
        ),
        date="-".join(str(entry).zfill(2) for entry in first),
    )
    # Its types are used as they are.
    return replace(created, kind=text.get("type", ""))


def _names(people: object) -> list[str]:
    members = people if isinstance(people, list) else []
    return [_person(name) for name in members if isinstance(name, dict)]


def _person(name: Mapping[str, Any]) -> str:
    family = (name.get("non-dropping-particle"), name.get("family"), name.get("suffix"))
    parts = (" ".join(str(part) for part in family if part), name.get("given"))
    return str(name.get("literal") or ", ".join(str(part) for part in parts if part))


# -- Zotero ----------------------------------------------------------------------------------------


def _from_zotero(item: zotero.Item) -> Reference:
    text = {name.lower(): value for name, value in item.fields.items()}
    venue = next((text[name] for name in _ZOTERO_VENUES if text.get(name)), "")
    created = _reference(
        item.citation_key,
        text
        | {"abstract": text.get("abstractnote", ""), "journal": venue, "kind": item.kind}
        | {"publisher": text.get("publisher") or text.get("university", "")},
        _Lists(item.authors, item.editors, item.files, item.notes, item.tags),
        date=_zotero_date(text.get("date", "")),
    )
    return replace(created, id=item.key, collections=item.collections)


def _zotero_date(text: str) -> str:
    """“2012-03-00 March 2012” is a sortable date and the one that was typed."""
    sortable, _, typed = text.partition(" ")
    date = sortable.removesuffix("-00").removesuffix("-00")
    return typed if date == "0000" else date


# -- all -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lists:
    """The fields of a reference that may have several values."""

    names: Sequence[str]
    editors: Sequence[str] = ()
    files: Sequence[str] = ()
    notes: Sequence[str] = ()
    tags: Sequence[str] = ()


def _reference(key: str, text: Mapping[str, str], lists: _Lists, *, date: str) -> Reference:
    doi = _DOI.search(text.get("doi", "") or text.get("url", ""))
    volume, kind = text.get("volume", ""), text.get("kind", "").lower()
    number = text.get("number", "") or text.get("issue", "")
    more = {name: value for name in _MORE if (value := _plain(text.get(name, "")))}
    labels = (name.upper() if name in {"isbn", "issn"} else name.capitalize() for name in more)
    told = "; ".join(
        f"{label}: {value}" for label, value in zip(labels, more.values(), strict=True)
    )
    return Reference(
        key=key,
        title=_plain(text.get("title", "")).rstrip("."),
        names=tuple(filter(None, map(str.strip, lists.names))),
        date=iso_date(date) or date,
        editors=tuple(filter(None, map(str.strip, lists.editors))),
        venue=_plain(next((text[name] for name in _VENUES if text.get(name)), "")),
        volume=volume,
        issue=number,
        publisher=_plain(next((text[name] for name in _PUBLISHERS if text.get(name)), "")),
        kind=_KINDS.get(kind, kind if "-" in kind or kind in _PLAIN_KINDS else ""),
        pages=re.sub(r"--|(?<=\d)-(?=\d)", "–", text.get("pages", "")),
        language=language_tag(text.get("langid") or text.get("language", "")),
        doi=doi[0].rstrip(".,;") if doi else "",
        url=text.get("url", ""),
        abstract=_plain(text.get("abstract", "")),
        notes=(*(_plain(item) for item in lists.notes), *filter(None, [told])),
        files=tuple(lists.files),
        tags=tuple(dict.fromkeys(item.strip() for item in lists.tags if item.strip())),
    )


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _as_list(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)] if value else []


def _joined(value: object) -> str:
    return ", ".join(_as_list(value))
