"""Translates advice that names a command into the matching place of the window.

What goes wrong says one next step, and the same sentence serves the command line, where it is a
command. Here each command has the place in the window where the same is done.
"""

import re

from workbench import paths
from workbench.ui.language import known

#: A command, or the beginning of one, and where the window does the same; the first that fits.
PLACES, _PHRASES = paths.table("window/places.toml").values()
_COMMAND = re.compile(r"`workbench ([^`]*)`")


def place(command: str) -> str | None:
    """Where the window does what a command does ("list tags"); None where it does not."""
    return next(
        (
            place_words
            for prefix, place_words in PLACES.items()
            if command.startswith(prefix.strip())
        ),
        None,
    )


def pointed(advice: str) -> str:
    """Advice in the words and the language of the window, which has no commands.

    “See `workbench list tags`.” is “See “Library › Tags…”.”.
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
    return f"“{result}”" if "›" in result else result
