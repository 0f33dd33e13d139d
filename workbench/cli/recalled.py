"""Prints memories that a recall found."""

from collections.abc import Sequence

from workbench.cli.output import Output
from workbench.memory.reflex.records import Hit


def say_hit(hit: Hit, output: Output, *, explain: bool) -> None:
    """Print a memory with where it is from, and why it came to mind."""
    was = "" if hit.current else " · replaced"
    was += " · archived" if hit.archived else ""
    output.result(f"{hit.text}  · {_origin(hit)} · {hit.score:.2f}{was}")
    for reason in hit.reasons if explain else ():
        output.result(f"    {reason}")


def say_recalled(hits: Sequence[Hit], output: Output, *, explain: bool) -> None:
    """Print what came to mind beside an answer, under a heading."""
    if hits:
        output.result("\nWhat comes to mind:")
    for hit in hits:
        say_hit(hit, output, explain=explain)


def _origin(hit: Hit) -> str:
    origin = hit.origin
    if origin.told:
        return ", ".join(origin.sources) or "told"
    page = f"p. {origin.page}" if origin.page else ""
    return " · ".join(filter(None, (origin.title, origin.chapter, page)))
