"""Records of arguments of public calls that belong together."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from workbench.arguments import Id, Number, Options, Words


@dataclass(frozen=True, slots=True)
class TellOptions(Options):
    """What is known of a statement beside its words.

    `kind` is one of `marking.ALL_KINDS`; without it, the one that the wording suggests (“TODO: …”).
    `priority` is from 0 to 10. `expires_days` is `marking.NEVER` for good, without it what is usual
    for the kind (`marking.DEFAULT_DAYS`). `trust` is from 0 to 1, bounded by that of its source;
    `project` has begun (`collections.add_project`). `strength` is from 0 to 8 (None: 1), `salience`
    from 0 to 1 (None: by the words); a `reward` from 0 to 1 makes a habit of it where there is no
    kind. What is `pinned` neither fades nor expires. `replace` takes back what else the same source
    said; `again` stores what is known already once more.
    """

    kind: Words | None = None
    priority: Number | None = None
    expires_days: float | None = None
    tags: Sequence[Words] = ()
    trust: float | None = None
    project: Words | None = None
    strength: float | None = None
    salience: float | None = None
    reward: float | None = None
    pinned: bool = False
    replace: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class RecallOptions(Options):
    """Which statements are recalled, and in what order.

    `by` orders equals: "words" (the newest first), "strength", or "nearness": at most three that
    come nearest to a question. A `depth` (instant, context, habit, deep, auto) follows what
    statements have in common; `across` includes the collections inside one (`C__name`). Notes are
    found by their `kind` alone.
    """

    kind: Words | None = None
    min_priority: Number = 0
    include_expired: bool = False
    by: Words = "words"
    project: Words | None = None
    tag: Words | None = None
    depth: Words | None = None
    across: bool = False


@dataclass(frozen=True, slots=True)
class TimelineOptions(Options):
    """Of which sources dated statements are listed, and which of these.

    `sources` or a `collection` limit where they come from. With a `query` they have all its words,
    as in `search`; with `names` they mention one of these, by any name that is known for it.
    """

    collection: Words | None = None
    sources: Sequence[Id] | None = None
    query: Words = ""
    names: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Marks(Options):
    """What is set of memories; what is None stays as it is.

    What is `pinned` never fades. What is `archived` is still found, last and labelled, and being
    found does not bring it back. What is kept for `review` is asked for from tomorrow on. Another
    `kind` brings its usual expiry where no days are given (`marking.NEVER`: for good).
    """

    kind: Words | None = None
    priority: Number | None = None
    expires_days: float | None = None
    tags: Sequence[Words] = ()
    untag: Sequence[Words] = ()
    trust: float | None = None
    pinned: bool | None = None
    archived: bool | None = None
    review: bool | None = None


@dataclass(frozen=True, slots=True)
class SourceDetails(Options):
    """Bibliographic fields of sources; what is None stays as it is, and "" empties a field.

    Authors and editors are written "Family, Given", or as they stand for a body of people. `date`
    is a year or a day (ISO 8601), `type` one of `store.details.TYPES`, `venue` the journal, book or
    series that it came out in, `language` a code such as "en".
    """

    title: Words | None = None
    authors: Sequence[Words] | None = None
    editors: Sequence[Words] | None = None
    date: Words | None = None
    type: Words | None = None
    language: Words | None = None
    venue: Words | None = None
    publisher: Words | None = None
    volume: Words | None = None
    issue: Words | None = None
    page_range: Words | None = None
    doi: Words | None = None
    isbn: Words | None = None
    url: Words | None = None
    citation_key: Words | None = None

    def changes(self) -> dict[str, str]:
        """The fields that are to be set, as text; names are one a line."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value if isinstance(value, str) else "\n".join(value)
            for name, value in given.items()
            if value is not None
        }
