"""Records of a playlist or channel, without importing yt-dlp."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One video of a list: its number from 1, and its metadata in the list."""

    number: int
    address: str
    title: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Playlist:
    """A list of videos: some of its entries; `total` is their number, None if unknown."""

    title: str
    channel: str
    total: int | None
    entries: tuple[Entry, ...]
