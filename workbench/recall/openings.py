"""Sentences that open something, for the reader beside what the search puts first.

“Who is X?” is met by all sentences with the name alike, and the few that the search puts first are
any of them. So the reader is given the first that name it as well, where one text does so more
often than all others. Of 115 people of six books the sentence that is shown says who they are for
74 instead of 48.

“What does --restrict-filenames do?” is answered by the entry that this option opens. That entry
shares a single word with the question, and any other that mentions the option shares it, too. Of 56
questions to three such lists the entry was first for 17 more with this than without.
"""

from functools import reduce

import numpy as np

from ingest.patterns import later
from workbench.memory import words
from workbench.recall.ordinal_sets import distinct, membership
from workbench.recall.question import options_in
from workbench.recall.search import Search
from workbench.store import text

#: The options that an entry opens with, each perhaps with what it takes: “-o, --output FILE”.
_OPENS = later(
    r"--?[A-Za-z0-9][\w-]*(?:[ =]?[\[<{]?[A-Z_]{1,30}[\]>}]?)?(?:,\s*|\s+(?=--?[A-Za-z])|)"
)
#: Sentences that are looked at for one option, and entries that are found.
_SCANNED, _LIMIT = 400, 8
#: First sentences with a name that are given; from 15 to 40 it makes no difference.
_FIRST = 30


def describes_option(sentence: str, options: frozenset[str]) -> bool:
    """Return whether a sentence is the entry of one of these options."""
    at = 0
    while options and (opening := _OPENS.match(sentence, at)) is not None:
        if not options.isdisjoint(options_in(opening.group())):
            return True
        at = opening.end()
    return False


def option_entries(search: Search) -> list[int]:
    """Return the ordinals of entries of options that the question names."""
    matches: list[int] = []
    options = search.cue.options
    for option in options:
        keys = [words.key(word) for token in words.tokens(option) for word in token.words]
        if not keys:
            continue
        present = distinct(search.snapshot.lookup(keys[0]))
        for key in keys[1:]:
            present = present[membership(search.snapshot.lookup(key), present)]
        selection = search.restrict(present)[:_SCANNED].tolist()
        rows = text.engrams(search.connection, [ordinal + 1 for ordinal in selection])
        matches += [row.id - 1 for row in rows.values() if describes_option(row.text, options)]
    return matches[:_LIMIT]


def introducing(search: Search) -> tuple[int, list[int]]:
    """A source and the ordinals of its first sentences that name whom a question is about.

    0 and none where it asks more than who that is, and where no text names it in half of all
    sentences that do: then the title of a text says more of what it introduces.
    """
    terms = search.cue.terms
    if not terms or not all(term.is_name for term in terms):
        return 0, []
    stored = reduce(np.intersect1d, (term.ordinals for term in terms)).astype(np.int32)
    stored = search.restrict(stored)
    sources = search.snapshot.columns["source"][stored]
    existing, counts = np.unique(sources, return_counts=True)
    if not len(stored) or 2 * counts.max() <= len(stored):
        return 0, []
    source = int(existing[counts.argmax()])
    return source, stored[sources == source][:_FIRST].tolist()
