"""Finds the user's statements by sentence vectors and by rewording.

The embedding model has read them with the passages. A fact that is near says nothing for sure: the
reader takes one key for another. So only words are put for one another that mean nearly the same
(“vehicle”, “car”), and the question that comes of it is answered as any other, role by role.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.language.records import Token
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import closed_tags, groups_of, kin, opposites
from workbench.errors import InputError
from workbench.memory.claims.yes_no import positive
from workbench.memory.facts import facts
from workbench.memory.facts.claimed import forms_of
from workbench.memory.facts.facts_at import FactsAt
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.recall.reader import Reader
from workbench.space.embeddings.encoding import knows
from workbench.space.embeddings.searching import Embeddings
from workbench.store import facts as rows

#: From this cosine on words mean nearly the same: kinds and their like lie above, and what stands
#: beside them below, as cats and dogs (.65), uncles and aunts (.74).
_SAME = 0.8
#: Facts near to a question that are looked at.
_NEAR = 6


@dataclass(frozen=True, slots=True)
class FactMeaning:
    """What finds facts by meaning: the search by vectors and the reader, where there are any."""

    index: FactIndex
    embeddings: Embeddings
    reader: Callable[[], Reader | None]

    def near(self, question: str, scope: str | None, until: float | None = None) -> list[Fact]:
        """The facts of a scope that lie nearest to a question and hold, nearest first."""
        if self.embeddings.active() is None:
            return []
        with self.index.store.read() as connection:
            number = rows.scope_id(connection, scope)
            if number is None or not self.index.count(number):
                return []
            every = np.sort(np.array(self.index.all(number), np.int64))
            ids = self.embeddings.told(question, every, _NEAR)
            here = FactsAt(self.index, connection, number, until)
            hold = {row.id for row in here.in_force(ids)}
        found = {fact.id: fact for fact in facts.in_scope(self.index, ids, scope, until)}
        return [found[id] for id in ids if id in hold and id in found]

    def reworded(self, question: str, near: Sequence[Fact]) -> str:
        """The question with words of these facts for its own that mean nearly the same."""
        encoder = self.embeddings.encoder()
        said = {t.low: t for fact in near for t in tagged(fact.text) if _speaks(t)}
        held = {form for token in said.values() for form in forms_of(token)}
        strange = [t for t in tagged(question) if _speaks(t) and not forms_of(t) & held]
        if encoder is None or not strange or not said or not knows(encoder.model, question):
            return question
        try:
            vectors = encoder.encode([*(t.low for t in strange), *said])
        except InputError:
            return question
        cosines = vectors[: len(strange)] @ vectors[len(strange) :].T
        for token, row in reversed(list(zip(strange, cosines, strict=True))):
            best = list(said.values())[int(row.argmax())]
            if row.max() >= _SAME and not _opposed(token.low, best.low):
                question = question[: token.start] + _as(token, best) + question[token.end :]
        return question

    def ordered(self, question: str, found: Sequence[Fact]) -> list[Fact]:
        """The facts in the order in which they answer, as the reader finds."""
        reader = self.reader() if len(found) > 1 else None
        if reader is None or not reader.knows(question):
            return list(found)
        try:
            read = reader.read(question, [fact.text for fact in found])
        except InputError:
            return list(found)
        scores = [-np.inf if reading is None else reading.score for reading in read]
        return [found[at] for at in sorted(range(len(found)), key=lambda at: -scores[at])]


def _speaks(token: Token) -> bool:
    """Whether a word says something that another may say as well: no name and no number."""
    return token.tags[0] in "NJVBLG" and token.low not in closed_tags() and token.low.isalpha()


def _opposed(one: str, other: str) -> bool:
    """Whether words are used alike and yet never the same: Monday and Tuesday, tall and taller."""
    return bool(
        groups_of(one) & groups_of(other)
        # “how tall” asks for no “taller”
        or one == positive(other)
        or other == positive(one)
        or other in opposites().get(one, ())
        or (one in kin() and other in kin())
    )


def _as(asked: Token, said: Token) -> str:
    """The word of a fact as it stands in a question: “buy” for “bought”."""
    base = next(_bases(said), "") if any(f.form == "base" for f in forms(asked.low)) else ""
    return base if base and asked.tags[0] in "BV" else said.word


def _bases(token: Token) -> Iterator[str]:
    return (form.verb for form in forms(token.low) if token.tags[0] in "VBLG")
