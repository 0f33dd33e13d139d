"""Errors of yt-dlp in plain words, by remedy.

The messages of sites change; unknown ones are passed on.
"""

import re
from collections.abc import Sequence

from ingest.errors import IngestError, RefusedError, UnreachableError, UnsupportedFileError
from ingest.media.remarks import LIST, NO_CAPTIONS

OFFER = (
    "If you can watch it in a browser, save its captions there and add them as an .srt, .vtt or "
    ".json3 file (or the .info.json of yt-dlp)."
)

#: Patterns of site messages, with error and hint; the first match counts.
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        r"private video|video is private",
        "This video is private.",
        "Ask its owner for access, or for a copy; then add that.",
    ),
    (
        r"members[- ]only|join this channel|available to this channel's members|channel members",
        "This video is for members of its channel only.",
        OFFER,
    ),
    (
        r"confirm your age|age[- ]restricted|inappropriate for some users|age verification",
        "This video is age-restricted, so its site shows it only to people who are signed in.",
        OFFER,
    ),
    (
        r"will begin in|premieres in|premiere will begin|live event will|is upcoming",
        "This video has not begun yet.",
        "Add it again when it is over.",
    ),
    (
        r"not a bot|captcha|rate-limited|too many requests|http error 429|unusual traffic",
        "The site asks whether a person is asking, and gives nothing to programs just now.",
        f"Retry in an hour. {OFFER}",
    ),
    (
        r"in your country|geo[- ]?restrict|from your location|blocked it .*copyright",
        "This video is blocked where you are.",
        OFFER,
    ),
    (r"drm", "This video is protected against copying (DRM).", OFFER),
    (
        r"removed|deleted|no longer available|terminated|does not exist|unavailable|not available"
        r"|http error 4(?:04|10)",
        "This video was removed, or is not available any more.",
        "Check the address; if you have a copy or its captions, add those.",
    ),
    (
        r"sign in|log ?in required|registered users|login|http error 40[13]",
        "The site shows this video only to people who are signed in.",
        OFFER,
    ),
)
_NONE = re.compile(r"unsupported url|no video|not a valid url|unable to recognize", re.IGNORECASE)
_OFFLINE = re.compile(r"timed out|failed to resolve|unable to connect|http error 5\d\d", re.I)
_MARKS = re.compile(r"\x1b\[[0-9;]*m|^ERROR:\s*|\[[\w:+-]+\]\s*(?:[\w-]+:\s*)?")


def known_error(words: Sequence[str]) -> IngestError | None:
    """The first known error in these reports, or None."""
    for words_of_report in words:
        # Missing formats do not matter if only captions are requested.
        if re.search(r"\bformats?\b", words_of_report, re.IGNORECASE):
            continue
        for pattern, message, hint in _PATTERNS:
            if re.search(pattern, words_of_report, re.IGNORECASE):
                return RefusedError(message, hint)
    return None


def of(words: Sequence[str], troubles: Sequence[IngestError] = ()) -> IngestError:
    """The error of a failed extraction: network errors first, then the site's message."""
    if troubles:
        return troubles[0]
    if any(_NONE.search(said) for said in words):
        return no_video()
    existing = known_error(words)
    if existing is not None:
        return existing
    if any(_OFFLINE.search(said) for said in words):
        return UnreachableError("The video's site did not answer.", "Retry later.")
    said = " ".join(_MARKS.sub("", words[0]).split())[:200].rstrip(". ") if words else ""
    return RefusedError(
        f"The video could not be read ({said})." if said else "The video could not be read.",
        f"Retry later. {OFFER}",
    )


def no_video() -> UnsupportedFileError:
    """There is no video at the address."""
    return UnsupportedFileError(
        "There is no video at this address.", "Open the video itself and add the address it has."
    )


def live() -> RefusedError:
    """It is still live."""
    return RefusedError(
        "This is a live broadcast that is still going on.", "Add it again when it is over."
    )


def no_captions(title: str, seconds: float) -> RefusedError:
    """It has no captions, but sound."""
    lasts = f" ({round(seconds / 60)} min)" if seconds >= 60 else ""
    return RefusedError(
        f"“{title}”{lasts} {NO_CAPTIONS}",
        "To download its sound and transcribe it here, tick that in Add Link (or add it with "
        "--speech); or add captions as an .srt or .vtt file.",
    )


def is_playlist(title: str) -> UnsupportedFileError:
    """It is a playlist instead of one video."""
    return UnsupportedFileError(
        f"“{title}” {LIST}" if title else f"This {LIST}",
        "Choose among them in Add Link, or see them with `workbench playlist ADDRESS`, and add "
        "those that you want.",
    )
