"""What spreading sees of a fact: its words, and whose things it is about."""

from dataclasses import dataclass
from functools import lru_cache

from workbench.memory.facts import speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.reading import IDLE, tokens

_KIN = speech.these(
    "brother sister mother father mum mom dad wife husband son daughter child kid uncle aunt cousin"
    " nephew niece grandmother grandfather grandma grandpa parent partner spouse friend boss"
    " neighbour neighbor"
)
_PETS = speech.these("dog cat horse bird fish hamster rabbit parrot puppy kitten pet animal")
_VEHICLES = speech.these("car bike truck van boat motorbike bicycle vehicle")
#: Words for any of their kind.
_GENERAL = frozenset(("pet", "animal", "vehicle"))
#: Nouns for somebody or something of somebody's; facts about different ones are kept apart.
_KINDS = (_KIN, _PETS, _VEHICLES)
_HELD = _KIN | _PETS | _VEHICLES


@dataclass(frozen=True, slots=True)
class Gist:
    """The words of a text by their shortest forms.

    `held` are nouns for somebody's relatives, animals, vehicles among them; `owners` words said to
    own or to be owned: the *dog's* name, my *dog*.
    """

    words: tuple[str, ...]
    held: frozenset[str]
    owners: frozenset[str]


@lru_cache(maxsize=4096)
def gist(text: str) -> Gist:
    """The gist of a text."""
    if is_dense(text):
        return Gist(tuple(sorted(dense_words(text))), frozenset(), frozenset())
    words: dict[str, None] = {}
    owners: set[str] = set()
    mine = False
    for chunk in text.split():
        said = _said(chunk)
        if said is not None:
            form, carrying, owner, own = said
            if carrying:
                words[form] = None
            if owner or mine:
                owners.add(form)
            mine = own
    return Gist(tuple(words), frozenset(words) & _HELD, frozenset(owners))


@lru_cache(maxsize=16_384)
def _said(chunk: str) -> tuple[str, bool, bool, bool] | None:
    """What stands between white space: its form, and whether it says something, owns, is "my".

    None for marks, which belong to what stands before them.
    """
    if len(chunk) > 1 and chunk.isascii() and chunk.isalnum() and not chunk.isupper():
        # Most are their word as they stand, and need not be taken apart.
        word = chunk.lower()
        if word not in IDLE:
            return _form(word), True, False, word in speech.SELF
    for token in tokens(chunk):
        return _form(token.word), carries(token), token.owner, token.word in speech.SELF
    return None


@lru_cache(maxsize=16_384)
def _form(word: str) -> str:
    kin = speech.kin(word)
    return word if len(kin) == 1 else min(sorted(kin), key=len)


def apart(asked: Gist, said: Gist, *, by_word: bool) -> bool:
    """Whether a fact is about somebody else than the cue: his brother's name, not the dog's.

    Where it was not met by the words of the cue, only what it says of his own things sets it apart.
    """
    there = said.held if by_word else said.held & said.owners
    if not asked.held or not there:
        return False
    both = [
        _meet(asked.held & kind, said.held & kind)
        for kind in _KINDS
        if asked.held & kind and there & kind
    ]
    # The dog and a brother are as far apart as a sister and a brother.
    return not both or not all(both)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words of one kind mean the same somebody or something."""
    return bool(one & other or (one | other) & _GENERAL) or any(
        speech.ALIASES.get(word, frozenset()) & other for word in one
    )
