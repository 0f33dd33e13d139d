"""Statements put into a library without a reader."""

import itertools
from collections.abc import Callable, Sequence

from ingest.records import Locator, Passage, Section, Source
from workbench.store import sources, text
from workbench.store.store import Store

Put = Callable[..., int]

_names = itertools.count()


def section_of(ordinal: int, start: int, title: str, statements: Sequence[str]) -> Section:
    """A section whose sentences are these statements, each a line."""
    body, spans = "", []
    for statement in statements:
        spans.append((start + len(body), start + len(body) + len(statement)))
        body += statement + "\n"
    place = Locator(spans[0][0], spans[-1][1])
    passage = Passage(place, body[: spans[-1][1] - start], tuple(spans))
    return Section(ordinal, title, start, body, (passage,))


def put_into(
    store: Store,
    statements: Sequence[str],
    *,
    title: str = "",
    author: str = "",
    kind: str = "text",
    language: str = "en",
) -> int:
    """Store statements as one source and return its id."""
    source = Source(title, kind, "text/1", author=author, language=language)
    name = f"{title}{next(_names)}{statements[0]}"
    number = store.write(lambda c: sources.insert(c, source, hash=name, size=1))
    section = section_of(0, 0, "", statements)
    store.write(lambda c: text.append(c, number, [section]))
    return number
