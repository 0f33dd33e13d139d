"""Normalises web addresses, or refuses them.

A single parser decides what is checked and what is connected to, so that no spelling can mean one
host to the check and another to the connection. Host names are mapped as in browsers (UTS 46),
paths are sent in UTF-8 (RFC 3987), and the fragment is never sent.
"""

import ipaddress
import re
import urllib.parse
from dataclasses import dataclass

from ingest.errors import AddressError
from ingest.patterns import later

_SCHEME = later(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FULL = later(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
#: Addresses without "//" that browsers and mail programs accept.
_PLAIN_ADDRESS = later(
    r"(?:data:[\w+.-]*/?[\w+.-]*[;,]|javascript:|vbscript:|mailto:|tel:|blob:|about:"
    r"|view-source:|magnet:)",
    re.IGNORECASE,
)
_UNPRINTABLE = later(r"[\x00-\x20\x7f\\]")
_PORTS = {"http": 80, "https": 443}
#: Unescaped in a path or a query; "%" precedes what is encoded already.
_RETAINED = "/%:=&?~+!$,;'@()*[]"
_LONGEST = 8000
_ADVICE = "Give the address of a page, beginning with https:// or http://."

#: Hosts of videos.
_VIDEO_HOSTS = (
    *("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "dailymotion.com"),
    *("dai.ly", "twitch.tv", "tiktok.com", "bilibili.com", "rumble.com", "odysee.com"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """One page: `url` is requested (ASCII, no fragment), `shown` is as written.

    `host` is ASCII in lower case, an IPv6 address without brackets.
    """

    scheme: str
    host: str
    port: int
    url: str
    shown: str


def is_link(text: str) -> bool:
    """Whether this is a link and no path."""
    return bool(_FULL.match(text) or _PLAIN_ADDRESS.match(text))


def parse(text: str) -> Address:
    """Parse an address. Raises `AddressError` for all but http and https."""
    visible = text.strip()
    if len(visible) > _LONGEST:
        raise AddressError("This address is too long.", _ADVICE)
    scheme = _SCHEME.match(visible)
    name = scheme[0][:-1].lower() if scheme else ""
    if name == "file":
        raise AddressError(
            "This link leads to a file on this machine, which links may not do.",
            "Add the file itself.",
        )
    if name not in _PORTS:
        subject = f"“{name}:” addresses are not read" if name else f"“{visible}” is not an address"
        raise AddressError(f"{subject}.", _ADVICE)
    # People write spaces literally; control characters are never valid.
    spaced = visible.replace(" ", "%20")
    if _UNPRINTABLE.search(spaced):
        raise AddressError("This address contains characters that no address can have.", _ADVICE)
    try:
        parts = urllib.parse.urlsplit(spaced)
        host = _host(parts.hostname or "")
        port = parts.port if parts.port is not None else _PORTS[name]
    except ValueError as error:
        raise AddressError(f"“{visible}” is not an address that can be opened.", _ADVICE) from error
    if "@" in parts.netloc:
        raise AddressError(
            "This address contains a user name or a password, which would be sent.",
            "Leave out what comes before the “@”, or save the page in a browser and add the file.",
        )
    if not host or not 0 < port < 65536:
        raise AddressError(f"“{visible}” names no host.", _ADVICE)
    place = f"[{host}]" if ":" in host else host
    if port != _PORTS[name]:
        place += f":{port}"
    path = urllib.parse.quote(parts.path or "/", safe=_RETAINED)
    query = f"?{urllib.parse.quote(parts.query, safe=_RETAINED)}" if parts.query else ""
    return Address(name, host, port, f"{name}://{place}{path}{query}", visible)


def _host(host: str) -> str:
    """The host name in ASCII. Raises `ValueError` for an invalid one."""
    host = host.removesuffix(".")
    if ":" in host:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    if "%" in host:
        host = urllib.parse.unquote(host, errors="strict")
        if _UNPRINTABLE.search(host) or re.search(r"[/?#@:%]", host):
            raise ValueError(host)
    if host.isascii():
        return host.lower()
    import idna

    # An error of IDNA is a `UnicodeError`, and so a `ValueError`.
    return idna.encode(host, uts46=True).decode("ascii").removesuffix(".")


def asked_for(text: str) -> str:
    """The URL requested for this address; the address itself if it is invalid."""
    try:
        return parse(text).url
    except AddressError:
        return text


def followed(base: Address, target: str) -> Address:
    """The target of a redirect. Raises `AddressError` like `parse`."""
    try:
        full = urllib.parse.urljoin(base.url, target.strip())
    except ValueError as error:
        raise AddressError(
            f"The page leads on to “{target}”, which is not an address.", ""
        ) from error
    return parse(full)


def video_host(host: str) -> str:
    """The video site that a host belongs to, or ""."""
    return next((v for v in _VIDEO_HOSTS if host == v or host.endswith(f".{v}")), "")


def tidy(text: str) -> str:
    """An address as stored and displayed: scheme and host in lower case, stripped."""
    text = text.strip()
    head, mark, remainder = text.partition("://")
    if not mark or head.lower() not in _PORTS:
        return text
    end = min((at for at in map(remainder.find, "/?#") if at >= 0), default=len(remainder))
    path = remainder[end:]
    return f"{head.lower()}://{remainder[:end].lower()}{path if path[:1] == '/' else '/' + path}"


def links_in(text: str) -> list[str]:
    """The distinct addresses in a text of nothing but links, in order; otherwise none.

    Separated by lines or spaces; `<…>` and `www.` are recognised; comment lines of link lists
    (`text/uri-list`) begin with “#”.
    """
    results: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        for word in line.split():
            link = word[1:-1] if word.startswith("<") and word.endswith(">") else word
            if link.lower().startswith("www.") and "." in link[4:]:
                link = f"https://{link}"
            if not link.lower().startswith(("http://", "https://")):
                return []
            try:
                parse(link)
            except AddressError:
                return []
            results.append(tidy(link))
    return list(dict.fromkeys(results))
