"""Whether a sentence says that what it names is so: not denied, doubted, planned or imagined.

“Ida Kern was not born in Oslo” names Oslo, but gives no place of birth; nor do “it is a myth that
…”, “was nearly sold for …” and “would have cost …”. Cues count in the stretch of the sentence
around the value, up to the next comma or conjunction, since “not by Moen but by Sara Vik” denies
only one of the two. What the question itself denies, doubts or imagines may be answered so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.language.numerals import number_words
from ingest.language.unasserted import is_unasserted
from ingest.language.verbs import forms
from ingest.languages import word_set
from ingest.patterns import later
from ingest.scripts import is_struck_at
from workbench.memory import words as tokens

#: What ends a stretch. A subordinate clause is doubted with its main clause, but not denied.
_BREAKS = frozenset(",;:()[]–—?!") | {"but", "sondern", "aber", "though", "although", "obwohl"}
_CLAUSES = _BREAKS | word_set(
    "and or because since while whereas who which whose when that und oder weil während dass als"
)
_NOT = word_set(
    "not never no neither nor none nobody cannot without nicht nie niemals kein keine keiner keines"
    " keinem keinen niemand weder ohne"
)
#: After a negation: “not until 1850”, “not only”, “no doubt”, “no more than 40”.
_NOT_DENIED = word_set(
    "only until till before just merely doubt than nur bis vor mindestens zweifel"
)
#: “Anything but white” is no contrast.
_ANYTHING = (("anything", "but"), ("andere", "als"))
_DOUBTED = word_set(
    "myth misconception fallacy rumour rumor rumours rumors hoax falsely wrongly mistakenly"
    " erroneously incorrectly untrue false allegedly supposedly reputedly deny denies denied"
    " denying disputes disputed doubts doubted irrtum gerücht gerüchte märchen fälschlich"
    " fälschlicherweise"
    " irrtümlich angeblich bestreitet bestritt bestritten leugnet leugnete bezweifelt bezweifelte"
)
_UNREAL = word_set("would could should might wäre hätte könnte wären hätten würde würden")
_PERFECT = word_set("have ve been gewesen")
_NEARLY = word_set("nearly almost beinahe fast")
_INVERTED = word_set("had were should hätte wäre sollte")
_IF = word_set("if unless whether wenn falls ob")
_PLANNED = word_set(
    "will shall expected due scheduled supposed meant plan plans planned planning hope hopes hoped"
    " hoping intend intends intended want wants wanted wish wishes wished wird werden soll sollte"
    " sollten plant plante geplant"
    " wollte wollten hofft hoffte"
)
_YEAR = later(r"\b(?:1\d|20)\d\d\b")
_PAST = word_set("did was were had hat wurde wurden war waren hatte")
#: Questions about what no longer holds.
_STRUCK = word_set("struck crossed deleted removed durchgestrichen gestrichen gelöscht")
#: Most words between a subject and the negation of its verb.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int


def asserts(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether a sentence says that its words `[start, end)` are so, and not that they are not."""
    if is_withdrawn(question, sentence, start, end):
        return False
    asked = _asked(question)
    words = _words(sentence)
    narrow, at = _stretch(words, start, end, _CLAUSES)
    wide, where = _stretch(words, start, end, _BREAKS)
    if not _has_not(asked) and _is_denied(narrow, at):
        return False
    if asked.isdisjoint(_DOUBTED) and (is_unasserted(sentence) or _is_doubted(wide, where)):
        return False
    years, named = set(_YEAR.findall(question)), set(_YEAR.findall(sentence))
    if years and named and years.isdisjoint(named):
        # “Who bought it in 1960?” is not answered by what was in 1894.
        return False
    is_imagined = not _UNREAL.isdisjoint([word.text for word in words])
    if asked.isdisjoint(_UNREAL | _IF) and _is_unreal(narrow, is_imagined):
        return False
    is_past = not asked.isdisjoint(_PAST) and asked.isdisjoint(_PLANNED | _UNREAL)
    planned = (word.text for word in narrow[: at[0]])
    return not (is_past and not _PLANNED.isdisjoint(planned))


def is_withdrawn(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether the words `[start, end)` of a sentence are struck out, and not asked for as such.

    All of the sentence counts if there are none.
    """
    return is_struck_at(sentence, start, end) and _asked(question).isdisjoint(_STRUCK)


@lru_cache(8)
def _asked(question: str) -> frozenset[str]:
    """The words of a question, which is compared with many sentences."""
    return frozenset(word.text for word in _words(question))


def _words(text: str) -> list[_Word]:
    """The words of a text in lower case, and the marks between them that end a stretch."""
    found, end = list[_Word](), 0
    for raw, start, stop in (*tokens.spans(text), ("", len(text), len(text))):
        for at in range(end, start):
            if text[at] in _BREAKS:
                found.append(_Word(text[at], at))
        if raw:
            found.append(_Word(raw.lower(), start))
        end = stop
    return found


def _stretch(
    words: Sequence[_Word], start: int, end: int, breaks: Collection[str]
) -> tuple[list[_Word], tuple[int, int]]:
    """The words around a span up to the next break, and the span among them."""
    first = next((n for n, word in enumerate(words) if word.start >= start), len(words))
    last = next((n for n, word in enumerate(words) if word.start >= end), len(words))
    ends = [n for n, word in enumerate(words) if word.text in breaks and not _joins(words, n)]
    low = next((n + 1 for n in reversed(ends) if n < first), 0)
    high = next((n for n in ends if n >= last), len(words))
    return list(words[low:high]), (first - low, last - low)


def _joins(words: Sequence[_Word], at: int) -> bool:
    """Whether a break is none: in “anything but”, and before “dass”."""
    before, after = words[max(at - 1, 0)].text, words[min(at + 1, len(words) - 1)].text
    return (before, words[at].text) in _ANYTHING or after == "dass"


def _has_not(words: Collection[str]) -> bool:
    return not _NOT.isdisjoint(words) or "n't" in {word[-3:].replace("’", "'") for word in words}


def _is_denied(words: Sequence[_Word], span: tuple[int, int]) -> bool:
    """Whether a negation stands before the span, or with the verb right after it."""
    texts = [word.text for word in words]
    for at, text in enumerate(texts):
        if span[0] <= at < span[1] or at >= span[1] + _NEAR:
            continue
        if text == "no" and "".join(texts[at + 1 : at + 2]).isdecimal():
            # “Invoice no. 4713”
            continue
        is_far = (text, *texts[at + 1 : at + 2]) in _ANYTHING
        if is_far or (_has_not([text]) and _NOT_DENIED.isdisjoint(texts[at + 1 : at + 3])):
            return True
    return False


def _is_doubted(words: Sequence[_Word], span: tuple[int, int]) -> bool:
    before, after = words[: span[0]], words[span[1] : span[1] + _NEAR]
    texts = [word.text for word in (*before, *after)]
    return not _DOUBTED.isdisjoint(texts) or any(
        (first, second) in (("not", "true"), ("nicht", "wahr")) for first, second in pairwise(texts)
    )


def _is_unreal(words: Sequence[_Word], is_imagined: bool) -> bool:
    """Whether it nearly happened, would have happened, or stands in a condition.

    “Had the storm lasted” is one in a sentence that imagines something.
    """
    texts = [word.text for word in words]
    if texts and (texts[0] in _IF or (is_imagined and texts[0] in _INVERTED)):
        return True
    for text, after in pairwise(texts):
        if text in _NEARLY and after not in number_words() and forms(after):
            return True
        if text in _UNREAL and after in _PERFECT:
            return True
    return False
