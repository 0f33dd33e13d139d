"""Classes of English nouns: persons, works, places, offices, relations."""

from ingest.language.word_lists import classes
from ingest.triples.records import ConceptKind, TermKind

_CLASSES = classes("triple_nouns.txt")
MALE = _CLASSES["male"]
FEMALE = _CLASSES["female"]
TITLE = MALE | FEMALE | _CLASSES["title"]
ROLE = _CLASSES["role"]
PERSON = MALE | FEMALE | _CLASSES["person"]
WORK = _CLASSES["work"]
PLACE = _CLASSES["place"]
RELATIONAL = _CLASSES["relational"]
TIME = _CLASSES["time"]
LIGHT = _CLASSES["light"]
FILLER = _CLASSES["filler"]
_SENSORY = _CLASSES["sensory"]
_STATE = _CLASSES["state"]
_INTENT = _CLASSES["intent"]


def gender(address: str) -> str:
    """The gender ("m", "f") of a title or first name in lower case, or ""."""
    return "m" if address in MALE else "f" if address in FEMALE else ""


def concept_kind(head: str, kind: TermKind) -> ConceptKind:
    """The kind of concept of a phrase with this head, by lists and endings."""
    concept: ConceptKind = "concept"
    if kind == "date" or head in TIME:
        concept = "time"
    elif kind == "adjective":
        concept = "sensory" if head in _SENSORY else "state"
    elif head in PLACE:
        concept = "place"
    elif kind == "name":
        concept = "entity"
    elif head in _SENSORY:
        concept = "sensory"
    elif head in _STATE:
        concept = "state"
    elif head in PERSON or head in WORK:
        concept = "entity"
    elif head in _INTENT:
        concept = "intent"
    elif head.endswith(("tion", "ment", "ing")):
        concept = "action"
    return concept
