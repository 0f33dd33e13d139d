"""Citations and reference lists in styles of the Citation Style Language, by citeproc-py.

The styles in `resources/styles` are included; any other is a `.csl` file, of which there are
thousands (https://www.zotero.org/styles). Parts of CSL 1.0.2 that citeproc-py lacks and these
styles need are added here: names that are not initialised, conditions on ambiguity, a title in
place of an author, punctuation within American quotation marks.
"""

import contextlib
import io
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from workbench import paths, plugins
from workbench.errors import InputError, NotFoundError
from workbench.recall.records import Place
from workbench.recall.wording import chapter_number, quoted, time_words

T = TypeVar("T")
_CSL = "{http://purl.org/net/xbiblio/csl}"
_TEXT = f"{_CSL}text"
_LOCALE = "en-US"
#: Maximum depth of nested macros.
_DEEP = 8
_RAISED = str.maketrans("0123456789,–-()", "⁰¹²³⁴⁵⁶⁷⁸⁹˒⁻⁻⁽⁾")


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """An included style: its name for `cite`, and its title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a style.

    `text` is the citation, in a footnote for a style of `notes`; `reference` is the entry in the
    list of references, "" if the style has none.
    """

    text: str
    reference: str
    notes: bool = False

    def after(self, quote: str) -> str:
        """The quote with its citation, and the reference below."""
        if self.notes:
            return f"{quoted(quote)}\n\n{self.text}"
        gap = "" if self.text[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" else " "
        return f"{quoted(quote)}{gap}{self.text}\n\n{self.reference}".rstrip()


def styles() -> list[CitationStyle]:
    """The included styles and those of plugins, by title."""
    matches = []
    for path in sorted(_folder().glob("*.csl")):
        with path.open(encoding="utf-8") as file:
            title = re.search(r"<title>([^<]+)</title>", file.read(4000))
        matches.append(CitationStyle(path.stem, title[1] if title else path.stem))
    matches += [CitationStyle(name, name) for name in plugins.found(plugins.CITATION_STYLES)]
    return sorted(matches, key=lambda item: item.title.casefold())


def cite(items: Sequence[Mapping[str, Any]], style: str, places: Sequence[Place]) -> list[Citation]:
    """Cite each CSL item at a location; `style` is a name or a `.csl` file.

    Raises `NotFoundError` for an unknown style, `InputError` for an invalid file or plugin.
    """
    import citeproc
    from citeproc.source import Locator

    items = _numbered(items)

    def work() -> list[Citation]:
        output = _read(_style_file(style))
        locators = [_locator(place) for place in places]
        supplied = [
            {"locator": Locator(*locator)} if locator and locator[0] != "time" else {}
            for locator in locators
        ]
        cites = [
            citeproc.Citation([citeproc.CitationItem(item["id"], **element)])
            for item, element in zip(items, supplied, strict=True)
        ]
        shelf = _shelf(output, items, cites)
        notes = output.root.get("class") == "note"
        texts = [_localized(output, shelf.cite(cite_item, lambda item: "")) for cite_item in cites]
        references = _entries(style, items, sort=False)
        matches = []
        for text, reference, locator in zip(texts, references, locators, strict=True):
            if locator and locator[0] == "time":
                # CSL has locators of time only since after these styles.
                end = len(text) - (text[-1:] in ")].")
                text = f"{text[:end]}, {locator[1]}{text[end:]}"
            matches.append(Citation(text, reference, notes))
        return matches

    return _careful(style, work)


def reference_list(items: Sequence[Mapping[str, Any]], style: str) -> list[str]:
    """The reference list of these items, sorted by the style. Raises as `cite`."""
    return _careful(style, lambda: _entries(style, _numbered(items), sort=True))


def _numbered(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The items with unique ids, regardless of case; equal works share one."""
    ids: dict[str, str] = {}
    return [{**item, "id": ids.setdefault(str(item), str(len(ids) + 1))} for item in items]


def _entries(style: str, items: Sequence[Mapping[str, Any]], *, sort: bool) -> list[str]:
    import citeproc

    output = _read(_style_file(style))
    if output.root.bibliography is None:
        return [""] * (0 if sort else len(items))
    cites = [citeproc.Citation([citeproc.CitationItem(item["id"])]) for item in items]
    shelf = _shelf(output, items, cites)
    if sort:
        shelf.sort()
    by_id = {item.key: _entry(output, item) for item in shelf.items}
    return [*by_id.values()] if sort else [by_id[item["id"]] for item in items]


def _entry(style: Any, item: Any) -> str:
    """An entry of the list; "" if the style omits it."""
    statement = "".join(_localized(style, item) for item in style.render_bibliography([item]))
    # citeproc-py omits the space between a number and its entry.
    return re.sub(r"^(\[\d+\]|\d+\.)(?=\S)", r"\1 ", statement)


def _careful(style: str, work: Callable[[], T]) -> T:
    """Run `work`; an error in the style becomes an `InputError`."""
    from lxml import etree

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return work()
    except (
        etree.XMLSyntaxError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
    ) as error:  # fmt: skip
        raise InputError(
            f"“{Path(style).name}” could not be used as a citation style.",
            "Choose a complete .csl file, for example from https://www.zotero.org/styles.",
        ) from error


def _folder() -> Path:
    return paths.resources() / "styles"


def _style_file(style: str) -> Path:
    if style in plugins.found(plugins.CITATION_STYLES):
        style = str(plugins.value(plugins.CITATION_STYLES, style))
    primary = "" if "/" in style or "\\" in style else f"{style}.csl"
    for path in (_folder() / primary, Path(style).expanduser()):
        # An invalid path is not a style.
        with contextlib.suppress(OSError, ValueError):
            if path.is_file():
                return path
    raise NotFoundError(
        f"There is no citation style “{style}”.",
        "List them with `workbench cite --styles`, or give a .csl file.",
    )


def _read(path: Path) -> Any:
    from citeproc import CitationStylesStyle
    from lxml import etree

    _repress_titles()
    # External entities are disabled, and nothing is fetched.
    parser = etree.XMLParser(no_network=True, resolve_entities=False, remove_comments=True)
    tree = etree.fromstring(path.read_bytes(), parser)
    if tree.tag != f"{_CSL}style" or tree.find(f"{_CSL}citation") is None:
        raise ValueError("no style, or one that only names another")
    _initialised(tree)
    for branch in tree.iterfind(".//*[@disambiguate]"):
        # Single citations are never ambiguous.
        del branch.attrib["disambiguate"]
        branch.set("type", "none")
    return CitationStylesStyle(
        io.BytesIO(etree.tostring(tree)), validate=False, locale=tree.get("default-locale", _LOCALE)
    )


def _initialised(tree: Any) -> None:
    """Add the attribute of initialisation to each name, since citeproc-py does not inherit it."""
    mark = tree.get("initialize-with")
    names = [*tree.iter(f"{_CSL}name")]
    if mark is None or not any(name.get("initialize") == "false" for name in names):
        return
    del tree.attrib["initialize-with"]
    for name in names:
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif "initialize-with" not in name.attrib:
            name.set("initialize-with", mark)


def _repress_titles() -> None:
    """Patch citeproc-py to omit a title that replaced the author, also in macros."""
    from citeproc.model import Substitute

    def repress(self: Any, child: Any, context: Any) -> None:
        repressed, name = context.get_layout().repressed, child.get("variable")
        matches = (
            [(child.tag, name)] if name else [(_TEXT, title) for title in _titles(self, child)]
        )
        for tag, title in matches:
            repressed.setdefault(tag, []).append(title)

    Substitute.add_to_repressed_list = repress


def _titles(root: Any, part: Any, depth: int = 0) -> list[str]:
    """The title variables of a part of a style, including macros."""
    matches: list[str] = []
    for item in part.iter(_TEXT) if depth < _DEEP else ():
        variable, macro = item.get("variable", ""), item.get("macro")
        if variable.startswith("title"):
            matches.append(variable)
        elif macro is not None:
            matches += _titles(root, root.get_macro(macro), depth + 1)
    return matches


class _Plain:
    """Plain-text markup for citeproc-py, with Unicode superscripts."""

    Italic = Oblique = Bold = Light = Underline = Subscript = SmallCaps = str

    @staticmethod
    def preformat(text: str) -> str:
        return text

    @staticmethod
    def Superscript(text: str) -> str:
        raised = str(text).translate(_RAISED)
        return raised if not re.search(r"[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]", raised) else str(text)


def _shelf(style: Any, items: Sequence[Mapping[str, Any]], cites: Sequence[Any]) -> Any:
    from citeproc import CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    # citeproc-py compares keys without case.
    shelf = CitationStylesBibliography(style, CiteProcJSON([dict(item) for item in items]), _Plain)
    for cite_item in cites:
        shelf.register(cite_item)
    return shelf


def _localized(style: Any, text: object) -> str:
    words = " ".join(str(text).split())
    for mark in ".,;":
        words = words.replace(f" {mark}", mark)
    while ".." in words:
        words = words.replace("..", ".")
    # “et al.” is not a person.
    words = re.sub(r",? (?:&|and) et al\.", " et al.", words)
    american = style.root.get("default-locale", _LOCALE) == _LOCALE
    inside = style.xml.find(f".//{_CSL}style-options[@punctuation-in-quote]")
    if inside is not None:
        american = inside.get("punctuation-in-quote") == "true"
    if not american:
        return words
    for mark in ".?!":
        words = words.replace(f"{mark}”.", f"{mark}”")
    return words.replace("”.", ".”").replace("”,", ",”")


def _locator(place: Place) -> tuple[str, str] | None:
    """A location as a CSL label and number; "time" is our extension."""
    if place.page is not None or place.page_label:
        return "page", place.page_label or str(place.page)
    if place.seconds is not None:
        return "time", time_words(place.seconds)
    number = chapter_number(place.chapter) if place.chapter else None
    return ("chapter", number) if number else None
