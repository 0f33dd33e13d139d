"""The words of charts and diagrams in Office files, and the numbers that charts keep, as tables.

DrawingML, ECMA-376 part 1, 21.2 and 21.4: a chart stores the texts and numbers that it shows beside
the cells that they come from; a diagram (SmartArt) its texts.
"""

from xml.etree.ElementTree import Element

from ingest.books import number_formats
from ingest.books.archive import attribute, local
from ingest.books.table_rows import BETWEEN

#: What refers to a chart or the texts of a diagram, and the attribute with the relation.
REFERENCES = {"chart": "id", "relIds": "dm"}
#: Points and series of a chart that are read.
_MOST, _WIDEST = 2_000, 100


def texts(root: Element, *, cells: bool = True) -> list[str]:
    """The paragraphs of a chart or diagram; with `cells` also its numbers, a row for each point."""
    results = [_words(item, "t") for item in root.iter() if local(item) == "p"]
    rows: dict[tuple[int, str], list[str]] = {}
    for one in [item for item in root.iter() if local(item) == "ser"][: _WIDEST if cells else 0]:
        parts = {local(item): item for item in one}
        name = _words(parts["tx"], "v") if "tx" in parts else ""
        places = _points(parts.get("cat", parts.get("xVal")))
        for at, value in _points(parts.get("val", parts.get("yVal"))).items():
            row = rows.setdefault((at, places.get(at, "")), [places.get(at, "")])
            row.append(f"{name}: {value}" if name else value)
    results += (BETWEEN.join(filter(None, rows[at])) for at in sorted(rows)[:_MOST])
    return [*filter(None, results)]


def _words(element: Element, kind: str) -> str:
    words = (item.text or "" for item in element.iter() if local(item) == kind)
    return " ".join("".join(words).split())


def _points(element: Element | None) -> dict[int, str]:
    """The texts or numbers of a series by their place; of several levels the words of all."""
    results: dict[int, str] = {}
    items = [] if element is None else list(element.iter())
    code = next((item.text or "" for item in items if local(item) == "formatCode"), None)
    for item in items:
        at = attribute(item, "idx") if local(item) == "pt" else ""
        if at.isascii() and at.isdecimal() and (words := _words(item, "v")):
            text = words if code is None else number_formats.shown(words, code)
            results[int(at[:9])] = f"{text} {results.get(int(at[:9]), '')}".strip()
    return results
