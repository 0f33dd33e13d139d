"""Lists of references (BibTeX, RIS, CSL-JSON, Zotero): each entry is a source with its metadata.

The text of an entry is its reference in one sentence, so that it is found by author, title and
year, then its abstract and notes. Files are parsed by bibtexparser and rispy. An entry that cannot
be read is named and left out.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path, PureWindowsPath
from typing import Any

from ingest import zotero
from ingest.books.encoding import decode
from ingest.books.naming import iso_date, language_tag
from ingest.books.plain_latex import plain_latex
from ingest.detection import detect_language
from ingest.errors import EmptyFileError
from ingest.json_lines import whole_source
from ingest.kinds import sniff
from ingest.parts import Parts
from ingest.records import AND_OTHERS, Notice, Reading, Source, Wanted

#: The reader's name and version; every entry's `Source` has one of them.
READERS = {"bibtex": "bibtex/3", "ris": "ris/3", "csl": "csl/2", "zotero": "zotero/2"}
_EVERY = 64
_MOST_TOLD = 12
#: Files that an entry may name and that are read with it.
_ATTACHED = (".pdf", ".epub", ".html", ".htm", ".docx", ".odt", ".rtf", ".txt", ".md")
_TYPE, _ENDED = re.compile(r"(?m)^TY  -.*\n?"), re.compile(r"(?m)^ER  ?-.*$")
_TAGGED = re.compile(r"(?m)^[A-Z][A-Z0-9]  -")
#: Words from which on the language of an abstract shows.
_LEAST_WORDS = 20
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
#: What an entry does not take from the one that it is part of.
_OWN = frozenset(
    {"kind", "title", "shorttitle", "subtitle", "crossref", "xref", "xdata", "file", "abstract"}
    | {"note", "annotation", "annote", "keywords", "pages", "doi", "url"}
)
_WHOLE = ("book", "collection", "proceedings", "mvbook")
_VERBATIM = ("url", "doi", "eprint")
_DEEPEST = 8
_JOINT = re.compile(r'[{}"#]')
#: Family and given names of several people in one line, divided by nothing but commas.
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|p|jats:\w+|span[^<>]*)>")
_HINT = "Correct it in the program that wrote the list, and add the list again."
#: Kinds of works by CSL's names, where a format has another.
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("article", "jour", "journalarticle", "ejour"), "article-journal"),
    **dict.fromkeys(("inproceedings", "conference", "cpaper", "conf"), "paper-conference"),
    **dict.fromkeys(("incollection", "inbook", "chap", "booksection"), "chapter"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis", "thes"), "thesis"),
    **dict.fromkeys(("techreport", "report", "rprt"), "report"),
    **dict.fromkeys(("online", "elec", "webpage", "blogpost", "blog"), "webpage"),
    **dict.fromkeys(("newspaperarticle", "news"), "article-newspaper"),
    **dict.fromkeys(("magazinearticle", "mgzn"), "article-magazine"),
    **dict.fromkeys(("unpublished", "manuscript", "unpb"), "manuscript"),
    **dict.fromkeys(("proceedings", "booklet", "manual"), "book"),
    **dict.fromkeys(("encyclopediaarticle", "dictionaryentry"), "entry-encyclopedia"),
    **dict.fromkeys(("videorecording", "film", "video"), "motion_picture"),
    "conferencepaper": "paper-conference", "preprint": "article", "presentation": "speech",
    "podcast": "broadcast", "computerprogram": "software", "dataset": "dataset",
}  # fmt: skip
_PLAIN_KINDS = ("book", "patent", "map", "speech", "dataset", "software", "interview", "letter")
#: Fields by the names that the three formats give them.
_VENUES = (
    "journal", "journaltitle", "booktitle", "container-title", "secondary_title",
    "alternate_title3", "journal_name", "alternate_title2", "alternate_title1", "publisher",
    "school", "institution",
)  # fmt: skip
_PUBLISHERS = ("publisher", "school", "institution")
_ZOTERO_VENUES = (
    "publicationtitle", "booktitle", "proceedingstitle", "conferencename", "university",
    "websitetitle", "blogtitle", "publisher", "institution",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a list. `files` are the attachments that it names, as written there.

    `id` is what the list knows it by where that is not its citation key; `kind` is a type of CSL.
    `names` are those of its authors, of people as “Holm, Ada”.
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
        """Its authors as they sign: “Ada Holm”."""
        return tuple(map(_in_order, self.names))

    @property
    def line(self) -> str:
        """The reference as one sentence, which says who wrote what, where and when."""
        *others, last = self.authors or ("",)
        between = " " if last == AND_OTHERS else " and "
        who = f"{', '.join(others)}{between}{last}" if others else last
        doi = f"doi:{self.doi}" if self.doi else ""
        volume = f"{self.volume}({self.issue})" if self.volume and self.issue else self.volume
        when = self.date[:4] if self.date[:4].isdecimal() else self.date
        where = ", ".join(filter(None, (self.venue, volume, self.pages, when, doi)))
        said = f"{who} wrote “{self.title}”" if who else f"“{self.title}”"
        return f"{said} ({where})." if where else f"{said}."


def read(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Each entry as a `Source` (its `key` the citation key) and its `Section`.

    Each source has its own title, and all of them come: `title` and `start_section` say nothing.
    Raises `EmptyFileError` where no entry has a title.
    """
    kind = sniff(path)
    found, bad = references(path, kind)
    parts = Parts("entry")
    some = False
    for number, entry in enumerate(found):
        if number % _EVERY == 0:
            wanted.cancel()
            wanted.report(number, len(found), "entries")
        record: dict[str, object] = {
            "id": entry.id or entry.key,
            "title": entry.title,
            "text": _text(entry),
        }
        record |= {"author": list(entry.authors), "date": entry.date}
        record |= {"tags": entry.tags, "collections": entry.collections}
        made = parts.some(entry.key or str(number + 1), partial(_source, record, entry, kind, path))
        some = some or bool(made)
        yield from made
    if not some:
        why = f" {bad[0]}" if bad else ""
        raise EmptyFileError(f"This list contains no reference with a title.{why}", _HINT)
    for sentence in bad[:_MOST_TOLD]:
        yield Notice("bad_entry", sentence, _HINT)
    if len(bad) > _MOST_TOLD:
        more = len(bad) - _MOST_TOLD
        yield Notice("bad_entries", f"{more:,} more entries were left out.", _HINT)
    yield from _lost(found, path.parent)
    yield from parts.notices()
    wanted.report(len(found), len(found), "entries")


def _source(record: Mapping[str, Any], entry: Reference, kind: str, path: Path) -> list[Reading]:
    about = " ".join((entry.abstract, *entry.notes))
    guessed = detect_language(about) if len(about.split()) >= _LEAST_WORDS else ""
    first, *rest = whole_source(record, READERS[kind], entry.language or guessed)
    assert isinstance(first, Source)
    told = {"citation_key": entry.key, "doi": entry.doi, "url": entry.url, "venue": entry.venue}
    told |= {"type": entry.kind, "publisher": entry.publisher}
    told |= {"volume": entry.volume, "issue": entry.issue, "page_range": entry.pages}
    # A line of authors does not say which names are those of families.
    told["authors"], told["editors"] = "\n".join(entry.names), "\n".join(entry.editors)
    files = attachments(entry, path.parent)
    told["attachments"] = "\n".join(map(str, files))
    told["tags"] = "\n".join(entry.tags)
    told["collections"] = "\n".join(entry.collections)
    metadata = {name: value for name, value in told.items() if value}
    return [replace(first, metadata=metadata), *rest]


def _text(entry: Reference) -> str:
    return "\n\n".join(filter(None, (entry.line, entry.abstract, *entry.notes)))


def attachments(entry: Reference, folder: Path) -> list[Path]:
    """The files that an entry names and that are there; `folder` is that of the list."""
    found = (_attached(name, folder) for name in entry.files)
    return list(dict.fromkeys(path.resolve() for path in found if path))


def _attached(name: str, folder: Path) -> Path | None:
    path = Path(name).expanduser()
    path = path if path.is_absolute() else folder / path
    return path if path.suffix.lower() in _ATTACHED and path.is_file() else None


def _lost(entries: Sequence[Reference], folder: Path) -> Iterator[Notice]:
    """A notice of the files that entries name, that would be read, and that are not there."""
    names = [
        PureWindowsPath(name).name
        for entry in entries
        for name in entry.files
        if name.lower().endswith(_ATTACHED) and not _attached(name, folder)
    ]
    if names:
        more = f" and {len(names) - _MOST_TOLD:,} more" if len(names) > _MOST_TOLD else ""
        listed = ", ".join(f"“{name}”" for name in names[:_MOST_TOLD])
        yield Notice(
            "files_missing",
            f"Files that this list names are not there and were left out: {listed}{more}.",
            "Put them back where the list has them, or correct it, and add the list again.",
        )


def references(path: Path, kind: str) -> tuple[list[Reference], list[str]]:
    """The entries of a list that have a title, and a sentence for each that was left out."""
    bad: list[str] = []
    if kind == "zotero":
        found = [_from_zotero(item) for item in zotero.items(path)]
    else:
        by_text = {"bibtex": _bibtex, "ris": _ris, "csl": _csl}[kind]
        found, bad = by_text(decode(path.read_bytes()).text)
    for entry in found:
        if not entry.title:
            bad.append(f"The entry “{entry.key or '?'}” has no title and was left out.")
    return [entry for entry in found if entry.title], bad


# -- BibTeX ----------------------------------------------------------------------------------------


def _bibtex(text: str) -> tuple[list[Reference], list[str]]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry

    # It warns of every block that it leaves out, which a notice does here.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text, parse_stack=[])
    entries = list(library.entries)
    bad = []
    for block in library.failed_blocks:
        again = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
        if isinstance(again, Entry):
            entries.append(again)
        else:
            line = (block.start_line or 0) + 1
            bad.append(f"The entry in line {line} is not whole and was left out.")
    macros: dict[str, str] = {}
    for string in library.strings:
        macros[string.key.lower()] = _value(string.value, macros)
    raw = [
        {"kind": entry.entry_type.lower()}
        | {field.key.lower(): _value(str(field.value), macros) for field in entry.fields}
        for entry in entries
    ]
    by_key = {entry.key.lower(): fields for entry, fields in zip(entries, raw, strict=True)}
    return [
        _from_bibtex(entry.key, _inherited(fields, by_key, 0))
        for entry, fields in zip(entries, raw, strict=True)
        if fields["kind"] != "xdata"
    ], bad


def _value(written: str, macros: Mapping[str, str]) -> str:
    """A value as it is meant: “#” joins what stands in quotes or braces, numbers and macros."""
    parts, start, depth, quoted = [], 0, 0, False
    for match in _JOINT.finditer(written):
        sign = match[0]
        depth += (sign == "{") - (sign == "}")
        quoted ^= sign == '"' and not depth
        if sign == "#" and not depth and not quoted:
            parts.append(written[start : match.start()])
            start = match.end()
    parts.append(written[start:])
    values = []
    for part in map(str.strip, parts):
        enclosed = len(part) > 1 and part[0] + part[-1] in {"{}", '""'}
        values.append(part[1:-1] if enclosed else macros.get(part.lower(), part))
    return "".join(values)


def _inherited(
    fields: Mapping[str, str], by_key: Mapping[str, Mapping[str, str]], depth: int
) -> dict[str, str]:
    """The fields of an entry with those that it takes from others (biblatex, 2.4.1 and 3.13)."""
    found = dict(fields)
    if depth == _DEEPEST:
        return found
    for key in map(str.strip, fields.get("xdata", "").lower().split(",")):
        found = _inherited(by_key.get(key, {}), by_key, depth + 1) | found
    above = by_key.get(fields.get("crossref", "").strip().lower())
    if above is None:
        return found
    parent = _inherited(above, by_key, depth + 1)
    title = "journaltitle" if fields["kind"] == "article" else "booktitle"
    own = {"author"} if fields["kind"] != "inbook" else set()
    given = {name: value for name, value in parent.items() if name not in _OWN | own}
    return {title: parent.get("title", "")} | given | found


def _from_bibtex(key: str, raw: Mapping[str, str]) -> Reference:
    said = {
        name: _verbatim(value) if name in _VERBATIM else plain_latex(value)
        for name, value in raw.items()
        if name != "file"
    }
    kind = raw["kind"]
    if kind in _WHOLE:
        # What it is called as the parent of others.
        said.pop("booktitle", None)
    month = said.get("month", "")
    year = said.get("year", "")
    monthly = f"{year}-{month:0>2}" if month.isdecimal() else f"{month} {year}"
    date = said.get("date") or iso_date(monthly) or year
    if "\\url" in raw.get("howpublished", ""):
        said.setdefault("url", _verbatim(raw["howpublished"]))
    return _made(
        key,
        said,
        names=tuple(_people(raw.get("author", ""))),
        editors=tuple(_people(raw.get("editor", ""))),
        date=date,
        files=tuple(_files(raw.get("file", ""))),
        notes=tuple(said[name] for name in ("note", "annotation", "annote") if said.get(name)),
        tags=re.split(r"[,;]", said.get("keywords", "")),
    )


def _people(said: str) -> Iterator[str]:
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    # An empty group ends the name of a macro, and would end that of a person.
    said = re.sub(r"(\\[A-Za-z]+)\{\}", r"{\1}", said)
    for person in split_multiple_persons_names(said):
        parts = parse_single_name_into_parts(person, strict=False)
        if person.strip().lower() == "others":
            yield AND_OTHERS
            continue
        family = plain_latex(" ".join((*parts.von, *parts.last, *parts.jr)))
        given = plain_latex(" ".join(parts.first))
        if family or given:
            yield ", ".join(filter(None, (family, given)))


def _verbatim(text: str) -> str:
    """An address as it is: “~” is no space in it, and signs may be escaped."""
    text = re.sub(r"\\url\{(.*)\}", r"\1", text.strip())
    text = re.sub(r"\{?\\(?:textasciitilde|~)(?:\{\})?\}?|\$\\sim\$", "~", text)
    return re.sub(r"\\([_%&#$])", r"\1", text)


def _files(said: str) -> Iterator[str]:
    """Paths of the field `file`: one by itself, or “description:path:type” joined by “;”."""
    for each in re.split(r"(?<!\\);", said):
        parts = re.split(r"(?<!\\):", each.strip())
        path = ":".join(parts[1:-1]) if len(parts) >= 3 else each.strip()
        path = re.sub(r"\\([:;_\\{}&#%$ ])", r"\1", path)
        if path:
            yield path


# -- RIS -------------------------------------------------------------------------------------------


def _ris(text: str) -> tuple[list[Reference], list[str]]:
    import rispy

    bad: list[str] = []
    found: list[Reference] = []
    # Each entry is read by itself, so that a broken one costs only itself.
    if not _TYPE.search(text):
        # Some programs set one space where the format has two.
        text = re.sub(r"(?m)^([A-Z][A-Z0-9]) - ?", r"\1  - ", text)
    for number, lines in enumerate(filter(_TAGGED.search, _ENDED.split(text)), 1):
        for written in _typed(lines):
            try:
                (entry,) = rispy.loads(written)
            except (rispy.parser.ParseError, ValueError, LookupError):
                bad.append(f"Entry {number} is not whole and was left out.")
                continue
            found.append(_from_ris(entry))
    return found, bad


def _typed(lines: str) -> Iterator[str]:
    """The entries of lines that one end closes, each with its type as its first line."""
    types = [match.start() for match in _TYPE.finditer(lines)]
    for start, end in pairwise([0, *types[1:], len(lines)]):
        tagged = _TAGGED.search(lines, start, end)
        inner = lines[tagged.start() : end] if tagged else ""
        type_line = _TYPE.search(inner)
        first = type_line[0].rstrip() if type_line else "TY  - GEN"
        yield f"{first}\n{_TYPE.sub('', inner).strip()}\nER  - \n"


def _from_ris(entry: Mapping[str, Any]) -> Reference:
    said = {name: _joined(value) for name, value in entry.items()}
    said["url"] = next(iter(_listed(entry.get("urls"))), "")
    said["title"] = said.get("title") or said.get("primary_title", "")
    said["abstract"] = said.get("abstract") or said.get("notes_abstract", "")
    said["pages"] = "–".join(filter(None, (said.get("start_page"), said.get("end_page"))))
    people = _divided(entry.get("authors") or entry.get("first_authors"))
    # rispy does not know the tag of editors that EndNote and Zotero write.
    unknown = entry.get("unknown_tag") or {}
    editors = _divided(unknown.get("ED") or entry.get("secondary_authors"))
    if said.get("type_of_reference") == "EDBOOK":
        people, editors = [], editors or people
    date = said.get("date") or said.get("year") or said.get("publication_year", "")
    return _made(
        said.get("id", ""),
        said | {"kind": said.get("type_of_reference", "")},
        names=people,
        editors=editors,
        date=date.replace("/", "-").strip("-"),
        files=tuple(value for name, value in said.items() if name.startswith("file_att")),
        notes=tuple(_listed(entry.get("notes"))),
        tags=_divided(entry.get("keywords")),
    )


def _divided(lines: object) -> list[str]:
    """The names of lines, of which some hold several: “Rix, T.; Oy, B.” or “Rix, T., Oy, B.”."""
    found = []
    for line in _listed(lines):
        pieces = [piece.strip() for piece in line.split(",")]
        names = [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=False)]
        paired = len(pieces) % 2 == 0 and all(map(_INITIALS.fullmatch, pieces[1::2]))
        found += names if paired and ";" not in line else line.split(";")
    return found


def _in_order(name: str) -> str:
    """“Holm, Ada” as “Ada Holm”."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else name.strip()


# -- CSL-JSON --------------------------------------------------------------------------------------


def _csl(text: str) -> tuple[list[Reference], list[str]]:
    whole = json.loads(text)
    items = whole.get("items", []) if isinstance(whole, dict) else whole
    return [csl_reference(item) for item in items if isinstance(item, dict)], []


def csl_reference(item: Mapping[str, Any]) -> Reference:
    """An item of CSL JSON as a reference."""
    said = {name.lower(): _joined(value) for name, value in item.items()}
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    made = _made(
        said.get("citation-key") or said.get("id", ""),
        said | {"pages": said.get("page", "")},
        names=_named(item.get("author")),
        editors=_named(item.get("editor")),
        date="-".join(str(each).zfill(2) for each in first),
        notes=tuple(_listed(item.get("note"))),
        tags=re.split(r"[,;]", said.get("keyword", "")),
    )
    # Its types are those that are kept.
    return replace(made, kind=said.get("type", ""))


def _named(people: object) -> list[str]:
    listed = people if isinstance(people, list) else []
    return [_person(name) for name in listed if isinstance(name, dict)]


def _person(name: Mapping[str, Any]) -> str:
    family = (name.get("non-dropping-particle"), name.get("family"), name.get("suffix"))
    parts = (" ".join(str(part) for part in family if part), name.get("given"))
    return str(name.get("literal") or ", ".join(str(part) for part in parts if part))


# -- Zotero ----------------------------------------------------------------------------------------


def _from_zotero(item: zotero.Item) -> Reference:
    said = {name.lower(): value for name, value in item.fields.items()}
    venue = next((said[name] for name in _ZOTERO_VENUES if said.get(name)), "")
    made = _made(
        item.citation_key,
        said
        | {"abstract": said.get("abstractnote", ""), "journal": venue, "kind": item.kind}
        | {"publisher": said.get("publisher") or said.get("university", "")},
        names=item.authors,
        editors=item.editors,
        date=_zotero_date(said.get("date", "")),
        files=item.files,
        notes=item.notes,
        tags=item.tags,
    )
    return replace(made, id=item.key, collections=item.collections)


def _zotero_date(said: str) -> str:
    """“2012-03-00 March 2012” is a sortable date, then the one that was typed."""
    sortable, _, typed = said.partition(" ")
    date = sortable.removesuffix("-00").removesuffix("-00")
    return typed if date == "0000" else date


# -- all -------------------------------------------------------------------------------------------


def _made(
    key: str,
    said: Mapping[str, str],
    *,
    names: Sequence[str],
    date: str,
    editors: Sequence[str] = (),
    files: Sequence[str] = (),
    notes: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Reference:
    doi = _DOI.search(said.get("doi", "") or said.get("url", ""))
    volume, kind = said.get("volume", ""), said.get("kind", "").lower()
    number = said.get("number", "") or said.get("issue", "")
    return Reference(
        key=key,
        title=_plain(said.get("title", "")).rstrip("."),
        names=tuple(filter(None, map(str.strip, names))),
        date=iso_date(date) or date,
        editors=tuple(filter(None, map(str.strip, editors))),
        venue=_plain(next((said[name] for name in _VENUES if said.get(name)), "")),
        volume=volume,
        issue=number,
        publisher=_plain(next((said[name] for name in _PUBLISHERS if said.get(name)), "")),
        kind=_KINDS.get(kind, kind if "-" in kind or kind in _PLAIN_KINDS else ""),
        pages=re.sub(r"--|(?<=\d)-(?=\d)", "–", said.get("pages", "")),
        language=language_tag(said.get("langid") or said.get("language", "")),
        doi=doi[0].rstrip(".,;") if doi else "",
        url=said.get("url", ""),
        abstract=_plain(said.get("abstract", "")),
        notes=tuple(_plain(each) for each in notes),
        files=tuple(files),
        tags=tuple(dict.fromkeys(each.strip() for each in tags if each.strip())),
    )


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [str(value)] if value else []


def _joined(value: object) -> str:
    return ", ".join(_listed(value))
