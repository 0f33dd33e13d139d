"""What is known of real documents without the program, and how near a reading comes to it.

A pack is a folder of `files/` and `expected.jsonl`: one line a file with its words, its title and
authors, its subject, its number of pages, as far as somebody knows them.
"""

import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Truth = Mapping[str, Any]


def truths(pack: Path) -> dict[str, Truth]:
    """What is known of each file, by its name below `files/`."""
    lines = (pack / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["file"]: row for row in map(json.loads, lines)}


def words(text: str) -> list[str]:
    """The words of a text, capitals and soft hyphens aside."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return re.findall(r"\w+", plain)


def overlap(got: Sequence[str], wanted: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words that were read, in whatever order."""
    common = sum((Counter(got) & Counter(wanted)).values())
    precision, recall = common / max(1, len(got)), common / max(1, len(wanted))
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def is_title(got: str, wanted: Sequence[str]) -> bool:
    """Whether a title is one of those that are right, but for signs and a slip."""
    found = _plain(got)
    return any(
        "".join(found) == "".join(_plain(one))
        or difflib.SequenceMatcher(None, found, _plain(one), autojunk=False).ratio() >= 0.9
        for one in wanted
    )


def are_authors(got: str, wanted: Sequence[str]) -> bool:
    """Whether every family name is among the authors, and little else."""
    found, people = _plain(got), [_plain(one) for one in wanted]
    families = [[name for name in one if name not in _NO_NAMES][-1:] for one in people]
    # A "Jr." after a comma stands in some truths as a person of its own.
    named = all(family[0] in found for family in families if family)
    return bool(found) and named and len(found) <= 1.6 * sum(map(len, people)) + 1


_NO_NAMES = frozenset({"jr", "sr", "ii", "iii"})
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "’": "", "'": ""})


def _plain(text: str) -> list[str]:
    bare = (each for each in unicodedata.normalize("NFKD", text.casefold()))
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    return re.findall(r"[^\W_]+", kept.translate(_LETTERS))
