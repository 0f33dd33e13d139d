"""Chunks by one regular expression over the tag string, joined to phrases.

"A of B" becomes one noun phrase with an inner one, "A, B and C" one with items; brackets are
attached to the phrase before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ingest.triples.lexicon import lemma
from ingest.triples.words import CLASSES

Kind = Literal[
    "np", "adj", "poss", "vg", "inf", "ger", "prep", "rel", "sub", "conj", "com", "semi", "quo",
    "lp", "rp", "adv", "other",
]  # fmt: skip

#: Alternatives begin with a lookahead, which decides most positions at once.
_CHUNK = re.compile(
    r"""
 (?=[CmY])(?P<date>C?m(?:C(?![NJE]))?,?Y|C?m(?:C(?![NJE]))?(?!E)|Y(?![NJE])|(?<=I)Y(?=E))
|(?=[RMXHOVnB])(?P<vg>R?[MXHO](?:[Rn]*[XHO])*(?:[Rn]*[LBGV](?![NE]*[NE]p))?|[Rn]{0,2}V|n?B(?!p))
|(?=[DSRJCNEYpLGm])(?P<np>(?:D{1,3}(?:R(?=[JLGNEC]))?|D?S)?
    (?:R(?=[JLC])|J[&,](?=[JGL]+[NE])|J|(?<!N)C|(?<=N)C(?![JN])|N|E|Y(?=[NEJ])|p|(?<=[DSJCpRY])[LG](?=[JNECLG])|(?<=J,)[LG](?=[JNECLG])|(?<=[DS])[LG],(?=[LGJ]+N)|(?<=[LG],)[LGJ](?=[JNLG])|(?<=E)m)*
    (?:[NEm]|(?<!N)C|(?<=N)C(?![JN])))
|(?P<inf>T[Rn]*(?:B|X[Rn]*[LG]?|H[Rn]*[LX]*))
|(?=[RGXL])(?P<ger>R?(?:G|X?L))
|(?=[DJS])(?P<npd>D{0,2}J+|D{1,3}|S)
|(?P<pro>P)|(?P<prep>I+|T)|(?P<rel>[Ww])|(?P<sub>A)|(?P<conj>&)|(?P<com>,)|(?P<semi>[;.])
|(?P<quo>["'])|(?P<lp>\()|(?P<rp>\))|(?P<adv>[Rnu]+)|(?P<other>.)
""",
    re.X,
)
_CONJUNCTION = CLASSES["joins_nouns"]
#: Tags that make a phrase more than an adjective.
_UNMARKED = frozenset("NECmYPDS")


class Tagged(NamedTuple):
    """The words of a sentence and their tags, one character each."""

    words: Sequence[str]
    tags: str


@dataclass(slots=True, eq=False)
class Chunk:
    """Tokens `[start, end)` of one phrase; `main` is the verb of a verb group.

    `of` is the noun phrase after "of", `items` are the conjuncts. `used`: it is the subject of a
    finite verb.
    """

    kind: Kind
    start: int
    end: int
    sentence: Tagged
    of: "Chunk | None" = None
    items: Sequence["Chunk"] = ()
    stem: int = 0
    main: int = 0
    lemma: str = ""
    passive: bool = False
    progressive: bool = False
    negated: bool = False
    modal: bool = False
    used: bool = False

    def cut(self, start: int, end: int, kind: Kind = "np") -> "Chunk":
        """Other tokens of the same sentence."""
        return Chunk(kind, start, end, self.sentence)

    @property
    def first_tag(self) -> str:
        """The tag of the first token."""
        return self.sentence.tags[self.start]

    @property
    def final_tag(self) -> str:
        """The tag of the last token."""
        return self.sentence.tags[self.end - 1]

    @property
    def head_tag(self) -> str:
        """The tag of the head, before an "of"."""
        return self.sentence.tags[self.head_end() - 1]

    @property
    def first_word(self) -> str:
        """The first token in lower case."""
        return self.sentence.words[self.start].lower()

    @property
    def final_word(self) -> str:
        """The last token in lower case."""
        return self.sentence.words[self.end - 1].lower()

    @property
    def head(self) -> str:
        """The head, before an "of", in lower case."""
        return self.sentence.words[self.head_end() - 1].lower()

    @property
    def tags(self) -> str:
        """The tags of its tokens."""
        return self.sentence.tags[self.start : self.end]

    @property
    def text(self) -> str:
        """Its tokens, separated by spaces."""
        return " ".join(self.sentence.words[self.start : self.end])

    def parts(self) -> Sequence["Chunk"]:
        """The conjuncts, or the phrase itself."""
        return self.items or [self]

    def head_end(self) -> int:
        """The end of the phrase's own words, before its "of"."""
        return self.stem if self.of else self.end

    def innermost(self) -> "Chunk":
        """The last phrase of a chain of "of"."""
        inner = self
        while inner.of:
            inner = inner.of
        return inner


class Row(list[Chunk]):
    """The chunks of a sentence in order."""

    def kind(self, at: int) -> str:
        """The kind of the chunk at an index, or ""."""
        return self[at].kind if 0 <= at < len(self) else ""

    def matches(self, at: int, first: Kind, second: Kind) -> bool:
        """Whether chunks of two kinds follow each other at an index."""
        return 0 <= at < len(self) - 1 and self[at].kind == first and self[at + 1].kind == second


Bracket = tuple[Chunk | None, Row]


def chunks(line: Sequence[str], tags: str) -> tuple[Row, list[Bracket]]:
    """The phrases of a sentence in order, and the brackets after each."""
    flat, brackets = _unbracketed(_cut(Tagged(line, tags)))
    return _coordinate(_join_of(flat)), [(owner, _join_of(row)) for owner, row in brackets]


_TAKES_OF = CLASSES["takes_of"]


def _cut(sentence: Tagged) -> Row:
    pieces, tags = Row(), sentence.tags
    for match in _CHUNK.finditer(tags):
        kind, segment = match.lastgroup, match.group()
        start, end = match.span()
        # Groups are named after kinds.
        chunk = Chunk(kind, start, end, sentence)  # type: ignore[arg-type]
        chunk.negated = "n" in segment
        pieces.append(chunk)
        if kind in ("date", "npd", "pro", "np"):
            chunk.kind = "adj" if _UNMARKED.isdisjoint(segment) else "np"
        elif kind in ("vg", "inf", "ger"):
            chunk.main = chunk.end - 1
            tag = chunk.final_tag
            chunk.lemma = lemma(sentence.words[chunk.main]) if tag != "M" else ""
            chunk.passive = tag == "L" and (kind == "ger" or "X" in segment[:-1])
            chunk.progressive = tag == "G"
            chunk.modal = "M" in segment
    return pieces


def _join_of(row: Row) -> Row:
    pieces = Row()
    i = 0
    while i < len(row):
        chunk = row[i]
        if chunk.kind == "np" and (chunk.first_tag != "P" or chunk.first_word in _TAKES_OF):
            while (
                row.matches(i + 1, "prep", "np")
                and row[i + 1].final_word == row[i + 1].first_word == "of"
            ):
                inner = row[i + 2]
                chunk.stem = chunk.stem or chunk.end
                preceding = chunk.innermost()
                preceding.stem = preceding.stem or preceding.end
                preceding.of = inner.cut(inner.start, inner.end)
                chunk.end = inner.end
                i += 2
        pieces.append(chunk)
        i += 1
    return pieces


def _unbracketed(row: Row) -> tuple[Row, list[Bracket]]:
    flat = Row()
    brackets: list[Bracket] = []
    depth = 0
    for chunk in row:
        if chunk.kind == "lp":
            depth += 1
            owner = flat[-2:] if flat and flat[-1].kind == "com" else flat[-1:]
            brackets.append((owner[0] if owner else None, Row()))
        elif chunk.kind == "rp":
            depth = max(0, depth - 1)
        else:
            (brackets[-1][1] if depth else flat).append(chunk)
    return flat, brackets


def _coordinate(row: Row) -> Row:
    pieces = Row()
    i = 0
    while i < len(row):
        chunk = row[i]
        pieces.append(chunk)
        i += 1
        if _is_item(chunk):
            items, end = _list_from(row, i - 1, pieces[-2].kind if len(pieces) > 1 else "")
            if len(items) > 1:
                i = end + 1
                if _coordinates_inside(items):
                    inner = chunk.innermost()
                    inner.items = [inner.cut(inner.start, inner.end), *items[1:]]
                else:
                    complete = chunk.cut(chunk.start, items[-1].end)
                    complete.of, complete.stem, complete.items = chunk.of, chunk.stem, items
                    pieces[-1] = complete
    return pieces


def _is_item(chunk: Chunk) -> bool:
    return chunk.kind == "np" and chunk.first_tag != "P"


def _step(row: Row, j: int) -> int:
    """The chunks up to the next item of a list: 1 after "," or "and", 2 after ", and"."""
    step, kind = 1, row.kind(j)
    if kind == "conj":
        if row[j].first_word not in _CONJUNCTION:
            return 0
    elif kind != "com":
        return 0
    elif row.kind(j + 1) == "conj":
        step = 2
    return step if j + step < len(row) and _is_item(row[j + step]) else 0


def _list_from(row: Row, i: int, preceding: str) -> tuple[list[Chunk], int]:
    """The items of a list that begins at `i`, and its last chunk; one if it is none.

    `preceding` is the kind of the chunk before it.
    """
    items, j, end, enumerated = [row[i]], i + 1, i, False
    while step := _step(row, j):
        if step == 2 and len(items) == 1:
            break
        item = row[j + step]
        joined = row.kind(j + step - 1) == "conj"
        enumerated = enumerated or joined
        if preceding in ("vg", "inf", "ger", "prep", "adv") and _starts_clause(row, j + step + 1):
            enumerated = enumerated and not joined
            break
        items.append(item)
        j += step + 1
        end = j - 1
        if joined:
            break
    if len(items) > 2:
        enumerated = enumerated or all(item.final_tag == "E" and not item.of for item in items)
    return (items, end) if enumerated else ([], i)


def _starts_clause(row: Row, k: int) -> bool:
    return row.kind(k + (row.kind(k) == "adv")) == "vg"


def _coordinates_inside(items: list[Chunk]) -> bool:
    """ "Sons of A and B": the list belongs inside the "of"."""
    first, tags = items[0], items[0].sentence.tags
    return (
        first.of is not None
        and tags[first.of.start - 2] != "E"
        and all(not item.of and item.first_tag not in "DSJ" for item in items[1:])
        and first.final_tag == items[1].final_tag
    )
