"""The type scale: sans for the program, serif for sources.

Sizes are pixels at the platform's default text size, and scale with the system font and the zoom.
"""

import sys
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from workbench.paths import resources

SIZES = {
    "caption": 11,
    "small": 12,
    "body": 13,
    "section": 15,
    "reading": 15,
    "book": 17,
    "page": 22,
    "display": 30,
}
_SEMIBOLD = ("section", "page", "display")
#: Bundled fonts, for the same look on all platforms.
_SERIF, _SANS = "Source Serif 4", "Inter"
_USUAL_PIXELS = {"darwin": 13.0, "win32": 12.0}

_system_scale = 1.0
_zoom = 1.0


def measure(app: QApplication) -> None:
    """Read the system's text size, before the window's font is set."""
    global _system_scale
    if app.platformName() in ("offscreen", "minimal"):
        _system_scale = 1.0
        return
    pixels = QFontInfo(app.font()).pixelSize()
    usual = _USUAL_PIXELS.get(sys.platform, 13.33)
    _system_scale = min(2.0, max(1.0, pixels / usual))


def set_zoom(factor: float) -> None:
    """Set the zoom, 0.8 to 2."""
    global _zoom
    _zoom = min(2.0, max(0.8, factor))


def px(pixels: float) -> int:
    """Scale a length with the text size: row heights, column widths, icon sizes."""
    return round(pixels * _system_scale * _zoom)


def fixed() -> QFont:
    """The system's monospaced font in body size."""
    created = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    created.setPixelSize(px(SIZES["body"]))
    return created


def font(
    size: str = "body",
    weight: QFont.Weight | None = None,
    *,
    serif: bool | None = None,
) -> QFont:
    """A font of the scale (a key of `SIZES`). "reading" is serif by default."""
    wants_serif = size == "reading" if serif is None else serif
    created = QFont(family(serif=wants_serif))
    created.setPixelSize(px(SIZES[size]))
    usual = QFont.Weight.DemiBold if size in _SEMIBOLD else QFont.Weight.Normal
    created.setWeight(usual if weight is None else weight)
    return created


@lru_cache(maxsize=2)
def family(*, serif: bool) -> str:
    """The family for the program, or for sources; loads bundled fonts."""
    requested = _SERIF if serif else _SANS
    for file in sorted((resources() / "fonts").glob(f"{requested.replace(' ', '')}-*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    if requested in QFontDatabase.families():
        return requested
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
