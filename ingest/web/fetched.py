"""A fetched page: a record without imports, for processes that never fetch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page as received.

    `asked` is the requested address, `final` that after redirects; `media_type` is in lower case
    without parameters, `charset` as declared by the server, or "". `fetched` is in seconds since
    the epoch. `name` is the server's file name, or "".
    """

    asked: str
    final: str
    media_type: str
    charset: str
    fetched: float
    content: bytes
    name: str = ""
