"""The address of a model server, and whether it is this machine.

Other machines are refused before connecting, unless the user allowed texts to be sent there:
requests contain passages of the library.
"""

import ipaddress
import os
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ingest.errors import AddressError

#: Ollama's default address.
DEFAULT = "localhost:11434"
_PORT = 11434
_ADVICE = "Write it like “localhost:11434”."
#: Allowed paths; the last two are how servers of OpenAI's protocol give theirs.
_PATHS = ("", "/", "/v1", "/v1/")
#: The path of a provider, which puts its own before that of the protocol.
_PROVIDED = re.compile(r"((?:/[\w.-]+)+)/v1/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A server: `here` says whether it is this machine; an IPv6 address has no brackets.

    `path` is what a provider puts before the protocol's own paths: "/api" of "/api/v1".
    """

    scheme: str
    host: str
    port: int
    here: bool
    path: str = ""

    @property
    def url(self) -> str:
        """The base URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def default_address() -> str:
    """The address of `OLLAMA_HOST`, or Ollama's default."""
    return os.environ.get("OLLAMA_HOST", "").strip() or DEFAULT


def server_address(text: str = "", *, beyond: bool = False) -> ServerAddress:
    """Parse an address: a host, a port, both, or a whole `http://` or `https://` URL.

    "" is `default_address()`. `beyond` says that the user allowed other machines. Raises
    `AddressError` for an invalid address, and for another machine without permission. Nothing is
    sent.
    """
    visible = text.strip() or default_address()
    entire = visible if "://" in visible else f"http://{visible}"
    try:
        parts = urlsplit(entire)
        host = (parts.hostname or "").removesuffix(".")
        port = parts.port
    except ValueError as error:
        raise _invalid(visible) from error
    if parts.scheme not in ("http", "https") or any(sign <= " " for sign in entire):
        raise _invalid(visible)
    provided = _PROVIDED.fullmatch(parts.path) if parts.scheme == "https" else None
    if parts.username is not None or parts.query or parts.fragment:
        raise _invalid(visible)
    if parts.path not in _PATHS and provided is None:
        raise _invalid(visible)
    if port is None:
        has_scheme = "://" in visible
        port = {"http": 80, "https": 443}[parts.scheme] if has_scheme else _PORT
    if not host and parts.netloc.startswith(":"):
        host = "localhost"
    if not host or not 0 < port < 65536:
        raise _invalid(visible)
    # These mean "all interfaces" to a server, and nothing to a client.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    is_local = _is_local(host)
    if not is_local and not beyond:
        raise AddressError(
            f"“{host}” is another machine: the texts that the model reads would be sent there.",
            "Confirm that they may leave this machine, or use an Ollama on this machine "
            f"({DEFAULT}).",
        )
    path = provided[1] if provided is not None else ""
    return ServerAddress(parts.scheme, host, port, is_local, path)


def spellings(address: ServerAddress) -> list[ServerAddress]:
    """The address and synonyms of this machine: resolvers and firewalls differ."""
    remaining = ["localhost", "127.0.0.1", "::1"] if address.here else []
    hosts = dict.fromkeys([address.host, *(other for other in remaining if _same(address, other))])
    return [replace(address, host=host) for host in hosts]


def _same(address: ServerAddress, other: str) -> bool:
    """Whether a synonym may be meant: another loopback address, 127.0.0.2, means itself."""
    return address.host in ("localhost", "127.0.0.1", "::1") and (
        other != "::1" or address.host != "127.0.0.1"
    )


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _invalid(text: str) -> AddressError:
    return AddressError(f"“{text}” is not a server address.", _ADVICE)
