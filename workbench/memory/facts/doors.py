"""The doors of the fact memory, as the library opens them to window, command line and notebooks."""

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.arguments import Limit, Number, Words
from workbench.changes import Changes
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.facts import facts, plastic, remembering
from workbench.memory.facts.forgotten_questions import let_go
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import HABITUAL, KINDS, NEVER, NOTE_KINDS, checked, mark
from workbench.memory.facts.reading import tokens
from workbench.memory.facts.records import Fact, Forgotten, Remembered, Value
from workbench.memory.kinds import limited
from workbench.memory.notes import notes
from workbench.memory.reflex import deepening
from workbench.memory.reflex.reflex_recall import Reflexes

if TYPE_CHECKING:
    from workbench.memory.turn.conversation import Turn

#: Facts that are looked at where the strongest are wanted, at least.
_EQUALS = 32
#: Statements of one text that are linked for having been told together.
_TOLD_TOGETHER = 8
#: Where nothing is said of what is told.
_NOTHING = (None,) * 9


class FactDoors:
    """What a library can do with facts; `Library` is one. A scope is a collection, None its own.

    Any thread may call these. Raises only errors of `workbench.errors`.
    """

    _fact_index: FactIndex
    _changes: Changes
    _asked: QueryPatterns
    _reflexes: Reflexes

    def remember(
        self,
        text: Words,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        at: Words | float | None = None,
        replace: bool = False,
        kind: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
        again: bool = False,
        strength: float | None = None,
        salience: float | None = None,
        reward: float | None = None,
        pinned: bool = False,
        tags: Sequence[Words] = (),
        trust: float | None = None,
        project: Words | None = None,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Remembered:
        """Store every statement of a text as a fact; `Remembered.left` says what is none, and why.

        A scope is a collection (None: the library's own), made if need be. What is known gets
        `source` as another who says it; with `replace`, what else that source said is taken back.
        `at` says since when it holds, in ISO 8601 or seconds. `kind` is one of `marking.KINDS` or
        that of a note (see `note`); where none is given, the one that the wording tells, such as
        “TODO: …”. `priority` is from 0 to 10. What has expired answers nothing any more, and stays;
        where no number of days is given it is the usual one of the kind (`marking.USUAL_DAYS`),
        and `marking.NEVER` is for good. `trust` is from 0 to 1, but no more than its source allows;
        `project` is one that was begun (`project_add`). With `again` what is known is stored once
        more. What is new begins with this `strength` (0 to 8; None: 1) and `salience` (0 to 1;
        None: by its words), and never fades nor expires where it is `pinned`. A `reward` (0 to 1)
        makes it a habit where no kind is given, and above 0.3 keeps it for long at once. A long
        text is stored a part at a time and taken back as a whole where it is cancelled. Raises
        `UsageError`, `NotFoundError` for no such project, and `Cancelled`.
        """
        use = self._fact_index.strengths
        given = (kind, priority, expires_days, at, strength, salience, reward, trust, project)
        if given == _NOTHING and not (tags or pinned or replace or again):
            # As most is told.
            made = remembering.remember(
                self._fact_index, text, collection=collection, source=source,
                report=report, cancel=cancel,
            )  # fmt: skip
            return self._remembered(made, collection)
        begun = plastic.beginning(use, strength, salience, pinned=pinned, reward=reward)
        if reward and kind is None:
            kind = HABITUAL
        noted = kind is not None and checked(kind, (*KINDS, *NOTE_KINDS)) in NOTE_KINDS
        marked = mark(None if noted else kind, priority, expires_days, tags, trust, project)
        if pinned:
            if expires_days not in (None, NEVER):
                raise UsageError(
                    "What is pinned stays, and cannot expire as well.", "Leave out one of the two."
                )
            marked = dataclasses.replace(marked, days=NEVER)
        if noted and kind is not None:
            if source is not None or at is not None or replace or again or begun is not None:
                raise UsageError(
                    f"A note of kind “{kind}” has no source, date or strength.", "Leave them out."
                )
            if tags or trust is not None or project is not None:
                raise UsageError(
                    f"A note of kind “{kind}” has no tags, trust or project.", "Leave them out."
                )
            taken = notes.note(self._fact_index, kind, text, collection=collection, marked=marked)
            self._tell(True, collection)
            return taken
        made = remembering.remember(
            self._fact_index, text, collection=collection, source=source, at=at, replace=replace,
            mark=marked, again=again, also=begun,
            report=report, cancel=cancel,
        )  # fmt: skip
        return self._remembered(made, collection)

    def turn(self, line: Words, *, collection: Words | None = None) -> "Turn":
        """Take in one line of conversation: keep what it tells, answer what it asks, do its sums.

        Raises `UsageError` for a collection without a name.
        """
        # The rules of talk are loaded by the first who talks: whoever only opens waits for none.
        from workbench.memory.turn import conversation

        done = conversation.turn(self._fact_index, line, collection=collection)
        answers = [reply.fact.id for reply in done.replies if reply.fact is not None]
        self._fact_index.strengths.recalled(collection, answers)
        if done.kind in ("answer", "unknown"):
            self._asked.note(collection, line, answered=bool(answers))
        self._tell(done.stored > 0, collection)
        return done

    def value(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
        depth: Words | None = None,
    ) -> Value | None:
        """The value that a question asks for, with the fact that says it; None where none does.

        With a `depth` (instant, context, habit, deep, auto) it is looked for by reflex, and a fact
        that surely answers a question for no value is given whole.
        """
        if depth is not None:
            found = deepening.value_by_depth(
                self._reflexes, self._fact_index, question,
                depth=depth, collection=collection, as_of=as_of,
            )  # fmt: skip
        else:
            found = facts.value(self._fact_index, question, collection=collection, as_of=as_of)
        self._asked.note(
            collection,
            question,
            answered=found is not None,
            sureness=None if found is None else found.confidence,
        )
        if found is not None:
            self._fact_index.strengths.recalled(collection, [found.fact.id])
        return found

    def recall(
        self,
        cue: Words,
        *,
        collection: Words | None = None,
        limit: Limit = 5,
        kind: Words | None = None,
        min_priority: Number = 0,
        include_expired: bool = False,
        by: Words = "words",
        project: Words | None = None,
        tag: Words | None = None,
        as_of: Words | float | None = None,
        depth: Words | None = None,
    ) -> list[Fact]:
        """The facts that bear on a cue, best first; what answers it grows stronger by that.

        With a `depth` (instant, context, habit, deep, auto) those come, too, that share no word
        with it, over what they have in common with others; see `reflex`.

        Equals are ranked by whether they still hold, by much greater strength, and the newest
        first; `by` "strength" has the strongest first of them. `kind` limits them to one kind;
        instructions, stances and variables are found only so. What has expired is left out unless
        it is asked for. `project` and `tag` limit them to what belongs to it or has it; `as_of`
        shows what was known then. Raises `UsageError` for no such kind or order or no date, and
        `NotFoundError` for no such project.
        """
        if kind is not None and checked(kind, (*KINDS, *NOTE_KINDS)) in NOTE_KINDS:
            if not (project is tag is as_of is None):
                raise UsageError(
                    f"Notes of kind “{kind}” have no project, tag or former state.",
                    "Leave them out.",
                )
            return notes.recall(
                self._fact_index, cue, checked(kind, NOTE_KINDS), collection=collection,
                limit=limit, min_priority=min_priority, include_expired=include_expired,
            )  # fmt: skip
        if depth is not None:
            deep = deepening.facts_by_depth(
                self._reflexes, self._fact_index, cue, depth=depth, collection=collection,
                limit=limit, kind=None if kind is None else checked(kind, KINDS),
                min_priority=min_priority, as_of=as_of,
                usual=by == "words" and not include_expired and project is tag is None,
            )  # fmt: skip
            self._fact_index.strengths.recalled(collection, plastic.meant(deep))
            return deep
        # By strength, one from long ago may come first: more equals must be looked at.
        limit, most = max(limit, 0), limit if by == "words" else max(limit, _EQUALS)
        of = None if kind is None else checked(kind, KINDS)
        if project is None and tag is None:
            found = facts.recall(
                self._fact_index, cue, collection=collection, limit=most, kind=of,
                min_priority=min_priority, include_expired=include_expired, by=by, as_of=as_of,
            )  # fmt: skip
        else:
            found = limited.recall(
                self._fact_index, cue, collection=collection, project=project, tag=tag,
                as_of=as_of, limit=most, kind=of, min_priority=min_priority,
                include_expired=include_expired, by=by,
            )  # fmt: skip
        if len(found) > limit:
            del found[limit:]
        self._asked.note(collection, cue, answered=bool(found), cue=True)
        if as_of is None:
            self._fact_index.strengths.recalled(collection, plastic.meant(found))
        return found

    def history(
        self, cue: Words, *, collection: Words | None = None, as_of: Words | float | None = None
    ) -> list[Fact]:
        """What was said about a thing over time, oldest first; with `as_of` until then."""
        return facts.history(self._fact_index, cue, collection=collection, as_of=as_of)

    def facts(
        self, *, collection: Words | None = None, limit: Limit = -1, kind: Words | None = None
    ) -> list[Fact]:
        """The facts of a scope, newest first; all where `limit` is negative.

        With `kind` its facts or notes of that kind. Raises `UsageError` for no such kind.
        """
        of = None if kind is None else checked(kind, (*KINDS, *NOTE_KINDS))
        if of in NOTE_KINDS:
            return notes.listing(self._fact_index, collection=collection, kind=of, limit=limit)
        return facts.listing(self._fact_index, collection=collection, limit=limit, kind=of)

    def fact_count(self, *, collection: Words | None = None) -> int:
        """How many facts a scope holds, without those that are archived."""
        return facts.count(self._fact_index, collection=collection)

    def fact_scopes(self, *, about: Words = "") -> list[str | None]:
        """The collections that hold facts, None for the library's own: it, and those told to last.

        With `about` those come first that hold most of its words.
        """
        return facts.scopes(self._fact_index, about)

    def forget(
        self,
        match: Words | None,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        everything: bool = False,
        keep_versions: bool = False,
    ) -> Forgotten:
        """Remove for good the facts in which these words stand, whole and in this order.

        With `source` only what that source alone said. `match` None takes all that it said, or
        with `everything` the whole scope, its notes as well. They leave the versions of the scope
        (`snapshot`), too, unless `keep_versions`; what was asked about nothing else goes as well.
        Raises `UsageError`, and `NotFoundError` for no such collection.
        """
        if match is None and everything:
            self._asked.forget(collection)
        elif match is not None and tokens(match):
            _, going = facts.holding(self._fact_index, match, collection=collection)
            let_go(self._fact_index, self._asked, going, collection)
        gone = facts.forget(
            self._fact_index, match, collection=collection, source=source, everything=everything,
            keep_versions=keep_versions,
        )  # fmt: skip
        self._tell(gone.forgotten + gone.notes > 0, None)
        return gone

    def _remembered(self, made: Remembered, collection: str | None) -> Remembered:
        """What follows on telling facts."""
        use, new = self._fact_index.strengths, made.new
        if made.known:
            use.use(collection, made.known)
        if 1 < len(new) <= _TOLD_TOGETHER:
            use.together(new)
        self._tell(bool(new), collection)
        return made

    def _tell(self, changed: bool, collection: str | None) -> None:
        if changed:
            self._changes.tell("facts")
            if collection is not None:
                self._changes.tell("collections")
