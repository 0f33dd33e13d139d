"""Word classes of the grammar, beside those of `speech`, and what the form of a token tells."""

from workbench.memory.facts import speech
from workbench.memory.facts.reading import Token
from workbench.memory.facts.speech import these
from workbench.memory.irregular import LEMMAS

JOINING = these("and but while whereas yet")
SUBORDINATING = these("because since although though unless so which who where when as")
RELATIVE = these("who which that")
#: After a verb of saying these begin what is said.
SAYING = these("that when if what where")
#: Words at the end of a clause that say nothing of it.
TRAILING = these("now currently again too anymore nowadays instead please also btw though")
#: Words that begin a subject.
SUBJECTS = speech.DETERMINERS | speech.SELF | these("he she it they we you there")
POINTING = these("it he she they")
#: Who moves or changes a thing, and is not what is moved.
MOVING = speech.SELF | these("they he she")
RECEIVING = speech.SELF | these("him her them")
#: After these a verb need not bear the mark of one: “you like”, “to like”.
COMPANY = speech.SELF | these("you they we to people")
HAVING = these("has have had")
NAUGHT = these("no nothing nobody none neither")
TIMES = speech.TIME_WORDS | speech.WEEKDAYS | speech.MONTHS
#: Words that may stand between words of time.
TIMELY = speech.PREPOSITIONS | these("last next this the of a each every ago as")
QUALIFYING = speech.ADVERBS | speech.NEGATIONS


def is_plain_verb(token: Token) -> bool:
    """Whether it is a form of a known verb that bears the mark of a finite one."""
    return bool(speech.verb_of(token.word)) and speech.is_inflected(token.word)


def is_participle(word: str) -> bool:
    """Whether a word looks like a participle."""
    return word.endswith(("ed", "en")) or word in LEMMAS


def is_plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    return word.endswith("s") and not word.endswith("ss") and not speech.verb_of(word)


def labels(token: Token) -> bool:
    """Whether a colon behind a token makes it a label."""
    return token.after.startswith(":") or token.after.endswith((":", "："))
