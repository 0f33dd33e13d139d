"""Bullets and numbers of lists in Word documents: `word/numbering.xml`, counted as Word counts.

ECMA-376 part 1, 17.9: a paragraph names a list and a level; the levels give form, text and start.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.books.archive import attribute, local, whole_number
from ingest.books.markup import BULLET
from ingest.books.numerals import numeral

_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_UNSEEN = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    #: Levels by list; the list whose count it goes on with.
    _lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counted_as: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def read(self, root: Element | None) -> None:
        """Take the lists that a document defines."""
        kinds: dict[str, dict[int, _Level]] = {}
        #: Lists that are defined by a style for lists, and what these styles define.
        like: dict[str, str] = {}
        styles: dict[str, dict[int, _Level]] = {}
        for entry in root if root is not None else ():
            if local(entry) == "abstractNum":
                id = attribute(entry, "abstractNumId")
                kinds[id] = dict(_level(level) for level in entry if local(level) == "lvl")
                text = {local(part): _value(part) for part in entry}
                like[id] = text.get("numStyleLink", "")
                if "styleLink" in text:
                    styles[text["styleLink"]] = kinds[id]
            elif local(entry) == "num":
                id = attribute(entry, "numId")
                kind = next((_value(e) for e in entry if local(e) == "abstractNumId"), "")
                changed = [e for e in entry if local(e) == "lvlOverride"]
                self._lists[id] = kinds.get(kind) or styles.get(like.get(kind, ""), {})
                self._counted_as[id] = id if changed else f"kind {kind}"

    def mark(self, id: str, level: int) -> tuple[int, str]:
        """Count a paragraph: how deep its list lies, and the bullet or number before it."""
        levels = self._lists.get(id, {})
        inner = levels.get(level)
        if inner is None:
            return (level + 1, BULLET) if id != "0" else (0, "")
        counts = self._counts.setdefault(self._counted_as[id], {})
        counts[level] = counts.get(level, inner.start - 1) + 1
        for deeper in [entry for entry in counts if entry > level]:
            del counts[deeper]
        if inner.form in _UNSEEN:
            return level + 1, BULLET if inner.form == "bullet" else ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            present = levels.get(at, inner)
            return numeral(counts.get(at, present.start), _FORMS.get(present.form, "1"))

        return level + 1, "".join(re.sub(r"%([1-9])", number, inner.text).split())


def item(properties: Element) -> tuple[str, int] | None:
    """The list and the level that the properties of a paragraph or style name."""
    for entry in properties:
        if local(entry) == "numPr":
            text = {local(part): _value(part) for part in entry}
            level = whole_number(text.get("ilvl", "0")) or 0
            return (text["numId"], level) if "numId" in text else None
    return None


def _level(element: Element) -> tuple[int, _Level]:
    text = {local(entry): _value(entry) for entry in element}
    start = whole_number(text.get("start", ""))
    created = _Level(text.get("numFmt", ""), text.get("lvlText", ""), 1 if start is None else start)
    return whole_number(attribute(element, "ilvl")) or 0, created


def _value(element: Element) -> str:
    return attribute(element, "val")
