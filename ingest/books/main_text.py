"""What of a web page is the text one came for, and what stands around it.

Three steps, each weaker than the one before: elements that say what they are (`nav`, `footer`,
roles, what is hidden) go; elements whose class or id says it (cookie banners, share bars) go,
unless most of the page lies in them; then the page's own `main` or `article`, or else the
smallest element that still holds nearly all running text, is what is read.
"""

import re
from typing import Any

from ingest.languages import word_set

_ASIDE_TAGS = "nav, footer, aside, form, dialog, menu, script, style, noscript, template, iframe"
_ASIDE_ROLES = word_set(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar"
    " alert status"
)
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|ccpa|onetrust|didomi|nav|navbar|navigation|menu|navmenu"
    r"|breadcrumbs?|footer|sidebar|side-?bar|site-?header|page-?header|masthead|topbar"
    r"|share|sharing|social|socials|share-?bar|share-?buttons|follow-?us|newsletter|subscribe"
    r"|subscription|signup|sign-?up|paywall|related|recommended|recommendations|read-?next"
    r"|jp-relatedposts|related-?posts|more-?stories|trending|popular|most-?read|advert|advertisement|ads?|sponsored|promo"
    r"|promotion|banner|popup|pop-?up|modal|overlay|skip-?links?|skip-?to-?content|toolbar"
    r"|pagination|pager|comments?|comment-?list|comment-?section|disqus|respond|tags|tag-?list"
    r"|toc-?toggle|edit-?section|mw-editsection|mw-jump-link|noprint|printfooter|catlinks)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RUNNING = word_set("p pre blockquote li dd td th h1 h2 h3 h4 h5 h6 figcaption dt")
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_ENOUGH = 140
_MANY = 3
_MOST_DEPTH = 60


def find(tree: Any) -> list[Any]:
    """Strip a parsed page (it is changed) and return the elements whose text is to be read."""
    body = tree.body
    if body is None:
        return []
    whole = _size(body)
    for node in body.css(_ASIDE_TAGS):
        # A page whose whole text lies in a form (old forums) is not thrown away with it.
        if not _holds_most(node, whole):
            node.decompose()
    _strip_marked(body, whole)
    chosen = _named(tree) or [_smallest(body)]
    if any(node.tag == "body" for node in chosen):
        return chosen
    found = sum(_running(node) for node in chosen)
    if found >= _ENOUGH and found * 3 >= _running(body):
        return _with_title(body, chosen)
    return [body]


def _size(node: Any) -> int:
    return len(node.text(deep=True) or "")


def _holds_most(node: Any, whole: int) -> bool:
    return whole > _ENOUGH and _size(node) * 2 > whole and node.tag not in {"script", "style"}


def _strip_marked(body: Any, whole: int) -> None:
    """Remove what is hidden or says by role, class or id that it is not the text."""
    gone: list[Any] = []
    named: dict[str, list[Any]] = {}
    for node in body.traverse():
        attributes = node.attributes
        if not attributes or node.tag in {"body", "main", "article"}:
            continue
        if _is_permalink(node):
            gone.append(node)
        elif _is_hidden(attributes) or _is_aside(attributes):
            if _holds_most(node, whole):
                continue
            gone.append(node)
            if not _is_hidden(attributes):
                named.setdefault(attributes.get("class") or "", []).append(node)
    # A page of many small "comments" is there for them: no one of them is most of it, all are.
    kept: set[int] = set()
    for alike in named.values():
        if len(alike) >= _MANY and _together(alike) * 2 > whole:
            kept.update(node.mem_id for node in alike)
    for node in reversed(gone):
        if node.mem_id not in kept:
            node.decompose()


def _together(nodes: list[Any]) -> int:
    """Characters in these nodes, those inside one another counted once."""
    known = {node.mem_id for node in nodes}
    size = 0
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in known:
            parent = parent.parent
        if parent is None:
            size += _size(node)
    return size


def _is_permalink(node: Any) -> bool:
    """A sign such as “¶” or “#” behind a heading, to take its address from."""
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


def _is_hidden(attributes: Any) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_aside(attributes: Any) -> bool:
    if (attributes.get("role") or "").lower() in _ASIDE_ROLES or "aria-modal" in attributes:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    # "pg-header" is Project Gutenberg's, and read for what it tells.
    return bool(_ASIDE_NAMES.search(names.strip())) and "pg-" not in names


def _named(tree: Any) -> list[Any]:
    """The elements that the page itself calls its text."""
    mains = [node for node in tree.css("main, [role=main]") if _running(node) >= _ENOUGH]
    root = max(mains, key=_running) if mains else tree.body
    articles = [
        node
        for node in root.css("article, [itemprop=articleBody]")
        if _running(node) >= _ENOUGH and not _inside(node, "article", root)
    ]
    if articles:
        longest = max(articles, key=_running)
        if _running(longest) * 2 >= _running(root):
            return [longest]
    if mains:
        return [root]
    # A front page of many articles is read whole.
    return articles if len(articles) > 1 else []


def _inside(node: Any, tag: str, root: Any) -> bool:
    parent = node.parent
    while parent is not None and parent.mem_id != root.mem_id:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _running(node: Any) -> int:
    """Characters of running text that are not links."""
    return max(0, _size(node) - sum(_size(link) for link in node.css("a")))


def _smallest(body: Any) -> Any:
    """The smallest element that still holds nine tenths of the running text of the page."""
    whole = _running(body)
    node = body
    for _ in range(_MOST_DEPTH):
        child = node.child
        best = None
        while child is not None:
            if (
                not (child.tag or "-").startswith("-")
                and child.tag not in _RUNNING
                and child.tag not in {"table", "tbody", "tr", "ul", "ol", "dl"}
                and _running(child) * 10 >= whole * 9
            ):
                best = child
                break
            child = child.next
        if best is None:
            break
        node = best
    return node


def _with_title(body: Any, chosen: list[Any]) -> list[Any]:
    """The page's heading is often a neighbour of the text: it is read before it."""
    if any(node.css_first("h1") is not None or node.tag == "h1" for node in chosen):
        return chosen
    headings = body.css("h1")
    return [headings[0], *chosen] if len(headings) == 1 else chosen
