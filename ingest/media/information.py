"""Metadata of a recording from the information file of yt-dlp.

Only displayed fields are read, and their types are checked: such files come from anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.books import naming

_MAX_CHAPTERS = 2000
_LONGEST = 500
#: Seconds that no recording reaches.
_BEYOND = 1e9


@dataclass(slots=True)
class Information:
    """Title, channel, date (ISO 8601), language, and chapters as (second, name) in order."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    description: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    chapters: list[tuple[float, str]] = field(default_factory=list)


def of(data: object) -> Information:
    """Parse an information file; empty if it is none."""
    if not isinstance(data, dict):
        return Information()
    texts = {key: value.strip() for key, value in data.items() if isinstance(value, str)}
    result = Information(
        title=" ".join(texts.get("title", "").split()),
        author=texts.get("channel", "") or texts.get("uploader", ""),
        date=naming.iso_date(texts.get("upload_date", "") or texts.get("release_date", "")),
        language=texts.get("language", "")[:20],
        description=texts.get("description", ""),
    )
    for key, name in (("webpage_url", "address"), ("thumbnail", "thumbnail")):
        if texts.get(key, "").startswith(("http://", "https://")):
            result.metadata[name] = texts[key][:_LONGEST]
    if result.author:
        result.metadata["channel"] = result.author[:_LONGEST]
    result.chapters = _chapters(data)
    return result


def _chapters(data: Mapping[str, object]) -> list[tuple[float, str]]:
    listing = data.get("chapters")
    chapters = []
    for item in listing[:_MAX_CHAPTERS] if isinstance(listing, list) else ():
        start = item.get("start_time") if isinstance(item, dict) else None
        if isinstance(start, int | float) and abs(start) < _BEYOND:
            name = item.get("title")
            title = " ".join(name.split()) if isinstance(name, str) else ""
            chapters.append((float(start), title))
    return sorted(chapters, key=lambda chapter: chapter[0])
