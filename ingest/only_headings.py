"""Documents that consist only of headings and title pages: their headings become the text.

Readers leave headings out of the passages. A slip of a few words, a form or a bookmark page may
have nothing else; then its headings are what there is to remember.
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.records import Passage, Reading, Section, Source

#: Characters without a passage after which a source has more to it than headings.
_MOST = 50_000


def as_text(records: Iterator[Reading]) -> Iterator[Reading]:
    """The records, with passages of the headings in a source that has no others."""
    held: list[Section] = []
    language = ""
    #: Whether the source at hand is none of these: it has a passage, or is too long.
    resolved = False
    for record in records:
        if isinstance(record, Source):
            yield from _worded(held, language)
            held, language, resolved = [], record.language, False
        elif isinstance(record, Section) and not resolved:
            held.append(record)
            resolved = bool(record.passages) or sum(len(item.text) for item in held) > _MOST
            if resolved:
                yield from held
                held = []
            continue
        yield record
    yield from _worded(held, language)


def _worded(sections: list[Section], language: str) -> Iterator[Section]:
    if not any(character.isalpha() for section in sections for character in section.text):
        yield from sections
        return
    # The window knows of readers before it is painted, and cuts nothing by then.
    from ingest import segment

    for section in sections:
        result = segment.passages(
            section.text, section.start, language, chapter=section.title or None
        )
        yield replace(
            section, kind="body", passages=tuple(_with_page(one, section) for one in result)
        )


def _with_page(passage: Passage, section: Section) -> Passage:
    """The passage with the page on which it begins, where there are pages."""
    from ingest import segment

    previous = [page for page in section.pages if page.start <= passage.locator.start]
    return (
        segment.at_page(passage, previous[-1].number, previous[-1].label) if previous else passage
    )
