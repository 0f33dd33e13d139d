"""Lists differing dates or numbers of different sources on one thing, without a question.

Sentences with values are compared if they share a rare word. Two of different sources with a single
value each differ if they have the same subject and verb, the same names, no sibling, and unequal
values; of sources on one thing “the ferry” is a subject, too, if all other words are equal. The
model of revisions (`recall.revision`) must also find that one may change the other, unless they are
equal except for their values. Sentences with several values differ if only one of these does, as
in two editions of a text.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from ingest.language.numerals import cardinals, scales
from ingest.language.records import Clause
from ingest.patterns import later
from workbench.recall.differing import frame, has_same_names
from workbench.recall.revision import RevisionModel
from workbench.recall.siblings import clauses_of, rival_words
from workbench.recall.value import date_spans
from workbench.recall.value_comparison import compared

#: Maximum characters of a sentence; maximum frequency of a word that joins sentences.
_LONGEST, _COMMON = 240, 40
#: The minimum share of common words, relative to the shorter sentence.
_SHARED = 0.5
#: The minimum probability that one changes the other.
_CHANGES = 0.1
#: A number or range of numbers that is no name (“HD 39”), ordinal (“53rd”) or part of a word.
_NUMBER = later(
    r"(?<![#\w.,-])(?<![A-Z]\s)(?:\d[\d.,]*\d|\d)(?:\s?(?:--|[–—-])\s?(?:\d[\d.,]*\d|\d))?"
    r"(?![\w-])"
)
_WORD = later(r"[^\W\d_]+")
#: Attributions: “It is known that”, “The parish books say that”, “By the plans,”, “…, police said”.
_SAYS = (
    r"(?:says?|said|knows?|knew|reports?|reported|writes?|wrote|claims?|claimed|states?|stated"
    r"|notes?|noted|records?|recorded|believes?|believed|adds?|added)"
)
_REPORTED = later(
    rf"\A(?:It (?:is|was) \w+ that|According to [^,;]{{1,60}},|[A-Z][^,;:]{{0,60}}? {_SAYS} that)"
    rf" (?=\w)|,[”\"]? (?:{_SAYS} [^,;:]{{1,60}}|[^,;:\d]{{1,60}} {_SAYS}"
    r"|according to [^,;:]{1,60})(?=[.!]?\Z)"
)
#: What precedes the date of a statement, which is no value of it.
_AS_OF = later(r"(?i)\bas (?:of|at) $")
#: Minimum equal words of sentences with a general subject; maximum values of a sentence.
_EQUAL, _VALUES = 3, 6
_NOUNS = ("name", "noun")
#: Minimum words of a subject without a name that is specific: “the hearing on the bridge”.
_SPECIFIC = 4


@dataclass(frozen=True, slots=True)
class ValueSentence:
    """A sentence of a source with a date or number, the `value` at `start`, or several.

    `claim` is its text without an attribution, and `frame` its words without the values; `others`
    are further values with their starts.
    """

    engram: int
    source: int
    text: str
    claim: str
    value: str
    start: int
    frame: frozenset[str]
    others: tuple[tuple[str, int], ...] = ()


def value_sentence(engram: int, source: int, text: str) -> ValueSentence | None:
    """A sentence with its values; None without any, or with many."""
    if len(text) > _LONGEST or text.endswith("?"):
        return None
    # “The minutes of 4 May say that …” has no value but in what they say.
    plain = _REPORTED.sub(lambda match: " " * len(match[0]), text)
    return _valued(engram, source, text, plain) or _valued(engram, source, text, text)


def _valued(engram: int, source: int, whole: str, text: str) -> ValueSentence | None:
    """The sentence `whole` with the values of `text`, which has blanks for an attribution."""
    claim, remainder, values = text, text, list[tuple[str, int]]()
    for start, end in reversed(date_spans(text)):
        blank = " " * (end - start)
        remainder = f"{remainder[:start]}{blank}{remainder[end:]}"
        if _AS_OF.search(text[:start]):
            claim = f"{claim[:start]}{blank}{claim[end:]}"
        else:
            values.insert(0, (text[start:end], start))
    days = map(int, filter(str.isdigit, _NUMBER.findall(" ".join(day for day, _ in values))))
    for match in _NUMBER.finditer(remainder):
        scale = _WORD.match(remainder, match.end() + 1)
        is_scaled = scale is not None and scale[0].lower() in scales("")
        end = scale.end() if scale is not None and is_scaled else match.end()
        values.append((text[match.start() : end], match.start()))
    if not values:
        numerals = cardinals("en").keys() - {"one"}
        rows = ((match[0], match.start()) for match in _WORD.finditer(text))
        values = [row for row in rows if row[0].lower() in numerals]
    if not 0 < len(values) <= _VALUES:
        return None
    (value, start), *others = values
    if ":" not in value and any(31 < day < 1000 for day in days):
        return None
    claim = claim.strip(' “"')
    words = frozenset(frame(claim, *(item for item, _ in values)))
    return ValueSentence(engram, source, whole, claim, value, start, words, tuple(others))


def differences(
    sentences: Iterable[ValueSentence],
    is_one: Callable[[ValueSentence, ValueSentence], bool],
    revisions: Callable[[], RevisionModel | None],
) -> Iterator[tuple[ValueSentence, ValueSentence]]:
    """Yield pairs with different values for one thing, without duplicates. Raises `InputError`.

    `is_one` is whether the sources of two sentences are on one thing.
    """
    by_word: dict[str, list[ValueSentence]] = defaultdict(list)
    for sentence in sentences:
        for word in sentence.frame:
            by_word[word].append(sentence)
    checked: set[tuple[int, int]] = set()
    for sharers in by_word.values():
        for left, right in combinations(sharers, 2) if len(sharers) <= _COMMON else ():
            pair = left.engram, right.engram
            if left.source != right.source and pair not in checked:
                checked.add(pair)
                if left.others or right.others:
                    yield from _edited(left, right, is_one)
                elif _differ(left, right, is_one, revisions):
                    yield left, right


def _edited(
    left: ValueSentence,
    right: ValueSentence,
    is_one: Callable[[ValueSentence, ValueSentence], bool],
) -> Iterator[tuple[ValueSentence, ValueSentence]]:
    """Yield two sentences that are equal except for one of their values, each with that value."""
    values, others = (((row.value, row.start), *row.others) for row in (left, right))
    if left.frame != right.frame or len(left.frame) < _EQUAL or len(values) != len(others):
        return
    pairs = [pair for pair in zip(values, others, strict=True) if pair[0][0] != pair[1][0]]
    if len(pairs) == 1:
        (((value, start), (other, at)),) = pairs
        # In sentences that are equal else, 310 is no rounding of 300.
        digits, others_digits = _digits(value), _digits(other)
        is_other = bool(digits and others_digits) and digits != others_digits
        if (is_other or _are_unequal(value, other)) and is_one(left, right):
            yield replace(left, value=value, start=start), replace(right, value=other, start=at)


def _differ(
    left: ValueSentence,
    right: ValueSentence,
    is_one: Callable[[ValueSentence, ValueSentence], bool],
    revisions: Callable[[], RevisionModel | None],
) -> bool:
    shared, smaller = len(left.frame & right.frame), min(len(left.frame), len(right.frame))
    if (
        shared < _SHARED * smaller
        or not has_same_names(left.frame, right.frame)
        or not _are_unequal(left.value, right.value)
    ):
        return False
    if _deeds(left).isdisjoint(_deeds(right)) and not (
        shared == smaller >= _EQUAL and _is_plain(left) and _is_plain(right) and is_one(left, right)
    ):
        return False
    clauses, others = clauses_of(left.claim), clauses_of(right.claim)
    values = {*left.value.lower().split(), *right.value.lower().split()}
    rivals = (*rival_words(clauses, others, bool), *rival_words(others, clauses, bool))
    if any(values.isdisjoint(rival.lower().split()) for rival in rivals):
        return False
    if left.frame <= right.frame or right.frame <= left.frame:
        return True
    model = revisions()
    texts = permutations((left.claim, right.claim))
    effects = (model.effects(first, [second])[0] for first, second in texts) if model else ()
    return any(effect.changes >= _CHANGES for effect in effects)


def _digits(value: str) -> str:
    """The digits of a whole number; none of a decimal one, which may be rounded."""
    return "" if "." in value else "".join(filter(str.isdigit, value))


def _are_unequal(left: str, right: str) -> bool:
    """Whether two values differ: a range differs from its first number."""
    return any(compared(*pair) is not None for pair in ((left, right), (right, left)))


def _is_plain(sentence: ValueSentence) -> bool:
    """Whether a sentence affirms something of nouns, as far as it is analysed."""
    return all(
        not clause.negated and clause.subject is not None and clause.subject.kind in _NOUNS
        for clause in clauses_of(sentence.claim)
    )


def _deeds(sentence: ValueSentence) -> set[tuple[str, str]]:
    """Specific subjects and verbs of a sentence, if the value is not in the subject."""
    return {
        (_subject(clause), "be" if clause.verb == "have" else clause.verb)
        for clause in clauses_of(sentence.claim)
        if not clause.negated and _subject(clause) and sentence.value not in _subject(clause)
    }


def _subject(clause: Clause) -> str:
    """The words of a specific subject; "" for “it”, “the film”."""
    subject = clause.subject
    if subject is None or subject.kind not in _NOUNS:
        return ""
    words = subject.text.split()
    words = words[1:] if words[0].lower() in ("the", "a", "an") else words
    is_one = subject.kind == "name" or any(word[:1].isupper() for word in words[1:])
    return " ".join(words).lower() if is_one or len(words) >= _SPECIFIC else ""
