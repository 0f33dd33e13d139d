"""Addresses: what is sent for what people write, and what is refused."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import AddressError
from ingest.web import address


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://example.org", "https://example.org/"),
        ("  HTTPS://Example.ORG:443/A?b=c#d  ", "https://example.org/A?b=c"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("http://example.org./a", "http://example.org/a"),
        ("https://bücher.example/straße?q=ä ö", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4%20%C3%B6"),
        ("https://日本語.example/", "https://xn--wgv71a119e.example/"),
        ("https://example.org/a%20b/%C3%A4", "https://example.org/a%20b/%C3%A4"),
        ("https://example.org?x=1", "https://example.org/?x=1"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://①②⑦.⓪.⓪.①/", "https://127.0.0.1/"),
    ],
)  # fmt: skip
def test_what_is_written_is_sent_in_one_form(written: str, sent: str) -> None:
    assert address.parse(written).url == sent


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("file:///etc/passwd", "file on this machine"),
        ("FILE:///C:/x.txt", "file on this machine"),
        ("data:text/html,<p>x", "data"),
        ("javascript:alert(1)", "javascript"),
        ("ftp://example.org/x", "ftp"),
        ("gopher://example.org", "gopher"),
        ("view-source:https://example.org", "view-source"),
        ("example.org", "not an address"),
        ("https://", "host"),
        ("https:///x", "host"),
        ("https://user:pass@example.org/", "password"),
        ("https://example.org@127.0.0.1/", "password"),
        ("http://127.0.0.1\\@example.org/", "characters"),
        ("http://exa\nmple.org/", "characters"),
        ("http://example.org/\x00", "characters"),
        ("http://example.org:0/", "host"),
        ("http://example.org:99999/", "not an address"),
        ("http://[::1", "not an address"),
        ("http://[fe80::zz]/", "not an address"),
        ("http://a%2fb.example/", "not an address"),
        ("https://example.org/" + "x" * 9000, "too long"),
    ],
)
def test_i14_what_is_no_page_is_refused_in_one_sentence(written: str, word: str) -> None:
    with pytest.raises(AddressError) as caught:
        address.parse(written)
    assert word in caught.value.message
    assert caught.value.hint.endswith(".")


@pytest.mark.slow
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    for written in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            found = address.parse(written)
        except AddressError:
            continue
        assert found.url.isascii()
        assert set(found.url) <= set(string.printable) - set(string.whitespace)
        assert "#" not in found.url
        # What is sent is a fixed point: a second parser reads in it the same host.
        again = address.parse(found.url)
        assert (again.url, again.host, again.port) == (found.url, found.host, found.port)


@given(st.text(max_size=80))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = address.tidy(text)
    assert address.tidy(once) == once


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("https://a.example\nhttps://b.example/x#y\n", ["https://a.example/", "https://b.example/x#y"]),
        ("# list\r\nhttps://a.example/\r\n", ["https://a.example/"]),
        ("<https://a.example/> https://a.example/", ["https://a.example/"]),
        ("www.example.org/page", ["https://www.example.org/page"]),
        ("See https://a.example/ for more", []),
        ("file:///etc/passwd", []),
        ("https://a.example/\nfile:///etc/passwd", []),
        ("javascript:alert(1)", []),
        ("", []),
        ("plain words", []),
    ],
)  # fmt: skip
def test_i1_a_text_that_is_nothing_but_links_is_known(text: str, links: list[str]) -> None:
    assert address.links_in(text) == links


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.youtube.com", "youtube.com"),
        ("youtu.be", "youtu.be"),
        ("player.vimeo.com", "vimeo.com"),
        ("notyoutube.com", ""),
        ("example.org", ""),
    ],
)
def test_video_sites_are_known_by_their_host(host: str, site: str) -> None:
    assert address.video_host(host) == site
