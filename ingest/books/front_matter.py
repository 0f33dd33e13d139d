"""What a text says about itself on its first lines: between rules, as headers, or below its title.

Between rules are the fields of Markdown files. Headers are those of drafts and proposals ("Title:",
"Author:", as in mail), and reStructuredText has a field list below the title (docutils).
"""

import re
from collections.abc import Iterable

from ingest.books import naming
from ingest.books.gutenberg import Wrapping
from ingest.languages import word_set

_RULED = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_RULED_FIELD = re.compile(r"^(?P<name>[A-Za-z]+):[ \t]*(?P<value>\S.*)$", re.MULTILINE)
_MORE = r"(?P<value>[^\n]*(?:\n[ \t]+\S[^\n]*)*)"
_HEADERS = re.compile(
    r"\s*(?P<fields>(?:[A-Za-z][\w-]{0,30}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,60})\n"
)
_HEADER = re.compile(rf"^(?P<name>[A-Za-z][\w-]*):[ \t]*{_MORE}", re.MULTILINE)
_TITLED = re.compile(
    # Remarks and directives; a line above the title, the title, the same line below it.
    r"(?:\s*\.\. [^\n]*\n(?:[ \t]+\S[^\n]*\n|[ \t]*\n)*+)*+\s*?"
    r"(?:^(?P<over>[=~*#^\"+-]{3,})\n)?^[ \t]*(?P<title>\S[^\n]{0,200})\n"
    r"(?P<under>([=~*#^\"+-])\4{2,})\n\s*"
    r"(?P<fields>(?:^:[A-Za-z][\w -]{0,30}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,60})",
    re.MULTILINE,
)
_FIELD = re.compile(rf"^:(?P<name>[A-Za-z][\w -]*):[ \t]*{_MORE}", re.MULTILINE)
#: Names of headers that only a document has; a list of terms has none of them.
_OF_DOCUMENTS = word_set(
    "author authors created date status version type updated revision copyright last-modified"
    " content-type category keywords abstract language"
)
_AUTHORS = ("author", "authors", "creator")
_DATES = ("date", "created", "last-modified", "updated")
_LONGEST = 500
#: Characters among which all this lies.
_MAX_HEAD = 20_000


def of(text: str) -> Wrapping | None:
    """Where the text itself lies and what is said above it; None where nothing is."""
    head = text[:_MAX_HEAD]
    if results := _RULED.match(head):
        fields = _fields(_RULED_FIELD.finditer(results["fields"]))
        return _wrapping(fields, results.end(), text) if fields else None
    if results := _HEADERS.match(head):
        fields = _fields(_HEADER.finditer(results["fields"]))
        if "title" in fields and _OF_DOCUMENTS & fields.keys():
            facts = _wrapping(fields, results.end(), text)
            facts.metadata.update(_other_fields(fields))
            return facts
    if (results := _TITLED.match(head)) and results["over"] in (None, results["under"]):
        fields = _fields(_FIELD.finditer(results["fields"]))
        return _wrapping({"title": results["title"], **fields}, 0, text)
    return None


def _fields(found: Iterable[re.Match[str]]) -> dict[str, str]:
    """Names in small letters, and values in one line; of a name the first value."""
    fields: dict[str, str] = {}
    for item in found:
        value = " ".join(item["value"].split()).strip("\"'")
        if value:
            fields.setdefault(item["name"].lower(), value[:_LONGEST])
    return fields


def _wrapping(fields: dict[str, str], end: int, text: str) -> Wrapping:
    return Wrapping(
        body=(end, len(text)),
        title=fields.get("title", ""),
        author=_people(next((fields[name] for name in _AUTHORS if name in fields), "")),
        language=naming.language_tag(fields.get("language", fields.get("lang", ""))),
        date=naming.iso_date(next((fields[name] for name in _DATES if name in fields), "")),
    )


def _other_fields(fields: dict[str, str]) -> dict[str, str]:
    text = {"title", "language", "lang", *_AUTHORS, *_DATES}
    return {name: value for name, value in fields.items() if name not in text}


def _people(value: str) -> str:
    """Names without addresses: "Ann Lee <ann@example.org>" and "ann@example.org (Ann Lee)"."""
    value = re.sub(r"\S+@\S+\s+\(([^()]+)\)", r"\1", value)
    value = re.sub(r"\s*<[^<>]*>|\s*\([^()]*@[^()]*\)", "", value)
    return re.sub(r"\s*[,;]+\s*(?=[,;]|$)", "", value).strip(" ,;")
