"""Parses texts into what the fact memory stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.memory.facts import question_parts, speech
from workbench.memory.facts.parsed_claims import Statement
from workbench.memory.facts.parsing import sentences
from workbench.memory.facts.reading import Token, carries, same, tokens
from workbench.memory.facts.unspaced_scripts import dense_words, is_dense
from workbench.memory.hashing import FORMS, text_hash, word_hash
from workbench.store.claim_records import ClaimRow, pack


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a text; of what is no statement nothing but the `reason` and `same`.

    `terms` are sorted.
    """

    reason: str
    same: int
    terms: tuple[int, ...] = ()
    claims: tuple[ClaimRow, ...] = ()

    @property
    def record(self) -> bytes:
        """The claims as they are stored."""
        return pack(self.claims)


def parse(texts: Sequence[str], *, weighed: bool = False, every: bool = False) -> list[Kept]:
    """Read texts, each one sentence.

    Where somebody has `weighed` them and said what kind they are, two words without a claim are
    enough; with `every` all of them are statements, since they were taken for such before.
    """
    return [_keep(text, weighed=weighed or every, every=every) for text in texts]


def _keep(text: str, *, weighed: bool, every: bool) -> Kept:
    said = tokens(text)
    statement: Statement | None = None
    reason = "" if every else _reason(text, said)
    if not reason or reason == "bare":
        statement = sentences.sentence(text, said)
        if reason:
            reason = "" if weighed or statement.claims else "chatter"
    number = text_hash(same(text))
    if reason or statement is None:
        return Kept(reason, number)
    terms = {term for token in said if carries(token) for term in _terms(token.word)}
    # A fact that says but "I am 34" is found by it.
    terms.update(word_hash(token.word) for token in said if token.word == "am")
    if is_dense(text):
        terms.update(map(word_hash, dense_words(text)))
    return Kept("", number, tuple(sorted(terms)), sentences.rows(statement))


@lru_cache(maxsize=16_384)
def _terms(word: str) -> tuple[int, ...]:
    """The numbers of a word as it stands, and of its other dictionary forms."""
    forms = speech.kin(word) - {word}
    return word_hash(word), *(word_hash(form, FORMS) for form in forms)


def _reason(text: str, said: Sequence[Token]) -> str:
    """Why a text is no statement; "bare" where it is one only if it claims something."""
    if question_parts.is_question(text):
        return "question"
    if len(said) < 2 and not any(character.isalnum() for t in said for character in t.raw):
        return "empty"
    if is_dense(text):
        return "" if len(text) > 2 else "chatter"
    if all(token.word in speech.CHATTER or not carries(token) for token in said):
        return "chatter"
    if len(said) < 3 and not any(token.numeric or ":" in token.after for token in said):
        return "bare"
    return ""
