"""Settings that are kept with a library: records whose fields say what they may be.

A number has the least and the most that it may be, a word is one of several, a switch is on or off.
Only what is not as usual is kept.
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


def number(usual: float, least: float, most: float) -> Any:
    """A field for a number; a whole one where the usual one is."""
    return field(default=usual, metadata={_LIMITS: (least, most)})


def word(usual: str, words: Sequence[str]) -> Any:
    """A field for one of these words."""
    return field(default=usual, metadata={_WORDS: words})


def changed(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """The settings with these changes; numbers and switches may be written as text.

    Raises `UsageError` for a name or a value that cannot be.
    """
    known = {each.name: each for each in fields(settings)}
    for name in given:
        if name not in known:
            raise UsageError(
                f"There is no setting called “{name}”.", f"There are: {', '.join(sorted(known))}."
            )
    return replace(settings, **{name: _checked(known[name], each) for name, each in given.items()})


def unusual(settings: "DataclassInstance") -> dict[str, Any]:
    """Those settings that are not the usual ones."""
    every = {each: getattr(settings, each.name) for each in fields(settings)}
    return {each.name: value for each, value in every.items() if value != each.default}


def stored(usual: Settings, known: object) -> Settings:
    """Settings from what was kept; what this version does not know or allow is the usual one.

    It may be from a newer version, or damaged: a library opens whatever its settings say.
    """
    for name, value in known.items() if isinstance(known, dict) else ():
        try:
            usual = changed(usual, {name: value})
        except UsageError:
            continue
    return usual


def _checked(of: "Field[Any]", value: Any) -> Any:
    if isinstance(of.default, bool):
        found = _SWITCHED.get(value.strip().casefold()) if isinstance(value, str) else value
        if not isinstance(found, bool):
            raise UsageError(f"“{of.name}” is on or off.", f"Write {of.name}=on.")
        return found
    if _WORDS in of.metadata:
        if value not in of.metadata[_WORDS]:
            raise UsageError(f"“{of.name}” is one of {', '.join(of.metadata[_WORDS])}.")
        return value
    least, most = of.metadata[_LIMITS]
    try:
        found = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    whole = isinstance(of.default, int)
    if not least <= found <= most or (whole and found != int(found)):
        kind = "a whole number" if whole else "a number"
        raise UsageError(
            f"“{value}” cannot be {of.name}.", f"Choose {kind} from {least:g} to {most:g}."
        )
    return int(found) if whole else found
