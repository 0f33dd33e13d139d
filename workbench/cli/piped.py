"""Text from standard input: in whatever encoding another program or a file has it."""

import sys

from ingest.books.encoding import decode
from ingest.errors import UnsupportedFileError
from workbench.errors import InputError


def piped_text() -> str:
    """All of standard input. Raises `InputError` where it is no text."""
    try:
        return decode(sys.stdin.buffer.read()).text
    except UnsupportedFileError as error:
        raise InputError(
            "What came in is no text.", "Pipe text, or add a file with: workbench add FILE"
        ) from error
