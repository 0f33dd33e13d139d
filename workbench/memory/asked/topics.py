"""The topics of a question: its words that say something, and the names in it as a whole.

Words meet in the key of a concept, so that `token` and `tokens` are one topic; a proper name of
several words is one, too. Linear in the length of the text, which is read up to a limit.
"""

from typing import NamedTuple

from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import ConceptType, Found
from workbench.memory.facts.reading import carries, tokens
from workbench.memory.facts.speech import these
from workbench.memory.vocabulary import STOP

#: Topics of one question, and characters of it that are read.
_MOST, _READ = 8, 1000
_LONGEST = 60
#: What people say to ask, and never what they ask about.
_ASKING = these(
    "say says said tell tells told show shows want wants know knows find finds look looks explain "
    "explains describe describes give gives list lists mean means think thinks remember recall "
    "mention mentions mentioned happen happens happened please thing things something anything "
    "everything need needs like get gets got make makes made use uses used way ways kind kinds"
)


class Topic(NamedTuple):
    """A topic as it is compared, and as it was written."""

    key: str
    name: str


def topics(text: str) -> tuple[Topic, ...]:
    """What a question is about, in its order, each topic once; at most eight."""
    # The rules that find names take a moment to be loaded: not before somebody asks.
    from workbench.memory.concepts.tracing import trace

    read = text[:_READ]
    whole = [each for each in trace(read).found if _is_proper(each)]
    found: dict[str, Topic] = {}
    rest: list[tuple[str, Found | None]] = []
    end = 0
    for name in sorted(whole, key=lambda each: each.start):
        if name.start >= end:
            rest.append((read[end : name.start], name))
            end = name.end
    for before, proper in (*rest, (read[end:], None)):
        for topic in _words(before):
            found.setdefault(topic.key, topic)
        if proper is not None:
            found.setdefault(proper.key, Topic(proper.key, proper.name[:_LONGEST]))
    return tuple(found.values())[:_MOST]


def _is_proper(found: Found) -> bool:
    """Whether a concept is a name of several words, each of them with a capital."""
    parts = found.name.split()
    return (
        len(parts) > 1
        and len(found.name) <= _LONGEST
        and found.type in (ConceptType.ENTITY, ConceptType.SPATIAL)
        and all(part[0].isupper() or part[0].isdigit() for part in parts)
    )


def _words(text: str) -> list[Topic]:
    words: list[Topic] = []
    for token in tokens(text):
        word = token.word
        if not carries(token) or word in _ASKING or len(word) > _LONGEST:
            continue
        if word in STOP and not token.capital:
            continue
        if word.isascii() and len(word) < 2 and not token.capital:
            continue
        key = key_of(word)
        if key:
            words.append(Topic(key, word))
    return words
