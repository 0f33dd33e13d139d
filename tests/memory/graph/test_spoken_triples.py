"""Triples of transcripts: fillers are read over, channel talk and sponsors state nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.memory.graph.stating import advertisements, is_channel_talk

_SAID = (
    "Welcome back to the channel, this is Wanda Kiesl.",
    "So, um, Odile Brandt, you know, founded the, uh, the dredging school in 1911.",
    "This video is sponsored by Acme Mattresses.",
    "The Acme mattress supports the spine.",
    "Acme delivers mattresses to sixty countries.",
    "Piet Haan built the old mill.",
    "Thanks for watching, and the next video explains the pump.",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "spoken.brain") as opened:
        opened._core.graph.close()
        yield opened


_SPONSORED = ("sponsor", "bill")


def _vtt() -> str:
    cues = [f"00:00:{5 * n:02}.000 --> 00:00:{5 * n + 4:02}.000\n{s}" for n, s in enumerate(_SAID)]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _read(library: Library) -> set[tuple[str, str, str]]:
    return {
        (str(head), str(relation), str(tail))
        for head, relation, tail in library._store.rows(
            "SELECT h.name, s.relation, t.name FROM saying s "
            "JOIN concept h ON h.id = s.head JOIN concept t ON t.id = s.tail WHERE s.relation != ''"
        )
    }


def test_a_transcript_is_read_without_fillers_channel_talk_and_sponsors(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "talk.vtt"
    file.write_text(_vtt())
    (added,) = library.add(file)
    assert added.error is None
    library.graph.link()
    read = _read(library)
    assert ("Odile Brandt", "found", "dredging school") in read
    assert any(head == "Piet Haan" and "mill" in tail for head, _, tail in read)
    everything = " ".join(" ".join(each) for each in read).casefold()
    for word in ("acme", "mattress", "video", "channel", "um", "spine"):
        assert word not in everything.split()
    # What was said is kept and found all the same.
    assert "Acme" in library.ask("What supports the spine?").evidence[0].quote


def test_a_book_may_speak_of_channels_and_sponsors(library: Library) -> None:
    library.add_text("The senator sponsored the bill. The bill was sponsored by the mayor.")
    library.graph.link()
    heads = {head for head, relation, tail in _read(library) if (relation, tail) == _SPONSORED}
    assert heads == {"senator", "mayor"}


def test_an_advertisement_ends_where_its_sponsor_is_named_no_more() -> None:
    text = " ".join(_SAID)
    ((start, end),) = advertisements(text)
    assert text[start:end].lstrip().startswith("This video is sponsored")
    assert text[start:end].rstrip().endswith("sixty countries.")
    far = f"This talk is sponsored by Acme. {'The tide turns at noon. ' * 30}Acme was a steam mill."
    ((start, end),) = advertisements(far)
    assert far[start:end].strip() == "This talk is sponsored by Acme."
    assert advertisements("The senator sponsored the bill.") == ()


@pytest.mark.parametrize(
    ("said", "talk"),
    [
        ("See you in the next episode.", True),
        ("Let me know in the comments.", True),
        ("Thanks to Acme for sponsoring this video.", True),
        ("In this video we look at the pump.", True),
        ("This episode is kindly sponsored by Acme.", True),
        ("The race was sponsored by the town.", False),
        ("In this episode of the war, the town burned.", False),
        ("The keeper crossed the channel in an episode of fever.", False),
        ("The comments of the judge are below.", False),
    ],
)
def test_channel_talk_is_told_from_talk_of_channels(said: str, talk: bool) -> None:
    assert is_channel_talk(said) is talk
