"""Themes: colours, type scale, icons, style sheet.

`theme.current()` has the colours, `theme.font("body")` is a font, `theme.icon("book")` an icon.
"""

from workbench.ui.theme.fonts import family, fixed, font, px
from workbench.ui.theme.fonts import set_zoom as zoom_first
from workbench.ui.theme.icons import drawn, icon, paint_icon, smooth
from workbench.ui.theme.switch import (
    apply,
    colour,
    current,
    dress,
    reduced_motion,
    render,
    watch,
    wear,
    zoom,
)
from workbench.ui.theme.tokens import (
    CARD,
    CHIP,
    CONTROL,
    MOTION,
    NAMES,
    PENS,
    SHEET,
    THEMES,
    Theme,
)

__all__ = [
    "CARD",
    "CHIP",
    "CONTROL",
    "MOTION",
    "NAMES",
    "PENS",
    "SHEET",
    "THEMES",
    "Theme",
    "apply",
    "colour",
    "current",
    "drawn",
    "dress",
    "family",
    "fixed",
    "font",
    "icon",
    "paint_icon",
    "px",
    "reduced_motion",
    "render",
    "smooth",
    "watch",
    "wear",
    "zoom",
    "zoom_first",
]
