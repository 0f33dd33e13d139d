"""Reads the information file of a video (yt-dlp's `NAME.info.json`) with embedded captions.

Fetched videos are stored in this form: all that the reader needs, in a file that other programs
read as well. A file without captions still has a description.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ingest import segment
from ingest.books import naming
from ingest.errors import DamagedFileError, NoTextError
from ingest.media import captions, information
from ingest.media.information import Information
from ingest.records import Notice, Reading, ReadRequest, Section, Source

READER = "video/1"


_CAPTIONS = (".vtt", ".srt", ".json3")


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read an information file: its captions, or its description.

    Raises `DamagedFileError` if it is truncated, `NoTextError` if it has neither.
    """
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(
            "This information about a video is cut off or corrupt.",
            "Save it again, or add the video's captions as an .srt or .vtt file.",
        ) from error
    existing = information.of(data)
    stem = path.name.removesuffix(".info.json")
    existing.title = request.title or existing.title or naming.from_file_name(stem)
    retained = embedded_captions(data)
    if retained is None:
        has_captions = any(
            item.suffix.lower() in _CAPTIONS for item in path.parent.glob(f"{_escaped(stem)}.*")
        )
        yield from _described(existing, request.start_section, has_captions=has_captions)
        return
    language, created, text = retained
    if language:
        existing.language = language
        existing.metadata["captions"] = f"{language}, automatic" if created else language
    yield from captions.readings(text, existing, request)
    if created:
        yield Notice(
            code="captions_automatic",
            message="These captions were generated automatically, not written by hand.",
            hint="Names and numbers may be misheard; a quote opens at its second.",
        )


def embedded_captions(data: object) -> tuple[str, bool, str] | None:
    """The captions inside an information file: (language, whether automatic, text), or None."""
    listing = data.get("requested_subtitles") if isinstance(data, dict) else None
    for language, item in listing.items() if isinstance(listing, Mapping) else ():
        text = item.get("data") if isinstance(item, dict) else None
        if isinstance(text, str) and text.strip():
            return str(language)[:20], bool(item.get("automatic")), text
    return None


def _described(info: Information, start_section: int, *, has_captions: bool) -> Iterator[Reading]:
    if not info.description:
        raise NoTextError(
            "This is information about a video, without captions or a description.",
            "Add the video's captions as an .srt or .vtt file.",
        )
    text = info.description
    language = segment.detect_language(text) or info.language
    yield Source(
        title=info.title,
        kind="captions",
        reader=READER,
        author=info.author,
        language=language,
        date=info.date,
        characters=len(text),
        sections=1,
        metadata=info.metadata,
    )
    if not start_section:
        result = segment.passages(text, 0, language, chapter="Description")
        yield Section(0, "Description", 0, text, tuple(result))
    if not has_captions:
        yield Notice(
            "no_captions",
            "Only the description was read: this file does not hold the video's captions.",
            "Add them as an .srt or .vtt file for what is said.",
            words="",
        )


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
