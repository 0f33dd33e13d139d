"""Formulas of Office (OMML, ECMA-376 part 1, 22.1) and MathML in linear notation.

A fraction has a slash, a root its sign; superscripts and subscripts are Unicode characters or
follow “^” and “_” (Murray Sargent, "UnicodeMath", Unicode Technical Note 28); compound parts are in
parentheses.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from ingest import scripts
from ingest.books.archive import attribute, local

_MAX_DEPTH = 60
#: One number, letter, word, or parenthesis.
_ATOM = re.compile(r"\d+(?:[.,]\d+)*|\w[̀-ͯ′]*|[^\W\d_]{3,}|\([^()]*\)|\[[^\[\]]*\]|[^\w\s]")
_PRIMES = re.compile("[′″‴']+")
_SCRIPTED = frozenset({"sSup", "sSub", "sSubSup", "sPre", "limLow", "limUpp"})
_SPACED = frozenset("=<>≤≥≈≠→±∈")
_NOT_SHOWN = frozenset({"annotation", "annotation-xml", "mphantom", "none"})
_TOKENS = frozenset({"mi", "mn", "mtext", "ms", "mo"})
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}


def linear(element: Element, depth: int = 0) -> str:
    """Convert an OMML element to text, without deleted parts."""
    kind = local(element)
    if kind == "t":
        return element.text or ""
    if kind == "del" or kind.endswith("Pr"):
        return ""
    if depth > _MAX_DEPTH:
        return "".join(item.text or "" for item in element.iter() if local(item) == "t")
    children = [(local(child), linear(child, depth + 1)) for child in element]
    if kind in _SCRIPTED:
        return _with_scripts(kind, dict(children))
    several = [text for name, text in children if name == "e"]
    match kind:
        case "mr":
            return ", ".join(several)
        case "m":
            return f"[{'; '.join(text for name, text in children if name == 'mr')}]"
        case "eqArr":
            return "; ".join(several)
        case "d":
            begin, end = _property(element, "begChr", "("), _property(element, "endChr", ")")
            return begin + _property(element, "sepChr", "|").join(several) + end
    structure = _structure(element, kind, dict(children))
    return "".join(text for _, text in children) if structure is None else structure


def _with_scripts(kind: str, arguments: Mapping[str, str]) -> str:
    """A base with superscripts, subscripts or a limit."""
    base, up, down = (arguments.get(name, "") for name in ("e", "sup", "sub"))
    if kind == "sPre":
        return _lowered(down) + _raised(up) + base
    if kind in ("limLow", "limUpp"):
        limit = arguments.get("lim", "")
        return base + (_lowered(limit) if kind == "limLow" else _raised(limit))
    return enclosed(base) + _lowered(down) + _raised(up)


def _structure(element: Element, kind: str, arguments: Mapping[str, str]) -> str | None:
    """A fraction, root, operator, function or accent; None for other elements."""
    base, up, down = (arguments.get(name, "") for name in ("e", "sup", "sub"))
    match kind:
        case "f":
            sign = "¦" if _property(element, "type") == "noBar" else "/"
            return enclosed(arguments.get("num", "")) + sign + enclosed(arguments.get("den", ""))
        case "rad":
            degree = arguments.get("deg", "")
            root = _ROOTS.get(degree) or scripts.raised(degree) + "√"
            return root + (base if _ATOM.fullmatch(base) else f"({base})")
        case "nary":
            sign = _property(element, "chr", "∫")
            return f"{sign}{_lowered(down)}{_raised(up)} {base}"
        case "func":
            name = arguments.get("fName", "")
            return f"{name}{base}" if base.startswith("(") else f"{name} {base}"
        case "acc":
            return base + _property(element, "chr", "\u0302")
        case "bar":
            return base + ("\u0332" if _property(element, "pos") == "bot" else "\u0305")
    return None


def of_mathml(node: Any, depth: int = 0) -> str:
    """Convert a MathML element (W3C, MathML 3, chapter 3) of a parsed page to text."""
    if node.tag in _TOKENS or depth > _MAX_DEPTH:
        return _token(node.tag, node.text(deep=True) or "")
    parts = [of_mathml(item, depth + 1) for item in node.iter() if item.tag not in _NOT_SHOWN]
    return _arranged(node.tag, parts)


def of_mathml_in_xml(element: Element, depth: int = 0) -> str:
    """Convert a MathML element of an XML document to text."""
    kind = local(element)
    if kind in _TOKENS or depth > _MAX_DEPTH:
        return _token(kind, "".join(element.itertext()))
    inner = (item for item in element if local(item) and local(item) not in _NOT_SHOWN)
    return _arranged(kind, [of_mathml_in_xml(item, depth + 1) for item in inner])


def _token(kind: str, text: str) -> str:
    words = " ".join(text.split())
    return f" {words} " if kind == "mo" and words in _SPACED else words.strip("\u2061\u2062")


def _arranged(kind: str, parts: list[str]) -> str:
    """The parts of a MathML element as one line."""
    first, second, third = (*parts, "", "", "")[:3]
    match kind:
        case "mfrac":
            return f"{enclosed(first)}/{enclosed(second)}"
        case "msup" | "mover":
            return enclosed(first) + _raised(second)
        case "msub" | "munder":
            return enclosed(first) + _lowered(second)
        case "msubsup" | "munderover":
            return enclosed(first) + _lowered(second) + _raised(third)
        case "msqrt" | "mroot":
            base, degree = (first, second) if kind == "mroot" else ("".join(parts), "")
            root = _ROOTS.get(degree) or scripts.raised(degree) + "√"
            return root + (base if _ATOM.fullmatch(base) else f"({base})")
        case "mtable" | "mtr":
            return ("; " if kind == "mtable" else ", ").join(parts)
    return "".join(parts)


def _property(element: Element, name: str, default: str = "") -> str:
    """The value of a property of an element, or `default`."""
    for properties in element:
        if local(properties).endswith("Pr"):
            for item in properties:
                if local(item) == name:
                    return attribute(item, "val")
    return default


def enclosed(text: str) -> str:
    """Put compound parts in parentheses."""
    text = text.strip()
    return text if not text or _ATOM.fullmatch(text) else f"({text})"


def _raised(text: str) -> str:
    small = scripts.raised(text)
    return small if _PRIMES.fullmatch(text) or scripts.is_small(text) else f"^{enclosed(text)}"


def _lowered(text: str) -> str:
    return scripts.lowered(text) if scripts.is_small(text) else f"_{enclosed(text)}"
