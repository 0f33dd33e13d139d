"""Fetches a link as a web page or as a video.

A video is recognised by its host, by options in its address, or by a player with captions in the
page; the latter stays a page if the player has none.
"""

import re

from ingest.errors import IngestError
from ingest.media import wishes
from ingest.records import Check
from ingest.web import address
from ingest.web.fetch import fetch as fetch_page
from ingest.web.fetched import Fetched
from ingest.web.request import Network, Report

_PLAYER = re.compile(rb"<(?:video|audio)\b", re.IGNORECASE)
_TRACK = re.compile(rb"<track\b[^>]*\bsrc\s*=", re.IGNORECASE)


def fetch(
    link: str,
    *,
    typed: bool = False,
    report: Report | None = None,
    cancel: Check | None = None,
    network: Network | None = None,
) -> Fetched:
    """Fetch a link as `ingest.web.fetch.fetch` or `ingest.media.video_fetch.fetch`.

    The addresses of a host are pinned for the page and its film.
    """
    from ingest.media import video_fetch

    network = (network or Network()).pinned()
    access = video_fetch.SiteAccess(network=network)
    if wishes.of(link).any or address.video_host(address.parse(link).host):
        return video_fetch.fetch(link, typed=typed, report=report, cancel=cancel, access=access)
    page = fetch_page(link, typed=typed, report=report, cancel=cancel, network=network)
    if page.media_type.endswith("html") and _PLAYER.search(page.content):
        if not _TRACK.search(page.content):
            return page
        try:
            return video_fetch.fetch(link, typed=typed, report=report, cancel=cancel, access=access)
        except IngestError:
            return page
    return page
