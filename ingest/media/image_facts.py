"""Metadata of an image file (EXIF, XMP): when, where and with what it was taken, its caption.

A caption is taken from the file (EXIF, PNG text, XMP) or from a text file of the same name beside
it ("harbour.jpg" and "harbour.txt").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.books import naming

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDECARS = (".txt", ".caption")
_LONGEST = 8000
#: EXIF tags: https://www.media.mit.edu/pia/Research/deepview/exif.html and CIPA DC-008.
_DESCRIPTION, _MAKE, _MODEL, _ARTIST, _CHANGED = 0x010E, 0x010F, 0x0110, 0x013B, 0x0132
_EXIF, _GPS, _DATE_TIME, _COMMENT = 0x8769, 0x8825, 0x9003, 0x9286
_XP_TITLE, _XP_COMMENT = 0x9C9B, 0x9C9C
_XMP_CAPTION = re.compile(rb"<dc:description>\s*<rdf:Alt>\s*<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
#: What cameras and programs put where a caption belongs.
_NO_CAPTION = re.compile(
    r"(?i)\b(?:olympus digital camera|sony dsc|dcim|photoshop|creator: gd|gd-jpeg|lavc\d"
    r"|imagemagick|(?:written|created|generated|edited|optimi[sz]ed|made) (?:by|with|using) )"
)
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}\W+(?:\w+\W+)*?[^\W\d_]{2,}|[\u3040-\u9fff]{4,}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a picture; "" where it is not. `place` is degrees north and east."""

    taken: str = ""
    clock: str = ""
    place: tuple[float, float] | None = None
    camera: str = ""
    artist: str = ""
    caption: str = ""


def facts(picture: "Image", path: Path) -> Facts:
    """What a picture and the file beside it say; whatever is broken is passed over."""
    try:
        exif = picture.getexif()
        inner, gps = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError):
        exif, inner, gps = {}, {}, {}  # type: ignore[assignment]
    stamp = _text(inner.get(_DATE_TIME)) or _text(exif.get(_CHANGED))
    match = re.match(r"(\d{4}):(\d\d):(\d\d)(?: (\d\d:\d\d))?", stamp)
    used = f"{match[1]}-{match[2]}-{match[3]}" if match and match[1] != "0000" else ""
    make, model = _text(exif.get(_MAKE)), _text(exif.get(_MODEL))
    camera = model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()
    return Facts(
        taken=used,
        clock=(match[4] or "") if match and used else "",
        place=_place(gps),
        camera=camera,
        artist=_text(exif.get(_ARTIST)),
        caption=_sidecar_text(path) or _caption(picture, exif, inner),
    )


def described(facts: Facts, name: str, size: tuple[int, int], frames: int) -> str:
    """A paragraph that says what is known, so that a picture without words can be found."""
    noun = "Photograph" if facts.camera or facts.taken else "Picture"
    parts = [f"{noun} “{name}”", f"{size[0]} × {size[1]} pixels"]
    if frames > 1:
        parts.append(f"{frames} pages")
    if facts.taken:
        parts.append(f"taken on {facts.taken}{' at ' + facts.clock if facts.clock else ''}")
    if facts.camera:
        parts.append(f"with a {facts.camera}")
    if facts.artist:
        parts.append(f"by {facts.artist}")
    if facts.place:
        north, east = facts.place
        parts.append(
            f"at {abs(north):.5f}° {'N' if north >= 0 else 'S'}, "
            f"{abs(east):.5f}° {'E' if east >= 0 else 'W'}"
        )
    return ", ".join(parts) + "."


def _caption(picture: "Image", exif: Mapping[int, Any], inner: Mapping[int, Any]) -> str:
    info = picture.info
    xmp = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    xmp = xmp.encode() if isinstance(xmp, str) else xmp
    regex_match = _XMP_CAPTION.search(xmp) if isinstance(xmp, bytes) else None
    from html import unescape

    for value in (
        exif.get(_DESCRIPTION),
        unescape(regex_match[1].decode("utf-8", "replace")) if regex_match else "",
        info.get("Description"),
        info.get("Comment"),
        info.get("comment"),
        info.get("Title"),
        _wide(exif.get(_XP_COMMENT)) or _wide(exif.get(_XP_TITLE)),
        _user_comment(inner.get(_COMMENT)),
    ):
        words = _text(value)
        if _TWO_WORDS.search(words[:_LONGEST]) and not _NO_CAPTION.search(words):
            return words[:_LONGEST]
    return ""


def _sidecar_text(path: Path) -> str:
    """The words of a text file of the same name, where there is one of few words."""
    for name in (*(path.with_suffix(end) for end in _SIDECARS), path.with_name(path.name + ".txt")):
        try:
            if name != path and name.is_file() and name.stat().st_size <= 4 * _LONGEST:
                words = name.read_text(encoding="utf-8-sig", errors="strict").strip()
                if words:
                    return words[:_LONGEST]
        except (OSError, ValueError):
            continue
    return ""


def _user_comment(value: Any) -> str:
    if not isinstance(value, bytes) or len(value) <= 8:
        return _text(value)
    head, body = value[:8], value[8:]
    if head.startswith(b"UNICODE"):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8", "replace") if head.strip(b"\0") in (b"ASCII", b"") else ""


def _wide(value: Any) -> str:
    if isinstance(value, tuple):
        value = bytes(item for item in value if isinstance(item, int) and 0 <= item < 256)
    return value.decode("utf-16-le", "replace") if isinstance(value, bytes) else ""


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return naming.one_line(value.replace("\0", " ")).strip() if isinstance(value, str) else ""


def _place(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    try:
        north, east = (
            sum(float(part) / 60**at for at, part in enumerate(gps[number])) for number in (2, 4)
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    north = -north if _text(gps.get(1)).upper() == "S" else north
    east = -east if _text(gps.get(3)).upper() == "W" else east
    # Zero is what a camera writes that does not know; what is not a number compares false.
    existing = -90 <= north <= 90 and -180 <= east <= 180 and (north, east) != (0.0, 0.0)
    return (north, east) if existing else None
