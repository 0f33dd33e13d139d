"""The library for asyncio: every call of `Library` and its groups, off the event loop.

Calls run on a thread pool, with the same names, arguments and results. Cancelling a task that waits
for a long call (one with a parameter `cancel`) cancels the call and waits for it to end; progress
and changes are reported on the event loop. The calls are generated from
`library.operations.public`.
"""

import asyncio
import inspect
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from workbench.arguments import Exact
from workbench.errors import Cancelled, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library import Library
from workbench.library.groups import GROUPS
from workbench.library.operations import public

R = TypeVar("R")

#: Calls that may run at the same time.
_THREADS = 8


class Opening:
    """A library that is being opened: `await` it, or use it with `async with`."""

    def __init__(self, open_it: Callable[[], Library]) -> None:
        """Use `AsyncLibrary.open`."""
        self._open_it = open_it
        self._library: AsyncLibrary | None = None

    def __await__(self) -> "Generator[Any, None, AsyncLibrary]":
        return self._open().__await__()

    async def __aenter__(self) -> "AsyncLibrary":
        self._library = await self._open()
        return self._library

    async def __aexit__(self, *_: object) -> None:
        if self._library is not None:
            await self._library.close()

    async def _open(self) -> "AsyncLibrary":
        opening = asyncio.ensure_future(asyncio.to_thread(self._open_it))
        try:
            library = await asyncio.shield(opening)
        except asyncio.CancelledError:
            # The caller was cancelled: close the library that was opened for it.
            await asyncio.wait([opening])
            if opening.exception() is None:
                await asyncio.to_thread(opening.result().close)
            raise
        return AsyncLibrary(library)


def _mirrored(name: str, static: Any) -> Any:
    """The asynchronous counterpart of an attribute of the synchronous class."""
    if isinstance(static, property):
        return property(lambda self: getattr(self._calls, name), doc=static.__doc__)
    if isinstance(static, staticmethod):
        return static
    long = "cancel" in inspect.signature(static).parameters

    @wraps(static)
    async def awaited(self: Any, /, *args: Any, **given: Any) -> Any:
        return await self._run(getattr(self._calls, name), long, *args, **given)

    return awaited


class AsyncGroup:
    """A group of a library's calls, run off the event loop."""

    def __init__(self, calls: Any, run: Callable[..., Any]) -> None:
        """Called by `AsyncLibrary`."""
        self._calls = calls
        self._run = run

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


#: The groups of `AsyncLibrary`, by attribute.
ASYNC_GROUPS: dict[str, type[AsyncGroup]] = {
    group: type(
        f"Async{kind.__name__}",
        (AsyncGroup,),
        {
            "__doc__": f"`library.{group}` for asyncio.",
            **{name: _mirrored(name, static) for name, static in public(kind)},
        },
    )
    for group, kind in GROUPS.items()
}


class AsyncLibrary:
    """One `.brain` file for asyncio; use it on the event loop that opened it."""

    def __init__(self, library: Library) -> None:
        """Use `AsyncLibrary.open`."""
        self._calls = library
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="library")
        self._lock = threading.Lock()
        self._running: set[Cancel] = set()
        self._ending: asyncio.Future[None] | None = None
        for name, kind in ASYNC_GROUPS.items():
            setattr(self, name, kind(getattr(library, name), self._run))

    if TYPE_CHECKING:
        restore_backup: ClassVar[Callable[..., Any]]
        salvage: ClassVar[Callable[..., Any]]

        def __getattr__(self, name: str) -> Any: ...

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        read_only: bool = False,
        clock: Callable[[], float] = time.time,
        token: Exact | None = None,
        insecure: bool = False,
        background: bool = False,
    ) -> Opening:
        """Open or create the library at `path`, as `Library.open` does.

        `async with AsyncLibrary.open(…) as library` closes it at the end; after `await
        AsyncLibrary.open(…)` the caller does.
        """
        return Opening(
            partial(
                Library.open,
                path,
                read_only=read_only,
                clock=clock,
                token=token,
                insecure=insecure,
                background=background,
            )
        )

    async def close(self) -> None:
        """Cancel long calls, wait for the others, and close the file with all its threads."""
        if self._ending is None:
            self._ending = asyncio.ensure_future(asyncio.to_thread(self._end))
        await asyncio.shield(self._ending)

    def _end(self) -> None:
        with self._lock:
            for cancel in self._running:
                cancel.set()
        self._pool.shutdown(wait=True)
        self._calls.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _run(self, call: Callable[..., R], long: bool, *args: Any, **given: Any) -> R:
        if self._ending is not None:
            raise UsageError("This library is closed.", "Open it again.")
        if not long:
            return await asyncio.wrap_future(self._pool.submit(partial(call, *args, **given)))
        cancel = given.pop("cancel", None) or Cancel()
        if "report" in given:
            given["report"] = _on_loop(given["report"])
        with self._lock:
            self._running.add(cancel)
        try:
            work = partial(call, *args, cancel=cancel, **given)
            return await _stoppable(self._pool, work, cancel)
        finally:
            with self._lock:
                self._running.discard(cancel)

    async def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on the event loop after changes, as `Library.subscribe` does."""
        loop = asyncio.get_running_loop()

        def publish(topic: str) -> None:
            # The loop may close before the library.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(callback, topic)

        return await asyncio.wrap_future(self._pool.submit(self._calls.subscribe, publish))


def _threaded(call: Callable[..., R]) -> Callable[..., Any]:
    """A call that needs no open library, on its own thread."""

    @wraps(call)
    async def awaited(
        *args: Any, report: Report = silent, cancel: Cancel | None = None, **given: Any
    ) -> R:
        stop = cancel or Cancel()
        with ThreadPoolExecutor(1, thread_name_prefix="library") as pool:
            work = partial(call, *args, report=_on_loop(report), cancel=stop, **given)
            return await _stoppable(pool, work, stop)

    return awaited


for _name, _static in public(Library):
    if isinstance(_static, staticmethod):
        setattr(AsyncLibrary, _name, staticmethod(_threaded(_static.__func__)))
    elif _name not in vars(AsyncLibrary):
        setattr(AsyncLibrary, _name, _mirrored(_name, _static))


def blocking(library: AsyncLibrary) -> Library:
    """The synchronous library, for calls that take microseconds."""
    return library._calls


async def run_blocking(library: AsyncLibrary, call: Callable[..., R], *args: Any) -> R:
    """Run a blocking call on a thread of the library."""
    return await library._run(call, False, *args)


async def _stoppable(pool: ThreadPoolExecutor, work: Callable[[], R], cancel: Cancel) -> R:
    """Run `work` on the pool; if the awaiting task is cancelled, so is it, and awaited."""
    job = pool.submit(work)
    waiting = asyncio.wrap_future(job)
    try:
        return await asyncio.shield(waiting)
    except asyncio.CancelledError as stopped:
        if not job.cancel():
            cancel.set()
            await asyncio.wait([waiting])
            fault = waiting.exception()
            if fault is not None and not isinstance(fault, Cancelled):
                raise stopped from fault
        raise


def _on_loop(report: Report) -> Report:
    """The same callback, called on the running event loop."""
    if report is silent:
        return report
    loop = asyncio.get_running_loop()

    def report_progress(progress: Progress) -> None:
        loop.call_soon_threadsafe(report, progress)

    return report_progress
