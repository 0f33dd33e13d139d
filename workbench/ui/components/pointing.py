"""Translates advice that names a command into the matching place of the window.

What goes wrong says one next step, and the same sentence serves the command line, where it is a
command. Here each command has the place in the window where the same is done.
"""

import re

from workbench.ui.language import known

#: A command, or the beginning of one, and where the window does the same; the first that fits.
PLACES = (
    ("add", "File › Add Files…"),
    ("alerts", "Today"),
    ("aliases", "the Inspector of the concept"),
    ("backup", "File › Back Up…"),
    ("brain lessons", "Settings › Brain"),
    ("cite --styles", "Settings › General"),
    ("concept ", "Merge… in the Inspector"),
    ("conflicts", "Contradictions on Today"),
    ("consolidate", "Memory › Sleep Now"),
    ("highlights ", "File › Import Highlights…"),
    ("list collections", "the list of Collections"),
    ("list concepts", "Library › Find a Concept"),
    ("list memories", "Library › Show Notes and Highlights"),
    ("list sources", "the Library"),
    ("list tags", "Library › Tags…"),
    ("mark ", "Library › Show Notes and Highlights"),
    ("mcp", "Settings › Connections"),
    ("models", "Settings › Models"),
    ("pictures", "Settings › Models"),
    ("playlist", "File › Add Link…"),
    ("review", "Reviews due on Today"),
    ("serve", "Settings › Connections"),
    ("sleep", "Memory › Preview Sleep…"),
    ("speech", "Settings › Models"),
    ("verify", "File › Verify Library"),
)
_COMMAND = re.compile(r"`workbench ([^`]*)`")
#: Words around a command that speak of typing it, or of two commands that are one place here.
_PHRASES = (
    (r"with `workbench speech get [^`]*`, or see `workbench speech`", "in “Settings › Models”"),
    (r"in Settings, Models, or with `workbench speech get [^`]*`", "in “Settings › Models”"),
    (r"with `workbench speech get [^`]*`", "in “Settings › Models”"),
    (r"here with `workbench models use [^`]*`", "in “Settings › Models”"),
    (r"with `workbench models`", "in “Settings › Models”"),
    (r"with `workbench list concepts`", "with “Library › Find a Concept”"),
    (r", or see them with `workbench playlist [^`]*`, and add those that you want", ""),
    (r" \([^()`]*`highlights ID --from FILE`\)", ""),
    (r" \(`--password-file FILE`\)", ""),
    (r", or pipe it into `workbench add -`", ", and add that"),
)


def place(command: str) -> str | None:
    """Where the window does what a command does ("list tags"); None where it does not."""
    return next((told for begins, told in PLACES if command.startswith(begins.strip())), None)


def pointed(advice: str) -> str:
    """Advice in the words and the language of the window, which has no commands.

    “See `workbench list tags`.” is “See “Library › Tags…”.”.
    """
    advice = known(advice)
    if "`" not in advice:
        return advice
    for phrase, instead in _PHRASES:
        advice = re.sub(phrase, instead, advice)
    return _COMMAND.sub(lambda found: _said(found.group(1), found.group(0)), advice)


def _said(command: str, written: str) -> str:
    found = place(command)
    if found is None:
        return written
    found = known(found)
    return f"“{found}”" if "›" in found else found
