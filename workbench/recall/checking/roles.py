"""Agent and patient by word order, with passives reversed.

No grammar is used: a word that is in both the sentence and the evidence is a pivot, and the words
on its two sides are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.languages import word_set
from workbench.memory.words import LEMMAS
from workbench.recall.checking.clauses import Clause, Word, same
from workbench.recall.checking.tables import BE, OBLIQUE, SUBJECT_PRONOUNS

_OFF = word_set("than instead rather behind")
_HAVE = word_set("has have had")
_DOERS = ("by", "von", "par")
_ADVERBS = word_set("now also still often usually sometimes later then")


@dataclass(frozen=True, slots=True)
class Sides:
    """The words before and after a pivot, with the agent first."""

    before: tuple[Word, ...]
    after: tuple[Word, ...]


def is_verb(word: Word, previous: Word | None) -> bool:
    """Whether a word looks like an English verb in its position."""
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


def starts_subjectless(clause: Clause) -> bool:
    """Whether a clause begins with a pronoun, or with its verb."""
    first = _first(clause)
    if first is None or first.text in SUBJECT_PRONOUNS:
        return True
    at = clause.words.index(first)
    return is_verb(first, clause.words[at - 1] if at else None)


def _first(clause: Clause) -> Word | None:
    """The first word of a participant, after phrases of place or time."""
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
    """The words of a clause before its verb."""
    matches: list[Word] = []
    skipping = False
    for at, word in enumerate(clause.words):
        if is_verb(word, clause.words[at - 1] if at else None):
            break
        if word.text in OBLIQUE:
            skipping = True
        elif not word.light and not skipping:
            matches.append(word)
    return tuple(matches)


def sides(clause: Clause, at: int) -> Sides:
    """The words on the two sides of a position."""
    history = [*clause.subject]
    history += [word for word in _plain(clause.words[:at]) if word not in history]
    tail = clause.words[at + 1 :]
    after = _plain(tail)
    helped = any(word.text in BE - _HAVE for word in clause.words[max(0, at - 3) : at])
    by = next((i for i, word in enumerate(tail) if word.text in _DOERS), None)
    early = next((i for i, word in enumerate(clause.words[:at]) if word.text in _DOERS), None)
    text = clause.words[at].text
    ending = text.endswith(("ed", "t", "n", "te", "é", "ée"))
    passive = helped and (ending or is_verb(clause.words[at], None))
    if passive and by is None and early is not None:
        # German participles are final: wurde von der Astronomin gegründet.
        primary = _plain(clause.words[early + 1 : at])
        return Sides(tuple(primary), tuple([w for w in history if w not in primary] + after))
    if passive:
        doer = _plain(tail[by + 1 :]) if by is not None else []
        remainder = _plain(tail[:by]) if by is not None else after
        return Sides(tuple(doer), tuple(history + remainder))
    return Sides(tuple(history), tuple(after))


def _plain(words: Sequence[Word]) -> list[Word]:
    """The words of participants, without phrases of place or time."""
    matches: list[Word] = []
    skipping = False
    for word in words:
        if word.text in OBLIQUE:
            skipping = True
        elif word.light and word.text in ("with", "to", "from", "by", "for", "of", "that"):
            skipping = skipping and word.text == "of"
        elif not word.light and not skipping:
            matches.append(word)
    return matches


def contains_form(words: Sequence[Word], target: Word) -> bool:
    """Whether these include a form of the word."""
    return any(same(target, word) for word in words)


def swapped(wording: Sides, existing: Sides) -> bool:
    """Whether agent and patient are exchanged."""
    finished = [
        w
        for w in wording.before
        if contains_form(existing.after, w) and not contains_form(existing.before, w)
    ]
    back = [
        w
        for w in wording.after
        if contains_form(existing.before, w) and not contains_form(existing.after, w)
    ]
    stays = [w for w in wording.before if contains_form(existing.before, w)]
    if finished and back:
        is_name = any(w.name for w in finished) and any(w.name for w in back)
        heads = wording.before[-1] in finished and wording.after[0] in back
        if is_name or heads or not stays:
            return True
    # The agent is a name, which is the patient now.
    doers = [w for w in existing.before if w.name]
    return (
        bool(doers)
        and any(same(w, doers[-1]) for w in back)
        and not finished
        and bool(wording.before)
    )


def reversed_comparison(wording: Clause, existing: Clause) -> bool:
    """Whether the terms of "than", "instead of", "rather than" are exchanged."""
    left, other = _parted(wording), _parted(existing)
    if left is None or other is None:
        return False
    finished = [
        w for w in left[1][:2] if contains_form(other[0], w) and not contains_form(other[1], w)
    ]
    back = [w for w in other[1][:2] if contains_form(left[0], w) and not contains_form(left[1], w)]
    return bool(finished) and bool(back)


def _parted(clause: Clause) -> tuple[list[Word], list[Word]] | None:
    for at, word in enumerate(clause.words):
        if word.text in _OFF:
            history = [*clause.subject, *(w for w in clause.words[:at] if not w.light)]
            after = [w for w in clause.words[at + 1 :] if not w.light]
            return history, after
    return None
