"""What was fetched as a file: its name, its letters; and shortcut files by their content."""

import codecs
import plistlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import UnsupportedFileError, sniff
from ingest.web import media, shortcut


@pytest.mark.parametrize(
    ("address", "kind", "said", "name"),
    [
        ("https://example.org/", "text/html", "", "example.org.html"),
        ("https://example.org/a/tides", "text/html", "", "tides.html"),
        ("https://example.org/tides.php?x=1", "text/html", "", "tides.html"),
        ("https://example.org/notes.md", "text/plain", "", "notes.md"),
        ("https://example.org/rows.csv", "text/plain", "", "rows.csv"),
        ("https://example.org/words", "text/plain", "", "words.txt"),
        ("https://example.org/get?id=7", "application/pdf", "", "get.pdf"),
        ("https://example.org/get", "application/octet-stream", "The Tides.epub", "The Tides.epub"),
        ("https://example.org/Gezeiten%20%C3%BC/", "text/html", "", "Gezeiten ü.html"),
        ("https://example.org/..%2f..%2fetc", "", "", "etc"),
        ("https://example.org/x", "", "con.txt", "_con.txt"),
        ("", "", "", "page"),
    ],
)
def test_a_page_gets_a_name_that_helps_its_reader(
    address: str, kind: str, said: str, name: str
) -> None:
    assert media.file_name(address, kind, said) == name


@pytest.mark.slow
@given(st.text(max_size=60), st.sampled_from(["", "text/html", "text/plain"]), st.text())
def test_every_name_is_one_name_of_a_file(address: str, kind: str, said: str) -> None:
    for name in (media.file_name(address, kind), media.file_name(address, kind, said)):
        assert Path(name).name == name
        assert name not in (".", "..")
        assert len(name) <= 90
        assert "\0" not in name
        name.encode()


@pytest.mark.parametrize(
    ("content", "kind", "charset", "read"),
    [
        ("Гавань".encode("cp1251"), "text/html", "windows-1251", "\ufeffГавань"),
        ("港".encode("euc-jp"), "text/plain", "euc-jp", "\ufeff港"),
        ("h\xe9 “x”".encode("cp1252"), "text/html", "iso-8859-1", "\ufeffhé “x”"),
        ("Überfahrt".encode(), "text/html", "iso-8859-1", "\ufeffÜberfahrt"),
        (b"plain", "text/html", "windows-1251", "plain"),
    ],
)
def test_the_letters_are_those_that_the_server_named_unless_the_bytes_show_others(
    content: bytes, kind: str, charset: str, read: str
) -> None:
    assert media.readable(content, kind, charset).decode() == read


@pytest.mark.parametrize(
    ("content", "kind", "charset"),
    [
        (b"%PDF-\xff", "application/pdf", "windows-1251"),
        (b"\xff\xfeh\0i\0", "text/html", "windows-1251"),
        (b"\x81\x8d", "text/html", "no-such-letters"),
        (b"\xff\xff\xff", "text/html", "utf-8"),
        (codecs.BOM_UTF8 + b"x", "text/html", "koi8-r"),
    ],
)
def test_what_is_no_text_or_does_not_fit_is_left_as_it_came(
    content: bytes, kind: str, charset: str
) -> None:
    assert media.readable(content, kind, charset) == content


_LINK = "https://example.org/tides?a=b&c=%C3%A4#noon"


@pytest.mark.parametrize(
    "data",
    [
        f"[InternetShortcut]\r\nURL={_LINK}\r\nIconIndex=0\r\n".encode(),
        f"\ufeff[InternetShortcut]\nURL={_LINK}\n".encode(),
        codecs.BOM_UTF16_LE + f"[InternetShortcut]\r\nURL={_LINK}\r\n".encode("utf-16-le"),
        f"[{{000214A0}}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL={_LINK}\r\n".encode(),
        f"[DEFAULT]\r\nBASEURL=x\r\n[InternetShortcut]\r\nURL={_LINK}\r\n".encode(),
        plistlib.dumps({"URL": _LINK}),
        plistlib.dumps({"URL": _LINK}, fmt=plistlib.FMT_BINARY),
        f"#!/usr/bin/env xdg-open\n[Desktop Entry]\nType=Link\nURL={_LINK}\n".encode(),
    ],
)
def test_i1_a_shortcut_is_known_by_its_content(data: bytes, tmp_path: Path) -> None:
    assert shortcut.address_of(data) == _LINK
    file = tmp_path / "words.txt"
    file.write_bytes(data)
    assert shortcut.address_in(file) == _LINK


def test_p3_sniffing_a_shortcut_says_why_it_is_not_followed(tmp_path: Path) -> None:
    file = tmp_path / "page.url"
    file.write_bytes(f"[InternetShortcut]\nURL={_LINK}\n".encode())
    with pytest.raises(UnsupportedFileError, match="shortcut to") as caught:
        sniff(file)
    assert "on its own" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[Desktop Entry]\nType=Application\nExec=firefox\nURL=https://example.org\n",
        b"[InternetShortcut]\nIconIndex=0\n",
        b"[InternetShortcut\nURL=https://example.org\n",
        b"Words about an [InternetShortcut]\nURL=https://example.org\n",
        plistlib.dumps({"Name": "x"}),
        plistlib.dumps(["https://example.org"]),
        b"bplist00 cut off",
        b"<?xml version='1.0'?><plist><dict>",
        b"[InternetShortcut]\nURL=https://example.org\n" + b"x=1\n" * 20_000,
        b"[InternetShortcut]\nkey\n\tgoes on",
    ],
)
def test_other_files_are_no_shortcuts(data: bytes) -> None:
    assert shortcut.address_of(data) is None


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"[InternetShortcut]\n", b"bplist00", b"<plist"])
)
def test_any_bytes_are_a_shortcut_or_none(rest: bytes, head: bytes) -> None:
    found = shortcut.address_of(head + rest)
    assert found is None or found.strip()


def test_what_is_no_file_is_no_shortcut(tmp_path: Path) -> None:
    assert shortcut.address_in(tmp_path) is None
    assert shortcut.address_in(tmp_path / "gone") is None
