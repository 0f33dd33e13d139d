"""Word frequencies of each source, with those of English for comparison.

Only running text is counted: no tables, code or references. Words are counted in lower case and
singular; words capitalised within a sentence are counted separately, to recognise names. English
frequencies come from two lists: the reader's vocabulary, ordered by frequency in an encyclopedia
and novels, and the counts of TextBlob's dictionary.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from zlib import crc32

from ingest.language.nouns import singular_form as singular
from ingest.language.word_lists import lines, read_text
from ingest.triples.lexicon import word_tag
from workbench import allocator, paths
from workbench.store.graph_rows import Statement

_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|[-‐'’](?=[^\W\d_]))*|\d+(?:[.,]\d+)*|[^\w\s]")
_OWNED = re.compile(r"[’']s\b")
_BAD_SECTION = re.compile(
    r"^\W*[\d.]*\s*(references|bibliography|acknowledge?ments?|copyright|index|contents"
    r"|table of contents)\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^\s*(?:>>>|\$ |\.\. |\||#|import |from \w+ import|def |class \w+[(:]|fn |let |pub )"
    r"|^\s*[>+] \S+.*[(=]|->|=>|<-|[{}]|;\n|\w\(\w+: ?\w+\)|\w = \w+\("
)
_ENDS = frozenset('.!?:“"‘(;—[”')
#: Punctuation of prose.
_PROSE = frozenset(".,;:'\"“”‘’()-—!?`")
#: The constant of Zipf's law: the word of rank r has about this rate divided by r.
_ZIPF = 0.09
#: The rate of a word in neither list.
RAREST = 1e-6
#: The minimum share of prose in an English source; of others all text counts.
_ENGLISH = 0.2
#: The share of a word in -ing after an article or possessive from which it is a noun.
_ARTICLE_SHARE = 0.05
#: One of so many statements is sampled, if it has at least so many words: shorter ones are not
#: specific.
_SAMPLED, _SAMPLE_WORDS = 4, 6
#: The minimum number and share of common sampled statements that make two sources copies.
_SAMPLE_MIN, _COPIED = 8, 0.5


@cache
def classes() -> dict[str, frozenset[str]]:
    """The classes of uninformative words, by name."""
    split = (line.split(":", 1) for line in lines("generic.txt"))
    return {name.strip(): frozenset(members.split()) for name, members in split}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word in lower case and singular."""
    return singular(word.lower())


@cache
def rates() -> dict[str, float]:
    """The rate of each word in English running text, by its singular."""
    by_stem: dict[str, float] = {}
    path = paths.resources() / "reader" / "vocabulary.json"
    if path.is_file():
        rank = 0
        for word in json.loads(path.read_text("utf-8")):
            if word.isascii() and word.isalpha() and len(word) > 1:
                rank += 1
                key = stem(word)
                by_stem[key] = by_stem.get(key, 0.0) + _ZIPF / (rank + 2.7)
    frequencies: Counter[str] = Counter()
    for line in read_text("word_counts.txt").splitlines():
        word, _, number = line.partition(" ")
        if number.isdecimal():
            frequencies[stem(word)] += int(number)
    total = frequencies.total()
    for key, times in frequencies.items():
        by_stem[key] = max(by_stem.get(key, 0.0), times / total)
    return by_stem


for _cached in (stem, rates):
    allocator.register_release(_cached.cache_clear)


def prose(text: str) -> list[str]:
    """The tokens of running text; empty for code, tables, formulas and other languages."""
    if _CODE.search(text):
        return []
    tokens = _TOKEN.findall(_OWNED.sub(" ", text))
    low = [token.lower() for token in tokens if token[0].isalpha()]
    signs = sum(1 for token in tokens if not token[0].isalnum() and token not in _PROSE)
    function = sum(map(classes()["function"].__contains__, low))
    return tokens if len(low) >= 4 and function * 9 >= len(low) and signs * 6 <= len(tokens) else []


@dataclass(slots=True)
class SourceWords:
    """The counts of one source: `words` in total, and lower-case ones by stem.

    `capitalised` counts words capitalised within a sentence, as written; `doing` words in -ing, and
    `after_article` those of them after an article or possessive, in lower case; `prose` maps
    statements of running text to their section; `sample` are checksums of sampled ones, equal for
    equal texts.
    """

    words: int = 0
    small: Counter[str] = field(default_factory=Counter)
    doing: Counter[str] = field(default_factory=Counter)
    after_article: Counter[str] = field(default_factory=Counter)
    capitalised: Counter[str] = field(default_factory=Counter)
    pronouns: int = 0
    prose: dict[int, int] = field(default_factory=dict)
    sections_of: dict[int, int] = field(default_factory=dict)
    sections: Counter[int] = field(default_factory=Counter)
    sample: set[int] = field(default_factory=set)
    foreign: bool = False

    def add(self, statement: Statement) -> None:
        """Count one statement."""
        self.sections_of[statement.engram] = statement.section
        tokens = [] if _BAD_SECTION.match(statement.title) else prose(statement.text)
        if not tokens:
            return
        words = [token for token in tokens if token[0].isalpha()]
        low = [word.lower() for word in words]
        self.prose[statement.engram] = statement.section
        self.words += len(words)
        checksum = crc32(" ".join(low).encode())
        if len(low) >= _SAMPLE_WORDS and checksum % _SAMPLED == 0:
            self.sample.add(checksum)
        self.sections[statement.section] += len(words)
        self.pronouns += sum(map(classes()["pronouns"].__contains__, low))
        for previous, word in pairwise(("", *low)):
            if word.endswith("ing"):
                self.doing[word] += 1
                self.after_article[word] += word_tag(previous, False) in "DS" if previous else 0
        large = [word for word in words if len(word) > 3 and word[0].isupper()]
        heading = len(large) >= 3 and len(large) > 0.6 * sum(len(word) > 3 for word in words)
        sentence_start = True
        for at, token in enumerate(tokens):
            if token[0].isalpha():
                if token[0].islower():
                    self.small[stem(token)] += 1
                elif not sentence_start and not heading:
                    self.capitalised[token] += 1
                sentence_start = False
            elif token in _ENDS:
                previous = tokens[at - 1] if at else ""
                short = len(previous) == 1 or previous.lower() in classes()["titles"]
                sentence_start = not (token == "." and short)

    def finish(self) -> "SourceWords":
        """Count all statements if the source is not English text."""
        if len(self.prose) < _ENGLISH * len(self.sections_of):
            self.prose, self.foreign = self.sections_of, True
        return self

    @property
    def english(self) -> bool:
        """Whether English word rates apply to this source."""
        return not self.foreign

    @property
    def narrative(self) -> bool:
        """Whether this is narrative: more than 4.5 % of its words are pronouns."""
        return self.words > 2000 and self.pronouns > 0.045 * self.words

    def is_verb(self, word: str) -> bool:
        """Whether a word in -ing is a verb here ("making progress"), rarely after an article."""
        return self.after_article[word] < _ARTICLE_SHARE * self.doing[word]

    def is_name(self, word: str) -> bool:
        """Whether a word, as written, is a name here: usually capitalised within sentences."""
        capitals = self.capitalised[word]
        return capitals > 0 and capitals >= 0.7 * (capitals + self.small[stem(word)])


def count_words(parts: Iterable[list[Statement]]) -> dict[int, SourceWords]:
    """The word counts of all sources."""
    by_source: dict[int, SourceWords] = {}
    for part in parts:
        for statement in part:
            words = by_source.get(statement.source)
            if words is None:
                words = by_source[statement.source] = SourceWords()
            words.add(statement)
    return {source: words.finish() for source, words in by_source.items()}


def find_copies(sources: Mapping[int, SourceWords], apart: Collection[int]) -> dict[int, int]:
    """Sources that are copies of an earlier one in another format: copy → original.

    Those `apart` are works of their own.
    """
    owners: dict[int, int] = {}
    copies: dict[int, int] = {}
    for source in sorted(sources):
        sample = sources[source].sample
        shared = Counter(owners[checksum] for checksum in sample if checksum in owners)
        original, number = next(iter(shared.most_common(1)), (source, 0))
        least = min(len(sample), len(sources[original].sample))
        if source not in apart and number >= max(_SAMPLE_MIN, _COPIED * least):
            copies[source] = original
        else:
            owners.update(dict.fromkeys(sample, source))
    return copies
