"""Splits a text into clauses of words, each with its keys, position and polarity."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.language.analyse import analyse
from ingest.languages import word_set
from workbench.memory import words as folding
from workbench.recall.checking.amounts import UNITS, Amount, amounts
from workbench.recall.checking.tables import (
    DENIALS,
    DENSE_LIGHT,
    LIGHT,
    STRONG,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[.!?;:,。！？；，、؛،()\"“”«»—–]")
_BREAKS = frozenset(".!?;:,。！？；，、؛،()—–")
_ENDS = frozenset(".!?。！？")
_JOINTS = word_set(
    """
and but because since while when which who whose that although though so or und aber weil oder
sondern dass denn mais parce et и но а потому ثم لكن
"""
)
#: Abbreviations and initials, after which a full stop ends no sentence.
_SHORT = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Nr|No|vs|etc|ca|Mme|M|[A-Z]|a\.m|p\.m))$")
_PREPOSED = re.compile(r"\b(?:at|in|of|on|by|for|from|since|until|after|before)\s+$", re.IGNORECASE)
#: Negative pronouns, which negate the whole clause.
_EMPTY = word_set("nothing nobody none niemand nichts rien personne ничего никто")
_LATIN = re.compile(r"[a-zà-ɏ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start`: `keys` are its stems, `name` whether it is written as a name.

    One that `begins` a sentence may be an unrecognised name.
    """

    text: str
    keys: frozenset[str]
    start: int
    name: bool
    light: bool
    dense: bool = False
    begins: bool = False


@dataclass(slots=True)
class Clause:
    """Words between two clause boundaries; `denied` are the positions of words after a negation.

    `subject` has the words of the subject of an earlier clause or sentence, if this one begins with
    a pronoun or its verb. `sentence` is the index of the sentence.
    """

    words: list[Word] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    denied: set[int] = field(default_factory=set)
    denial: bool = False
    sentence: int = 0
    start: int = 0
    subject: tuple[Word, ...] = ()

    @property
    def content(self) -> list[Word]:
        """The content words."""
        return [word for word in self.words if not word.light]


@dataclass(frozen=True, slots=True)
class Statement:
    """Clauses of one sentence with one subject, as words and amounts.

    `words` includes those of the subject; `around` has those of the whole sentence.
    """

    words: list[Word]
    amounts: list[Amount]
    around: list[Word]


@lru_cache(maxsize=50_000)
def keys(word: str) -> frozenset[str]:
    """The keys of a word: its stems in the languages of its script."""
    if _LATIN.search(word):
        index = {word}
        for language in ("en", "de", "fr", "es"):
            index.update(folding.forms(word, language))
        if len(word) > 6 and word.startswith("ge") and word.endswith(("t", "en")):
            index.update(folding.forms(word[2:], "de"))  # gegründet, gründete
        return frozenset(index)
    if "\u0600" <= word[0] <= "\u06ff":
        plain = re.sub(r"^(?:[وفبلك]?ال|[وفبلك](?=\w{4}))", "", word)
        return frozenset({word, plain, *folding.forms(plain, "ar")})
    if "\u0400" <= word[0] <= "\u04ff":
        return frozenset({word, word.replace("ё", "е"), *folding.forms(word, "ru")})
    return frozenset({word})


def similar_forms(left: str, other: str) -> bool:
    """Whether two words may be inflections of one: they share a long prefix."""
    shorter, longer = sorted((left, other), key=len)
    same = 0
    for a, b in zip(shorter, longer, strict=False):
        if a != b:
            break
        same += 1
    minimum = 3 if not left.isascii() and not _LATIN.search(left) else 5
    return same >= minimum and same >= (0.6 if minimum == 3 else 0.65) * len(longer)


def same(left: Word, other: Word) -> bool:
    """Whether two words are inflections of one; names must be equal."""
    if left.dense or other.dense:
        return left.text == other.text
    if left.keys & other.keys:
        return True
    # In languages with cases a name is inflected.
    if left.name and _LATIN.search(left.text):
        return False
    return similar_forms(left.text, other.text)


def clauses(text: str) -> list[Clause]:
    """The clauses of a text in order, each with its inherited subject, if any."""
    matches: list[Clause] = [Clause()]
    counts = amounts(text)
    spans = [(item.start, item.end) for item in counts]
    start_offset, sentence, shouted = True, 0, text.isupper()
    waiting = counts[::-1]
    for token, start in _tokens(text):
        current = matches[-1]
        while waiting and waiting[-1].start < start:
            current.amounts.append(waiting.pop())
        # The comma of 2,400 is no boundary, but the stop after 1936 ends its sentence.
        if any(a <= start < b - (token in _BREAKS) for a, b in spans):
            continue
        if token in _BREAKS:
            inside = text[start + 1 : start + 2].isalnum()
            if token == "." and (inside or _SHORT.search(text[:start])):
                continue
            sentence += token in _ENDS
            start_offset = start_offset or token in _ENDS
            if current.words or current.amounts:
                matches.append(Clause(sentence=sentence, start=start))
            else:
                current.sentence = sentence
            continue
        # The month, not the verb.
        low = "may." if token == "May" else folding.fold(token)
        # "US" and "WHO" are content words, unless the text is in capitals.
        referent = len(token) > 1 and token.isupper() and low in LIGHT and not shouted
        if referent and low not in DENIALS:
            low = token
        joint = low in _JOINTS and not (low == "that" and _PREPOSED.search(text[:start]))
        if joint and (current.words or current.amounts):
            matches.append(Clause(sentence=sentence, start=start))
            start_offset = False
            continue
        if not low:
            continue
        if low in DENIALS and not (low in "无非" and text[start : start + 2] == "非常"):
            current.denial = True
            if low in _EMPTY:
                current.denied.update(range(len(current.words)))
        elif _dense(low):
            light = low in DENSE_LIGHT
            word = Word(low, frozenset({low}), start, False, light, dense=True)
            _insert_word(current, word)
        else:
            light = (low in LIGHT or low in UNITS or len(low) < 2) and low not in STRONG
            capital = token[0].isupper() and not light
            _insert_word(
                current,
                Word(
                    low, keys(low), start, capital and not start_offset, light, begins=start_offset
                ),
            )
        start_offset = False
    matches[-1].amounts += reversed(waiting)
    matches = [clause for clause in matches if clause.words or clause.amounts]
    _subjects(matches)
    return matches


def words_of(matches: Iterable[Clause]) -> list[Word]:
    """The words of clauses, in order."""
    return [word for clause in matches for word in clause.words]


def sentences(matches: Sequence[Clause]) -> list[list[Clause]]:
    """The clauses by sentence."""
    grouped: list[list[Clause]] = []
    for clause in matches:
        if grouped and grouped[-1][-1].sentence == clause.sentence:
            grouped[-1].append(clause)
        else:
            grouped.append([clause])
    return grouped


def statements(text: str, matches: Sequence[Clause]) -> list[Statement]:
    """The clauses of a text by statement: a verb with its own subject starts another."""
    outputs: list[Statement] = []
    sentence, statement, starts = -1, False, _subject_starts(text)
    ends = [clause.start for clause in matches[1:]] + [len(text)]
    for clause, end in zip(matches, ends, strict=False):
        primary = any(clause.start <= start < end for start in starts)
        if clause.sentence != sentence:
            outputs.append(Statement([], [], []))
        elif (statement and primary) or text[clause.start] in ";—–":
            outputs.append(Statement([], [], outputs[-1].around))
        else:
            primary = primary or statement
        sentence, statement = clause.sentence, primary
        for words in (outputs[-1].words, outputs[-1].around):
            words += [*clause.words, *clause.subject]
        outputs[-1].amounts.extend(clause.amounts)
    return outputs


def _subject_starts(text: str) -> list[int]:
    """The positions of the subjects of clauses in an English text."""
    return [
        sentence.start + clause.subject.start
        for sentence in analyse(text).sentences
        for clause in sentence.clauses
        if clause.subject is not None
    ]


def with_names(matches: list[Clause], alternatives: Sequence[Word]) -> list[Clause]:
    """Mark initial words of sentences as names if other texts write them as names."""
    names = frozenset(w.text for w in alternatives if w.name)
    for clause in matches:
        clause.words = [
            replace(w, name=True) if w.begins and w.text in names else w for w in clause.words
        ]
    _subjects(matches)
    return matches


def _insert_word(clause: Clause, word: Word) -> None:
    if clause.denial:
        clause.denied.add(len(clause.words))
    clause.words.append(word)


def _dense(word: str) -> bool:
    return len(word) == 1 and folding.is_dense(word)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        if folding.is_dense(token):
            for at, sign in enumerate(token):
                yield sign, match.start() + at
        elif token not in '"“”«»':
            yield token, match.start()


def _subjects(matches: list[Clause]) -> None:
    from workbench.recall.checking.roles import leading, starts_subjectless

    subject: tuple[Word, ...] = ()
    first: tuple[Word, ...] = ()
    sentence = -1
    for clause in matches:
        if clause.sentence != sentence:
            # A pronoun at the beginning refers to the subject of the previous sentence.
            sentence, subject, first = clause.sentence, first or subject, ()
        if starts_subjectless(clause):
            clause.subject = subject
        else:
            primary = leading(clause)
            subject = primary or subject
        first = first or subject
