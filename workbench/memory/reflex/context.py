"""Selects memories for a cue within a budget of tokens, without duplicates.

Five factors make the score, with the weights that NeuralMemory's guide documents; tokens are
estimated as 1.3 a word. What says the same as something better is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.memory.words import fold, is_dense, raw_tokens

#: Weights of activation, priority, frequency, conductivity and freshness.
WEIGHTS = (0.30, 0.25, 0.20, 0.15, 0.10)
#: Uses by which a memory counts as often used.
_FREQUENT_USES = 20
#: Days, and how fresh what is younger counts.
_STEPS = ((7.0, 1.0), (30.0, 0.8), (90.0, 0.5), (365.0, 0.3))
_ANCIENT = 0.1

_TOKENS_A_WORD = 1.3
#: Tokens that any memory may take, whatever its share.
MIN_TOKENS = 20
#: Share of words that two texts have in common where they say the same.
_DUPLICATE_SHARE = 0.85
_DENIALS = frozenset(
    ("not", "no", "never", "nie", "nicht", "kein", "keine", "pas", "jamais", "non")
)
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Item:
    """A memory that may go into a context; all factors are from 0 to 1 (see `factors`)."""

    engram: int
    text: str
    activation: float
    priority: float
    frequency: float
    conductivity: float
    freshness: float

    @property
    def score(self) -> float:
        """The composite score, 0 to 1."""
        return score(
            self.activation, self.priority, self.frequency, self.conductivity, self.freshness
        )


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """A memory in a context: what of it is said, its score, and the tokens that takes."""

    engram: int
    text: str
    score: float
    tokens: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A context: its memories, best first, one a line in `text`.

    `dropped` counts what is not in it: `repeated` said the same as something in it, the others
    found no room.
    """

    items: tuple[ContextEntry, ...]
    tokens: int
    dropped: int
    repeated: int = 0

    @property
    def text(self) -> str:
        """All of it, one memory a line."""
        return "\n".join(item.text for item in self.items)


def score(
    activation: float, priority: float, frequency: float, conductivity: float, freshness: float
) -> float:
    """The composite score of five factors from 0 to 1."""
    factors = (activation, priority, frequency, conductivity, freshness)
    return sum(
        weight * min(max(factor, 0.0), 1.0) for weight, factor in zip(WEIGHTS, factors, strict=True)
    )


def freshness(days: float) -> float:
    """How fresh something of this age is: 1, 0.8, 0.5, 0.3 or 0.1."""
    return next((fresh for limit, fresh in _STEPS if days < limit), _ANCIENT)


def use_frequency(uses: int) -> float:
    """How often used, 0 to 1, something is that was used so many times."""
    return min(uses / _FREQUENT_USES, 1.0)


def tokens(text: str) -> int:
    """About how many tokens a text takes: 1.3 a word, one a character where none are parted."""
    return int(sum(_weight(chunk) for chunk in text.split()))


def _weight(chunk: str) -> float:
    # In scripts without spaces a chunk may be a sentence, and a character is about a token.
    dense = 0 if chunk.isascii() else sum(map(is_dense, chunk))
    return dense or _TOKENS_A_WORD


def assemble(items: Iterable[Item], max_tokens: int, minimum: int = MIN_TOKENS) -> Context:
    """The best of these memories within `max_tokens`.

    Each may take its share of the budget by its score, and `minimum` in any case; what is longer is
    cut where a fair part of it fits, and has what others leave.
    """
    scored = sorted(((item.score, item) for item in items), key=lambda item: -item[0])
    unique = list(_without_duplicates(scored))
    total = sum(weight for weight, _ in unique) or 1.0
    chosen: list[ContextEntry] = []
    full_texts: dict[int, str] = {}
    used = 0
    for weight, item in unique:
        left = max_tokens - used
        size = tokens(item.text)
        share = min(max(int(weight / total * max_tokens), minimum), left)
        if size <= share:
            part = ContextEntry(item.engram, item.text, weight, size)
        elif share >= minimum:
            text = _cut(item.text, share)
            part = ContextEntry(item.engram, text, weight, tokens(text), True)
            full_texts[item.engram] = item.text
        else:
            continue
        chosen.append(part)
        used += part.tokens
    chosen, used = _longer(chosen, full_texts, max_tokens, used)
    return Context(tuple(chosen), used, len(scored) - len(chosen), len(scored) - len(unique))


def _longer(
    chosen: Sequence[ContextEntry], full_texts: dict[int, str], max_tokens: int, used: int
) -> tuple[list[ContextEntry], int]:
    """Give what was cut the room that is left, the best first."""
    grown: list[ContextEntry] = []
    for part in chosen:
        room = max_tokens - used
        if part.cut and room > 0:
            text = full_texts[part.engram]
            size = tokens(text)
            longer = (
                replace(part, text=text, tokens=size, cut=False)
                if size <= part.tokens + room
                else _lengthened(part, text, part.tokens + room)
            )
            used += longer.tokens - part.tokens
            part = longer
        grown.append(part)
    return grown, used


def _lengthened(part: ContextEntry, text: str, room: int) -> ContextEntry:
    cut = _cut(text, room)
    return replace(part, text=cut, tokens=tokens(cut))


def _cut(text: str, room: int) -> str:
    """The beginning of a text that takes at most so many tokens, with a mark that it goes on."""
    spent, end = 0.0, 0
    for match in _WORDS.finditer(text):
        weight = _weight(match[0])
        if int(spent + weight) > room:
            # A sentence without spaces is cut inside.
            end = max(end, match.start() + int(room - spent) if weight != _TOKENS_A_WORD else 0)
            break
        spent += weight
        end = match.end()
    return text[:end].rstrip(" ,;:.") + "…"


def _without_duplicates(ranked: Iterable[tuple[float, Item]]) -> Iterator[tuple[float, Item]]:
    """Items without those that say the same as one before."""
    fingerprints: list[tuple[frozenset[str], frozenset[str]]] = []
    for weight, item in ranked:
        tokens_here, critical = _fingerprint(item.text)
        if not any(
            critical == other and _same(tokens_here, words) for words, other in fingerprints
        ):
            fingerprints.append((tokens_here, critical))
            yield weight, item


def _fingerprint(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, and those of them that no near-duplicate may change.

    These are numbers, names (but the first word, which has its capital anyway) and denials.
    """
    folded: set[str] = set()
    critical: set[str] = set()
    for place, raw in enumerate(raw_tokens(text)):
        word = fold(raw)
        folded.add(word)
        if (
            any(map(str.isdigit, word))
            or word in _DENIALS
            or (word.endswith("nt") and "'" in raw.replace("’", "'"))
            or (place and raw[:1].isupper())
        ):
            critical.add(word)
    return frozenset(folded), frozenset(critical)


def _same(first: frozenset[str], second: frozenset[str]) -> bool:
    if not first or not second:
        return first == second
    return len(first & second) >= _DUPLICATE_SHARE * len(first | second)
