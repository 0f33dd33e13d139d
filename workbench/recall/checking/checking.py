"""The check of one sentence against the texts that it cites: supported, or why not.

The steps are those by which a person would look: is every number there and counts the same, every
name, every word that says something; is what is denied denied; is what is only supposed only
supposed; and does who did it still do it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.recall.checking.amounts import Amount, amounts
from workbench.recall.checking.clauses import (
    Clause,
    Statement,
    Word,
    clauses,
    same,
    sentences,
    statements,
    with_names,
)
from workbench.recall.checking.misplaced import jumbled, misplaced
from workbench.recall.checking.roles import (
    holds,
    is_verb,
    sides,
    swapped,
    turned_about,
)
from workbench.recall.checking.tables import BE, HEDGES, MONTHS, STRONG

#: The share of a Chinese or Japanese sentence that its evidence need not hold.
_DENSE_FREE = 0.1
#: The share of a sentence's words that only the question or a title may have.
_LENT = 0.25
#: Words at most of what is no sentence by itself.
_FRAGMENT = 3
#: What a small model puts before its words, and is no part of what they say.
_FRAME = re.compile(r"^\W*(?:the|this is the)\s+answer\b(?:\s+is\b)?[\s:,]*", re.IGNORECASE)
#: A question, the beginning of a list, and a tag say nothing that could be so.
_STATES_NOTHING = re.compile(r"[?？؟:：][\s\"'”»)]*\.?$|^</?\w+>$")

#: An order to say or to imagine something, up to the end of its sentence. A verb in this form
#: begins its clause only where it is an order: "He wrote that", "they say that" are none.
_ORDERED = re.compile(
    r"""
    (?:^|(?<=[.!?;:,\n"“”(»«—–])\s*|\b(?:please|kindly|then|just|instead|bitte)\s+)
    (?:please\s+|kindly\s+|then\s+|and\s+|also\s+|just\s+|now\s+|always\s+|bitte\s+)*
    (?: (?:write|say|state|add|report|claim|pretend|answer|reply|respond|conclude|assert|mention
          |confirm|imagine|suppose|assume|insist|announce|repeat|declare|believe
          |(?:tell|inform|assure|convince|remind)\s+[^.!?,;]{1,40}?)
        \s+(?:[^.!?,;]{1,30}?\s)??(?:that|how)\b
      | (?:schreibe?|sage?|behaupte?|antworte?|erwähne?|füge)\b[^.!?,;]{0,50},\s*dass\b
      | (?:écris|écrivez|dis|dites|affirme|affirmez|réponds|répondez)\s+que\b
      | (?:di|escribe|afirma|responde)\s+que\b
      | (?:скажи|скажите|напиши|напишите|ответь|ответьте)[^.!?,;]{0,30},\s*что\b )
    [^.!?]*
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported; `reason` is what it is doubted for, "" where it is not.

    Reasons: nothing, number, name, word, denial, hedge, relation.
    """

    supported: bool
    reason: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What some evidence says."""

    clauses: tuple[Clause, ...]
    words: tuple[Word, ...]
    amounts: tuple[Amount, ...]
    statements: tuple[Statement, ...]


@lru_cache(maxsize=64)
def known(texts: tuple[str, ...], about: str = "") -> Known:
    """Read evidence once for all sentences that cite it."""
    # What a text orders to be said it does not say; places stay as they are.
    texts = tuple(_ORDERED.sub(lambda order: " " * len(order[0]), text) for text in texts)
    read = [clauses(text) for text in (*texts, about)]
    words = [word for each in read for clause in each for word in clause.words]
    told = [with_names(each, words) for each in read[:-1]]
    every = tuple(clause for each in told for clause in each)
    return Known(
        every,
        tuple(word for clause in every for word in clause.words),
        tuple(each for text in texts for each in amounts(text)),
        tuple(s for text, each in zip(texts, told, strict=True) for s in statements(text, each)),
    )


def check(sentence: str, texts: Sequence[str], about: str = "") -> Verdict:
    """Whether the sentence, without its marks, says only what these texts say.

    `about` are words that may be used without saying anything new: the question, the titles.
    """
    if not texts or _STATES_NOTHING.search(sentence):
        return Verdict(False, "nothing")
    asked = [word for clause in clauses(about) for word in clause.words]
    facts = known(tuple(texts), about)
    said = with_names(clauses(sentence), [*facts.words, *asked])
    if not any(clause.content or clause.amounts for clause in said):
        return Verdict(False, "nothing")
    found = _numbers(said, facts) or _words(said, facts, asked)
    for look in (_denials, _hedges, _relations, _together, _other_name, _misplaced):
        found = found or look(said, facts)
    found = found or _scattered(said, facts, asked)
    return found or Verdict(True)


def check_together(sentence: str, texts: Sequence[str], about: str = "") -> Verdict:
    """The same where several sources are cited: each clause has to be said by one of them alone.

    Of clauses put together from the words of two sources neither says what comes out.
    """
    whole = check(sentence, texts, about)
    if not whole.supported or len(texts) < 2:
        return whole
    if any(check(sentence, [text], about).supported for text in texts):
        return whole
    parts = clauses(sentence)
    ends = [part.start for part in parts[1:]] + [len(sentence)]
    for part, end in zip(parts, ends, strict=True):
        said = sentence[part.start : end]
        if (part.content or part.amounts) and not any(
            check(said, [text], about).supported for text in texts
        ):
            return Verdict(False, "relation", said)
    return whole


# -- numbers -------------------------------------------------------------------------------------


def _numbers(said: list[Clause], facts: Known) -> Verdict | None:
    for clause in said:
        for each in clause.amounts:
            equal = [a for a in facts.amounts if _equal(a, each)]
            if not equal and not (each.loose and each.value in (0, 1)):
                return Verdict(False, "number", f"{each.value:g}")
            if equal and not each.loose and not any(_one_unit(a, each) for a in equal):
                return Verdict(False, "number", each.unit)
    return None


def _equal(one: Amount, other: Amount) -> bool:
    return abs(one.value - other.value) <= 1e-9 * max(1.0, abs(one.value))


def _one_unit(one: Amount, other: Amount) -> bool:
    return one.unit == other.unit or not one.unit or not other.unit


# -- words ---------------------------------------------------------------------------------------


def _words(said: list[Clause], facts: Known, asked: Sequence[Word]) -> Verdict | None:
    dense = [w for clause in said for w in clause.content if w.dense]
    if dense:
        missing = [w for w in dense if not holds(facts.words, w)]
        if len(missing) > _DENSE_FREE * len(dense):
            return Verdict(False, "word", missing[0].text)
    lent: list[Word] = []
    for clause in said:
        for word in clause.words:
            if word.light or word.dense or word.text in HEDGES or word.text in BE:
                continue
            if holds(facts.words, word):
                continue
            if _only_asked(word, asked):
                lent.append(word)
            else:
                return Verdict(False, "name" if word.name else "word", word.text)
    # A sentence is made of the evidence, and not of the question.
    if len(lent) > _LENT * sum(len(_telling(clause.content)) for clause in said):
        return Verdict(False, "word", lent[0].text)
    return None


def _telling(words: Iterable[Word]) -> list[Word]:
    return [w for w in words if not w.dense and w.text not in HEDGES]


def _only_asked(word: Word, asked: Sequence[Word]) -> bool:
    """Whether the question has brought the word in, which is no verb that would say it is so."""
    return not word.name and not is_verb(word, None) and holds(asked, word)


# -- denial --------------------------------------------------------------------------------------


def _denials(said: list[Clause], facts: Known) -> Verdict | None:
    denied = [w for c in facts.clauses for i, w in enumerate(c.words) if i in c.denied]
    plain = [w for c in facts.clauses for i, w in enumerate(c.words) if i not in c.denied]
    for clause in said:
        if clause.denial:
            mine = [w for w in clause.content if holds(denied, w)]
            if not mine or _denied_more(clause, facts):
                about = clause.content[0].text if clause.content else ""
                return Verdict(False, "denial", about)
        for at, word in enumerate(clause.words):
            if word.light or at in clause.denied or clause.denial:
                continue
            if holds(denied, word) and not holds(plain, word):
                return Verdict(False, "denial", word.text)
    return None


def _denied_more(clause: Clause, facts: Known) -> bool:
    """Whether the clauses that say most of this say no less often, or not to the word it denies."""
    held = [sum(holds([*c.words, *c.subject], w) for w in clause.content) for c in facts.clauses]
    most = max(held, default=0)
    best = [c for c, many in zip(facts.clauses, held, strict=True) if many == most]
    if clause.denials > max((c.denials for c in best), default=0) > 0:
        return True
    mine = [w for at, w in enumerate(clause.words) if at in clause.denied and not w.light][:1]
    told = {c.sentence for c in best if any(holds(c.words, w) for w in mine)}
    denied = [c.words[i] for c in facts.clauses if c.sentence in told for i in c.denied]
    return bool(told) and not any(holds(denied, w) for w in clause.content)


# -- hedges --------------------------------------------------------------------------------------


def _hedges(said: list[Clause], facts: Known) -> Verdict | None:
    if any(w.text in HEDGES or w.text == "too" for clause in said for w in clause.words):
        return None
    for clause in said:
        content = [w for w in clause.content if not w.dense]
        best = _closest(content, facts)
        if best is None or len(content) < 2:
            continue
        if any(word.text in HEDGES for word in best.words):
            return Verdict(False, "hedge", content[0].text)
    return None


def _closest(content: Sequence[Word], facts: Known) -> Clause | None:
    """The clause that holds most of these words; the first of equals."""
    best, most = None, 0
    for clause in facts.clauses:
        held = sum(holds([*clause.words, *clause.subject], word) for word in content)
        hedged = best is not None and any(word.text in HEDGES for word in best.words)
        if held > most or (held == most and held and hedged):
            best, most = clause, held
    return best if most * 2 > len(content) else None


# -- relation ------------------------------------------------------------------------------------


def _relations(said: list[Clause], facts: Known) -> Verdict | None:
    for clause in said:
        if any(w.dense for w in clause.words):
            continue
        for at, word in enumerate(clause.words):
            if word.light or word.name or word.text in STRONG:
                continue
            mine = sides(clause, at)
            theirs = [
                sides(each, i)
                for each in facts.clauses
                for i, other in enumerate(each.words)
                if not other.light and not other.name and same(word, other)
            ]
            if theirs and all(swapped(mine, each) for each in theirs):
                return Verdict(False, "relation", word.text)
        best = _closest(clause.content, facts)
        if best is not None and turned_about(clause, best):
            return Verdict(False, "relation", "than")
    return None


def _together(said: list[Clause], facts: Known) -> Verdict | None:
    """Whether a name is put to a number that no sentence, nor the one before it, has beside it."""
    told = sentences(facts.clauses)
    for at, clause in enumerate(said):
        # "In 1996, China …": a clause of a number alone belongs to the next one.
        whole = clause.words if clause.content else [w for c in said[at : at + 2] for w in c.words]
        for amount in clause.amounts:
            near = [
                c
                for n, each in enumerate(told)
                if any(_equal(a, amount) for c in each for a in c.amounts)
                for c in (*told[max(0, n - 1)], *each)
            ]
            for name in (w for w in whole if w.name and not w.light):
                beside = any(holds([*c.words, *c.subject], name) for c in near)
                if near and not beside and holds(facts.words, name):
                    return Verdict(False, "relation", name.text)
    return None


def _scattered(said: list[Clause], facts: Known, asked: Sequence[Word]) -> Verdict | None:
    """Whether a clause is put together from words and numbers that no one statement has.

    What the question names may be another sentence's: it is what all of them are about.
    """
    for clause in said:
        words = [w for w in _telling(clause.content) if holds(facts.words, w)]
        counted = [each for each in clause.amounts if not (each.loose and each.value in (0, 1))]
        if (words or counted) and not any(
            all(
                holds(each.words, w) or (holds(asked, w) and not holds(each.around, w))
                for w in words
            )
            and all(any(_equal(a, b) for b in each.amounts) for a in counted)
            for each in facts.statements
        ):
            return Verdict(False, "relation", words[0].text if words else "")
    return None


def _misplaced(said: list[Clause], facts: Known) -> Verdict | None:
    found = misplaced(said, facts.clauses)
    if found or jumbled(said, facts.clauses):
        return Verdict(False, "relation", found)
    return None


def _other_name(said: list[Clause], facts: Known) -> Verdict | None:
    """Whether the clauses of the evidence that say most of this say it of other names."""
    for clause in said:
        names = _names(clause)
        plain = [w for w in _telling(clause.content) if not w.name and holds(facts.words, w)]
        held = [sum(holds(each.words, w) for w in plain) for each in facts.clauses]
        most = max(held, default=0)
        best = [each for each, many in zip(facts.clauses, held, strict=True) if many == most]
        if most and names and all(_differ(names, each) for each in best):
            return Verdict(False, "relation", names[0].text)
    return None


def _names(clause: Clause) -> list[Word]:
    return [w for w in clause.words if w.name and not w.light and w.text not in MONTHS]


def _differ(names: list[Word], told: Clause) -> bool:
    """Whether a clause lacks one of these names and has another."""
    there = [*told.words, *told.subject]
    lacks = any(not holds(there, name) for name in names)
    return lacks and any(not holds(names, name) for name in _names(told))


def is_said_of(fragment: str, texts: Sequence[str], question: str) -> bool:
    """Whether words without a verb are said of what was asked: in one sentence of the texts.

    Longer ones, and whole sentences, say themselves what they are about. "The answer is" is a frame
    around such words, and no sentence of its own.
    """
    said = clauses(_FRAME.sub("", fragment))
    words = [word for clause in said for word in clause.words]
    if len(words) > _FRAGMENT or any(
        w.text in BE or is_verb(w, words[at - 1] if at else None) for at, w in enumerate(words)
    ):
        return True
    words = [word for word in words if not word.light]
    counted = [each for clause in said for each in clause.amounts]
    asked = [word for clause in clauses(question) for word in clause.content]
    for each in (each for text in texts for each in sentences(known((text,)).clauses)):
        told = [word for clause in each for word in (*clause.words, *clause.subject)]
        there = [(amount.value, amount.loose) for clause in each for amount in clause.amounts]
        here = all((amount.value, amount.loose) in there for amount in counted)
        if (words or counted) and here and all(holds(told, word) for word in words):
            held = sum(holds(told, word) for word in asked)
            if 2 * held >= len(asked):
                return True
    return False
