"""`once`: an attribute that is computed on first access.

What an object is put together from need not be imported before somebody uses it: a question by
the command line loads no brain. `functools.cached_property` makes an attribute twice where two
threads ask for it at the same time (since Python 3.12), and a second graph has a second thread.
"""

import threading
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")

# One lock for all: parts are made of one another, and making them takes milliseconds.
_MAKING = threading.RLock()


class once(Generic[T]):
    """A method without arguments as an attribute, called once for each object.

    Any thread may ask. `name in vars(object)` says whether it was made.
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
        # Once made, it lies in the object's own dictionary, which is looked into first.
        with _MAKING:
            if self._name not in vars(held):
                vars(held)[self._name] = self._make(held)
            made: T = vars(held)[self._name]
            return made
