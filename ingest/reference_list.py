"""The works in the reference list at the end of a paper, each with its year."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.patterns import later

_HEADING = later(
    r"(?im)^\W*(?:\d{1,2}\.?\s+|[IVX]{1,4}\.\s+)?(?:references(?:\s+cited)?|bibliography"
    r"|works cited|literature(?:\s+cited)?|literaturverzeichnis|références|bibliographie"
    r"|referencias|bibliografía|bibliografia)\s*:?\s*$"
)
_NUMBER = later(r"(?<=\s)(?=\[\d{1,3}\]\s)")
_YEAR = later(r"(?<![\d/.:–-])(1[5-9]\d\d|20\d\d)(?![\d/:]|\.\d)")
_DOI = later(r"\b10\.\d{4,9}/[^\s\"<>]+[^\W_]")
_ENDS = later(
    r"(?i)\W*(?:appendi(?:x|ces)\b.*|affiliations?:?|about the authors?|acknowledge?ments?)"
)
#: Longest entry in characters, most entries, and entries without a year in a row that end the list.
_LONGEST, _MOST, _OTHERS = 1200, 3000, 6
#: Characters of an entry in which its year is expected when authors and year come first.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A work as listed; `year` and `doi` are "" if missing."""

    text: str
    year: str
    doi: str = ""


def listed_works(text: str) -> list[ListedWork]:
    """The works of the last reference list in a text, if it has one."""
    start = list_place(text)[0]
    return [*_works(text[start:])] if start < len(text) else []


def list_place(text: str) -> tuple[int, int]:
    """The bounds of the last reference list in a text; at its end if it has none."""
    for heading in reversed([*_HEADING.finditer(text)]):
        start = heading.end()
        results = [*_works(text[start:])]
        dated = sum(bool(item.year) for item in results)
        if dated >= 2 and 2 * dated >= len(results):
            at = start
            for paragraph in text[start:].split("\n\n"):
                if _ENDS.fullmatch(" ".join(paragraph.split())):
                    return start, at
                at += len(paragraph) + 2
            return start, len(text)
    return len(text), len(text)


def _works(text: str) -> Iterator[ListedWork]:
    entire, remaining, count = "", 0, 0
    for part in _parts(text):
        if _ENDS.fullmatch(part) or remaining > _OTHERS or count > _MOST:
            break
        if entire and _goes_on(entire, part):
            remaining += not _YEAR.search(part)
            entire = f"{entire} {part}"
            continue
        if entire:
            count += 1
            yield _work(entire)
        remaining = 0 if _YEAR.search(part) else remaining + 1
        entire = part
    if entire and _YEAR.search(entire):
        yield _work(entire)


def _goes_on(whole: str, part: str) -> bool:
    """Whether an entry continues: a page break in the middle of it cuts it in two."""
    if len(whole) > _LONGEST or part.startswith("["):
        return False
    cut = part[:1].islower() or not _YEAR.search(whole) or whole.startswith("[")
    return cut or (whole[-1] in ",:–-" and not _YEAR.search(part[:_NEAR]))


def _parts(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        for part in _NUMBER.split(f" {paragraph}"):
            if words := " ".join(part.split()):
                yield words


def _work(text: str) -> ListedWork:
    doi = _DOI.search(text)
    year = _YEAR.search(_DOI.sub("", text))
    return ListedWork(text[:_LONGEST], year[1] if year else "", doi[0] if doi else "")
