"""Closed classes of English words, which need no lexicon."""

from ingest.language.word_lists import classes

#: Every class by its name.
CLASSES = classes("triple_words.txt")
BE = CLASSES["be"]
HAVE = CLASSES["have"]
MONTH = CLASSES["month"]
PREPOSITION = CLASSES["preposition"]
SUBORDINATOR = CLASSES["subordinator"]
DETERMINER = CLASSES["determiner"]
POSSESSIVE = CLASSES["possessive"]
PRONOUN = CLASSES["pronoun"]
SUBJECT_PRONOUN = CLASSES["subject_pronoun"]
OBJECT_PRONOUN = CLASSES["object_pronoun"]
NEGATIVE = CLASSES["negative"]

ADVERBIAL = frozenset(pair.partition("_")[::2] for pair in CLASSES["adverbial"])
ADVERBIAL_FIRST = frozenset(first for first, _ in ADVERBIAL)

SAY = CLASSES["say"]
CHAIN_VERB = CLASSES["chain_verb"]
INTRANSITIVE = CLASSES["intransitive"]
PLACED = {
    preposition: CLASSES[f"placed_{preposition}"]
    for preposition in ("to", "with", "into", "on", "upon", "from", "in", "of")
}
ABBREVIATION = CLASSES["abbreviation"]
