"""Guesses the kind of a statement from its first words.

A label (“TODO: …”) says it; a few phrases by which people speak of what they themselves have
decided, prefer or found out say it as well. Everything else is a plain fact: a wrong kind, which
may let a memory expire, is worse than none. Languages other than English have the same few phrases.
"""

import re

from ingest.language.word_lists import classes
from ingest.patterns import later

_LABELS = {
    "todo": "to-?do|to do|task|aufgabe|zu erledigen|à faire|a faire|por hacer|da fare|a fazer"
    "|待办|やること",
    "decision": "decision|decided|entscheidung|beschluss|décision|decisión|decisione|decisão|决定",
    "preference": "preference|vorliebe|préférence|preferencia|preferenza|preferência",
    "insight": "insight|lesson|lesson learn(?:ed|t)|learn(?:ed|t)|til|aha|erkenntnis|leçon"
    "|lección|lezione|lição",
    "context": "context|kontext|contexte|contexto|contesto",
    "error": "error|bug|exception|known issue|fehler|erreur|errore|erro"
    r"|(?-i:[A-Z][A-Za-z_.]*(?:Error|Exception))",
    "workflow": "workflow|procedure|how-?to|ablauf|vorgehen|procédure|procedimiento|procedura"
    "|procedimento",
    "reference": "reference|ref|see also|docs|documentation|source code|referenz|siehe auch"
    "|référence|voir aussi|referencia|riferimento|referência",
}
_WE = (
    r"(?:i|we|(?:the|our|my) (?:team|group|board|committee|family|crew|council)|everyone)"
    r"(?:'ve| have| has|'d| had)?(?: (?:also|just|finally|now|jointly|all|together|already))*"
)
_PHRASES = {
    "todo": r"(?:please )?(?:don't forget|do not forget|remember|remind me) to\b"
    r"|(?:ich darf|wir dürfen) nicht vergessen\b|(?:n'oublie|n'oublions) pas de\b"
    r"|no (?:olvidar|olvides)\b",
    "decision": rf"{_WE} (?:decided|agreed|resolved|opted|voted|chose) (?:to|on|that|against|not)\b"
    rf"|{_WE} (?:opted for|decided for|settled on|chose)\b"
    r"|(?:decided|agreed) (?:to|on|that|against)\b|it was decided (?:to|that)\b"
    r"|(?:wir haben|ich habe)(?: uns| mich)? (?:[^.]{1,60} )?(?:entschieden|beschlossen)\b"
    r"|(?:nous avons|on a|j'ai) décidé\b|(?:hemos decidido|decidimos)\b|abbiamo deciso\b",
    "preference": r"(?:i|we)(?:'d| would| do)?(?: (?:really|always|usually|generally|much|strongly"
    r"|still|also|both))* prefer\b|(?:my|our) (?:strong )?preference is\b|i(?:'d| would) rather\b"
    r"|(?:ich bevorzuge|wir bevorzugen|ich ziehe [^.]{1,60} vor)\b|(?:je préfère|nous préférons)\b"
    r"|(?:prefiero|preferimos|preferisco|preferiamo|prefiro)\b",
    "insight": r"(?:it )?turns out\b|(?:i|we)(?: have|'ve)?(?: (?:just|finally|now))* "
    r"(?:reali[sz]ed|discovered|found out|figured out|learn(?:ed|t)) that\b"
    r"|(?:the )?(?:key|main) (?:insight|takeaway|lesson)\b|mir wurde klar\b",
    # "To close the mill: stop the wheel, wait, lock the gate."
    "workflow": r"to [^:;.]{2,80}: [^:]+[,;>→].|step (?:1|one)\b\W",
}
_LABEL = later(
    r"\W*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")(?: ?[(\[][^)\]]{0,30}[)\]])? ?[:：]\s*\S",
    re.IGNORECASE,
)
_PHRASE = later("|".join(f"(?P<{kind}>{words})" for kind, words in _PHRASES.items()), re.IGNORECASE)
#: The words that phrases begin with: most statements begin with another.
_OPENING = classes("memory.txt")["kinds_guessing_opening"]
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
#: Nothing beyond this says of what kind a statement is.
_CHARACTERS = 200


def guess(text: str) -> str | None:
    """The kind that the wording of a statement tells; None where it is a plain fact."""
    begin = text[:_CHARACTERS].lstrip()
    if not begin.isascii():
        begin = begin.translate(_APOSTROPHES)
    kind = _label(begin)
    if kind is None and begin.partition(" ")[0].lower() in _OPENING:
        found = _PHRASE.match(begin)
        kind = None if found is None else found.lastgroup
    return kind


def labelled(text: str) -> bool:
    """Whether a statement begins with the name of its kind: “Error: …” is said of no error."""
    return _label(text[:_CHARACTERS].translate(_APOSTROPHES)) is not None


def _label(begin: str) -> str | None:
    if ":" not in begin and "：" not in begin:
        return None
    found = _LABEL.match(begin)
    return None if found is None else found.lastgroup
