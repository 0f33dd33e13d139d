r"""Numbers with units as the LaTeX package siunitx has them: `\SI{3e-4}{\meter}` is 3×10⁻⁴ m.

Joseph Wright, "siunitx: A comprehensive (SI) units package". Options, which say how a number looks,
are left out.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest import scripts
from ingest.language.word_lists import lines

#: Commands by their arguments in the notation of `pylatexenc`.
ARGUMENTS = {
    "[{": "num si unit ang numlist",
    "[{{": "qty SIlist qtylist numrange",
    "[{[{": "SI",
    "[{{{": "SIrange qtyrange",
}
COMMANDS = tuple(name for names in ARGUMENTS.values() for name in names.split())
_TOKEN = re.compile(r"\\([A-Za-z]+)\s*(?:\{([^{}]*)\})?|\^\s*(?:\{([^{}]*)\}|(\S))|[^\\^{}.~\s]+")
_EXPONENT = re.compile(r"([\d.,)]*)\s*[eEdD]\s*\+?(-?\d+)")
_PLUS_MINUS = re.compile(r"\s*(?:\+-|\\pm)\s*")
_TIMES = re.compile(r"\s*x\s*")
_POWERS = {"square": "2", "squared": "2", "cubic": "3", "cubed": "3"}
_ANGLES = "°′″"


@dataclass(slots=True)
class _Factor:
    """A unit with what stands before it, and the power to which it is raised."""

    symbol: str
    power: str
    below: bool


def unit_text(node: Any, l2tobj: Any) -> str:
    """The number, list, range or unit of a command."""
    name, provided = node.macroname, [_source(item) for item in node.nodeargd.argnlist[1:]]
    if name in ("si", "unit"):
        return unit(provided[0])
    if name == "ang":
        parts = zip(provided[0].split(";"), _ANGLES, strict=False)
        return "".join(number(part) + sign for part, sign in parts if part.strip())
    if name.endswith("range"):
        words = f"{number(provided[0])}–{number(provided[1])}"
    else:
        words = ", ".join(map(number, provided[0].split(";")))
    symbol = "" if name.startswith("num") else unit(provided[-1])
    return words + (" " if symbol not in _ANGLES else "") + symbol


def unit(source: str) -> str:
    r"""A unit as it is printed: “m/s²” of `\meter\per\second\squared`, “m s⁻²” of `m.s^{-2}`."""
    units, prefixes = _symbols("unit"), _symbols("prefix")
    factors: list[_Factor] = []
    prefix, power, following = "", "", False
    for match in _TOKEN.finditer(source):
        name, argument, group, sign = match.groups()
        if name == "per":
            following = True
        elif name in ("square", "cubic", "raiseto"):
            power = argument or _POWERS.get(name, "")
        elif name in ("squared", "cubed", "tothe") or group or sign:
            if factors:
                factors[-1].power = group or sign or argument or _POWERS.get(name, "")
        elif name in prefixes:
            prefix = prefixes[name]
        else:
            # Shorter names say their symbol: \km, \um.
            symbol = units.get(name, re.sub(r"^u(?=\w)", "µ", name)) if name else match[0]
            factors.append(_Factor(prefix + symbol, power, following))
            prefix, power, following = "", "", False
    above = " ".join(_raised(factor) for factor in factors if not factor.below)
    lower = [_raised(factor) for factor in factors if factor.below]
    if not lower:
        return above
    return f"{above or '1'}/{lower[0] if len(lower) == 1 else '(' + ' '.join(lower) + ')'}"


def number(source: str) -> str:
    """A number as it is printed: “1.5×10⁻³ ± 2” of `1.5e-3 +- 2`."""
    plain = _TIMES.sub(" × ", _PLUS_MINUS.sub(" ± ", source.strip()))
    return _EXPONENT.sub(
        lambda match: match[1] + ("×" if match[1] else "") + "10" + scripts.raised(match[2]), plain
    )


def _raised(factor: _Factor) -> str:
    is_small = scripts.is_small(factor.power)
    return factor.symbol + (scripts.raised(factor.power) if is_small else f"^{factor.power}")


def _source(node: Any) -> str:
    source = "" if node is None else str(node.latex_verbatim()).strip()
    return source.removeprefix("{").removesuffix("}")


@cache
def _symbols(kind: str) -> dict[str, str]:
    """Symbols by the names of units, or of what stands before them."""
    rows = (line.split() for line in lines("units.txt", ""))
    return {name: row[1] for row in rows if row[0] == kind for name in row[2:]}
