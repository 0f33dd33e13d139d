"""Which pronoun (he, she, it) the library uses for a name.

Votes are the first pronoun after the name in the same sentence, unless another name intervenes
(after `ingest.triples.context.genders`, which reads whole sources), and the initial pronoun of the
next sentence if this one begins with the name. A location (in, near …) votes for it.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall.search import Scope
from workbench.store import text

#: Maximum sentences per name: more do not change the majority.
_SENTENCES = 240
_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_IT = frozenset(("it", "its", "itself"))
_OWNER_PRONOUNS = "|".join((*_HE, *_SHE, *_IT))
#: “At Cape Aravis” counts for Aravis.
_IN = r"\b(?:in|at|on|near|into|through|across|around)\s+(?:the\s+)?(?:[A-ZÀ-Þ]\w*\s+){0,2}"
_START = re.compile(r"(He|His|She|Her)\b")


def pronoun_counts(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, word: str
) -> tuple[int, int, int]:
    """The counts of he, she and it after a word, a name's surname or a noun, in `scope`."""
    tokens = words.sequence(word)
    if not tokens:
        return 0, 0, 0
    ordinals = scope.restrict(snapshot.lookup(words.key(tokens[-1])))
    ids = [ordinal + 1 for ordinal in sampled(ordinals.tolist())]
    rows = text.statements(connection, {at for id_item in ids for at in (id_item, id_item + 1)})
    return votes(word, [(rows.get(id_item, ""), rows.get(id_item + 1, "")) for id_item in ids])


def sampled(places: Sequence[int]) -> Sequence[int]:
    """A sample spread over the whole text, so that no single page decides."""
    return places[:: max(1, len(places) // _SENTENCES)]


def votes(word: str, sentences: Iterable[tuple[str, str]]) -> tuple[int, int, int]:
    """The counts of he, she and it after a word in sentences, each with the next one."""
    first, remainder = re.escape(word[0]), re.escape(word[1:])
    name = rf"\b(?i:{first}){remainder}\b"
    # In somebody's house is not in somebody.
    pattern = re.compile(
        rf"(?P<in>{_IN}(?={name}(?!['’])))?{name}(?:['’]s)?"
        rf"(?:[^.!?;A-ZÀ-Þ“”\"]{{0,60}}?\b(?P<own>{_OWNER_PRONOUNS})\b)?"
    )
    opens = re.compile(rf"(?:\W*\w+){{0,2}}?\W*{name}")
    he = she = it = 0
    for sentence, after in sentences:
        following = _START.match(after)
        matches = list(pattern.finditer(sentence))
        voted = [item["own"] for item in matches]
        it += sum(item["in"] is not None for item in matches)
        if following is not None and opens.match(sentence):
            voted.append(following[1].lower())
        he += sum(vote in _HE for vote in voted)
        she += sum(vote in _SHE for vote in voted)
        it += sum(vote in _IT for vote in voted)
    return he, she, it
