"""Closed classes of English: the words whose part of speech no lexicon has to be asked for."""

from ingest.language.word_lists import classes

_CLASSES = classes("triple_words.txt")
BE = _CLASSES["be"]
HAVE = _CLASSES["have"]
DO = _CLASSES["do"]
MODAL = _CLASSES["modal"]
MONTH = _CLASSES["month"]
PREPOSITION = _CLASSES["preposition"]
SUBORDINATOR = _CLASSES["subordinator"]
DETERMINER = _CLASSES["determiner"]
POSSESSIVE = _CLASSES["possessive"]
PRONOUN = _CLASSES["pronoun"]
SUBJECT_PRONOUN = _CLASSES["subject_pronoun"]
OBJECT_PRONOUN = _CLASSES["object_pronoun"]
REFLEXIVE = _CLASSES["reflexive"]
RELATIVE = _CLASSES["relative"]
NEGATIVE = _CLASSES["negative"]
PARTITIVE = _CLASSES["partitive"]
PARTICLE = _CLASSES["particle"]
NAME_PARTICLE = _CLASSES["name_particle"]
CURRENCY = _CLASSES["currency"]

ADVERBIAL = frozenset(pair.partition("_")[::2] for pair in _CLASSES["adverbial"])
ADVERBIAL_FIRST = frozenset(first for first, _ in ADVERBIAL)
ADVERB_ALWAYS = _CLASSES["adverb_always"]
ADJECTIVE_ALWAYS = _CLASSES["adjective_always"]

SAY = _CLASSES["say"]
CHAIN_VERB = _CLASSES["chain_verb"]
PROMISING = _CLASSES["promising"]
LINKING = _CLASSES["linking"]
NOUN_PARTICIPLE = _CLASSES["noun_participle"]
DITRANSITIVE = _CLASSES["ditransitive"]
INTRANSITIVE = _CLASSES["intransitive"]
PLACED = {
    preposition: _CLASSES[f"placed_{preposition}"]
    for preposition in ("to", "with", "into", "on", "upon", "from", "in", "of")
}
ABBREVIATION = _CLASSES["abbreviation"]
