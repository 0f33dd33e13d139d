"""Who did what to whom, as far as the order of words tells, with passives turned round.

No grammar of a language is known here: a word of the sentence that stands in the evidence, too, is
taken as a pivot, and what stands on its two sides there and here is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.languages import word_set
from workbench.memory.words import LEMMAS
from workbench.recall.checking.clauses import Clause, Word, same
from workbench.recall.checking.tables import BE, OBLIQUE, SUBJECT_PRONOUNS

_AWAY = word_set("than instead rather behind")
_HAVE = word_set("has have had")
_DOERS = ("by", "von", "par")
_ADVERBS = word_set("now also still often usually sometimes later then")


@dataclass(frozen=True, slots=True)
class Sides:
    """The words before and after a pivot, turned so that the doer stands before."""

    before: tuple[Word, ...]
    after: tuple[Word, ...]


def is_verb(word: Word, previous: Word | None) -> bool:
    """Whether a word looks like an English verb in its place."""
    if word.name:
        return False
    if previous is not None and previous.text in BE | {"to", "will", "would", "can", "must"}:
        return True
    text = word.text
    if (
        previous is not None
        and (previous.name or previous.text in _ADVERBS)
        and text.endswith("s")
        and not text.endswith("ss")
    ):
        return True
    return (
        text in BE
        or (text.endswith("ed") and len(text) > 4)
        or (text in LEMMAS and not text.endswith(("ren", "ice", "eet", "men")))
    )


def starts_without_subject(clause: Clause) -> bool:
    """Whether a clause begins with a pronoun, or after a joint with its verb."""
    if not clause.words:
        return True
    first = _first(clause)
    if first is None:
        return True
    if first.text in SUBJECT_PRONOUNS:
        return True
    return is_verb(first, _before(clause, first))


def _first(clause: Clause) -> Word | None:
    """The first word that says who or what, after what says where or when."""
    skipping = False
    for word in clause.words:
        if word.text in OBLIQUE or word.text in ("at", "that"):
            skipping = True
            continue
        points = skipping and word.text in ("this", "these")
        if word.text in SUBJECT_PRONOUNS and not points:
            return word
        if not word.light and not skipping:
            return word
    return None


def leading(clause: Clause) -> tuple[Word, ...]:
    """The words of a clause that stand before its verb."""
    found: list[Word] = []
    skipping = False
    for at, word in enumerate(clause.words):
        if is_verb(word, clause.words[at - 1] if at else None):
            break
        if word.text in OBLIQUE:
            skipping = True
        elif not word.light and not skipping:
            found.append(word)
    return tuple(found)


def _before(clause: Clause, word: Word) -> Word | None:
    at = clause.words.index(word)
    return clause.words[at - 1] if at else None


def sides(clause: Clause, at: int) -> Sides:
    """What stands on the two sides of the word at this place."""
    before = [*clause.subject]
    before += [word for word in _plain(clause.words[:at]) if word not in before]
    tail = clause.words[at + 1 :]
    after = _plain(tail)
    helped = any(word.text in BE - _HAVE for word in clause.words[max(0, at - 3) : at])
    by = next((i for i, word in enumerate(tail) if word.text in _DOERS), None)
    early = next((i for i, word in enumerate(clause.words[:at]) if word.text in _DOERS), None)
    text = clause.words[at].text
    ending = text.endswith(("ed", "t", "n", "te", "é", "ée"))
    passive = helped and (ending or is_verb(clause.words[at], None))
    if passive and by is None and early is not None:
        # German puts its participle last: wurde von der Astronomin gegründet.
        own = _plain(clause.words[early + 1 : at])
        return Sides(tuple(own), tuple([w for w in before if w not in own] + after))
    if passive:
        doer = _plain(tail[by + 1 :]) if by is not None else []
        rest = _plain(tail[:by]) if by is not None else after
        return Sides(tuple(doer), tuple(before + rest))
    return Sides(tuple(before), tuple(after))


def _plain(words: Sequence[Word]) -> list[Word]:
    """The words that are somebody or something, without those that say where or when."""
    found: list[Word] = []
    skipping = False
    for word in words:
        if word.text in OBLIQUE:
            skipping = True
        elif word.light and word.text in ("with", "to", "from", "by", "for", "of", "that"):
            skipping = skipping and word.text == "of"
        elif not word.light and not skipping:
            found.append(word)
    return found


def holds(words: Sequence[Word], wanted: Word) -> bool:
    """Whether a form of the word is among these."""
    return any(same(wanted, word) for word in words)


def swapped(said: Sides, known: Sides) -> bool:
    """Whether what is said has doer and done-to the other way round."""
    over = [w for w in said.before if holds(known.after, w) and not holds(known.before, w)]
    back = [w for w in said.after if holds(known.before, w) and not holds(known.after, w)]
    stays = [w for w in said.before if holds(known.before, w)]
    if over and back:
        named = any(w.name for w in over) and any(w.name for w in back)
        heads = (
            bool(said.before) and said.before[-1] in over and bool(said.after)
            and said.after[0] in back
        )  # fmt: skip
        if named or heads or not stays:
            return True
    # Who did it is a name, and now it is done to that name.
    doers = [w for w in known.before if w.name]
    return bool(doers) and any(same(w, doers[-1]) for w in back) and not over and bool(said.before)


def turned_about(said: Clause, known: Clause) -> bool:
    """Whether what stands after "than", "instead of", "rather than" stood before it."""
    one, other = _parted(said), _parted(known)
    if one is None or other is None:
        return False
    over = [w for w in one[1][:2] if holds(other[0], w) and not holds(other[1], w)]
    back = [w for w in other[1][:2] if holds(one[0], w) and not holds(one[1], w)]
    return bool(over) and bool(back)


def _parted(clause: Clause) -> tuple[list[Word], list[Word]] | None:
    for at, word in enumerate(clause.words):
        if word.text in _AWAY:
            before = [*clause.subject, *(w for w in clause.words[:at] if not w.light)]
            after = [w for w in clause.words[at + 1 :] if not w.light]
            return before, after
    return None
