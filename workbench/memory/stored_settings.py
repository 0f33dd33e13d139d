"""Settings stored with a library: records whose fields define the valid values.

A number has a minimum and a maximum, a word is one of several, a switch is on or off. Only values
that differ from the default are stored.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import Field, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Settings = TypeVar("Settings", bound="DataclassInstance")

_LIMITS, _WORDS = "limits", "words"
_SWITCHED = {"on": True, "true": True, "yes": True, "1": True}
_SWITCHED |= {"off": False, "false": False, "no": False, "0": False}


def number(default: float, minimum: float, maximum: float) -> Any:
    """A field for a number; integral if the default is."""
    return field(default=default, metadata={_LIMITS: (minimum, maximum)})


def word(default: str, words: Sequence[str]) -> Any:
    """A field for one of these words."""
    return field(default=default, metadata={_WORDS: words})


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings with these changes; numbers and switches may be strings.

    Raises `UsageError` for an invalid name or value.
    """
    by_name = {setting.name: setting for setting in fields(settings)}
    for name in changes:
        if name not in by_name:
            raise UsageError(
                f"There is no setting called “{name}”.", f"There are: {', '.join(sorted(by_name))}."
            )
    return replace(
        settings, **{name: _checked(by_name[name], value) for name, value in changes.items()}
    )


def unusual(settings: "DataclassInstance") -> dict[str, Any]:
    """The settings that differ from their default."""
    values = {setting: getattr(settings, setting.name) for setting in fields(settings)}
    return {setting.name: value for setting, value in values.items() if value != setting.default}


def stored(settings: Settings, content: object) -> Settings:
    """Settings from stored values; unknown or invalid ones get the default.

    They may be from a newer version, or damaged: a library opens regardless.
    """
    for name, value in content.items() if isinstance(content, dict) else ():
        try:
            settings = changed(settings, {name: value})
        except UsageError:
            continue
    return settings


def _checked(of: "Field[Any]", value: Any) -> Any:
    if isinstance(of.default, bool):
        parsed = _SWITCHED.get(value.strip().casefold()) if isinstance(value, str) else value
        if not isinstance(parsed, bool):
            raise UsageError(f"“{of.name}” is on or off.", f"Write {of.name}=on.")
        return parsed
    if _WORDS in of.metadata:
        if value not in of.metadata[_WORDS]:
            raise UsageError(f"“{of.name}” is one of {', '.join(of.metadata[_WORDS])}.")
        return value
    minimum, maximum = of.metadata[_LIMITS]
    try:
        parsed = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        parsed = math.nan
    is_integer = isinstance(of.default, int)
    if not minimum <= parsed <= maximum or (is_integer and parsed != int(parsed)):
        kind = "a whole number" if is_integer else "a number"
        raise UsageError(
            f"“{value}” cannot be {of.name}.", f"Choose {kind} from {minimum:g} to {maximum:g}."
        )
    return int(parsed) if is_integer else parsed
