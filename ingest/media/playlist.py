"""Entries of a playlist or channel: records without any import of yt-dlp."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One video of a list: its number in it from 1 on, and what the list says of it."""

    number: int
    address: str
    title: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Playlist:
    """A list of videos: some of its entries; `total` is how many there are, None where unknown."""

    title: str
    channel: str
    total: int | None
    entries: tuple[Entry, ...]
