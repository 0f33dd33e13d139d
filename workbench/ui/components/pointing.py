"""Translates advice that names a command into a place of the window.

Errors have one next step for window and command line, where it is a command. The table maps
commands to menu paths.
"""

import re

from workbench import paths
from workbench.ui.components.words import quoted
from workbench.ui.language import known

#: Command prefixes and their places in the window; the first match counts.
PLACES, _PHRASES = paths.table("window/places.toml").values()
_COMMAND = re.compile(r"`workbench ([^`]*)`")


def place(command: str) -> str | None:
    """The place in the window for a command ("list tags"); None if there is none."""
    return next(
        (
            place_words
            for prefix, place_words in PLACES.items()
            if command.startswith(prefix.strip())
        ),
        None,
    )


def pointed(advice: str) -> str:
    """Advice translated for the window, without commands.

    “See `workbench list tags`.” becomes “See “Library › Tags…”.”.
    """
    advice = known(advice)
    if "`" not in advice:
        return advice
    for phrase, instead in _PHRASES.items():
        advice = re.sub(phrase, instead, advice)
    return _COMMAND.sub(lambda found: _replacement(found.group(1), found.group(0)), advice)


def _replacement(command: str, original: str) -> str:
    result = place(command)
    if result is None:
        return original
    result = known(result)
    return quoted(result) if "›" in result else result
