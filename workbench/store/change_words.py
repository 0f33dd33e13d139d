"""What acts did, in words and with counts: "3 notes deleted"."""

import tomllib
from functools import cache
from pathlib import Path

from workbench.translation import known, tr_n


@cache
def forms() -> dict[str, list[str]]:
    """What is said of one and of many, by the kind of a change."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def in_words(kind: str, count: int) -> str:
    """What a change of a kind did, in the chosen language."""
    said = forms().get(kind)
    return tr_n(count, said[0], said[-1], n=f"{count:,}") if said else known(kind)
