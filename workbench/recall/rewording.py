"""Replaces words of a question by synonyms in similar facts.

“Where did I leave my vehicle?” becomes “… my car” if a similar fact has “car”. Single words are
compared by the vectors of the embedding model.
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

#: The minimum cosine of synonyms: hyponyms are above it, related words below, as cats and dogs
#: (.65), uncles and aunts (.74).
_SAME = 0.8


def reworded(question: str, statements: Sequence[str], encoder: Encodes | None) -> str:
    """The question with synonyms from these statements."""
    theirs = {t.low: t for text in statements for t in tagged(text) if _has_synonyms(t)}
    if encoder is None or not theirs or not reads_language(encoder.model, question):
        return question
    shared = {form for token in theirs.values() for form in forms_of(token)}
    replaceable = [t for t in tagged(question) if _has_synonyms(t) and not forms_of(t) & shared]
    if not replaceable:
        return question
    try:
        vectors = encoder.encode([*(token.low for token in replaceable), *theirs])
    except InputError:
        return question
    cosines = vectors[: len(replaceable)] @ vectors[len(replaceable) :].T
    for token, row in reversed(list(zip(replaceable, cosines, strict=True))):
        best = list(theirs.values())[int(row.argmax())]
        if row.max() >= _SAME and not _is_opposed(token.low, best.low):
            question = question[: token.start] + _inflected(best, token) + question[token.end :]
    return question


def _has_synonyms(token: Token) -> bool:
    """Whether a word may have synonyms: not a name or number."""
    return token.tags[0] in "NJVBLG" and token.low not in closed_tags() and token.low.isalpha()


def _is_opposed(left: str, right: str) -> bool:
    """Whether words are similar but exclusive: Monday and Tuesday, tall and taller."""
    return bool(
        groups_of(left) & groups_of(right)
        # “how tall” does not match “taller”
        or left == positive(right)
        or right == positive(left)
        or right in opposites().get(left, ())
        or (left in kinship() and right in kinship())
    )


def _inflected(token: Token, target: Token) -> str:
    """The word of a statement in the inflection of the question's word: “buy” for “bought”."""
    if target.tags[0] not in "BV" or all(form.form != "base" for form in forms(target.low)):
        return token.word
    bases = (form.verb for form in forms(token.low) if token.tags[0] in "VBLG")
    return next(bases, token.word)
