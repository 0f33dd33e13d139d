"""Decides by IP address to which hosts a link may lead: those of the public Internet.

Names prove nothing: one may resolve to 127.0.0.1, and change between check and connection (DNS
rebinding). So a name is resolved once, all its addresses are checked, and those are connected to.
Addresses that embed another one (IPv4 in IPv6, 6to4, NAT64, Teredo) are judged by that. Ranges:
IANA special-purpose registries, RFC 6890.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence

from ingest.errors import UnreachableError

#: Resolves a host to IP addresses, best first. Raises `OSError`.
Resolve = Callable[[str, int], Sequence[str]]

_SECONDS = 15.0

_V4 = ipaddress.IPv4Address
_V6 = ipaddress.IPv6Address

# In addition to `is_global`, which differs between versions of Python.
_CLOSED = [
    ipaddress.ip_network(row.strip())
    for row in """\
    0.0.0.0/8
    10.0.0.0/8
    100.64.0.0/10
    127.0.0.0/8
    169.254.0.0/16
    172.16.0.0/12
    192.0.0.0/24
    192.0.2.0/24
    192.88.99.0/24
    192.168.0.0/16
    198.18.0.0/15
    198.51.100.0/24
    203.0.113.0/24
    224.0.0.0/4
    240.0.0.0/4
    ::/128
    ::1/128
    64:ff9b:1::/48
    100::/64
    2001:db8::/32
    3fff::/20
    5f00::/16
    fc00::/7
    fe80::/10
    fec0::/10
    ff00::/8""".splitlines()
]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def is_public(number: str) -> bool:
    """Whether an IP address, as text, is public."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(address) if isinstance(address, _V6) else ()
    if any(not is_public(str(item)) for item in inner):
        return False
    if any(address in network for network in _CLOSED if network.version == address.version):
        return False
    # Embedding prefixes (NAT64, 6to4) are not "global" themselves.
    return bool(inner) or (address.is_global and not address.is_multicast)


def _wrapped(address: _V6) -> Sequence[_V4]:
    """The IPv4 addresses embedded in an IPv6 address."""
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return (_V4(int(address) & 0xFFFFFFFF),)
    return ()


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order of the system."""
    results = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in results))


def pinned(query: Resolve) -> Resolve:
    """A resolver that caches the first result of each host.

    The owner of a name may change the result between two requests (DNS rebinding).
    """
    existing: dict[str, Sequence[str]] = {}

    def resolve(host: str, port: int) -> Sequence[str]:
        if host not in existing:
            existing[host] = tuple(query(host, port))
        return existing[host]

    return resolve


def of_typed(numbers: Sequence[str]) -> list[str]:
    """The addresses of a typed host to connect to: its public ones, or all if it has none.

    A host with public addresses must not reach this machine.
    """
    return [number for number in numbers if is_public(number)] or list(numbers)


def numbers_of(host: str, port: int, query: Resolve = resolve) -> list[str]:
    """The addresses of a host. Raises `UnreachableError` without any, or after a timeout."""
    answer: list[Sequence[str]] = []
    problem: list[OSError | UnicodeError] = []

    def work() -> None:
        try:
            answer.append(query(host, port))
        except (OSError, UnicodeError) as error:
            problem.append(error)

    # The system's resolver has no timeout.
    thread = threading.Thread(target=work, name="resolve", daemon=True)
    thread.start()
    thread.join(_SECONDS)
    if not answer and not problem:
        raise UnreachableError(
            f"There was no answer in time from “{host}”.",
            "Check that this machine is online, then retry.",
        )
    if problem or not answer[0]:
        raise UnreachableError(
            f"There is no host “{host}”, or this machine is offline.",
            "Check the address and the connection, then retry.",
        )
    return list(answer[0])
