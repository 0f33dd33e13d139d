"""Options for a video, after the “#” of its address, which is never sent.

`#captions=de,en` lists languages in order of preference; `#speech` allows the sound to be
downloaded and transcribed without captions. Jobs store the address, so the options survive a
restart and are visible.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_WISH = re.compile(r"captions=[\w,-]*|speech")


@dataclass(frozen=True, slots=True)
class Wishes:
    """Caption languages, best first, none for the video's own; whether sound may be downloaded."""

    languages: tuple[str, ...] = ()
    speech: bool = False

    @property
    def any(self) -> bool:
        """Whether there are options."""
        return bool(self.languages or self.speech)


def of(link: str) -> Wishes:
    """The options in an address."""
    languages: list[str] = []
    speech = False
    for wish in link.partition("#")[2].split("&"):
        if wish == "speech":
            speech = True
        elif wish.startswith("captions="):
            languages_of_wish = wish.removeprefix("captions=").split(",")
            languages += [name for name in languages_of_wish if _LANGUAGE.match(name)]
    return Wishes(tuple(dict.fromkeys(languages)), speech)


def with_wishes(link: str, languages: Sequence[str] = (), *, speech: bool = False) -> str:
    """The address with these options instead of its own."""
    previous, _, fragment = link.partition("#")
    retained = [part for part in fragment.split("&") if part and not _WISH.fullmatch(part)]
    if languages:
        retained.append(f"captions={','.join(languages)}")
    if speech:
        retained.append("speech")
    return f"{previous}#{'&'.join(retained)}" if retained else previous


def plain(link: str) -> str:
    """The address without options."""
    return with_wishes(link)
