"""Discourse context of a passage: antecedents of pronouns and short names.

In an encyclopaedia the title is the antecedent of nearly every pronoun; in conversation "I" is the
speaker; in a novel it is the latest name of the pronoun's gender, with confidence falling by
distance.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.triples import nouns, words
from ingest.triples.lexicon import lexicon, word_tag
from ingest.triples.records import TermKind, Triple
from ingest.triples.speech import NARRATOR, Speech, speech_at
from ingest.triples.tokens import Title, title_of
from ingest.triples.words import CLASSES

_REMEMBERED = 40
_FIRST = CLASSES["first_person"]
_SECOND = frozenset(("you", "your", "yourself"))
_HE = CLASSES["masculine"]
_SHE = CLASSES["feminine"]
_IT = frozenset(("it", "its", "itself"))
_THEY = CLASSES["plural_pronoun"]
_NOT_OF_NAME = CLASSES["address"]
_PERSON_ENDINGS = ("ist", "ian", "eer")

_HE_WORDS = re.compile(r"\b(?:he|his|him)\b", re.I)
_SHE_WORDS = re.compile(r"\b(?:she|her)\b", re.I)
_IT_WORDS = re.compile(r"\b(?:it|its)\b", re.I)
_DEFINITION = re.compile(r"\b(?:is|was|are|were)\b((?:(?!\bof\b)[^.])*)")
_DEFINITION_END = re.compile(
    r"[,;(\"“]| (?:by|who|which|that|in|from|for|best|born|directed|written|and|with|at|on|to|based"
    r"|located|set|released|whose)\b"
)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")


class Phrase(NamedTuple):
    """A noun phrase as a concept: normal form, head, and confidence."""

    text: str
    head: str
    confidence: float
    kind: TermKind


class Referent(NamedTuple):
    """The antecedent of a pronoun, and its confidence."""

    name: str
    confidence: float

    def phrase(self, confidence: float) -> Phrase:
        """The name as a phrase with this confidence."""
        return Phrase(self.name, self.name.split()[-1].lower(), confidence, "name")


class Mention(NamedTuple):
    """A mentioned name. `gender` is "m", "f", "n" for a thing or "" for unknown."""

    name: str
    gender: str
    subject: bool


@dataclass(slots=True)
class Context:
    """The names, the speaker and the topic of the current passage."""

    speaker: str | None = None
    listener: str | None = None
    narrator: bool = False
    genders: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    title_gender: str = ""
    title_token: Title | None = None
    kind_words: frozenset[str] = frozenset()
    speeches: list[Speech] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    full: dict[str, str] = field(default_factory=dict)
    plural: str | None = None

    def entitle(self, title: str, text: str) -> None:
        """Set the topic by the title and first words."""
        short = _IN_BRACKETS.sub("", title).strip()
        if not short:
            return
        self.title, self.title_token = short, title_of(short)
        he, she = len(_HE_WORDS.findall(text)), len(_SHE_WORDS.findall(text))
        words = _defining(text)
        self.kind_words = frozenset(
            word
            for word in words[-3:]
            if word and word_tag(word, False) == "N" and word not in nouns.TIME
        )
        kind = next((word for word in reversed(words) if _is_kind(word)), None)
        first = title.split()[0].lower()
        person = (
            kind in nouns.PERSON or kind.endswith(_PERSON_ENDINGS)
            if kind
            else 0 < he + she >= len(_IT_WORDS.findall(text)) or nouns.gender(first) != ""
        )
        if not person or first == "the":
            self.title_gender = "n"
        elif he != she:
            self.title_gender = "m" if he > she else "f"
        else:
            self.title_gender = nouns.gender(first) or "?"
        # "Anthony Grey, 9th Earl of Kent" is referred to by the part before the comma.
        self.see(short, self.title_gender, True)

    def see(self, name: str, gender: str = "", subject: bool = False) -> str:
        """Record a name; returns the full one if it is part of an earlier name."""
        parts = [
            part
            for part in re.split(r"[\s-]+", name)
            if part[:1].isupper() and part.lower().rstrip(".") not in _NOT_OF_NAME
        ]
        if not parts:
            return name
        referent = self._full_name(name, parts)
        gender = gender or self._gender(name, referent, parts)
        if len(referent.split()) > 1 and gender != "n":
            for part in parts:
                if not _no_short_name(part):
                    self.full.setdefault(part, referent)
        if self.mentions and self.mentions[-1].name == referent:
            latest = self.mentions.pop()
            subject = subject or latest.subject
        self.mentions.append(Mention(referent, gender, subject))
        if len(self.mentions) > _REMEMBERED:
            del self.mentions[: _REMEMBERED // 2]
        return referent

    def _full_name(self, name: str, parts: list[str]) -> str:
        if len(parts) > 2 or any(_no_short_name(part) for part in parts):
            return name
        full = self.full.get(parts[-1])
        if full is None or (len(parts) > 1 and not all(part in full for part in parts)):
            return name
        if self._other_person(name.split()[0].lower(), full):
            return name
        entity = (
            full == self.title
            and self.title_gender == "n"
            and not name.lower().startswith("the ")
        )  # fmt: skip
        return full if len(full.split()) >= len(name.split()) and not entity else name

    def _other_person(self, address: str, full: str) -> bool:
        """ "Mrs. Collins" is not "Mr. Collins", nor is she "William Collins"."""
        gender, first = nouns.gender(address), full.split()[0]
        if gender and nouns.gender(first.lower()):
            return first.lower() != address
        return gender != "" and self.genders.get(first, gender) != gender

    def _gender(self, name: str, referent: str, parts: list[str]) -> str:
        recorded = (m.gender for m in reversed(self.mentions) if m.name == referent)
        address = nouns.gender(name.split()[0].lower())
        return address or self.genders.get(parts[0]) or next(recorded, "")

    def resolve(self, pronoun: str, place: int, besides: str | None = None) -> Referent | None:
        """The antecedent of a pronoun at this position, or None.

        `besides` is excluded: the subject of the verb whose object it is.
        """
        low = pronoun.lower()
        if low in _FIRST or low in _SECOND:
            return self._in_speech(low in _FIRST, place)
        if low in _HE or low in _SHE:
            gender = "m" if low in _HE else "f"
            if self.title and self.title_gender in (gender, "?"):
                return Referent(self.title, 0.9)
            return self._latest(gender, {besides, *self._talkers(place)})
        if low in _IT:
            inanimate = self.title if self.title_gender == "n" else None
            return Referent(inanimate, 0.85) if inanimate else None
        if low in _THEY and self.plural:
            return Referent(self.plural, 0.6)
        return None

    def _in_speech(self, first: bool, place: int) -> Referent | None:
        if self.speaker:
            name = self.speaker if first else self.listener
            return Referent(name, 0.95 if first else 0.9) if name else None
        speech = speech_at(self.speeches, place)
        if speech is None:
            return Referent(NARRATOR, 0.9) if first and self.narrator else None
        participant = speech.speaker if first else speech.listener
        if participant is None:
            return None
        if participant == "I":
            return Referent(NARRATOR, 0.9) if self.narrator else None
        if participant in ("he", "she"):
            referent = self.resolve(participant, speech.end)
            return Referent(referent.name, referent.confidence * 0.95) if referent else None
        return Referent(self.full.get(participant.split()[-1], participant), 0.85)

    def _talkers(self, place: int) -> tuple[str, ...]:
        """ "I" and "you" in the quotation here, who are no "he" or "she" of it."""
        speech = speech_at(self.speeches, place)
        if speech is None:
            return ()
        participants = (self._in_speech(first, place) for first in (True, False))
        return tuple(referent.name for referent in participants if referent)

    def _latest(self, gender: str, besides: Collection[str | None]) -> Referent | None:
        best: Referent | None = None
        between: set[str] = set()
        for mention in reversed(self.mentions):
            if mention.name in besides:
                continue
            age = len(between - {mention.name})
            between.add(mention.name)
            if mention.gender == gender:
                certainty = (0.76 if mention.subject else 0.62) - 0.02 * age
            elif mention.gender == "":
                certainty = (0.6 if mention.subject else 0.45) - 0.02 * age
            else:
                continue
            if best is None or certainty > best.confidence:
                best = Referent(mention.name, certainty)
        return best

    def after(self, triples: Iterable[Triple]) -> None:
        """Set the antecedent of "they" in the next sentence from these triples."""
        row = list(triples)
        subjects = list(dict.fromkeys(t.subject.text for t in row if t.subject.concept == "entity"))
        if len(subjects) == 2:
            self.plural = " and ".join(subjects)


def _defining(text: str) -> list[str]:
    """The words of the first "is a …" up to its modifiers."""
    match = _DEFINITION.search(text[:400])
    if not match:
        return []
    first = _DEFINITION_END.split(match.group(1).lower())[0]
    return [re.sub(r"[^\w-]", "", word) for word in first.split()]


def _no_short_name(part: str) -> bool:
    """Acronyms and offices, which are no short form of the one name that contains them."""
    return (part.isupper() and len(part) > 1) or part.lower() in nouns.ROLE


def _is_kind(word: str) -> bool:
    return (
        word in nouns.WORK
        or word in nouns.PERSON
        or word in nouns.PLACE
        or word.endswith(_PERSON_ENDINGS)
    )


_VOTE = re.compile(
    r"\b([A-Z][a-zà-ž]+)(?='?s?\b[^.!?;\"“”]{0,60}?\b(he|she|his|her|him|himself|herself)\b)"
)
_CLOSED = (
    words.DETERMINER
    | words.PREPOSITION
    | words.SUBORDINATOR
    | words.PRONOUN
    | words.POSSESSIVE
    | nouns.TITLE
)


def genders(text: str, minimum: int = 3, share: float = 0.75) -> dict[str, str]:
    """The gender, "m" or "f", of the first names of a source, by following pronouns.

    The first he or she within 60 characters of the same sentence votes; a name needs three votes
    with a majority of three quarters.
    """
    votes: dict[str, list[int]] = {}
    for match in _VOTE.finditer(text):
        vote = votes.setdefault(match.group(1), [0, 0])
        vote[match.group(2) in ("she", "her", "herself")] += 1
    return {
        name: "m" if male > female else "f"
        for name, (male, female) in votes.items()
        if max(male, female) >= max(minimum, share * (male + female)) and _is_name(name)
    }


def _is_name(name: str) -> bool:
    low = name.lower()
    return low not in lexicon() or (
        lexicon().get(name, "").startswith("NNP") and low not in _CLOSED
    )
