"""Command-line options in a question, and the manual entries that describe them.

“What does --restrict-filenames do?” is answered by the entry that this option opens. That entry
shares a single word with the question, and any other that mentions the option shares it, too. Of 56
questions to three such lists the entry was first for 17 more with this than without.
"""

from ingest.patterns import later
from workbench.memory import words
from workbench.recall.ordinal_sets import among, distinct
from workbench.recall.question import options_in
from workbench.recall.search import Search
from workbench.store import text

#: The options that an entry opens with, each perhaps with what it takes: “-o, --output FILE”.
_OPENS = later(
    r"--?[A-Za-z0-9][\w-]*(?:[ =]?[\[<{]?[A-Z_]{1,30}[\]>}]?)?(?:,\s*|\s+(?=--?[A-Za-z])|)"
)
#: Sentences that are looked at for one option, and entries that are found.
_SCANNED, _LIMIT = 400, 8


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
            present = present[among(search.snapshot.lookup(key), present)]
        selection = search.keep(present)[:_SCANNED].tolist()
        rows = text.engrams(search.connection, [ordinal + 1 for ordinal in selection])
        matches += [row.id - 1 for row in rows.values() if describes_option(row.text, options)]
    return matches[:_LIMIT]
