"""The settings of the program, one small JSON file.

`schema_version` increases when a field changes its meaning; new fields with a default do not need
it. An unreadable file is renamed to `settings.json.bad`, and the defaults apply.
"""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workbench import paths, permissions

SCHEMA_VERSION = 1
#: The default text size of the reader, a factor.
USUAL_SIZE = 1.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The Library table: visible columns, their widths in pixels, the sort order.

    `covers` shows the sources as covers instead.
    """

    shown: tuple[str, ...] = ("author", "added", "passages", "state")
    widths: dict[str, int] = field(default_factory=dict)
    sorted_by: str = "added"
    descending: bool = True
    covers: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings.

    `theme` is system, light, dark or contrast. `language` is that of the window, "" for the
    system's. `zoom` scales the window's type. `library` was open last, "" for the default; `recent`
    the ones before it. `geometry` and `docks` are Qt's window state in base64. `hidden` and `kept`
    are the panels that the user closed, and opened. `columns` is the Library table. `places` are
    the sources read last, as `ui.window.second_source` writes them, `side_by_side` the two shown
    beside each other; `text_size`, `line_width` (narrow, medium or wide) and `face` (serif or sans)
    set the type of books, `original_colours` keeps pages white in dark themes. `answers` is written
    or quotes. `brain_scale` is the size of the simulated brain, 0 for the largest that fits into
    memory, `brain_beside` whether its panel is shown beside answers, `lab` whether the window shows
    Lab. `citation_style` is that of Copy with citation, a name or a `.csl` file, "" for a plain
    line. `shortcuts` are changed keys, as `ui.window.keys` writes them.
    """

    schema_version: int = SCHEMA_VERSION
    theme: str = "system"
    zoom: float = 1.0
    library: str = ""
    recent: tuple[str, ...] = ()
    geometry: str = ""
    docks: str = ""
    hidden: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    places: tuple[str, ...] = ()
    side_by_side: tuple[str, ...] = ()
    text_size: float = USUAL_SIZE
    line_width: str = "medium"
    face: str = "serif"
    original_colours: bool = False
    answers: str = "written"
    brain_scale: float = 0.0
    brain_beside: bool = True
    citation_style: str = ""
    lab: bool = False
    language: str = ""
    shortcuts: tuple[str, ...] = ()


def file() -> Path:
    """The path of the settings file."""
    return paths.config_dir() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """Read the settings; defaults if the file is missing or unreadable."""
    path = path or file()
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError):
        _set_aside(path)
        return Settings()


def save(settings: Settings, path: Path | None = None) -> bool:
    """Write the settings atomically; False if the folder cannot be written."""
    try:
        permissions.replaced(path or file(), json.dumps(asdict(settings), indent=1))
    except OSError:
        return False
    return True


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(f"{path.name}.bad"))
    except OSError:
        return


def from_json(text: str) -> Settings:
    """Read every field of the right type; others keep their defaults.

    Raises `ValueError` or `TypeError` unless the text is a JSON object.
    """
    stored = json.loads(text)
    if not isinstance(stored, dict):
        raise TypeError("settings are not an object")
    columns = stored.pop("columns", {})
    values = _take(Settings(), stored)
    values["schema_version"] = SCHEMA_VERSION
    if isinstance(columns, dict):
        values["columns"] = replace(Columns(), **_take(Columns(), columns))
    return replace(Settings(), **values)


def _take(default: Settings | Columns, stored: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for entry in fields(default):
        old, new = getattr(default, entry.name), stored.get(entry.name)
        if isinstance(old, tuple) and isinstance(new, list):
            values[entry.name] = tuple(item for item in new if isinstance(item, str))
        elif isinstance(old, dict) and isinstance(new, dict):
            values[entry.name] = {
                str(key): value for key, value in new.items() if isinstance(value, int)
            }
        elif isinstance(old, float) and isinstance(new, int | float) and not isinstance(new, bool):
            values[entry.name] = float(new)
        elif type(old) is type(new):
            values[entry.name] = new
    return values
