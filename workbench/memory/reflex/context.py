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
_OFTEN = 20
#: Days, and how fresh what is younger counts.
_STEPS = ((7.0, 1.0), (30.0, 0.8), (90.0, 0.5), (365.0, 0.3))
_ANCIENT = 0.1

_TOKENS_A_WORD = 1.3
#: Tokens that any memory may take, whatever its share.
LEAST = 20
#: Share of words that two texts have in common where they say the same.
_ALIKE = 0.85
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
class Taken:
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

    items: tuple[Taken, ...]
    tokens: int
    dropped: int
    repeated: int = 0

    @property
    def text(self) -> str:
        """All of it, one memory a line."""
        return "\n".join(each.text for each in self.items)


def score(
    activation: float, priority: float, frequency: float, conductivity: float, freshness: float
) -> float:
    """The composite score of five factors from 0 to 1."""
    given = (activation, priority, frequency, conductivity, freshness)
    return sum(
        weight * min(max(each, 0.0), 1.0) for weight, each in zip(WEIGHTS, given, strict=True)
    )


def freshness(days: float) -> float:
    """How fresh something of this age is: 1, 0.8, 0.5, 0.3 or 0.1."""
    return next((fresh for limit, fresh in _STEPS if days < limit), _ANCIENT)


def often(uses: int) -> float:
    """How often used, 0 to 1, something is that was used so many times."""
    return min(uses / _OFTEN, 1.0)


def tokens(text: str) -> int:
    """About how many tokens a text takes: 1.3 a word, one a character where none are parted."""
    return int(sum(_weight(each) for each in text.split()))


def _weight(chunk: str) -> float:
    # In scripts without spaces a chunk may be a sentence, and a character is about a token.
    dense = 0 if chunk.isascii() else sum(map(is_dense, chunk))
    return dense or _TOKENS_A_WORD


def assemble(items: Iterable[Item], max_tokens: int, least: int = LEAST) -> Context:
    """The best of these memories within `max_tokens`.

    Each may take its share of the budget by its score, and `least` in any case; what is longer is
    cut where a fair part of it fits, and has what others leave.
    """
    scored = sorted(((each.score, each) for each in items), key=lambda each: -each[0])
    once = list(_once(scored))
    total = sum(worth for worth, _ in once) or 1.0
    taken: list[Taken] = []
    whole: dict[int, str] = {}
    used = 0
    for worth, item in once:
        left = max_tokens - used
        size = tokens(item.text)
        share = min(max(int(worth / total * max_tokens), least), left)
        if size <= share:
            part = Taken(item.engram, item.text, worth, size)
        elif share >= least:
            text = _cut(item.text, share)
            part = Taken(item.engram, text, worth, tokens(text), True)
            whole[item.engram] = item.text
        else:
            continue
        taken.append(part)
        used += part.tokens
    taken, used = _longer(taken, whole, max_tokens, used)
    return Context(tuple(taken), used, len(scored) - len(taken), len(scored) - len(once))


def _longer(
    taken: Sequence[Taken], whole: dict[int, str], max_tokens: int, used: int
) -> tuple[list[Taken], int]:
    """Give what was cut the room that is left, the best first."""
    grown: list[Taken] = []
    for part in taken:
        room = max_tokens - used
        if part.cut and room > 0:
            text = whole[part.engram]
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


def _lengthened(part: Taken, text: str, room: int) -> Taken:
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


def _once(ranked: Iterable[tuple[float, Item]]) -> Iterator[tuple[float, Item]]:
    """Items without those that say the same as one before."""
    kept: list[tuple[frozenset[str], frozenset[str]]] = []
    for worth, item in ranked:
        said, telling = _said(item.text)
        if not any(telling == other and _same(said, words) for words, other in kept):
            kept.append((said, telling))
            yield worth, item


def _said(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, and those of them that no near-duplicate may change.

    These are numbers, names (but the first word, which has its capital anyway) and denials.
    """
    said: set[str] = set()
    telling: set[str] = set()
    for place, raw in enumerate(raw_tokens(text)):
        word = fold(raw)
        said.add(word)
        if (
            any(map(str.isdigit, word))
            or word in _DENIALS
            or (word.endswith("nt") and "'" in raw.replace("’", "'"))
            or (place and raw[:1].isupper())
        ):
            telling.add(word)
    return frozenset(said), frozenset(telling)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    return len(one & other) >= _ALIKE * len(one | other)
