"""Sleep: consolidation of a library while it is idle."""

import sqlite3

from workbench.arguments import Id, Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.memory import stored_settings
from workbench.sleep import history, schedule
from workbench.sleep.night import Night, is_asleep, of_sleep, scopes
from workbench.sleep.records import Proposal, SleepSettings, SleepState, Slept
from workbench.store import changes, gists
from workbench.store import sleeping as runs
from workbench.store.changes import Change
from workbench.store.lease import Slices


class Sleep(Group):
    """A library's calls on sleep.

    A scope is a collection, None the whole library.
    """

    #: Time of the last check of the whole library that found nothing to do, with the newest engram
    #: then. Not stored, as it is no sleep.
    _idle_check: tuple[float, int] | None = None

    def run(
        self,
        collection: Words | None = None,
        *,
        prune_below: float | None = None,
        preview: bool = False,
        why: Words = "asked",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Slept:
        """Replay, keep, merge, sum up, weaken, archive and propose, of a collection or of all.

        In slices, between which others ask and add. What is weaker than `prune_below` is archived;
        where that is None, by the settings, what is weak and was not used on many days of use.
        Nothing is deleted, a second sleep at once changes nothing, and `Library.undo` takes it
        back. `preview` only tells. `why` is "asked" or "idle".

        Raises `UsageError`, `NotFoundError` for no such collection, `LibraryLockedError` where the
        library is asleep already, and `Cancelled`: then the next sleep goes on.
        """
        from workbench.sleep import sleeping

        if prune_below is not None and not 0 <= prune_below < float("inf"):
            raise UsageError("The strength is missing.", "Give a number from 0, such as 0.05.")
        if why not in ("asked", "idle"):
            raise UsageError(f"Sleep has no reason called “{why}”.", "Choose asked or idle.")
        stop = cancel or Cancel()
        night = self._night(collection, prune_below, why, report, stop)
        if preview:
            return sleeping.preview(night)
        stop.check()
        self._core.judge_told(stop)
        with of_sleep(self._store, stop) as slices:
            self._core.strengths.flush()
            goes_on = self._take_up(night, slices, stop)
            if goes_on is not None:
                night = sleeping.resume(night, goes_on)
            with self._store.read() as connection:
                newest = runs.newest(connection)
            try:
                slept = sleeping.sleep(night, slices, goes_on)
            finally:
                if slices.count:
                    self._core.changes.tell("facts")
        if collection is None:
            self._idle_check = (night.start, newest) if slept.run is None else None
        return slept

    def history(self, limit: Limit = 20) -> list[Slept]:
        """The last sleeps, newest first, those that were taken back among them."""
        with self._store.read() as connection:
            sleeps = is_asleep(connection)
            return [
                history.slept(connection, row, asleep=sleeps)
                for row in runs.latest(connection, limit)
            ]

    def state(self) -> SleepState:
        """Whether the library sleeps, and when it is to sleep next."""
        settings = self._settings()
        with self._store.read() as connection:
            asleep = is_asleep(connection)
            latest = runs.latest_effective(connection, None)
            latest_ended = (
                runs.latest_effective(connection, None, asleep=False) if asleep else latest
            )
            left = None if asleep else runs.unfinished(connection)
            timestamp = self._store.clock()
            if left is not None:
                due: float | None = schedule.next_due(None, timestamp, settings)
            else:
                due = self._due(connection, latest, timestamp, settings)
            return SleepState(
                asleep=asleep,
                interrupted=None if left is None else left.id,
                last=None if latest_ended is None else history.slept(connection, latest_ended),
                next_due=due,
                automatic=settings.automatic,
                idle_minutes=settings.idle_minutes,
            )

    def configure(self, /, **changes: object) -> SleepSettings:
        """When the library sleeps by itself and what it archives; sets `changes` by name.

        Other settings stay. Raises `UsageError`.
        """
        settings = self._settings()
        if changes:
            settings = stored_settings.changed(settings, changes)
            unusual = stored_settings.unusual(settings)
            self._store.write(lambda connection: runs.store_settings(connection, unusual))
            self._core.changes.tell("facts")
        return settings

    def proposals(self, *, state: Words = "open", limit: Limit = 50) -> list[Proposal]:
        """Links that sleep has found worth asking about: open, accepted or rejected ones."""
        from workbench.sleep import deciding

        if state not in deciding.STATES:
            raise _no_state(state)
        with self._store.read() as connection:
            rows = gists.proposals(connection, state=state, limit=limit)
            return [history.proposal(row) for row in rows]

    def decide(self, id: Id, state: Words) -> Proposal:
        """Decide a proposal: "accepted" makes the link, "rejected" never proposes it again.

        "open" decides later; it and "rejected" take back what accepting made. Raises
        `NotFoundError`, and `UsageError` for another state.
        """
        from workbench.sleep import deciding

        if state not in deciding.STATES:
            raise _no_state(state)
        with self._store.read() as connection:
            row = gists.proposal(connection, id)
        if row is None:
            raise NotFoundError(
                f"There is no proposal {id} any more.", "See `workbench sleep --proposals`."
            )
        if row.state != state:
            deciding.decide(self._core.fact_index, self._core.graph, row, state)
            self._core.changes.tell("facts")
        with self._store.read() as connection:
            after = gists.proposal(connection, id)
        return history.proposal(after or row)

    def _settings(self) -> SleepSettings:
        with self._store.read() as connection:
            return stored_settings.stored(SleepSettings(), runs.settings(connection))

    def _night(
        self,
        collection: str | None,
        threshold: float | None,
        why: str,
        report: Report,
        cancel: Cancel,
    ) -> Night:
        with self._store.read() as connection:
            scope, scope_ids = scopes(connection, collection)
        return Night(
            index=self._core.fact_index,
            graph=self._core.graph,
            settings=self._settings(),
            scope=scope,
            scopes=scope_ids,
            trigger=why,
            start=self._store.clock(),
            prune_below=threshold,
            report=report,
            cancel=cancel,
            dreams=self._core.emergent.at_hand,
        )

    def _take_up(self, night: Night, slices: Slices, cancel: Cancel) -> Change | None:
        """The interrupted sleep to resume; one with other arguments is ended instead."""
        from workbench.sleep import undoing

        with self._store.read() as connection:
            left = runs.unfinished(connection)
        if left is None:
            return None
        if left.state in ("undoing", "redoing"):
            undoing.turn_sleep(
                self._core.graph, slices, left, night.report, cancel, again=left.state == "redoing"
            )
            return None
        same = night.prune_below == left.asked.get("prune_below")
        if left.scope == night.scope and same and left.begun <= night.start:
            slices.write(lambda c: changes.settle(c, left.id, "asleep", None))
            return left
        # Its changes stay, and can be undone separately.
        end = left.ended or night.start
        slices.write(lambda c: changes.settle(c, left.id, "done", end))
        return None

    def _due(
        self,
        connection: sqlite3.Connection,
        previous: Change | None,
        timestamp: float,
        settings: SleepSettings,
    ) -> float | None:
        """When a library without an unfinished sleep is due next."""
        start = None if previous is None else previous.begun
        newest = 0 if previous is None else int(previous.asked.get("newest", 0))
        # An undone sleep is not repeated immediately.
        end = max((run.ended or 0.0 for run in runs.latest(connection, 1)), default=None)
        idle_check = self._idle_check
        if (
            idle_check is not None
            and idle_check[0] <= timestamp
            and (start is None or not idle_check[0] < start <= timestamp)
        ):
            start, newest = idle_check
            end = start if end is None or end > timestamp else max(end, start)
        if not runs.has_activity(connection, start, newest, timestamp):
            return None
        return schedule.next_due(end, timestamp, settings)


def _no_state(state: str) -> UsageError:
    from workbench.sleep import deciding

    return UsageError(f"No proposal is “{state}”.", f"Choose one of {', '.join(deciding.STATES)}.")
