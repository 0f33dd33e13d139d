"""Rows of a table as text: each cell with what its column is called.

The names stand in the rows that a document sets apart as headers, or else in a first row of words
or years above columns of figures. Without names the cells of a row stand side by side.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice, pairwise, repeat

BETWEEN = " | "
#: The cells of a row; None where the cell above reaches down.
Cells = Sequence[str | None]
#: Rows that are looked at for names, and columns that one cell lies across.
SAMPLE, WIDEST = 30, 60
#: Letters of the name of a column, and of a cell that is said again in the rows it reaches down to.
_LONGEST_NAME = 80
#: Letters of a name in a row that only looks like a header.
_LONGEST_IMPLIED = 40
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[-–/]\d{2,4})?(?:\s?\([^()]*\)|[AEFPaefp*])?")


def texts(rows: Iterable[Cells], heads: int = 0, *, sheet: bool = False) -> Iterator[str]:
    """Each row as a line of text, empty ones left out; the first `heads` rows are headers.

    In a `sheet` a first row of words is one, whatever stands below it.
    """
    left = iter(rows)
    sample = list(islice(left, max(SAMPLE, heads + 1)))
    start, names = columns(sample, heads, sheet=sheet)
    above: list[str] = []
    for number, row in enumerate(chain(sample, left)):
        cells = [cell or "" for cell in row]
        if number < max(start, heads):
            # What lies across several columns is said once.
            cells = [cell for cell, _ in groupby(cells)]
        named = names if number >= start else ()
        if named:
            cells = above = reached(row, above)
        if said := line(cells, named):
            yield said


def spread(cell: str | None, wide: int, head: bool) -> list[str | None]:
    """A cell that lies across so many columns, of all of which a header is said."""
    return [cell, *([cell if head else ""] * (min(wide, WIDEST) - 1))]


def reached(row: Cells, above: Sequence[str]) -> list[str]:
    """The cells of a row, with those of the row above that reach down to it and are short."""
    return [
        cell if cell is not None else said if len(said) <= _LONGEST_NAME else ""
        for cell, said in zip(row, chain(above, repeat("")), strict=False)
    ]


def line(cells: Sequence[str], names: Sequence[str] = ()) -> str:
    """The cells of a row that say something, side by side, each after its label."""
    labelled = zip(labels(cells, names), cells, strict=True)
    return BETWEEN.join(label + cell for label, cell in labelled if cell)


def labels(cells: Sequence[str], names: Sequence[str]) -> list[str]:
    """What stands before each cell of a row: the name of its column.

    There is none before an empty cell, one that is alone in its row, and a name said again.
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
    """How many rows say what the columns are called, and the names; (0, ()) where none does.

    `sample` are the first rows of a table, of which the first `heads` are headers.
    """
    if heads < len(sample):
        found = _joined(sample[:heads])
        if any(found):
            return heads, found
    for at, cells in enumerate(sample):
        if not _is_alone(cells):
            head = _is_head(cells, sample[at + 1 :], sheet=sheet)
            return (at + 1, _joined([cells])) if head else (0, ())
    return 0, ()


def _is_alone(cells: Cells) -> bool:
    """Whether a row says one thing, such as what its table is called."""
    return len({*filter(None, cells)}) < 2


def _joined(heads: Sequence[Cells]) -> list[str]:
    """The name of each column, from top to bottom; "" for one that is too long."""
    heads = [row for row in heads if not _is_alone(row)]
    found = []
    for at in range(max(map(len, heads), default=0)):
        said = dict.fromkeys(row[at] for row in heads if at < len(row))
        name = " ".join(filter(None, said)).rstrip(": ")
        found.append(name if len(name) <= _LONGEST_NAME else "")
    return found


def _is_head(cells: Cells, below: Sequence[Cells], *, sheet: bool) -> bool:
    held = [cell for cell in cells if cell]
    if not all(len(cell) <= _LONGEST_NAME and (_is_word(cell) or _is_year(cell)) for cell in held):
        return False
    if sheet and not any(map(_is_year, held)):
        return True
    if any(len(cell) > _LONGEST_IMPLIED or cell.endswith(":") for cell in held):
        # Running text beside a table, the fields of a form.
        return False
    years: list[int] = []
    figures = 0
    for at, cell in enumerate(cells):
        under = [row[at] or "" for row in below if at < len(row)]
        under = [each for each in under if any(map(str.isalnum, each))]
        if not cell or not under:
            continue
        if _is_year(cell):
            if any(map(_is_year, under)):
                return False
            years.append(int(cell[:4]))
        else:
            figures += 2 * sum(not _is_word(each) for each in under) > len(under)
    steps = {b - a for a, b in pairwise(years)}
    # Of two columns, the first may be names, too: "Country | Austria", "Area | 83 879".
    return figures >= (2 if len(held) == 2 else 1) or (len(steps) == 1 and 0 not in steps)


def _is_year(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell))


def _is_word(cell: str) -> bool:
    """Whether a cell says something other than a figure."""
    first = next(filter(str.isalnum, cell), "")
    return first.isalpha()
