"""Writes what style sheets say of words into the elements of a parsed page.

CSS 2.2, chapter 6: the later and more specific declaration counts. Only such properties are looked
at as hide, strike out, raise or lower words, or set them in a font with letters of its own; rules
for print, small windows and states such as `:hover` are left out. What the page shows after a click
is not hidden.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

_SIGN = re.compile(r"([{};])")
_SCREEN = re.compile(r"@media\s+(?:all|screen)\s*", re.IGNORECASE)
_DECLARATION = re.compile(
    r"(?<![\w-])(display|visibility|vertical-align|text-decoration|font)(?:-line|-family)?\s*:"
    r"([^;!]+)(!important)?",
    re.IGNORECASE,
)
#: Values that matter; others only where they take one of these back.
_EFFECT = re.compile(r"none|hidden|line-through|super|sub|symbol|wingdings", re.IGNORECASE)
#: What hides words, by property.
_HIDES = {"display": "none", "visibility": "hidden"}
#: Attributes of what opens an element, and the names in them.
OPENING = ("aria-controls", "data-target", "data-bs-target")
_WORD = re.compile(r"[\w-]+")
_CLOSED = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NAMED = re.compile(r"[.#]([\w-]+)")
_TAG = re.compile(r"(?:^|[\s>+~])[a-z]", re.IGNORECASE)
#: Declarations of a page that are looked at, and characters of a selector.
_MOST, _LONGEST = 2_000, 200
#: Characters of a page times selectors that are looked up in it.
_COST = 100_000_000


def inline(tree: Any, css: str) -> None:
    """Put the declarations that matter before the `style` of the elements they are for."""
    controlled = _controlled(tree)
    for node in tree.css("[hidden][id], [style][id]") if controlled else ():
        if node.attributes["id"] in controlled:
            if "hidden" in node.attributes:
                del node.attrs["hidden"]
            node.attrs["style"] = _CLOSED.sub("", node.attributes.get("style") or "")
    sheets = (node.text() or "" for node in tree.css("style") if node.parent.tag != "noscript")
    css = "\n".join([css, *sheets])
    if not _EFFECT.search(css):
        return
    rules = [(selectors, _DECLARATION.findall(body)) for selectors, body in _rules(css)]
    wanted = {name.lower() for _, said in rules for name, v, _ in said if _EFFECT.search(v)}
    names = _names(tree) if wanted else frozenset()
    opened = _opened(tree, rules) if wanted & _HIDES.keys() else frozenset()
    ranked: list[tuple[bool, tuple[int, int, int], int, str, tuple[str, str, str]]] = []
    for selectors, said in rules:
        said = [one for one in said if one[0].lower() in wanted]
        for selector in map(str.strip, selectors.split(",") if said else ()):
            named = _NAMED.findall(selector)
            known = 0 < len(selector) <= _LONGEST and ":" not in selector
            if known and names.issuperset(named):
                shown = not opened.isdisjoint(named)
                rank = selector.count("#"), len(named), len(_TAG.findall(selector))
                ranked += [
                    (bool(one[2]), rank, len(ranked), selector, one)
                    for one in said
                    if not (shown and _hides(*one))
                ]
    chosen: dict[tuple[str, str], str] = {}
    for *_, selector, (name, value, _) in sorted(ranked[:_MOST]):
        # The last of the same counts, in its place.
        chosen.pop((selector, name.lower()), None)
        chosen[selector, name.lower()] = value.strip()
    results: dict[int, tuple[Any, dict[str, str]]] = {}
    found: dict[str, list[Any]] = {}
    most = _COST // (1 + len(tree.html))
    for (selector, name), value in chosen.items():
        if selector not in found and len(found) < most:
            found[selector] = _matches(tree, selector)
        for node in found.get(selector, ()):
            results.setdefault(node.mem_id, (node, {}))[1][name] = value
    for node, facts in results.values():
        own = node.attributes.get("style") or ""
        its_own = {name.lower() for name, *_ in _DECLARATION.findall(own)}
        more = [f"{name}:{value}" for name, value in facts.items() if name not in its_own]
        if more:
            node.attrs["style"] = ";".join([*more, own])


def _hides(name: str, value: str, _important: str) -> bool:
    return _HIDES.get(name.lower()) == value.strip().lower()


def _opened(
    tree: Any, rules: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]
) -> frozenset[str]:
    """The classes and ids that a click may show: answers of a list of questions, tabs.

    Another rule shows them in another state, or a script or a button of the page names them.
    """
    results: set[str] = set()
    hiding: set[str] = set()
    for selectors, said in rules:
        for name, value, important in said:
            if name.lower() in _HIDES:
                (hiding if _hides(name, value, important) else results).update(
                    _NAMED.findall(selectors)
                )
    if hiding:
        scripts = " ".join(node.text() or "" for node in tree.css("script"))
        results |= hiding.intersection(_WORD.findall(scripts)) | _controlled(tree)
    return frozenset(results)


def _controlled(tree: Any) -> set[str]:
    """The ids of the elements that a button of the page opens."""
    fields = (n.attributes[name] or "" for name in OPENING for n in tree.css(f"[{name}]"))
    return {word for field in fields for word in _WORD.findall(field)}


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of the rules for every screen."""
    first, *others = css.split("/*")
    signs = _SIGN.split("".join([first, *(part.partition("*/")[2] for part in others)]))
    #: The heads of open blocks, and how many of them are no blocks for every screen.
    opened: list[str] = []
    body: list[str] = []
    limited = 0
    for text, sign in zip(signs[::2], signs[1::2], strict=False):
        if sign == "{":
            opened.append(text.strip())
            limited += not _SCREEN.fullmatch(opened[-1])
            body = []
        elif sign == ";":
            body.append(text)
        elif opened:
            head = opened.pop()
            if limited == 1 and not head.startswith("@"):
                yield head, ";".join([*body, text])
            limited -= not _SCREEN.fullmatch(head)
            body = []


def _names(tree: Any) -> frozenset[str]:
    """The classes and ids of a page."""
    fields = [node.attributes for node in tree.css("[class], [id]")]
    classes = (name for field in fields for name in (field.get("class") or "").split())
    return frozenset([*classes, *(field.get("id") or "" for field in fields)])


def _matches(tree: Any, selector: str) -> list[Any]:
    from selectolax.lexbor import SelectolaxError

    try:
        return list(tree.css(selector))
    except SelectolaxError:
        return []
