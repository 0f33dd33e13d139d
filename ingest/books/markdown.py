"""Markdown as it reads: front matter as metadata, headings as chapters, marks left out.

A small reader of the CommonMark blocks that prose is made of, with the tables, footnotes and
front matter that notes and static sites add: https://spec.commonmark.org, GitHub's and Pandoc's
extensions. The words of links stay and their targets go; code keeps its lines.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.books import document, naming, table_rows
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.markup import BULLET, Block
from ingest.errors import EmptyFileError
from ingest.patterns import later
from ingest.records import Notice, Reading, Wanted

READER = "markdown/4"


def read(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Read one Markdown file: `Source`, its `Section`s from `start_section` on, perhaps a `Notice`.

    Raises `EmptyFileError` and `UnsupportedFileError`.
    """
    decoded = decode(path.read_bytes())
    matter, body = front_matter(decoded.text)
    found = list(blocks(body))
    if not found and not matter:
        raise EmptyFileError("The file contains no words.", "Add a file that has text in it.")
    if not found:
        # Fields and nothing else: then they are what there is to read.
        found = [Block(f"{name}: {value}") for name, value in matter.items() if value]
    page = Document(
        title=matter.get("title", "") or document.first_heading(found),
        author=matter.get("author", matter.get("authors", matter.get("creator", ""))),
        date=naming.iso_date(matter.get("date") or matter.get("created") or matter.get("year", "")),
        language=naming.language_tag(matter.get("language", matter.get("lang", ""))),
        blocks=found,
        metadata=_said_beside(matter, body),
    )
    yield from document.records(page, path, "markdown", READER, wanted)
    if decoded.invalid:
        yield Notice(
            code="undecodable",
            message=f"{decoded.invalid} characters of this file are not valid {decoded.encoding} "
            "and are shown as �.",
            hint="Save the file as UTF-8 and add it again if words are missing.",
        )


def _said_beside(matter: Mapping[str, str], body: str) -> dict[str, str]:
    """What is said of a note beside its text: fields, tags and the notes that it links to."""
    bare = _IN_CODE.sub("", body)
    tags = [each.strip(" #\"'") for each in matter.get("tags", matter.get("tag", "")).split(",")]
    tags += _HASHTAG.findall(bare)
    links = (target.strip() for target in _WIKI_LINK.findall(bare))
    said = {
        key: matter[key][:300]
        for key in ("keywords", "doi", "url", "citation_key")
        if matter.get(key)
    }
    collections = matter.get("collections", "").split(", ")
    said["collections"] = "\n".join(filter(None, collections))[:_MOST_SAID]
    said["tags"] = ", ".join(dict.fromkeys(filter(None, tags)))[:_MOST_SAID]
    said["links"] = "\n".join(dict.fromkeys(filter(None, links)))[:_MOST_SAID]
    return {key: value for key, value in said.items() if value}


# -- what is Markdown ------------------------------------------------------------------------------

#: Tags and links as Obsidian has them, which are none within code.
_HASHTAG = later(r"(?<![^\s(])#([^\W\d_][\w/-]{0,60})")
_WIKI_LINK = later(r"(?<!!)\[\[([^\]|#^\n]{1,200})")
_IN_CODE = later(r"(?ms)^```.*?^```|`[^`\n]*`")
_MOST_SAID = 2000
_ATX = re.compile(rb"^#{1,6}[ \t]+\S[^\n]*(?:\n[ \t\r]*$|\Z)", re.MULTILINE)
_ANY_ATX = re.compile(rb"^#{1,6}[ \t]+\S", re.MULTILINE)
_MARKS = re.compile(
    rb"\[[^\]\n]{1,300}\]\([^)\s]{1,500}[^)\n]{0,200}\)|^(?:```|~~~)|\*\*[^*\s][^*\n]{0,300}\*\*"
    rb"|(?<![\w_])_[^_\s][^_\n]{0,300}_"
    rb"|(?<!\*)\*[^*\s][^*\n]{0,300}\*|`[^`\n]{1,300}`|^[ ]{0,3}[-*+][ \t]+\S|^[ ]{0,3}>"
    rb"|\[\[[^\]\n]{1,300}\]\]"
    rb"|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\||\S\r?\n(?:={3,}|-{3,})[ \t\r]*$|^[ ]{0,3}\d+[.)][ \t]",
    re.MULTILINE,
)
_STRONG = re.compile(
    rb"\[[^\]\n]{1,300}\]\((?:https?:|/|\.|#|[\w.-]{1,100}\.\w)[^)\n]{0,500}\)|^(?:```|~~~)"
    rb"|^[ ]{0,3}\|?[ \t]*:?-{3,}:?[ \t]*\||\*\*[^*\s][^*\n]{0,300}\*\*",
    re.MULTILINE,
)


def is_markdown(head: bytes, named: bool) -> bool:
    """Whether text is Markdown: front matter, or headings with other marks beside them.

    `named`: the file's suffix says so, and then a single mark is enough.
    """
    text = head.decode("utf-8", "replace")
    if front_matter(text.replace("\r\n", "\n"))[0]:
        return True
    if named:
        return bool(_ANY_ATX.search(head) or _MARKS.search(head))
    headings = len(_ATX.findall(head))
    return headings >= 2 and len(_STRONG.findall(head)) >= 2


# -- front matter ----------------------------------------------------------------------------------

_MATTER = re.compile(
    r"\ufeff?(?P<rule>---|\+\+\+)[ \t]*\n(?P<fields>(?:.*\n){1,200}?)(?P<end>---|\+\+\+|\.\.\.)"
    r"[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w -]{0,30}?)[ \t]*[:=](?:[ \t]+(?P<value>.*))?$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<value>.+)$")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between two rules at the beginning (names in lower case), and what follows.

    YAML and TOML as people write them: `name: value`, quoted values, lists in brackets or on
    lines of their own. Where that is not what stands there, no fields and the whole text.
    """
    match = _MATTER.match(text)
    if not match or (match["rule"] == "+++") != (match["end"] == "+++"):
        return {}, text
    fields: dict[str, list[str]] = {}
    name = ""
    for line in match["fields"].split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _FIELD.match(line)
        item = _ITEM.match(line)
        if found:
            name = found["name"].lower()
            fields[name] = _values(found["value"] or "")
        elif name and (item or line[0] in " \t"):
            # What is nested says "- name: Imogen Hale"; its value is what is meant.
            value = item["value"] if item else line.strip()
            inner = _FIELD.match(value.strip())
            if inner is None or inner["name"].lower() in {"name", "family", "given", "literal"}:
                fields[name] += _values((inner["value"] or "") if inner else value)
        else:
            return {}, text
    values = {name: ", ".join(found) for name, found in fields.items()}
    if not any(values.values()):
        return {}, text
    return values, text[match.end() :]


def _values(text: str) -> list[str]:
    value = text.strip()
    if value in {"", "|", ">", "|-", ">-"}:
        return []
    if value[0] == "[" and value[-1] == "]":
        parts = [part.strip().strip("\"'") for part in value[1:-1].split(",")]
        return [part for part in parts if part]
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        return [re.sub(r'\\(["\\])', r"\1", value[1:-1])]
    return [re.sub(r"\s+#\s.*$", "", value)]


# -- blocks ----------------------------------------------------------------------------------------

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$")
_UNDER = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})[^`]*$")
_BULLET = re.compile(
    r"(?P<before>[ \t]*)(?:(?P<number>\d{1,9})(?P<after>[.)])|(?P<sign>[-*+]))[ \t]+(?P<rest>.*)$"
)
_TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]+")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_CALLOUT = re.compile(r"\[!\w+\][+-]?[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+.*$")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(?P<rest>.*)$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class _Page:
    """Blocks as they grow, a paragraph's lines first."""

    found: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    note: bool = False
    #: The lists around the paragraph: the column of their marks, these ("-", ")"), the last number.
    lists: list[tuple[int, str, int]] = field(default_factory=list)
    mark: str = ""

    def close(self) -> None:
        """End the paragraph at hand."""
        if self.lines:
            self.add(_paragraph(self.lines), note=self.note)
        self.lines, self.note = [], False

    def add(self, text: str, level: int = 0, note: bool = False) -> None:
        """Append a block, if it has any text."""
        if text.strip():
            depth = 0 if level or note else len(self.lists)
            self.found.append(Block(text.strip(), level, note, depth=depth, mark=self.mark))
            self.mark = ""

    def begin_item(self, bullet: re.Match[str]) -> None:
        """Begin an item of a list; numbers count on from the first of their list."""
        self.close()
        column, kind = len(bullet["before"].expandtabs(4)), bullet["after"] or bullet["sign"]
        number = int(bullet["number"] or 0)
        while self.lists and column < self.lists[-1][0]:
            self.lists.pop()
        # An item stands inside another one from its words on, two signs or more to the right.
        if self.lists and column < self.lists[-1][0] + 2:
            before = self.lists.pop()
            number = before[2] + 1 if before[1] == kind else number
        self.lists.append((column, kind, number))
        task = _TASK.match(bullet["rest"])
        self.mark = f"{number}{kind}" if bullet["number"] else BULLET
        if task:
            self.mark = "☐" if task["done"] == " " else "☑"
        self.lines = [bullet["rest"][task.end() if task else 0 :]]

    def end_lists(self, line: str) -> None:
        """A line begins a paragraph: if it is not set in, the lists before it have ended."""
        if not line.startswith(("  ", "\t")):
            self.lists = []


def blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text without front matter."""
    lines = _without_comments(text).split("\n")
    page = _Page()
    index = 0
    while index < len(lines):
        index = _block(lines, index, page)
    page.close()
    return page.found


_COMMENT = re.compile(r"^ {0,3}<!--", re.MULTILINE)


def _without_comments(text: str) -> str:
    parts: list[str] = []
    position = 0
    while match := _COMMENT.search(text, position):
        end = text.find("-->", match.end())
        if end < 0:
            break
        parts.append(text[position : match.start()])
        position = end + 3
    return "".join([*parts, text[position:]])


def _block(lines: Sequence[str], index: int, page: _Page) -> int:
    """Take the line at `index`, and those that belong to it; returns the next line's index."""
    line = lines[index]
    quoted = _QUOTE.match(line)
    while quoted:
        line = _CALLOUT.sub("", line[quoted.end() :], count=1)
        quoted = _QUOTE.match(line)
    if not line.strip():
        page.close()
        return index + 1
    bullet = _BULLET.match(line)
    if not bullet and not page.lines:
        page.end_lists(line)
    fence = _FENCE.match(line)
    if fence:
        page.close()
        return _fenced(lines, index, fence["mark"], page)
    heading = _HEADING.match(line)
    if heading:
        page.close()
        page.lists = []
        page.add(inline(heading[2] or ""), len(heading[1]))
        return index + 1
    under = _UNDER.match(line)
    if under and page.lines and len(page.lines) <= 3 and not page.note:
        title = " ".join(page.lines)
        page.lines = []
        page.add(inline(title), 1 if under[1][0] == "=" else 2)
        return index + 1
    if _RULE.match(line):
        page.close()
        return index + 1
    if not page.lines and "|" in line and index + 1 < len(lines) and _is_table(lines, index):
        return _table(lines, index, page)
    if not page.lines and line.startswith(("    ", "\t")) and _is_code(lines, index, page):
        return _indented(lines, index, line, page)
    if not page.lines and _REFERENCE.match(line):
        return index + 1
    note = _NOTE.match(line)
    if note:
        page.close()
        page.lines, page.note = [note["rest"]], True
    elif bullet:
        page.begin_item(bullet)
    else:
        page.lines.append(line)
    return index + 1


def _fenced(lines: Sequence[str], index: int, mark: str, page: _Page) -> int:
    """Code between fences, its lines as they are."""
    end = index + 1
    while end < len(lines):
        line = _QUOTE.sub("", lines[end], count=1).strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            break
        end += 1
    page.add("\n".join(line.rstrip() for line in lines[index + 1 : end] if line.strip()))
    return end + 1


def _is_code(lines: Sequence[str], index: int, page: _Page) -> bool:
    """Whether indented lines are code; inside a list they go on with the item."""
    before = next(
        (line for line in reversed(lines[max(0, index - 12) : index]) if line.strip()), ""
    )
    return not (_BULLET.match(before) or (before.startswith(("  ", "\t")) and bool(page.found)))


def _indented(lines: Sequence[str], index: int, first: str, page: _Page) -> int:
    """Indented code; `first` is the line at `index` without the marks of a quotation."""
    end = index + 1
    while end < len(lines) and lines[end].startswith(("    ", "\t")):
        end += 1
    page.add("\n".join(line.strip() for line in [first, *lines[index + 1 : end]]))
    return end


def _is_table(lines: Sequence[str], index: int) -> bool:
    below = _QUOTE.sub("", lines[index + 1], count=1)
    return "-" in below and bool(_DELIMITER.match(below)) and ("|" in below or ":" in below)


def _table(lines: Sequence[str], index: int, page: _Page) -> int:
    """A table as rows, its header first."""
    page.close()
    end = index
    rows = []
    while end < len(lines) and "|" in lines[end]:
        if end != index + 1:
            row = _QUOTE.sub("", lines[end], count=1).strip().removeprefix("|").removesuffix("|")
            rows.append([inline(cell.replace("\\|", "|")) for cell in _CELLS.split(row)])
        end += 1
    for said in table_rows.texts(rows, heads=1):
        page.add(said)
    return end


def _paragraph(lines: Sequence[str]) -> str:
    """Lines joined by spaces; two spaces or a backslash at the end keep the line's end."""
    parts: list[str] = []
    for number, line in enumerate(lines):
        kept = number + 1 < len(lines) and line.endswith(("  ", "\\"))
        parts.append(line.strip().removesuffix("\\") if kept else line.strip())
        parts.append("\n" if kept else " ")
    return inline("".join(parts))


# -- inside a line ---------------------------------------------------------------------------------

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,1000}?)(?<!`)\1(?!`)", re.DOTALL)
_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]]{0,500})\](?:\((?:[^()\\]|\\.|\([^()]{0,200}\)){0,1000}\)|\[[^\]]{0,300}\])"
)
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]\\]|\\.){0,1000})\](?:\((?:[^()\\]|\\.|\([^()]{0,200}\)){0,1000}\)|\[[^\]]{0,300}\])"
)
_WIKI = re.compile(r"!?\[\[(?:[^\]|\n]{0,300}\|)?(?P<text>[^\]|\n]{1,300})\]\]")
_MARK = re.compile(r"\[\^[^\]\s]{1,100}\]")
_AUTO = re.compile(r"<((?:https?://|mailto:)[^>\s]+|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,1000})?/?>")
_STRIKE = re.compile(r"~~(?=\S)(.{1,500}?)(?<=\S)~~", re.DOTALL)
_STARS = re.compile(
    r"(?<!\*)(\*{1,3})(?=[^\s*])((?:[^*]|\*(?!\1)){1,500}?)(?<=[^\s*])\1(?!\*)", re.DOTALL
)
_BARS = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])(.{1,500}?)(?<=[^\s_])\1(?![\w_])", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"(?<=\S)[ \t]*\{[#.:][^{}\n]*\}")

# Code and escaped signs wait here while marks are taken out.
_HELD = 0xF0000
_MOST_HELD = 0xFFFD
_WAITING = re.compile(f"[{chr(_HELD)}-{chr(_HELD + _MOST_HELD - 1)}]")


def _let_go(sign: str, kept: Sequence[str]) -> str:
    number = ord(sign) - _HELD
    return kept[number] if number < len(kept) else sign


def inline(text: str) -> str:
    """The words of a paragraph without the marks of Markdown."""
    kept: list[str] = []

    def hold(words: str) -> str:
        if len(kept) == _MOST_HELD:
            return words
        kept.append(words)
        return chr(_HELD + len(kept) - 1)

    text = _CODE.sub(lambda match: hold(match[2].strip()), text)
    text = _ESCAPE.sub(lambda match: hold(match[1]), text)
    text = _AUTO.sub(lambda match: hold(match[1].removeprefix("mailto:")), text)
    text = _WIKI.sub(lambda match: match["text"], text)
    text = _IMAGE.sub(lambda match: match["alt"], text)
    for _ in range(3):
        changed = _LINK.sub(lambda match: match["text"], text)
        if changed == text:
            break
        text = changed
    text = _ATTRIBUTES.sub("", _MARK.sub("", text))
    text = _TAG.sub("", _BREAK.sub("\n", text))
    for pattern, words in ((_STRIKE, r"\1"), (_STARS, r"\2"), (_STARS, r"\2"), (_BARS, r"\2")):
        text = pattern.sub(words, text)
    text = html.unescape(text)
    text = _WAITING.sub(lambda match: _let_go(match[0], kept), text)
    return "\n".join(" ".join(line.split(" ")).strip() for line in text.split("\n")).strip()
