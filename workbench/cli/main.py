"""The entry point: parses arguments, runs one call of the library, returns an exit code.

Global options may precede or follow the command.
"""

import argparse
import contextlib
import gc
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench import settings
from workbench.cli import table
from workbench.cli.output import Output, OutputError, silence
from workbench.cli.parser import parser
from workbench.errors import Cancelled, UsageError, WorkbenchError
from workbench.paths import is_there
from workbench.store import damage
from workbench.translation import choose, preferred
from workbench.turns import loading

# Messages for the window's log would mix with sentences and JSON.
logging.getLogger("workbench").addHandler(logging.NullHandler())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    output = Output(as_json="--json" in words, quiet="--quiet" in words)
    try:
        # Scripts get the same words on every machine.
        choose("" if output.as_json else settings.load().language or preferred())
        words, targets = _window_targets(_expanded(words, output))
        arguments = parser(None if "--man" in words else words).parse_args(words)
        if targets:
            return _window(arguments, output, targets)
        damage.left_out()
        code = _run(arguments, output)
        damaged = damage.left_out()
        if damaged:
            output.remark(damaged)
        return code
    except Cancelled as error:
        output.error(error)
        return 130
    except OutputError as error:
        silence()
        with contextlib.suppress(OutputError):
            # The same disk may be full for the error output.
            output.error(error)
        return error.exit_code
    except WorkbenchError as error:
        output.error(error, getattr(error, "reason", None))
        return error.exit_code
    except KeyboardInterrupt:
        output.error(
            Cancelled("Stopped.", "What was finished is kept; run the same command again.")
        )
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has closed the pipe.
        silence()
        return 0


def _first_word(words: Sequence[str]) -> int:
    """The index of the first word that is no global option."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] == "--library" else 1
    return at


def _expanded(words: list[str], output: Output) -> list[str]:
    """The words with the short command instead of a group and its verb."""
    at = _first_word(words)
    verbs = table.groups().get(words[at]) if at < len(words) else None
    verb = words[at + 1] if at + 1 < len(words) else "--help"
    if verbs is None or (verb not in verbs and words[at] in table.names()):
        return words
    if verb in ("-h", "--help"):
        output.result(table.help_of(words[at]))
        raise SystemExit(0)
    if verb not in verbs:
        offered = table.groups().items()
        hint = next((f"{name} {verb}" for name, row in offered if verb in row), words[at])
        raise UsageError(f"There is no “{words[at]} {verb}”.", f"See `workbench {hint} --help`.")
    return [*words[:at], *verbs[verb], *words[at + 2 :]]


def _window_targets(words: list[str]) -> tuple[list[str], list[str]]:
    """Split off options, and files and links to open in the window.

    Desktops start a program like that when files are dropped on its icon. A word that is neither is
    left to the parser to report.
    """
    at = _first_word(words)
    names = words[at:]
    if not names or not all("://" in name or is_there(Path(name)) for name in names):
        return words, []
    if re.fullmatch(r"[a-z-]+", names[0]):
        # A folder called "add" does not open the window; "./add" does.
        return words, []
    return words[:at], names


def _run(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.command is None:
        return _window(arguments, output)
    with loading():
        from workbench.cli.runner import run
    return run(arguments.command, arguments, output)


def _window(arguments: argparse.Namespace, output: Output, targets: Sequence[str] = ()) -> int:
    from workbench.capabilities import has_display, window_obstacle

    smoke = arguments.smoke
    if smoke is not None and not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    obstacle = window_obstacle()
    if obstacle is not None:
        output.error(obstacle)
        return 1
    if smoke is not None:
        return _smoke(smoke, output)
    # Restore the default handlers: Qt's loop would not let Python handle these signals.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    # Freeze what is loaded now; `workbench.ui.app` collects once the window is shown.
    gc.disable()
    from workbench.ui.app import run

    library = getattr(arguments, "library", None)
    libraries = [name for name in targets if name.endswith(".brain")]
    if libraries and library is None:
        library = libraries[0]
    return run(library, files=[name for name in targets if name not in libraries])


def _smoke(picture: str, output: Output) -> int:
    """Open the window, read the sample, ask, open the citation, take a picture; tests bundles."""
    from workbench.ui import smoke

    failure = smoke.run(Path(picture) if picture else None)
    if failure:
        output.error(WorkbenchError(f"The trial run failed: {failure}.", "Run `workbench doctor`."))
        return 1
    output.result(
        "smoke: the window opened, read the sample, answered, showed and highlighted the quote, "
        "and the brain recalled"
    )
    return 0
