"""What was read of a source, counted from what is stored: pages, words, and words set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.segment import word_count
from workbench.store.records import PageRow, PassageRow


@dataclass(frozen=True, slots=True)
class Account:
    """What a source consists of, as far as it was read.

    `words` are all of its text; `set_aside` are those of headings, notes, contents and licences,
    which are in no passage. `empty_pages` are the numbers of pages without text.
    """

    pages: int
    empty_pages: tuple[int, ...]
    words: int
    set_aside: int
    passages: int


def account(
    pages: Sequence[PageRow], texts: Iterable[str], passages: Iterable[PassageRow]
) -> Account:
    """Count what is stored of a source: its pages, the texts of its sections, its passages."""
    words = sum(map(word_count, texts))
    quotable = [word_count(each.text) for each in passages]
    return Account(
        pages=len(pages),
        empty_pages=tuple(each.number for each in pages if each.end <= each.start),
        words=words,
        set_aside=max(0, words - sum(quotable)),
        passages=len(quotable),
    )


def in_words(read: Account) -> str:
    """The account as a line: "12 pages, 2 without text (3, 7); 4,210 words"."""
    told = []
    if read.pages:
        told.append("1 page" if read.pages == 1 else f"{read.pages:,} pages")
        if read.empty_pages:
            some = ", ".join(map(str, read.empty_pages[:_NAMED]))
            more = ", …" if len(read.empty_pages) > _NAMED else ""
            told[0] += f", {len(read.empty_pages):,} without text ({some}{more})"
    told.append(f"{read.words:,} words")
    if read.set_aside:
        told[-1] += f", {read.set_aside:,} of them in headings, notes or lists set aside"
    return "; ".join(told)


_NAMED = 12
