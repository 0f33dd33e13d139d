"""The colours of the window by their job, and the measures that go with them; no Qt here.

Names say what a colour is for, never its hue. `tests/ui/test_theme.py` lists which colour may stand
on which, with the least contrast that WCAG 2 asks for, and computes all of them for all themes.
"""

from dataclasses import dataclass


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


LIGHT = Theme(
    name="light",
    dark=False,
    canvas="#F5F3EE",
    surface="#FDFCFA",
    raised="#FFFFFF",
    sunken="#ECE9E2",
    hover="#EFECE5",
    line="#E0DCD2",
    edge="#8A8478",
    text="#211F1B",
    text2="#545048",
    text3="#68635A",
    accent="#25588A",
    accent_soft="#DFE9F2",
    select="#B9D2EA",
    on_accent="#FFFFFF",
    marker="#FBE7A1",
    marker_edge="#A57A00",
    explicit="#25588A",
    confirmed="#1B7355",
    emergent="#9A5200",
    predicted="#76459B",
    danger="#AF3227",
    yellow="#FAEDB9",
    green="#DCECCF",
    blue="#D3E9F1",
    pink="#F8DEDE",
    violet="#E8DFF3",
    yellow_edge="#A57A00",
    green_edge="#4F8740",
    blue_edge="#3A7AB2",
    pink_edge="#BF5468",
    violet_edge="#7F5DA8",
)
DARK = Theme(
    name="dark",
    dark=True,
    canvas="#17191D",
    surface="#1D2025",
    raised="#262A31",
    sunken="#131519",
    hover="#24282E",
    line="#30353D",
    edge="#7A828D",
    text="#E9E6E0",
    text2="#B8B5AE",
    text3="#9A978F",
    accent="#86B7E8",
    accent_soft="#25394D",
    select="#34587F",
    on_accent="#0E1A26",
    marker="#5C4A12",
    marker_edge="#E3BC4A",
    explicit="#86B7E8",
    confirmed="#62C79E",
    emergent="#EFA94F",
    predicted="#CBA1EA",
    danger="#F28F84",
    yellow="#4D4421",
    green="#2E4833",
    blue="#27435B",
    pink="#583439",
    violet="#44375A",
    yellow_edge="#E3BC4A",
    green_edge="#7FC08A",
    blue_edge="#77B3E6",
    pink_edge="#EC8C9B",
    violet_edge="#B795DE",
)
CONTRAST = Theme(
    name="contrast",
    dark=True,
    canvas="#000000",
    surface="#000000",
    raised="#101010",
    sunken="#000000",
    hover="#262626",
    line="#767676",
    edge="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#E6E6E6",
    accent="#FFD92E",
    accent_soft="#3A3200",
    select="#00508C",
    on_accent="#000000",
    marker="#5C4A00",
    marker_edge="#FFD92E",
    explicit="#8CCBFF",
    confirmed="#5FE3AC",
    emergent="#FFB74A",
    predicted="#DDB2FF",
    danger="#FF9E93",
    yellow="#5C4A00",
    green="#0F4A2A",
    blue="#00406B",
    pink="#6B1F33",
    violet="#432A73",
    yellow_edge="#FFD92E",
    green_edge="#5FE3AC",
    blue_edge="#8CCBFF",
    pink_edge="#FF9EB0",
    violet_edge="#DDB2FF",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
#: What `apply` takes: a theme, or the desktop's own choice.
NAMES = ("system", *THEMES)

#: Distances in pixels at the default text size.
SPACE = (4, 8, 12, 16, 24, 32, 48)
CHIP, CONTROL, CARD, SHEET = 4, 6, 8, 12
#: Motion in milliseconds; all 0 where the system asks for less of it.
MOTION = {"state": 90, "panel": 160, "overlay": 120, "toast": 200}

#: The colours of highlighters, the usual one first.
PENS = ("yellow", "green", "blue", "pink", "violet")
