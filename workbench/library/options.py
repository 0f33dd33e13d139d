"""Records of related arguments of public calls."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from workbench.arguments import Id, Number, Options, Words


@dataclass(frozen=True, slots=True)
class TellOptions(Options):
    """Metadata of a told statement.

    `kind` is one of `marking.ALL_KINDS`; None derives it from the wording (“TODO: …”). `priority`
    is from 0 to 10. `expires_days` is `marking.NEVER` for no expiry, None for the default of the
    kind (`marking.DEFAULT_DAYS`). `trust` is from 0 to 1, bounded by that of its source; `project`
    must exist (`collections.add_project`). `strength` is from 0 to 8 (None: 1), `salience` from 0
    to 1 (None: by the words); a `reward` from 0 to 1 makes a habit of a statement without a kind.
    `pinned` statements neither fade nor expire. `replace` retracts other statements of the same
    source; `again` stores a known statement once more.
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
    """Selection and order of recalled statements.

    `by` orders equal matches: "words" (newest first), "strength", or "nearness": at most three,
    nearest to a question. A `depth` (instant, context, habit, deep, auto) follows shared concepts;
    `across` includes the collections inside one (`C__name`). Notes are found by their `kind` only.
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
    """Selection of dated statements.

    `sources` or a `collection` limit their sources. With a `query` they have all its words, as in
    `search`; with `names` they mention one of these, by any known alias.
    """

    collection: Words | None = None
    sources: Sequence[Id] | None = None
    query: Words = ""
    names: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Marks(Options):
    """Properties to set on memories; None leaves one unchanged.

    `pinned` memories never fade. `archived` ones are still found, last and labelled, which does not
    reactivate them. `review` schedules reviews from tomorrow. A new `kind` sets its default expiry
    unless days are given (`marking.NEVER`: none).
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
    """Bibliographic fields of sources; None leaves one unchanged, "" clears it.

    Authors and editors are "Family, Given", or the name of an organisation. `date` is a year or a
    day (ISO 8601), `type` one of `store.details.TYPES`, `venue` the journal, book or series,
    `language` a code such as "en". `same_work` is "no" where a source counts apart from others that
    look like the same work in another format, "yes" where it rightly counts once with them.
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
    same_work: Words | None = None

    def changes(self) -> dict[str, str]:
        """The fields to set, as text; one name a line."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value if isinstance(value, str) else "\n".join(value)
            for name, value in given.items()
            if value is not None
        }
