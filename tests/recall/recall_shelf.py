"""Small libraries for questions: chapters and records of made-up facts."""

import functools
import itertools
from collections.abc import Mapping, Sequence

from ingest.records import Section, Source
from ingest.segment import passages
from workbench.memory.lexicon import Lexicon
from workbench.recall.reader import Reader, shipped
from workbench.recall.recall import Recall
from workbench.store import sources, text
from workbench.store.store import Store

_names = itertools.count()


def book(
    store: Store,
    chapters: Mapping[str, str],
    *,
    title: str = "A Book",
    author: str = "",
    language: str = "en",
    kind: str = "text",
    key: str | None = None,
) -> int:
    """Store a source with these chapters (heading → text) and return its id."""
    source = Source(title, kind, "text/1", author=author, language=language, key=key)
    name = f"{title}{next(_names)}"
    number = store.write(lambda c: sources.insert(c, source, hash=name, size=1))
    made: list[Section] = []
    start = 0
    for heading, body in chapters.items():
        whole = f"{heading}\n\n{body}\n\n" if heading else f"{body}\n"
        begin = len(whole) - len(whole[len(heading) :].lstrip()) if heading else 0
        cut = passages(whole, start, language, body=[(begin, len(whole))])
        made.append(Section(len(made), heading, start, whole, cut))
        start += len(whole)
    store.write(lambda c: text.append(c, number, made))
    return number


def note(store: Store, body: str, *, title: str = "", language: str = "en", **more: str) -> int:
    """Store a short record and return its id."""
    return book(
        store,
        {"": body},
        title=title,
        language=language,
        kind="record",
        author=more.get("author", ""),
        key=more.get("key"),
    )


def recall_of(store: Store) -> Recall:
    """A recall without a cache on disk and without a reader."""
    return Recall(store, Lexicon(store, None))


def reading_recall_of(store: Store) -> Recall:
    """A recall without a cache on disk whose candidates the reader of the program reads."""
    return Recall(store, Lexicon(store, None), reader=_reader)


@functools.cache
def _reader() -> Reader:
    folder = shipped()
    assert folder is not None
    return Reader.load(folder, threads=1)


#: Filler that talks about other things, so that rarity means something.
FILLER = (
    "The market opened early and the baker sold bread until noon. Two boats waited near the pier. "
    "Nobody spoke about the weather that morning. Children ran along the wall and counted gulls. "
    "A clerk wrote numbers into a long list. The mill stood still for want of wind. "
    "An old dog slept beside the well. Someone had painted the door green. "
)


def filler_chapters(count: int) -> dict[str, str]:
    """Chapters about nothing in particular, each a little different."""
    words: Sequence[str] = ("harbour", "orchard", "kitchen", "library", "quarry", "meadow")
    return {
        f"Chapter {i}": FILLER
        + f"In the {words[i % len(words)]} number {i} all was quiet. "
        + FILLER
        for i in range(1, count + 1)
    }
