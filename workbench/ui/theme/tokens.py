"""Colours by role, and related measures; no Qt.

Names describe the role of a colour, not its hue. `tests/ui/test_theme.py` lists the allowed
combinations with their minimum WCAG 2 contrast, and computes it for all themes.
"""

from dataclasses import dataclass

from workbench import paths


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of a theme, as "#RRGGBB".

    canvas: window, docks. surface: centre, tables, cards. raised: toasts, popups. sunken: wells.
    hover, line: decorative. edge: borders of controls. text, text2, text3: three levels of text.
    accent: controls. accent_soft: selected rows. select: selected text of a page. on_accent: labels
    on accent. marker: quotations only. explicit to predicted: tags; confirmed also means success,
    emergent attention. danger: errors. yellow to violet: highlights, with `_edge` for their pens
    and cards. dark: whether text is light on dark.
    """

    name: str
    dark: bool
    canvas: str
    surface: str
    raised: str
    sunken: str
    hover: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_soft: str
    select: str
    on_accent: str
    marker: str
    marker_edge: str
    explicit: str
    confirmed: str
    emergent: str
    predicted: str
    danger: str
    yellow: str
    green: str
    blue: str
    pink: str
    violet: str
    yellow_edge: str
    green_edge: str
    blue_edge: str
    pink_edge: str
    violet_edge: str


_COLOURS = paths.table("themes/colours.toml")
THEMES = {name: Theme(name, **colours) for name, colours in _COLOURS.items()}
LIGHT, DARK, CONTRAST = THEMES.values()
#: Theme names for `apply`, including the desktop's choice.
NAMES = ("system", *THEMES)

CHIP, CONTROL, CARD, SHEET = 4, 6, 8, 12
#: Animation durations in milliseconds; all 0 with reduced motion.
MOTION = {"state": 90, "panel": 160, "overlay": 120, "toast": 200}

#: Highlighter colours, default first.
PENS = ("yellow", "green", "blue", "pink", "violet")
