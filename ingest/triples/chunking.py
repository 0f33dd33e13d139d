"""Chunks: what one regular expression over the tag string cuts out, then joined to phrases.

"A of B" becomes one noun phrase with its inner one, "A, B and C" one with items, and brackets leave
the line with the phrase that they follow.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.triples import nouns, words
from ingest.triples.lexicon import lemma

Kind = Literal[
    "np", "adj", "poss", "vg", "inf", "ger", "prep", "rel", "sub", "conj", "com", "semi", "quo",
    "lp", "rp", "adv", "other",
]  # fmt: skip

#: What each part can begin with is asked first: most places are then settled by one look.
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
_CONJUNCTION = ("and", "or", "&", "nor")


@dataclass(slots=True, eq=False)
class Chunk:
    """Tokens `[start, end)` that belong together; `main` is the verb of a verb group.

    `of` is the noun phrase after "of", `items` are the parts of a coordination. `used`: a finite
    verb has taken this phrase as its subject.
    """

    kind: Kind
    start: int
    end: int
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

    def parts(self) -> Sequence["Chunk"]:
        """The coordinated phrases, or the phrase itself."""
        return self.items or [self]

    def head_end(self) -> int:
        """Where the phrase's own words end, before its "of"."""
        return self.stem if self.of else self.end

    def innermost(self) -> "Chunk":
        """The last phrase of a chain of "of"."""
        inner = self
        while inner.of:
            inner = inner.of
        return inner


Bracket = tuple[Chunk | None, list[Chunk]]


def chunks(line: list[str], tags: str) -> tuple[list[Chunk], list[Bracket]]:
    """The phrases of a sentence in order, and what stood in brackets after which phrase."""
    flat, brackets = _unbracketed(_cut(line, tags))
    joined = _join_of(flat, line, tags)
    return (
        _coordinate(joined, line, tags),
        [(owner, _join_of(row, line, tags)) for owner, row in brackets],
    )


def _cut(line: list[str], tags: str) -> list[Chunk]:
    pieces: list[Chunk] = []
    for match in _CHUNK.finditer(tags):
        name = match.lastgroup or "other"
        segment = match.group()
        start, end = match.span()
        if name in ("date", "npd", "pro", "np"):
            unmarked = not any(tag in "NECmYPDS" for tag in segment)
            pieces.append(Chunk("adj" if unmarked else "np", start, end))
        elif name in ("vg", "inf", "ger"):
            main = end - 1
            pieces.append(
                Chunk(
                    "vg" if name == "vg" else "inf" if name == "inf" else "ger",
                    start,
                    end,
                    main=main,
                    lemma=lemma(line[main]) if tags[main] != "M" else "",
                    passive=tags[main] == "L" and (name == "ger" or "X" in segment[:-1]),
                    progressive=tags[main] == "G",
                    negated="n" in segment,
                    modal="M" in segment,
                )
            )
        else:
            pieces.append(Chunk(_KINDS[name], start, end, negated="n" in segment))
    return pieces


_KINDS: dict[str, Kind] = {
    "prep": "prep",
    "rel": "rel",
    "sub": "sub",
    "conj": "conj",
    "com": "com",
    "semi": "semi",
    "quo": "quo",
    "lp": "lp",
    "rp": "rp",
    "adv": "adv",
    "other": "other",
}
_TAKES_OF = ("one", "some", "most", "many", "all", "both", "each", "part")


def _join_of(row: list[Chunk], line: list[str], tags: str) -> list[Chunk]:
    pieces: list[Chunk] = []
    i = 0
    while i < len(row):
        chunk = row[i]
        if chunk.kind == "np" and (
            tags[chunk.start] != "P" or line[chunk.start].lower() in _TAKES_OF
        ):
            while (
                i + 2 < len(row)
                and row[i + 1].kind == "prep"
                and row[i + 1].end - row[i + 1].start == 1
                and line[row[i + 1].start].lower() == "of"
                and row[i + 2].kind == "np"
            ):
                inner = row[i + 2]
                chunk.stem = chunk.stem or chunk.end
                previous = chunk.innermost()
                previous.stem = previous.stem or previous.end
                chunk.innermost().of = Chunk("np", inner.start, inner.end)
                chunk.end = inner.end
                i += 2
        pieces.append(chunk)
        i += 1
    return pieces


def _unbracketed(row: list[Chunk]) -> tuple[list[Chunk], list[Bracket]]:
    flat: list[Chunk] = []
    brackets: list[Bracket] = []
    depth = 0
    for chunk in row:
        if chunk.kind == "lp":
            depth += 1
            following = flat[-2:] if flat and flat[-1].kind == "com" else flat[-1:]
            brackets.append((following[0] if following else None, []))
        elif chunk.kind == "rp":
            depth = max(0, depth - 1)
        elif depth:
            brackets[-1][1].append(chunk)
        else:
            flat.append(chunk)
    return flat, brackets


def _coordinate(row: list[Chunk], line: list[str], tags: str) -> list[Chunk]:
    pieces: list[Chunk] = []
    i = 0
    while i < len(row):
        chunk = row[i]
        if chunk.kind == "np" and (tags[chunk.start] != "P" or _pronoun_pair(row, i, line, tags)):
            items, end, enumerated = _list_from(row, i, line, tags, pieces[-1] if pieces else None)
            if enumerated and len(items) > 1:
                if _coordinates_inside(items, tags):
                    inner = chunk.innermost()
                    inner.items = [Chunk("np", inner.start, inner.end), *items[1:]]
                    pieces.append(chunk)
                else:
                    complete = Chunk("np", chunk.start, items[-1].end, of=chunk.of, stem=chunk.stem)
                    complete.items = items
                    pieces.append(complete)
                i = end + 1
                continue
        pieces.append(chunk)
        i += 1
    return pieces


def _pronoun_pair(row: list[Chunk], i: int, line: list[str], tags: str) -> bool:
    """ "He and his wife": the one coordination that begins with a pronoun."""
    return (
        i + 2 < len(row)
        and row[i + 1].kind == "conj"
        and line[row[i + 1].start].lower() == "and"
        and row[i + 2].kind == "np"
        and tags[row[i + 2].start] in "SE"
        and line[row[i].start].lower() in words.SUBJECT_PRONOUN
    )


def _is_item(chunk: Chunk, tags: str) -> bool:
    return chunk.kind == "np" and tags[chunk.start] != "P"


def _step(row: list[Chunk], j: int, line: list[str], tags: str) -> int:
    """How many chunks on the next item of a list stands: 1 after "," or "and", 2 after ", and"."""
    if j + 1 >= len(row):
        return 0
    if row[j].kind == "com":
        if _is_item(row[j + 1], tags):
            return 1
        if (
            j + 2 < len(row)
            and row[j + 1].kind == "conj"
            and line[row[j + 1].start].lower() in ("and", "or")
            and _is_item(row[j + 2], tags)
        ):
            return 2
    elif (
        row[j].kind == "conj"
        and line[row[j].start].lower() in _CONJUNCTION
        and _is_item(row[j + 1], tags)
    ):
        return 1
    return 0


def _list_from(
    row: list[Chunk], i: int, line: list[str], tags: str, preceding: Chunk | None
) -> tuple[list[Chunk], int, bool]:
    """The items of a list that begins at `i`, the last chunk it takes, and whether it is one."""
    items, j, end, enumerated = [row[i]], i + 1, i, False
    object_like = preceding is not None and preceding.kind in ("vg", "inf", "ger", "prep", "adv")
    while step := _step(row, j, line, tags):
        if step == 2 and len(items) == 1:
            break
        item = row[j + step]
        joined = row[j + step - 1].kind == "conj"
        enumerated = enumerated or joined
        if not joined and not enumerated and tags[items[-1].end - 1] == "E" and _is_title(
            item, line, tags
        ):  # fmt: skip
            break
        if (
            tags[items[-1].start] not in "DS"
            and tags[items[-1].end - 1] in "NE"
            and tags[item.start] == "D"
            and tags[item.end - 1] != "E"
            and preceding is not None
            and preceding.kind == "prep"
        ):
            break
        if object_like and _starts_clause(row, j + step + 1):
            enumerated = enumerated and not joined
            break
        items.append(item)
        j += step + 1
        end = j - 1
        if joined:
            break
    if not enumerated and len(items) > 2:
        enumerated = all(tags[item.end - 1] == "E" and not item.of for item in items)
    return items, end, enumerated


def _is_title(item: Chunk, line: list[str], tags: str) -> bool:
    """ "Henry, 2nd Baron", "Anne, Queen of ...": what follows a name is not the next of a list."""
    if tags[item.start] == "C" and "E" in tags[item.start : item.end]:
        return True
    return any(word.lower() in nouns.ROLE for word in line[item.start : item.start + 3])


def _starts_clause(row: list[Chunk], k: int) -> bool:
    if k < len(row) and row[k].kind == "adv":
        k += 1
    return k < len(row) and row[k].kind == "vg"


def _coordinates_inside(items: list[Chunk], tags: str) -> bool:
    """ "Sons of A and B": the list belongs inside the "of"."""
    first = items[0]
    return (
        first.of is not None
        and tags[first.of.start - 2] != "E"
        and all(not item.of and tags[item.start] not in "DSJ" for item in items[1:])
        and tags[first.end - 1] == tags[items[1].end - 1]
    )
