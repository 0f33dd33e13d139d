"""Text from standard input, in any encoding."""

import sys

from ingest.books.encoding import decode
from ingest.errors import UnsupportedFileError
from workbench.errors import InputError, UsageError


def piped() -> bytes:
    """Read standard input. Raises `UsageError` if there is none, `InputError` for a folder."""
    if sys.stdin is None:
        raise UsageError("There is no standard input.", "Pipe text into the command.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(
            f"Standard input cannot be read ({error.strerror}).", "Pipe text into the command."
        ) from error


def text_of(argument: str | None) -> str | None:
    """The text of an argument; “-” is standard input without its last line break.

    Raises as `piped`, and `InputError` if it is no text.
    """
    if argument != "-":
        return argument
    try:
        text = decode(piped()).text
    except UnsupportedFileError as error:
        raise InputError(
            "The input is not text.", "Pipe text, or add a file with: workbench add FILE"
        ) from error
    return text.removesuffix("\n").removesuffix("\r")
