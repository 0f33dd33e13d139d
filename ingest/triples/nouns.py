"""Classes of English nouns that rules ask for: persons, works, places, offices, relations."""

from ingest.language.word_lists import classes
from ingest.triples.records import ConceptKind, TermKind

_CLASSES = classes("triple_nouns.txt")
MALE = _CLASSES["male"]
FEMALE = _CLASSES["female"]
TITLE = MALE | FEMALE | _CLASSES["title"]
ROLE = _CLASSES["role"]
PERSON = MALE | FEMALE | _CLASSES["person"]
WORK = _CLASSES["work"]
GROUP = _CLASSES["group"]
PLACE = _CLASSES["place"]
RELATIONAL = _CLASSES["relational"]
TIME = _CLASSES["time"]
LIGHT = _CLASSES["light"]
FILLER = _CLASSES["filler"]
_SENSORY = _CLASSES["sensory"]
_STATE = _CLASSES["state"]
_INTENT = _CLASSES["intent"]


def concept_kind(head: str, kind: TermKind) -> ConceptKind:
    """What sort of concept a phrase with this head stands for, by lists and endings."""
    found: ConceptKind = "concept"
    if kind == "date" or head in TIME:
        found = "time"
    elif kind == "adjective":
        found = "sensory" if head in _SENSORY else "state"
    elif head in PLACE:
        found = "place"
    elif kind == "name":
        found = "entity"
    elif head in _SENSORY:
        found = "sensory"
    elif head in _STATE:
        found = "state"
    elif head in PERSON or head in WORK:
        found = "entity"
    elif head in _INTENT:
        found = "intent"
    elif head.endswith(("tion", "ment", "ing")):
        found = "action"
    return found
