"""Patterns that are compiled when they are first used find what compiled ones find."""

import re
import threading

import pytest

from ingest.patterns import later


def test_it_finds_what_a_compiled_pattern_finds() -> None:
    words = later(r"(?P<word>[a-z]+)(\d*)", re.IGNORECASE)
    known = re.compile(r"(?P<word>[a-z]+)(\d*)", re.IGNORECASE)
    text = "Ab1, cd 22 e"
    for _ in range(2):
        assert words.findall(text) == known.findall(text)
        assert [m.span() for m in words.finditer(text, 2)] == [
            m.span() for m in known.finditer(text, 2)
        ]
        assert words.sub(r"<\1>", text) == known.sub(r"<\1>", text)
        assert words.split(text, 1) == known.split(text, 1)
        assert words.fullmatch("A") is not None
        assert words.match(", ") is None
        found = words.search(text, 3)
        assert found is not None
        assert found["word"] == "cd"
        assert found.re is not words
    assert (words.pattern, words.flags, words.groups) == (known.pattern, known.flags, 2)
    assert words.groupindex == known.groupindex


def test_bytes_are_searched_as_well() -> None:
    assert later(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compiling = re.compile

    def watched(pattern: str, flags: int = 0) -> "re.Pattern[str]":
        compiled.append(pattern)
        return compiling(pattern, flags)

    monkeypatch.setattr(re, "compile", watched)
    pattern = later("a+")
    assert compiled == []
    assert pattern.match("aa")
    assert pattern.match("aa")
    assert compiled == ["a+"]


def test_a_mistake_shows_when_it_is_used() -> None:
    wrong = later("(")
    with pytest.raises(re.error):
        wrong.match("")
    with pytest.raises(AttributeError):
        later("a").matches  # type: ignore[attr-defined]  # noqa: B018


def test_threads_that_come_at_once_find_the_same() -> None:
    pattern = later("x(y|z)")
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(pattern.findall("xy xz"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["y", "z"]] * 8
