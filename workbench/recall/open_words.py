"""Finds anaphors in a question: he, it, there, that.

Excluded are the expletive “it takes”, “his” after its owner, and “that” as a conjunction.

Which pronoun (he, she, it) the library uses for a name is decided by votes: the first pronoun after
the name in the same sentence, unless another name intervenes (after
`ingest.triples.context.genders`, which reads whole sources), and the initial pronoun of the next
sentence if this one begins with the name. A location (in, near …) votes for it.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.patterns import later
from ingest.triples.chunking import Chunk, chunks
from ingest.triples.corrections import tags as tagged
from ingest.triples.tokens import Token, normalised, tokens
from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall.search import Scope
from workbench.store import text

PERSON = {"he": 0, "him": 0, "his": 0, "she": 1, "her": 1, "hers": 1, "it": 2, "its": 2}
MANY = frozenset(("they", "them", "their", "theirs"))
POINTING = frozenset(("this", "that", "these", "those"))
_OWNED = frozenset(("his", "her", "its", "their"))
ASKS = frozenset(("who", "whom", "whose", "what", "which", "where", "when", "why", "how"))
_OPENS = later(
    r"\s*(?:(?:and|but|so|or|then|also|well|ok(?:ay)?)\b[,\s]+|(?:no|sorry|wait)\s*[,.:;–—-]+\s*)",
    re.IGNORECASE,
)
#: The continuation of an expletive “it”, unlike the “to” of “was it added to the list”.
_THAT = (
    r"\s(?:that|whether|if|when|to(?!\s+(?:the|an?|his|her|its|their|this|that|these|those"
    r"|(?-i:[A-ZÀ-Þ]))))\b"
)
#: Expletives: “How long does it take to …”, “is it true that”.
_EMPTY_IT = later(
    r"\b(?:is|was)\s+it\s+(?:true|false)\b|\bma(?:k|d)es?\s+it\s+\w+\s+(?:to|for)\b"
    r"|\bit\s+(?:\w+ly\s+)?(?:rains?|rained|snows?|snowed|seems?|seemed)\b"
    rf"|\bit\s+(?:\w+ly\s+)?(?:takes?|took|costs?|means?)\b.*?{_THAT}"
    rf"|\b(?:is|was|does)\s+it(?:\s+\w+){{0,2}}{_THAT}",
    re.IGNORECASE,
)
_PARTS_CLAUSES = frozenset(("than", "after", "before", "since", "until", "because"))
#: Words before “that” as an event: “after that”, “Why did she do that?”
_EVENTS = _PARTS_CLAUSES | {"do", "did", "does", "done"}
#: The minimum verbs between a phrase and a pronoun in separate clauses.
_TWO_CLAUSES = 2
_AUXILIARY = frozenset("XHOM")
PHRASE = frozenset("NEG")


@dataclass(frozen=True, slots=True)
class Line:
    """A parsed question: its tokens, one tag each, and its phrases."""

    text: str
    tokens: Sequence[Token]
    tags: str
    chunks: Sequence[Chunk]

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens]


def read(text: str) -> Line:
    line = tokens(normalised(text))
    words = [token.word for token in line]
    tags = tagged(words)
    row, _ = chunks(words, tags)
    return Line(text, line, tags, row)


def open_words(line: Line) -> Iterator[tuple[str, int, bool]]:
    """Yield anaphors without an antecedent: spelling, position, whether possessive."""
    empty = [match.span() for match in _EMPTY_IT.finditer(line.text)]
    for at, token in enumerate(line.tokens):
        low = token.word.lower()
        following = line.tags[at + 1 : at + 2]
        if low in PERSON or low in MANY:
            if at and token.word[0].isupper():
                continue  # part of a title
            if low == "it" and any(start <= token.start < end for start, end in empty):
                continue
            if at > 1 and low == "it" and line.text[token.end : token.end + 2] in ("'s", "’s"):
                low = "its"  # a common misspelling
            if _has_antecedent(line, at, low):
                continue
            owns = low in _OWNED and (low != "her" or (following in "NJECGL" and following != ""))
            yield token.word, at, owns
        elif low in POINTING and not following.strip(".?") and at:
            if line.words[at - 1].lower() not in _EVENTS:
                yield token.word, at, False
        elif low in POINTING and following in tuple("XVOMI"):
            # “What does that mean?” and “is that in”, not “the day that was”.
            if at and line.tags[at - 1] in _AUXILIARY and "W" not in line.tags[at + 1 : at + 3]:
                yield token.word, at, False
        elif low == "there" and at and not (following and following in "XH"):
            before = line.tags[at - 1]
            if before not in _AUXILIARY or following in "N":
                yield token.word, at, False


def _has_antecedent(line: Line, at: int, word: str) -> bool:
    """Whether a pronoun has its antecedent in the question itself."""
    if at > 1 and line.tags[at - 1] == "&" and line.tags[at - 2] in PHRASE:
        return True  # “Matisse and his wife”
    for each in line.chunks:
        if each.kind != "np" or each.start >= at or each.end > at:
            continue
        asked = each.start > 0 and line.words[each.start - 1].lower() in ASKS
        if asked or line.words[each.start].lower() in (*PERSON, *MANY):
            continue
        if word in _OWNED:
            return True
        # In one clause another name is somebody else: “What did Holmes give him?”
        between = range(each.end, at)
        parted = any(
            line.tags[i] in "WA,&" or line.words[i].lower() in _PARTS_CLAUSES for i in between
        )
        verbs = sum(c.kind == "vg" and each.end <= c.start < at for c in line.chunks)
        if not parted and verbs < _TWO_CLAUSES:
            continue
        if "E" in line.tags[each.start : each.end] or word in ("it", "its", *MANY):
            return True
    # “Contrary to what he is known for, what did Van Gogh …”
    comma = line.tags.find(",", at)
    return 0 <= comma < len(line.tags) and "E" in line.tags[comma:] and "W" not in line.tags[:1]


def unopened(question: str) -> str:
    """A question without the initial “And”."""
    opened = _OPENS.match(question)
    return question[opened.end() :] if opened else question


def stands_for(raw: str) -> str:
    """The pronoun class of a word: "he", "she", "it", "they" or "there"."""
    low = raw.lower()
    if low in PERSON:
        return ("he", "she", "it")[PERSON[low]]
    return "they" if low in (*MANY, "these", "those") else "it" if low in POINTING else low


#: Maximum sentences per name: more do not change the majority.
_SENTENCES = 240
_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_IT = frozenset(("it", "its", "itself"))
_OWNER_PRONOUNS = "|".join((*_HE, *_SHE, *_IT))
#: “At Cape Aravis” counts for Aravis.
_IN = r"\b(?:in|at|on|near|into|through|across|around)\s+(?:the\s+)?(?:[A-ZÀ-Þ]\w*\s+){0,2}"
_START = re.compile(r"(He|His|She|Her)\b")


def pronoun_counts(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, word: str
) -> tuple[int, int, int]:
    """The counts of he, she and it after a word, a name's surname or a noun, in `scope`."""
    tokens = words.sequence(word)
    if not tokens:
        return 0, 0, 0
    ordinals = scope.restrict(snapshot.lookup(words.key(tokens[-1])))
    ids = [ordinal + 1 for ordinal in sampled(ordinals.tolist())]
    rows = text.statements(connection, {at for id_item in ids for at in (id_item, id_item + 1)})
    return votes(word, [(rows.get(id_item, ""), rows.get(id_item + 1, "")) for id_item in ids])


def sampled(places: Sequence[int]) -> Sequence[int]:
    """A sample spread over the whole text, so that no single page decides."""
    return places[:: max(1, len(places) // _SENTENCES)]


def votes(word: str, sentences: Iterable[tuple[str, str]]) -> tuple[int, int, int]:
    """The counts of he, she and it after a word in sentences, each with the next one."""
    first, remainder = re.escape(word[0]), re.escape(word[1:])
    name = rf"\b(?i:{first}){remainder}\b"
    # In somebody's house is not in somebody.
    pattern = re.compile(
        rf"(?P<in>{_IN}(?={name}(?!['’])))?{name}(?:['’]s)?"
        rf"(?:[^.!?;A-ZÀ-Þ“”\"]{{0,60}}?\b(?P<own>{_OWNER_PRONOUNS})\b)?"
    )
    opens = re.compile(rf"(?:\W*\w+){{0,2}}?\W*{name}")
    he = she = it = 0
    for sentence, after in sentences:
        following = _START.match(after)
        matches = list(pattern.finditer(sentence))
        voted = [item["own"] for item in matches]
        it += sum(item["in"] is not None for item in matches)
        if following is not None and opens.match(sentence):
            voted.append(following[1].lower())
        he += sum(vote in _HE for vote in voted)
        she += sum(vote in _SHE for vote in voted)
        it += sum(vote in _IT for vote in voted)
    return he, she, it
