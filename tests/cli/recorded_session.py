"""One session at the command line on a small library: every command, for scripts and for people.

`python -m tests.cli.recorded_session` writes what each command prints to `snapshots/*.json`, by
the command's name; `test_snapshots` runs the session again and compares. Times, places and what
depends on the machine are replaced, so that the files are the same everywhere.
"""

import contextlib
import io
import json
import locale
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench import settings
from workbench.cli.main import main

SNAPSHOTS = Path(__file__).with_name("snapshots")
#: The size of the brain, of 1 for two million neurons.
_SCALE = 0.02

_NOTES = """Harbour Notes

The lighthouse at Cape Aravis was built in 1862 by the engineer Teodor Maslin. Its lamp burned rape
oil until 1904, when paraffin took its place. Teodor Maslin founded the Harbour Mill in 1870.

Maslin had two daughters, Ida and Renate. Ida Maslin kept the light for eleven years after his
death. Renate Maslin married the painter Jonas Brandt. The Harbour Mill employed Jonas Brandt.
"""
_LECTURE = """WEBVTT

00:00:01.000 --> 00:00:06.000
Today we speak about the tides of the northern harbours.

00:04:07.000 --> 00:04:12.000
The gauge at Cape Aravis was read by the keeper every morning.
"""
_FOREIGN = """{"id": "n1", "title": "Ferry", "text": "The ferry to Skarvik leaves at noon."}
{"id": "n2", "title": "Rope", "text": "The rope of the ferry is forty metres long."}
"""
_QUESTIONS = """{"id": "a", "question": "When was the lighthouse built?"}
{"id": "b", "question": "Who kept the light?", "collection": "Coast", "conversation": "x"}
{"id": "c", "question": 7}
not json
{"id": "d", "question": "What does a heron weigh?", "sources": [1]}
"""

#: What is typed, a command a line; a word of several parts stands in double quotes.
_SESSION = """
add notes.txt --collection Coast
add notes.txt
add lecture.vtt missing.txt empty.txt
add more.jsonl --title More
add - --title Piped
add notes.txt --wait nowhere
add folder
remember "My plan is pro. Mira Holt lives in Skarvik." --source Ana
remember "My plan is pro."
remember "What is my plan?"
remember "The spare key hangs behind the clock." --kind decision --priority 8 --tag house --tag key
remember "The tender is due on Friday." --kind todo --expires-days 30 --trust 0.9
remember "Bern is the capital." --at 2020-01-01 --salience 0.6
remember "Mira Holt works at the Harbour Mill."
remember "The Harbour Mill belongs to Jonas Brandt."
remember "Jonas Brandt lives in Tromsen."
remember "My plan is free."
remember "My code is 1234." --collection Coast
remember "The boat needs paint." --project Nowhere
remember - --collection Piped
remember "Old boats leak." --expires-days never --reward 0.7
turn "My cat is called Biscuit."
turn "What is my cat called?"
turn "What is 12 * 7?"
turn "Hello!"
value "What is my plan?"
value "What is my plan?" --as-of 2019-01-01
value "Where does Mira Holt live?" --depth instant
value "How tall is the mast?"
value " "
value "What is my code?" --collection Coast
value "What is my code?" --collection Cost
recall "plan"
recall "Mira Holt" --limit 1
recall "key" --kind decision --min-priority 5 --tag house
recall "zebra"
recall "???"
recall "plan" --limit 0
recall "code" --across
recall "code" --across --kind todo
recall "Mira Holt" --depth context --explain
recall "Mira Holt" --context --max-tokens 60
recall "Mira Holt" --strategy classic --no-learn
recall "Mira Holt" --depth deep --tag house
recall "zebra" --depth instant
recall "zebra" --context
recall "old" --expired --project Nowhere
history "plan"
history "zebra"
history "?"
note instruction "Answer briefly." --priority 4
note stance "Tides: They matter."
note nonsense "Hm."
note fact "Gulls nest on the roof." --collection Coast --expires-days 12
var set harbour Skarvik
var set Mast "12 m"
var get harbour
var get HARBOUR
var get nothing
var list
var list harbour
var get
var set harbour
var get harbour 7
var remove Mast
var remove Mast
stance tea "Green tea is best."
stance tea "Green tea is the best of all."
stance tea
stance coffee
stance
edit 900 "No."
edit 17 "The spare key hangs beside the clock."
edit 17 --undo
edit 17
edit
edit 1
highlights
highlights 1 --format markdown
highlights 1 --format annotations
highlights --format pdf
highlights --to marks.md
highlights --to marks.md
neighbours "Mira Holt" --window 1
neighbours zebra
stats
stats --collection Coast
stats --collection Cost
stats --keep many
stats --keep 50 --collection Coast
stats --keep all --collection Coast
list sources
list sources --collection Coast
list sources --collection Cost
list sources --tag none
list sources --kind fact
list tags
list memories
list memories --kind decision
list memories --collection Coast
list collections
list collections --kind fact
list concepts
list concepts --kind person
list concepts --kind nonsense
list concepts --trashed
list fading
list fading --days 400
list nothing
tag sea 1 2
tag sea 2 --remove
tag sea 99
list tags
list sources --tag sea
list sources --missing
show 1
show 1 --passages
show 2
show 99
show 1 --memory
show 9999 --memory
chain "Harbour Mill" owner city
chain "Harbour Mill" "belongs to" "lives in"
chain zebra owner
associate "Mira Holt"
associate "Mira Holt" --over facts --hops 0
associate "Teodor Maslin" --over graph
associate zebra
path "Teodor Maslin" "Jonas Brandt"
path #1 "Mira Holt" --hops 2
path "Teodor Maslin" Zebra
near light
near light lamp
near light --limit 0
aliases
aliases --merge
aliases --accept 99
aliases --state rejected
aliases --merge --accept 1
concept "Teodor Maslin"
concept "Teodor Maslin" --collection Coast
concept zebra
concept
concept "Harbour Mill" --rename "The Mill"
concept --undo
concept "Harbour Mill" --retype spatial
concept "Harbour Mill" --retype spatial --rename Mill
concept "Ida" --merge "Ida Maslin"
concept --undo
concept "Ida Maslin" --split Ida
links lighthouse
links lighthouse --kind together --limit 2
links zebra
strengthen plan
strengthen plan --amount 2.5
strengthen zebra
reinforce 1 2
reinforce 9999
let-go 2
let-go 2 --undo
let-go 9999
consolidate --preview
consolidate --prune-below 0.01
consolidate --undo
consolidate --undo --preview
info plan
info zebra
mark plan --kind preference --priority 3 --tag money
mark plan --untag money --expires-days never
mark plan --pin
mark plan --unpin
mark plan
mark zebra --pin
project add Regatta --days 20 --description "The race" --tag sea
project list
project info Regatta
project info Nothing
project assign Regatta plan
project remove Regatta plan
project assign Regatta
project assign Regatta zebra
project list Regatta
project end Regatta
review 1 --keep
reviews
reviews --limit 0
review 1 --remembered
review 1 --forgotten
review 1 --grade 4
review 1 --rating easy
review 1 --front "What are the notes about?" --answer "the harbour"
review 1 --front ""
review 1 --front "" --answer harbour
export deck.apkg --format anki
review 1 --stop
review 9998 --keep
review 1
reviews
conflicts
conflicts --settled --limit 5
conflicts --limit 0
resolve 1 8 --keep newer
resolve 15 23 --keep newer
conflicts --settled
resolve 15 23 --undo
resolve 1 8
perceive "Mira Holt repaired the tide gauge in March." --source Ana --hint "the gauge"
perceive "ok"
perceive "The keeper drinks tea." --kind episodic --salience 0.8
working-memory
rehearse plan
rehearse zebra
working-memory
sleep --preview
sleep --prune-below 0.01
sleep --list
sleep --settings
sleep --settings every_hours=12
sleep --settings every_hours
sleep --proposals
sleep --accept 99
sleep --undo
sleep --list --proposals
alerts
alerts --limit memories=3
alerts --limit memories
alerts --set memories=4000
alerts --set memories=usual
alerts --seen nothing
health
health --collection Coast
suggest
suggest plan
suggest --limit 0
suggest --learn on
suggest --learn off --forget
suggest --forget
brain-config
brain-config max_spread_hops=6
brain-config max_spread_hops=usual
brain-config max_spread_hops
brain
brain status --scale 0.02
brain recall "Teodor Maslin" --scale 0.02
brain recall
brain status "Teodor Maslin"
brain dream "Teodor Maslin" --scale 0.02 --hops 3
brain assembly "Teodor Maslin"
brain map --limit 4
brain lessons
brain unlearn
brain unlearn what
brain recall zebra --scale 0.02
ask "When was the lighthouse built?" --quotes
ask "Who kept the light?" --explain --limit 2
ask "What does a heron weigh?"
ask "Where does Mira Holt live?" --quotes
ask "Who kept the light?" --source 1 --collection Coast
ask "Who kept the light?" --source 1 --depth deep
ask "Who kept the light?" --limit 0
ask
ask "Who?" --batch questions.jsonl
ask --batch questions.jsonl
ask --batch nowhere.jsonl
ask "Who kept the light?" --conversation tides
ask "What did she keep?" --conversation tides
ask "When was the lighthouse built?" --keep --depth context
ask "When was the lighthouse built?" --brain --about "Cape Aravis"
answers
answers light
answers zebra
answers --show 1
answers --show 99
answers --export 1
answers --export 1 --thread --form ris
answers --export 1 --file answer.md
answers --show 1 --forget 1
answers --forget 1
answers --forget-all
cite 1
cite
cite 1 --style vancouver
cite 1 2 --page 3
cite 1 --page 3
cite --list
cite --form bibtex
cite --styles
see-also "The lamp burned oil."
see-also "zebra"
correct 2 gauge meter
correct 2 zebra horse
correct 2 harbours ports --at 0:01
correct 2 the a
correct 2 the a --at what
playlist https://example.invalid/list --first 0
version save first
version list
version save first
version diff first
remember "The pier is closed."
version diff first
version save second --collection Coast
version diff first second
version restore first
version drop first
version drop first
version save
version list
export bundle.engram
export table.csv --format csv
export out.jsonl --format jsonl --collection Coast
export marks --format markdown --source 1
export bundle.engram
import bundle.engram --preview
import foreign.jsonl --collection Ferry
import --undo
import
import nowhere.bundle
merge Coast Piped
merge Coast Nothing
train-db data.db --domain shop
train-db data.db --domain shop --no-patterns --max-tables 1
train-db nowhere.db
watch folder --collection Watched
watch
watch folder --stop
watch --stop
group status
group sync
group join nowhere
group join folder --name laptop
group sync
group status
group private Coast
group private Coast --off
group conflicts
group settle nothing
group settle
group leave
group leave
vault put home wifi
vault get home wifi
vault get home door
vault put home wifi secret
models try nothing-here
models use
models status x
models off
models update
pictures
pictures use nowhere
pictures get
pictures get nonesuch
pictures find lighthouse
pictures update
pictures off
pictures like
pictures list x
speech use nothing-here
speech list x
backup copy.brain --replace
backup copy.brain
verify
verify --repair
reindex 1
reindex
reindex --all
locate 1 moved.txt
locate 1 notes.txt
salvage copy.brain saved.brain
restore-backup nowhere.brain
trash 4
list sources --trashed
restore 4
restore-backup copy.brain
restore 99
trash 99
trash 4 --yes
trash 4 --for-good
trash 4 --for-good --yes
forget --id 900
forget boat
forget plan --all
forget --id 3 --all
forget zebra
forget --source Ana
forget
completion cmd
frobnicate
list
"""

#: What is piped into a command, by its first words.
_PIPED = {
    "add -": "The pilot boat is moored at the northern quay.\n",
    "remember -": "The quay was painted in May.\n",
    "vault put": "a long secret\nthe value of it\n",
    "vault get home wifi": "a long secret\n",
    "vault get home door": "another secret\n",
}

_DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")
_TIMES = (
    (re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} 20[2-9]\d(, \d\d:\d\d)?"), "<day>"),
    (re.compile(r"\b20[2-9]\d{5}-\d{6}\b"), "<day>"),
    (re.compile(r"\b20[2-9]\d-\d\d-\d\d([ T]\d\d[:.]\d\d([:.]\d\d)?(\.\d+)?(Z|\+\d\d:\d\d)?)?"),
     "<day>"),
    (re.compile(r"\b\d+([.,]\d+)? (ms|kB|MB|s|hours)\b"), "<amount>"),
    # How many have faded by a step depends on how long the session took.
    (re.compile(r"\b\d+(?= (links changed|with weaker links))"), "<amount>"),
)  # fmt: skip
#: Items of a list that a snapshot keeps.
_ITEMS = 12
#: Fields that depend on the clock or on the machine.
_PASSING = frozenset(
    [
        "milliseconds", "seconds", "bytes", "size", "fingerprint", "mtime", "created", "modified",
        "processor_seconds", "longest_write", "slices", "retention", "hours_left",
    ]
)  # fmt: skip


def session() -> list[list[str]]:
    """The words of every command line, in order."""
    lines = [line for line in _SESSION.splitlines() if line]
    return [
        [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', line)] for line in lines
    ]


def record(folder: Path, *, as_json: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run the session in a folder; yield each command line with how it ended and what it said."""
    _furnish(folder)
    library = str(folder / "session.brain")
    before = settings.load()
    # Whether this process has compiled the loops of the brain decides its size otherwise.
    settings.save(replace(before, brain_scale=_SCALE))
    # What the system says of a file may be remembered in the language of an earlier test.
    messages = locale.setlocale(locale.LC_MESSAGES)
    locale.setlocale(locale.LC_MESSAGES, "C")
    try:
        yield from _printed(folder, library, as_json=as_json)
    finally:
        settings.save(before)
        locale.setlocale(locale.LC_MESSAGES, messages)


def _printed(folder: Path, library: str, *, as_json: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    for words in session():
        line = " ".join(words)
        typed = ["--json", *words] if as_json else words
        with _piping(line), contextlib.chdir(folder):
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(["--library", library, *typed])
        printed = [_parsed(text) for text in out.getvalue().splitlines()]
        if line.startswith("list fading"):
            # What fades within the same second has no order.
            printed = [_by_number(value) for value in sorted(printed, key=str)]
        said = err.getvalue().splitlines()
        printed = [_stable(value, folder) for value in printed]
        yield line, _stable_text({"code": code, "out": printed, "err": said}, folder)


def _furnish(folder: Path) -> None:
    texts = {"notes.txt": _NOTES, "lecture.vtt": _LECTURE, "more.jsonl": _FOREIGN,
             "foreign.jsonl": _FOREIGN, "questions.jsonl": _QUESTIONS, "empty.txt": "",
             "moved.txt": "Other words."}  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "folder").mkdir()
    (folder / "folder" / "tide.txt").write_text("High water is at six.", encoding="utf-8")
    (folder / "folder" / "noise.xyz").write_bytes(b"\x00\x01\x02")
    import sqlite3

    with contextlib.closing(sqlite3.connect(folder / "data.db")) as made:
        made.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        made.execute("CREATE TABLE bill (id INTEGER PRIMARY KEY, customer INTEGER"
                     " REFERENCES customer(id), total REAL)")  # fmt: skip


@contextlib.contextmanager
def _piping(line: str) -> Iterator[None]:
    text = next((text for start, text in _PIPED.items() if line.startswith(start)), "")

    class Pipe:
        buffer = io.BytesIO(text.encode())

        def isatty(self) -> bool:
            return False

    before, sys.stdin = sys.stdin, Pipe()
    try:
        yield
    finally:
        sys.stdin = before


def _by_number(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {**value, "items": sorted(value["items"], key=lambda row: int(row["engram"]))}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _stable(value: Any, folder: Path, name: str = "") -> Any:
    """JSON in which nothing depends on the clock, the folder or the machine."""
    if isinstance(value, dict):
        return {key: _stable(item, folder, key) for key, item in value.items()}
    if isinstance(value, list):
        more = [f"… {len(value) - _ITEMS} more"] if len(value) > _ITEMS else []
        return [*(_stable(item, folder, name) for item in value[:_ITEMS]), *more]
    if name == "compiled":
        return "<ready or not>"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if name in _PASSING or (name in ("links", "rows") and value > 9):
        return "<amount>"
    if value > 1_500_000_000:
        return "<time>"
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _stable_text(value: Any, folder: Path) -> Any:
    if isinstance(value, dict):
        return {
            _stable_text(key, folder): _stable_text(item, folder) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_stable_text(item, folder) for item in value]
    if not isinstance(value, str):
        return value
    for place in (str(folder), os.environ["WORKBENCH_HOME"]):
        value = value.replace(place, "<folder>")
    for pattern, word in _TIMES:
        value = pattern.sub(word, value)
    return _DIGEST.sub("<digest>", value)


def by_command(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What every command line said, for scripts and for people, by the command's name."""
    said: dict[str, list[dict[str, Any]]] = {}
    for place in ("scripts", "people"):
        (folder / place).mkdir()
    scripts = record(folder / "scripts", as_json=True)
    people = record(folder / "people", as_json=False)
    for (line, for_scripts), (_, for_people) in zip(list(scripts), list(people), strict=True):
        parts = {"typed": line, "json": for_scripts, "people": for_people}
        said.setdefault(line.split()[0], []).append(parts)
    return said


def write() -> None:
    """Write the snapshots anew."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBENCH_HOME"] = str(Path(folder, "home"))
        os.environ["WORKBENCH_READER"] = "off"
        made = by_command(Path(folder))
    for name, lines in made.items():
        text = json.dumps(lines, ensure_ascii=False, indent=1)
        (SNAPSHOTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
