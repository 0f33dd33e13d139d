r"""LaTeX sources as the text of the printed page.

`pylatexenc` (MIT) parses; its nodes become headings, paragraphs, list items, captions, table rows
and footnotes. Formulas are kept as written, but for numbers with powers and signs. Macros of the
file without arguments are expanded; included files (`\input`) are reported and not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import takewhile
from pathlib import Path
from typing import Any

from ingest import scripts
from ingest.best_effort import attempt
from ingest.books import document, naming, plain, table_rows
from ingest.books.archive import whole_number
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.markup import BULLET, Block
from ingest.books.plain_latex import plain_latex
from ingest.language.word_lists import lines
from ingest.languages import word_set
from ingest.patterns import later
from ingest.records import Notice, Reading, ReadRequest

# -- latex units ----------------------------------------------------------------------------------
# Numbers with units as the LaTeX package siunitx has them: `\SI{3e-4}{\meter}` is 3×10⁻⁴ m.
#
# Joseph Wright, "siunitx: A comprehensive (SI) units package". Options, which say how a number
# looks, are left out.


#: Commands by their arguments in the notation of `pylatexenc`.
ARGUMENTS = {
    "[{": "num si unit ang numlist",
    "[{{": "qty SIlist qtylist numrange",
    "[{[{": "SI",
    "[{{{": "SIrange qtyrange",
}
COMMANDS = tuple(name for names in ARGUMENTS.values() for name in names.split())
_TOKEN = re.compile(r"\\([A-Za-z]+)\s*(?:\{([^{}]*)\})?|\^\s*(?:\{([^{}]*)\}|(\S))|[^\\^{}.~\s]+")
_EXPONENT = re.compile(r"([\d.,)]*)\s*[eEdD]\s*\+?(-?\d+)")
_PLUS_MINUS = re.compile(r"\s*(?:\+-|\\pm)\s*")
_TIMES = re.compile(r"\s*x\s*")
_POWERS = {"square": "2", "squared": "2", "cubic": "3", "cubed": "3"}
_ANGLES = "°′″"


@dataclass(slots=True)
class _Factor:
    """A unit with its prefix and power."""

    symbol: str
    power: str
    below: bool


def unit_text(node: Any, l2tobj: Any) -> str:
    """The quantity, list, range or unit of a command."""
    name, provided = node.macroname, [_source(item) for item in node.nodeargd.argnlist[1:]]
    if name in ("si", "unit"):
        return unit(provided[0])
    if name == "ang":
        parts = zip(provided[0].split(";"), _ANGLES, strict=False)
        return "".join(quantity(part) + sign for part, sign in parts if part.strip())
    if name.endswith("range"):
        words = f"{quantity(provided[0])}–{quantity(provided[1])}"
    else:
        words = ", ".join(map(quantity, provided[0].split(";")))
    symbol = "" if name.startswith("num") else unit(provided[-1])
    return words + (" " if symbol not in _ANGLES else "") + symbol


def unit(source: str) -> str:
    r"""A unit as printed: “m/s²” for `\meter\per\second\squared`, “m s⁻²” for `m.s^{-2}`."""
    units, prefixes = _symbols("unit"), _symbols("prefix")
    factors: list[_Factor] = []
    prefix, power, following = "", "", False
    for match in _TOKEN.finditer(source):
        name, argument, group, sign = match.groups()
        if name == "per":
            following = True
        elif name in ("square", "cubic", "raiseto"):
            power = argument or _POWERS.get(name, "")
        elif name in ("squared", "cubed", "tothe") or group or sign:
            if factors:
                factors[-1].power = group or sign or argument or _POWERS.get(name, "")
        elif name in prefixes:
            prefix = prefixes[name]
        else:
            # Short names contain their symbol: \km, \um.
            symbol = units.get(name, re.sub(r"^u(?=\w)", "µ", name)) if name else match[0]
            factors.append(_Factor(prefix + symbol, power, following))
            prefix, power, following = "", "", False
    above = " ".join(_raised(factor) for factor in factors if not factor.below)
    lower = [_raised(factor) for factor in factors if factor.below]
    if not lower:
        return above
    return f"{above or '1'}/{lower[0] if len(lower) == 1 else '(' + ' '.join(lower) + ')'}"


def quantity(source: str) -> str:
    """A quantity as printed: “1.5×10⁻³ ± 2” for `1.5e-3 +- 2`."""
    plain = _TIMES.sub(" × ", _PLUS_MINUS.sub(" ± ", source.strip()))
    return _EXPONENT.sub(
        lambda match: match[1] + ("×" if match[1] else "") + "10" + scripts.raised(match[2]), plain
    )


def _raised(factor: _Factor) -> str:
    is_small = scripts.is_small(factor.power)
    return factor.symbol + (scripts.raised(factor.power) if is_small else f"^{factor.power}")


def _source(node: Any) -> str:
    source = "" if node is None else str(node.latex_verbatim()).strip()
    return source.removeprefix("{").removesuffix("}")


@cache
def _symbols(kind: str) -> dict[str, str]:
    """Symbols of units or prefixes by name."""
    rows = (line.split() for line in lines("units.txt", ""))
    return {name: row[1] for row in rows if row[0] == kind for name in row[2:]}


# -- latex ----------------------------------------

READER = "latex/3"

_LEVELS = {
    "part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6,
    "subparagraph": 6, "frametitle": 6,
}  # fmt: skip
_TABLES = word_set("tabular tabular* tabularx tabulary tabu longtable array supertabular")
_LISTS = word_set("itemize enumerate description compactitem compactenum")
_CODE = word_set("verbatim verbatim* lstlisting minted alltt")
_FORMULAS = word_set(
    "equation equation* align align* gather gather* multline multline* eqnarray eqnarray*"
    " displaymath math flalign flalign* alignat alignat*"
)
_DROPPED_PARTS = word_set("tikzpicture pgfpicture picture comment filecontents filecontents*")
_DROPPED = word_set(
    "maketitle label index includegraphics bibliographystyle bibliography tableofcontents"
    " listoffigures listoftables centering vspace hspace vskip hskip newpage clearpage pagebreak"
    " noindent small footnotesize large Large hline toprule midrule bottomrule cline cmidrule"
    " addcontentsline setcounter thispagestyle pagestyle appendix printbibliography nocite"
    " addtocounter setlength pagenumbering makebox parbox raisebox resizebox scalebox rule"
)
_RULES = frozenset({"hline", "toprule", "midrule", "bottomrule"})
_FILES = frozenset({"input", "include", "subfile"})
#: Arguments in the notation of `pylatexenc` ("[" is optional) -> commands that it does not know.
_ARGUMENTS = {
    "*[{": "caption part paragraph title author",
    "[{": "bibitem endnote footnotetext frametitle makebox thanks",
    "{": "sout xout st textsuperscript textsubscript bibliographystyle cline cmidrule index nocite"
    " pagenumbering pageref pagestyle raisebox scalebox subfile thispagestyle nameref",
    "{{": "addtocounter href",
    "[{{": "rule",
    "*{{": "resizebox",
    "[[[{": "parbox",
    "{{{": "addcontentsline multicolumn",
    "[{[{[{": "multirow",
    "*[[{": "parencite textcite autocite footcite",
}
#: The arguments of environments, in the same notation.
_OPENERS = {
    # Names of theorems are in brackets: they are text.
    "": "theorem proposition lemma corollary definition conjecture remark proof thm prop lem cor"
    " conj rem defn",
    "{": "multicols thebibliography tabu",
    "[{": "longtable minted supertabular",
    "{{": "tabulary",
    "[[[{": "minipage",
    "[{[{": "wrapfigure wraptable",
}
_CITES = ("cite", "citep", "citet", "citealp", "parencite", "textcite", "autocite", "footcite")
_REFERENCES = ("ref", "eqref", "pageref", "cref", "Cref", "autoref", "nameref")
_SET = {
    "textsuperscript": (scripts.UP, scripts.END), "textsubscript": (scripts.DOWN, scripts.END),
    **dict.fromkeys(("sout", "xout", "st"), (scripts.STRUCK, scripts.STRUCK_END)),
}  # fmt: skip
#: A formula that is no more than a number.
_NUMBER = later(
    r"(?<!\\)\$(?:[\d.,+=<>/()\s^{}%-]|\\(?:times|cdot|mu|circ|pm|leq?|geq?|approx|sim|[dt]?frac)"
    r"(?![a-z])|\\[,;:! %]){1,80}\$"
)
_SIGNS = {"S": "§", "P": "¶"}
_NOTES = ("footnote", "footnotetext", "endnote", "thanks")
#: A macro without arguments: its name and definition.
_DEFINED = later(
    r"\\(?:(?:re|provide)?newcommand\*?\s*\{?|def\s*)\\([A-Za-z]+)\}?\s*"
    r"\{((?:[^{}\n]|\{[^{}\n]*\}){0,200})\}"
)
#: A comment, with the end of its line unless a blank one follows; before it, verbatim text that may
#: contain percent signs.
_REMARK = later(
    r"(?P<kept>\\begin\{(?P<kind>verbatim\*?|lstlisting|minted|alltt)\}"
    r"(?s:.*?)(?:\\end\{(?P=kind)\}|\Z)"
    r"|\\verb\*?(?P<sign>[^\w\s*]).{0,200}?(?P=sign)"
    r"|\\(?:url|href|path|nolinkurl)\s*\{[^{}\n]*\}|\\.)"
    r"|(?<=cmidrule)\([^()\n]*\)|%[^\n]*(?:\n[ \t]*(?=\S))?"
)
_ADDRESS = ("\\url", "\\href", "\\path", "\\nolinkurl")
_USED = later(r"\\([A-Za-z]+)(?:\{\})?")
_BLANK = later(r"\n[^\S\n]*\n\s*")
_UNREAD = Notice(
    "latex_unread", "Some of the LaTeX in this file could not be read; it stays as it is."
)
#: Depth of macro expansion, and of nesting.
_NESTED, _DEEPEST = 3, 60
#: Characters that macros may add to the length of a file: they can expand each other.
_MAX_SAID = 100_000


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one LaTeX file: `Source`, then its `Section`s from `start_section` on.

    If the parser fails it is read as plain text. Raises `EmptyFileError` and `NoTextError`.
    """
    raw = decode(path.read_bytes()).text
    empty: tuple[Document, list[str]] = Document(), []
    text, files = attempt(lambda: _document(raw), empty, _UNREAD)
    if not text.has_words:
        yield from plain.read(path, request)
        return
    yield from document.records(text, path, document.Format("text", READER), request)
    if files:
        labelled = ", ".join(files[:20]) + (" …" if len(files) > 20 else "")
        yield Notice(
            "parts_not_read",
            f"This file takes in others, which are not read: {labelled}.",
            "Add them, too.",
            words="",
        )


def _document(raw: str) -> tuple[Document, list[str]]:
    """A document, and the names of the files that it includes."""
    from pylatexenc.latexwalker import LatexWalker, get_default_latex_context_db
    from pylatexenc.macrospec import EnvironmentSpec, MacroSpec, MacroStandardArgsParser

    context = get_default_latex_context_db()
    macros = [
        MacroSpec(name, MacroStandardArgsParser(form))
        for form, names in (*_ARGUMENTS.items(), *ARGUMENTS.items())
        for name in names.split()
    ]
    parts = [
        EnvironmentSpec(name, MacroStandardArgsParser(form))
        for form, names in _OPENERS.items()
        for name in names.split()
    ]
    context.add_context_category("here", macros=macros, environments=parts, prepend=True)
    parse = partial(LatexWalker, latex_context=context, tolerant_parsing=True)
    nodes = parse(_expanded(raw)).get_latex_nodes()[0]
    walk = _Walk()
    body = next((n for n in nodes if _environment(n) == "document"), None)
    walk.through(nodes if body is None else [*(n for n in nodes if _name(n) in _METADATA), body])
    walk.flush()
    return walk.text, walk.files


_METADATA = frozenset({"title", "author", "date"})


def _expanded(raw: str) -> str:
    """The source without comments, its own macros expanded."""
    raw = _REMARK.sub(_without_remark, raw)
    results: list[tuple[str, str]] = _DEFINED.findall(raw)
    text = {name: words for name, words in results if f"\\{name}" not in words}
    left = _MAX_SAID + len(raw)

    def in_full(match: re.Match[str]) -> str:
        nonlocal left
        words = text.get(match[1])
        if words is None or left < 0:
            return match[0]
        left -= len(words)
        return words

    body = _DEFINED.sub("", raw)
    for _ in range(_NESTED if text else 0):
        body = _USED.sub(in_full, body)
    return body


def _without_remark(match: re.Match[str]) -> str:
    retained = match["kept"] or ""
    return re.sub(r"(?<!\\)%", r"\\%", retained) if retained.startswith(_ADDRESS) else retained


def _name(node: Any) -> str:
    return str(getattr(node, "macroname", ""))


def _environment(node: Any) -> str:
    return str(getattr(node, "environmentname", ""))


def _is_group(node: Any) -> bool:
    return getattr(node, "delimiters", ()) == ("{", "}")


def _is_around_parts(node: Any) -> bool:
    r"""Whether a group contains a table, a list or a heading, as "{\small …}" may."""
    return _is_group(node) and any(
        _environment(item) or _name(item) in _LEVELS for item in node.nodelist
    )


@dataclass(slots=True)
class _Walk:
    """Traverses the nodes of a document; inline ones are collected until their paragraph ends."""

    text: Document = field(default_factory=Document)
    files: list[str] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    mark: str = ""
    depth: int = 0
    words: Any = None

    def __post_init__(self) -> None:
        from pylatexenc.latex2text import (
            LatexNodes2Text,
            MacroTextSpec,
            get_default_latex_context_db,
        )

        context = get_default_latex_context_db()
        specs = [MacroTextSpec(name, simplify_repl=self._note) for name in _NOTES]
        specs += [MacroTextSpec(name, simplify_repl=_key("({})")) for name in _CITES]
        specs += [MacroTextSpec(name, simplify_repl=_key("{}")) for name in _REFERENCES]
        specs += [MacroTextSpec(name, simplify_repl="") for name in _DROPPED]
        specs += [
            MacroTextSpec(name, simplify_repl=_final_argument)
            for name in ("multicolumn", "multirow")
        ]
        specs += [MacroTextSpec(name, simplify_repl=_set) for name in _SET]
        specs += [MacroTextSpec("verb", simplify_repl=_final_argument)]
        specs += [MacroTextSpec(name, simplify_repl=unit_text) for name in COMMANDS]
        specs += [MacroTextSpec(name, simplify_repl=sign) for name, sign in _SIGNS.items()]
        context.add_context_category("here", macros=specs, prepend=True)
        self.words = LatexNodes2Text(latex_context=context, math_mode="verbatim")

    def line_text(self, nodes: Sequence[Any]) -> str:
        """The text of nodes in one line, with notes collected."""
        return " ".join(scripts.without_marks(self._plain(nodes)).split())

    def _plain(self, nodes: Sequence[Any]) -> str:
        pending = [node for node in nodes if node is not None]
        words = attempt(lambda: str(self.words.nodelist_to_text(pending)), None, _UNREAD)
        if words is None and len(pending) > 1:
            return "".join(self._plain([node]) for node in pending)
        if words is None:
            return "".join(node.latex_verbatim() for node in pending)
        return _NUMBER.sub(lambda match: plain_latex(match[0]), words)

    def _note(self, node: Any, l2tobj: Any) -> str:
        self.notes.append(self.line_text(_arguments(node)[-1:]))
        return ""

    def add(self, words: str, level: int = 0) -> None:
        """Add a block, followed by its notes."""
        if words:
            depth = 0 if level else len(self.lists)
            self.text.blocks.append(Block(words, level, depth=depth, mark=self.mark))
            self.mark = ""
        notes, self.notes = self.notes, []
        self.text.blocks += [Block(note, note=True) for note in notes if note]

    def flush(self) -> None:
        """End the current paragraph."""
        waiting, self.waiting = self.waiting, []
        for paragraph in _BLANK.split(self._plain(waiting)) if waiting else ():
            self.add(" ".join(scripts.without_marks(paragraph).split()))

    def through(self, nodes: Sequence[Any]) -> None:
        """Traverse sibling nodes."""
        self.depth += 1
        for node in nodes or ():
            name, kind = _name(node), _environment(node)
            if kind:
                self._part(node, kind)
            elif name in _LEVELS:
                self.flush()
                self.add(self.line_text(_arguments(node)[-1:]), _LEVELS[name])
            elif name in _METADATA:
                self._set_metadata(name, _arguments(node)[-1:])
            elif name == "caption":
                self.flush()
                self.add(self.line_text(_arguments(node)[-1:]))
            elif name in ("item", "bibitem"):
                self._item(node)
            elif name in _FILES:
                self.files += [self.line_text(_arguments(node)[-1:])]
            elif name == "par":
                self.flush()
            elif self.depth < _DEEPEST and _is_around_parts(node):
                self.through(node.nodelist)
            elif name not in _DROPPED:
                self.waiting.append(node)
        self.depth -= 1

    def _part(self, node: Any, kind: str) -> None:
        self.flush()
        if kind in _TABLES:
            rows, heads = self._rows(node.nodelist)
            for line in table_rows.texts(rows, heads):
                self.add(line)
        elif kind in _FORMULAS:
            self.add(" ".join(node.latex_verbatim().split()))
        elif kind in _CODE:
            self.add(_inside(node.latex_verbatim()))
        elif kind in _DROPPED_PARTS:
            return
        elif self.depth < _DEEPEST:
            if kind in ("abstract", "thebibliography"):
                self.add("Abstract" if kind == "abstract" else "References", _LEVELS["section"])
            members = kind in _LISTS
            self.lists += [0 if kind.endswith("num") or kind == "enumerate" else -1] * members
            titles = list(takewhile(_is_group, node.nodelist if kind == "frame" else ()))
            for title in titles:
                self.add(self.line_text([title]), _LEVELS["frametitle"])
            self.through(node.nodelist[len(titles) :])
            self.flush()
            if members:
                self.lists.pop()
        else:
            self.add(self.line_text([node]))

    def _item(self, node: Any) -> None:
        self.flush()
        if self.lists:
            number = self.lists[-1] + (self.lists[-1] >= 0)
            self.lists[-1] = number
            self.mark = f"{number}." if number > 0 else BULLET
        if any(label := _arguments(node)) and _name(node) == "item":
            self.waiting += [item for item in label if item is not None]

    def _spread(self, row: Sequence[list[Any]]) -> Iterator[str | None]:
        for cell in row:
            spanning = next(
                (_arguments(node)[:1] for node in cell if _name(node) == "multicolumn"), ()
            )
            wide = whole_number(self.line_text(spanning)) or 1
            yield from table_rows.spread(self.line_text(cell), wide)

    def _rows(self, nodes: Sequence[Any]) -> tuple[list[list[str | None]], int]:
        """The rows of a table, and how many precede its first inner rule."""
        rows: list[list[list[Any]]] = [[[]]]
        rules: list[int] = []
        for node in nodes:
            if _name(node) in _RULES:
                rules += [len(rows) - 1] if len(rows) > 1 else []
            elif _name(node) in ("\\", "tabularnewline"):
                rows.append([[]])
            elif getattr(node, "specials_chars", "") == "&":
                rows[-1].append([])
            else:
                rows[-1][-1].append(node)
        texts = [[*self._spread(row)] for row in rows]
        while texts and not any(texts[-1]):
            texts.pop()
        inner = {at for at in rules if at < len(texts)}
        # If every row is ruled, rules do not mark a header.
        return texts, min(inner) if 0 < len(inner) < max(2, len(texts) - 1) else 0

    def _set_metadata(self, name: str, words: Sequence[Any]) -> None:
        if name == "author":
            people = re.split(r"\\and\b", words[0].latex_verbatim().strip("{}")) if words else []
            self.text.author = ", ".join(filter(None, (self.text.author, *map(_person, people))))
        elif name == "title":
            self.text.title = self.line_text(words)
        else:
            self.text.date = naming.iso_date(self.line_text(words))
        self.notes = []


def _person(source: str) -> str:
    """The name at the beginning of an author's lines."""
    first = re.split(r"\\\\|\\(?:thanks|inst|affil|email|footnote)\b", source)[0]
    return plain_latex(first).strip(" ,")


def _arguments(node: Any) -> list[Any]:
    facts = getattr(node, "nodeargd", None)
    return list(facts.argnlist or ()) if facts else []


def _key(form: str) -> Any:
    """Mark a citation or reference by its key."""

    def citation(node: Any, l2tobj: Any) -> str:
        keys = [item for item in _arguments(node) if item is not None]
        return form.format(keys[-1].latex_verbatim().strip("{}")) if keys else ""

    return citation


def _set(node: Any, l2tobj: Any) -> str:
    """The argument of a command with the marks of its position, or of what is struck out."""
    begin, end = _SET[_name(node)]
    return f"{begin}{_final_argument(node, l2tobj)}{end}"


def _final_argument(node: Any, l2tobj: Any) -> str:
    """The text of the last argument."""
    return str(l2tobj.nodelist_to_text(_arguments(node)[-1:]))


def _inside(source: str) -> str:
    """The lines between the begin and end of an environment."""
    return re.sub(
        r"\A\\begin\{[^}]*\}(?:\[[^\]]*\])?(?:\{\w+\})?\n?|\n?\\end\{[^}]*\}\Z", "", source
    ).strip("\n")
