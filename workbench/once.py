"""`once`: an attribute that is computed on first access.

Parts of an object are imported when they are first used: a question on the command line loads no
brain. Unlike `functools.cached_property` (since Python 3.12) it computes only once if two threads
access it at the same time; a second graph would have a second thread.
"""

import threading
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")

# One lock for all: parts create each other, in milliseconds.
_MAKING = threading.RLock()


class once(Generic[T]):
    """A method without arguments as an attribute, called once for each object.

    Thread-safe. `name in vars(object)` tells whether it was computed.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, held: None, owner: type) -> Self: ...

    @overload
    def __get__(self, held: object, owner: type) -> T: ...

    def __get__(self, held: object, owner: type) -> T | Self:
        if held is None:
            return self
        # Later accesses find it in the instance dictionary, which precedes a non-data descriptor.
        with _MAKING:
            if self._name not in vars(held):
                vars(held)[self._name] = self._make(held)
            made: T = vars(held)[self._name]
            return made
