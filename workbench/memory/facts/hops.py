"""Questions that name somebody by another: "where was the director of Silver Tide born?".

Who that is, one fact tells; what is asked of them, another does. So the one is asked for first, and
the question once more with their name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.patterns import later
from workbench.memory.facts import speech
from workbench.memory.facts.reading import tokens

#: A name is words in capitals, with initials and particles between them.
_ASKING = (
    r"(?!(?:Who|Whom|Whose|What|Which|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had"
    r"|Can|Could|Will|Would|Should|Must|May|Might)\b)"
)
_NAME = (
    _ASKING + r"[^\W\d_a-z][\w.’'-]*(?: (?:(?:de|van|von|der|di|da|la|of) )?[^\W\d_a-z][\w.-]*)*"
)
_NOUN = r"(?P<{0}>[a-z][a-z-]+(?: [a-z][a-z-]+)?)"
_WAYS = (
    later(rf"\b[Tt]he {_NOUN.format('noun')} of (?P<whose>(?:[Tt]he )?{_NAME})"),
    later(rf"(?P<owner>{_NAME})['’]s? {_NOUN.format('noun')}"),
    later(rf"\b(?P<mine>my|our) {_NOUN.format('noun')}"),
)
_NEVER = speech.these("name number address code date email phone age birthday")


@dataclass(frozen=True, slots=True)
class Hop:
    """Who is to be asked for first, in a question, and what then stands around their name."""

    who: str
    before: str
    after: str

    def then(self, name: str) -> str:
        """The question about who was found."""
        return f"{self.before}{name}{self.after}"


def hops(question: str) -> Iterator[Hop]:
    """The ways over another by which a question may be answered."""
    for way in _WAYS:
        for found in way.finditer(question):
            for stop in _ends(found["noun"]):
                end = found.start("noun") + len(stop) if way is not _WAYS[0] else found.end()
                said = question[found.start() : end]
                before, after = question[: found.start()], question[end:]
                if stop.split()[-1] not in _NEVER and _asks_more(before, after):
                    yield Hop(f"Who is {said}?", before, after)


def _ends(noun: str) -> Iterator[str]:
    """The nouns that a run of words may be: "sister", "sister live"."""
    said = noun.split()
    yield noun
    if len(said) > 1:
        yield said[0]


def _asks_more(before: str, after: str) -> bool:
    """Whether more is asked than who that is."""
    rest = [token.word for token in tokens(f"{before} {after}") if not token.mark]
    idle = speech.COPULAS | speech.these("who what which the please")
    return any(word not in idle for word in rest)


def is_name(text: str) -> bool:
    """Whether an answer can stand in a question in the place of whom it names."""
    return re.fullmatch(_NAME, text) is not None
