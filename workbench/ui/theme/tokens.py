"""Colours by role, and related measures; no Qt.

Names describe the role of a colour, not its hue. `tests/ui/test_theme.py` lists the allowed
combinations with their minimum WCAG 2 contrast, and computes it for all themes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from workbench import paths, plugins
from workbench.errors import InputError


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
#: Names of the program's own themes, and of the desktop's choice.
NAMES = ("system", *THEMES)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FIELDS = {field.name for field in fields(Theme)} - {"name"}
#: Seconds in which a plugin has to give its colours: the window waits.
_SECONDS = 10.0


def named(name: str) -> Theme:
    """The theme of this name, of the program or of a plugin.

    A plugin has a mapping; colours that it leaves out are those of "light", or of "dark" if it says
    so. Raises `InputError` for a name that is not there, and for a plugin that fails.
    """
    if name in THEMES:
        return THEMES[name]
    if name not in plugins.found(plugins.THEMES):
        raise InputError(f"There is no theme “{name}”.", "Choose another one in Settings.")
    colours = plugins.value(plugins.THEMES, name, seconds=_SECONDS)
    if not isinstance(colours, Mapping) or not all(
        key == "dark" or (key in _FIELDS and _COLOUR.fullmatch(str(ink)))
        for key, ink in colours.items()
    ):
        raise InputError(
            f"The theme “{name}” has something that is not a colour of a theme.",
            "Update or uninstall its plugin.",
        )
    return replace(DARK if colours.get("dark") else LIGHT, **{**colours, "name": name})


CHIP, CONTROL, CARD, SHEET = 4, 6, 8, 12
#: Animation durations in milliseconds; all 0 with reduced motion.
MOTION = {"state": 90, "panel": 160, "overlay": 120, "toast": 200}

#: Highlighter colours, default first.
PENS = ("yellow", "green", "blue", "pink", "violet")
