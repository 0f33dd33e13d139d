"""The colours of the window by their job, and the measures that go with them; no Qt here.

Names say what a colour is for, never its hue. `tests/ui/test_theme.py` lists which colour may stand
on which, with the least contrast that WCAG 2 asks for, and computes all of them for all themes.
"""

from dataclasses import dataclass

from workbench import paths


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour the window may use, as "#RRGGBB".

    canvas: window, docks. surface: centre, tables, cards. raised: toasts, popups. sunken: wells.
    hover, line: decorative. edge: borders of controls. text, text2, text3: three strengths of ink.
    accent: what acts. accent_soft: what is chosen. select: selected words of a page. on_accent: a
    label on accent. marker: quoted words and nothing else. explicit to predicted: tags; confirmed
    also says "all is well", emergent "look here". danger: what failed. yellow to violet: what the
    reader highlighted, and the `_edge` of pens and cards that belong to it. dark: whether light
    stands on dark.
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
#: What `apply` takes: a theme, or the desktop's own choice.
NAMES = ("system", *THEMES)

CHIP, CONTROL, CARD, SHEET = 4, 6, 8, 12
#: Motion in milliseconds; all 0 where the system asks for less of it.
MOTION = {"state": 90, "panel": 160, "overlay": 120, "toast": 200}

#: The colours of highlighters, the usual one first.
PENS = ("yellow", "green", "blue", "pink", "violet")
