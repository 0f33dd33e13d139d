"""One sentence: its tokens, their columns, and the tape of its claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.facts import unspaced_scripts
from workbench.memory.facts.parsing import claim_identity, classes
from workbench.memory.facts.parsing.classes import NOUN_HASH, ROLE_KEY, ROLE_VALUE, VERBS
from workbench.memory.facts.parsing.phrases import Found, gap_bits, lead_of
from workbench.memory.facts.parsing.slots import (
    DOUBTFUL,
    ENDED,
    HEADER,
    MOST_TOKENS,
    NEGATIVE,
    TAPE,
    claims,
)
from workbench.memory.facts.reading import Token, tokens
from workbench.memory.hashing import combined, word_hash
from workbench.store.claim_records import ClaimRow

#: Tokens that a sentence has; of a longer text the rest is found by its words alone.
MOST = 8 * MOST_TOKENS


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence taken apart; its claims are the first `fill` numbers of `tape` (see `slots`)."""

    text: str
    tokens: tuple[Token, ...]
    found: Found
    tape: list[int]
    fill: int

    def places(self) -> list[int]:
        """Where its claims begin on the tape."""
        found: list[int] = []
        at = 0
        while at < self.fill:
            found.append(at)
            at += HEADER + 3 * self.tape[at + 2]
        return found


def sentence(text: str) -> Sentence:
    """Take one sentence apart."""
    return sentence_of(text, tokens(text))


def sentence_of(text: str, all_tokens: Sequence[Token], seen: Found | None = None) -> Sentence:
    """Take a sentence apart whose tokens are known, `seen` as numbers or not yet."""
    parts = unspaced_scripts.key_and_value(text)
    if parts is not None:
        return _dense(text, *parts)
    said = tuple(all_tokens[:MOST])
    found = columns(text, said) if seen is None or len(all_tokens) > MOST else seen
    tape = [0] * min(TAPE, 9 * len(said) + HEADER + 3)
    begins = bool(said) and said[0].start == 0
    return Sentence(text, said, found, tape, claims(found, len(said), begins, tape) if said else 0)


def _dense(text: str, key: tuple[int, int], value: tuple[int, int], negative: bool) -> Sentence:
    said = tuple(
        Token(raw, start, end, raw, "", False, False)
        for start, end in (key, value)
        for raw in (text[start:end].strip(),)
    )
    tape = [classes.BE, NEGATIVE * negative, 2, ROLE_KEY, 0, 1, ROLE_VALUE, 1, 2]
    return Sentence(text, said, columns(text, said), tape, len(tape))


def columns(
    text: str, said: tuple[Token, ...], known: Sequence[classes.Entry] | None = None
) -> Found:
    """The tokens of a text, with what is `known` of them, as numbers."""
    entries = list(map(classes.entry_of, said)) if known is None else known
    lead = [0] * len(said)
    gap = [0] * len(said)
    if said and lead_of(said[0].raw):
        for at, token in enumerate(said):
            lead[at] = lead_of(token.raw)
            until = said[at + 1].start if at + 1 < len(said) else len(text)
            gap[at] = gap_bits(text[token.end : until])
            if not lead[at]:
                # Phrases lead, one behind the other: what follows another word is in none.
                break
    return Found(
        bits=[each.bits for each in entries],
        marks=[classes.marks(token.after) for token in said],
        small=[each.small for each in entries],
        verb=[each.verb for each in entries],
        lead=lead,
        gap=gap,
    )


# -- what is kept of its claims --------------------------------------------------------------------


def rows(said: Sentence) -> tuple[ClaimRow, ...]:
    """The claims of a sentence as they are stored."""
    return tuple(_row(said, place) for place in said.places())


def _row(said: Sentence, claim: int) -> ClaimRow:
    found, tape = said.found, said.tape
    picks = [0] * (said.fill + len(said.tokens))
    count = claim_identity.content(found, tape, claim, picks)
    content = combined(classes.relation_hash(tape[claim], 0), _numbers(said, picks[:count]))
    verb, role, noun, count = claim_identity.topic(found, tape, claim, picks)
    topic = 0
    if verb:
        numbers = _numbers(said, picks[:count])
        if noun >= 0:
            numbers.append(NOUN_HASH[noun])
        topic = combined(classes.relation_hash(verb, role), numbers)
    flags = tape[claim + 1]
    return ClaimRow(
        subject=_span(said, claim_identity.about_of(tape, claim)),
        relation=VERBS[tape[claim]] if tape[claim] != classes.BE else "is",
        value=_span(said, claim_identity.value_of(tape, claim)),
        topic=topic,
        content=content,
        negative=bool(flags & NEGATIVE),
        ended=bool(flags & ENDED),
        doubtful=bool(flags & DOUBTFUL),
    )


def _span(said: Sentence, slot: int) -> tuple[int, int]:
    if slot < 0:
        return 0, 0
    return said.tokens[said.tape[slot + 1]].start, said.tokens[said.tape[slot + 2] - 1].end


def _numbers(said: Sentence, picks: list[int]) -> list[int]:
    numbers: list[int] = []
    for pick in picks:
        token = said.tokens[pick >> 3]
        kind = pick & 3
        turned = claim_identity.DOING if pick & claim_identity.DOES else 0
        if kind == claim_identity.PAIRS:
            numbers += (
                word_hash(word) ^ turned for word in unspaced_scripts.dense_words(token.raw)
            )
        else:
            each = classes.entry_of(token)
            number = each.plain if kind == claim_identity.PLAIN else each.canon
            numbers.append(number ^ turned)
    return numbers
