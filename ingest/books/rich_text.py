"""Rich text (RTF) of word processors and mail programs.

`striprtf` (BSD) converts text and code pages. Structure that it drops is marked beforehand:
headings (outline levels and heading styles), ends of rows, footnotes, raised, struck-out and hidden
words, and symbol fonts; pictures and embedded objects, which have no text and can be most of the
file, are removed. Headers and footers are below the text, once.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from ingest import scripts
from ingest.books import document, naming, symbol_fonts, table_rows
from ingest.books.document import Document
from ingest.books.markup import Block
from ingest.errors import DamagedFileError, TooLargeError
from ingest.records import Reading, ReadRequest

READER = "rtf/6"

#: Most characters without pictures.
MOST_TEXT = 48_000_000

# Private use characters; they pass through as `\u` escapes. Nothing else uses them.
_HEADING, _TITLE, _NOTE, _NOTE_END, _CELL, _ROW = (chr(0xE0F0 + n) for n in range(6))
_SYMBOL, _WINGDINGS, _FONT_END, _HIDDEN, _HIDDEN_END = (chr(0xE0F6 + n) for n in range(5))
_SIGNS = f"{_HEADING}{_TITLE}{_NOTE}{_NOTE_END}{_CELL}{_ROW}"

_TOKEN = re.compile(r"\\bin(\d+) ?|\\[\\{}]|[{}]")
_WORDLESS = re.compile(
    r"\{\s*(?:\\\*\s*)?\\(?:pict|shppict|nonshppict|objdata|themedata|colorschememapping|datastore"
    r"|shprslt|sp|blipuid|listtable|listoverridetable|rsidtbl|latentstyles|xmlnstbl|generator|bkmkstart"
    r"|bkmkend|fldinst|objclass|header[lrf]?|footer[lrf]?|comment|annotation|atn\w+)(?![a-z])"
)
#: Groups without words in a header or footer.
_WORDLESS_INSIDE = re.compile(
    r"\{\s*(?:\\\*\s*)?\\(?:pict|shppict|nonshppict|objdata|sp|fldinst|bkmkstart|bkmkend)(?![a-z])"
)
#: The numbers and bullets of lists, as text.
_COUNTED = re.compile(r"\{\s*(?:\\\*\s*)?\\(?:pntext|listtext)(?![a-z])")
#: Tracked deletions.
_DELETED = re.compile(r"\{(?:\s*\\[a-z]+-?\d*)*?\s*\\deleted(?![a-z0])")
#: Text in text boxes and embedded objects, and what begins the text of a box.
_HOLDS_WORDS = re.compile(r"(?:\\\*\s*)?\\(?:shpinst|shpgrp|shp|do|object|result)(?![a-z])")
_BOX = re.compile(r"\\(?:shptxt|dptxbxtext)(?![a-z])")
_SCRIPTS = {"super": scripts.UP, "sub": scripts.DOWN, "nosupersub": ""}
#: What sets words apart until their group ends; and signs that are none of these.
_SET = re.compile(
    r"\\(super|sub|nosupersub|strike|striked|v|plain|f)(-?\d+)?(?![a-z\d]) ?|[{}]|\\bin(\d+) ?"
    r"|\\[{}\\]"
)
_IS_SET = re.compile(r"\\(?:super|sub|striked?|v)(?![a-z\d])|\\strike(?:d?1)(?!\d)")
_EDGE = re.compile(r"\{\s*\\(?:header|footer)[lrf]?(?![a-z])")
_FOOTNOTE = re.compile(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])(?:\\ftnalt)?")
_STYLE = re.compile(r"\{\s*(?:\\\*\s*\\)?\\?s(\d+)((?:\\[a-z]+-?\d*|\s|\{\\\*[^{}]*\})*)([^{};]*);")
_PARAGRAPH = re.compile(r"\\pard(?:plain)?(?![a-z])(?P<words>(?:\s*\\[a-z]+-?\d*)*)")
_OUTLINE = re.compile(r"\\outlinelevel(\d)(?!\d)")
_USED_STYLE = re.compile(r"\\s(\d{1,5})(?!\d)")
_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|заголовок)\s*(\d)", re.IGNORECASE
)


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one RTF: `Source`, then its `Section`s from `start_section` on.

    Raises `DamagedFileError` and `NoTextError`.
    """
    raw = path.read_bytes().decode("latin-1")
    embedded = raw.count("\\objdata")
    text = _document(raw)
    records = partial(document.records, text, path, document.Format("rtf", READER), request, None)
    yield from document.with_files(records, "RTF document", embedded)


def words(data: bytes) -> str:
    """The paragraphs of rich text. Raises `DamagedFileError` and `TooLargeError`."""
    return "\n\n".join(block.text for block in _document(data.decode("latin-1")).blocks)


def _document(raw: str) -> Document:
    # Sloppy files contain raw bytes beyond ASCII; escaped they are decoded.
    edges = ["{" + raw[inside:end] for _, inside, end in _spans(raw, _EDGE)]
    raw = _remove_groups(_with_numbers(raw), _WORDLESS)
    deleted = ["{" + raw[inside:end] for _, inside, end in _spans(raw, _DELETED)]
    raw = _remove_groups(raw, _DELETED)
    if len(raw) > MOST_TEXT:
        raise TooLargeError(
            f"This RTF document contains more than {MOST_TEXT // 1_000_000} MB of text.",
            "Split it into smaller files and add those.",
        )
    raw = re.sub(r"[\x80-\xff]", lambda match: f"\\'{ord(match[0]):02x}", raw)
    raw = re.sub(r"\\(?:uc|bin)(?![a-z\d])", "", raw)
    codepage = re.search(r"\\ansicpg(\d{1,5})", raw)
    encoding = _codec_name(f"cp{codepage[1]}") if codepage else "cp1252"
    symbols = _symbol_fonts(raw)
    raw = _with_fonts(raw)
    info = _group(raw, re.compile(r"\{\s*\\info(?![a-z])"))
    plain, hidden = _revealed(_plain(_marked(raw, symbols), encoding))
    results = list(_blocks(plain))
    text = Document(
        title=_info(info, "title", encoding),
        author=_info(info, "author", encoding),
        date=_created(info),
        blocks=results or _recovered(raw, encoding),
    )
    for name in ("subject", "keywords"):
        value = _info(info, name, encoding)
        if value:
            text.metadata[name] = value[:300]
    text.title = text.title or document.first_heading(text.blocks)
    text.leave_out(hidden)
    begin = "{\\rtf1" + _group(raw, re.compile(r"\{\s*\\fonttbl(?![a-z])"))
    text.leave_out([_plain(f"{begin}{words}}}", encoding) for words in deleted], deleted=True)
    lines = (
        _plain(begin + _remove_groups(edge, _WORDLESS_INSIDE) + "}", encoding) for edge in edges
    )
    # The converter divides cells so.
    text.add_edges(_tidy(cell) for line in lines for cell in re.split(r"[\n|]", line))
    return text


def _revealed(text: str) -> tuple[str, list[str]]:
    """A text with the letters of its symbol fonts, and its hidden words, which it loses."""
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[1])
        return ""

    for sign, font in ((_SYMBOL, "Symbol"), (_WINGDINGS, "Wingdings")):
        text = re.sub(
            f"{sign}([^{_FONT_END}]*)(?:{_FONT_END}|\\Z)",
            lambda match: symbol_fonts.shown(match[1], font),  # noqa: B023
            text,
        )
    text = re.sub(f"{_HIDDEN}([^{_HIDDEN_END}]*)(?:{_HIDDEN_END}|\\Z)", hide, text)
    words = (_tidy(item) for item in hidden)
    return text.replace(_FONT_END, "").replace(_HIDDEN_END, ""), [w for w in words if w]


def _symbol_fonts(raw: str) -> dict[str, str]:
    """The numbers of symbol fonts, each with the mark of its words."""
    table = _group(raw, re.compile(r"\{\s*\\fonttbl(?![a-z])"))
    found = re.findall(r"\\f(\d+)(?!\d)[^;{}]*?[ }]([A-Za-z][^;\\{}]*);", table)
    return {
        number: _SYMBOL if name.lower().startswith("symbol") else _WINGDINGS
        for number, name in found
        if symbol_fonts.has_own_letters(name.strip())
    }


def _recovered(raw: str, encoding: str) -> list[Block]:
    """The paragraphs in unclosed or unknown groups."""
    *_, after = re.split(r"\\(?:\*\\cs|stylesheet)[^;]*;\s*\}", raw)
    paragraphs = re.split(r"\\pard?(?![a-z])", after.replace("\\*", ""))[1:]
    lines = (_tidy(_plain(f"{{\\rtf1\\pard{words}}}", encoding)) for words in paragraphs)
    return [Block(line) for line in lines if line]


def _plain(rtf: str, encoding: str) -> str:
    """Convert RTF by `striprtf`. Raises `DamagedFileError` if it is invalid."""
    from striprtf.striprtf import rtf_to_text

    convert: Callable[..., str] = rtf_to_text
    try:
        words = convert(rtf, encoding=encoding, errors="replace")
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise DamagedFileError(
            "This rich text (RTF) document is corrupt.",
            "Open it in a word processor, save it again, and add the new copy.",
        ) from error
    # Characters beyond 16 bits are surrogate pairs.
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _codec_name(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"


# Macintosh character sets that Python does not know, and the nearest that it does.
_MACINTOSH = {"78": "128", "79": "136", "80": "129", "81": "178", "82": "177", "85": "134",
              "86": "238", "87": "222", "88": "238"}  # fmt: skip


def _with_fonts(raw: str) -> str:
    """Give each font in the font table an explicit character set.

    `striprtf` uses that of the next font otherwise.
    """
    spans = _spans(raw, re.compile(r"\{\s*\\fonttbl(?![a-z])"))
    if not spans:
        return raw
    start, _, end = spans[0]
    fonts: dict[str, str] = {}
    at = ""
    for number, charset in re.findall(r"\\f(\d+)(?!\d)|\\fcharset(\d+)", raw[start:end]):
        if number:
            at = number
            fonts.setdefault(at, "1")
        elif at:
            fonts[at] = _MACINTOSH.get(charset, charset)
    table = "".join(f"{{\\f{font}\\fcharset{charset} x;}}" for font, charset in fonts.items())
    return f"{raw[:start]}{{\\fonttbl{table}}}{raw[end:]}"


# -- groups ----------------------------------------------------------------------------------------


def _ends(raw: str) -> tuple[list[int], list[int]]:
    """The starts of groups, ascending, and the end of each (after its brace)."""
    starts: list[int] = []
    ends: list[int] = []
    stack: list[int] = []
    position = 0
    while match := _TOKEN.search(raw, position):
        position = match.end()
        if match[1]:
            # Bytes of a picture, in which braces mean nothing.
            position += int(match[1][:10])
        elif match[0] == "{":
            stack.append(len(starts))
            starts.append(match.start())
            ends.append(len(raw))
        elif match[0] == "}" and stack:
            ends[stack.pop()] = position
    return starts, ends


def _spans(raw: str, opening: re.Pattern[str]) -> list[tuple[int, int, int]]:
    """Outermost groups that begin with `opening`: begin, end of the opening, end."""
    starts, ends = _ends(raw)
    results: list[tuple[int, int, int]] = []
    for match in opening.finditer(raw):
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or starts[at] != match.start() or (results and match.start() < results[-1][2]):
            continue
        results.append((match.start(), match.end(), ends[at]))
    return results


def _remove_groups(raw: str, opening: re.Pattern[str]) -> str:
    parts: list[str] = []
    position = 0
    for start, _, end in _spans(raw, opening):
        parts.append(raw[position:start])
        position = end
    return "".join([*parts, raw[position:]])


def _group(raw: str, opening: re.Pattern[str]) -> str:
    spans = _spans(raw, opening)
    return raw[spans[0][0] : spans[0][2]] if spans else ""


# -- what the document says about itself -----------------------------------------------------------


def _info(info: str, name: str, encoding: str) -> str:
    group = _group(info, re.compile(rf"\{{\s*\\{name}(?![a-z])")) if info else ""
    if not group:
        return ""
    inner = re.sub(rf"^\{{\s*\\{name}(?![a-z])\s?", "", group)[:-1]
    return " ".join(_plain(f"{{\\rtf1 {inner}}}", encoding).split())


def _created(info: str) -> str:
    group = _group(info, re.compile(r"\{\s*\\creatim(?![a-z])")) if info else ""
    facts = dict(re.findall(r"\\(yr|mo|dy)(\d{1,4})", group))
    if not facts.get("yr"):
        return ""
    return naming.iso_date(
        f"{int(facts['yr']):04d}-{int(facts.get('mo', 1)):02d}-{int(facts.get('dy', 1)):02d}"
    )


# -- marks -----------------------------------------------------------------------------------------


def _sign(sign: str) -> str:
    return f"\\uc1\\u{ord(sign) - 0x10000 * (ord(sign) > 0x7FFF)}?"


def _marked(raw: str, fonts: Mapping[str, str]) -> str:
    """Mark headings, cells, rows, footnotes, and words that are set apart."""
    levels = _levels(raw)
    parts: list[str] = []
    position = 0
    for start, inside, end in _spans(raw, _FOOTNOTE):
        closing = end - 1 if raw[end - 1 : end] == "}" else end
        note = f"{{{_sign(_NOTE)}{raw[inside:closing]}{_sign(_NOTE_END)}}}"
        parts += [raw[position:start], note]
        position = end
    raw = "".join([*parts, raw[position:]])
    raw = _BOX.sub(r"\\par ", _HOLDS_WORDS.sub("", raw))
    raw = _with_sets(raw, fonts)
    raw = re.sub(r"\\(?:nest)?row(?![a-z])", lambda _: f"{_sign(_ROW)}\\par ", raw)
    raw = re.sub(r"\\(?:nest)?cell(?![a-z])", lambda _: _sign(_CELL), raw)

    def headed(match: re.Match[str]) -> str:
        words = match["words"]
        outline, style = _OUTLINE.search(words), _USED_STYLE.search(words)
        level = int(outline[1]) + 1 if outline else levels.get(style[1], 0) if style else 0
        if not 0 < level <= 9:
            return match[0]
        mark = _TITLE if style and levels.get(style[1]) == 9 else _HEADING
        return f"{match[0]} {_sign(mark)}{min(level, 6) if mark == _HEADING else 1}"

    return _PARAGRAPH.sub(headed, raw)


def _with_numbers(raw: str) -> str:
    """Put the numbers of lists into their text, and remove bullets."""
    parts: list[str] = []
    position = 0
    for start, inside, end in _spans(raw, _COUNTED):
        words = re.sub(r"\\'[0-9a-f]{2}|\\u-?\d+|\\[a-z]+-?\d* ?|[{}]", " ", raw[inside:end])
        number = re.fullmatch(r"\s*([§(]{0,2}[A-Za-z0-9.]{1,16}[.):]{0,2})\s*", words)
        parts += [raw[position:start], f"{{{number[1]} }}" if number else ""]
        position = end
    return "".join([*parts, raw[position:]])


def _with_sets(raw: str, fonts: Mapping[str, str]) -> str:
    """Mark the words that are raised, struck out, hidden, or in a symbol font, by group.

    `fonts` are the marks of symbol fonts by number.
    """
    if not fonts and not _IS_SET.search(raw):
        return raw
    parts: list[str] = []
    #: Of each open group: the marks of position, font, strike and concealment.
    state = ["", "", "", ""]
    ends = (scripts.END, _FONT_END, scripts.STRUCK_END, _HIDDEN_END)
    groups: list[list[str]] = []
    position = at = 0

    def switched(to: list[str]) -> str:
        """The signs that end what no longer applies and begin what does."""
        nonlocal state
        pairs = list(zip(state, to, ends, strict=True))
        state = list(to)
        closing = (end for old, new, end in pairs if old and old != new)
        return "".join(
            map(_sign, (*closing, *(new for old, new, _ in pairs if new and old != new)))
        )

    while match := _SET.search(raw, at):
        at = match.end()
        sign, name, number = match[0][0], match[1], match[2]
        new = list(state)
        if sign == "{":
            groups.append(list(state))
            continue
        if sign == "}":
            new = groups.pop() if groups else new
            parts += [raw[position : match.start()], switched(new)]
            position = match.start()
            continue
        if match[3]:
            at += int(match[3][:10])
        if not name:
            continue
        if name in _SCRIPTS:
            new[0] = "" if number == "0" else _SCRIPTS[name]
        elif name == "f":
            new[1] = fonts.get(number or "", "")
        elif name in {"strike", "striked"}:
            new[2] = "" if number == "0" else scripts.STRUCK
        elif name == "v":
            new[3] = "" if number == "0" else _HIDDEN
        else:
            new = ["", "", "", ""]
        if new != state:
            # The control word stays, for the character set of a font.
            parts += [raw[position:at], switched(new)]
            position = at
    return "".join([*parts, raw[position:]])


def _levels(raw: str) -> dict[str, int]:
    """Style number -> heading level; 9 is the style of the document's title."""
    sheet = _group(raw, re.compile(r"\{\s*\\stylesheet(?![a-z])"))
    levels: dict[str, int] = {}
    for number, words, name in _STYLE.findall(sheet):
        match = _HEADING_NAME.match(name.strip())
        outline = _OUTLINE.search(words)
        if match:
            levels[number] = int(match[1])
        elif name.strip().lower() == "title":
            levels[number] = 9
        elif outline:
            levels[number] = int(outline[1]) + 1
    return levels


_MARK = re.compile(f"^[{_HEADING}{_TITLE}]([1-6])")
_NOTES = re.compile(f"{_NOTE}(.*?)(?:{_NOTE_END}|\\Z)", re.DOTALL)


def _blocks(text: str) -> Iterator[Block]:
    notes: list[str] = []

    def collect_note(match: re.Match[str]) -> str:
        notes.append(match[1])
        return f"{_NOTE_END}{len(notes) - 1}{_NOTE_END}"

    text = _NOTES.sub(collect_note, text)
    level = 0
    row: list[str] = []
    table: list[list[str]] = []
    for line in text.split("\n"):
        results = [int(number) for number in re.findall(f"{_NOTE_END}(\\d+){_NOTE_END}", line)]
        line = re.sub(f"{_NOTE_END}\\d+{_NOTE_END}", "", line)
        mark = None
        while match := _MARK.match(line.lstrip()):
            mark = match
            line = line.lstrip()[match.end() :]
        if _CELL in line or _ROW in line or row:
            row.append(line)
            if _ROW in line:
                table.append([_tidy(cell) for cell in " ".join(row).split(_CELL)])
                row = []
        else:
            yield from map(Block, table_rows.texts(table))
            table = []
            level = int(mark[1]) if mark else 0
            words = _tidy(line)
            if words:
                yield Block(words, level)
        for number in results:
            words = _tidy(notes[number])
            if words:
                yield Block(words, note=True)
    table.append([_tidy(cell) for cell in " ".join(row).split(_CELL)])
    yield from map(Block, table_rows.texts(table))


_UNWANTED = re.compile(f"[{_SIGNS}\u00ad\x00-\x08\x0e-\x1f]")


def _tidy(text: str) -> str:
    return " ".join(_UNWANTED.sub("", symbol_fonts.shown(scripts.without_marks(text))).split())
