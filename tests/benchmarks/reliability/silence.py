"""Live a whole local day in a network namespace and count what it sends beyond loopback: nothing.

    python -m tests.benchmarks.reliability.silence FOLDER

lives that day by itself: every file of FOLDER/files is added (text recognition, speech with the
voices found in it, embeddings and, where the extra `vision` is there, an image model included),
questions are asked, facts are told, the library sleeps, and a window is opened on it and closed.
Models are made on the spot. It prints one JSON object about what was done.
"""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.models import clip, ocr
from tests.benchmarks import made_clip, made_files, made_voice, made_whisper
from tests.benchmarks.drawn_pages import draw_page
from tests.benchmarks.prose import Prose
from tests.benchmarks.reliability import mutant_files
from tests.benchmarks.reliability.network_namespace import traffic_of
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.intake import speech
from workbench.library import Library
from workbench.space.embeddings import encoder
from workbench.space.embeddings import folder as embeddings

PACKETS = "packets_beyond_loopback"
GOALS = {PACKETS: Goal("count", 0, higher=False)}

#: Bytes of a text, and seconds of a recording.
_SIZE, _SECONDS = 4000, 8.0
#: Seconds for which a process that has used a model goes on living: ONNX Runtime waits six to
#: eight before it reports for the first time.
_LINGER = 15.0
#: The longest that a day may take, and a window to open, on a machine with other work.
_DAY_SECONDS, _WINDOW_SECONDS = 1700.0, 300.0


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Live `count` days and count the packets and the names asked for in all of them."""
    found = 0
    words = ""
    for number in range(count):
        place = folder / f"day {number}"
        write_files(place / "files", seed=number)
        lived = live(place)
        if lived is None:
            yield judged(PACKETS, None, GOALS, "not measured: no network namespaces here")
            return
        found += lived.count
        for each in lived.sent:
            say(f"sent: {each}")
        words = ", ".join(f"{value} {what}" for what, value in lived.done.items())
    yield judged(PACKETS, found, GOALS, f"{count} local day(s): {words}")


@dataclass(frozen=True, slots=True)
class Lived:
    """A day: how many packets it sent beyond loopback and names it asked for, the first of them.

    `done` says what was done, by number.
    """

    count: int
    sent: tuple[str, ...]
    done: Mapping[str, int]


def live(folder: Path, more: Mapping[str, str] | None = None) -> Lived | None:
    """Live a day on the files of `folder`, with `more` in its environment.

    None where no network namespace can be made. Raises `RuntimeError` where the day broke off.
    """
    environment = {
        "WORKBENCH_HOME": str(folder / "home"),
        # Where libraries that report lay aside what they will send.
        "XDG_CACHE_HOME": str(folder / "caches"),
        "QT_QPA_PLATFORM": "offscreen",
        **(more or {}),
    }
    command = [sys.executable, "-P", "-m", __name__, str(folder)]
    traffic = traffic_of(command, environment, _DAY_SECONDS)
    if traffic is None:
        return None
    if traffic.status:
        raise RuntimeError(traffic.output)
    sent = (*traffic.packets, *(f"a question for {name}" for name in traffic.names))
    done = json.loads(traffic.output.splitlines()[-1])
    return Lived(traffic.count + len(traffic.names), sent, done)


def write_files(folder: Path, seed: int = 0) -> None:
    """A file of every kind that is read."""
    folder.mkdir(parents=True)
    prose = Prose(seed)
    for suffix, write in {**made_files.SMALL, ".mbox": made_files.mailbox}.items():
        write(folder / f"made{suffix}", prose, _SIZE)
    words = prose.text(_SIZE)
    (folder / "rich.rtf").write_text("{\\rtf1\\ansi " + words + "\\par}", encoding="utf-8")
    (folder / "word.docx").write_bytes(mutant_files.word(prose))
    page = draw_page(" ".join(words.split()[:60])).picture
    page.save(folder / "picture.png")
    page.convert("RGB").save(folder / "photograph.jpg")
    page.save(folder / "scan.pdf", "PDF", resolution=120)
    made_voice.write(folder / "recording.wav", _SECONDS, seed)


# -- the day itself --------------------------------------------------------------------------------


def day(folder: Path) -> dict[str, int]:
    """Live it; what was done, by number. Raises `AssertionError` where something did not work."""
    made_whisper.write_model(speech.folder() / "made")
    done: dict[str, int] = {}
    file = folder / "day.brain"
    with Library.open(file) as library:
        added = library.add(sorted((folder / "files").iterdir()), wait="linked")
        troubles = [each.error for each in added if each.error]
        assert not troubles, troubles
        done["sources"] = len(library.sources.list())
        done["read by recognition"] = _of_kind(library, "image") if ocr.engine() else 0
        done["heard"] = _of_kind(library, "recording")
        library.train_db(_database(folder / "people.db"))
        done["embeddings"] = _embedded(library)
        done["pictures seen"] = _seen(library, folder / "image model")
        subjects = [concept.name for concept in library.graph.concepts(limit=3)]
        for subject in subjects:
            library.ask(f"What is said about {subject}?")
            library.facts.tell(f"{subject} is kept in Bredal.")
            library.facts.value(f"Where is {subject} kept?")
        library.sleep.run()
        assert library.verify().sound
        library.backup(folder / "copy.brain")
        time.sleep(_LINGER)
    window = [sys.executable, "-P", "-m", "tests.benchmarks.measure", "usable", str(file)]
    shown = subprocess.run(window, check=False, timeout=_WINDOW_SECONDS, stdout=subprocess.DEVNULL)
    assert shown.returncode == 0, "the window did not open"
    done["windows"] = 1
    return done


def _database(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE person (name TEXT, town TEXT)")
        database.execute("INSERT INTO person VALUES ('Ines Holm', 'Bredal')")
        database.commit()
    return f"sqlite:///{file}"


def _of_kind(library: Library, kind: str) -> int:
    return sum(1 for row in library.sources.list() if row.kind == kind and row.engrams)


def _embedded(library: Library) -> int:
    models = embeddings.installed() if encoder.missing() is None else []
    if not models:
        return 0
    library.models.use(str(models[0].path))
    return library.models.readings("embedding")[0].vectors


def _seen(library: Library, model: Path) -> int:
    if not clip.ready():
        return 0
    made_clip.write_model(model)
    found = library.models.use(model, "pictures").pictures
    library.sources.pictures("a page of print")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(day(Path(sys.argv[1]))) + "\n")
