"""Finds the main text of a web page, without navigation, advertising and comments.

Explicit elements (`nav`, `footer`, roles, menus by their names) are removed first. Of the rest,
readability-lxml, the reading view of browsers as a library, selects the text. It goes by names and
lengths of paragraphs, so its choice is extended by parts that open with a heading, whatever their
ids, by lists, tables and code between paragraphs, by boxes of running text, by short bold lines
above the text, and by parts built like the selected ones. Where it finds nothing, the whole page is
read.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.books import markup
from ingest.languages import word_set

_UNSHOWN = "script, style, noscript, template, iframe"
_FIELDS = "button, textarea, svg text"
_ASIDE_TAGS = "nav, footer, aside, form, dialog, menu"
_ASIDE_ROLES = word_set(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar"
    " alert status"
)
# Names of small boxes and lists of links that readability-lxml does not know or keeps.
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|share-?buttons|sharedaddy|social|cookies?|consent|gdpr"
    r"|newsletter|subscribe|breadcrumbs?|related|related-?posts|jp-relatedposts|[a-z]*nav|navbar|navheader|navfooter"
    r"|navigation|menu|footer|toolbar|noprint|catlinks|mw-editsection|mw-jump-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
# Ids of these elements say nothing about their part of the page.
_LINES = _HEADINGS | word_set("p li dt dd tr td th a span pre blockquote figure")
_LISTS = word_set("table pre ul ol dl")
_TEXT_TAGS = _LISTS | word_set("p tr section article figure blockquote")
_NUMBER = "data-element"
_NUMBERS = re.compile(rf'{_NUMBER}="(\d+)"')
#: Characters of a text worth reading, a paragraph, and a named box.
_ENOUGH, _PARAGRAPH, _BOX = 140, 40, 500
#: No page for people is nested as deep, and the running time grows with depth.
_DEEPEST = 100
#: Characters of a page; a larger one is a book, all of it text.
_LARGEST = 2_000_000
_MAX_STEPS = 5
_LIMIT = 2
#: So many sidebars are boxes in the text of a book.
_BOXES = 3


@dataclass(slots=True)
class MainText:
    """The elements to read, and the texts of the others; `linked` are the words of menus.

    `hidden` are texts that a browser does not show.
    """

    nodes: list[Any]
    left_out: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def find(tree: Any) -> MainText:
    """Reduce a parsed page, in place, to the elements to read."""
    results = visible_text(tree)
    body = tree.body
    if body is None:
        return results
    fields = [node for node in body.css(_FIELDS) if not markup.is_heading_button(node)]
    results.linked += " ".join(node.text(separator=" ") or "" for node in fields).split()
    full = _running(body)
    copy = tree.clone()
    for node in _asides(body):
        _leave_out(node, results)
    if _running(body) < _ENOUGH and _running(body) * _LIMIT < full:
        # A page that calls itself a menu may be a restaurant's.
        return MainText([copy.body], hidden=results.hidden)
    retained = _readability_ids(tree) if len(tree.html) < _LARGEST else set()
    if retained:
        region = _widened(_smallest(body, retained), retained)
        for node in list(_outside(body, region)):
            _leave_out(node, results, keep=True)
        for node in list(_unwanted(region, retained)):
            _leave_out(node, results)
        results.nodes = [region]
    return results


def visible_text(tree: Any, *, book: bool = False) -> MainText:
    """Remove invisible elements from a parsed page, in place, and nothing else.

    In a `book`, only those with sentences: others are anchors and numbers of printed pages.
    """
    body = tree.body
    if body is None:
        return MainText([])
    full = _size(body)
    results = MainText([body])
    for node in [] if book else reversed(body.css(_UNSHOWN)):
        if node.tag in {"script", "style"} or not _is_majority(node, full):
            node.decompose()
    hidden = [node for node in body.traverse() if node.attributes and _is_hidden(node, book=book)]
    full = _size(body) if hidden else 0
    for node in reversed(hidden):
        if _is_majority(node, full):
            # A script shows it; as hidden it would not be chosen as the main text.
            node.attrs["style"] = ""
        else:
            text = " ".join(node.text(deep=True, separator=" ").split())
            # Formulas are shown in another way; a button is no sentence.
            said = _is_running(node) or (text.endswith((".", "!", "?")) and not node.css("a"))
            if said and node.css_first("math") is None:
                results.hidden.append(text)
            elif book:
                continue
            else:
                results.linked += text.split()
            node.decompose()
    return results


def _leave_out(node: Any, found: MainText, *, keep: bool = False) -> None:
    words = (node.text(deep=True, separator=" ") or "").split()
    if _is_running(node) and _running(node) >= _PARAGRAPH:
        found.left_out.append(" ".join(words))
    else:
        found.linked += words
    if not keep:
        node.decompose()


# -- lengths, in characters ------------------------------------------------------------------------


def _size(node: Any) -> int:
    return len(" ".join((node.text(deep=True) or "").split()))


def _is_majority(node: Any, full: int) -> bool:
    return full > _ENOUGH and _size(node) * 2 > full


def _running(node: Any) -> int:
    """Characters of running text outside links."""
    return max(0, _size(node) - sum(_size(link) for link in node.css("a")))


def _is_running(node: Any) -> bool:
    """Whether an element has text that is not mostly links."""
    running = _running(node)
    return running >= (1 if _is_boxed(node, _LISTS) else _PARAGRAPH) and running * 3 >= _size(node)


# -- what says that it is no text ------------------------------------------------------------------


def _asides(body: Any) -> list[Any]:
    """Elements that are marked by tag, role or name as no text, inner ones first."""
    full = _size(body)
    removed = list(body.css(_ASIDE_TAGS))
    for node in body.traverse():
        attributes = node.attributes
        if (
            attributes
            and node.tag not in {"body", "main", "article"}
            and (
                (attributes.get("role") or "").lower() in _ASIDE_ROLES
                or "aria-modal" in attributes
                or _is_boilerplate(node)
                or _is_permalink(node)
            )
        ):
            removed.append(node)
    # A page whose whole text is in a form (old forums) stays.
    return [node for node in reversed(removed) if not _is_majority(node, full)]


def _is_boilerplate(node: Any) -> bool:
    """Whether class or id name a box or menu; the id of a part with a heading names its topic."""
    attributes = node.attributes
    names = attributes.get("class") or ""
    if attributes.get("id") and node.tag not in _LINES:
        names += f" {attributes['id']}"
    if not _ASIDE_NAMES.search(names.strip()):
        return False
    if not _ASIDE_NAMES.search((attributes.get("class") or "").strip()) and _opens(node):
        return False
    return _size(node) < _BOX or not _is_running(node)


def _is_permalink(node: Any) -> bool:
    """A mark such as “¶” or “#” after a heading that links to it."""
    if node.tag != "a" or not (node.attributes.get("href") or "").startswith("#"):
        return False
    words = (node.text() or "").strip()
    parent = node.parent
    return (
        0 < len(words) <= 2
        and not any(character.isalnum() for character in words)
        and parent is not None
        and parent.tag in _HEADINGS
    )


def _is_hidden(node: Any, *, book: bool) -> bool:
    attributes = node.attributes
    # What only screen readers do not say is decoration on pages, and in books a number or text.
    if "hidden" in attributes or (attributes.get("aria-hidden") == "true" and not book):
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))


def _opens(node: Any) -> bool:
    """Whether an element begins with a heading."""
    for item in node.traverse(include_text=True):
        if item.tag in _HEADINGS:
            return bool((item.text() or "").strip())
        if item.tag == "-text" and (item.text_content or "").strip():
            return False
    return False


# -- what readability-lxml chooses -----------------------------------------------------------------


def _readability_ids(tree: Any) -> set[int]:
    """The elements that readability-lxml keeps, and their ancestors, by `mem_id`."""
    from lxml import etree, html
    from readability import Document
    from readability.readability import Unparseable

    class Unchanged(Document):  # type: ignore[misc]
        def get_clean_html(self) -> str:
            # Other cleaning is not needed here, and slow on large pages.
            return str(etree.tostring(self.html, encoding="unicode"))

    # It logs what it raises.
    logging.getLogger("readability").setLevel(logging.CRITICAL + 1)
    numbered: list[Any] = []
    stack = [iter(_children(tree.body))]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        node.attrs[_NUMBER] = str(len(numbered))
        numbered.append(node)
        stack.append(iter(_children(node)))
        if len(stack) > _DEEPEST:
            return set()
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    parsed = html.document_fromstring(tree.html.encode("utf-8", "replace"), parser=parser)
    for element in parsed.iter():
        if element.get("id") and _is_judged_by_id(element):
            del element.attrib["id"]
    try:
        summary = Unchanged(parsed).summary(html_partial=True)
    except Unparseable:
        return set()
    read = markup.parse(summary).body
    result = _size(read) if read is not None else 0
    if result < _ENOUGH and result * _LIMIT < _running(tree.body):
        return set()
    retained: set[int] = set()
    for number in _NUMBERS.findall(summary):
        node = numbered[int(number)]
        while node is not None and node.mem_id not in retained:
            retained.add(node.mem_id)
            node = node.parent
    return retained


def _is_judged_by_id(element: Any) -> bool:
    """Whether readability-lxml would drop an element for an id that names its topic."""
    from readability.readability import REGEXES

    name = element.get("id")
    if not (REGEXES["unlikelyCandidatesRe"].search(name) or REGEXES["negativeRe"].search(name)):
        return False
    if element.tag in _LINES:
        return True
    for item in element.iter():
        if item.tag in _HEADINGS:
            return True
        if isinstance(item.tag, str) and item.text and item.text.strip():
            return False
    return False


# -- what is put right -----------------------------------------------------------------------------


def _children(node: Any) -> list[Any]:
    results = []
    child = node.child
    while child is not None:
        if not (child.tag or "-").startswith("-"):
            results.append(child)
        child = child.next
    return results


def _smallest(body: Any, retained: set[int]) -> Any:
    """The smallest element with everything selected."""
    node = body
    while True:
        inside = [child for child in _children(node) if child.mem_id in retained]
        if len(inside) != 1 or inside[0].tag in _HEADINGS | _LISTS | {"p"}:
            return node
        node = inside[0]


def _widened(region: Any, retained: set[int]) -> Any:
    """The ancestor of `region` with more paragraphs or parts of the same text."""
    node = results = region
    steps = 0
    while node.parent is not None and node.parent.tag not in {"body", "html"}:
        inside, node = node, node.parent
        children = _children(node)
        if len(children) == 1:
            continue
        steps += 1
        if steps > _MAX_STEPS:
            break
        adjacent = [item for item in children if item.mem_id != inside.mem_id and _is_content(item)]
        equal = sum(_signature(item) == _signature(inside) for item in adjacent)
        if equal >= _LIMIT or any(item.tag == "p" for item in adjacent):
            results = node
    return results


def _signature(node: Any) -> tuple[str, str]:
    return node.tag, node.attributes.get("class") or ""


def _is_content(node: Any) -> bool:
    """Whether an unselected element within the text belongs to it."""
    return (
        not _is_named_unlikely(node.attributes.get("class"))
        and (_is_boxed(node, _TEXT_TAGS) or _opens(node))
        and _is_running(node)
    )


def _is_boxed(node: Any, tags: frozenset[str]) -> bool:
    """Whether an element is one of `tags`, or nested boxes around just one."""
    while node.tag == "div":
        children = _children(node)
        if len(children) != 1 or (node.text(deep=False) or "").strip():
            return False
        node = children[0]
    return node.tag in tags


def _unwanted(region: Any, retained: set[int]) -> Iterator[Any]:
    """Elements in `region` to remove: unselected, and with no text or too many links."""
    maximum = _size(region) // 2
    boxes = Counter(_signature(node) for node in region.css(".sidebar"))
    stack = [region]
    while stack:
        children = _children(stack.pop())
        equal = {_signature(child) for child in children if child.mem_id in retained}
        stays = False
        for child in reversed(children):
            if child.mem_id in retained:
                stack.append(child)
                stays = True
                continue
            if not _size(child):
                continue
            if (stays and _is_title(child)) or _holds_running_text(child):
                stays = True
                yield from _links_at_its_edges(child)
                continue
            # A heading goes with the text below it.
            if not _is_boxed(child, _HEADINGS):
                boxed = boxes[_signature(child)] >= _BOXES and _is_running(child)
                stays = boxed or (
                    _is_content(child) and (_signature(child) in equal or _running(child) < maximum)
                )
            if not stays:
                yield child


def _is_title(node: Any) -> bool:
    """Whether an element looks like a heading of old pages: short, bold or centred."""
    return (
        _size(node) <= markup.LONGEST_TITLE
        and _running(node) * _LIMIT > _size(node)
        and any(
            item.tag in {"b", "strong", "center"}
            or (item.attributes.get("align") or "").lower() == "center"
            for item in node.traverse()
        )
        and not _is_named_unlikely(node.attributes.get("class"))
    )


def _holds_running_text(node: Any) -> bool:
    """Whether an element contains much running text, however it is built."""
    return (
        node.tag in {"div", "center", "font", "blockquote"}
        and _running(node) >= _BOX
        and _running(node) * 10 >= _size(node) * 9
        and not any(
            _is_named_unlikely(item.attributes.get("class"))
            or _is_named_unlikely(item.attributes.get("id"))
            for item in node.traverse()
        )
    )


def _links_at_its_edges(node: Any) -> Iterator[Any]:
    """Lists of links at the beginning or end of an element."""
    children = [child for child in _children(node) if _size(child)]
    for child in children[:1] + children[1:][-1:]:
        if not _running(child):
            yield child


def _is_named_unlikely(name: str | None) -> bool:
    """Whether readability-lxml judges a class or id as no text."""
    from readability.readability import REGEXES

    return bool(name) and bool(
        REGEXES["unlikelyCandidatesRe"].search(name) or REGEXES["negativeRe"].search(name)
    )


def _outside(body: Any, region: Any) -> Iterator[Any]:
    """The siblings of `region` and of its ancestors."""
    node = region
    while node.parent is not None and node.mem_id != body.mem_id:
        for child in _children(node.parent):
            if child.mem_id != node.mem_id:
                yield child
        node = node.parent
