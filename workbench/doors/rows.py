"""The maximum number of rows that a call over a door may ask for."""

from collections.abc import Mapping
from typing import Any

from workbench.errors import UsageError

#: Maximum rows of a result: more would delay other requests.
MAX_ROWS = 10_000


def check_limit(arguments: Mapping[str, Any]) -> None:
    """Raise `UsageError` if a call asks for too many rows."""
    for limit in (arguments.get("limit"), arguments.get("window")):
        if isinstance(limit, int) and limit > MAX_ROWS:
            raise UsageError(f"At most {MAX_ROWS:,} at a time.", "Ask for fewer.")
