"""Regular expressions that are compiled on first use.

Python compiles a pattern in pure Python, one of long lists of words in milliseconds: together a
quarter of every start of the program, and most commands look for few of them.
"""

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

#: What there is to a compiled pattern.
_PARTS = (
    *("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "subn", "scanner"),
    *("pattern", "flags", "groups", "groupindex"),
)


class _Ready:
    """What a compiled pattern has, found as fast: nothing is looked for in vain."""


class _LazyPattern:
    def __init__(self, make: Callable[[], "re.Pattern[Any]"]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:
        # Only called for what is not there yet. Two threads may both come here: it is the same.
        if name not in _PARTS:
            raise AttributeError(f"a pattern has no attribute {name!r}")
        compiled = self._make()
        self.__dict__.update({part: getattr(compiled, part) for part in _PARTS})
        self.__class__ = _Ready  # type: ignore[assignment]
        return getattr(compiled, name)


def later(pattern: AnyStr, flags: int = 0) -> "re.Pattern[AnyStr]":
    """What `re.compile` gives, compiled when it is first used; a mistake in it shows only then.

    For patterns that few commands need. The functions of `re` do not take it for a pattern.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(lambda: re.compile(pattern, flags)))
