"""A tracer for tests: words of four letters are concepts, neighbours stand together."""

import re

from workbench.memory.concepts.records import AssociationType, Bond, ConceptSpan, ConceptType, Trace

_WORDS = re.compile(r"\w{4,}")


def trace(text: str, *, language: str = "", at: float | None = None) -> Trace:
    """Words of four letters and more; “because” between two of them makes one the cause."""
    found: dict[str, ConceptSpan] = {}
    bonds: list[Bond] = []
    cause = False
    for match in _WORDS.finditer(text):
        word = match[0]
        if word == "because":
            cause = True
            continue
        key = word.casefold()
        if key in found:
            continue
        kind = ConceptType.ENTITY if word[0].isupper() else ConceptType.CONCEPT
        found[key] = ConceptSpan(key, word, kind, match.start(), match.end(), 1.0)
        last = len(found) - 1
        if last:
            type = AssociationType.CAUSED_BY if cause else AssociationType.CO_OCCURS
            bonds.append(Bond(last - 1, type, last))
            cause = False
    return Trace(tuple(found.values()), tuple(bonds))
