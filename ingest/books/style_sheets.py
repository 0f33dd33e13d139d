"""Writes what style sheets say of words into the elements of a parsed page.

CSS 2.2, chapter 6: the later and more specific declaration counts. Only such properties are looked
at as hide, strike out, raise or lower words, or set them in a font with letters of its own; rules
for print, small windows and states such as `:hover` are left out.
"""

import re
from typing import Any

#: Other blocks than those for every screen.
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]*;|/\*.*?\*/", re.DOTALL)
_SCREEN = re.compile(r"@media\s+(?:all|screen)\s*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DECLARATION = re.compile(
    r"(?<![\w-])(display|visibility|vertical-align|text-decoration|font)(?:-line|-family)?\s*:"
    r"([^;!]+)(!important)?",
    re.IGNORECASE,
)
#: Values that matter; others only where they take one of these back.
_EFFECT = re.compile(r"none|hidden|line-through|super|sub|symbol|wingdings", re.IGNORECASE)
_NAMED = re.compile(r"[.#]([\w-]+)")
_TAG = re.compile(r"(?:^|[\s>+~])[a-z]", re.IGNORECASE)
#: Selectors of a page that are looked up.
_MOST = 2_000


def inline(tree: Any, css: str) -> None:
    """Put the declarations that matter before the `style` of the elements they are for."""
    sheets = (node.text() or "" for node in tree.css("style") if node.parent.tag != "noscript")
    css = "\n".join([css, *sheets])
    if not _EFFECT.search(css):
        return
    css = _AT_RULE.sub("", _SCREEN.sub(r"\1", css))
    rules = [
        (selectors, list(_DECLARATION.findall(body)))
        for selectors, body in _RULE.findall(css)
        if _DECLARATION.search(body)
    ]
    wanted = {name.lower() for _, said in rules for name, v, _ in said if _EFFECT.search(v)}
    names = _names(tree) if wanted else frozenset()
    ranked: list[tuple[bool, tuple[int, int, int], int, str, tuple[str, str, str]]] = []
    for selectors, said in rules:
        said = [one for one in said if one[0].lower() in wanted]
        for selector in map(str.strip, selectors.split(",") if said else ()):
            named = _NAMED.findall(selector)
            if selector and ":" not in selector and names.issuperset(named):
                rank = selector.count("#"), len(named), len(_TAG.findall(selector))
                ranked += [(bool(one[2]), rank, len(ranked), selector, one) for one in said]
    results: dict[int, tuple[Any, dict[str, str]]] = {}
    found: dict[str, list[Any]] = {}
    for *_, selector, (name, value, _) in sorted(ranked[:_MOST]):
        if selector not in found:
            found[selector] = _matches(tree, selector)
        for node in found[selector]:
            results.setdefault(node.mem_id, (node, {}))[1][name.lower()] = value.strip()
    for node, facts in results.values():
        own = node.attributes.get("style") or ""
        said_here = {name.lower() for name, *_ in _DECLARATION.findall(own)}
        more = [f"{name}:{value}" for name, value in facts.items() if name not in said_here]
        if more:
            node.attrs["style"] = ";".join([*more, own])


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
