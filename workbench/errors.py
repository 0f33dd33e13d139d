"""Errors of the workbench, one tree; each has a message and a next step.

WorkbenchError            code, message, hint, exit_code
├── UsageError            2  the call itself was wrong
├── NotFoundError         1  there is no such thing
├── InputError            3  a file or link could not be used
├── LibraryError          4  the .brain file could not be used
│   ├── LibraryLockedError     passes by itself
│   ├── LibraryFullError       passes by itself
│   ├── LibraryUnreachableError    passes by itself
│   ├── NotALibraryError
│   ├── NewerLibraryError
│   ├── AlteredLibraryError
│   └── DamagedLibraryError
└── Cancelled                the user asked to stop; never an error on screen
"""

from typing import ClassVar


class WorkbenchError(Exception):
    """An error for the user: `message` says what happened, `hint` what to do next."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(WorkbenchError):
    """The command or call was wrong."""

    code = "usage"
    exit_code = 2


class NotFoundError(WorkbenchError):
    """The requested item is not in the library."""

    code = "not_found"
    exit_code = 1


class InputError(WorkbenchError):
    """A file or link could not be used; `reason` is the reader's code (empty …)."""

    code = "input"
    exit_code = 3

    def __init__(self, message: str, hint: str = "", reason: str = "input") -> None:
        super().__init__(message, hint)
        self.reason = reason


class LibraryError(WorkbenchError):
    """The library file could not be used.

    `passes`: the cause may be temporary, so a retry is safe and useful.
    """

    code = "library"
    exit_code = 4
    passes: ClassVar[bool] = False


class LibraryLockedError(LibraryError):
    """Another program locked the library for longer than the timeout."""

    code = "library_locked"
    passes = True


class LibraryFullError(LibraryError):
    """The disk of the library is full; stored data is intact."""

    code = "library_full"
    passes = True


class LibraryUnreachableError(LibraryError):
    """The disk or share of the library cannot be read or written at present."""

    code = "library_unreachable"
    passes = True


class NotALibraryError(LibraryError):
    """The file is not a library; it was not changed."""

    code = "not_a_library"


class NewerLibraryError(LibraryError):
    """The library was written by a newer version; it was not changed."""

    code = "library_newer"


class AlteredLibraryError(LibraryError):
    """Another program changed the library's schema; it was not opened."""

    code = "library_altered"


class DamagedLibraryError(LibraryError):
    """The library file is truncated or corrupt; it was not changed."""

    code = "library_damaged"


class Cancelled(WorkbenchError):
    """The user cancelled; finished parts are kept."""

    code = "cancelled"
    exit_code = 1

    def __init__(self, message: str = "Stopped.", hint: str = "") -> None:
        super().__init__(message, hint)
