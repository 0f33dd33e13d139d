"""References in brackets: they name a source and state nothing themselves.

“[Leval, Collectives in the Spanish Revolution, p. 227]” names the Spanish Revolution and answers no
question about it.
"""

from ingest.patterns import later

#: Characters of the longest reference.
_LONGEST = 240
_MARK = (
    r"(?i:\bpp?\.\s?[\divxlc]+|\bvol\.|\bch(?:ap)?\.\s?\d|\bop\.\s?cit|\bibid|\bet\s+al\b"
    r"|\bquoted\s+(?:by|in)\b)"
)
_YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
_INSIDE = rf"[^\[\]]{{0,{_LONGEST}}}"
_REFERENCE = later(
    # A number, or several: “[12]”, “[3, 5–7]”.
    r"\[\s*\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*\s*\]"
    # Words with a page, or with a name and a year: “[Hebb 1949]”; the end may be in the next
    # sentence, and the beginning in the one before.
    rf"|\[(?={_INSIDE}(?:\]|\Z))(?=[^\[\]]*(?:{_MARK}|[A-Z][^\[\]]*{_YEAR}))[^\[\]]*(?:\]|\Z)"
    rf"|\A(?={_INSIDE}\])(?=[^\[\]]*{_MARK})[^\[\]]*\]"
    # Round brackets hold much else, such as years of birth and death.
    rf"|\((?=[^()]{{0,{_LONGEST}}}\))(?=[^()]*{_MARK})[^()]*\)"
)


def blank_references(passage: str) -> str:
    """Replace each reference with blanks; characters outside keep their offsets."""
    if "[" not in passage and "]" not in passage and "(" not in passage:
        return passage
    return _REFERENCE.sub(lambda found: " " * len(found[0]), passage)
