"""Tells whether an address is a web page or a video, and fetches it accordingly.

A video's page is known by its host, by the wishes behind its address, or by a player with captions
in it; that last one stays a page where the player gives nothing.
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
    """Fetch what a link leads to, as `ingest.web.fetch.fetch` and `ingest.media.video_fetch.fetch`.

    The page and its film are one errand: a host that was resolved for the page keeps its numbers.
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
