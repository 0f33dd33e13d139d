"""Parses texts into what the fact memory stores, as arrays over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts import question_parts
from workbench.memory.facts.parsing import classes, sentences
from workbench.memory.facts.parsing.classes import ALNUM, AM, CARRIES, CHATTER, NUMERIC
from workbench.memory.facts.parsing.phrases import Found
from workbench.memory.facts.parsing.sentences import Sentence
from workbench.memory.facts.reading import Token, same, tokens
from workbench.memory.facts.unspaced_scripts import dense_words, is_dense
from workbench.memory.hashing import text_hash, word_hash
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
    entries = list(map(classes.entry_of, said))
    seen = sentences.columns(text, tuple(said), entries)
    sentence: Sentence | None = None
    reason = "" if every else _reason(text, said, entries, seen)
    if not reason or reason == "bare":
        sentence = sentences.sentence_of(text, said, seen)
        if reason:
            reason = "" if weighed or sentence.fill else "chatter"
    number = text_hash(same(text))
    if reason or sentence is None:
        return Kept(reason, number)
    terms = {term for each in entries if each.bits & CARRIES for term in (each.hash, *each.forms)}
    # A fact that says but "I am 34" is found by it.
    terms |= {each.hash for each in entries if each.small == AM}
    if is_dense(text):
        terms.update(map(word_hash, dense_words(text)))
    return Kept("", number, tuple(sorted(terms)), sentences.rows(sentence))


def _reason(text: str, said: list[Token], entries: list[classes.Entry], seen: Found) -> str:
    """Why a text is no statement; "bare" where it is one only if it claims something."""
    if question_parts.is_question(text, said, seen):
        return "question"
    every = 0
    for each in entries:
        every |= each.bits
    if not every & ALNUM and len(said) < 2:
        return "empty"
    if is_dense(text):
        return "" if len(text) > 2 else "chatter"
    if not any(each.bits & CARRIES and not each.bits & CHATTER for each in entries):
        return "chatter"
    if len(said) < 3 and not every & NUMERIC and not any(":" in each.after for each in said):
        return "bare"
    return ""
