"""Descriptions of changes, with counts: "3 notes deleted"."""

import tomllib
from functools import cache
from pathlib import Path

from workbench.translation import known, tr_n


@cache
def forms() -> dict[str, list[str]]:
    """Singular and plural descriptions, by the kind of a change."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def in_words(kind: str, count: int) -> str:
    """The description of a change, in the chosen language."""
    said = forms().get(kind)
    return tr_n(count, said[0], said[-1], n=f"{count:,}") if said else known(kind)
