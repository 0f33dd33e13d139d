"""Facts: told statements and their recall."""

import builtins
import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.arguments import Exact, Id, Limit, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group, forward, of_facts
from workbench.library.options import RecallOptions, TellOptions
from workbench.library.told import WEAK, nearest, told
from workbench.memory import words
from workbench.memory.chains import associating
from workbench.memory.facts import fact_details, facts
from workbench.memory.facts.fact_details import FactCard
from workbench.memory.facts.marking import (
    ALL_KINDS,
    HABITUAL,
    NEVER,
    NOTE_KINDS,
    checked,
    mark,
)
from workbench.memory.facts.records import Fact, FactQuery, Forgotten, Remembered, Value
from workbench.memory.facts.splitting import split
from workbench.memory.kinds import conflicts
from workbench.memory.notes import notes

if TYPE_CHECKING:
    from workbench.memory.chains.records import Chain
    from workbench.memory.kinds.records import Conflict
    from workbench.memory.reflex.context import Context
    from workbench.memory.reflex.records import Recollection
    from workbench.memory.regions.gate import Perceived

#: Minimum of candidates when results are ordered by strength.
_EQUALS = 32

#: Maximum statements of one text that are linked with each other.
_LINKED_STATEMENTS = 8

#: Maximum memories of a context.
_OF_CONTEXT = 64

_STATEMENT_DEFAULTS, _RECALL = TellOptions(), RecallOptions()


class Facts(Group):
    """A library's calls on statements. A scope is a collection, None the library's own."""

    def tell(
        self,
        text: Words,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        at: Words | float | None = None,
        options: TellOptions = _STATEMENT_DEFAULTS,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Remembered:
        """Store every statement of a text; `Remembered.left` lists what is not one, and why.

        A collection is made if need be. A known statement gets `source` as another speaker. `at` is
        since when it holds, in ISO 8601 or seconds. A long text is stored in parts, and taken back
        as a whole if cancelled. Raises `UsageError`, `NotFoundError` for an unknown project, and
        `Cancelled`.
        """
        from workbench.memory.facts import plastic, remembering

        use, kind, days = self._core.strengths, options.kind, options.expires_days
        initial = plastic.beginning(
            use, options.strength, options.salience, pinned=options.pinned, reward=options.reward
        )
        if options.reward and kind is None:
            kind = HABITUAL
        is_note = kind is not None and checked(kind, ALL_KINDS) in NOTE_KINDS
        marked = mark(
            None if is_note else kind, options.priority, days, options.tags, options.trust,
            options.project,
        )  # fmt: skip
        if options.pinned:
            if days not in (None, NEVER):
                raise UsageError("A pinned statement cannot expire.", "Leave one of the two out.")
            marked = dataclasses.replace(marked, days=NEVER)
        if is_note and kind is not None:
            if source or at is not None or initial or options.replace or options.again:
                raise UsageError(
                    f"A note of kind “{kind}” has no source, date or strength.", "Leave them out."
                )
            if options.tags or options.trust is not None or options.project:
                raise UsageError(
                    f"A note of kind “{kind}” has no tags, trust or project.", "Leave them out."
                )
            remembered = notes.note(
                self._core.fact_index, kind, text, collection=collection, marked=marked
            )
            self._notify_scope(collection)
            return remembered
        remembered = remembering.remember(
            self._core.fact_index, text,
            remembering.StoreOptions(
                collection, source, at, options.replace, marked, options.again, initial
            ),
            report=report, cancel=cancel,
        )  # fmt: skip
        if remembered.known:
            use.use(collection, remembered.known)
        if 1 < len(remembered.new) <= _LINKED_STATEMENTS:
            use.link_all(remembered.new)
        self._notify_if(bool(remembered.new), collection)
        return remembered

    def perceive(
        self,
        text: Words,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        at: Words | float | None = None,
        hint: Words = "",
        options: TellOptions = _STATEMENT_DEFAULTS,
    ) -> "Perceived":
        """Tell what of a text is worth remembering; the gate refuses the rest.

        Each sentence is weighed by its words, or by the `salience` of `options`, and the more where
        it mentions what `hint` names. Raises `UsageError`.
        """
        from workbench.memory.regions import gate, stores
        from workbench.memory.regions.gate import Perceived

        weighed = [
            gate.weigh(sentence, salience=options.salience, hint=hint)
            for sentence in split(text) or [""]
        ]
        for sentence in weighed:
            self._core.sensory.take_in(sentence, collection)
        passed = "\n".join(sentence.text for sentence in weighed if not sentence.refused)
        rejected = tuple(sentence for sentence in weighed if sentence.refused)
        if not passed:
            if options.reward is not None:
                stores.checked_reward(options.reward)
            return Perceived((), (), (), rejected)
        remembered = self.tell(passed, collection=collection, source=source, at=at, options=options)
        return Perceived(remembered.new, remembered.known, remembered.left, rejected)

    def value(
        self,
        question: Words,
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
        depth: Words | None = None,
    ) -> Value | None:
        """The value that a question asks for, with the statement behind it, or None.

        A statement that answers with no clear phrase of it has no value and is to be quoted. With a
        `depth` (instant, context, habit, deep, auto) reflex recall looks for it.
        """
        if depth is not None:
            from workbench.memory.reflex import deepening

            value = deepening.value_by_depth(
                self._core.reflexes, self._core.fact_index, question,
                depth=depth, collection=collection, as_of=as_of,
            )  # fmt: skip
        else:
            value = told(self._core, question, [collection], as_of=as_of).value
        self._core.query_patterns.note(
            collection,
            question,
            has_answer=value is not None,
            sureness=None if value is None else value.confidence,
        )
        if value is not None:
            self._core.strengths.recalled(collection, [value.fact.id])
        return value

    def recall(
        self,
        cue: Words,
        *,
        collection: Words | None = None,
        limit: Limit = 5,
        as_of: Words | float | None = None,
        options: RecallOptions = _RECALL,
    ) -> builtins.list[Fact]:
        """The statements that match a cue, best first; what alone fits best grows stronger by that.

        Equals are ranked by whether they still hold, by greater strength, and the newest first;
        they are linked for having come together. `as_of` shows what was known then. Raises
        `UsageError` for an unknown kind, order or date, and `NotFoundError` for an unknown project.
        """
        from workbench.memory.facts import plastic

        index, kind, by = self._core.fact_index, options.kind, options.by
        if by == "nearness":
            return self._core.statements.closest(cue, [collection], as_of=as_of)
        kind = None if kind is None else checked(kind, ALL_KINDS)
        query = FactQuery(
            collection, limit, as_of, kind, options.min_priority, options.include_expired, by
        )
        if options.across:
            from workbench.memory.notes import scopes

            if options != RecallOptions(across=True):
                raise UsageError(
                    "Across collections statements are recalled by their words alone.",
                    "Leave out kind, order, depth, project and tag.",
                )
            return scopes.recall_across(index, cue, query)
        in_project = not (options.project is options.tag is None)
        if kind in NOTE_KINDS:
            if in_project or as_of is not None:
                raise UsageError(
                    f"Notes of kind “{kind}” have no project, tag or former state.",
                    "Leave them out.",
                )
            return notes.recall(index, cue, query)
        if options.depth is not None:
            from workbench.memory.reflex import deepening

            deep = deepening.facts_by_depth(
                self._core.reflexes, index, cue, depth=options.depth, query=query,
                default_order=by == "words" and not options.include_expired and not in_project,
            )  # fmt: skip
            plastic.mark_recalled(index, collection, deep)
            return deep
        # Ordered by strength, an old statement may come first: consider more candidates.
        limit = max(limit, 0)
        if by != "words":
            query = dataclasses.replace(query, limit=max(limit, _EQUALS))
        if not in_project:
            matches = facts.recall(index, cue, query)
            unmarked = kind is None and options.min_priority <= 0 and as_of is None
            is_weak = not matches or matches[0].score < WEAK
            if is_weak and unmarked and not any(map(str.isdigit, cue)):
                # Without shared words, similar meaning counts, except for codes: door x498 is not
                # x499.
                near = nearest(self._core, cue, collection, limit)
                matches = list({fact.id: fact for fact in (*near, *matches)}.values())
        else:
            from workbench.memory.kinds import projects

            matches = projects.recall(index, cue, query, project=options.project, tag=options.tag)
        if len(matches) > limit:
            del matches[limit:]
        self._core.query_patterns.note(collection, cue, has_answer=bool(matches), cue=True)
        if as_of is None:
            plastic.mark_recalled(index, collection, matches)
        return matches

    def reflex(
        self,
        cue: Words,
        *,
        depth: Words | None = None,
        collection: Words | None = None,
        limit: Limit = 5,
        as_of: Words | float | None = None,
        strategy: Words | None = None,
        learn: bool = True,
    ) -> "Recollection":
        """What a cue brings to mind, told or read, best first, with the way to each and why.

        `depth` is instant, context, habit or deep (None: as the cue wants it), `strategy` hybrid,
        reflex or classic (None: as set). `as_of` goes by what was known then. Only the way to an
        answer is learned, and with `learn` off nothing is. Raises `UsageError`.
        """
        from workbench.memory.reflex.reflex_recall import RecallRequest

        recollection = self._core.reflexes.recall(
            RecallRequest(
                cue, depth, collection, limit, max_tokens=None, as_of=as_of, strategy=strategy
            )
        )
        if not learn:
            return recollection
        answers = not recollection.abstained
        self._core.query_patterns.note(
            collection, cue, has_answer=answers, sureness=recollection.confidence, cue=True
        )
        if recollection.hits and answers:
            first = recollection.hits[0]
            via = [] if first.over is None else [first.over]
            self._core.learning.conduct([first.id, *via])
            if first.origin.is_statement:
                self._core.strengths.recalled(first.origin.collection, [first.id])
        return recollection

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
        self,
        cue: Words | Id,
        *,
        collection: Words | None = None,
        as_of: Words | float | None = None,
    ) -> builtins.list[Fact]:
        """What was said about a cue over time, oldest first; with `as_of` until then.

        Of the number of a fact or note, how it read before each edit and how it reads now. Raises
        `NotFoundError` for an unknown number.
        """
        if isinstance(cue, str):
            return facts.history(self._core.fact_index, cue, collection=collection, as_of=as_of)
        fact = self._load(cue)
        wordings = notes.wordings if _is_note(fact) else facts.wordings
        return wordings(self._core.fact_index, fact)

    def list(
        self, *, collection: Words | None = None, limit: Limit = -1, kind: Words | None = None
    ) -> builtins.list[Fact]:
        """The facts of a scope, newest first; all where `limit` is negative.

        With `kind` its facts or notes of that kind. Raises `UsageError` for an unknown kind.
        """
        kind = None if kind is None else checked(kind, ALL_KINDS)
        listing = notes.listing if kind in NOTE_KINDS else facts.listing
        return listing(self._core.fact_index, collection=collection, kind=kind, limit=limit)

    def get(self, match: Words | Id, *, collection: Words | None = None) -> FactCard:
        """All about a fact or note, or about the newest that contains these words.

        With its claims, what else was said about the same, and what is set of it. Raises
        `NotFoundError`.
        """
        from workbench.memory.kinds import details

        index, id = self._core.fact_index, match
        if isinstance(id, str):
            matching = details.matching(index, id, collection=collection)
            if not matching:
                raise details.missing(id)
            id = matching[0]
        info = details.info_of(index, id)
        if info is None:
            raise notes.missing(id)
        return fact_details.card(index, self._load(id), info)

    def edit(self, id: Id, text: Exact | None) -> Fact:
        """Correct the words of a fact or note, or take the last edit back (None).

        The former words stay in its history. A fact has another id from then on (`Fact.id` of the
        result), is said by you, and holds since the same time. Raises `NotFoundError`, and
        `UsageError` for what is not one statement or was never edited.
        """
        index = self._core.fact_index
        is_note = notes.is_note(index, id)
        if text is not None:
            return self._notified((notes.edit if is_note else fact_details.edit)(index, id, text))
        self._load(id)
        return self._notified((notes.undo if is_note else fact_details.undo)(index, id))

    def forget(
        self,
        match: Words | Sequence[Id] | None,
        *,
        collection: Words | None = None,
        source: Words | None = None,
        everything: bool = False,
        keep_versions: bool = False,
    ) -> Forgotten:
        """Permanently delete the facts that contain these whole words in this order.

        Or exactly these facts and notes. With `source` only what that source alone said. `match`
        None takes all that it said, or with `everything` the whole scope with its notes. They leave
        the versions of the scope, too, unless `keep_versions`, and so do questions about nothing
        else. Raises `UsageError`, and `NotFoundError` for an unknown collection.
        """
        index = self._core.fact_index
        if match is not None and not isinstance(match, str):
            fact_details.drop_topics_by_scope(index, self._core.query_patterns, match)
            removed = fact_details.forget(index, match, keep_versions=keep_versions)
            if self._notify_count(removed):
                self._core.changes.tell("highlights")
            return Forgotten(removed, facts.count(index, collection=collection))
        if match is None and everything:
            self._core.query_patterns.forget(collection)
        elif match is not None and words.raw_tokens(match):
            _, ids = facts.containing(index, match, collection=collection)
            fact_details.drop_topics(index, self._core.query_patterns, ids, collection)
        forgotten = facts.forget(
            index, match, collection=collection, source=source, everything=everything,
            keep_versions=keep_versions,
        )  # fmt: skip
        self._notify_if(forgotten.forgotten + forgotten.notes > 0, None)
        return forgotten

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

        chain = following.chain(
            self._core.fact_index,
            start,
            path,
            collection=collection,
            as_of=as_of,
            graph=self._core.graph,
        )
        facts_used = [hop.fact.id for hop in chain.hops if hop.fact is not None]
        if chain.value is not None and facts_used:
            self._core.strengths.recalled(collection, facts_used)
        return chain

    associate = forward(associating.associate, of_facts)

    conflicts = forward(conflicts.listing, of_facts)

    def resolve(self, older: Id, newer: Id, *, keep: Words) -> "Conflict":
        """Settle a contradiction between two facts: `keep` "newer", "older", "both", or "open".

        A kept older one is said once more and so replaces the newer; both stay in the history.
        "open" undoes a settlement. Raises `UsageError` and `NotFoundError`.
        """
        index = self._core.fact_index
        if keep == "open":
            return self._notified(conflicts.undo(index, older, newer))
        return self._notified(conflicts.resolve(index, older, newer, keep))

    def _load(self, id: int) -> Fact:
        fact = next(iter(facts.by_ids(self._core.fact_index, [id])), None)
        fact = fact or notes.load(self._core.fact_index, id)
        if fact is None:
            raise notes.missing(id)
        return fact


def _is_note(fact: Fact) -> bool:
    return fact.kind in NOTE_KINDS
