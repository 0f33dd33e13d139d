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
        for each in root if root is not None else ():
            if local(each) == "abstractNum":
                id = attribute(each, "abstractNumId")
                kinds[id] = dict(_level(level) for level in each if local(level) == "lvl")
                said = {local(part): _value(part) for part in each}
                like[id] = said.get("numStyleLink", "")
                if "styleLink" in said:
                    styles[said["styleLink"]] = kinds[id]
            elif local(each) == "num":
                id = attribute(each, "numId")
                kind = next((_value(e) for e in each if local(e) == "abstractNumId"), "")
                changed = [e for e in each if local(e) == "lvlOverride"]
                self._lists[id] = kinds.get(kind) or styles.get(like.get(kind, ""), {})
                self._counted_as[id] = id if changed else f"kind {kind}"

    def mark(self, id: str, level: int) -> tuple[int, str]:
        """Count a paragraph: how deep its list lies, and the bullet or number before it."""
        levels = self._lists.get(id, {})
        own = levels.get(level)
        if own is None:
            return (level + 1, BULLET) if id != "0" else (0, "")
        counts = self._counts.setdefault(self._counted_as[id], {})
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if own.form in _UNSEEN:
            return level + 1, BULLET if own.form == "bullet" else ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            there = levels.get(at, own)
            return numeral(counts.get(at, there.start), _FORMS.get(there.form, "1"))

        return level + 1, "".join(re.sub(r"%([1-9])", number, own.text).split())


def item(properties: Element) -> tuple[str, int] | None:
    """The list and the level that the properties of a paragraph or style name."""
    for each in properties:
        if local(each) == "numPr":
            said = {local(part): _value(part) for part in each}
            level = whole_number(said.get("ilvl", "0")) or 0
            return (said["numId"], level) if "numId" in said else None
    return None


def _level(element: Element) -> tuple[int, _Level]:
    said = {local(each): _value(each) for each in element}
    start = whole_number(said.get("start", ""))
    made = _Level(said.get("numFmt", ""), said.get("lvlText", ""), 1 if start is None else start)
    return whole_number(attribute(element, "ilvl")) or 0, made


def _value(element: Element) -> str:
    return attribute(element, "val")
