"""Which numbers are of the public Internet, however they are wrapped."""

import ipaddress
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreachableError
from ingest.web import hosts
from tests.patience import seconds

_PRIVATE_V4 = [
    *("0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.9.9.9"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1"),
    *("198.18.0.1", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
]
_PUBLIC_V4 = ["1.1.1.1", "93.184.216.34", "100.63.255.255", "172.32.0.1", "192.169.0.1"]


def _wrapped(number: str) -> list[str]:
    plain = int(ipaddress.IPv4Address(number))
    dotted = ipaddress.IPv4Address(number)
    return [
        f"::ffff:{dotted}",
        str(ipaddress.IPv6Address((0x2002 << 112) | (plain << 80) | 1)),
        str(ipaddress.IPv6Address((0x64FF9B << 96) | plain)),
    ]


@pytest.mark.parametrize("number", _PRIVATE_V4)
def test_private_numbers_are_private_in_every_wrapping(number: str) -> None:
    for each in [number, *_wrapped(number), f"::{number}"]:
        assert not hosts.is_public(each), each


@pytest.mark.parametrize("number", _PUBLIC_V4)
def test_public_numbers_are_public_in_every_wrapping(number: str) -> None:
    for each in [number, *_wrapped(number)]:
        assert hosts.is_public(each), each


@pytest.mark.parametrize(
    "number",
    ["::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
     "2001:db8::1", "64:ff9b:1::a00:1", "100::1", "2001:0:7f00:1::1", "localhost", "", "1.2.3"],
)  # fmt: skip
def test_other_ipv6_numbers_and_no_numbers_are_not_public(number: str) -> None:
    assert not hosts.is_public(number)


def test_plain_public_ipv6_is_public() -> None:
    assert hosts.is_public("2606:2800:220:1:248:1893:25c8:1946")


@given(st.ip_addresses(v=4))
def test_nothing_that_python_calls_private_is_public(number: ipaddress.IPv4Address) -> None:
    public = hosts.is_public(str(number))
    if number.is_private or number.is_multicast or number.is_reserved or number.is_loopback:
        assert not public
    assert all(hosts.is_public(each) == public for each in _wrapped(str(number)))


@pytest.mark.parametrize(
    "spelling", ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.0.0.1"]
)
def test_spellings_of_this_machine_resolve_to_what_is_private(spelling: str) -> None:
    numbers = hosts.numbers_of(spelling, 80)
    assert numbers
    assert not any(hosts.is_public(number) for number in numbers)


def test_i14_a_name_without_a_host_is_one_sentence() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(UnreachableError, match="no host “nowhere"):
        hosts.numbers_of("nowhere.example", 80, nobody)
    with pytest.raises(UnreachableError):
        hosts.numbers_of("nowhere.example", 80, lambda host, port: [])


def test_i14_a_resolver_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "_SECONDS", 0.05)
    release = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        release.wait(seconds(20))
        return ["1.1.1.1"]

    with pytest.raises(UnreachableError, match="in time"):
        hosts.numbers_of("slow.example", 80, hangs)
    release.set()
