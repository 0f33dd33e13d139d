"""Flattens HTML that is nested too deeply for its parser.

At many tags a parser searches all open elements, so its time grows with the square of the depth,
and unclosed formatting is reopened in every paragraph. Browsers limit the depth to some hundreds;
likewise deeper tags are dropped here, and their text stays. The options of lists, which are no text
and as slow, are dropped, too.
"""

import re
from collections import Counter

from ingest.languages import word_set

DEEPEST = 400
#: Formatting such as bold and colour, which is reopened in every paragraph.
DEEPEST_MARKS = 64

#: Attributes of one tag; the parser compares each with all before it.
MOST_ATTRIBUTES = 400

#: Characters of a tag from which its attributes are counted.
_CROWDED = 2 * MOST_ATTRIBUTES
_VALUE = r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)"""
_TAG = re.compile(rf"<(?:(!--)|(/?)([A-Za-z][^\s/>]*+)((?:[^>=]++|{_VALUE}|=)*+)(>?))")
_VALUES = re.compile(_VALUE)
_MARKS = word_set("a b big code em font i nobr s small strike strong tt u")
_INLINE = _MARKS | word_set("abbr bdi bdo cite del dfn ins kbd mark q samp span sub sup var label")
# Void elements, and those with optional end tags: they have the depth of their parent.
_UNCOUNTED = word_set(
    "br img hr input meta link area base col embed source track wbr param p li dt dd td th tr"
    " thead tbody tfoot option optgroup colgroup rp rt html head body"
)
#: End with their parent, but nest without one.
_READINGS = word_set("rt rp optgroup")
#: Within drawings and formulas all but self-closing elements need an end tag.
_FOREIGN = word_set("svg math")
_PARENTS = _FOREIGN | word_set("ruby foreignobject")
#: Elements that end a drawing or formula.
_LEAVING = word_set(
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i"
    " img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul"
    " var"
)
_CHOICES = re.compile("</select", re.IGNORECASE)
_RAW = word_set("script style textarea title xmp iframe noembed noframes")


class _Nesting:
    """The current depth of the parser, by the tags so far."""

    def __init__(self) -> None:
        self._depth = self._marks = 0
        #: Open elements by name; the parser ignores unmatched end tags.
        self._open: Counter[str] = Counter()
        #: Open parents, each with the depth within it.
        self._parents: list[tuple[str, int]] = []

    @property
    def is_foreign(self) -> bool:
        """Whether the innermost parent is a drawing or a formula."""
        return bool(self._parents) and self._parents[-1][0] in _FOREIGN

    def exceeds(self, name: str, closes: bool, ends_itself: bool) -> bool:
        """Count a tag; returns whether it is too deep."""
        while self.is_foreign and name in _LEAVING and (not closes or name in ("p", "br")):
            self._parents.pop()
        if self.is_foreign:
            parent = self._parents[-1][0]
            if ends_itself and parent == "svg":
                return False
            unended = ends_itself or name in _UNCOUNTED
        else:
            unended = name in _READINGS
            if name in _UNCOUNTED and not unended:
                return False
        step = -1 if closes else 1
        if closes and not self._open[name]:
            return False
        self._open[name] += step
        if unended and self._parents:
            parent, count = self._parents[-1]
            self._parents[-1] = parent, max(0, count + step)
        if closes and self._parents and self._parents[-1][0] == name:
            self._depth = max(0, self._depth - self._parents.pop()[1])
        exceeds = self._depth > DEEPEST if closes else self._depth >= DEEPEST
        if name in _MARKS:
            exceeds = exceeds or (
                self._marks > DEEPEST_MARKS if closes else self._marks >= DEEPEST_MARKS
            )
            self._marks = max(0, self._marks + step)
        self._depth = max(0, self._depth + step)
        if name in _PARENTS and not closes and not exceeds:
            self._parents.append((name, 0))
        return exceeds


def flattened(html: str) -> str:
    """The same page without tags below `DEEPEST`; mostly the page itself.

    A tag of more than `MOST_ATTRIBUTES` loses them.
    """
    if html.count("<") <= DEEPEST_MARKS and len(html) <= _CROWDED:
        return html
    parts: list[str] = []
    retained = position = 0
    nesting = _Nesting()
    choices = True
    while match := _TAG.search(html, position):
        position = resume = match.end()
        if match[1]:
            end = html.find("-->", position)
            if end < 0:
                break
            position = end + 3
            continue
        if not match[5]:
            # The parser ignores a truncated tag.
            break
        closes, name = bool(match[2]), match[3].lower()
        tag = f"<{match[2]}{match[3]}>" if _is_crowded(match[4]) else match[0]
        if name == "select" and closes:
            pass
        elif name == "select":
            closing = _CHOICES.search(html, position) if choices else None
            choices = closing is not None
            # Without its end tag, only the list itself is dropped.
            position = resume = closing.start() if closing else position
            tag = tag if closing else ""
        elif name in _RAW and not nesting.is_foreign:
            position = position if closes else _raw_end(html, name, position)
        elif nesting.exceeds(name, closes, match[4].endswith("/")):
            tag = "" if name in _INLINE or nesting.is_foreign else "<br>"
        if resume != match.end() or tag != match[0]:
            parts += (html[retained : match.start()], tag)
            retained = resume
    if not parts:
        return html
    return "".join([*parts, html[retained:]])


def _raw_end(html: str, name: str, position: int) -> int:
    end_tag = re.compile(f"</{name}", re.IGNORECASE).search(html, position)
    return end_tag.start() if end_tag else len(html)


def _is_crowded(attributes: str) -> bool:
    return (
        len(attributes) > _CROWDED
        and len(_VALUES.sub(" ", attributes).replace("/", " ").split()) > MOST_ATTRIBUTES
    )
