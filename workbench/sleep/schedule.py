"""Settings of automatic sleep, and whether a library should sleep now."""

import math
from dataclasses import asdict, fields, replace

from workbench.errors import UsageError
from workbench.sleep.records import SleepSettings, SleepState

_HOUR = 3600.0
_USUAL = SleepSettings()
#: From and to.
_LIMITS: dict[str, tuple[float, float]] = {
    "every_hours": (0.1, 24.0 * 365),
    "idle_minutes": (0.0, 24.0 * 60),
    "archive_below": (0.0, 1.0),
    "archive_after_days": (1, 36_500),
    "archive_share": (0.0, 1.0),
}


def due(state: SleepState, now: float, idle_seconds: float) -> bool:
    """Whether a library should go to sleep at `now`, nobody having used it for `idle_seconds`."""
    if not state.automatic or state.asleep or idle_seconds < 60 * state.idle_minutes:
        return False
    return state.next_due is not None and now >= state.next_due


def next_due(last: float | None, now: float, settings: SleepSettings) -> float:
    """When the next sleep is due after one that ended at `last` (None: there was none)."""
    # A sleep that ended in the future did so under another clock.
    return now if last is None or last > now else last + settings.every_hours * _HOUR


def stored(known: dict[str, object]) -> SleepSettings:
    """Settings from what is stored; what no version knows or what cannot be is left out."""
    found = _USUAL
    for name, value in known.items():
        try:
            found = changed(found, {name: value})
        except UsageError:
            continue
    return found


def unusual(settings: SleepSettings) -> dict[str, object]:
    """Those settings that are not the usual ones."""
    usual = asdict(_USUAL)
    return {name: value for name, value in asdict(settings).items() if value != usual[name]}


def changed(settings: SleepSettings, changes: dict[str, object]) -> SleepSettings:
    """Settings after changes; a value may be written as text. Raises `UsageError`."""
    known = {field.name for field in fields(SleepSettings)}
    for name, value in changes.items():
        if name not in known:
            raise UsageError(
                f"Sleep has no setting “{name}”.", f"Choose one of {', '.join(sorted(known))}."
            )
        if name == "automatic":
            settings = replace(settings, automatic=_flag(name, value))
        elif name == "propose":
            settings = replace(settings, propose=_flag(name, value))
        elif name == "archive_after_days":
            settings = replace(settings, archive_after_days=int(_number(name, value, whole=True)))
        else:
            fitting: dict[str, float] = {name: _number(name, value)}
            settings = replace(settings, **fitting)  # type: ignore[arg-type]
    return settings


def _flag(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    raise UsageError(f"“{name}” is either on or off.", f"Write {name}=on.")


def _number(name: str, value: object, *, whole: bool = False) -> float:
    least, most = _LIMITS[name]
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not least <= number <= most or (whole and number != int(number)):
        kind = "a whole number" if whole else "a number"
        raise UsageError(
            f"“{value}” cannot be {name}.", f"Choose {kind} from {least:g} to {most:g}."
        )
    return number
