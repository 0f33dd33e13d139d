"""Removes file names and paths from results and errors before they leave this machine."""

from typing import Any

from workbench.errors import LibraryError, NotFoundError, WorkbenchError


def redact(data: Any) -> Any:
    """A JSON result without names of local files; links stay."""
    if isinstance(data, list):
        return [redact(item) for item in data]
    if not isinstance(data, dict):
        return data
    redacted: dict[str, Any] = {}
    for key, value in data.items():
        if key == "path" and isinstance(value, str):
            redacted[key] = value if "://" in value else ""
        elif key == "locations":
            redacted[key] = [item for item in value if "://" in item]
        else:
            redacted[key] = redact(value)
    return redacted


def problem(error: WorkbenchError) -> tuple[int, dict[str, str]]:
    """The HTTP status and the problem document (RFC 9457) of an error."""
    if isinstance(error, LibraryError):
        # Its message names the file.
        title, hint = "The library cannot be used just now.", "Its owner sees why; try again later."
        return 503, {"title": title, "hint": hint, "code": error.code}
    status = 404 if isinstance(error, NotFoundError) else 422
    return status, {"title": error.message, "hint": error.hint, "code": error.code}
