"""Fetches one page: its bytes, and nothing that the page would load.

No cookies, referrer, proxy, pictures, scripts, or requests other than the page's own redirects.
Only http and https; only public hosts, unless the user typed the address. A typed one may be
private, and redirect within that host; no page ever leads to another private host, and https never
to http. Environment proxies are not used, since behind one the host cannot be checked.
"""

import re
import time
import urllib.parse
from collections.abc import Mapping

from ingest.errors import AddressError, EmptyFileError, RefusedError, UnsupportedFileError
from ingest.records import Check, uncancelled, unreported
from ingest.web import address, answers, hosts
from ingest.web.address import Address
from ingest.web.fetched import Fetched
from ingest.web.request import Network, Report, Request

_REDIRECTS = 7
_SAVE = answers.SAVE
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


def fetch(
    link: str,
    *,
    typed: bool = False,
    report: Report | None = None,
    cancel: Check | None = None,
    network: Network | None = None,
) -> Fetched:
    """Fetch an address. `typed`: the user typed it, so it may be private.

    `report(done, total, "bytes")` reports progress; `cancel()` may raise to stop. Raises
    `AddressError`, `UnreachableError`, `RefusedError`, `EmptyFileError`, `UnsupportedFileError`.
    """
    report, cancel = report or unreported, cancel or uncancelled
    position = first = address.parse(link)
    request = Request((network or Network()).pinned(), report, cancel)
    private_so_far = typed
    for _ in range(_REDIRECTS + 1):
        _check_readable(position)
        numbers = request.numbers(position)
        if private_so_far and position.host == first.host:
            numbers = hosts.of_typed(numbers)
        private = any(not hosts.is_public(number) for number in numbers)
        if private and not (private_so_far and position.host == first.host):
            raise _private(position, link)
        private_so_far = private_so_far and private
        answer = request.get(position, numbers)
        if answer.leads_to is None:
            return _finished(link, position, answer.headers, answer.content)
        present = _next(position, answer.leads_to)
        if position.scheme == "https" and present.scheme == "http":
            raise AddressError(
                f"“{position.host}” leads on from a secure address (https) to an insecure one.",
                f"If you trust it, add “{present.shown}” itself.",
            )
        position = present
    raise RefusedError(f"“{position.host}” redirects in circles.", _SAVE)


def _next(position: Address, target: str) -> Address:
    try:
        return address.followed(position, target)
    except AddressError as error:
        raise AddressError(
            f"“{position.host}” leads on to an address that cannot be followed. {error.message}",
            _SAVE,
        ) from error


def _check_readable(position: Address) -> None:
    site = address.video_host(position.host)
    if site:
        raise UnsupportedFileError(
            f"This address leads on to a page of {site}, which is a video's.",
            "Add the address of the video itself, or its captions as an .srt or .vtt file.",
        )


def _private(position: Address, link: str) -> AddressError:
    if position.shown == link.strip():
        return AddressError(
            f"“{position.host}” is on this machine or in a private network, and links do not lead "
            "there.",
            "If you mean it, type the address into the window yourself (Add Link).",
        )
    return AddressError(
        f"The address leads on to “{position.host}”, which is on this machine or in a private "
        "network; a page may not lead there by itself.",
        "If you mean that address, type it into the window yourself (Add Link).",
    )


def _finished(link: str, position: Address, headers: Mapping[str, str], content: bytes) -> Fetched:
    if not content:
        raise EmptyFileError(f"What “{position.host}” sent is empty.", _SAVE)
    text = headers.get("content-type", "")
    charset = _CHARSET.search(text)
    return Fetched(
        asked=link.strip(),
        final=position.url,
        media_type=text.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else "",
        fetched=time.time(),
        content=content,
        name=_file_name(headers.get("content-disposition", "")),
    )


def _file_name(disposition: str) -> str:
    """The base name in a `Content-Disposition` header (RFC 6266), or ""."""
    encoded = re.search(r"filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)", disposition, re.IGNORECASE)
    if encoded:
        try:
            name = urllib.parse.unquote(encoded[2], encoding=encoded[1], errors="strict")
        except (LookupError, UnicodeDecodeError):
            name = ""
    else:
        plain = re.search(r'filename\s*=\s*(?:"([^"]*)"|([^;\s]+))', disposition, re.IGNORECASE)
        name = (plain[1] or plain[2] or "") if plain else ""
    return re.split(r"[/\\]", name)[-1].strip().strip(".")
