"""Inline LaTeX as plain text: titles of BibTeX, formulas of Markdown."""

import re
from itertools import chain, zip_longest

from ingest import scripts
from ingest.best_effort import attempt
from ingest.books import formulas
from ingest.records import Notice

#: A formula; a dollar before an amount ends none, nor does one after a space (as in Pandoc).
_MATH = re.compile(r"(?<!\\)\$(?=\S)[^$]*[^$\s]\$(?!\d)")
#: Signs that lists of references have as they are printed.
_PRINTED = re.compile(r"(?<!\\)[%&$]")
_MATH_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|([^\s{}\\]))")
#: Macros without output, and addresses of links.
_UNSAID = re.compile(r"\\[a-z]*noop[a-z]*\s*\{[^{}]*\}|\\href\s*\{[^{}]*\}", re.IGNORECASE)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_NO_LATEX = Notice(
    "latex_unread", "Some LaTeX of this document could not be read and stays as it is."
)


def plain_latex(text: str) -> str:
    """Resolve accents, groups, markup and formulas."""
    if not any(mark in text for mark in "\\{$~"):
        return " ".join(text.split())
    from pylatexenc.latex2text import LatexNodes2Text

    text = _UNSAID.sub("", text)
    prose = (_PRINTED.sub(r"\\\g<0>", part) for part in _MATH.split(text))
    math = (_MATH_SCRIPT.sub(_scripted, match[0]) for match in _MATH.finditer(text))
    text = "".join(chain.from_iterable(zip_longest(prose, math, fillvalue="")))
    text = _FRACTION.sub(lambda match: "/".join(map(formulas.enclosed, match.groups())), text)
    # pylatexenc takes this character for the accent.
    text = re.sub(r"\\textasciicircum(?:\{\}|\s|\b)", "^", text)
    facts = attempt(lambda: str(LatexNodes2Text().latex_to_text(text)), text, _NO_LATEX)
    return " ".join(scripts.without_marks(facts).split())


def _scripted(match: re.Match[str]) -> str:
    mark = scripts.UP if match[1] == "^" else scripts.DOWN
    return mark + (match[2] or match[3]) + scripts.END
