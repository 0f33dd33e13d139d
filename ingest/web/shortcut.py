"""Addresses inside shortcut files (.url, .webloc, .desktop), detected by content.

A shortcut has no text and stands for its page; only adding that very file requests the page, so
shortcuts inside folders and archives are skipped.
"""

import configparser
import plistlib
import re
from pathlib import Path
from xml.parsers.expat import ExpatError

MOST_BYTES = 1 << 16
_HEAD = 1024

_INTERNET = re.compile(
    rb"\s*(?:;[^\n]*\n\s*)*\[(?:InternetShortcut|DEFAULT|\{[0-9A-F-]+\})\]", re.IGNORECASE
)
_DESKTOP = re.compile(rb"\s*(?:#[^\n]*\n\s*)*\[(?:Desktop Entry|KDE Desktop Entry)\]")
_PLIST = re.compile(
    rb"\s*<\?xml[^>]*>\s*(?:<!DOCTYPE plist[^>]*>\s*)?<plist\b|\s*<plist\b|bplist00"
)


def address_of(data: bytes) -> str | None:
    """The address in a shortcut, given its whole content; None for other files."""
    if len(data) > MOST_BYTES:
        return None
    plain = _as_utf8(data)
    if _PLIST.match(data):
        return _from_plist(data)
    if _INTERNET.match(plain):
        return _from_sections(plain, "internetshortcut", {})
    if _DESKTOP.match(plain):
        return _from_sections(plain, "desktop entry", {"type": "Link"})
    return None


def address_in(path: Path) -> str | None:
    """The address in a shortcut file; None for other and unreadable files."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not _is_shortcut(head):
                return None
            return address_of(head + file.read(MOST_BYTES + 1))
    except OSError:
        return None


def _is_shortcut(head: bytes) -> bool:
    plain = _as_utf8(head)
    return bool(_PLIST.match(head) or _INTERNET.match(plain) or _DESKTOP.match(plain))


def _as_utf8(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _from_plist(data: bytes) -> str | None:
    try:
        pending = plistlib.loads(data)
    except (ValueError, ExpatError, OverflowError, plistlib.InvalidFileException, RecursionError):
        return None
    address = pending.get("URL") if isinstance(pending, dict) else None
    return address.strip() or None if isinstance(address, str) else None


def _from_sections(data: bytes, section: str, needed: dict[str, str]) -> str | None:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True, default_section="\0")
    try:
        parser.read_string(data.decode("utf-8", "replace"))
    except (configparser.Error, AttributeError):
        # The parser itself fails on a key without a value that continues on the next line.
        return None
    for name in parser.sections():
        if name.lower().removeprefix("kde ") != section:
            continue
        values = parser[name]
        if all(values.get(key) == value for key, value in needed.items()):
            return (values.get("url") or "").strip() or None
    return None
