"""Captions (SubRip, WebVTT, JSON3, and those of `caption_formats`) as words with times.

Automatic captions roll: a line is displayed while it is spoken, and again above the next one. A
file rolls if most cues begin with the lines left by the one before; only there such lines are
dropped, so that repeated words stay. Times inside a line are used if there are any; otherwise its
words are spread evenly over the time in which it is new.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest import segment
from ingest.books import naming
from ingest.books.encoding import decode
from ingest.errors import DamagedFileError, NoTextError
from ingest.media import caption_formats, information
from ingest.media.information import Information
from ingest.media.transcript import Text, Word, parts, section
from ingest.records import Notice, Reading, ReadRequest, Source

# -- json3 ----------------------------------------------------------------------------------------
# Captions in YouTube's own format (JSON3): events with pieces of text, timed within the event.
#
# Events of automatic captions hold only what is new, with a line break between two of them as an
# event of its own (`aAppend`), so nothing rolls here; a word ends where the next one begins.


_HEAD = re.compile(r"\s*\{\s*\"(?:wireMagic|events)\"\s*:")
_JSON3_WORDLESS = re.compile(r"[♪♫\s]*")
#: Longest duration of a word without an end, in seconds.
_LONGEST = 2.0
#: Milliseconds that no recording reaches (thirty years).
_BEYOND = 1e12


def is_json3(text: str) -> bool:
    """Whether a file begins like JSON3."""
    return bool(_HEAD.match(text.removeprefix("\ufeff"))) and '"tStartMs"' in text


def json3_words(text: str) -> list[Word]:
    """The words in order with their times in seconds. Raises `DamagedFileError`."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(
            "This caption file (JSON3) is cut off or corrupt.", "Download it again and add that."
        ) from error
    events = data.get("events") if isinstance(data, dict) else None
    events = events if isinstance(events, list) else ()
    listing = [event for event in events if isinstance(event, dict)]
    listing.sort(key=lambda event: _number(event, "tStartMs"))
    pieces = [piece for event in listing for piece in _pieces(event)]
    results = []
    for (start, end, tokens), following in pairwise([*pieces, (float("inf"), 0.0, [])]):
        stop = max(start, min(end, following[0]))
        step = (stop - start) / len(tokens)
        for number, word in enumerate(tokens):
            at = start + number * step
            results.append(Word(word, at, at + step))
    return results


def _pieces(event: Mapping[str, object]) -> Iterator[tuple[float, float, list[str]]]:
    """(start, latest end, words) of each piece of an event with text."""
    begin, lasts = _number(event, "tStartMs"), _number(event, "dDurationMs")
    segments = event.get("segs")
    for item in segments if isinstance(segments, list) else ():
        text = item.get("utf8") if isinstance(item, dict) else None
        if not isinstance(text, str) or _JSON3_WORDLESS.fullmatch(text):
            continue
        start = max(0.0, begin + _number(item, "tOffsetMs")) / 1000
        speech = text.split()
        end = max(start, (begin + lasts) / 1000)
        timed = isinstance(item, dict) and "tOffsetMs" in item
        yield start, min(end, start + _LONGEST) if timed and len(speech) == 1 else end, speech


def _number(record: Mapping[str, object], key: str) -> float:
    value = record.get(key)
    # JSON has numbers beyond any time, and Python's parser also accepts NaN.
    return float(value) if isinstance(value, int | float) and abs(value) < _BEYOND else 0.0


# -- captions ----------------------------------------

READER = "captions/3"


#: Seconds for which a line counts as still displayed.
_LINGERS = 1.0

_TIME = r"-?(?:\d{1,6}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMING = re.compile(rf"^[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME})(?:[ \t].*)?$", re.MULTILINE)
# A time begins with digits: an arrow may occur among words.
_ARROW = re.compile(r"^[ \t]*[-\d:.,;hms]*\d[^\n]{0,40}-->[^\n]*$", re.MULTILINE)
_BROKEN_CUE = re.compile(
    r"(?:^[ \t]*\d+[ \t]*\n)?^[ \t]*[-\d:.,;hms]*\d[^\n]{0,40}-->[^\n]*$\n?", re.MULTILINE
)
_INNER = re.compile(rf"<({_TIME})>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,100})?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|\{\\[^{}]{0,100}\}")
_WORDLESS = re.compile(r"[♪♫#\s]*")
_TURN = re.compile(r"(?:>>+|[-–—](?=\s*\S))[ \t]*")


@dataclass(slots=True)
class _Cue:
    start: float
    end: float
    lines: list[str]
    speaker: str = ""


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read one caption file: `Source`, then its `Section`s from `start_section` on.

    Raises `NoTextError` without any words and `DamagedFileError` without a valid time.
    """
    sidecar = _sidecar(path)
    text = decode(path.read_bytes()).text
    named = request.title or sidecar.title or caption_formats.title(text)
    sidecar.title = named or _title(path)
    yield from readings(text, sidecar, request)


def readings(text: str, sidecar: Information, request: ReadRequest) -> Iterator[Reading]:
    """The records of captions, with metadata of their recording. Raises as `read`."""
    text = caption_formats.webvtt(text)
    broken = _broken(text)
    speech = words(text)
    if not speech and broken:
        raise DamagedFileError(
            "No time in this caption file can be read.",
            "Save it again as SRT or WebVTT, with times like 00:01:02,500 --> 00:01:04,000.",
        )
    if not speech:
        raise NoTextError(
            "These captions contain times but no words.",
            "Add another caption file of the recording.",
        )
    language = segment.detect_language(" ".join(word.text for word in speech[:3000]))
    transcript = Text(speech)
    result = list(parts(transcript, sidecar.chapters))
    metadata = {**sidecar.metadata, "seconds": f"{max(word.end for word in speech):.3f}"}
    yield Source(
        title=sidecar.title,
        kind="captions",
        reader=READER,
        author=sidecar.author,
        language=language or sidecar.language,
        date=sidecar.date,
        characters=len(transcript.text),
        sections=len(result),
        metadata=metadata,
    )
    for ordinal, part in enumerate(result):
        request.cancel()
        if ordinal >= request.start_section:
            yield section(transcript, ordinal, part, language)
        request.report(part.end, len(transcript.text), "characters")
    if broken:
        cues = "cue has a time" if broken == 1 else "cues have times"
        yield Notice(
            "broken_times",
            f"{broken} {cues} that cannot be read; the words were put where the cue before ends.",
            "Correct the times if the seconds of quotes matter, and add the file again.",
        )


# -- cues ------------------------------------------------------------------------------------------


def words(text: str) -> list[Word]:
    """The words of a caption file in order, without repetitions, with times."""
    if is_json3(text):
        return json3_words(text)
    result = _cues(text)
    rolling = _rolls(result)
    speech: list[Word] = []
    visible: list[str] = []
    end = 0.0
    speaker = ""
    for cue in result:
        plain = [_plain(line) for line in cue.lines]
        fresh = 0
        grown = ""
        if rolling and cue.start <= end + _LINGERS:
            fresh = _overlap(visible, plain)
            if not fresh and visible and plain and plain[0].startswith(visible[-1] + " "):
                grown = visible[-1]
        new = cue.lines[fresh:]
        if grown:
            new[0] = plain[0][len(grown) :]
        turn = bool(cue.speaker) and cue.speaker != speaker
        if turn and new:
            new[0] = f"{cue.speaker}: {new[0]}"
        speaker = cue.speaker or speaker
        speech.extend(_timed_words(new, cue, turn))
        visible = plain or visible
        end = max(cue.end, cue.start)
    return speech


def _cues(text: str) -> list[_Cue]:
    marks = list(_TIMING.finditer(text))
    if not marks:
        return []
    previous = text[: marks[0].start()]
    numbered = bool(re.search(r"(?:^|\n)\s*\d+[ \t]*\n\Z", previous[-100:]))
    vtt = text.lstrip("\ufeff \t\n").startswith("WEBVTT")
    results: list[_Cue] = []
    missing = [line for words in _orphans(previous) for line in words.split("\n") if _plain(line)]
    if missing:
        start = _seconds(marks[0][1])
        results.append(_Cue(start, start, missing))
    for match, following in zip(marks, [*marks[1:], None], strict=True):
        payload = text[match.end() : following.start() if following else len(text)].lstrip("\n")
        if vtt:
            # An empty line ends a cue; notes and the name of the next one come after it.
            entire = text[match.end() + 1 : following.start() if following else len(text)]
            payload = "\n".join([_to_blank(entire), *_orphans(entire)])
        elif numbered and following:
            payload = re.sub(r"(?:^|\n)[ \t]*\d+[ \t]*\n*\Z", "", payload)
        if not vtt:
            payload = _strip_broken(payload)
        start = _seconds(match[1])
        results.extend(_by_voice(payload, start, max(start, _seconds(match[2]))))
    return sorted(results, key=lambda cue: cue.start)


def _by_voice(payload: str, start: float, end: float) -> Iterator[_Cue]:
    """Split a cue by its voices, in proportion to their characters."""
    previous, *voiced = _VOICE.split(payload)
    pieces = [("", previous), *zip(voiced[::2], voiced[1::2], strict=True)]
    if voiced and not _plain(previous):
        del pieces[0]
    at, total = start, sum(len(text) for _, text in pieces)
    for speaker, text in pieces:
        lines = [line for line in text.split("\n") if _plain(line)]
        lines = [line for line in lines if not _WORDLESS.fullmatch(_plain(line))]
        stop = at + (end - start) * len(text) / total if len(pieces) > 1 and total else end
        yield _Cue(at, stop, lines, speaker.strip())
        at = stop


def _broken(text: str) -> int:
    """The number of lines that should be times but are not."""
    return sum(1 for match in _ARROW.finditer(text) if not _TIMING.match(match[0]))


def _strip_broken(payload: str) -> str:
    """The text of a cue without the number and time of an invalid one."""
    return _BROKEN_CUE.sub("", payload) if "-->" in payload else payload


def _orphans(text: str) -> list[str]:
    """The text under invalid times."""
    if "-->" not in text:
        return []
    return [_to_blank(text[match.end() + 1 :]) for match in _ARROW.finditer(text)]


def _to_blank(text: str) -> str:
    """The lines up to the first empty one."""
    return "" if text.startswith("\n") else text.split("\n\n", 1)[0]


def _seconds(stamp: str) -> float:
    if stamp.startswith("-"):
        return 0.0
    entire, _, fraction = stamp.replace(",", ".").partition(".")
    total = 0
    for part in entire.split(":"):
        total = total * 60 + int(part)
    return total + float(f"0.{fraction}")


def _plain(line: str) -> str:
    """The text of a line as displayed."""
    if "<" in line or "{" in line:
        line = _TAG.sub("", _INNER.sub("", line))
    return " ".join(html.unescape(line).split())


def _rolls(cues: Sequence[_Cue]) -> bool:
    """Whether most cues begin with lines left by the one before."""
    pairs = repeats = 0
    for previous, cue in pairwise(cues):
        if not previous.lines or not cue.lines:
            continue
        pairs += 1
        visible, plain = (
            [_plain(line) for line in previous.lines],
            [_plain(line) for line in cue.lines],
        )
        adjacent = cue.start <= previous.end + _LINGERS
        repeats += adjacent and bool(
            _overlap(visible, plain) or plain[0].startswith(visible[-1] + " ")
        )
    return repeats * 2 > pairs


def _overlap(visible: Sequence[str], plain: Sequence[str]) -> int:
    """How many lines at the beginning of `plain` are the last ones of `visible`."""
    for count in range(min(len(visible), len(plain)), 0, -1):
        if list(visible[-count:]) == list(plain[:count]):
            return count
    return 0


def _timed_words(lines: Sequence[str], cue: _Cue, turn: bool) -> Iterator[Word]:
    """The words of new lines, spread over the time between the stamps around them."""
    pieces: list[tuple[float | None, list[str], bool]] = []
    texts: list[str]
    for line in lines:
        parts = _INNER.split(line)
        opening = _TURN.match(_plain(line))
        for index in range(0, len(parts), 2):
            stamp = _seconds(parts[index - 1]) if index else None
            texts = _plain(parts[index]).split()
            if texts:
                pieces.append((stamp, texts, bool(opening) and not index))
    if not pieces:
        return
    runs: list[tuple[float, list[tuple[str, bool]]]] = []
    for stamp, texts, opens in pieces:
        if stamp is not None or not runs:
            at = cue.start if stamp is None else min(max(stamp, cue.start), cue.end)
            runs.append((max(at, runs[-1][0]) if runs else at, []))
        runs[-1][1].extend((text, opens and not number) for number, text in enumerate(texts))
    stops = [start for start, _ in runs[1:]] + [cue.end]
    first = True
    for (start, run), stop in zip(runs, stops, strict=True):
        step = max(0.0, stop - start) / len(run)
        for number, (text, is_turn) in enumerate(run):
            begin = start + number * step
            yield Word(text, begin, begin + step, is_turn or (turn and first))
            first = False


# -- what lies beside ------------------------------------------------------------------------------


def _title(path: Path) -> str:
    """The file's name without suffixes of language and origin ("talk.en.auto.vtt")."""
    stem = path.stem
    while True:
        shorter = re.sub(r"\.(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?|auto|orig|asr)$", "", stem)
        if shorter == stem or not shorter:
            return naming.from_file_name(f"{stem}.vtt")
        stem = shorter


def _sidecar(path: Path) -> Information:
    """The content of "NAME.info.json" beside "NAME.en.vtt", if it exists."""
    stem = path.stem
    while True:
        candidate = path.with_name(f"{stem}.info.json")
        if candidate.is_file() and candidate.stat().st_size < 20_000_000:
            try:
                return information.of(json.loads(candidate.read_bytes()))
            except (ValueError, OSError):
                return Information()
        if "." not in stem:
            return Information()
        stem = stem.rpartition(".")[0]
