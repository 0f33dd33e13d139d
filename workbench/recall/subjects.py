"""The subjects of previous turns, as antecedents of pronouns.

Their order follows centering theory (Grosz, Joshi & Weinstein 1995): the answer of the last turn,
then its topic, then earlier ones. The pronoun of a name is determined from the library's sentences
(`pronouns`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.word_lists import kinship
from ingest.language.word_lists import words as listed
from ingest.patterns import later
from ingest.triples.chunking import Chunk
from ingest.triples.lexicon import lemma
from workbench.memory.graph.people import TITLES, person
from workbench.memory.words import raw_tokens
from workbench.recall.mentions import is_probably_verb, mentions
from workbench.recall.open_words import ASKS, PERSON, PHRASE, Line, read, unopened
from workbench.recall.records import Answer
from workbench.recall.value import is_date

#: Returns the counts of he, she and it for a name.
Company = Callable[[str], tuple[int, int, int]]

#: The separator of the subjects of a compound question.
ALSO = "; "
#: Maximum characters of a subject.
_LIMIT = 90
_IS = later(
    r"\s*(?P<asks>who|what)(?:['’]s|\s+(?:is|was|are|were))\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: The end of “What is the estate called?” and “What is the stack like?”.
_TITLED = frozenset(("called", "named", "like"))
_NAME_OF = later(r"^the\s+names?\s+of\s+", re.IGNORECASE)
_NAMING = frozenset(("called", "name", "named"))
_BE = (["is"], ["was"], ["are"], ["were"])
_JOINING = frozenset(("and", "or", "&"))
#: What is taken and is nothing: “took part”.
_TAKEN = frozenset(("advantage", "care", "note", "part", "place"))
#: Quantities, which name nothing.
_QUANTITIES = frozenset(("all", "any", "each", "every", "everyone", "some"))
_WHICH_NOUN = later(r"\s*(?:\w+\s+)?which\s+(?P<noun>(?!of\b)[\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """A possible antecedent.

    `person`: it was asked for with “who”; `asked`: it is the answer to “which” or “where”; `told`:
    only an answer names it. `sex` is "m" or "f" if a previous question used “he” or “she” for it.
    """

    text: str
    person: bool = False
    asked: bool = False
    told: bool = False
    sex: str = ""

    @property
    def head(self) -> str:
        """The head noun: “mate” of “the third mate of the Pequod”."""
        line = read(self.text)
        matches = [chunk for chunk in line.chunks if chunk.kind == "np"]
        if not matches:
            return self.text
        return line.words[matches[0].head_end() - 1]

    @property
    def is_quantity(self) -> bool:
        """Whether it is a quantity of something: “all people”."""
        return self.text.split()[0].lower() in _QUANTITIES

    @property
    def several(self) -> bool:
        """Whether it is plural, by its noun."""
        head = self.head
        is_plural = head.islower() and lemma(head) != head
        return is_plural or not _JOINING.isdisjoint(self.text.split()[1:-1])


def subjects(turns: Sequence[Answer]) -> list[Subject]:
    """The subjects of turns without duplicates, likeliest first."""
    by_text: dict[str, Subject] = {}
    for turn in reversed(turns):
        for item in _of_turn(turn):
            existing = by_text.get(item.text, item)
            # The topic of an earlier question is not the place that a later one asks for.
            by_text[item.text] = replace(
                existing,
                person=existing.person or item.person,
                asked=existing.asked and not (existing.person or item.person),
                told=existing.told and item.told,
                sex=existing.sex or item.sex,
            )
    return list(by_text.values())


def _of_turn(turn: Answer) -> Iterator[Subject]:
    """Yield the subjects of a turn.

    The answer to “who” is the next topic; otherwise the topic continues.
    """
    question = unopened(turn.asked_as or turn.question)
    focus, alternatives = subjects_of(question)
    answer = answer_of(turn)
    carried = None
    if turn.about and ALSO not in turn.about:
        carried = Subject(turn.about, sex=_pronoun_sex(turn.question))
    asked = raw_tokens(question.lower())
    asks_name = asked[:1] == ["what"] and asked[1:2] in _BE and not _NAMING.isdisjoint(asked)
    is_name = focus is not None and (focus.person or asks_name)
    # The answer to “Who is Ahab?” is a description, to “Who is the captain?” a name.
    if focus is not None and is_name and not (focus.person and focus.text[:1].isupper()):
        if answer and (not focus.person or person(answer) is not None):
            yield Subject(answer, person=focus.person)
            # The manager and the answer are the same person.
            focus = None if focus.person else focus
    elif answer and _opens_with(question, "who") and person(answer) is not None:
        yield Subject(answer, person=True)
    if carried is not None and not (focus is not None and focus.person):
        yield carried
    if choice := _WHICH_NOUN.match(question):
        # “On which island was he born?” is about an island, answered or not.
        yield Subject(answer or f"the {choice['noun']}", asked=True)
    if focus is not None:
        yield focus
    if carried is not None:
        yield carried
    yield from alternatives
    if answer:
        yield Subject(answer, asked=_opens_with(question, "where"))
    if turn.sentences and turn.found:
        names = (mention.raw for mention in mentions(turn.sentences[0].text))
        yield from (
            Subject(name, told=True)
            for name in names
            if not (is_probably_verb(name) or is_date(name))
        )


def _opens_with(question: str, word: str) -> bool:
    opening, tail = question.lstrip()[: len(word)], question.lstrip()[len(word) :]
    return opening.lower() == word and not tail[:1].isalnum()


def subjects_of(question: str) -> tuple[Subject | None, list[Subject]]:
    """The topic of a question, and the other subjects in it."""
    query = question.strip().rstrip(" ?.!…")
    line = read(query)
    free = [
        chunk
        for chunk in line.chunks
        if chunk.kind == "np"
        and set(line.tags[chunk.start : chunk.end]) & PHRASE
        and not (chunk.start and line.words[chunk.start - 1].lower() in (*ASKS, "many", "much"))
        and not _is_request(line, chunk)
        and not _is_idiom(line, chunk)
    ]
    joint = [Subject(_words_of(line, item)) for item in free if item.items]
    free = [part for item in free for part in item.parts()]
    phrases = [_words_of(line, item) for item in free]
    inner = [Subject(_words_of(line, item.of)) for item in free if item.of is not None]
    full = _IS.fullmatch(query)
    if full is not None:
        remainder, _, final = full["rest"].rpartition(" ")
        remainder = remainder.rstrip() if final.lower() in _TITLED and remainder else full["rest"]
        remainder = _NAME_OF.sub("", remainder)
        # “What are the gardeners doing?” is about the gardeners.
        kinds = ["sub", "rel", "vg"] + ["ger"] * (full["asks"].lower() == "what")
        following = [c for c in line.chunks if c.start > 1 and c.kind in kinds]
        if following and following[0].kind != "rel":
            remainder = query[full.start("rest") : line.tokens[following[0].start].start].rstrip(
                " ,"
            )
        phrases = [_NAME_OF.sub("", phrase) for phrase in phrases]
    owners = [Subject(owner) for phrase in phrases if (owner := _owner(phrase))]
    is_whole = full is not None and phrases and remainder.startswith(phrases[0])
    if full is not None and is_whole and len(remainder) <= _LIMIT:
        focus = Subject(remainder, person=full["asks"].lower() == "who")
        return focus, [*map(Subject, phrases[1:]), *owners, *inner]
    # Names first.
    phrases = sorted(phrases, key=lambda phrase: not phrase[:1].isupper())
    matches = [*(Subject(name) for name in phrases if len(name) <= _LIMIT), *owners]
    return (matches[0], [*matches[1:], *inner, *joint]) if matches else (None, [])


def _is_request(line: Line, chunk: Chunk) -> bool:
    """Whether a phrase at the beginning is a verb before its object: “List all people”."""
    opens = {word.lower() for word in line.words[: chunk.start]} <= {"please"}
    has_object = any(other.kind == "np" and other.start == chunk.end for other in line.chunks)
    return opens and has_object and is_probably_verb(line.words[chunk.start].lower())


def _is_idiom(line: Line, chunk: Chunk) -> bool:
    """Whether a noun belongs to its verb and names nothing: “took part”."""
    is_taken = chunk.start and lemma(line.words[chunk.start - 1].lower()) == "take"
    return bool(is_taken) and line.words[chunk.start].lower() in _TAKEN


def _words_of(line: Line, chunk: Chunk) -> str:
    """The text of a phrase."""
    return line.text[line.tokens[chunk.start].start : line.tokens[chunk.end - 1].end]


def _owner(phrase: str) -> str:
    """The owner: “Mr. Darcy” of “Mr. Darcy's estate”."""
    return phrase[: max(phrase.replace("’", "'").find("'s ", 1), 0)]


def answer_of(turn: Answer) -> str:
    """The name in the answer of a turn; "" if there is none."""
    if not turn.found or not turn.value:
        return ""
    value = " ".join(turn.value.split()).strip(" .,;:\"“”'")
    complete = len(value) <= _LIMIT and ":" not in value
    return value if complete and any(map(str.isupper, value)) else ""


def agreeing(kind: str, entities: Sequence[Subject], company: Company | None) -> list[Subject]:
    """The subjects that agree with a pronoun class, likeliest first."""
    statements = [item for item in entities if item.told]
    entities = [item for item in entities if not item.told]
    if kind == "there":
        places = (item for item in entities if item.asked or _agrees(item, "it", company))
        return sorted(places, key=lambda item: not item.asked)
    if kind == "they":
        return sorted(entities, key=lambda item: not item.several)
    matches = [item for item in entities if _agrees(item, kind, company)]
    if kind == "it":
        # A ship may be “she”, and a god a carved one.
        things = [item for item in entities if not (item.person or item.asked)]
        return matches or sorted(
            (item for item in things if not _is_plain_name(item) or _is_unknown(item, company)),
            key=_is_plain_name,
        )
    if matches := matches or [item for item in statements if _agrees(item, kind, company)]:
        # A goat is a he, but after people.
        return sorted(matches, key=lambda item: not (item.person or _is_plain_name(item)))
    # An unknown name may have any sex.
    return [
        item
        for item in (*entities, *statements)
        if (item.person or person(item.text) is not None) and not _is_other(item, kind, company)
    ]


def _is_unknown(subject: Subject, company: Company | None) -> bool:
    """Whether the sex of a name is unknown."""
    return not _title(subject) and not any(_counts(subject, company)[:2])


def _counts(subject: Subject, company: Company | None) -> tuple[int, int, int]:
    """The counts of he, she and it for a subject."""
    return (0, 0, 0) if company is None else company(subject.head)


def _is_plain_name(subject: Subject) -> bool:
    """Whether a subject is only a name: “Starbuck”, not “the Pequod”."""
    return subject.text[:1].isupper() and subject.head[:1].isupper()


def _pronoun_sex(question: str) -> str:
    """The sex of the only pronoun of a question."""
    kinds = {PERSON[word] for word in raw_tokens(question.lower()) if word in PERSON}
    return ("m", "f", "")[kinds.pop()] if len(kinds) == 1 else ""


def _title(subject: Subject) -> str:
    """The sex by the title of a name, or by former pronouns; "" if unknown."""
    if subject.sex or _owner(subject.text):
        return subject.sex
    return TITLES.get(subject.text.split()[0].rstrip(".").casefold(), "")


def _is_other(subject: Subject, kind: str, company: Company | None) -> bool:
    """Whether a name is significantly of the other sex, or a thing."""
    if title := _title(subject):
        return title != ("m" if kind == "he" else "f")
    he, she, it = _counts(subject, company)
    primary, other = (he, she + it) if kind == "he" else (she, he + it)
    # “His” in a sentence on her may refer to somebody else; a location is not a person.
    return it > he + she or (other > primary and (other - primary) ** 2 > other + primary)


def _agrees(subject: Subject, kind: str, company: Company | None) -> bool:
    """Whether the subject can be a he, a she or an it."""
    if subject.asked or (kind == "it" and subject.several):
        # “At the end of the lane” is a location, not an it.
        located = read(subject.text).tags[:1] == "I" and subject.head.islower()
        return kind == "it" and not (subject.several or located)
    if (title := _title(subject)) and not (subject.sex and kind == "it"):
        return kind == ("he" if title == "m" else "she")
    he, she, it = _counts(subject, company)
    if kind == "it":
        if _is_plain_name(subject):
            return not subject.person and it >= he + she and (it > 0 or company is None)
        return not subject.person and 3 * it >= he + she
    primary, other = (he, she) if kind == "he" else (she, he)
    if subject.person:
        return primary >= other
    # For a cottage, “he” follows as often as anything else.
    is_person = _is_plain_name(subject) or subject.head in {*kinship(), *listed("person")}
    minimum = 0 if is_person else primary + other + it
    return primary > other + it and (primary - other - it) ** 2 > minimum
