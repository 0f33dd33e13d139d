"""Does the library say of the one who is named anything like what a question presumes?

“When was the Olin bridge blown up?” presumes that it was, “What did Priya repair?” that it was she
who did. Scores cannot tell: the page on the bridge is the best of all places by far, and “Oleg will
repair the pump” may stand beside a sentence on Priya. So two things are looked for: nothing that is
asked of a name, in any form or in like company, stands near it anywhere; or what is asked stands
only in sentences of which somebody else is the doer. Both look at plain questions in English, and
hold nothing against a question where they cannot tell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.memory.vocabulary import COMMON
from workbench.recall import few, relation, value
from workbench.recall.ascending import among, between, distinct, joined
from workbench.recall.missing import advice, asked_sources, heads, named_together, whole_name
from workbench.recall.question import Cue, Term, in_english
from workbench.recall.quotes import Quote
from workbench.recall.windows import LONG

#: Words asked of a name above which a question says enough to be judged by them, and sentences
#: around the name that count in running text.
_MOST, _AROUND = 3, 8
#: Sentences of a section that tells one thing, as a note does, and quotes that are read.
_SINGLE, _READ = 2, 5
#: “What does she do for a living?” asks for a trade, which is rarely called that.
_IDIOM = "living"
#: Who may do something without being named; those who speak are never taken for another.
_SPEAKING = frozenset(("i", "we", "you"))
_PRONOUNS = _SPEAKING | {"he", "she", "it", "they", "who", "which", "that", "this", "these", "one"}
_NAME = r"[A-Z][\w-]*(?:\s+(?:(?:de|of|von|van)\s+)?[A-Z][\w-]*)*"
_DID = later(
    r"\b(?:did|does|do|has|have|had|will|would|can|could)\s+(?:[Tt]he\s+)?"
    rf"(?:(?:Dr|Mrs?|Ms)\.?\s+)?({_NAME})\s+(?:(?:not|ever|first)\s+)?([a-z]+)\b"
)
#: A question that describes or compares those it asks about: several places have to be found.
_DESCRIBED = later(
    r"\w,? (?:where|who|whom|whose|which|that|when) |\b(?:both|same|common|or)\b|[’']s \w+[’']s",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"(?:when|where|why|how|by whom|in (?:what|which) \w+)\s+(?:was|were|is|are)\s+(?:the\s+)?"
    rf"(?:(?:Dr|Mrs?|Ms)\.?\s+)?(?-i:({_NAME}))\s+(?:(?:first|ever|last)\s+)?(?-i:([a-z]+))\b",
    re.IGNORECASE,
)
_NO_NOUN = r"(?!(?:did|does|do|were|was|is|are|has|have|had|can|will|of|in|on|at|to|for)\b)"
_MANY = re.compile(
    rf"\bhow many (?:of the |different |more )?(?:{_NO_NOUN}[a-z-]+ )?{_NO_NOUN}([a-z-]+)\b",
    re.IGNORECASE,
)
#: A name of several words, not two names: “The Lord of the Rings”.
_SEVERAL = re.compile(
    r"(?<=\s)[A-Z][\w-]*(?:\s+(?:of the |of |the |de |von |van )?[A-Z][\w-]*)+", re.ASCII
)
_TITLE = re.compile(r"(?<=[a-z] )The\s+([A-Z][\w-]*(?:\s+(?:of the |of |the |and )?[A-Z][\w-]*)+)")
#: Words that are few, how near in meaning a word in like company tells the same, and sentences
#: within which the parts of a name stand together.
_FEW, _LIKE_IT, _BESIDE = 2, 0.7, 2
#: What parts the sayings of a sentence, each with a doer of its own.
_PARTS = later(r"[;:,]|\b(?:and|but|while|because|that|who|which|when|after|before)\b")


def amiss(
    snapshot: Snapshot,
    cue: Cue,
    quotes: Sequence[Quote],
    titles: Mapping[int, str],
    scoped: bool = False,
) -> str:
    """One sentence on what the question presumes and nothing here says; "" where nothing is seen.

    `titles` are those of the sources by id; `scoped` says that only some were asked.
    """
    if cue.topic or cue.hollow or not in_english(cue.text):
        return ""
    where, after = asked_sources(scoped), advice(scoped)
    strange = _never_named(snapshot, cue)
    if strange:
        return f"{where} never name “{strange}”: check the name, or {after}."
    title = _no_title(snapshot, cue, quotes)
    if title:
        return f"None of the passages found names “{title}”: check the name, or {after}."
    counted = _uncounted(cue)
    if counted:
        return f"{where} never mention “{counted}”: use other words, or {after}."
    unheard = _unheard(snapshot, cue)
    if unheard:
        name, said = unheard
        if not named_together(cue, name):
            return f"No sentence names “{name}”: check the name, or {after}."
        return (
            f"{where} mention “{name}”, but not “{said}” near it: check the question, or {after}."
        )
    taken = _somebody_elses(snapshot, cue, quotes, titles)
    if taken:
        name, done = taken
        return (
            f"{where} mention “{done}”, but in no sentence that names “{name}”: "
            f"ask without the name, or {after}."
        )
    return ""


def _unheard(snapshot: Snapshot, cue: Cue) -> tuple[str, str] | None:
    """A name that is here, and what is asked of it, of which nothing stands near it anywhere."""
    names = [term for term in cue.terms if term.named and len(term.ordinals)]
    asked = [term for term in cue.terms if not term.named and term.word not in few.KINDS | {_IDIOM}]
    if not names or not 0 < len(asked) <= _MOST or _DESCRIBED.search(cue.text):
        return None
    rarest = min(names, key=lambda term: term.found)
    first, stop = _near(snapshot, rarest.ordinals)
    told = _told(cue.text, alone=len(asked) == 1)
    carrier = [term for term in asked if term.word == told] if len(asked) <= _FEW else []
    # Where the question says hardly more than one thing of the name, what is only in like company
    # as “leave” is of “resign” says nothing of it.
    least = _LIKE_IT if carrier else 0.0
    judged = carrier or asked
    for term in judged:
        near = (each for each, worth in term.akin if worth >= least)
        for held in (term.ordinals, term.like, _kindred(snapshot, cue, term), *near):
            if between(distinct(np.sort(held)), first, stop).any():
                return None
    return whole_name(cue, rarest), max(judged, key=lambda term: term.weight).raw


def _told(question: str, *, alone: bool) -> str:
    """The verb that is told of the name, as “financed” in “Who financed the park?”; "" where none.

    What somebody named did is often told in other words, and counts only where it is asked `alone`.
    When somebody was born or died stands beside his name in brackets, without a verb.
    """
    text = question.strip().rstrip("?!. ")
    was = _WAS.match(text)
    link = relation.asked(text)
    verb = ""
    if alone and (did := _DID.search(text)):
        verb = did[2]
    elif was is not None:
        verb = was[2]
    elif link is not None and link.direction in ("agent", "patient"):
        verb = link.anchor
    return "" if verb in ("born", "died") else words.fold(verb)


def _kindred(snapshot: Snapshot, cue: Cue, term: Term) -> Ordinals:
    """Where the relation of a question is told in another word: who wrote a song is its author."""
    link = relation.asked(cue.text)
    if link is None or link.anchor != term.word:
        return term.ordinals[:0]
    kin = (snapshot.kin(each.anchor, ("en",)) for each in relation.kindred(link))
    return snapshot.union({key for keys in kin for key in keys})


def _uncounted(cue: Cue) -> str:
    """What is counted in a question and stands nowhere, in no other word either; "" where not."""
    many = _MANY.search(cue.text)
    if many is None or words.fold(many[1]) in COMMON or value.is_unit(many[1]):
        return ""
    term = next((term for term in cue.terms if term.word == words.fold(many[1])), None)
    if term is None or term.found or len(term.like):
        return ""
    return "" if any(worth >= _LIKE_IT for _, worth in term.akin) else term.raw


def _never_named(snapshot: Snapshot, cue: Cue) -> str:
    """A name of several words, all of which stand here but nowhere together; "" where none.

    Words that stand in titles or headings are taken to name what is below them.
    """
    for found in _SEVERAL.finditer(cue.text):
        said = {word for raw in found[0].split() for word in words.split(raw)}
        parts = [term for term in cue.terms if term.word in said and term.capital]
        if len(parts) < _FEW or not all(len(term.ordinals) for term in parts):
            continue
        if any(heads(snapshot, term) for term in parts):
            continue
        at = distinct(np.sort(parts[0].ordinals))
        for term in parts[1:]:
            section = snapshot.sections.searchsorted(at, side="right") - 1
            first = np.maximum(at - _BESIDE, snapshot.sections[section])
            stop = np.minimum(at + _BESIDE + 1, snapshot.sections[section + 1])
            held = distinct(np.sort(term.ordinals))
            at = at[held.searchsorted(stop) > held.searchsorted(first)]
        if not len(at):
            return found[0]
    return ""


def _no_title(snapshot: Snapshot, cue: Cue, quotes: Sequence[Quote]) -> str:
    """A title that is neither above a text nor in the best quotes, word for word; "" where none.

    Who writes “The” with a capital inside a question gives a title: a lord with rings is none.
    """
    for found in _TITLE.finditer(cue.text):
        said = {word for raw in found[1].split() for word in words.split(raw)}
        parts = [term for term in cue.terms if term.word in said and term.capital]
        if len(parts) < _FEW or any(heads(snapshot, term) for term in parts):
            continue
        title = " ".join(found[1].split()).casefold()
        if not any(title in quote.words.casefold() for quote in quotes):
            return found[0]
    return ""


def _near(snapshot: Snapshot, ordinals: Ordinals) -> tuple[Ordinals, Ordinals]:
    """The stretches `[first, stop)` around these sentences: their section, or a part of it.

    What is told in single sentences stands near what is told before and after.
    """
    at = distinct(ordinals)
    number = snapshot.sections.searchsorted(at, side="right") - 1
    opens, closes = snapshot.sections[number], snapshot.sections[number + 1]
    single, long = closes - opens <= _SINGLE, closes - opens > LONG
    before, after = at - _AROUND, at + _AROUND + 1
    first = np.where(single, before, np.where(long, np.maximum(opens, before), opens))
    stop = np.where(single, after, np.where(long, np.minimum(closes, after), closes))
    return first.astype(np.int32), stop.astype(np.int32)


def _somebody_elses(
    snapshot: Snapshot, cue: Cue, quotes: Sequence[Quote], titles: Mapping[int, str]
) -> tuple[str, str] | None:
    """The doer that is asked about and what is done, where the best quotes say it of others."""
    found = _DID.search(cue.text)
    if found is None:
        return None
    named = {word for raw in found[1].split() for word in words.split(raw)}
    doers = [term for term in cue.terms if term.word in named and term.named]
    done = next((term for term in cue.terms if term.word == found[2] and not term.named), None)
    if not doers or done is None or _in_one_sentence(doers, done):
        return None
    others = False
    running = _in_running_text(snapshot, quotes[:_READ])
    for at, quote in enumerate(quotes[:_READ]):
        before = ""
        for engram in quote.engrams:
            for doer in _doers(engram.text, done):
                if doer in _SPEAKING or running[at]:
                    return None
                spoken_of = doer in _PRONOUNS
                title = titles.get(engram.source, "")
                read = f"{title}. {before} {engram.text}" if spoken_of else engram.text
                if any(_holds(read, term) for term in doers):
                    return None
                # Whom a pronoun means is known where somebody was named before it.
                others = others or not spoken_of or re.search(_NAME, title + before) is not None
            before = f"{before} {engram.text}"
    return (found[1], done.raw) if others else None


def _in_running_text(snapshot: Snapshot, quotes: Sequence[Quote]) -> list[bool]:
    """Which quotes stand in long sections, where people are named once and then he, she or I."""
    at = np.array([quote.engrams[0].id - 1 for quote in quotes], np.int32)
    number = snapshot.sections.searchsorted(at, side="right") - 1
    long: list[bool] = (snapshot.sections[number + 1] - snapshot.sections[number] > LONG).tolist()
    return long


def _in_one_sentence(doers: Sequence[Term], done: Term) -> bool:
    """Whether any sentence of the library holds the doer and what is done."""
    held = joined(done.ordinals, done.like, *(each for each, _ in done.akin))
    return any(among(held, term.ordinals).any() for term in doers)


def _doers(sentence: str, done: Term) -> Iterator[str]:
    """Who does it in a sentence, each time that it is said: a name, or a pronoun in small letters.

    Nothing where neither stands before it in its part of the sentence.
    """
    spans = words.spans(sentence)
    for place, (raw, start, _) in enumerate(spans):
        if not _is(raw, done):
            continue
        for other, begin, end in reversed(spans[:place]):
            if _PARTS.search(sentence[end:start]):
                break
            lowered = other.lower()
            if lowered in _PRONOUNS:
                yield lowered
                break
            if other[:1].isupper() and (begin > 0 or lowered not in COMMON):
                yield other
                break


def _holds(text: str, term: Term) -> bool:
    return any(_is(raw, term) for raw, _, _ in words.spans(text))


def _is(raw: str, term: Term) -> bool:
    return any(words.key(word) in term.keys for word in words.split(raw))
