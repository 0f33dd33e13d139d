"""Characters that a terminal obeys, or that show text in another order than it has."""

import re

#: Control characters except tab and line feed, and changes of direction that last. Marks of
#: direction stay: Hebrew and Arabic need them.
_LASTING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e"
#: What a terminal gets escaped: unusual line ends, isolates, letters that are not seen, and halves
#: of characters, too.
_ORDERS = re.compile(f"[{_LASTING}\u2028\u2029\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
_IN_CELLS = re.compile(f"[{_LASTING}]")


def neutralised(text: str) -> str:
    r"""Escape what a terminal would obey (`\x1b`)."""
    return _ORDERS.sub(_code, text.replace("\r\n", "\n"))


def in_cell(text: str) -> str:
    """The same for a cell of a table that is exported, which a terminal may show."""
    return _IN_CELLS.sub(_code, text.replace("\r\n", "\n"))


def in_json(text: str) -> str:
    """The same for JSON, escaped as JSON does."""
    return _ORDERS.sub(_units, text)


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number >= 0x10000:
        return f"\\U{number:08x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _units(match: re.Match[str]) -> str:
    halves = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))
