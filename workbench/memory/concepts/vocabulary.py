"""What the rules know of English words: the lists of `resources/language/en/concepts.txt`.

Lists decide only how words stand to one another; what a statement is about comes from the words
that no list has. Classes are the letters of `tags`.
"""

from ingest.language.word_lists import classes, entries


def _letters(cased: bool) -> dict[str, str]:
    return {
        word: head[-1]
        for head, words in entries("closed.txt")
        if head.startswith("cased_") == cased
        for word in words.split()
    }


#: Word → the class that it is always of; the same for words as they stand: what a capital tells.
CLOSED, CASED = _letters(cased=False), _letters(cased=True)

_KNOWN = classes("concepts.txt")
WEAK_VERBS = _KNOWN["weak_verbs"]
DESCRIPTIVE = _KNOWN["descriptive"]
SENSORY = _KNOWN["sensory"]
SENSATIONS = _KNOWN["sensations"]
PERCEIVING = _KNOWN["perceiving"]
EMOTIONS = _KNOWN["emotions"]
STATES = _KNOWN["states"]
STATE_PHRASES = _KNOWN["state_phrases"]
PLACES = _KNOWN["places"]
NOT_PLACES = _KNOWN["not_places"]
MOTION = _KNOWN["motion"]
GAZETTEER = _KNOWN["gazetteer"]
NOISE = _KNOWN["noise"]
NOISE_NAMES = _KNOWN["noise_names"]
IDLE_QUALITIES = _KNOWN["idle_qualities"]
NAMES_IN_S = _KNOWN["names_in_s"]
PEOPLES = _KNOWN["peoples"]
CLOSED_COMPOUNDS = _KNOWN["closed_compounds"]
