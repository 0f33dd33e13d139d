"""The publication date of a paper, as printed on its first page.

The date in PDF metadata is that of the file, often years later. Printed are a copyright, a journal
or proceedings line at the head or foot, a date alone on a line below the title, and the arXiv
number.
"""

import re
from statistics import median

from ingest.books import naming
from ingest.books.pdf_page import PageText
from ingest.patterns import later

#: Parts of a page, from the top and bottom, with publication lines, and the part in which a date
#: alone on a line counts.
_HEAD, _FOOT, _UPPER = 0.16, 0.8, 0.5
#: Size of a note at the foot relative to the text.
_SMALL = 0.95
_YEAR = later(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_COPYRIGHT = later(r"(?:©|\(c\)|\bcopyright\b)\D{0,40}?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_APPEARED = later(
    r"\bvol(?:ume|\.)?\s*\d|\bpp\.?\s*\d|\bproceedings\b|\bproc\.|\bconference\b|\bsymposium\b"
    r"|\bjournal\b|\btransactions\b|\bissn\b|\bpublished\b|\((?:19|20)\d\d\)",
    re.IGNORECASE,
)
#: A line that is a date with a month.
_DATE = later(
    r"\W*(?:\w+:?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+)?[^\W\d_]{3,9}\.?,?\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,\s+)?\d{4}\W*"
)
_ARXIV = later(r"(?:^|/)(\d\d)(\d\d)")


def printed(page: PageText, arxiv: str) -> str:
    """The date in ISO 8601, as far as known; "" if the page is not clear."""
    texts = [(line.top / page.height, line.text) for line in page.lines]
    typical = median([line.size for line in page.lines] or [0.0])
    edges = [
        line.text
        for line in page.lines
        if line.top < _HEAD * page.height
        or (line.top > _FOOT * page.height and line.size < _SMALL * typical)
    ]
    years = {year for text in edges if _APPEARED.search(text) for year in _YEAR.findall(text)}
    dated = (text for top, text in texts if top < _UPPER and _DATE.fullmatch(text))
    results = [
        *(match[1] for _, text in texts for match in _COPYRIGHT.finditer(text)),
        *(years if len(years) == 1 else ()),
        *filter(None, map(naming.iso_date, dated)),
        *(
            f"{'19' if match[1] > '90' else '20'}{match[1]}-{match[2]}"
            for match in _ARXIV.finditer(arxiv)
        ),
    ]
    return next(iter(results), "")
