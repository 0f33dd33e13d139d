"""The small parts of the intake: frames, places, paces."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Locator, Notice, Page, Passage, Section, Source
from workbench.errors import Cancelled, InputError
from workbench.intake import places, wire
from workbench.intake.pace import Pace
from workbench.jobs import Cancel

any_text = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    start = draw(st.integers(0, 10**9))
    text = draw(any_text)
    passages = []
    for _ in range(draw(st.integers(0, 3))):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        place = Locator(
            start + a,
            start + b,
            draw(st.none() | st.integers(1, 9999)),
            draw(st.none() | any_text),
            draw(st.none() | any_text),
            draw(st.none() | st.floats(0, 1e6)),
            draw(st.none() | st.tuples(*[st.floats(0, 1)] * 4)),
        )
        passages.append(Passage(place, text[a:b], ((start + a, start + b),)))
    size = st.floats(1, 9)
    page = st.builds(
        Page, st.integers(1, 2**63 - 1), any_text, st.just(0), st.just(9), size, size, st.binary()
    )
    pages = draw(st.lists(page, max_size=2))
    return Section(
        draw(st.integers(0, 2**63 - 1)),
        draw(any_text),
        start,
        text,
        tuple(passages),
        2,
        "notes",
        tuple(pages),
    )


records = (
    sections()
    | st.builds(Notice, any_text, any_text, any_text, st.tuples(st.integers(1, 2**63 - 1)))
    | st.builds(
        Source,
        any_text,
        any_text,
        any_text,
        key=st.none() | any_text,
        content_hash=st.none() | any_text,
        characters=st.integers(0, 2**63 - 1),
        metadata=st.dictionaries(any_text, any_text, max_size=3),
    )
)


@pytest.mark.slow
@given(st.lists(records, max_size=4))
def test_records_arrive_as_they_were_sent(sent: list[Section | Source | Notice]) -> None:
    pipe = io.BytesIO(wire.pack(("batch", [wire.to_values(record) for record in sent])))
    frame = wire.unpack(pipe.read)
    assert frame is not None
    assert list(frame[1]) == sent
    assert wire.unpack(pipe.read) is None


def test_halves_of_characters_arrive_as_one_sign_each() -> None:
    frame = wire.unpack(io.BytesIO(wire.pack(("error", "a", "x\ud800y", ""))).read)
    assert frame == ("error", "a", "x?y", "")


def framed(body: bytes) -> bytes:
    """A frame of this JSON, without further bytes."""
    return len(body).to_bytes(8, "big") + bytes(8) + body


_SECTION = ["section", 0, "", 5, "Barley.", 1, "body"]


@pytest.mark.parametrize(
    "values",
    [
        *([], {}, 7, ["shout"], [["batch"]], ["done", 1], ["progress", "1", 2, "pages"]),
        *(["progress", 1, 2], ["progress", True, 2, "pages"], ["progress", 1 << 70, 2, "pages"]),
        *(
            ["error", "a", "b"],
            ["error", "a", "b", None],
            ["fault", "2", "x"],
            ["piece", [0, 1]],
            ["piece", [-1, 1]],
            ["piece", "*"],
        ),
        *(["still", 4, 4, [0, 0]], ["still", 0, 4, [0, 0]], ["still", -1, -1, [0, 0]]),
        *(["levels", 1e999, []], ["levels", 1, ["x"]], ["listed", "a", "b", 1, [[1, "a", "b"]]]),
        *(["batch", [["mystery"]]], ["batch", [[]]], ["batch", [["notice", "a", "b", "c", [0.5]]]]),
        ["batch", [["source", "a", "b", "c", "", "", "", None, None, 0, 0, {"a": 1}]]],
        ["batch", [[*_SECTION, [[0, 99, None, None, None, None, None, []]], [], 0, [], []]]],
        ["batch", [[*_SECTION, [[5, 9, None, None, None, None, [1], [5, 9]]], [], 0, [], []]]],
        ["batch", [[*_SECTION, [[5, 9, None, None, None, None, None, [4, 9]]], [], 0, [], []]]],
        ["batch", [[*_SECTION, [[5, 9, None, None, None, None, None, [5]]], [], 0, [], []]]],
        ["batch", [[*_SECTION, [[5, 9, None, None, None, None, None, [5, "9"]]], [], 0, [], []]]],
        ["batch", [[*_SECTION, [], [], 0, [[9, 5]], []]]],
        ["batch", [[*_SECTION, [], [[1, "1", 0, 7, 1.0, 1.0, [0, 9]]], 0, [], []]]],
    ],
)
def test_what_does_not_have_the_agreed_shape_is_refused(values: object) -> None:
    body = json.dumps(values).encode()
    with pytest.raises(wire.BrokenReplyError):
        wire.unpack(io.BytesIO(framed(body)).read)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"\xff", b"[" * 100_000, b'["piece", NaN]', b'["error", "a", "\\ud800", ""]'),
        b'["levels", ' + b"9" * 5000 + b", []]",
    ],
)
def test_what_is_no_text_of_the_agreed_kind_is_refused(body: bytes) -> None:
    with pytest.raises(wire.BrokenReplyError):
        wire.unpack(io.BytesIO(framed(body)).read)
    with pytest.raises(wire.BrokenReplyError):
        wire.unpack(io.BytesIO(b"\xff" * 16).read)


def test_a_frame_that_was_cut_off_is_the_end() -> None:
    whole = wire.pack(("progress", 1, 2, "pages"))
    for length in range(len(whole)):
        assert wire.unpack(io.BytesIO(whole[:length]).read) is None


def test_places_are_absolute_and_links_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert places.as_text("a/../b.txt") == str(tmp_path / "b.txt")
    assert places.as_text("~nobody-of-that-name/x") == str(tmp_path / "~nobody-of-that-name" / "x")
    assert places.as_text("https://example.org/a/../b") == "https://example.org/a/../b"
    assert places.is_link("youtube://x")
    assert not places.is_link("C:/books/x.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="names are text on Windows")
@given(st.binary(min_size=1, max_size=30).filter(lambda b: not {0, 47} & set(b)))
def test_every_file_name_survives_being_stored(name: bytes) -> None:
    path = Path("/books") / os.fsdecode(name)
    stored = places.as_text(path)
    stored.encode()
    assert places.as_path(stored) == Path(os.path.normpath(path))
    places.name_of(stored).encode()


def test_a_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    mark = places.fingerprint(path, Cancel())
    assert mark.hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert mark.size == 3
    assert not places.has_changed(path, mark)
    path.write_bytes(b"abcd")
    assert places.has_changed(path, mark)
    path.unlink()
    assert places.has_changed(path, mark)
    with pytest.raises(InputError, match="no file"):
        places.fingerprint(path, Cancel())
    with pytest.raises(InputError, match="folder"):
        places.fingerprint(tmp_path, Cancel())


def test_hashing_stops_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        places.fingerprint(path, cancel)


def test_a_pace_is_told_after_a_moment_and_forgets_the_past() -> None:
    pace = Pace()
    assert pace.rate(0.0) is None
    for second in range(11):
        pace.mark("Reading", second * 10, float(second))
    assert pace.rate(10.0) == pytest.approx(10.0)
    assert pace.seconds_left(100, 200, 10.0) == pytest.approx(10.0)
    assert pace.seconds_left(100, None, 10.0) is None
    # A guess made too early, or from too little, is far off.
    assert pace.seconds_left(100, 100_000, 10.0) is None
    early = Pace()
    early.mark("Reading", 0, 0.0)
    early.mark("Reading", 50, 1.0)
    assert early.rate(1.0) == pytest.approx(50.0)
    assert early.seconds_left(50, 200, 1.0) is None
    for second in range(11, 40):
        pace.mark("Reading", 100 + (second - 10) * 50, float(second))
    assert pace.rate(39.0) == pytest.approx(50.0)
    # Nothing happens for long: the rate falls.
    assert (pace.rate(69.0) or 0) < 25
    pace.mark("Indexing", 0, 70.0)
    assert pace.rate(70.0) is None
