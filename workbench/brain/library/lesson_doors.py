"""The doors of what asking has taught the brain: it is shown, and can be taken back."""

import sqlite3

from workbench.arguments import Id, Limit
from workbench.brain.library.learning import Lessons, take_back
from workbench.brain.records import Lesson
from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.index import FactIndex
from workbench.store import gists, synapses
from workbench.store import lessons as kept
from workbench.store.lessons import LessonRow


class LessonDoors:
    """What a library can do with what its brain has learned from asking; `Library` is one.

    Whether it learns at all is a setting: `configure_brain(learning=False)`. Any thread may call
    these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _lessons: Lessons

    def brain_lessons(self, limit: Limit = 20) -> list[Lesson]:
        """What rewards have taught the brain, the newest first, with the links that changed.

        A reward is an answer that somebody opened or pinned, or a link that was judged, within
        minutes of the recall that had come upon it. Raises `UsageError` for a limit below 1.
        """
        if limit < 1:
            raise UsageError("How many lessons?", "Give a number, such as 20.")
        self._fact_index.strengths.flush()
        with self._fact_index.store.read() as connection:
            return [_told(connection, row) for row in kept.latest(connection, limit)]

    def brain_unlearn(self, lesson: Id | None = None, *, everything: bool = False) -> int:
        """Take back the last lesson, or that one; returns how many links it had changed.

        With `everything` all that asking has taught the brain is forgotten, the recalls that sleep
        would go through among it. Statements, and what they join, stay. Raises `NotFoundError`.
        """
        index = self._fact_index
        index.strengths.flush()

        def work(connection: sqlite3.Connection) -> int:
            if everything:
                links = synapses.every(connection)
                synapses.put(connection, dict.fromkeys(links, 0.0), index.store.clock())
                kept.forget_all(connection)
                kept.forget_episodes(connection)
                return len(links)
            found = kept.latest(connection, 1) if lesson is None else []
            row = kept.by_id(connection, lesson) if lesson is not None else None
            rows = found if row is None else [row]
            if not rows:
                told = (
                    "Asking has taught nothing that could be taken back."
                    if lesson is None
                    else f"There is no lesson {lesson}."
                )
                raise NotFoundError(told, "See `workbench brain lessons`.")
            return take_back(connection, rows, index.store.clock())

        if everything:
            self._lessons.forget()
        return index.store.write(work)


def _told(connection: sqlite3.Connection, row: LessonRow) -> Lesson:
    ids = {end for head, tail, _ in row.record for end in (head, tail)}
    names = gists.concept_names(connection, ids)
    return Lesson(
        row.id, row.at, row.why,
        tuple(
            (names[head], names[tail], round(much, 4))
            for head, tail, much in sorted(row.record, key=lambda each: (-abs(each[2]), each))
            if head in names and tail in names
        ),
    )  # fmt: skip
