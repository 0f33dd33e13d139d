"""Flattens HTML that is nested too deeply for its parser.

The rules of HTML make a parser look through all open elements at many a tag, so its time grows
with the square of the depth, and unclosed marks of bold or colour are opened again in every
paragraph. Browsers stop at a depth of some hundreds; so does this: tags deeper than that are
dropped, their words stay where they were. The choices of a list, which are none of a page's words
and take their parser as long, are dropped, too.
"""

import re

from ingest.languages import word_set

DEEPEST = 400
#: Marks such as bold and colour, which are carried over from paragraph to paragraph.
DEEPEST_MARKS = 64

_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\s/>]*)[^>]*>)")
_MARKS = word_set("a b big code em font i nobr s small strike strong tt u")
_INLINE = _MARKS | word_set("abbr bdi bdo cite del dfn ins kbd mark q samp span sub sup var label")
# What has no end, or may do without: its depth is that of what stands around it.
_UNCOUNTED = word_set(
    "br img hr input meta link area base col embed source track wbr param p li dt dd td th tr"
    " thead tbody tfoot option optgroup colgroup rp rt html head body"
)
_CHOICES = re.compile("</select", re.IGNORECASE)
_RAW = word_set("script style textarea title xmp iframe noembed noframes")


def flattened(html: str) -> str:
    """The same page, its tags below `DEEPEST` dropped; nearly always the page itself."""
    if html.count("<") <= DEEPEST_MARKS:
        return html
    parts: list[str] = []
    retained = position = depth = marks = 0
    choices = True
    while match := _TAG.search(html, position):
        position = match.end()
        if match[1]:
            end = html.find("-->", position)
            if end < 0:
                break
            position = end + 3
            continue
        closes, name = bool(match[2]), match[3].lower()
        if name in _UNCOUNTED:
            continue
        if name == "select":
            if closes:
                continue
            closing = _CHOICES.search(html, position) if choices else None
            choices = closing is not None
            # Without its end, only the list itself is dropped.
            parts.append(html[retained : match.end() if closing else match.start()])
            retained = position = closing.start() if closing else position
            continue
        if name in _RAW:
            if not closes:
                end_tag = re.compile(f"</{name}", re.IGNORECASE).search(html, position)
                if end_tag is None:
                    break
                position = end_tag.start()
            continue
        step = -1 if closes else 1
        exceeds_depth = depth > DEEPEST if closes else depth >= DEEPEST
        if name in _MARKS:
            exceeds_depth = exceeds_depth or (
                marks > DEEPEST_MARKS if closes else marks >= DEEPEST_MARKS
            )
            marks = max(0, marks + step)
        depth = max(0, depth + step)
        if exceeds_depth:
            parts.append(html[retained : match.start()])
            if name not in _INLINE:
                parts.append("<br>")
            retained = position
    if not parts:
        return html
    return "".join([*parts, html[retained:]])
