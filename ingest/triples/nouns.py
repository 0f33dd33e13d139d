"""Classes of English nouns that rules ask for: persons, works, places, offices, relations."""

from ingest.triples.records import ConceptKind, TermKind


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MALE = _set(
    """mr mr. sir lord king prince earl duke baron count emperor father son brother uncle husband
    man boy lad gentleman monk sultan bishop pope actor lt. captain colonel"""
)
FEMALE = _set(
    """mrs mrs. miss ms ms. lady queen princess duchess countess baroness empress mother daughter
    sister aunt wife woman girl actress nun madame"""
)
TITLE = MALE | FEMALE | _set("president chancellor dr. dr st. professor general crown")
ROLE = _set(
    """emperor king queen prince princess duke duchess earl baron count president chancellor bishop
    archbishop minister mayor governor"""
)
PERSON = (
    MALE
    | FEMALE
    | _set(
        """director writer author player footballer politician singer actor actress artist painter
        novelist officer leader founder owner manager president physicist chemist scientist scholar
        theologian jurist teacher critic child friend cousin nephew niece grandson granddaughter
        producer composer king queen ruler illustrator decorator designer businessman model
        socialite engineer economist historian philosopher poet musician rapper guitarist coach
        student soldier priest mathematician lawyer judge journalist editor chief head chairman
        secretary professor boss servant guest cottager stranger
        heir widower widow drummer bassist"""
    )
)
WORK = _set(
    """film movie song album novel book soundtrack single series show play game episode band company
    group team club tournament school university route highway system province district town city
    village river island festival award magazine newspaper station church museum organization
    organisation association party league opera musical comedy documentary drama thriller building
    airport season event project competition"""
)
#: What "they" may mean.
GROUP = _set("team band group duo trio company club family orchestra choir squad party league")
PLACE = _set(
    """city town village suburb county district province state country region river island lake sea
    capital street road station hamlet valley mountain area continent"""
)
#: Nouns that name a relation to what "of" brings: "X is the capital of Y".
RELATIONAL = _set(
    """son daughter brother sister half-brother half-sister father mother wife husband child nephew
    niece cousin uncle aunt grandson granddaughter owner manager director head boss chief founder
    leader capital member part author writer president ruler king queen emperor chairman secretary
    editor suburb remake sequel prequel cover adaptation installment centre center birthplace home
    mayor student pupil successor predecessor friend employee resident producer composer coach
    heir captain chancellor governor minister subsidiary branch form type kind version translation
    headquarters disciple apprentice mentor teacher"""
)
TIME = _set(
    """day weekend week month quarter moment year morning evening night afternoon time hour minute
    century decade today tomorrow yesterday monday tuesday wednesday thursday friday saturday
    sunday spring summer autumn winter age"""
)
#: Heads too thin for a concept of their own: "in other ways", "that sort".
LIGHT = _set("times ways sorts kinds way manner kind sort lot thing things time course fact case")
#: Filler of talk: a phrase whose head is one of these names nothing.
FILLER = _set("uh um er erm hmm ah oh ooh yeah yep wow haha lol okay ok hey hi hello thanks please")
_SENSORY = _set(
    """red green blue black white yellow bright dark loud quiet sweet bitter warm cold smell sound
    taste voice colour color light music noise"""
)
_STATE = _set(
    """love fear happiness sorrow joy anger hope despair health illness war peace horror
    indignation agony fatigue pain"""
)
_INTENT = _set("plan goal aim intention purpose wish dream")


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
