"""What the program remembers between starts, as one small JSON file.

`schema_version` is raised when a field changes its meaning; a new field with a default does not
need it. A file that cannot be read is set aside as `settings.json.bad` and the defaults count.
"""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workbench import paths, permissions

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The Library table: which columns are shown, their widths in pixels, the sorting.

    `covers` shows the sources as covers instead.
    """

    shown: tuple[str, ...] = ("author", "added", "passages", "state")
    widths: dict[str, int] = field(default_factory=dict)
    sorted_by: str = "added"
    descending: bool = True
    covers: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered.

    `theme` is system, light, dark or contrast. `language` is that of the window, "" for the
    system's. `zoom` scales the window's type. `library` is the file that was open last, "" for the
    default; `recent` the ones before it. `geometry` and `docks` are Qt's own window state in
    base64. `hidden` and `kept` are the panels that the user closed, and opened. `columns` is the
    Library table. `places` are the sources read last, as `ui.window.second_source` writes them,
    `side_by_side` the two that stood beside each other; `text_size`, `line_width` (narrow, medium
    or wide) and `face` (serif or sans) are how books are set, `original_colours` keeps pages white
    in dark themes. `associations` is how that tab was left, as `ui.associations.kept` writes it;
    `answers` is written or quotes; `left` is when each library's window was closed (seconds).
    `brain_scale` is the size of the simulated brain, 0 for what this machine has memory for,
    `brain_beside` whether its part stands beside answers, `lab` whether the window shows Lab.
    `citation_style` is that of Copy with citation, a name or a `.csl` file, "" for a plain line.
    `shortcuts` are keys that were changed, as `ui.window.keys` writes them.
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
    text_size: float = 1.0
    line_width: str = "medium"
    face: str = "serif"
    original_colours: bool = False
    associations: str = ""
    answers: str = "written"
    left: dict[str, int] = field(default_factory=dict)
    brain_scale: float = 0.0
    brain_beside: bool = True
    citation_style: str = ""
    lab: bool = False
    language: str = ""
    shortcuts: tuple[str, ...] = ()


def file() -> Path:
    """Where the settings are kept."""
    return paths.config_dir() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """Read the settings; defaults where there are none or they cannot be read."""
    path = path or file()
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError):
        _set_aside(path)
        return Settings()


def save(settings: Settings, path: Path | None = None) -> bool:
    """Write the settings in one step; False where the folder cannot be written."""
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
    """Take over every field of the right type; others keep their default.

    Raises `ValueError` or `TypeError` where the text is not a JSON object.
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
