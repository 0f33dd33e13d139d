"""Claims as rows of their tables; what makes two of one topic is told by `parsing.settling`."""

import hashlib

from workbench.memory import hashing
from workbench.memory.facts.parsing.sentences import rows as claims_of
from workbench.memory.facts.parsing.sentences import sentence
from workbench.store.facts import ClaimRow


def number(text: str) -> int:
    """A signed 64-bit number that stands for a text; never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) or 1


def rows(text: str) -> tuple[ClaimRow, ...]:
    """The claims of one sentence as they are stored."""
    return tuple(
        ClaimRow(
            topic=hashing.signed(each.topic),
            content=hashing.signed(each.content),
            subject=text[each.subject[0] : each.subject[1]],
            relation=each.relation,
            start=each.value[0],
            end=each.value[1],
            negative=each.negative,
            confidence=each.confidence,
        )
        for each in claims_of(sentence(text))
    )
