"""Runs the layout of a picture: directly if it is small, else on a worker.

On the way the latest places can be looked at, ten times a second and no more; then they stay.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel, Progress, Report, silent
from workbench.ui.associations import layout
from workbench.ui.associations.layout import Shape
from workbench.ui.jobs import Job, Jobs

Points = NDArray[np.float64]
Seen = Callable[[Points], object]

#: Up to so many concepts are placed between two frames.
AT_ONCE = 60


class Settling:
    """Places one picture at a time; a new one takes the place of the one before it."""

    def __init__(self, jobs: Jobs | None) -> None:
        self._jobs = jobs
        self._job: Job | None = None

    @property
    def under_way(self) -> bool:
        """Whether places are still being looked for."""
        return self._job is not None and not self._job.finished

    def stop(self) -> None:
        """Forget what is under way."""
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def begin(
        self,
        shape: Shape,
        before: Points | None,
        pinned: NDArray[np.bool_] | None,
        moving: Seen,
        settled: Seen,
    ) -> None:
        """Place `shape`: `moving` sees places on the way, `settled` the last ones."""
        self.stop()
        if self._jobs is None or shape.count <= AT_ONCE:
            settled(layout.place(shape, before, pinned).positions)
            return
        latest: list[Points] = []

        def work(report: Report = silent, cancel: Cancel | None = None) -> Points:
            def publish(positions: Points) -> None:
                latest[:] = [positions]
                report(Progress("placing", unit="concepts", total=shape.count))

            return layout.place(shape, before, pinned, publish=publish, cancel=cancel).positions

        def told(_progress: Progress) -> None:
            if latest:
                moving(latest[0])

        self._job = self._jobs.run(work, done=settled, progress=told)
