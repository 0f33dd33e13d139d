"""Puts words of near statements for the words of a question that mean nearly the same.

“Where did I leave my vehicle?” is asked as “… my car” where a statement near by says “car”. Words
are compared by the vectors of the embedding model, each by itself.
"""

from collections.abc import Sequence

from ingest.language.records import Token
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import closed_tags, groups_of, kinship, opposites
from workbench.errors import InputError
from workbench.memory.claims.yes_no import positive
from workbench.memory.facts.claimed import forms_of
from workbench.space.embeddings.encoding import Encodes, reads_language

#: From this cosine on words mean nearly the same: kinds and their like lie above, and what stands
#: beside them below, as cats and dogs (.65), uncles and aunts (.74).
_SAME = 0.8


def reworded(question: str, statements: Sequence[str], encoder: Encodes | None) -> str:
    """The question in words of these statements, as far as they mean nearly the same."""
    theirs = {t.low: t for text in statements for t in tagged(text) if _has_synonyms(t)}
    if encoder is None or not theirs or not reads_language(encoder.model, question):
        return question
    shared = {form for token in theirs.values() for form in forms_of(token)}
    own = [t for t in tagged(question) if _has_synonyms(t) and not forms_of(t) & shared]
    if not own:
        return question
    try:
        vectors = encoder.encode([*(token.low for token in own), *theirs])
    except InputError:
        return question
    cosines = vectors[: len(own)] @ vectors[len(own) :].T
    for token, row in reversed(list(zip(own, cosines, strict=True))):
        best = list(theirs.values())[int(row.argmax())]
        if row.max() >= _SAME and not _is_opposed(token.low, best.low):
            question = question[: token.start] + _inflected(best, token) + question[token.end :]
    return question


def _has_synonyms(token: Token) -> bool:
    """Whether another word may say the same: no name and no number."""
    return token.tags[0] in "NJVBLG" and token.low not in closed_tags() and token.low.isalpha()


def _is_opposed(one: str, other: str) -> bool:
    """Whether words are used alike and yet never the same: Monday and Tuesday, tall and taller."""
    return bool(
        groups_of(one) & groups_of(other)
        # “how tall” asks for no “taller”
        or one == positive(other)
        or other == positive(one)
        or other in opposites().get(one, ())
        or (one in kinship() and other in kinship())
    )


def _inflected(token: Token, asked: Token) -> str:
    """The word of a statement in the form of the question's word: “buy” for “bought”."""
    if asked.tags[0] not in "BV" or all(form.form != "base" for form in forms(asked.low)):
        return token.word
    bases = (form.verb for form in forms(token.low) if token.tags[0] in "VBLG")
    return next(bases, token.word)
