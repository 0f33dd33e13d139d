"""Records of the analysis. All are frozen; positions count characters of the text."""

from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["noun", "name", "pronoun", "adjective", "number", "time", "clause", "anybody"]
Tense = Literal["present", "past", "perfect", "future"]
Modality = Literal["asserted", "possible", "conditional", "planned", "obliged", "quoted"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its possible tags, likeliest first (see `ingest.triples.lexicon`)."""

    word: str
    low: str
    start: int
    end: int
    tags: str

    def may_be(self, tags: str) -> bool:
        """Whether one of these is among its tags."""
        possible = self.tags
        for tag in tags:  # noqa: SIM110 - many times as fast as any() over a generator
            if tag in possible:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: head (singular, lower case), modifiers, owner.

    `text` is its surface form from `start` to `end`. `owner` is its possessor, `number` a count,
    `inside` its prepositions ("" for “Rome, Italy”), `members` those of a list, `relatives` its
    relative clauses (with the phrase itself left out), `names` its appositions.
    """

    head: str
    text: str
    start: int
    end: int
    kind: Kind = "noun"
    mods: frozenset[str] = frozenset()
    owner: "Phrase | None" = None
    number: str = ""
    determiner: str = ""
    inside: tuple[tuple[str, "Phrase"], ...] = ()
    members: tuple["Phrase", ...] = ()
    relatives: tuple["Clause", ...] = ()
    names: tuple["Phrase", ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Head and modifiers."""
        return self.mods | {self.head}


_ROLES = frozenset(("subject", "object", "second", "complement"))


@dataclass(frozen=True, slots=True)
class Clause:
    """One finite verb (its lemma) with its roles; `prepositions` have all other arguments.

    A bare time phrase (“every Monday”) has the preposition "". `condition` and `reason` are the
    text of such clauses. `ceased` if it held once and no longer does. `matrix` is the clause of
    which it is the object (“decided to …”, “have to …”).
    """

    verb: str
    subject: Phrase | None = None
    object: Phrase | None = None
    second: Phrase | None = None
    complement: Phrase | None = None
    prepositions: tuple[tuple[str, Phrase], ...] = ()
    adverbs: tuple[str, ...] = ()
    negated: bool = False
    tense: Tense = "present"
    modality: Modality = "asserted"
    passive: bool = False
    progressive: bool = False
    habit: bool = False
    ceased: bool = False
    condition: str = ""
    reason: Phrase | None = None
    matrix: "Clause | None" = None

    def role(self, name: str) -> Phrase | None:
        """The phrase in a role: subject, object, second, complement, or a preposition."""
        if name in _ROLES:
            filler: Phrase | None = getattr(self, name)
            return filler
        for preposition, phrase in self.prepositions:
            if preposition == name:
                return phrase
        return None

    def adding(self, preposition: str, phrase: Phrase) -> "Clause":
        """The clause with one argument added at the end."""
        return replace(self, prepositions=(*self.prepositions, (preposition, phrase)))

    def without_argument(self, phrase: Phrase | None) -> "Clause":
        """The clause without this very phrase."""
        arguments = tuple(item for item in self.prepositions if item[1] is not phrase)
        return replace(self, prepositions=arguments)

    @property
    def arguments(self) -> tuple[Phrase, ...]:
        """Subject, object, complement and the phrases behind prepositions."""
        core = filter(None, (self.subject, self.object, self.complement))
        return (*core, *(phrase for _, phrase in self.prepositions))


def with_role(clause: Clause, role: str, phrase: Phrase | None) -> Clause:
    """The clause with this phrase in a role; other roles are prepositions."""
    if role in _ROLES:
        changes: dict[str, Any] = {role: phrase}
        return replace(clause, **changes)
    remainder = tuple(argument for argument in clause.prepositions if argument[0] != role)
    return replace(
        clause, prepositions=remainder if phrase is None else (*remainder, (role, phrase))
    )


#: The cost of parsed clauses, the clauses, and the token where they end.
Segment = tuple[float, tuple[Clause, ...], int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses; `complete` if every word has a role in one."""

    text: str
    start: int
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of a text, sentence by sentence."""

    text: str
    sentences: tuple[Sentence, ...]
