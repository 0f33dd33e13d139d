"""Rows of a table as text, each cell labelled by its column.

Column names come from header rows, or from a first row of words or years above columns of numbers.
Without names the cells of a row are only separated.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, repeat, zip_longest

BETWEEN = " | "
#: The cells of a row; None where the cell above spans rows, `ACROSS` where the one before spans
#: columns.
Cells = Sequence[str | None]
ACROSS = "\x1f"
#: Rows examined for names, and columns spanned by one cell at most.
SAMPLE, WIDEST = 30, 60
#: Characters of a column's name, and of a spanning cell that is repeated.
_LONGEST_NAME = 80
#: Characters of a name in a row that only looks like a header.
_LONGEST_IMPLIED = 40
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[-–/]\d{2,4})?(?:\s?\([^()]*\)|[AEFPaefp*])?")


def texts(rows: Iterable[Cells], heads: int = 0, *, sheet: bool = False) -> Iterator[str]:
    """Each row as a line of text, without empty ones; the first `heads` rows are headers.

    In a `sheet` a first row of words is one, whatever is below it.
    """
    left = iter(rows)
    sample = list(islice(left, max(SAMPLE, heads + 1)))
    start, names = columns(sample, heads, sheet=sheet)
    above: list[str] = []
    for number, row in enumerate(chain(sample, left)):
        above = reached(row, above if number > max(start, heads) else ())
        if text := line(above, names if number >= start else ()):
            yield text


def tables(rows: Iterable[Cells]) -> Iterator[list[Cells]]:
    """The tables of a sheet, below and beside each other, without empty rows.

    A row of words after an empty row begins another table if numbers are below it, or if it has
    columns of its own; so do words beyond an empty column.
    """
    current: list[Cells] = []
    region: list[Cells] = []
    for row in chain(rows, [()]):
        if any(cell and cell != ACROSS for cell in row):
            region.append(row)
            continue
        if current and region and _begins(region, current):
            yield from _beside(current)
            current = []
        current += region
        region = []
    if current:
        yield from _beside(current)


def _filled(cells: Cells) -> set[int]:
    return {at for at, cell in enumerate(cells) if cell}


def _begins(region: Sequence[Cells], above: Sequence[Cells]) -> bool:
    """Whether rows below an empty one are another table."""
    start, head = next(((n, row) for n, row in enumerate(region) if not _is_single(row)), (0, ()))
    previous = next((row for row in above if not _is_single(row)), ())
    if not head or not previous or not _has_names(head) or start + 1 == len(region):
        return False
    columns = _filled(head)
    own = len(columns) > 1 and not columns <= _filled(previous)
    return own or any(_is_of_numbers(region[start + 1 :], at) for at in columns)


def _has_names(cells: Cells) -> bool:
    return all(len(cell) <= _LONGEST_NAME and _is_word(cell) for cell in cells if cell)


def _is_of_numbers(rows: Sequence[Cells], at: int) -> bool:
    cells = [cell for row in rows[:SAMPLE] if at < len(row) and (cell := row[at])]
    return 2 * sum(not _is_word(cell) for cell in cells) > len(cells)


def _beside(table: list[Cells]) -> Iterator[list[Cells]]:
    """The tables between the empty columns of rows, if each begins with a column of words."""
    used = sorted({at for row in table for at, cell in enumerate(row) if cell != ""})
    groups: list[list[int]] = []
    for at in used:
        if groups and groups[-1][-1] == at - 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    head = next((row for row in table if not _is_single(row)), ())
    named = _has_names(head) and {*used} <= _filled(head)
    worded = not any(_is_of_numbers(table[1:], group[0]) for group in groups)
    if len(groups) < 2 or not named or not worded or any(len(group) < 2 for group in groups):
        yield table
        return
    for first, *_, final in groups:
        inner = [row[first : final + 1] for row in table]
        yield [row for row in inner if any(row)]


def spread(cell: str | None, wide: int) -> list[str | None]:
    """A cell that spans so many columns."""
    return [cell, *([ACROSS] * (min(wide, WIDEST) - 1))]


def reached(row: Cells, above: Sequence[str]) -> list[str]:
    """The cells of a row, including short ones of the row above that span both."""
    return [
        ("" if cell == ACROSS else cell)
        if cell is not None
        else text
        if len(text) <= _LONGEST_NAME
        else ""
        for cell, text in zip(row, chain(above, repeat("")), strict=False)
    ]


def line(cells: Sequence[str], names: Sequence[str] = ()) -> str:
    """The filled cells of a row with their labels, on one line."""
    labelled = zip(labels(cells, names), cells, strict=True)
    return BETWEEN.join(label + cell for label, cell in labelled if cell)


def labels(cells: Sequence[str], names: Sequence[str]) -> list[str]:
    """The label of each cell of a row: the name of its column.

    Empty cells, a single cell, and repeated names have none.
    """
    if not any(cells[1:]):
        names = ()
    return [
        f"{name}: " if cell and name and name != cell else ""
        for cell, name in zip(cells, chain(names, repeat("")), strict=False)
    ]


def columns(
    sample: Sequence[Cells], heads: int = 0, *, sheet: bool = False
) -> tuple[int, Sequence[str]]:
    """The number of header rows, and the names; (0, ()) without any.

    `sample` are the first rows of a table, of which the first `heads` are headers.
    """
    if heads < len(sample):
        results = _joined(sample[:heads])
        if any(results):
            return heads, results
    for at, cells in enumerate(sample):
        if not _is_single(cells):
            final = at + 1 + (ACROSS in cells and _goes_on(sample[at + 1 :]))
            upper, lower = _repeated(cells), sample[final - 1]
            labelled = [b or a for a, b in zip_longest(upper, _repeated(lower))]
            head = _is_head(labelled, sample[final:], sheet=sheet)
            return (final, _joined(sample[at:final])) if head else (0, ())
    return 0, ()


def _goes_on(following: Sequence[Cells]) -> bool:
    """Whether the next row names the columns below spanning cells, above numbers."""
    names, *remainder = following or [()]
    words = {at for at, cell in enumerate(names) if cell and cell != ACROSS}
    figures = {
        at for row in remainder for at, cell in enumerate(row) if any(map(str.isdigit, cell or ""))
    }
    return all(_is_word(names[at] or "") for at in words) and not words.isdisjoint(figures)


def _repeated(cells: Cells) -> list[str]:
    """The cells of a header, repeated for all columns they span."""
    results: list[str] = []
    for cell in cells:
        results.append(results[-1] if cell == ACROSS and results else cell or "")
    return results


def _is_single(cells: Cells) -> bool:
    """Whether a row has one text, such as the caption of its table."""
    return len({*filter(None, cells)} - {ACROSS}) < 2


def _joined(heads: Sequence[Cells]) -> list[str]:
    """The name of each column, from top to bottom; "" if it is too long."""
    heads = [_repeated(row) for row in heads if not _is_single(row)]
    results = []
    for at in range(max(map(len, heads), default=0)):
        text = dict.fromkeys(row[at] for row in heads if at < len(row))
        name = " ".join(filter(None, text)).rstrip(": ")
        results.append(name if len(name) <= _LONGEST_NAME else "")
    return results


def _is_head(cells: Cells, following: Sequence[Cells], *, sheet: bool) -> bool:
    pending = [cell for cell in cells if cell]
    if not all(
        len(cell) <= _LONGEST_NAME and (_is_word(cell) or _is_year(cell)) for cell in pending
    ):
        return False
    if sheet and not any(map(_is_year, pending)):
        return True
    if any(len(cell) > _LONGEST_IMPLIED or cell.endswith(":") for cell in pending):
        # Running text beside a table, the fields of a form.
        return False
    years: list[int] = []
    figures = 0
    for at, cell in enumerate(cells):
        lower = [row[at] or "" for row in following if at < len(row) and row[at] != ACROSS]
        lower = [item for item in lower if any(map(str.isalnum, item))]
        if not cell or not lower:
            continue
        if _is_year(cell):
            if any(map(_is_year, lower)):
                return False
            years.append(int(cell[:4]))
        else:
            figures += 2 * sum(not _is_word(item) for item in lower) > len(lower)
    steps = {b - a for a, b in pairwise(years)}
    # Of two columns, the first may be names, too: "Country | Austria", "Area | 83 879".
    return figures >= (2 if len(pending) == 2 else 1) or (len(steps) == 1 and 0 not in steps)


def _is_year(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell))


def _is_word(cell: str) -> bool:
    """Whether a cell is not a number."""
    first = next(filter(str.isalnum, cell), "")
    return first.isalpha()
