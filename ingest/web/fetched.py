"""A page as it came: what a fetch hands over, light enough for those who never fetch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page as it came.

    `asked` is the address as it was given, `final` where the redirects led; `media_type` is in
    lower case without parameters, `charset` what the server said it is, or "". `fetched` is in
    seconds since the epoch. `name` is what the server calls the file, or "".
    """

    asked: str
    final: str
    media_type: str
    charset: str
    fetched: float
    content: bytes
    name: str = ""
