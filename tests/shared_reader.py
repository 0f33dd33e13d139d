"""One process that reads files for all the libraries of a worker, where it is not what is tested.

To start it takes fifty times as long as to read a page, and each library has one of its own. A
process that has answered every request goes on to the next library with the same environment; one
that a library ends in the middle of a file is ended.
"""

import itertools
import os
import queue
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from workbench.intake import wire
from workbench.intake.inbox import Inbox, Needs
from workbench.intake.reader import Process
from workbench.jobs import Cancel

#: The name of the thread of a kept process.
NAME = "shared reader"

#: How many processes are kept: as many as a library has at once.
_LANES = 2

#: Variables by which tests differ and reading does not.
_DIFFERING = ("PYTEST_CURRENT_TEST", "WORKBENCH_HOME")

_Key = tuple[object, ...]


class SharedProcess(Process):
    """A process that outlives its library."""

    _kept: ClassVar["dict[_Key, list[SharedProcess]]"] = {}

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        silence: float,
        scratch: Path | None,
        needs: Needs | None = None,
    ) -> None:
        # Its folder outlives the library, too.
        super().__init__(command, environment, silence, None if needs is None else scratch, needs)
        self._is_answering = False

    def start(self) -> None:
        """Take over the kept process if it still runs, else start one."""
        if self._process is None and self._needs == Needs():
            idle = self._kept.get(self._key())
            if idle:
                # If it died since, the next line ends it and starts another.
                self._take(idle.pop())
        super().start()

    def request(
        self, request: Callable[[Inbox], wire.Frame], name: str, cancel: Cancel
    ) -> Generator[wire.Frame, None, None]:
        """See `Process`."""
        self._is_answering = True
        try:
            yield from super().request(request, name, cancel)
        finally:
            self._is_answering = False

    def close(self) -> None:
        """Keep the process if it has answered everything, else end it."""
        if self._needs != Needs():
            super().close()
            return
        kept = self._kept.setdefault(self._key(), [])
        is_idle = self._process is not None and self._process.poll() is None
        if not is_idle or self._is_answering or len(kept) == _LANES:
            super().close()
            return
        idle = SharedProcess(self._command, self._environment, self._silence, None)
        idle._take(self)
        assert idle._thread is not None
        idle._thread.name = NAME
        kept.append(idle)

    def _take(self, other: "SharedProcess") -> None:
        self._process, self._thread = other._process, other._thread
        self._frames, self._stopped = other._frames, other._stopped
        self._complaints, self._place = other._complaints, other._place
        other._process = other._thread = other._complaints = other._place = None
        other._frames, other._stopped = queue.Queue(maxsize=4), threading.Event()

    def _key(self) -> _Key:
        same = {name: value for name, value in os.environ.items() if name not in _DIFFERING}
        return (*self._command, *self._environment.items(), str(Path.cwd()), *same.items())


def end() -> None:
    """End the kept processes."""
    for idle in itertools.chain.from_iterable(SharedProcess._kept.values()):
        Process.close(idle)
    SharedProcess._kept.clear()
