"""A recording or film as a source: its transcript with times."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from glob import escape
from pathlib import Path

from ingest import installation
from ingest.books import naming
from ingest.books.encoding import decode
from ingest.errors import NoTextError
from ingest.media import captions, sound, speech_settings
from ingest.media.information import Information
from ingest.media.remarks import NO_MODEL
from ingest.media.speech import Journal, Segment, Stretch, stretches
from ingest.media.speech_settings import SpeechSettings
from ingest.media.transcript import Part, Text, Word, section
from ingest.records import Notice, Reading, ReadRequest, Section, Source

READER = "recording/2"
#: Precedes a segment with low confidence.
DOUBTFUL = "[?]"


#: A recording is truncated if less than this share of its declared length could be decoded.
_SHORT = 0.97
#: Times listed in one notice.
_LISTED = 12
#: The next step where the extra `speech` is installed.
_LOAD = (
    "It can be played. Load one (145 MB) in Settings, Models, or with `workbench speech get base`"
)


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Transcribe a recording: `Source`, `Section`s of some minutes, `Notice`s.

    A caption file of the same name is used instead. Without it and without a model, or the extra
    `speech`, there is no text. Raises `NoTextError` without speech, and the errors of
    `ingest.media.sound`.
    """
    if not speech_settings.ready():
        yield from _existing(path, request, sound.Track(None, ""))
        return
    with sound.open_recording(path) as recording:
        track = recording.track
        if request.speech is None or _captions(path):
            yield from _existing(path, request, track)
            return
        journal = _journal(path, request.speech)
        ordinal = base = 0
        end = 0.0
        unsure: list[Segment] = []
        parts = stretches(
            recording, request.speech, journal, report=request.report, cancel=request.cancel
        )
        for stretch in parts:
            end = stretch.end
            if not stretch.segments:
                continue
            if not ordinal:
                yield _source(path, request.title, track, stretch.language)
            unsure += [segment for segment in stretch.segments if segment.doubtful]
            created = _section(stretch, ordinal, base)
            if ordinal >= request.start_section:
                yield created
            ordinal, base = ordinal + 1, created.end
    if not ordinal:
        raise NoTextError(
            "Nobody speaks in this recording: it is silent, or only music.",
            "Check that it is the right file; captions can be added as an .srt or .vtt file.",
        )
    yield from _notices(track, end, unsure)


def _existing(path: Path, request: ReadRequest, track: sound.Track) -> Iterator[Reading]:
    """A recording with its captions, or without text and a notice that says how to get it."""
    if captions_file := _captions(path):
        text, existing = decode(captions_file.read_bytes()).text, Information()
        source, *sections = captions.readings(text, existing, request)
        if isinstance(source, Source):
            recorded = _source(path, request.title, track, source.language)
            yield replace(recorded, characters=source.characters, sections=source.sections)
            yield from sections
            return
    yield _source(path, request.title, track, "")
    step = _LOAD if speech_settings.ready() else installation.add("speech")
    end = "then read it again; or add a transcript as an .srt or .vtt file."
    yield Notice("no_speech_model", NO_MODEL, f"{step}, {end}", words="")


def _captions(path: Path) -> Path | None:
    """“talk.vtt” or “talk.en.srt” beside “talk.ogg”, if it exists."""
    names = (file for file in sorted(path.parent.glob(f"{escape(path.stem)}.*")))
    return next((file for file in names if file.suffix.lower() in (".vtt", ".srt")), None)


def clock(seconds: float) -> str:
    """Format a time: 4:07, 1:02:09."""
    entire = int(seconds)
    hours, minutes = divmod(entire // 60, 60)
    return f"{hours}:{minutes:02d}:{entire % 60:02d}" if hours else f"{minutes}:{entire % 60:02d}"


def _journal(path: Path, settings: SpeechSettings) -> Journal:
    if settings.journals is None:
        return Journal()
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    identity = f"{READER} {settings.model.name} {settings.language} {settings.stretch:g}"
    return Journal(settings.journals / f"{digest.hexdigest()}.jsonl", identity=identity)


def _source(path: Path, title: str | None, track: sound.Track, language: str) -> Source:
    tags = track.tags
    date = naming.iso_date(tags.get("date", "") or tags.get("creation_time", "")[:10])
    existing = {"codec": track.codec}
    if track.seconds:
        existing["seconds"] = f"{track.seconds:.3f}"
    return Source(
        title=title or tags.get("title", "").strip() or naming.from_file_name(path.name),
        kind="recording",
        reader=READER,
        author=tags.get("artist", "").strip(),
        language=language,
        date=date,
        # People speak some fifteen characters a second.
        characters=int((track.seconds or 0) * 15),
        metadata=existing,
    )


def _section(stretch: Stretch, ordinal: int, base: int) -> Section:
    text = Text(list(_words(stretch)))
    name = f"{clock(stretch.start)}–{clock(stretch.end)}"
    entire = Part(0, len(text.text), name)
    created = section(text, ordinal, entire, stretch.language, base=base)
    return replace(created, text=f"{created.text}\n\n", doubtful=text.doubtful(base))


def _words(stretch: Stretch) -> Iterator[Word]:
    """The words, spread evenly over their segment if they have no times."""
    for segment in stretch.segments:
        tokens = segment.text.split()
        step = max(0.0, segment.end - segment.start) / len(tokens)
        starts = [segment.start + number * step for number in range(len(tokens))]
        if segment.doubtful:
            yield Word(DOUBTFUL, segment.start, segment.start, turn=True)
        times = segment.words or [(at, at + step, 1.0) for at in starts]
        for word, (start, end, certain) in zip(tokens, times, strict=True):
            yield Word(word, start, end, certainty=certain)


def _notices(track: sound.Track, end: float, unsure: list[Segment]) -> Iterator[Notice]:
    if unsure:
        times = ", ".join(clock(segment.start) for segment in unsure[:_LISTED])
        more = f" and {len(unsure) - _LISTED} more" if len(unsure) > _LISTED else ""
        repeats = sum(segment.repeats for segment in unsure)
        repeated = (
            f" What the model repeated there ({repeats} times) was left out." if repeats else ""
        )
        yield Notice(
            "doubtful",
            f"The speech model was not sure of what is said at {times}{more}.{repeated}",
            f"These places are marked {DOUBTFUL}; listen there, and correct the words.",
        )
    if track.seconds and end < _SHORT * track.seconds - 1:
        yield Notice(
            "cut_off",
            f"The recording breaks off at {clock(end)} of {clock(track.seconds)}.",
            "If you have a whole copy, add that.",
            words="",
        )
    elif track.broken:
        yield Notice(
            "broken_sound",
            "Some of the sound could not be decoded and was passed over.",
            "If you have another copy, add that.",
            words="",
        )
