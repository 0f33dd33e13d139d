"""HTML into blocks of text: paragraphs, headings and notes, in reading order.

A block is displayed by itself; so is a short bold line between two `<br>`. White space is
collapsed, a `<br>` is a line end. References to notes are removed and the notes separated, so that
neither interrupts a sentence.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from typing import Any

from ingest import scripts
from ingest.books import formulas, shallow, style_sheets, symbol_fonts, table_rows
from ingest.books.numerals import numeral
from ingest.languages import word_set

_BLOCKS = word_set(
    "address article aside blockquote body button caption center dd details dialog dir"
    " div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hgroup hr html legend li main menu nav ol optgroup option p pre section"
    " summary table tbody tfoot thead tr ul"
)
_DROPPED = word_set(
    "script style head title template noscript iframe embed audio video"
    " canvas svg annotation annotation-xml select button input textarea map img rp rt"
)
#: Where a button is the heading of what it opens, and how it names that.
_TITLES = frozenset({*(f"h{level}" for level in range(1, 7)), "dt", "summary", "legend"})
_OPENS = frozenset(style_sheets.OPENING)
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
BULLET = "•"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[^\S\u00a0\u202f\u2007\u3000]+")
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote", "note"})
_NOTES_TYPES = frozenset({"footnotes", "endnotes", "rearnotes"})
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:footnote|endnote|fnote|note-?text)(?:\s|$)", re.IGNORECASE)
_MARK_CLASS = re.compile(
    r"noteref|fnanchor|footnote-?(?:ref|anchor|link)|pginternal-note", re.IGNORECASE
)
_MARK_TEXT = re.compile(
    r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})\s*[\])]?", re.IGNORECASE
)
_PAGE_CLASS = re.compile(
    r"(?:^|\s)(?:pagenum|page-?number|pageno|page-?num)\w*(?:\s|$)", re.IGNORECASE
)
_PAGE_LABEL = re.compile(r"\W*(?:[^\W\d]+\W+|[ps])?(\d{1,5}|[ivxlcdm]{1,9})\W*", re.IGNORECASE)
_BOLD_TAGS = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SCRIPTS = {
    **dict.fromkeys(("sup", "super", "superscript"), scripts.UP),
    **dict.fromkeys(("sub", "subscript"), scripts.DOWN),
}
_ALIGNED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_STRUCK_TAGS = frozenset({"del", "s", "strike", "strikethrough"})
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*\bline-through\b", re.IGNORECASE)
_FONT_STYLE = re.compile(r"font(?:-family)?\s*:[^;,}]*\b(symbol|wingdings)\b", re.IGNORECASE)
#: The prefix of formulas in XHTML.
_PREFIXED = re.compile(r"<(/?)(?:m|mml|math|mathml):(?=m[a-z]+[\s/>])")
#: Characters of a bold line that may be a heading.
LONGEST_TITLE = 100
_SENTENCE_END = re.compile(r"[.!?:…\]][\"”’»)]*\Z")
#: A self-closing element that HTML does not know as such.
_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"([a-z][\w:-]*)((?:\s[^<>]*)?)/>",
    re.IGNORECASE,
)
# Old pages set each piece of type apart: "<i>MacDougall </i> <font>, had".
_LONE_SIGN = re.compile(r"\s*[,.](?=\s|\Z)")
# Elements that occur in a cell only if a table lays out a page.
_LAID_OUT = "table, h1, h2, h3, h4, h5, h6, aside, section, article, blockquote, pre"
_LONGEST_CELL = 1000
#: Bytes at the beginning of a page in which it declares its encoding.
_MAX_HEAD = 65_536


@dataclass(slots=True)
class Block:
    """A paragraph, heading or note. `ids` are the anchors in it or right before it.

    `level` is 1 to 6 for headings, or else 0; `types` the `epub:type`s and roles around it;
    `linked` counts its characters in links, `figures` the pictures in or right before it. `depth`
    is the number of enclosing lists, `mark` its bullet or number if an item begins with it. `bold`
    and `centred` apply to the whole block. `pages` are the labels of the printed pages that begin
    in it, each with the share of the block before it.
    """

    text: str
    level: int = 0
    note: bool = False
    ids: list[str] = field(default_factory=list)
    types: frozenset[str] = frozenset()
    linked: int = 0
    figures: int = 0
    depth: int = 0
    mark: str = ""
    bold: bool = False
    centred: bool = False
    pages: tuple[tuple[float, str], ...] = ()


@dataclass(slots=True)
class _State:
    parts: list[str] = field(default_factory=list)
    #: Which of the parts are bold.
    bold: list[bool] = field(default_factory=list)
    #: Whether the last part is followed by an omission, such as a formula as a picture.
    unseen: bool = False
    ids: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    linked: int = 0
    figures: int = 0
    #: The enclosing lists: number format ("" for bullets) and next number.
    lists: list[tuple[str, int]] = field(default_factory=list)
    mark: str = ""
    #: Labels of printed pages, and the characters of the current block before each.
    pages: list[tuple[int, str]] = field(default_factory=list)
    navs: int = 0
    #: Labels of table cells, by `mem_id`: the names of their columns.
    names: dict[int, str] = field(default_factory=dict)

    def close(self, frame: "_Frame") -> None:
        """End the current block, if it has any text."""
        if not self.parts:
            return
        pieces = [("".join(self.parts), all(self.bold))]
        if not frame.level and not frame.pre and True in self.bold:
            pieces = list(_pieces(self.parts, self.bold))
        self.parts.clear()
        self.bold.clear()
        for piece, bold in pieces:
            text = _normalised(scripts.without_marks(piece))
            if frame.row:
                text = _trimmed_row(text)
            if not text:
                continue
            # The links of a block are probably below a bold line rather than in it.
            linked = 0 if bold and len(pieces) > 1 else min(self.linked, len(text))
            self.linked -= linked
            pages = tuple((min(1.0, at / len(piece)), label) for at, label in self.pages)
            self.blocks.append(
                Block(
                    text, frame.level, frame.note, self.ids, frame.types, linked, self.figures,
                    len(self.lists), self.mark, bold, frame.centred, pages,
                )
            )  # fmt: skip
            self.ids, self.pages, self.figures, self.mark = [], [], 0, ""
        self.linked = 0

    def add(self, text: str, *, bold: bool = False) -> None:
        """Append to the current block."""
        self.parts.append(text)
        self.bold.append(bold or not text.strip())
        self.unseen = self.unseen and not text.strip()

    def drop_space(self) -> None:
        """Remove white space from the end of the current block, except line ends."""
        for index in range(len(self.parts) - 1, -1, -1):
            self.parts[index] = self.parts[index].rstrip(" \t\r\n\f")
            if self.parts[index]:
                return

    def begin(self, node: Any) -> None:
        """Enter a table, a list, or an item."""
        if node.tag == "table":
            self.names.update(_names(node))
        if node.tag in _LISTS:
            form = (node.attributes.get("type") or "1")[:1] if node.tag == "ol" else ""
            self.lists.append((form, _number(node, "start", 1)))
        elif node.tag == "li" and self.lists:
            form, number = self.lists[-1]
            number = _number(node, "value", number)
            self.lists[-1] = form, number + 1
            self.mark = f"{numeral(number, form)}." if form else BULLET
            # EPUB 3.3, 5.4.1.2: tables of contents are lists without bullets and numbers.
            self.mark = "" if self.navs else self.mark
        self.navs += node.tag == "nav"

    def end(self, node: Any, frame: "_Frame") -> None:
        """Leave an element whose frame is `frame`."""
        self.close(frame)
        if node.tag in _LISTS:
            self.lists.pop()
        elif node.tag == "li":
            self.mark = ""
        self.navs -= node.tag == "nav"


def decoded(data: bytes) -> str:
    """Decode an HTML document by its declaration or its bytes."""
    from ingest.books.encoding import decode_declared

    declared = re.search(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_-]+)""", data[:_MAX_HEAD])
    return decode_declared(data, declared[1].decode("ascii") if declared else "")


def with_ends(xhtml: str) -> str:
    """Expand self-closing XHTML elements for an HTML parser: `<i></i>` for `<i/>`.

    Such a parser takes `<i/>` for a start tag, up to the end of the parent.
    """
    return _EMPTY_ELEMENT.sub(r"<\1\2></\1>", xhtml)


def parse(html: str, css: str = "") -> Any:
    """Parse a page with `selectolax`, limited in depth by `shallow`.

    What its style sheets, and external ones, say of its words is in the `style` of its elements.
    """
    from selectolax.lexbor import LexborHTMLParser

    html = _PREFIXED.sub(r"<\1", html) if ":m" in html else html
    tree = LexborHTMLParser(shallow.flattened(html))
    style_sheets.inline(tree, css)
    return tree


def blocks(html: str) -> list[Block]:
    """The blocks of a page; anchors at its end belong to an empty last block."""
    body = parse(html).body
    return blocks_of([body] if body is not None else [])


def blocks_of(nodes: Iterable[Any]) -> list[Block]:
    """The blocks of parts of a parsed page."""
    state = _State()
    for node in nodes:
        surrounding = _Frame(None, _HEADINGS.get(node.tag, 0))
        state.begin(node)
        _walk(node, state, surrounding)
        state.end(node, surrounding)
    if state.figures and state.blocks:
        state.blocks[-1].figures += state.figures
    if state.ids:
        state.blocks.append(Block("", ids=state.ids))
    return state.blocks


@dataclass(slots=True)
class _Frame:
    """The state of traversing an element: next child, inherited properties, and what ends it."""

    child: Any
    level: int
    note: bool = False
    types: frozenset[str] = frozenset()
    pre: bool = False
    #: In a row of a table, where cells have no blocks of their own.
    row: bool = False
    end: Callable[[], None] | None = None
    bold: bool = False
    centred: bool = False
    struck: bool = False
    #: A font with letters of its own.
    font: str = ""


def _walk(node: Any, state: _State, surrounding: _Frame) -> None:
    stack = [_frame(node, state, surrounding)]
    while stack:
        frame = stack[-1]
        child = frame.child
        if child is None:
            stack.pop()
            if frame.end:
                frame.end()
            continue
        frame.child = child.next
        # A processing instruction such as "<?php … ?>" has no tag.
        tag = child.tag or "-instruction"
        if tag == "-text":
            text = child.text_content or ""
            if text:
                retains = frame.pre and not frame.row
                joins = not (frame.pre or frame.row or state.unseen)
                if joins and _LONE_SIGN.match(text):
                    state.drop_space()
                    text = text.lstrip()
                bold = frame.bold and not frame.row
                text = symbol_fonts.shown(text, frame.font)
                text = scripts.struck(text) if frame.struck else text
                state.add(text.replace("\n", "\v") if retains else text, bold=bold)
        elif tag == "br":
            state.add(" " if frame.row else "\v")
        elif tag == "math":
            state.add(formulas.of_mathml(child))
        elif (
            (tag in _DROPPED and not is_heading_button(child))
            or tag.startswith("-")
            or tag == "!doctype"
        ):
            _keep_ids(child, state)
            state.unseen = True
        else:
            # Some leave nothing, such as a formula that was a picture.
            state.unseen = state.unseen or child.child is None
            inner = _element(child, tag, state, frame)
            if inner is not None:
                stack.append(inner)


def is_heading_button(node: Any) -> bool:
    """Whether an element is a button that opens the text below it, such as an answer."""
    return node.tag == "button" and (
        node.parent.tag in _TITLES or not _OPENS.isdisjoint(node.attributes)
    )


def _frame(
    node: Any,
    state: _State,
    surrounding: _Frame,
    end: Callable[[], None] | None = None,
) -> _Frame:
    """The frame of a child element; its anchors are recorded."""
    types = surrounding.types
    bold = surrounding.bold or node.tag in _BOLD_TAGS
    centred = surrounding.centred or node.tag == "center"
    struck = surrounding.struck or node.tag in _STRUCK_TAGS
    font = surrounding.font
    attributes = node.attributes
    if attributes:
        if attributes.get("id"):
            state.ids.append(attributes["id"])
        if node.tag == "a" and attributes.get("name"):
            state.ids.append(attributes["name"])
        inner = _types(attributes)
        types = types | inner if inner else types
        style = attributes.get("style") or ""
        bold = bold or bool(_BOLD_STYLE.search(style))
        struck = struck or bool(style and _STRUCK_STYLE.search(style))
        own = _FONT_STYLE.search(style)
        font = own[1] if own else (attributes.get("face") or font)
        # A centred table does not centre its cells.
        centred = centred or (
            node.tag != "table"
            and (
                (attributes.get("align") or "").lower() == "center"
                or bool(_CENTRED_STYLE.search(style))
            )
        )
    level, note, pre, row = surrounding.level, surrounding.note, surrounding.pre, surrounding.row
    return _Frame(node.child, level, note, types, pre, row, end, bold, centred, struck, font)


def _keep_ids(node: Any, state: _State) -> None:
    if node.tag in {"img", "svg"}:
        if node.attributes.get("id"):
            state.ids.append(node.attributes["id"])
        sides = (node.attributes.get("width"), node.attributes.get("height"))
        # Icons beside the text, and tracking pixels, are no figures.
        state.figures += not any(re.fullmatch(r"[0-4]?\d(?:px)?", side or "") for side in sides)


def _element(node: Any, tag: str, state: _State, surrounding: _Frame) -> _Frame | None:
    """The frame of an element, or None to skip it."""
    is_link = tag == "a" and "href" in node.attributes
    if _is_mark(node) if is_link else _is_page_number(node, tag):
        if node.attributes.get("id"):
            state.ids.append(node.attributes["id"])
        if not is_link and (label := _page_label(node)):
            state.pages.append((sum(map(len, state.parts)), label))
        return None
    if is_link:
        previous = len(state.parts)

        def count() -> None:
            state.linked += sum(map(len, state.parts[previous:]))

        return _frame(node, state, surrounding, count)
    script = _script(node, tag)
    if script == scripts.UP and _sup_is_mark(node):
        return None
    if script:
        state.add(script)
        return _frame(node, state, surrounding, lambda: state.add(scripts.END))
    if tag in {"td", "th"}:
        # Cells of a row stay one line.
        if surrounding.row and (name := state.names.pop(node.mem_id, "")):
            state.add(name)
        return _frame(
            node,
            state,
            surrounding,
            lambda: state.add(table_rows.BETWEEN if surrounding.row else " "),
        )
    if tag not in _BLOCKS:
        return _frame(node, state, surrounding)
    if surrounding.row:
        state.add(" ")
        return _frame(node, state, surrounding, lambda: state.add(" "))
    state.close(surrounding)
    state.begin(node)
    inside = _frame(node, state, surrounding)
    inside.level = _HEADINGS.get(tag, surrounding.level)
    inside.note = surrounding.note or _is_note(node)
    inside.pre = surrounding.pre or tag == "pre"
    inside.row = tag == "tr" and (
        _is_data(node) or any(cell.mem_id in state.names for cell in _cells(node))
    )
    inside.end = partial(state.end, node, inside)
    return inside


def _script(node: Any, tag: str) -> str:
    """The mark for an element raised or lowered by tag, style or class, or ""."""
    if tag in _BLOCKS or tag in _SCRIPTS:
        return _SCRIPTS.get(tag, "")
    if aligned := _ALIGNED.search(node.attributes.get("style") or ""):
        return _SCRIPTS[aligned[1].lower()]
    classes = (node.attributes.get("class") or "").split()
    return next((_SCRIPTS[name.lower()] for name in classes if name.lower() in _SCRIPTS), "")


def _number(node: Any, name: str, otherwise: int) -> int:
    """A numeric attribute, or a default."""
    text = (node.attributes.get(name) or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise


def _is_data(row: Any) -> bool:
    """Whether the cells of a row are data, and not a page layout."""
    cells = 0
    cell = row.child
    while cell is not None:
        if cell.tag in {"td", "th"}:
            cells += 1
            if cell.css_first(_LAID_OUT) is not None:
                return False
            if len(cell.text(deep=True) or "") > _LONGEST_CELL or len(cell.css("p, div")) > 6:
                return False
        cell = cell.next
    return cells > 1


def _names(table: Any) -> dict[int, str]:
    """Labels of table cells, by `mem_id`: the names of their columns.

    A cell that spans rows is repeated in each.
    """
    # A page layout has tables in its cells, at any depth.
    rows = list(_rows(table)) if table.css_first("td table, th table") is None else []
    heads = sum(1 for _ in takewhile(_is_head, rows))
    inspected = max(table_rows.SAMPLE, heads + 1)
    real = (_is_data(row) for row in rows[:inspected] if len(_cells(row)) > 1)
    if not heads and (any(map(_is_pair, rows)) or not all(real)):
        return {}
    grid: list[list[str | None]] = []
    positioned: list[dict[int, int]] = []
    down: dict[int, int] = {}
    for number, row in enumerate(rows):
        cells: list[str | None] = []
        positioned.append({})
        for cell in (*_cells(row), None):
            while down.get(len(cells), 0):
                down[len(cells)] -= 1
                cells.append(None)
            if cell is not None:
                positioned[-1][len(cells)] = cell.mem_id
                wide = min(max(1, _number(cell, "colspan", 1)), table_rows.WIDEST)
                deep = max(0, _number(cell, "rowspan", 1) - 1)
                down.update(dict.fromkeys(range(len(cells), len(cells) + wide), deep))
                cells += table_rows.spread(_flat(cell, number < inspected), wide)
        grid.append(cells)
    start, names = table_rows.columns(grid[:inspected], heads)
    results: dict[int, str] = {}
    above: list[str] = []
    for cells, inner in zip(grid[start:], positioned[start:], strict=True) if names else ():
        above = table_rows.reached(cells, above)
        text = ""
        for at, label in enumerate(table_rows.labels(above, names)):
            if at in inner:
                results[inner[at]] = text + label
                text = ""
            elif above[at]:
                text += f"{label}{above[at]}{table_rows.BETWEEN}"
    return results


def _rows(table: Any) -> Iterator[Any]:
    for item in table.iter():
        if item.tag == "tr":
            yield item
        elif item.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(item)


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter() if cell.tag in {"td", "th"}]


def _is_head(row: Any) -> bool:
    """Whether a row is a header: by its cells, or as part of a `thead`."""
    return row.parent.tag == "thead" or all(cell.tag == "th" for cell in _cells(row))


def _is_pair(row: Any) -> bool:
    """Whether a row is a name and its value."""
    return [cell.tag for cell in _cells(row)] == ["th", "td"]


def _flat(cell: Any, clean: bool) -> str:
    """The text of a cell, with `clean` without omissions."""
    words = [block.text for block in blocks_of([cell])] if clean else [cell.text(deep=True) or ""]
    return " ".join(" ".join(words).split())


def _normalised(text: str) -> str:
    text = _SPACE.sub(" ", text.replace("\v", "\ue000"))
    if "\ue000" in text:
        text = "\n".join(line.strip(" ") for line in text.split("\ue000"))
        text = re.sub(r"\n{2,}", "\n", text)
    return text.strip()


def _pieces(parts: list[str], bold: list[bool]) -> Iterator[tuple[str, bool]]:
    """Split a block around short bold lines; returns pieces, and whether each is bold."""
    runs: list[tuple[list[str], bool]] = []
    for line, is_bold in _lines(parts, bold):
        if runs and (not line.strip() or runs[-1][1] == is_bold):
            runs[-1][0].append(line)
        else:
            runs.append(([line], is_bold))
    pending = ""
    for index, (lines, is_bold) in enumerate(runs):
        text = "\v".join(lines)
        after = runs[index + 1][0][0] if index + 1 < len(runs) else ""
        if is_bold and len(runs) > 1 and _is_heading_line(pending, text, after):
            if pending.strip():
                yield pending, False
            yield text, True
            pending = ""
        else:
            pending = f"{pending}\v{text}" if pending else text
    if pending.strip():
        yield pending, len(runs) == 1 and runs[0][1]


def _lines(parts: list[str], bold: list[bool]) -> Iterator[tuple[str, bool]]:
    """The lines of a block, and whether each is bold."""
    start = 0
    for index in range(len(parts) + 1):
        if index == len(parts) or parts[index] == "\v":
            yield "".join(parts[start:index]), all(bold[start:index])
            start = index + 1


def _is_heading_line(previous: str, line: str, after: str) -> bool:
    """Whether a bold line is no part of a sentence that crosses lines."""
    words = line.strip()
    closed = not previous.strip() or previous.rstrip(" \t\r\n\f").endswith("\v")
    return (
        len(words) <= LONGEST_TITLE
        and any(character.isalnum() for character in words)
        and not words[0].islower()
        and words[-1] not in ",;"
        and not after.strip()[:1].islower()
        and (closed or bool(_SENTENCE_END.search(previous.strip())))
    )


def _trimmed_row(text: str) -> str:
    """A row of a table without leading and trailing separators."""
    return re.sub(r"^(?:\s*\|)+\s*|\s*(?:\|\s*)+$", "", text)


def _types(attributes: Any) -> frozenset[str]:
    results: list[str] = []
    for name in ("epub:type", "role"):
        value = attributes.get(name)
        if value:
            results.extend(part.removeprefix("doc-") for part in value.lower().split())
    if "class" in attributes and attributes["class"] and "pg-boilerplate" in attributes["class"]:
        results.append("boilerplate")
    if attributes.get("id") in {"pg-header", "pg-footer"}:
        results.append(attributes["id"])
    return frozenset(results)


def _is_note(node: Any) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if _types(attributes) & _NOTE_TYPES:
        return True
    return node.tag in {"aside", "div", "p", "li"} and bool(
        _NOTE_CLASS.search(attributes.get("class") or "")
    )


def _is_mark(node: Any) -> bool:
    """Whether a link is a note reference: "1", "[2]", "*"."""
    attributes = node.attributes
    href = attributes.get("href") or ""
    text = (node.text() or "").strip()
    if "#" not in href or not text:
        return False
    if "noteref" in _types(attributes) or _MARK_CLASS.search(attributes.get("class") or ""):
        return True
    if not _MARK_TEXT.fullmatch(text):
        return False
    parent = node.parent
    raised = parent is not None and parent.tag == "sup"
    inner = node.child
    raised = raised or (inner is not None and inner.tag == "sup")
    # "[1]" by itself in running text; at the start of a paragraph it labels the note.
    return raised or (text[0] == "[" and node.prev is not None)


def _sup_is_mark(node: Any) -> bool:
    child = node.child
    while child is not None:
        if child.tag == "a":
            return _is_mark(child)
        child = child.next
    return False


def _is_page_number(node: Any, tag: str) -> bool:
    if tag not in {"span", "a", "div", "p"}:
        return False
    attributes = node.attributes
    if not attributes:
        return False
    return "pagebreak" in _types(attributes) or bool(
        _PAGE_CLASS.search(attributes.get("class") or "")
    )


def _page_label(node: Any) -> str:
    """The number of a printed page: “12” or “xii”."""
    attributes = node.attributes
    for name in (attributes.get("title"), attributes.get("aria-label"), node.text()):
        if match := _PAGE_LABEL.fullmatch((name or "").strip()):
            return str(match[1])
    return ""


def is_notes(types: frozenset[str]) -> bool:
    """Whether these types mark notes."""
    return bool(types & _NOTES_TYPES)


def links(html: str, path: str) -> Iterator[tuple[str, str, int]]:
    """The entries of an EPUB 3 table of contents: (target, title, depth from 1)."""
    tree = parse(html)
    navs = tree.css("nav")
    selected = next(
        (nav for nav in navs if "toc" in _types(nav.attributes)), navs[0] if navs else None
    )
    if selected is None:
        return
    for link in selected.css("a"):
        depth = 0
        parent = link.parent
        while parent is not None and parent.tag != "nav":
            depth += parent.tag == "ol"
            parent = parent.parent
        title = " ".join((link.text() or "").split())
        if title:
            yield link.attributes.get("href") or "", title, max(1, depth)
