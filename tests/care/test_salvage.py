"""What can be read of a damaged library is in the fresh one; what is lost is named."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.reliability.pages import layout as rows_in_file
from workbench.care.salvage import Salvaged, salvage
from workbench.errors import LibraryError, NotFoundError, UsageError
from workbench.library import Library

_WORDS = ("amber", "brass", "copper", "dusk", "ember", "flint", "granite", "harbour", "iron",
          "jasper", "kelp", "lantern")  # fmt: skip
#: Tables whose rows nobody can derive.
_KEPT = ("fact", "note", "wording", "collection", "teller", "said", "mark", "label",
         "source", "section", "passage", "engram", "membership", "location", "question",
         "strength")  # fmt: skip


def _text(seed: int) -> str:
    chance = random.Random(seed)
    return "\n\n".join(
        " ".join(
            f"{' '.join(chance.choices(_WORDS, k=9)).capitalize()} {number}.{each}."
            for each in range(8)
        )
        for number in range(40)
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two texts and a few hundred facts, notes and what belongs to them."""
    folder = tmp_path_factory.mktemp("whole")
    path = folder / "whole.brain"
    for number in (1, 2):
        (folder / f"text{number}.txt").write_text(_text(number), encoding="utf-8")
    with Library.open(path) as library:
        library.add([folder / "text1.txt", folder / "text2.txt"], collection="Books")
        for number in range(300):
            library.facts.tell(
                f"Lamp {number} of the {_WORDS[number % 12]} pier burns for {number} hours.",
                collection=None if number % 3 else "Piers",
                source="Ann" if number % 5 == 0 else None,
            )
        library.notes.add("variable", "green", key="tea")
        library.facts.edit(library.facts.list()[0].id, "The last lamp burns no more.")
        library.memory.strengthen("lamp 7")
        library.sources.tag([1], "old")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        return {
            table: set(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in _KEPT
        }
    finally:
        connection.close()


def pages(path: Path, table: str) -> list[int]:
    """The pages of a table, the root first."""
    connection = sqlite3.connect(path)
    try:
        return [
            row[0]
            for row in connection.execute(
                "SELECT pageno FROM dbstat WHERE name = ? ORDER BY path", (table,)
            )
        ]
    except sqlite3.OperationalError:
        pytest.skip("this SQLite has no dbstat")
    finally:
        connection.close()


def zeroed(whole: Path, to: Path, *numbers: int) -> Path:
    data = bytearray(whole.read_bytes())
    for page in numbers:
        data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    to.write_bytes(data)
    return to


def sound(path: Path) -> bool:
    with Library.open(path) as library:
        return library.verify().sound


@pytest.mark.slow
def test_a_whole_library_comes_out_row_by_row(whole: Path, tmp_path: Path) -> None:
    made = salvage(whole, tmp_path / "new.brain")
    assert isinstance(made, Salvaged)
    assert (made.damaged, made.derived, made.lost) == ((), (), ())
    assert (made.sources, made.facts) == (2, 300)
    assert rows(tmp_path / "new.brain") == rows(whole)
    assert [each.name for each in tmp_path.iterdir()] == ["new.brain"]
    with Library.open(tmp_path / "new.brain") as library:
        assert library.verify().problems == ()
        assert library.facts.recall("lamp 7 granite")


@pytest.mark.slow
@pytest.mark.parametrize("table", ["fact", "said", "engram", "passage", "section", "mark"])
def test_a_lost_root_costs_nothing_but_what_lay_in_it(
    whole: Path, tmp_path: Path, table: str
) -> None:
    damaged = zeroed(whole, tmp_path / "bad.brain", pages(whole, table)[0])
    made = salvage(damaged, tmp_path / "new.brain")
    before, after = rows(whole), rows(tmp_path / "new.brain")
    for name in _KEPT:
        if name not in (table, "passage", "section", "engram", "strength"):
            assert before[name] <= after[name], name
    if len(pages(whole, table)) > 1:
        assert {row[0] for row in before[table]} == {row[0] for row in after[table]}
    assert made.damaged == ()
    assert sound(tmp_path / "new.brain")


@pytest.mark.slow
@pytest.mark.parametrize("table", ["engram", "passage", "section"])
def test_a_lost_leaf_of_a_text_is_made_anew_from_the_rest(
    whole: Path, tmp_path: Path, table: str
) -> None:
    number = pages(whole, table)[2 if table == "engram" else -1]
    damaged = zeroed(whole, tmp_path / "bad.brain", number)
    made = salvage(damaged, tmp_path / "new.brain")
    before, after = rows(whole), rows(tmp_path / "new.brain")
    told = {row[0] for row in before["fact"]}
    key = {row[0] for row in before[table] if table != "engram" or row[0] not in told}
    assert key <= {row[0] for row in after[table]}
    assert made.derived
    assert sound(tmp_path / "new.brain")


@pytest.mark.slow
def test_texts_whose_sources_are_lost_are_found_again(whole: Path, tmp_path: Path) -> None:
    damaged = zeroed(whole, tmp_path / "bad.brain", *pages(whole, "source"))
    made = salvage(damaged, tmp_path / "new.brain")
    assert (made.sources, made.damaged) == (2, ())
    before, after = rows(whole), rows(tmp_path / "new.brain")
    for name in ("section", "passage", "engram"):
        assert before[name] == after[name]
    assert sound(tmp_path / "new.brain")


@pytest.mark.slow
def test_a_lost_first_page_and_a_cut_end_leave_the_rest(whole: Path, tmp_path: Path) -> None:
    damaged = zeroed(whole, tmp_path / "bad.brain", 1)
    salvage(damaged, tmp_path / "new.brain")
    before, after = rows(whole), rows(tmp_path / "new.brain")
    for name in _KEPT:
        assert before[name] <= after[name], name
    data = whole.read_bytes()
    (tmp_path / "cut.brain").write_bytes(data[: len(data) // 2 + 100])
    made = salvage(tmp_path / "cut.brain", tmp_path / "half.brain")
    assert made.lost
    assert made.rows > 100


@pytest.mark.slow
def test_what_an_added_trigger_would_do_is_not_carried_over(whole: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.brain"
    evil.write_bytes(whole.read_bytes())
    connection = sqlite3.connect(evil)
    connection.execute(
        "CREATE TRIGGER evil AFTER INSERT ON engram BEGIN "
        "UPDATE engram SET text = 'nonsense' WHERE id = new.id; END"
    )
    connection.commit()
    connection.close()
    salvage(evil, tmp_path / "new.brain")
    with Library.open(tmp_path / "new.brain") as library:
        library.facts.tell("The new lamp burns well.")
        assert "The new lamp burns well." in {fact.text for fact in library.facts.list()}
        assert library.verify().problems == ()


def test_what_cannot_be_is_refused(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        salvage(tmp_path / "none.brain", tmp_path / "new.brain")
    with pytest.raises(UsageError):
        salvage(whole, whole)
    (tmp_path / "text.brain").write_text("Call me Ishmael. " * 500, "utf-8")
    with pytest.raises(LibraryError):
        salvage(tmp_path / "text.brain", tmp_path / "new.brain")
    assert [each.name for each in tmp_path.iterdir()] == ["text.brain"]


@pytest.mark.slow
def test_what_is_sealed_and_has_a_random_number_is_saved(tmp_path: Path) -> None:
    with Library.open(tmp_path / "old.brain") as library:
        library.vault.put("bank", "pin of the safe", "4711", secret="correct horse battery")
    assert salvage(tmp_path / "old.brain", tmp_path / "new.brain").lost == ()
    with Library.open(tmp_path / "new.brain") as library:
        assert library.vault.get("bank", "pin of the safe", secret="correct horse battery")


def test_a_schema_that_is_no_text_costs_no_row(whole: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.brain"
    raw = whole.read_bytes()
    for old, new in (
        (b"tablequestionquestion", b"table\xffuestion\xffuestion"),
        (b"CREATE TABLE question(", b"CREATE TABLE \xffuestion!"),
    ):
        assert old in raw
        raw = raw.replace(old, new)
    damaged.write_bytes(raw)
    saved = salvage(damaged, tmp_path / "saved.brain")
    before, after = rows(whole), rows(saved.path)
    assert [table for table in _KEPT if before[table] - after[table]] == []


@pytest.mark.slow
@pytest.mark.parametrize("other", ["concept", "question"])
def test_a_copy_of_a_page_of_another_table_takes_none_of_its_rows(
    whole: Path, tmp_path: Path, other: str
) -> None:
    with sqlite3.connect(whole) as connection:
        root = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema"))
    connection.close()
    raw = bytearray(whole.read_bytes())
    first, second = (4096 * (root[name] - 1) for name in ("engram", other))
    # An interior page: what lies below it seems to belong to both.
    assert raw[first] == 5
    raw[second : second + 4096] = raw[first : first + 4096]
    damaged = tmp_path / "damaged.brain"
    damaged.write_bytes(raw)
    saved = salvage(damaged, tmp_path / "saved.brain")
    before, after = rows(whole), rows(saved.path)
    assert [table for table in _KEPT if before[table] - after[table]] in ([], [other])


@pytest.mark.slow
def test_what_is_left_of_a_cut_library_is_sound_at_once_and_says_what_is_lost(
    whole: Path, tmp_path: Path
) -> None:
    raw = whole.read_bytes()
    for number, share in enumerate((0.3, 0.6, 0.9)):
        cut = tmp_path / f"cut{number}.brain"
        cut.write_bytes(raw[: int(len(raw) * share)])
        made = Library.salvage(cut, tmp_path / f"new{number}.brain")
        assert made.damaged == ()
        assert made.lost
        assert sound(made.path)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT numbers FROM vector ORDER BY first LIMIT 1 OFFSET 40",
        "SELECT CAST(text AS BLOB) FROM engram WHERE passage = 1 LIMIT 1 OFFSET 3",
        "SELECT CAST(text AS BLOB) FROM engram WHERE text LIKE 'Lamp 224 of%'",
    ],
)
def test_a_row_through_which_a_file_is_cut_is_lost_not_damaged(
    whole: Path, tmp_path: Path, query: str
) -> None:
    with sqlite3.connect(whole) as connection:
        (words,) = connection.execute(query).fetchone()
    connection.close()
    raw = whole.read_bytes()
    # Where a row stood before, its bytes may be left behind: each is cut through.
    places = [at for at in range(len(raw)) if raw.startswith(words, at)]
    assert places
    for number, at in enumerate(places):
        cut = tmp_path / f"cut{number}.brain"
        cut.write_bytes(raw[: at + len(words) // 2])
        made = salvage(cut, tmp_path / f"new{number}.brain")
        assert made.damaged == ()
        assert made.lost


@pytest.mark.slow
def test_a_text_that_is_lost_is_named_with_its_length(whole: Path, tmp_path: Path) -> None:
    lost = tmp_path / "lost.brain"
    lost.write_bytes(whole.read_bytes())
    with sqlite3.connect(lost) as connection:
        connection.execute("DELETE FROM engram WHERE passage IS NOT NULL")
        connection.execute("DELETE FROM section")
        (length,) = connection.execute("SELECT characters FROM source WHERE id = 1").fetchone()
    connection.close()
    made = salvage(lost, tmp_path / "new.brain")
    assert any(f"{length:,} of {length:,} characters of" in line for line in made.lost)
    assert made.reread == (1, 2)


def test_statements_that_are_left_of_a_passage_stay_at_their_places(
    whole: Path, tmp_path: Path
) -> None:
    lost = tmp_path / "lost.brain"
    lost.write_bytes(whole.read_bytes())
    with sqlite3.connect(lost) as connection:
        before = dict(
            connection.execute("SELECT text, start FROM engram WHERE passage = 2").fetchall()
        )
        connection.execute("DELETE FROM engram WHERE passage = 2 AND id % 3 = 0")
        connection.execute("DELETE FROM section")
        left = {row[0] for row in connection.execute("SELECT text FROM engram WHERE passage = 2")}
    connection.close()
    assert 0 < len(left) < len(before)
    made = salvage(lost, tmp_path / "new.brain")
    assert made.damaged == ()
    with sqlite3.connect(made.path) as connection:
        after = dict(connection.execute("SELECT text, start FROM engram WHERE passage IS NOT NULL"))
    connection.close()
    assert {text: after[text] for text in left} == {text: before[text] for text in left}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "other"),
    [(b"Lamp 17 of the", b"Lam\xf0 17 of the"), (b"Lamp 17 of the", b"La\xed\xb0 17 of the")],
)
def test_one_bit_by_which_words_are_no_text_is_put_back(
    whole: Path, tmp_path: Path, words: bytes, other: bytes
) -> None:
    raw = whole.read_bytes()
    assert raw.count(words) >= 1
    damaged = tmp_path / "damaged.brain"
    damaged.write_bytes(raw.replace(words, other))
    made = Library.salvage(damaged, tmp_path / "new.brain")
    one_bit = sum(bin(a ^ b).count("1") for a, b in zip(words, other, strict=True)) == 1
    if one_bit:
        assert (made.damaged, made.lost) == ((), ())
        assert rows(made.path)["fact"] == rows(whole)["fact"]
    else:
        assert "is not as it was written" in made.damaged[0]


@pytest.mark.slow
def test_concepts_that_no_word_leads_to_are_drawn_anew(whole: Path, tmp_path: Path) -> None:
    with Library.open(whole) as library:
        library.graph.link(concepts_only=True)
    with sqlite3.connect(whole) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    damaged = zeroed(whole, tmp_path / "bad.brain", pages(whole, "concept_key")[0])
    made = Library.salvage(damaged, tmp_path / "new.brain")
    assert made.damaged == ()
    with Library.open(made.path) as library:
        assert library.verify().sound
        library.graph.link(concepts_only=True)
        assert library.verify().sound


_KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.care.salvage import salvage
def kill(progress):
    if progress.stage == "deriving":
        print(os.getpid(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
salvage(Path(sys.argv[1]), Path(sys.argv[2]), kill)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.slow
def test_the_next_salvage_removes_what_a_killed_one_has_left(whole: Path, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(whole), str(tmp_path / "new.brain")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ended.returncode == -9, ended.stderr
    (left,) = tmp_path.iterdir()
    assert ended.stdout.strip() in left.name
    assert not [file for file in left.iterdir() if file.name.startswith("damaged-")]
    another = tmp_path / "workbench-salvage-of-somebody"
    another.mkdir()
    made = salvage(whole, tmp_path / "new.brain")
    assert {path.name for path in tmp_path.iterdir()} == {made.path.name, another.name}


def test_a_salvage_that_ends_as_its_folder_is_made_leaves_nothing(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def ending(path: str | Path, mode: int = 0o777) -> None:
        mkdir(path, mode)
        if "salvage" in Path(path).name:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "mkdir", ending)
    with pytest.raises(KeyboardInterrupt):
        salvage(whole, tmp_path / "new.brain")
    assert not [*tmp_path.iterdir()]


_TERMINATED = """
import os, signal, sys, threading, time
from pathlib import Path
from workbench.__main__ import main
def end():
    while not [*Path(sys.argv[-1]).parent.glob("workbench-salvage-*")]:
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=end, daemon=True).start()
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.slow
def test_a_terminated_salvage_leaves_nothing(whole: Path, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _TERMINATED, "salvage", str(whole), str(tmp_path / "new.brain")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ended.returncode == 130, ended.stderr
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "damage",
    [
        # A byte of the checksum itself, of which four bits were changed.
        "UPDATE fact SET sum = (sum | 240) - (sum & 240) WHERE engram = {fact}",
        "UPDATE engram SET kind = 'statemend' WHERE id = {statement}",
        "UPDATE engram SET kind = 'fabt' WHERE id = {fact}",
        "UPDATE engram SET end = end + 2048 WHERE id = {statement}",
        "UPDATE engram SET start = start + 4 WHERE id = {statement}",
        "UPDATE engram SET end = 3 WHERE id = {fact}",
    ],
)
def test_what_other_columns_tell_is_put_back(whole: Path, tmp_path: Path, damage: str) -> None:
    bad = shutil.copyfile(whole, tmp_path / "bad.brain")
    with sqlite3.connect(bad) as connection:
        (fact,) = connection.execute("SELECT max(engram) FROM fact").fetchone()
        (statement,) = connection.execute("SELECT min(id) FROM engram WHERE passage > 0").fetchone()
        connection.execute(damage.format(fact=fact, statement=statement))
    connection.close()
    made = salvage(bad, tmp_path / "new.brain")
    assert (made.damaged, made.lost) == ((), ())
    assert rows(tmp_path / "new.brain") == rows(whole)


def test_a_row_that_took_the_number_of_another_gets_its_own_back(
    whole: Path, tmp_path: Path
) -> None:
    layout = rows_in_file(whole)
    facts = {key: low for low, _, (table, key) in layout.rows if table == "fact"}
    fact = next(key for key in sorted(facts) if key ^ 1 in facts and key & 1)
    raw = bytearray(whole.read_bytes())
    # The length of the record takes one byte before the number, of which the last is the lowest.
    size = 1 if fact < 1 << 7 else 2 if fact < 1 << 14 else 3
    raw[facts[fact] + size] ^= 1
    bad = tmp_path / "bad.brain"
    bad.write_bytes(raw)
    made = salvage(bad, tmp_path / "new.brain")
    assert (made.damaged, made.lost) == ((), ())
    assert rows(tmp_path / "new.brain") == rows(whole)


def test_who_told_a_fact_is_lost_where_its_columns_have_shifted(
    whole: Path, tmp_path: Path
) -> None:
    bad = shutil.copyfile(whole, tmp_path / "bad.brain")
    with sqlite3.connect(bad) as connection:
        connection.execute("UPDATE fact SET teller = sum, sum = NULL, at = 0.0 WHERE engram = "
                           "(SELECT max(engram) FROM fact WHERE sum < 0)")  # fmt: skip
    connection.close()
    made = salvage(bad, tmp_path / "new.brain")
    assert made.damaged == ()
    assert [lost for lost in made.lost if "Who told fact" in lost]
    with Library.open(tmp_path / "new.brain") as library:
        assert library.verify().sound


def moved(path: Path, copy: Path, table: str, number: int, to: int) -> Path:
    """A copy in which a row of a table has another number of as many bytes in the file."""
    raw = bytearray(path.read_bytes())
    low = next(low for low, _, row in rows_in_file(path).rows if row == (table, number))
    # The length of the row in one or two bytes comes before its number.
    at = low + (2 if raw[low] >= 128 else 1)
    size = 2 if number >= 128 else 1
    assert (to >= 128) == (number >= 128)
    raw[at : at + size] = bytes([to >> 7 | 128, to & 127] if size == 2 else [to])
    copy.write_bytes(raw)
    return copy


def told(path: Path) -> set[tuple[object, ...]]:
    """The number, words and scope of what was told."""
    with sqlite3.connect(path) as connection:
        found = set(
            connection.execute(
                "SELECT e.id, e.text, f.scope, f.told FROM engram e JOIN fact f ON f.engram = e.id"
            )
        )
    connection.close()
    return found


def ids(path: Path, query: str) -> list[int]:
    """Numbers of rows."""
    with sqlite3.connect(path) as connection:
        found = [int(row[0]) for row in connection.execute(query)]
    connection.close()
    return found


@pytest.mark.parametrize(
    "case", ["read to told", "told to read", "told to told", "fact", "to none"]
)
def test_of_two_rows_with_one_number_none_is_lost_without_a_word(
    case: str, whole: Path, tmp_path: Path
) -> None:
    read = ids(whole, "SELECT id FROM engram WHERE passage NOT NULL AND id > 300 ORDER BY id")
    facts = ids(whole, "SELECT engram FROM fact WHERE engram < 900 ORDER BY engram")
    table, number, to = {
        "read to told": ("engram", read[7], facts[9]),
        "told to read": ("engram", facts[9], read[7]),
        "told to told": ("engram", facts[9], facts[20]),
        "fact": ("fact", facts[9], facts[20]),
        "to none": ("engram", facts[9], 5000),
    }[case]
    copy = moved(whole, tmp_path / "copy.brain", table, number, to)
    made = salvage(copy, tmp_path / "saved.brain")
    assert told(tmp_path / "saved.brain") == told(whole) or made.lost
    assert rows(tmp_path / "saved.brain")["engram"] == rows(whole)["engram"]
    assert made.damaged == ()
    with Library.open(tmp_path / "saved.brain") as library:
        assert library.verify().sound


@pytest.mark.parametrize("table", ["wording", "teller", "collection", "section", "source"])
def test_a_row_gets_back_the_number_that_its_checksum_says(
    table: str, whole: Path, tmp_path: Path
) -> None:
    for to in (2, 3, 77):
        (number,) = ids(whole, f"SELECT min(id) FROM {table}")
        copy = moved(whole, tmp_path / "copy.brain", table, number, to)
        made = salvage(copy, tmp_path / f"saved {to}.brain")
        saved = rows(tmp_path / f"saved {to}.brain")
        assert saved[table] == rows(whole)[table] or made.lost
        assert made.damaged == ()


def test_a_pointer_to_another_row_is_said(whole: Path, tmp_path: Path) -> None:
    page = pages(whole, "fact")[-1]
    raw = bytearray(whole.read_bytes())
    head = (page - 1) * 4096
    raw[head + 8 : head + 10] = raw[head + 10 : head + 12]
    (tmp_path / "copy.brain").write_bytes(raw)
    made = salvage(tmp_path / "copy.brain", tmp_path / "saved.brain")
    assert told(tmp_path / "saved.brain") != told(whole)
    assert "of fact cannot be read" in " ".join(made.lost)
