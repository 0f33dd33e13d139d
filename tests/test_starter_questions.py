"""Starter questions are tried with fewer readings than an answer takes, and found the same."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from workbench.library import Library
from workbench.recall import reader_at_hand
from workbench.recall.reader import Reader

_DOES = ("mended the nets", "lit the lamp", "rowed across", "counted the sheep", "read the gauge")


def _story() -> str:
    """A story in chapters, in which Ragnhild does one thing after another."""
    said = [
        f"CHAPTER {chapter}\n\n"
        + " ".join(
            f"On day {day} Ragnhild {_DOES[day % len(_DOES)]}, said Aslak, and she walked home by "
            f"the {'north' if day % 2 else 'south'} road number {chapter * day}."
            for day in range(1, 120)
        )
        for chapter in range(1, 5)
    ]
    return "\n\n".join(said)


@pytest.fixture(autouse=True)
def _with_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")


@pytest.mark.slow
def test_r9_questions_are_tried_with_few_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    whole = Reader.read

    def counted(self: Reader, question: str, passages: Sequence[str], **more: Any) -> Any:
        found = whole(self, question, passages, **more)
        asked.append(sum(each is not None for each in found))
        return found

    monkeypatch.setattr(Reader, "read", counted)
    with Library.open(tmp_path / "x.brain") as library:
        source = library.add_text(_story(), title="The Ferry")[0].source or 0
        library.sources.introduce(source)
        tried = list(asked)
        library.ask("Who is Ragnhild?", sources=[source])
    assert tried
    assert max(tried) <= 20 < max(asked)


@pytest.mark.slow
def test_the_first_passages_are_read_as_the_whole_reader_reads_them() -> None:
    whole = reader_at_hand.at_hand()
    assert whole is not None
    first = whole.of_first(20)
    assert first.supports("Who lit the lamp?") == whole.supports("Who lit the lamp?")
    passages = [f"{'The sea was calm. ' * (at % 5)}Aslak lit lamp {at}." for at in range(30)]
    read, all_read = (each.read("Who lit the lamp?", passages) for each in (first, whole))
    assert [each is None for each in read] == [at >= 20 for at in range(30)]
    for one, other in zip(read, all_read, strict=True):
        if one is not None and other is not None:
            assert one.score == pytest.approx(other.score, abs=1e-3)
            assert (one.start, one.end) == (other.start, other.end)
