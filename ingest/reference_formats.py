"""Lists of references in the formats of PubMed, Web of Science and EndNote, as fields by name.

PubMed (.nbib) and Web of Science (.ciw) have a tag before each field, and continue it in indented
lines; EndNote has one field a line (.enw, "refer") or XML. Each entry becomes a mapping from the
names of `FIELDS` to its values.
"""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from ingest.books.archive import local, xml
from ingest.patterns import later

Entry = Mapping[str, Sequence[str]]

NBIB = later(rb"\s*PMID- ?\d+\s*\n")
CIW = later(rb"\s*+(?:FN [^\n]*\n\s*+)?(?:VR [^\n]*\n\s*+)?PT [A-Z]\s*\n(?:[A-Z][A-Z0-9] |   )")
ENW = later(rb"\s*%0 [A-Z][^\n]+\n%[A-Z0-9] ")
ENDNOTE = later(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:xml|records)>\s*<(?:records|record)>")

#: Our names of fields -> those of each format, likeliest first; all values of the first are taken.
_KINDS, *_ROWS = map(
    str.split,
    """\
    field      nbib       ciw    enw       endnote
    title      TI,BTI,TT  TI     %T        title
    authors    FAU,AU     AF,AU  %A        authors
    groups     CN         CA     -         -
    editors    FED,ED     BE     %E        secondary-authors
    date       DP,DEP     PY     %D,%8     year
    journal    JT,TA      SO     %J,%B     full-title,secondary-title,abbr-1
    volume     VI         VL     %V        volume
    number     IP         IS     %N        number
    pages      PG         BP,AR  %P        pages
    doi        LID,AID    DI     %R        electronic-resource-num
    abstract   AB         AB     %X        abstract
    keywords   MH,OT      DE,ID  %K        keyword
    kind       PT         DT     %0        ref-type
    language   LA         LA     %G        language
    publisher  PB         PU     %I        publisher
    notes      GN         -      %Z        notes,research-notes
    id         PMID       UT     %F,%M,%L  rec-number
    end        -          EP     -         -
    url        -          -      %U        url
    """.splitlines()[:-1],
)
FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    kind: {row[0]: tuple(row[at].split(",")) for row in _ROWS if row[at] != "-"}
    for at, kind in enumerate(_KINDS)
    if at
}
_NBIB_LINE = later(r"([A-Z]{2,4}) *- ?(.*)")
_CIW_LINE = later(r"([A-Z][A-Z0-9])(?: (.*))?$")
_ENW_LINE = later(r"(%[A-Z0-9@!?$^&*()=+~\[\]<>|]) (.*)")
#: Fields of which each continued line is a value of its own.
_LISTED = frozenset({"AU", "AF", "BE", "BA", "BF", "CA"})
#: “Moen H”: a family name and initials without a comma.
_SHORT_NAME = later(r"(\S.*\S|\S) ([A-Z]{1,3})$")


def entries(text: str, kind: str) -> Iterator[Entry]:
    """The entries of a list by our names of fields. Raises `DamagedFileError` for broken XML."""
    found = _of_xml(text) if kind == "endnote" else _tagged(text, kind)
    for raw in found:
        results: dict[str, Sequence[str]] = {}
        for name, tags in FIELDS[kind].items():
            every = name in {"keywords", "notes"}
            values = [raw[tag] for tag in tags if raw.get(tag)]
            results[name] = [v for value in values for v in value] if every else (values or [[]])[0]
        yield {name: list(map(str, value)) for name, value in results.items()} | {
            "authors": [*map(_name, results["authors"]), *results.get("groups", ())],
            "doi": [
                value.removesuffix("[doi]").strip() for value in results["doi"] if "10." in value
            ],
        }


def _tagged(text: str, kind: str) -> Iterator[dict[str, list[str]]]:
    line_of = {"nbib": _NBIB_LINE, "ciw": _CIW_LINE, "enw": _ENW_LINE}[kind]
    first = {"nbib": "PMID", "ciw": "PT", "enw": "%0"}[kind]
    raw: dict[str, list[str]] = {}
    tag = ""
    for line in text.split("\n"):
        match = line_of.match(line)
        if match:
            tag, value = match[1], (match[2] or "").strip()
            if tag == first and raw:
                yield raw
                raw = {}
            if tag not in {"FN", "VR", "ER", "EF"} or kind != "ciw":
                raw.setdefault(tag, []).append(value)
        elif tag in raw and line.strip():
            words = line.strip()
            if kind == "ciw" and tag in _LISTED:
                raw[tag].append(words)
            else:
                between = "\n" if tag == "%K" else " "
                raw[tag][-1] = f"{raw[tag][-1]}{between}{words}".strip()
    if raw:
        yield raw


def _of_xml(text: str) -> Iterator[dict[str, list[str]]]:
    """The fields of EndNote's XML by the names of their elements; names of people by their list."""
    for record in xml(text.encode(), "list of references").iter("record"):
        raw: dict[str, list[str]] = {}
        left: list[Element] = [record]
        while left:
            item = left.pop()
            name = local(item)
            if name == "ref-type":
                raw["ref-type"] = [item.get("name", "")]
            elif name.endswith("authors"):
                raw[name] = list(filter(None, map(_flat, item)))
            elif name in {"style", ""} or not any(local(part) != "style" for part in item):
                if words := _flat(item):
                    raw.setdefault(name, []).append(words)
            else:
                left += reversed(item)
        yield raw


def _flat(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _name(name: str) -> str:
    match = None if "," in name else _SHORT_NAME.match(name)
    return f"{match[1]}, {match[2]}" if match else name
