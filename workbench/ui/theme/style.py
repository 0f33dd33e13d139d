"""The style sheet: what Fusion and the palette cannot say, filled in from the tokens.

`resources/themes/window.qss` holds it with `@token` for colours, `@12px` for lengths that grow with
the text and `@file_check` for tinted pictures, which QSS takes only as files.
"""

import re
from functools import lru_cache

from workbench import paths, permissions
from workbench.ui.theme import fonts, icons
from workbench.ui.theme.tokens import Theme

_WORD = re.compile(r"@(?:(?P<pixels>\d+)px|file_(?P<file>[a-z]+)_(?P<ink>\w+)|(?P<token>\w+))")


def sheet(theme: Theme) -> str:
    """The style sheet in the colours of `theme` at the present text size."""

    def fill(match: re.Match[str]) -> str:
        if match["pixels"]:
            return f"{fonts.px(int(match['pixels']))}px"
        if match["file"]:
            return _picture(match["file"], getattr(theme, match["ink"]))
        return str(getattr(theme, match["token"]))

    return _WORD.sub(fill, _template())


@lru_cache(maxsize=1)
def _template() -> str:
    return (paths.resources() / "themes" / "window.qss").read_text(encoding="utf-8")


def _picture(name: str, ink: str) -> str:
    drawing = icons.svg(name, ink).replace('stroke-width="1.5"', 'stroke-width="2"')
    path = paths.cache_dir() / "icons" / f"{name}-{ink[1:]}.svg"
    if not path.exists() or path.read_text(encoding="utf-8") != drawing:
        permissions.folder(path.parent)
        path.write_text(drawing, encoding="utf-8")
    return path.as_posix()
