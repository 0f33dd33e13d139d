"""Exports cards as a deck for Anki: one file, each card with its source and page on the back."""

import html
import io
import itertools
import os
import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import permissions
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel
from workbench.memory.facts.index import FactIndex
from workbench.memory.kinds import reviewing
from workbench.memory.kinds.records import GAP, Review
from workbench.memory.sharing.exporting import Selection
from workbench.store import marks, meta, reviews

if TYPE_CHECKING:
    from genanki import Note

SUFFIX = ".apkg"
_CHUNK = 256


def write(
    index: FactIndex, target: Path, name: str, selection: Selection, cancel: Cancel
) -> list[Review]:
    """Export the cards of a selection to a new file, as a deck of that name.

    Cards exported before keep their identity in Anki. Raises `NotFoundError` if there are none,
    `UsageError` if the file exists and `InputError` if it cannot be written.
    """
    import genanki

    if target.exists():
        raise UsageError(
            f"“{target.name}” exists already; it was not touched.", "Choose another name."
        )
    with index.store.read() as connection:
        ids = reviews.active(connection)
        tags = marks.tags_of(connection, ids)
        library = str(meta.get(connection, meta.LIBRARY_ID))
    kept: list[Review] = []
    for start in range(0, len(ids), _CHUNK):
        cancel.check()
        read = reviewing.load_reviews(index, ids[start : start + _CHUNK])
        kept += [review for review in read if _selected(review, selection)]
    if not kept:
        raise NotFoundError(
            "Nothing there is kept for review.", "Keep something with `workbench review ID --keep`."
        )
    number = int.from_bytes(sha256(f"{library} {name}".encode()).digest()[:4]) >> 1
    deck = genanki.Deck(number, name)
    for review in kept:
        guid = genanki.guid_for(library, review.id)
        deck.add_note(_note(review, guid, tags.get(review.id, ())))
    timestamp = index.store.clock()
    # Written here, since the package's own writer leaves a temporary copy.
    with closing(sqlite3.connect(":memory:")) as connection:
        numbers = itertools.count(int(timestamp * 1000))
        genanki.Package(deck).write_to_db(connection.cursor(), timestamp, numbers)
        connection.commit()
        content = connection.serialize()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", content)
        archive.writestr("media", "{}")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        permissions.write_private(part, packed.getvalue())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return kept


def _selected(review: Review, selection: Selection) -> bool:
    if review.source is not None and review.source in selection.sources:
        return True
    if selection.is_complete:
        return review.source is None
    if selection.memories is not None:
        return review.id in selection.memories
    return review.collection == selection.collection


def _note(review: Review, guid: str, tags: tuple[str, ...]) -> "Note":
    import genanki

    cloze, gaps = GAP.subn(lambda gap: f"{{{{c1::{gap[1].replace('::', '∷')}}}}}", review.front)
    where = ", ".join(dict.fromkeys(filter(None, (review.title, review.place))))
    back = [] if gaps else [review.answer]
    back += [f"<i>{_html(each)}</i>" for each in (review.note, where) if each]
    return genanki.Note(
        model=genanki.CLOZE_MODEL if gaps else genanki.BASIC_MODEL,
        fields=[_html(cloze), "<br>".join([*map(_html, back[: not gaps]), *back[not gaps :]])],
        tags=["_".join(tag.split()) for tag in tags],
        guid=guid,
    )


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
