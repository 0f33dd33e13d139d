"""After an unexpected error, checks whether the library file is damaged, and says so.

A flipped bit may turn a number into text or an id into another one, and so any call may meet what
it could not foresee. Rather than that each of them expects everything, the library is looked at
when one fails: where it is damaged, that is what its user has to know.
"""

import contextlib
import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Protocol, TypeVar

from workbench.errors import (
    AlteredLibraryError,
    DamagedLibraryError,
    NotALibraryError,
    WorkbenchError,
)
from workbench.store import damage
from workbench.store.store import Store


class _HasStore(Protocol):
    _store: Store


T = TypeVar("T")


def diagnosed(cls: type[T]) -> type[T]:
    """Have every public call of a class with a `_store` say so where damage made it fail."""
    for name in dir(cls):
        call = inspect.getattr_static(cls, name)
        if not name.startswith("_") and inspect.isfunction(call):
            setattr(cls, name, _diagnosing(call))
    return cls


def _diagnosing(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def diagnoses(self: _HasStore, *args: Any, **given: Any) -> Any:
        # Not by `diagnosing`: what costs nothing is asked thousands of times a second.
        try:
            return call(self, *args, **given)
        except WorkbenchError:
            raise
        except Exception as error:
            problem = damaged(self._store)
            if problem is None:
                raise
            raise problem from error

    return diagnoses


@contextlib.contextmanager
def diagnosing(store: Store) -> Iterator[None]:
    """Say so where damage makes a block fail that works with what a library has answered."""
    try:
        yield
    except WorkbenchError:
        raise
    except Exception as error:
        problem = damaged(store)
        if problem is None:
            raise
        raise problem from error


def damaged(store: Store) -> DamagedLibraryError | None:
    """What is wrong with a library, noted so that nothing more is written; None for nothing.

    It is opened once more for that, since it may have been closed meanwhile. One that cannot be
    looked at now (it is gone, locked or out of reach) is not said to be damaged.
    """
    # Only what fails is looked into: starting does not load it.
    from workbench.store.verify import verify

    try:
        with Store.open(store.file, read_only=True) as reader:
            result = verify(reader).problems
    except (DamagedLibraryError, NotALibraryError, AlteredLibraryError) as error:
        result = (str(error),)
    except WorkbenchError:
        return None
    except Exception as error:  # noqa: BLE001 - what even the look at it does not foresee
        result = (f"It cannot be looked through ({type(error).__name__}).",)
    if not result:
        return None
    damage.note(store.file, result[0])
    name = store.file.name
    return DamagedLibraryError(
        f"The library “{name}” is damaged, so this failed: {result[0]}",
        f"Save what can be read: workbench salvage {name} NEW.brain. Or restore a backup; "
        "workbench verify shows everything that is damaged.",
    )
