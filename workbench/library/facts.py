"""Facts: what was told, and what is asked of it."""

import builtins
import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.arguments import Exact, Id, Limit, Number, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.memory import words
from workbench.memory.facts import facts
from workbench.memory.facts.fact_details import FactCard, card, forget
from workbench.memory.facts.forgotten_questions import let_go, let_go_each
from workbench.memory.facts.marking import (
    EVERY_KIND,
    HABITUAL,
    KINDS,
    NEVER,
    NOTE_KINDS,
    checked,
    mark,
)
from workbench.memory.facts.records import Fact, Forgotten, Remembered, Value
from workbench.memory.facts.splitting import split
from workbench.memory.notes import notes

if TYPE_CHECKING:
    from workbench.memory.chains.records import Associated, Chain
    from workbench.memory.kinds.records import Conflict, Info
    from workbench.memory.reflex.context import Context
    from workbench.memory.reflex.records import Recollection
    from workbench.memory.regions.records import Perceived

#: Facts that are looked at where the strongest are wanted, at least.
_EQUALS = 32

#: Statements of one text that are linked for having been told together.
_TOLD_TOGETHER = 8

#: Memories that a context may be made of.
_OF_CONTEXT = 64


class Facts(Group):
    """What a library can do with facts. A scope is a collection, None the library's own."""

    def tell(
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
        `project` is one that was begun (`collections.add_project`). With `again` what is known is
        stored once more. What is new begins with this `strength` (0 to 8; None: 1) and `salience`
        (0 to 1; None: by its words), and never fades nor expires where it is `pinned`. A `reward`
        (0 to 1) makes it a habit where no kind is given, and above 0.3 keeps it for long at once. A
        long text is stored a part at a time and taken back as a whole where it is cancelled. Raises
        `UsageError`, `NotFoundError` for no such project, and `Cancelled`.
        """
        from workbench.memory.facts import plastic, remembering

        use = self._core.strengths
        begun = plastic.beginning(use, strength, salience, pinned=pinned, reward=reward)
        if reward and kind is None:
            kind = HABITUAL
        noted = kind is not None and checked(kind, EVERY_KIND) in NOTE_KINDS
        marked = mark(None if noted else kind, priority, expires_days, tags, trust, project)
        if pinned:
            if expires_days not in (None, NEVER):
                raise UsageError("A pinned statement cannot expire.", "Leave one of the two out.")
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
            taken = notes.note(
                self._core.fact_index, kind, text, collection=collection, marked=marked
            )
            self._tell_if(True, collection)
            return taken
        made = remembering.remember(
            self._core.fact_index,
            text,
            collection=collection,
            source=source,
            at=at,
            replace=replace,
            mark=marked,
            again=again,
            also=begun,
            report=report,
            cancel=cancel,
        )
        return self._remembered(made, collection)

    def perceive(
        self,
        text: Words,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        at: Words | float | None = None,
        kind: Words | None = None,
        salience: float | None = None,
        reward: float | None = None,
        hint: Words = "",
    ) -> "Perceived":
        """Take in a note or a turn through the gate: remember what says something, tell the rest.

        Each sentence is weighed by itself: by its words, or by the `salience` (0 to 1) that is
        given, and the more where it speaks of what `hint` names. `tell` stores without asking.
        The other arguments are those of `tell`. Raises `UsageError`.
        """
        from workbench.memory.regions import gate, stores
        from workbench.memory.regions.records import Perceived

        weighed = [gate.weigh(piece, salience=salience, hint=hint) for piece in split(text) or [""]]
        for each in weighed:
            self._core.sensory.take_in(each, collection)
        passed = "\n".join(each.text for each in weighed if not each.refused)
        refused = tuple(each for each in weighed if each.refused)
        if not passed:
            if reward is not None:
                stores.checked_reward(reward)
            return Perceived((), (), (), refused)
        made = self.tell(
            passed, collection=collection, source=source, at=at, kind=kind, salience=salience,
            reward=reward,
        )  # fmt: skip
        return Perceived(made.new, made.known, made.left, refused)

    def value(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
        depth: Words | None = None,
    ) -> Value | None:
        """The value that a question asks for, with the fact that says it; None where none does.

        A fact that answers with no clear phrase of it has no value and is to be quoted. With a
        `depth` (instant, context, habit, deep, auto) it is looked for by reflex.
        """
        if depth is not None:
            from workbench.memory.reflex import deepening

            found = deepening.value_by_depth(
                self._core.reflexes, self._core.fact_index, question,
                depth=depth, collection=collection, as_of=as_of,
            )  # fmt: skip
        else:
            found = self._core.statements.value(question, [collection], as_of=as_of)
        self._core.asked.note(
            collection,
            question,
            has_answer=found is not None,
            sureness=None if found is None else found.confidence,
        )
        if found is not None:
            self._core.strengths.recalled(collection, [found.fact.id])
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
    ) -> builtins.list[Fact]:
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
        from workbench.memory.facts import plastic

        if kind is not None and checked(kind, EVERY_KIND) in NOTE_KINDS:
            if not (project is tag is as_of is None):
                raise UsageError(
                    f"Notes of kind “{kind}” have no project, tag or former state.",
                    "Leave them out.",
                )
            return notes.recall(
                self._core.fact_index, cue, checked(kind, NOTE_KINDS), collection=collection,
                limit=limit, min_priority=min_priority, include_expired=include_expired,
            )  # fmt: skip
        if depth is not None:
            from workbench.memory.reflex import deepening

            deep = deepening.facts_by_depth(
                self._core.reflexes, self._core.fact_index, cue, depth=depth, collection=collection,
                limit=limit, kind=None if kind is None else checked(kind, KINDS),
                min_priority=min_priority, as_of=as_of,
                default_order=by == "words" and not include_expired and project is tag is None,
            )  # fmt: skip
            self._core.strengths.recalled(collection, plastic.meant(deep))
            return deep
        # By strength, one from long ago may come first: more equals must be looked at.
        limit, most = max(limit, 0), limit if by == "words" else max(limit, _EQUALS)
        of = None if kind is None else checked(kind, KINDS)
        if project is None and tag is None:
            found = facts.recall(
                self._core.fact_index, cue, collection=collection, limit=most, kind=of,
                min_priority=min_priority, include_expired=include_expired, by=by, as_of=as_of,
            )  # fmt: skip
            unmarked = of is None and min_priority <= 0 and as_of is None
            if not found and unmarked and not any(map(str.isdigit, cue)):
                # What shares no word with the cue may lie near to it in meaning; door x498 does
                # not to x499.
                found = self._core.statements.near(cue, collection)
        else:
            from workbench.memory.kinds import limited

            found = limited.recall(
                self._core.fact_index, cue, collection=collection, project=project, tag=tag,
                as_of=as_of, limit=most, kind=of, min_priority=min_priority,
                include_expired=include_expired, by=by,
            )  # fmt: skip
        if len(found) > limit:
            del found[limit:]
        self._core.asked.note(collection, cue, has_answer=bool(found), cue=True)
        if as_of is None:
            self._core.strengths.recalled(collection, plastic.meant(found))
        return found

    def recall_across(
        self,
        cue: Words,
        *,
        collection: Words | None = None,
        limit: Limit = 5,
        as_of: Words | float | None = None,
    ) -> builtins.list[Fact]:
        """Recall over a scope and those inside it (`scope__name`); notes are not among them.

        `as_of` shows what was known then.
        """
        from workbench.memory.notes import scopes

        return scopes.recall_across(
            self._core.fact_index, cue, collection=collection, limit=limit, as_of=as_of
        )

    def recall_many(
        self, cues: Sequence[Words], *, collection: Words | None = None, limit: Limit = 5
    ) -> builtins.list[builtins.list[Fact]]:
        """Recall for several cues at once, in their order."""
        from workbench.memory.notes import scopes

        return scopes.recall_many(self._core.fact_index, cues, collection=collection, limit=limit)

    def reflex(
        self,
        cue: Words,
        *,
        depth: Words | None = None,
        collection: Words | None = None,
        limit: Limit = 5,
        max_tokens: Limit | None = None,
        as_of: Words | float | None = None,
        strategy: Words | None = None,
        learn: bool = True,
    ) -> "Recollection":
        """What a cue brings to mind, told or read, best first, with the way to each and why.

        `depth` is instant, context, habit or deep (None: as the cue wants it), `strategy` hybrid,
        reflex or classic (None: as set). `max_tokens` bounds the context that is put together.
        `as_of` goes by what was known then. Only the way to an answer is learned, and with `learn`
        off nothing is. Raises `UsageError`.
        """
        from workbench.memory.reflex.reflex_recall import RecallRequest

        found = self._core.reflexes.recall(
            RecallRequest(cue, depth, collection, limit, max_tokens, as_of, strategy)
        )
        if learn:
            self._core.asked.note(
                collection,
                cue,
                has_answer=not found.abstained,
                sureness=found.confidence,
                cue=True,
            )
        if learn and found.hits and not found.abstained:
            self._learn(found)
        return found

    def depth(self, question: Words) -> str:
        """How deep a question wants recall to go: instant, context, habit or deep."""
        return str(self._core.reflexes.depth_of(question))

    def context(
        self,
        cue: Words,
        *,
        max_tokens: Limit | None = None,
        depth: Words | None = None,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> "Context":
        """The memories that bear on a cue as one text of at most so many tokens, best first.

        What matters much has its place even where space is short; what says the same is said once.
        `Context.dropped` counts what found no room. Learns nothing. Raises `UsageError`.
        """
        from workbench.memory.reflex.reflex_recall import RecallRequest

        return self._core.reflexes.recall(
            RecallRequest(cue, depth, collection, _OF_CONTEXT, max_tokens, as_of, weighty=True)
        ).context

    def history(
        self, cue: Words, *, collection: Words | None = None, as_of: Words | float | None = None
    ) -> builtins.list[Fact]:
        """What was said about a thing over time, oldest first; with `as_of` until then."""
        return facts.history(self._core.fact_index, cue, collection=collection, as_of=as_of)

    def wordings(self, id: Id) -> builtins.list[Fact]:
        """How a fact or note read before it was edited, oldest first, and how it reads now.

        Raises `NotFoundError`.
        """
        there = self.get(id)
        if _is_note(there):
            return notes.wordings(self._core.fact_index, there)
        return facts.wordings(self._core.fact_index, there)

    def list(
        self, *, collection: Words | None = None, limit: Limit = -1, kind: Words | None = None
    ) -> builtins.list[Fact]:
        """The facts of a scope, newest first; all where `limit` is negative.

        With `kind` its facts or notes of that kind. Raises `UsageError` for no such kind.
        """
        of = None if kind is None else checked(kind, EVERY_KIND)
        if of in NOTE_KINDS:
            return notes.listing(self._core.fact_index, collection=collection, kind=of, limit=limit)
        return facts.listing(self._core.fact_index, collection=collection, limit=limit, kind=of)

    def count(self, *, collection: Words | None = None) -> int:
        """How many facts a scope holds, without those that are archived."""
        return facts.count(self._core.fact_index, collection=collection)

    def scopes(self, *, about: Words = "") -> builtins.list[str | None]:
        """The collections that hold facts, None for the library's own: it, and those told to last.

        With `about` those come first that hold most of its words.
        """
        return facts.scopes(self._core.fact_index, about)

    def closest(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> builtins.list[Fact]:
        """Up to three told facts of a scope that come nearest to a question, best first."""
        return self._core.statements.closest(question, [collection], as_of=as_of)

    def get(self, id: Id) -> Fact:
        """The fact or note of that id. Raises `NotFoundError`."""
        found: Fact | None = next(iter(facts.by_ids(self._core.fact_index, [id])), None)
        found = found or notes.load(self._core.fact_index, id)
        if found is None:
            raise notes.missing(id)
        return found

    def card(self, id: Id) -> FactCard:
        """A fact with its claims and what else was said of the same. Raises `NotFoundError`."""
        found = card(self._core.fact_index, id)
        if found is None:
            raise NotFoundError(
                "This statement no longer exists.", "See the list of facts and notes."
            )
        return found

    def info(self, match: Words, *, collection: Words | None = None) -> "Info | None":
        """All that is noted about the newest memory that holds these words; None for none."""
        from workbench.memory.kinds import details

        return details.info(self._core.fact_index, match, collection=collection)

    def details(self, id: Id) -> "Info":
        """All that is noted about one fact or note. Raises `NotFoundError`."""
        from workbench.memory.kinds import details

        found = details.info_of(self._core.fact_index, id)
        if found is None:
            raise NotFoundError(
                "This statement no longer exists.", "See the list of facts and notes."
            )
        return found

    def edit(self, id: Id, text: Exact) -> Fact:
        """Correct the words of a fact or note; the former ones stay in its history.

        A fact has another id from then on (`Fact.id` of what is returned), is said by you, and
        holds since the same time. Raises `UsageError` for what is not one statement, and
        `NotFoundError`.
        """
        from workbench.memory.facts import editing

        edit = notes.edit if notes.is_note(self._core.fact_index, id) else editing.edit
        return self._told(edit(self._core.fact_index, id, text))

    def undo_edit(self, id: Id) -> Fact:
        """Take back the last edit of a fact or note; returns it as it is then.

        Raises `NotFoundError`, and `UsageError` where it was never edited.
        """
        from workbench.memory.facts import editing

        there = self.get(id)
        undo = notes.undo if _is_note(there) else editing.undo
        return self._told(undo(self._core.fact_index, id))

    def set_expiry(
        self, match: Words, days: float | None, *, collection: Words | None = None
    ) -> int:  # fmt: skip
        """Let memories count for so many days from now, or for good (None); returns how many.

        Raises `UsageError` for a moment that has passed, and for what is pinned.
        """
        from workbench.memory.kinds import details

        ids = details.matching(self._core.fact_index, match, collection=collection)
        return self._tell_count(details.set_expiry(self._core.fact_index, ids, days))

    def mark(
        self,
        match: Words,
        *,
        kind: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
        tags: Sequence[Words] = (),
        untag: Sequence[Words] = (),
        trust: float | None = None,
        collection: Words | None = None,
    ) -> int:
        """Note kind, priority, expiry, tags and trust of memories; returns how many they are.

        What is None stays as it is; another kind brings its usual expiry where no days are given.
        From priority 7 on a fact is kept for review. Raises `UsageError`.
        """
        from workbench.memory.kinds import details

        ids = details.matching(self._core.fact_index, match, collection=collection)
        return self.mark_ids(
            ids, kind=kind, priority=priority, expires_days=expires_days, tags=tags, untag=untag,
            trust=trust,
        )  # fmt: skip

    def mark_ids(
        self,
        ids: Sequence[Id],
        *,
        kind: Words | None = None,
        priority: Number | None = None,
        expires_days: float | None = None,
        tags: Sequence[Words] = (),
        untag: Sequence[Words] = (),
        trust: float | None = None,
    ) -> int:
        """`mark` of exactly these facts and notes."""
        wanted = mark(kind, priority, expires_days, tags, trust)
        from workbench.memory.kinds import details

        return self._tell_count(details.note(self._core.fact_index, ids, wanted, untag))

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
            self._core.asked.forget(collection)
        elif match is not None and words.raw_tokens(match):
            _, going = facts.holding(self._core.fact_index, match, collection=collection)
            let_go(self._core.fact_index, self._core.asked, going, collection)
        gone = facts.forget(
            self._core.fact_index,
            match,
            collection=collection,
            source=source,
            everything=everything,
            keep_versions=keep_versions,
        )
        self._tell_if(gone.forgotten + gone.notes > 0, None)
        return gone

    def remove(self, ids: Sequence[Id]) -> int:
        """Remove exactly these facts and notes for good; returns how many were still there."""
        let_go_each(self._core.fact_index, self._core.asked, ids)
        return self._tell_count(forget(self._core.fact_index, ids))

    def chain(
        self,
        start: Words,
        path: Sequence[Words],
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> "Chain":
        """Follow relations from a thing, such as "owner", "reports to", "located in".

        Where several facts lead on, the newest that reaches the end counts; where none does, what
        was read counts (in a collection that of its sources, else of all). Every hop cites its fact
        or its page. `as_of` goes by what held then. Where nothing leads on, `Chain.value` is None
        and `Chain.broken_at` names the relation. Raises `UsageError` for a start or path without
        words.
        """
        from workbench.memory.chains import following

        found = following.chain(
            self._core.fact_index,
            start,
            path,
            collection=collection,
            as_of=as_of,
            graph=self._core.graph,
        )
        told = [hop.fact.id for hop in found.hops if hop.fact is not None]
        if found.value is not None and told:
            self._core.strengths.recalled(collection, told)
        return found

    def associate(
        self,
        cue: Words,
        *,
        hops: Limit = 2,
        limit: Limit = 10,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> "builtins.list[Associated]":
        """The facts that a cue brings to mind over the words that facts share, most active first.

        Facts within `hops` of those that hold words of the cue are reached, with 0 all until it
        settles. `as_of` goes by what was known then. Raises `UsageError` for less than no hops.
        """
        from workbench.memory.chains import spreading

        return spreading.associate(
            self._core.fact_index, cue, hops=hops, limit=limit, collection=collection, as_of=as_of
        )

    def conflicts(
        self,
        collection: Words | None = None,
        *,
        limit: Limit = 100,
        settled: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "builtins.list[Conflict]":
        """The facts of a scope that contradict each other, newest first: the open pairs.

        Of each pair the newer stands. With `settled` those pairs that somebody has settled. Looks
        first at what was told since the last look. Raises `Cancelled`.
        """
        from workbench.memory.kinds import conflicts

        return conflicts.listing(
            self._core.fact_index,
            collection=collection,
            limit=limit,
            resolved=settled,
            report=report,
            cancel=cancel,
        )

    def resolve(self, older: Id, newer: Id, *, keep: Words) -> "Conflict":
        """Settle a contradiction between two facts: `keep` "newer", "older" or "both".

        Where the older is kept it is said once more, and so takes the place of the newer; both stay
        in the history. Undone by `undo_resolution`. Raises `UsageError` and `NotFoundError`.
        """
        from workbench.memory.kinds import conflicts

        return self._told(conflicts.resolve(self._core.fact_index, older, newer, keep))

    def undo_resolution(self, older: Id, newer: Id) -> "Conflict":
        """Open a settled contradiction again. Raises `UsageError` and `NotFoundError`."""
        from workbench.memory.kinds import conflicts

        return self._told(conflicts.undo(self._core.fact_index, older, newer))

    def _remembered(self, made: Remembered, collection: str | None) -> Remembered:
        """What follows on telling facts."""
        use, new = self._core.strengths, made.new
        if made.known:
            use.use(collection, made.known)
        if 1 < len(new) <= _TOLD_TOGETHER:
            use.link_all(new)
        self._tell_if(bool(new), collection)
        return made

    def _learn(self, found: "Recollection") -> None:
        first = found.hits[0]
        way = [first.id] if first.over is None else [first.id, first.over]
        self._core.learning.conduct(way)
        if first.origin.told:
            self._core.strengths.recalled(first.origin.collection, [first.id])


def _is_note(fact: Fact) -> bool:
    return fact.kind in NOTE_KINDS
