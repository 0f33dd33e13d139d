"""What the turns before a question spoke of, and which of that a pronoun can mean.

The order follows centering (Grosz, Joshi & Weinstein 1995): what was asked for in the last turn,
then what it was about, then what came before. Whether a name is a he, a she or an it is read off
the library's own sentences (`pronouns`).
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
from workbench.recall.mentions import is_rather_a_verb, mentions
from workbench.recall.open_words import ASKS, PERSON, PHRASE, Line, read, unopened
from workbench.recall.records import Answer
from workbench.recall.value import is_date

#: Counts of he, she and it where sentences speak of a name.
Company = Callable[[str], tuple[int, int, int]]

#: What stands between the subjects of a question that has several.
ALSO = "; "
#: Letters of a subject; what is longer tells more than whom is meant.
_MOST = 90
_IS = later(
    r"\s*(?P<asks>who|what)(?:['’]s|\s+(?:is|was|are|were))\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: What ends “What is the estate called?” and “What is the stack like?” beside their subject.
_CALLED = later(r"\s+(?:called|named|like)$", re.IGNORECASE)
_NAME_OF = later(r"^the\s+names?\s+of\s+", re.IGNORECASE)
_ASKS_FOR_NAME = later(r"\s*what\s+(?:is|was|are|were)\b.*\b(?:called|named?)\b", re.IGNORECASE)
_JOINED = later(r"\s(?:and|or|&)\s")
_WHO = later(r"\s*who\b", re.IGNORECASE)
_WHICH = later(r"\s*(?:\w+\s+)?which\s+(?P<noun>(?!of\b)[\w-]+)", re.IGNORECASE)
_WHERE = later(r"\s*where\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that was spoken of.

    `person` says whether it was asked for with “who”, `asked` that it is the thing or place that
    answered “which” or “where”; `told` that only an answer names it. `sex` is "m" or "f" where a
    question before said “he” or “she” of it.
    """

    text: str
    person: bool = False
    asked: bool = False
    told: bool = False
    sex: str = ""

    @property
    def head(self) -> str:
        """The word that says what it is: “mate” of “the third mate of the Pequod”."""
        line = read(self.text)
        found = [each for each in line.chunks if each.kind == "np"]
        if not found:
            return self.text
        return line.words[found[0].own_end() - 1]

    @property
    def several(self) -> bool:
        """Whether more than one is meant, as far as its noun says so."""
        return _plural(self.head) or bool(_JOINED.search(self.text))


def subjects(turns: Sequence[Answer]) -> list[Subject]:
    """What was spoken of, most likely to be meant first, each once."""
    found: dict[str, Subject] = {}
    for turn in reversed(turns):
        for each in _of_turn(turn):
            known = found.get(each.text, each)
            # Whom an earlier question was about is no place that a later one asks for.
            found[each.text] = replace(
                known,
                person=known.person or each.person,
                asked=known.asked and not (known.person or each.person),
                told=known.told and each.told,
                sex=known.sex or each.sex,
            )
    return list(found.values())


def _of_turn(turn: Answer) -> Iterator[Subject]:
    """What a turn spoke of.

    What “who” asked for is spoken of next; else what was spoken of before goes on to be.
    """
    asked = unopened(turn.asked_as or turn.question)
    focus, others = subjects_of(asked)
    answer = answer_of(turn)
    carried = None
    if turn.about and ALSO not in turn.about:
        carried = Subject(turn.about, sex=_sex_said(turn.question))
    named = focus is not None and (focus.person or _ASKS_FOR_NAME.match(asked))
    # “Who is Ahab?” is answered by what he is, “Who is the captain?” by a name.
    if focus is not None and named and not (focus.person and focus.text[:1].isupper()):
        if answer and (not focus.person or person(answer) is not None):
            yield Subject(answer, person=focus.person)
            # Who the manager is, was answered: both are the same.
            focus = None if focus.person else focus
    elif answer and _WHO.match(asked) and person(answer) is not None:
        yield Subject(answer, person=True)
    if carried is not None and not (focus is not None and focus.person):
        yield carried
    if which := _WHICH.match(asked):
        # “On which island was he born?” asks for an island, whether or not it was found.
        yield Subject(answer or f"the {which['noun']}", asked=True)
    if focus is not None:
        yield focus
    if carried is not None:
        yield carried
    yield from others
    if answer:
        yield Subject(answer, asked=_WHERE.match(asked) is not None)
    if turn.sentences and not turn.abstained:
        yield from (Subject(name, told=True) for name in _names(turn.sentences[0].text))


def _names(sentence: str) -> list[str]:
    names = (each.raw for each in mentions(sentence))
    return [each for each in names if not (is_rather_a_verb(each) or is_date(each))]


def _plural(noun: str) -> bool:
    return noun.islower() and lemma(noun) != noun


def subjects_of(question: str) -> tuple[Subject | None, list[Subject]]:
    """What a question is about, and what else it names."""
    asked = question.strip().rstrip(" ?.!…")
    line = read(asked)
    free = [
        each
        for each in line.chunks
        if each.kind == "np"
        and set(line.tags[each.start : each.end]) & PHRASE
        and not (each.start and line.words[each.start - 1].lower() in (*ASKS, "many", "much"))
    ]
    together = [Subject(_words_of(line, each)) for each in free if each.items]
    free = [part for each in free for part in each.parts()]
    phrases = [_words_of(line, each) for each in free]
    inner = [Subject(_words_of(line, each.of)) for each in free if each.of is not None]
    whole = _IS.fullmatch(asked)
    if whole is not None:
        rest = _NAME_OF.sub("", _CALLED.sub("", whole["rest"]))
        # “What are the gardeners doing?” is about the gardeners.
        kinds = ["sub", "rel", "vg"] + ["ger"] * (whole["asks"].lower() == "what")
        behind = [c for c in line.chunks if c.start > 1 and c.kind in kinds]
        if behind and behind[0].kind != "rel":
            rest = asked[whole.start("rest") : line.tokens[behind[0].start].start].rstrip(" ,")
        phrases = [_NAME_OF.sub("", each) for each in phrases]
        if phrases and rest.startswith(phrases[0]) and len(rest) <= _MOST:
            others = [Subject(each) for each in phrases[1:]]
            owners = [owner for each in phrases if (owner := _owner(each))]
            return (
                Subject(rest, person=whole["asks"].lower() == "who"),
                [*others, *map(Subject, owners), *inner],
            )
    names = [each for each in phrases if each[:1].isupper()]
    rest_of = [each for each in phrases if each not in names]
    found = [Subject(each) for each in (*names, *rest_of) if len(each) <= _MOST]
    found += [Subject(owner) for each in phrases if (owner := _owner(each))]
    return (found[0], [*found[1:], *inner, *together]) if found else (None, [])


def _words_of(line: Line, chunk: Chunk) -> str:
    """The words of a phrase as they were written."""
    return line.text[line.tokens[chunk.start].start : line.tokens[chunk.end - 1].end]


def _owner(phrase: str) -> str:
    """Whose it is: “Mr. Darcy” of “Mr. Darcy's estate”."""
    found = re.match(r"(.+?)['’]s\s", phrase)
    return found[1] if found else ""


def answer_of(turn: Answer) -> str:
    """The name that a turn gave for an answer; "" where it gave none."""
    if turn.abstained or not turn.value:
        return ""
    value = " ".join(turn.value.split()).strip(" .,;:\"“”'")
    whole = len(value) <= _MOST and ":" not in value
    return value if whole and any(map(str.isupper, value)) else ""


def agreeing(kind: str, known: Sequence[Subject], company: Company | None) -> list[Subject]:
    """The subjects that a word of this kind can stand for, likelier first."""
    told = [each for each in known if each.told]
    known = [each for each in known if not each.told]
    if kind == "there":
        places = (each for each in known if each.asked or _agrees(each, "it", company))
        return sorted(places, key=lambda each: not each.asked)
    if kind == "they":
        return sorted(known, key=lambda each: not each.several)
    found = [each for each in known if _agrees(each, kind, company)]
    if kind == "it":
        # A ship is a she to those who sail it, and a god may be a carved one.
        return found or [each for each in known if not each.person and not _bare_name(each)]
    if found := found or [each for each in told if _agrees(each, kind, company)]:
        # A goat is a he, but not before somebody who is spoken of.
        return sorted(found, key=lambda each: not (each.person or _bare_name(each)))
    # A name that nothing is known of may be anybody's.
    named = [each for each in (*known, *told) if each.person or person(each.text) is not None]
    return [each for each in named if not _is_other(each, kind, company)]


def _bare_name(subject: Subject) -> bool:
    """Whether a subject is a name and no more: “Starbuck”, not “the Pequod”."""
    return subject.text[:1].isupper() and subject.head[:1].isupper()


def _sex_said(question: str) -> str:
    """The sex that the only pronoun of a question tells of what it stands for."""
    kinds = {PERSON[word] for word in raw_tokens(question.lower()) if word in PERSON}
    return ("m", "f", "")[kinds.pop()] if len(kinds) == 1 else ""


def _title(subject: Subject) -> str:
    """The sex that the title before a name tells, or what was said of it; "" where nothing does."""
    if subject.sex or _owner(subject.text):
        return subject.sex
    return TITLES.get(subject.text.split()[0].rstrip(".").casefold(), "")


def _is_other(subject: Subject, kind: str, company: Company | None) -> bool:
    """Whether a name is clearly not a he, or not a she: by more sentences than chance gives."""
    if title := _title(subject):
        return title != ("m" if kind == "he" else "f")
    he, she, it = (0, 0, 0) if company is None else company(subject.head)
    own, other = (he, she + it) if kind == "he" else (she, he + it)
    # “His” in one sentence of hers may be somebody else's; what one is in is nobody.
    return it > he + she or (other > own and (other - own) ** 2 > other + own)


def _agrees(subject: Subject, kind: str, company: Company | None) -> bool:
    """Whether the subject can be a he, a she or an it."""
    if subject.asked or (kind == "it" and subject.several):
        return kind == "it" and not subject.several
    if (title := _title(subject)) and not (subject.sex and kind == "it"):
        return kind == ("he" if title == "m" else "she")
    he, she, it = (0, 0, 0) if company is None else company(subject.head)
    if kind == "it":
        if _bare_name(subject):
            return not subject.person and it >= he + she and (it > 0 or company is None)
        return not subject.person and 3 * it >= he + she
    own, other = (he, she) if kind == "he" else (she, he)
    if subject.person:
        return own >= other
    # Of a cottage as many sentences go on with “he” as with anything else.
    somebody = _bare_name(subject) or subject.head in {*kinship(), *listed("person")}
    least = 0 if somebody else own + other + it
    return own > other + it and (own - other - it) ** 2 > least
