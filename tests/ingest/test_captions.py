"""Captions: SubRip and WebVTT, rolling and not, each word once and at its second."""

import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.media.captions import words
from tests.ingest.conftest import Read

SPEECH = (
    "the ferry left at seven in the morning and by noon the whole village knew that she had taken "
    "it no no no said her brother who kept the accounts of the harbour she sold the mill the mill "
    "that our father built and told nobody nobody where she meant to go so he read the note again"
)
SPOKEN = SPEECH.split()


def stamp(seconds: float, comma: bool = False) -> str:
    """A time as captions write it."""
    text = f"{int(seconds // 3600):02d}:{int(seconds // 60) % 60:02d}:{seconds % 60:06.3f}"
    return text.replace(".", ",") if comma else text


def srt(*cues: tuple[float, float, str]) -> str:
    """A SubRip file."""
    return "\n".join(
        f"{n}\n{stamp(a, True)} --> {stamp(b, True)}\n{text}\n"
        for n, (a, b, text) in enumerate(cues, 1)
    )


def rolling(spoken: list[str], step: float = 0.5, width: int = 7) -> str:
    """What a video site makes: each line while it is spoken, then above the next one."""
    out = "WEBVTT\nKind: captions\nLanguage: en\n\n"
    above = " "
    for at in range(0, len(spoken), width):
        line = spoken[at : at + width]
        start, end = at * step, (at + len(line)) * step - 0.01
        timed = line[0] + "".join(
            f"<{stamp((at + n) * step)}><c> {word}</c>" for n, word in enumerate(line[1:], 1)
        )
        plain = " ".join(line)
        place = "align:start position:0%"
        out += f"{stamp(start)} --> {stamp(end)} {place}\n{above}\n{timed}\n\n"
        out += f"{stamp(end)} --> {stamp(end + 0.01)} {place}\n{plain}\n \n\n"
        above = plain
    return out


def save(folder: Path, text: str, name: str = "talk.en.vtt") -> Path:
    """Write a caption file."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_rolling_captions_give_each_word_once_at_its_second(tmp_path: Path, read: Read) -> None:
    found = words(rolling(SPOKEN))
    assert [word.text for word in found] == SPOKEN
    assert max(abs(word.start - n * 0.5) for n, word in enumerate(found)) < 0.02
    talk = read(save(tmp_path, rolling(SPOKEN)))
    assert (talk.source.kind, talk.source.title) == ("captions", "Talk")
    assert talk.text.split() == SPOKEN
    for passage in talk.passages:
        at = len(talk.text[: passage.locator.start].split())
        assert passage.locator.seconds == pytest.approx(at * 0.5, abs=0.02)


@given(
    spoken=st.lists(st.sampled_from(["no", "yes", "salt", "jar", "well"]), min_size=8, max_size=80),
    width=st.integers(2, 9),
)
def test_rolling_captions_of_repeated_words_lose_and_double_none(
    spoken: list[str], width: int
) -> None:
    # The last line may be short, but a file of one line does not roll.
    assert [word.text for word in words(rolling(spoken, width=width))] == spoken or len(
        spoken
    ) <= width


def test_what_is_said_twice_in_plain_captions_stays_twice(tmp_path: Path, read: Read) -> None:
    text = srt((0, 1, "No."), (1, 2, "No."), (2, 3, "No!"), (3, 5, "I said no."), (5, 6, "No."))
    assert read(save(tmp_path, text, "talk.srt")).text == "No. No. No! I said no. No."


def test_lines_that_grow_word_by_word_are_read_once() -> None:
    line = SPOKEN[:8]
    text = srt(*((n * 0.5, n * 0.5 + 0.5, " ".join(line[: n + 1])) for n in range(len(line))))
    found = words(text)
    assert [word.text for word in found] == line
    assert [word.start for word in found] == [n * 0.5 for n in range(len(line))]


def test_a_sentence_has_the_second_of_its_first_word(tmp_path: Path, read: Read) -> None:
    text = srt(
        (0, 4, "The ferry left at seven"),
        (4, 8, "o'clock. Nobody saw her"),
        (30, 34, "go. That is all."),
    )
    found = read(save(tmp_path, text, "talk.srt"))
    seconds = {p.text.split()[0]: p.locator.seconds for p in found.passages}
    assert seconds["The"] == 0.0
    assert seconds["Nobody"] == 5.0
    assert seconds["That"] == 31.0


def test_passages_are_short_in_time(tmp_path: Path, read: Read) -> None:
    cues = [(n * 3.0, n * 3.0 + 3, f"Sentence {n} has a few more words in it.") for n in range(60)]
    found = read(save(tmp_path, srt(*cues), "talk.srt"))
    starts = [p.locator.seconds or 0.0 for p in found.passages]
    assert max(b - a for a, b in pairwise(starts)) <= 15.0
    assert len(found.sentences) == 60


def test_tags_entities_voices_notes_and_sounds(tmp_path: Path, read: Read) -> None:
    text = (
        "\ufeffWEBVTT - A title\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnot said\n\n"
        "intro\n00:01.000 --> 00:03.000 line:0\n<v Ines>Salt &amp; <i>water</i>.\n\n"
        "NOTE this neither\n\n2\n00:03.000 --> 00:05.000\n<v Tomas>If x < 3, go.\n\n"
        "00:05.000 --> 00:06.000\n♪ ♪\n\n00:06.000 --> 00:08.000\n<v Tomas>{\\an8}Now.\n"
    )
    found = read(save(tmp_path, text))
    assert found.text == "Ines: Salt & water.\n\nTomas: If x < 3, go. Now."
    assert words(text)[0].start == 1.0


def test_numbers_that_are_said_are_no_counters() -> None:
    text = srt((0, 1, "1984"), (1, 2, "42"), (2, 3, "was\na year"))
    assert [word.text for word in words(text)] == ["1984", "42", "was", "a", "year"]


@pytest.mark.parametrize(
    "times",
    [
        "00:00:05,000 --> 00:00:02,000",
        "-00:00:01,000 --> 00:00:02,000",
        "99:59:59,999 --> 99:59:59,999",
        "0:5,5 --> 0:6,5",
    ],
)
def test_times_out_of_order_are_borne(times: str, tmp_path: Path, read: Read) -> None:
    text = f"1\n00:00:03,000 --> 00:00:04,000\nSecond.\n\n2\n{times}\nFirst or last.\n"
    found = read(save(tmp_path, text, "x.srt"))
    assert sorted(found.text.split()) == sorted(["Second.", "First", "or", "last."])
    assert all((p.locator.seconds or 0) >= 0 for p in found.passages)


def test_i12_cues_that_cross_keep_every_word_once_and_seconds_go_up(
    tmp_path: Path, read: Read
) -> None:
    text = srt(
        (0, 9, "The ferry leaves at seven."), (3, 5, "Its captain is Solveig."),
        (4, 20, "Nobody was on the quay."), (4, 4, "A bell rang."), (18, 19, "She waved."),
    )  # fmt: skip
    found = read(save(tmp_path, text, "x.srt"))
    said = "The ferry leaves at seven. Its captain is Solveig. Nobody was on the quay."
    assert " ".join(found.text.split()) == f"{said} A bell rang. She waved."
    seconds = [passage.locator.seconds or 0.0 for passage in found.passages]
    assert seconds == sorted(seconds)


def test_speech_without_spaces_keeps_none(tmp_path: Path, read: Read) -> None:
    text = srt((0, 2, "那天早上七点，"), (2, 4, "渡船离开了港口。"), (4, 8, "没有人看见她。"))
    found = read(save(tmp_path, text, "x.srt"))
    assert found.text == "那天早上七点，渡船离开了港口。没有人看见她。"
    assert found.source.language == "zh"


def test_what_lies_beside_names_and_divides_the_talk(tmp_path: Path, read: Read) -> None:
    told = {
        "title": "The Harbour Talk",
        "channel": "The Coast",
        "upload_date": "20240506",
        "webpage_url": "https://example.invalid/x",
        "chapters": [{"start_time": 0, "title": "Salt"}, {"start_time": 31, "title": "Water"}],
    }
    (tmp_path / "talk.info.json").write_text(json.dumps(told))
    cues = [(n * 3.0, n * 3.0 + 3, f"Sentence {n} has a few words.") for n in range(20)]
    found = read(save(tmp_path, srt(*cues), "talk.en.auto.srt"))
    source = found.source
    assert (source.title, source.author, source.date) == (
        "The Harbour Talk",
        "The Coast",
        "2024-05-06",
    )
    assert found.titles == ["Salt", "Water"]
    assert found.sections[1].text.startswith("Sentence 10")
    assert found.sections[1].passages[0].locator.seconds == 30.0
    (tmp_path / "talk.info.json").write_text("{broken")
    assert read(tmp_path / "talk.en.auto.srt").source.title == "Talk"


def test_captions_without_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(save(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n♪\n")))


@pytest.mark.slow
def test_a_long_talk_comes_in_sections_and_is_taken_up_again(tmp_path: Path, read: Read) -> None:
    path = save(tmp_path, rolling(SPOKEN * 600))
    found = read(path)
    assert len(found.sections) > 2
    assert found.text.split() == SPOKEN * 600
    rest = [
        r
        for r in ingest.read(path, ingest.ReadRequest(start_section=2))
        if isinstance(r, ingest.Section)
    ]
    assert rest == found.sections[2:]


PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "00:00:01.000 --> 00:00:02.000\n", "00:00:01,500 --> 00:00:09,000 x:1\n"),
        *(
            "7\n",
            "WEBVTT\n",
            "NOTE x\n",
            "<c>",
            "</c>",
            "<00:00:01.700>",
            "<v Ines>",
            "- Yes.",
            ">> ",
        ),
        *("salt", " jar.", "雨。", "&lt;", "{\\an8}", "\u202b", "no no", "--> "),
    ]
)


@pytest.mark.slow
@given(pieces=st.lists(PIECES, max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lines_in_any_order_keep_the_law(pieces: list[str], tmp_path: Path, read: Read) -> None:
    text = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nOne word.\n\n" + "".join(pieces)
    found = read(save(tmp_path, text))
    seconds = [p.locator.seconds for p in found.passages]
    assert None not in seconds


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["sample1961.en.vtt", "sample1961.en.auto.vtt"])
def test_i12_the_sample_talk_is_its_reference_word_for_word(name: str, read: Read) -> None:
    folder = Path(os.environ.get("WORKBENCH_CORPUS", "../shared/data")) / "captions"
    if not folder.is_dir():
        pytest.skip("the evaluation data is not here (WORKBENCH_CORPUS)")

    def bare(text: str) -> list[str]:
        return re.sub(r"[^a-z0-9' ]", "", " ".join(text.lower().split())).split()

    talk = read(folder / name)
    reference = (folder / "sample1961.reference.txt").read_text()
    assert bare(talk.text) == bare(reference)
    spoken = [word for word in words((folder / name).read_text()) if bare(word.text)]
    whole = [n for n, word in enumerate(reference.split()) if bare(word)]
    assert max(abs(w.start - 0.42 * n) for n, w in zip(whole, spoken, strict=True)) < 0.01


_BROKEN = (
    "1\n00:00:xx,000 --> 00:00:04,000\nFirst words here.\n\n"
    "2\n00:00:05,000 --> 00:00:06,000\nSecond words here.\n\n"
    "3\n00:00:0a,000 --> 00:00:09,000\nThird words here.\n"
)


@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_i14_words_under_broken_times_are_kept_and_said(head: str, tmp_path: Path) -> None:
    path = tmp_path / ("talk.vtt" if head else "talk.srt")
    path.write_text(head + _BROKEN)
    records = list(ingest.read(path))
    sections = [record for record in records if isinstance(record, ingest.Section)]
    assert sections[0].text == "First words here. Second words here. Third words here."
    notice = records[-1]
    assert isinstance(notice, ingest.Notice)
    assert notice.message.startswith("2 cues have times that cannot be read")


def test_i14_captions_without_a_single_time_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_text("1\n00:00:xx,000 --> 00:00:04,000\nFirst words here.\n")
    with pytest.raises(ingest.DamagedFileError, match="No time"):
        list(ingest.read(path))


def test_each_voice_of_a_cue_speaks_for_itself(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "council.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:07.000\n"
        "<v Ines>Is the mill sold?</v> <v Tomas>It is not.</v>\n<v Ada>Not yet, anyway.</v>\n\n"
        "00:07.000 --> 00:09.000\n<v Ada>We vote in May.\n",
        encoding="utf-8",
    )
    assert read(path).sentences == [
        "Ines: Is the mill sold?",
        "Tomas: It is not.",
        "Ada: Not yet, anyway.",
        "We vote in May.",
    ]
