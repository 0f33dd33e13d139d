"""After an unexpected error, checks whether the library file is damaged.

A flipped bit may turn a number into text or one id into another, so that any call may meet
anything. Instead of handling that everywhere, the library is checked when a call fails, and damage
is reported to the user.
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
    """Let every public method of a class with a `_store` report damage that made it fail."""
    for name in dir(cls):
        call = inspect.getattr_static(cls, name)
        if not name.startswith("_") and inspect.isfunction(call):
            setattr(cls, name, _diagnosing(call))
    return cls


def _diagnosing(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def diagnoses(self: _HasStore, *args: Any, **given: Any) -> Any:
        # Not by `diagnosing`: cheap methods are called thousands of times a second.
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
    """Report damage that makes a block fail which uses results of a library."""
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
    """The damage of a library, recorded so that nothing more is written; None without any.

    The file is opened again, since it may have been closed meanwhile. A library that is missing,
    locked or unreachable does not count as damaged.
    """
    # Loaded on failure only, to keep start-up fast.
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
