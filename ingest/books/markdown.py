"""Markdown as plain text: front matter as metadata, headings as chapters, without markup.

CommonMark as markdown-it-py parses it, with tables, footnotes, wiki links and front matter of notes
and static sites, and the comments and highlights of Obsidian
(https://help.obsidian.md/obsidian-flavored-markdown). The text of links stays; code keeps its
lines.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import scripts
from ingest.books import document, main_text, markup, naming, table_rows
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.markup import BULLET, Block
from ingest.books.plain_latex import plain_latex
from ingest.errors import EmptyFileError
from ingest.patterns import later
from ingest.records import Reading, ReadRequest

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

READER = "markdown/9"


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one Markdown file: `Source`, its `Section`s from `start_section` on, perhaps a `Notice`.

    Raises `EmptyFileError` and `UnsupportedFileError`.
    """
    decoded = decode(path.read_bytes())
    matter, body = front_matter(decoded.text)
    body = _NOT_SHOWN.sub(lambda match: match["code"] or match["marked"] or "", body)
    body_blocks, hidden = _parsed(body)
    if not body_blocks and not matter:
        raise EmptyFileError("The file contains no words.", "Add a file that has text in it.")
    if not body_blocks:
        # Nothing but fields: they become the text.
        body_blocks = [Block(f"{name}: {value}") for name, value in matter.items() if value]
    page = Document(
        title=matter.get("title", "") or document.first_heading(body_blocks),
        author=matter.get("author", matter.get("authors", matter.get("creator", ""))),
        date=naming.iso_date(matter.get("date") or matter.get("created") or matter.get("year", "")),
        language=naming.language_tag(matter.get("language", matter.get("lang", ""))),
        blocks=body_blocks,
        metadata=_metadata(matter, body),
    )
    page.leave_out(hidden)
    yield from document.records(page, path, document.Format("markdown", READER), request)
    yield from decoded.notices()


def _metadata(matter: Mapping[str, str], body: str) -> dict[str, str]:
    """The metadata of a note: fields, tags and linked notes."""
    prose = _IN_CODE.sub("", body)
    tags = [tag.strip(" #\"'") for tag in matter.get("tags", matter.get("tag", "")).split(",")]
    tags += _HASHTAG.findall(prose)
    links = (target.strip() for target in _WIKI_LINK.findall(prose))
    metadata = {
        key: matter[key][:300]
        for key in ("keywords", "doi", "url", "citation_key")
        if matter.get(key)
    }
    collections = matter.get("collections", "").split(", ")
    metadata["collections"] = "\n".join(filter(None, collections))[:_LONGEST_VALUE]
    metadata["tags"] = ", ".join(dict.fromkeys(filter(None, tags)))[:_LONGEST_VALUE]
    metadata["links"] = "\n".join(dict.fromkeys(filter(None, links)))[:_LONGEST_VALUE]
    return {key: value for key, value in metadata.items() if value}


# -- what is Markdown ------------------------------------------------------------------------------

#: Tags and links of Obsidian, which code has none of.
_HASHTAG = later(r"(?<![^\s(])#([^\W\d_][\w/-]{0,60})")
_WIKI_LINK = later(r"(?<!!)\[\[([^\]|#^\n]{1,200})")
_CODE = r"^[ \t>]*(?P<fence>`{3,}+|~{3,}+).*?^[ \t>]*(?P=fence)|`[^`\n]*`"
_IN_CODE = later(rf"(?ms){_CODE}")
#: Obsidian's comments, highlights and block ids outside code.
_NOT_SHOWN = later(
    rf"(?ms)(?P<code>{_CODE})|%%.*?%%|(?<![\w=])==(?=[^\s=])(?P<marked>[^\n]{{1,300}}?)(?<=[^\s=])"
    r"==(?![\w=])|(?:^[ \t]{0,20}|(?<=\S)[ \t]{1,20})\^(?=[\w-]*[A-Za-z]|\d{4})[\w-]{1,100}[ \t]*$"
)
_LONGEST_VALUE = 2000
_ATX = re.compile(rb"^#{1,6}[ \t]+\S[^\n]*(?:\n[ \t\r]*$|\Z)", re.MULTILINE)
_ANY_ATX = re.compile(rb"^#{1,6}[ \t]+\S", re.MULTILINE)
_MARKS = re.compile(
    rb"\[[^\]\n]{1,300}\]\([^)\s]{1,500}+[^)\n]{0,200}+\)|^(?:```|~~~)|\*\*[^*\s][^*\n]{0,300}\*\*"
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


def is_markdown(head: bytes, has_suffix: bool) -> bool:
    """Whether text is Markdown: front matter, or headings together with other markup.

    `has_suffix`: the file has the suffix, and then a single mark is enough.
    """
    text = head.decode("utf-8", "replace")
    if front_matter(text.replace("\r\n", "\n"))[0]:
        return True
    if has_suffix:
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
    """The fields of front matter (names in lower case), and the text below.

    A subset of YAML and TOML: `name: value`, quoted values, lists in brackets or on separate lines.
    Anything else gives no fields and the whole text.
    """
    match = _MATTER.match(text)
    if not match or (match["rule"] == "+++") != (match["end"] == "+++"):
        return {}, text
    fields: dict[str, list[str]] = {}
    name = ""
    for line in match["fields"].split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pair = _FIELD.match(line)
        item = _ITEM.match(line)
        if pair:
            name = pair["name"].lower()
            fields[name] = _values(pair["value"] or "")
        elif name and (item or line[0] in " \t"):
            # Of nested "- name: Imogen Hale" the value counts.
            value = item["value"] if item else line.strip()
            inner = _FIELD.match(value.strip())
            if inner is None or inner["name"].lower() in {"name", "family", "given", "literal"}:
                fields[name] += _values((inner["value"] or "") if inner else value)
        else:
            return {}, text
    values = {name: ", ".join(parts) for name, parts in fields.items()}
    if not any(values.values()):
        return {}, text
    return values, text[match.end() :]


def _values(text: str) -> list[str]:
    value = _MARK.sub(lambda link: link["text"] or _page_name(link["target"]), text).strip()
    if value in {"", "|", ">", "|-", ">-"}:
        return []
    if value[0] == "[" and value[-1] == "]":
        parts = [part.strip().strip("\"'") for part in value[1:-1].split(",")]
        return [part for part in parts if part]
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        return [re.sub(r'\\(["\\])', r"\1", value[1:-1])]
    return [re.sub(r"\s+#\s.*$", "", value)]


# -- blocks ----------------------------------------------------------------------------------------

_TASK = later(r"\[(?P<done>[ xX])\][ \t]+")
_CALLOUT = later(r"\[!\w+\][+-]?\s*")
#: A note reference, and a wiki link.
_MARK = later(
    r"\[\^[^\]\s]{1,100}\]|(?P<shown>!?)"
    r"\[\[(?P<target>[^\[\]|\n]{0,300})(?:\|(?P<text>[^\[\]\n]{0,300}))?\]\]"
)
#: The size of a picture; code that queries a plugin's tables.
_SIZE = later(r"(?:^|\|)\d+(?:x\d+)?$")
_QUERY = later(r"\$?=\s*(?:this|dv)\b")
_QUERIES = ("dataview", "dataviewjs", "query", "tasks", "base")
#: An HTML tag whose words a style or attribute may hide or mark.
_STYLED = later(r"<[^>]*\s(?:style|hidden)\b", re.IGNORECASE)
_BREAK = later(r"<br\s*/?>", re.IGNORECASE)
#: Bold that CommonMark misses between punctuation and a letter.
_BOLD = later(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*|(?<=[^\0-\x7f])\*\*|\*\*(?=[^\0-\x7f])")
#: Pandoc's superscripts and subscripts: 2^30^, H~2~O.
_RAISED = later(r"(?<=\w)\^([^\s^]{1,20})\^(?!\^)")
_LOWERED = later(r"(?<=\w)~([^\s~]{1,20})~(?!~)")
_TAGS = {
    "<sup>": scripts.UP, "<sub>": scripts.DOWN, "</sup>": scripts.END, "</sub>": scripts.END,
    **dict.fromkeys(("<s>", "<del>", "<strike>"), scripts.STRUCK),
    **dict.fromkeys(("</s>", "</del>", "</strike>"), scripts.STRUCK_END),
}  # fmt: skip
#: A formula, which Pandoc distinguishes from prices, with a character that prices lack.
_FORMULA = later(
    r"\$\$([^$]{1,2000})\$\$|\$(?=\S)(?=[^$]{0,300}[\\^_{=])([^$`]{1,300})(?<=\S)\$(?!\d)"
)
_ATTRIBUTES = later(r"(?<![ \t])[ \t]*+\{[#.:][^{}\n]*\}")
_MAX_DEPTH = 60


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_DEPTH})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    # The plugin's rule takes minutes for a line of brackets.
    parser.disable("footnote_ref")
    parser.inline.ruler.before("link", "mark", _mark)
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


def _mark(state: "StateInline", silent: bool) -> bool:
    """Remove note references, and the brackets of wiki links."""
    match = _MARK.match(state.src, state.pos)
    if match and not silent and match["target"] is not None:
        state.pending += _link_words(match)
    state.pos = match.end() if match else state.pos
    return match is not None


def _formula(state: "StateInline", silent: bool) -> bool:
    """Convert a LaTeX formula to plain characters."""
    match = _FORMULA.match(state.src, state.pos)
    if match and not silent:
        state.pending += plain_latex(f"${(match[1] or match[2]).strip()}$")
    state.pos = match.end() if match else state.pos
    return match is not None


def _link_words(link: re.Match[str]) -> str:
    """The text of a link, followed by its page if they differ."""
    words, name = _SIZE.sub("", link["text"] or "").strip(), _page_name(link["target"])
    is_file = bool(link["shown"]) and "." in name
    if is_file or name.casefold() in words.casefold() or link["target"].startswith("#"):
        return words or ("" if is_file else name)
    return f"{words} ({name})" if words else name


def _page_name(target: str) -> str:
    """The page of a link without folder and anchor: “people/Ida Kern#Youth” is “Ida Kern”."""
    path, _, place = target.partition("#")
    name = path.rpartition("/")[2].removesuffix(".md") or place.rpartition("#")[2]
    return "" if name.startswith("^") else name.strip()


def blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text without front matter."""
    return _parsed(text)[0]


def _parsed(text: str) -> tuple[list[Block], list[str]]:
    """The blocks, and what its HTML hides."""
    page = _Page()
    for token in _parser().parse(text):
        page.take(token)
    return page.blocks, page.hidden


def inline(text: str) -> str:
    """The text of a line without Markdown."""
    return "".join(_words(token.children or (), []) for token in _parser().parseInline(text))


@dataclass(slots=True)
class _Page:
    """Blocks under construction; `lists` are the next numbers of the enclosing lists."""

    blocks: list[Block] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    level: int = 0
    note: bool = False
    mark: str = ""
    hidden: list[str] = field(default_factory=list)
    #: The number of blocks before an element that is hidden and still open.
    shown: int | None = None

    def take(self, token: "Token") -> None:
        """Process a token of the parser."""
        match token.type:
            case "heading_open" | "heading_close":
                self.level = int(token.tag[1]) if token.nesting == 1 else 0
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.mark = f"{self.lists[-1]}{token.markup}" if token.info else BULLET
                self.lists[-1] += 1
            case "footnote_reference_open" | "footnote_reference_close":
                self.note = token.nesting == 1
            case "tr_open":
                self.rows.append([])
            case "table_close":
                self.add_table()
            case "fence" if token.info.strip().lower() in _QUERIES:
                pass
            case "fence" | "code_block":
                lines = map(str.rstrip, token.content.split("\n"))
                self.add("\n".join(filter(None, lines)))
            case "html_block":
                self.add_html(token.content)
            case "inline":
                take = self.rows[-1].append if self.rows else self.add_paragraph
                take(_words(token.children or (), self.hidden))

    def add_table(self) -> None:
        """Append the rows of the table that ends."""
        for row in table_rows.texts(self.rows, heads=1):
            self.add(row)
        self.rows = []

    def add_html(self, html: str) -> None:
        """Append the blocks of HTML; an element that it leaves open has Markdown inside."""
        if self.shown is not None and html.startswith("</"):
            self.hidden += (block.text for block in self.blocks[self.shown :])
            del self.blocks[self.shown :]
            self.shown = None
        elif _STYLED.search(html) and "</" not in html:
            found = main_text.visible_text(markup.parse(f"{html}x"))
            self.shown = len(self.blocks) if found.linked or found.hidden else None
        self.blocks += _html(html, self.hidden)

    def add_paragraph(self, words: str) -> None:
        """Append a paragraph, without the mark of a task or callout."""
        task = _TASK.match(words) if self.mark else None
        if task:
            self.mark = "☐" if task["done"] == " " else "☑"
        self.add(_CALLOUT.sub("", words[task.end() if task else 0 :], count=1))

    def add(self, text: str) -> None:
        """Append a block, if it has any text."""
        if text.strip():
            depth = 0 if self.level or self.note else len(self.lists)
            block = Block(text.strip(), self.level, self.note, depth=depth, mark=self.mark)
            self.blocks.append(block)
            self.mark = ""


def _html(html: str, hidden: list[str]) -> list[Block]:
    """The blocks of HTML, without what it hides."""
    found = main_text.visible_text(markup.parse(html))
    hidden += [*found.hidden, *found.linked]
    return markup.blocks_of(found.nodes)


def _words(tokens: Sequence["Token"], hidden: list[str]) -> str:
    """The text of inline tokens; what their HTML hides is added to `hidden`."""
    if any(token.type == "html_inline" and _STYLED.search(token.content) for token in tokens):
        html = (t.content if t.type == "html_inline" else escape(_piece(t)) for t in tokens)
        return " ".join(block.text for block in _html("".join(html), hidden))
    words = _LOWERED.sub(_lowered, _RAISED.sub(_raised, "".join(map(_piece, tokens))))
    return "\n".join(line.strip() for line in scripts.without_marks(words).split("\n")).strip()


def _piece(token: "Token") -> str:
    match token.type:
        case "text":
            return _ATTRIBUTES.sub("", _BOLD.sub(r"\1", token.content))
        case "code_inline" if not _QUERY.match(token.content.strip()):
            return token.content.strip()
        case "image":
            return _SIZE.sub("", _words(token.children or (), []))
        case "softbreak":
            return " "
        case "s_open" | "s_close":
            return _TAGS[f"<{'/' * (token.nesting < 0)}s>"]
        case "hardbreak":
            return "\n"
        case "html_inline" if _BREAK.fullmatch(token.content):
            return "\n"
        case "html_inline":
            return _TAGS.get(token.content.lower(), "")
    return ""


def _raised(match: re.Match[str]) -> str:
    return scripts.UP + match[1] + scripts.END


def _lowered(match: re.Match[str]) -> str:
    return scripts.DOWN + match[1] + scripts.END
