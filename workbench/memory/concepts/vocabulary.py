"""The English word lists of the rules, from `resources/language/en/concepts.txt`.

Lists determine only how words relate; the concepts themselves come from words in no list. Classes
are the letters of `tags`.
"""

from ingest.language.word_lists import classes, entries


def _letters(cased: bool) -> dict[str, str]:
    return {
        word: head[-1]
        for head, words in entries("closed.txt")
        if head.startswith("cased_") == cased
        for word in words.split()
    }


#: Word → its class, regardless of context; and for exact spellings, by their capitals.
CLOSED, CASED = _letters(cased=False), _letters(cased=True)

_CLASSES = classes("concepts.txt")
WEAK_VERBS = _CLASSES["weak_verbs"]
DESCRIPTIVE = _CLASSES["descriptive"]
SENSORY = _CLASSES["sensory"]
SENSATIONS = _CLASSES["sensations"]
PERCEIVING = _CLASSES["perceiving"]
EMOTIONS = _CLASSES["emotions"]
STATES = _CLASSES["states"]
STATE_PHRASES = _CLASSES["state_phrases"]
PLACES = _CLASSES["places"]
NOT_PLACES = _CLASSES["not_places"]
MOTION = _CLASSES["motion"]
GAZETTEER = _CLASSES["gazetteer"]
NOISE = _CLASSES["noise"]
NOISE_NAMES = _CLASSES["noise_names"]
IDLE_QUALITIES = _CLASSES["idle_qualities"]
NAMES_IN_S = _CLASSES["names_in_s"]
PEOPLES = _CLASSES["peoples"]
CLOSED_COMPOUNDS = _CLASSES["closed_compounds"]
#: Preposition and noun that are together only a connective or adverb.
IDLE_PHRASES = _CLASSES["idle_phrases"]
#: Light verbs that denote an action if they have an object.
WITH_OBJECT = _CLASSES["with_object"]
#: Particles within names: Lady Catherine de Bourgh.
PARTICLES = _CLASSES["particles"]
#: Verbs in the singular, which imply a singular subject.
SINGULAR_VERBS = _CLASSES["singular_verbs"]
