"""Counts what was read of a source from the database: pages, words, figures, tables.

Tables are counted by captions, or else by their rows, which all readers write alike; figures by
pictures found, or by captions if these are more, since a plot may be drawn on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.patterns import later
from workbench.store.records import PageRow, PassageRow, SourceRow

_NAMED = 12
_FIGURE = later(r"(?m)^(?:Figure|Fig\.|Abbildung|Abb\.|Figura)\s(\d{1,3})\s?[.:–—|]")
_TABLE = later(r"(?m)^(?:Table|Tabelle|Tab\.|Tableau|Tabla|Tabella)\s(\d{1,3})\s?[.:–—|]")
#: Separator of the cells of a row.
_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Account:
    """The contents of a source as read.

    `words` counts all of its text, `set_aside` the words of headings, notes, contents and licences,
    which are in no passage. `empty_pages` are the numbers of pages without text. `figures` and
    `tables` are counts; `not_read` says what was left out and why.
    """

    pages: int
    empty_pages: tuple[int, ...]
    words: int
    set_aside: int
    passages: int
    figures: int = 0
    tables: int = 0
    not_read: tuple[str, ...] = ()


def account(
    source: SourceRow,
    pages: Sequence[PageRow],
    texts: Iterable[str],
    passages: Iterable[PassageRow],
) -> Account:
    """Count what is stored of a source: its pages, the texts of its sections, its passages."""
    # Segmentation loads numpy, which the window does not need at start-up.
    from ingest.segment import word_count

    entire = "".join(texts)
    words = word_count(entire)
    figures, tables = ({*pattern.findall(entire)} for pattern in (_FIGURE, _TABLE))
    quotable = [word_count(item.text) for item in passages]
    return Account(
        pages=len(pages),
        empty_pages=tuple(p.number for p in pages if not entire[p.start : p.end].strip()),
        words=words,
        set_aside=max(0, words - sum(quotable)),
        passages=len(quotable),
        figures=max(int(source.metadata.get("figures", 0)), len(figures)),
        tables=len(tables) or _tables(entire),
        not_read=source.notices,
    )


def _tables(text: str) -> int:
    """Count runs of two or more rows."""
    result = run = 0
    for line in text.splitlines():
        if line:
            run = run + 1 if _CELLS in line else 0
            result += run == 2
    return result


def in_words(read: Account) -> str:
    """The account as a line: "12 pages, 2 without text (3, 7); 4,210 words; 3 figures, 1 table"."""
    phrases = []
    if read.pages:
        phrases.append(_count(read.pages, "page"))
        if read.empty_pages:
            listed_pages = ", ".join(map(str, read.empty_pages[:_NAMED]))
            more = ", …" if len(read.empty_pages) > _NAMED else ""
            phrases[0] += f", {len(read.empty_pages):,} without text ({listed_pages}{more})"
    phrases.append(_count(read.words, "word"))
    if read.set_aside:
        phrases[-1] += f", {read.set_aside:,} of them in headings, notes or lists set aside"
    parts = (_count(read.figures, "figure"), _count(read.tables, "table"))
    counts = [part for part in parts if not part.startswith("0 ")]
    return "; ".join([*phrases, *([", ".join(counts)] if counts else [])])


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"
