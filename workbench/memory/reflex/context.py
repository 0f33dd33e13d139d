"""Selects memories for a cue within a token budget, without duplicates.

The score has five factors, with the weights of NeuralMemory's guide; tokens are estimated as 1.3
per word. Duplicates of better memories are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.memory.words import fold, is_dense, raw_tokens

#: The weights of activation, priority, frequency, conductivity and freshness.
WEIGHTS = (0.30, 0.25, 0.20, 0.15, 0.10)
#: Uses at which the frequency saturates.
_FREQUENT_USES = 20
#: Ages in days, and the freshness below each.
_STEPS = ((7.0, 1.0), (30.0, 0.8), (90.0, 0.5), (365.0, 0.3))
_ANCIENT = 0.1

_TOKENS_A_WORD = 1.3
#: The minimum tokens for any memory, whatever its share.
MIN_TOKENS = 20
#: The minimum share of common words of duplicates.
_DUPLICATE_SHARE = 0.85
_DENIALS = frozenset(
    ("not", "no", "never", "nie", "nicht", "kein", "keine", "pas", "jamais", "non")
)
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate memory for a context; all factors are from 0 to 1 (see `score`)."""

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
    """A memory in a context: its possibly truncated text, score and number of tokens."""

    engram: int
    text: str
    score: float
    tokens: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A context: its memories, best first, one per line in `text`.

    `dropped` counts the excluded ones: `repeated` are duplicates, the others exceeded the budget.
    """

    items: tuple[ContextEntry, ...]
    tokens: int
    dropped: int
    repeated: int = 0

    @property
    def text(self) -> str:
        """The whole text, one memory per line."""
        return "\n".join(item.text for item in self.items)


def score(
    activation: float, priority: float, frequency: float, conductivity: float, freshness: float
) -> float:
    """The weighted sum of five factors from 0 to 1."""
    factors = (activation, priority, frequency, conductivity, freshness)
    return sum(
        weight * min(max(factor, 0.0), 1.0) for weight, factor in zip(WEIGHTS, factors, strict=True)
    )


def freshness(days: float) -> float:
    """The freshness at an age: 1, 0.8, 0.5, 0.3 or 0.1."""
    return next((fresh for limit, fresh in _STEPS if days < limit), _ANCIENT)


def use_frequency(uses: int) -> float:
    """The frequency, 0 to 1, of so many uses."""
    return min(uses / _FREQUENT_USES, 1.0)


def tokens(text: str) -> int:
    """The estimated tokens of a text: 1.3 per word, one per character in scripts without spaces."""
    return int(sum(_weight(chunk) for chunk in text.split()))


def _weight(chunk: str) -> float:
    # In scripts without spaces a chunk may be a sentence, and a character is about a token.
    dense = 0 if chunk.isascii() else sum(map(is_dense, chunk))
    return dense or _TOKENS_A_WORD


def assemble(items: Iterable[Item], max_tokens: int) -> Context:
    """Select the best of these memories within `max_tokens`.

    Each has a share of the budget by its score, and at least `MIN_TOKENS`; longer ones are
    truncated if a fair part fits, and extended by what others leave.
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
        share = min(max(int(weight / total * max_tokens), MIN_TOKENS), left)
        if size <= share:
            part = ContextEntry(item.engram, item.text, weight, size)
        elif share >= MIN_TOKENS:
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
    """Extend truncated entries into the remaining budget, best first."""
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
    """Truncate a text to so many tokens, with an ellipsis."""
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
    """Yield items without duplicates of previous ones."""
    fingerprints: list[tuple[frozenset[str], frozenset[str]]] = []
    for weight, item in ranked:
        tokens_here, critical = _fingerprint(item.text)
        if not any(
            critical == other and _same(tokens_here, words) for words, other in fingerprints
        ):
            fingerprints.append((tokens_here, critical))
            yield weight, item


def _fingerprint(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, and those that must be equal in duplicates.

    These are numbers, names (except the first word, which is always capitalised) and negations.
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
