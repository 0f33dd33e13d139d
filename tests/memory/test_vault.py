"""The vault: what a secret opens, what nothing else opens, and what the file does not tell."""

import random
import sqlite3
import threading
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import seconds
from workbench.errors import DamagedLibraryError, LibraryError, UsageError
from workbench.library import Library
from workbench.memory import vault
from workbench.store import sealed
from workbench.store.sealed import Cost
from workbench.store.store import Store
from workbench.store.verify import verify

#: No protection at all, and quick.
_LOW = Cost(n=2, r=1, p=1)
_HIGHER = Cost(n=4, r=1, p=1)


def _put(store: Store, scope: str, key: str, value: str, secret: str, cost: Cost = _LOW) -> bool:
    return vault.save(store, scope, key, value, secret=secret, cost=cost)


def _get(store: Store, scope: str, question: str, secret: str) -> str | None:
    return vault.get(store, scope, question, secret=secret, cost=_LOW)


_LOCKS = "WHERE key GLOB 'lock:*'"
_HARMED = "UPDATE meta SET value ="


def _rows(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _locks(store: Store) -> int:
    return len(store.rows(f"SELECT key FROM meta {_LOCKS}"))


def _bytes_of(folder: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def _nothing_of(folder: Path, *texts: str) -> None:
    held = _bytes_of(folder).lower()
    for text in texts:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert text.lower().encode(encoding) not in held, text


# -- the right secret and the wrong one ------------------------------------------------------------


def test_the_right_secret_opens_a_wrong_one_or_another_scope_does_not(store: Store) -> None:
    _put(store, "anna", "wifi password", "plover88", "anna-key-9")
    assert _get(store, "anna", "wifi password", "anna-key-9") == "plover88"
    assert _get(store, "anna", "what is the wifi password?", "anna-key-9") == "plover88"
    assert _get(store, "anna", "what is the wifi password?", "wrong") is None
    assert _get(store, "bert", "what is the wifi password?", "anna-key-9") is None
    assert _get(store, "anna", "what is the bank password?", "anna-key-9") is None


def test_each_secret_of_a_scope_opens_what_was_put_in_under_it_and_knows_no_other(
    store: Store,
) -> None:
    _put(store, "home", "pin", "1111", "one")
    _put(store, "home", "pin", "2222", "two")
    assert _get(store, "home", "pin", "one") == "1111"
    assert _get(store, "home", "pin", "two") == "2222"
    assert _get(store, "home", "pin", "three") is None
    _put(store, "home", "pin", "3333", "one")
    assert (_get(store, "home", "pin", "one"), _get(store, "home", "pin", "two")) == (
        "3333",
        "2222",
    )


@pytest.mark.slow
def test_ten_thousand_wrong_secrets_change_not_a_byte(store: Store, tmp_path: Path) -> None:
    _put(store, "home", "pin", "1111", "right")
    before = {file: file.read_bytes() for file in tmp_path.iterdir() if file.suffix == ".brain"}
    for number in range(10_000):
        assert _get(store, "home", "pin", f"wrong {number}") is None
    assert {file: file.read_bytes() for file in before} == before
    log = tmp_path / "library.brain-wal"
    assert not log.exists() or log.stat().st_size == 0
    assert _get(store, "home", "pin", "right") == "1111"


def test_a_wrong_secret_an_unknown_key_and_an_unknown_scope_each_cost_one_try(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    _put(store, "home", "pin", "1111", "right")
    tried: list[int] = []
    real = hashlib.scrypt

    def counting(*words: bytes, n: int, **more: int) -> bytes:
        tried.append(n)
        return real(*words, n=n, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "scrypt", counting)
    for scope, key, secret in (
        ("home", "pin", "wrong"),
        ("home", "other", "right"),
        ("nowhere", "pin", "right"),
    ):
        assert _get(store, scope, key, secret) is None
    assert tried == [_LOW.n] * 3


@pytest.mark.slow
def test_the_cost_is_as_dear_as_promised_where_nobody_says_otherwise(store: Store) -> None:
    vault.save(store, "home", "pin", "1111", secret="right")
    with store.read() as connection:
        (lock,) = sealed.locks(connection, "home")
    assert lock.cost == Cost()
    assert lock.cost.memory >= 64 << 20
    assert vault.get(store, "home", "pin", secret="right") == "1111"


# -- what is kept ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One library for all examples of a property."""
    with Store.open(tmp_path_factory.mktemp("kept") / "kept.brain") as opened:
        yield opened


_any_text = st.text(st.characters(), min_size=1, max_size=200)
_key = _any_text.filter(lambda key: bool(key.strip()))


@settings(max_examples=60)
@given(key=_key, value=_any_text, secret=_any_text, scope=st.sampled_from(["a", "b/ü", "🗝️ c"]))
def test_whatever_is_put_comes_back_letter_by_letter(
    kept: Store, key: str, value: str, secret: str, scope: str
) -> None:
    _put(kept, scope, key, value, secret)
    assert _get(kept, scope, key, secret) == value
    assert _get(kept, scope, key, secret + "x") is None


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["wifi", "WiFi", "bank pin", "PIN bank", "x"]),
                          st.sampled_from(["s", "t"]), st.text(min_size=1, max_size=9)),
                min_size=1, max_size=12), st.booleans())  # fmt: skip
def test_the_vault_is_a_table_of_the_newest_value_by_secret_and_name(
    tmp_path_factory: pytest.TempPathFactory,
    writes: list[tuple[str, str, str]],
    raised: bool,
) -> None:
    expected: dict[tuple[str, str], str] = {}
    with Store.open(tmp_path_factory.mktemp("model") / "m.brain") as store:
        for number, (key, secret, value) in enumerate(writes):
            cost = _HIGHER if raised and 2 * number > len(writes) else _LOW
            _put(store, "home", key, value, secret, cost)
            expected[vault.name(key), secret] = value
        for (key, secret), value in expected.items():
            assert _get(store, "home", key, secret) == value
        assert _rows(store, "vault_record") == len(expected)
        assert verify(store).problems == ()


def test_a_newer_value_takes_the_place_of_the_older_which_is_gone(
    store: Store, tmp_path: Path
) -> None:
    _put(store, "home", "WiFi  password", "old", "s")
    with store.read() as connection:
        head, body = connection.execute("SELECT head, body FROM vault_record").fetchone()
    assert body[40:200] in _bytes_of(tmp_path)
    assert _put(store, "home", "wifi password", "new", "s")
    assert _rows(store, "vault_record") == 1
    assert _get(store, "home", "what is the wifi password", "s") == "new"
    held = _bytes_of(tmp_path)
    # Neither the former ciphertext nor a piece of it, in the file or its log.
    for former in (head, body):
        assert former[13:45] not in held
        assert former[-32:] not in held


def test_the_best_covered_key_wins_and_the_newest_of_equals(store: Store) -> None:
    _put(store, "home", "home wifi password", "long", "s")
    _put(store, "home", "wifi password", "short", "s")
    assert _get(store, "home", "what is the home wifi password?", "s") == "long"
    assert _get(store, "home", "what is the wifi password?", "s") == "short"
    _put(store, "home", "garden gate code", "gate", "s")
    _put(store, "home", "garden shed code", "shed", "s")
    assert _get(store, "home", "garden code", "s") == "shed"
    _put(store, "home", "garden gate code", "gate again", "s")
    assert _get(store, "home", "garden code", "s") == "gate again"
    assert _get(store, "home", "garden shed code", "s") == "shed"
    assert _get(store, "home", "code of the garage in the south", "s") is None


@pytest.mark.slow
def test_four_hundred_keys_that_share_their_words_are_told_apart(store: Store) -> None:
    for number in range(400):
        _put(store, "home", f"password of account {number}", f"v{number}", "s")
    for number in random.Random(7).sample(range(400), 40):
        asked = f"what is the password of account {number}?"
        assert _get(store, "home", asked, "s") == f"v{number}"
    assert _get(store, "home", "what is the password of account 400?", "s") is None
    assert verify(store).sound


def test_a_long_value_a_key_of_mere_marks_and_another_keyboard(store: Store) -> None:
    long = "".join(random.Random(3).choices("abc äöü 😀\n\r\0", k=1_000_000))
    _put(store, "Büro/ぁ 🗝️", "🔑", long, "café 42")
    assert _get(store, "Bu\u0308ro/ぁ 🗝️", "🔑", "cafe\u0301 ４２") == long
    assert _get(store, "Büro/ぁ 🗝️", "🔑🔑", "café 42") is None


def test_a_question_as_long_as_a_book_is_no_trouble(store: Store) -> None:
    _put(store, "home", "wifi password", "v", "s")
    assert _get(store, "home", "wifi password " + "and other words " * 100_000, "s") is None
    assert _get(store, "home", "?!…", "s") is None


@pytest.mark.parametrize(
    ("scope", "key", "value", "secret", "told"),
    [
        ("home", "  ", "v", "s", "needs a key"),
        ("home", "k" * 1001, "v", "s", "1000 characters"),
        ("home", "k", "", "s", "no value"),
        ("home", "k", "v" * (16 << 20) + "v", "s", "16 MB"),
        ("home", "k", "v", "", "secret"),
        (" ", "k", "v", "s", "scope"),
        ("h" * 201, "k", "v", "s", "200 characters"),
        ("a\nb", "k", "v", "s", "control characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(
    store: Store, scope: str, key: str, value: str, secret: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        _put(store, scope, key, value, secret)
    assert refused.value.hint
    assert _locks(store) == 0


def test_nothing_asked_for_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="Which value"):
        _get(store, "home", " ", "s")
    with pytest.raises(UsageError, match="secret"):
        _get(store, "home", "pin", "")


# -- what the file does not tell -------------------------------------------------------------------


@pytest.mark.slow
def test_nothing_readable_is_left_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "library.brain"
    home = tmp_path / "elsewhere"
    home.mkdir()
    with Library.open(path) as library:
        library.vault.put("anna", "launch phrase", "OTTER-SAFFRON-4", secret="s3cr3t-pear")
        library.vault.put("anna", "launch phrase", "HERON-INDIGO-5", secret="s3cr3t-pear")
        assert library.vault.get("anna", "what is the launch phrase?", secret="s3cr3t-pear")
        assert library.vault.scopes() == ["anna"]
        library.ask("what is the launch phrase?")
        library.backup(home / "safe.brain")
        texts = ("OTTER", "SAFFRON", "HERON", "INDIGO", "launch", "phrase", "s3cr3t", "pear")
        assert (tmp_path / "library.brain-wal").exists()
        _nothing_of(tmp_path, *texts)
    _nothing_of(tmp_path, *texts)
    import os

    _nothing_of(Path(os.environ["WORKBENCH_HOME"]), *texts)


@pytest.mark.slow
def test_values_of_like_length_look_alike(store: Store) -> None:
    for length in range(1, 200):
        _put(store, "a", f"k{length}", "v" * length, "s")
    with store.read() as connection:
        sizes = connection.execute(
            "SELECT DISTINCT length(body), length(head) FROM vault_record"
        ).fetchall()
    assert len(sizes) == 1


def test_records_cannot_be_exchanged_moved_or_put_under_another_scope(store: Store) -> None:
    _put(store, "a", "house pin", "1111", "s")
    _put(store, "a", "bank pin", "2222", "s")
    _put(store, "b", "house pin", "3333", "s")

    with store.read() as connection:
        before = connection.execute("SELECT id, head, body FROM vault_record").fetchall()
    right = {("a", "house pin"): "1111", ("a", "bank pin"): "2222", ("b", "house pin"): "3333"}
    for (id, head, body), (_, head2, body2) in permutations(before, 2):
        for parts in ((head, body2), (head2, body), (head2, body2)):
            _overwrite(store, id, *parts)
            given = {}
            for scope, key in right:
                try:
                    given[scope, key] = _get(store, scope, key, "s")
                except DamagedLibraryError:
                    given[scope, key] = None
            assert all(value in (right[place], None) for place, value in given.items())
            assert list(given.values()).count(None) == 1
        _overwrite(store, id, head, body)
    swap = (
        "UPDATE meta SET value = json_set(value, '$[0]', iif(value ->> 0 = 'a', 'b', 'a')) "
        "WHERE key GLOB 'lock:*'"
    )
    store.write(lambda c: c.execute(swap))
    assert _get(store, "a", "house pin", "s") is None
    assert _get(store, "b", "house pin", "s") is None


def _overwrite(store: Store, id: int, head: bytes, body: bytes) -> None:
    said = "UPDATE vault_record SET head = ?, body = ? WHERE id = ?"
    store.write(lambda c: c.execute(said, (head, body, id)))


@pytest.mark.parametrize("first", [0, 1])
def test_a_record_in_the_place_of_another_is_none(store: Store, first: int) -> None:
    _put(store, "a", "house pin", "1111", "s")
    _put(store, "a", "bank pin", "2222", "s")
    assert _get(store, "a", "pin", "s") == "2222"
    with store.read() as connection:
        rows = connection.execute("SELECT id, head, body FROM vault_record").fetchall()
    (id, *_), (other, head, body) = rows[first], rows[1 - first]
    # Put over the other and gone from its own place, it would still be found by “pin”.
    _overwrite(store, id, head, body)
    store.write(lambda c: sealed.drop(c, other))
    assert _get(store, "a", "pin", "s") is None


def test_an_older_value_cannot_be_put_under_a_newer_key(store: Store) -> None:
    _put(store, "a", "pin", "1111", "s")
    with store.read() as connection:
        (old,) = connection.execute("SELECT body FROM vault_record").fetchone()
    _put(store, "a", "pin", "2222", "s")
    store.write(lambda c: c.execute("UPDATE vault_record SET body = ?", (old,)))
    with pytest.raises(DamagedLibraryError, match="damaged"):
        _get(store, "a", "pin", "s")
    assert _get(store, "a", "pin", "wrong") is None


# -- over time -------------------------------------------------------------------------------------


def test_a_dearer_lock_takes_over_what_this_secret_opens_and_leaves_the_rest(store: Store) -> None:
    for number in range(5):
        _put(store, "home", f"key {number}", f"v{number}", "one")
    _put(store, "home", "key 0", "other", "two")
    _put(store, "home", "key 2", "newer", "one", _HIGHER)
    with store.read() as connection:
        new, old = sealed.locks(connection, "home")
        assert (new.cost, old.cost) == (_HIGHER, _LOW)
        assert len(sealed.heads(connection, new.id)) == 5
        assert len(sealed.heads(connection, old.id)) == 1
    assert [_get(store, "home", f"key {n}", "one") for n in range(5)] == [
        "v0", "v1", "newer", "v3", "v4",
    ]  # fmt: skip
    assert _get(store, "home", "key 0", "two") == "other"
    _put(store, "home", "key 0", "moved", "two", _HIGHER)
    with store.read() as connection:
        assert [lock.cost for lock in sealed.locks(connection, "home")] == [_HIGHER]
    assert _get(store, "home", "key 0", "two") == "moved"
    # A program that would be content with less goes on with the dearer lock.
    _put(store, "home", "key 9", "v9", "one", _LOW)
    assert _locks(store) == 1


def test_two_programs_put_into_one_new_scope_at_once(tmp_path: Path) -> None:
    path = tmp_path / "both.brain"
    with Store.open(path) as one, Store.open(path) as other:

        def many(store: Store, name: str) -> None:
            for number in range(15):
                _put(store, "home", f"{name} {number}", f"{name}{number}", "s")

        threads = [threading.Thread(target=many, args=pair) for pair in ((one, "x"), (other, "y"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert _locks(one) == 1
        for name in "xy":
            for number in range(15):
                assert _get(one, "home", f"{name} {number}", "s") == f"{name}{number}"
        assert _rows(one, "vault_record") == 30
        assert verify(one).sound


def test_scopes_are_those_that_hold_something(store: Store) -> None:
    assert vault.scopes(store) == []
    _put(store, "home", "pin", "1", "s")
    _put(store, "a/b 🗝️", "pin", "1", "s")
    assert _get(store, "nowhere", "pin", "s") is None
    assert vault.scopes(store) == ["a/b 🗝️", "home"]


def test_a_backup_carries_the_vault_and_gives_it_back(tmp_path: Path) -> None:
    path, safe = tmp_path / "library.brain", tmp_path / "safe.brain"
    with Store.open(path) as store:
        _put(store, "home", "pin", "1111", "s")
        store.backup(safe)
        _put(store, "home", "pin", "2222", "s")
    restored = Library.restore_backup(safe, path)
    assert restored.proven
    with Store.open(path) as store:
        assert _get(store, "home", "pin", "s") == "1111"
        assert verify(store).sound


def test_what_can_only_be_read_gives_its_values_and_takes_none(tmp_path: Path) -> None:
    path = tmp_path / "library.brain"
    with Store.open(path) as store:
        _put(store, "home", "pin", "1111", "s")
    with Store.open(path, read_only=True) as store:
        assert _get(store, "home", "pin", "s") == "1111"
        with pytest.raises(LibraryError, match="only be read"):
            _put(store, "home", "pin", "2222", "s")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (f"{_HARMED} json_set(value, '$[2]', 3) {_LOCKS}", "Lock 1 of the vault"),
        (f"{_HARMED} json_set(value, '$[2]', 1 << 40) {_LOCKS}", "Lock 1 of the vault"),
        (f"{_HARMED} json_set(value, '$[1]', '00') {_LOCKS}", "Lock 1 of the vault"),
        ("UPDATE vault_record SET body = x'0102'", "1 entries of the vault"),
        (f"DELETE FROM meta {_LOCKS}", "Lock 1 of the vault is gone"),
    ],
)
def test_verify_sees_rows_that_are_out_of_shape(tmp_path: Path, harm: str, told: str) -> None:
    path = tmp_path / "library.brain"
    with Store.open(path) as store:
        _put(store, "home", "pin", "1111", "s")
    connection = sqlite3.connect(path)
    connection.execute(harm)
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        problems = verify(store).problems
    assert any(told in problem for problem in problems), problems


def test_a_damaged_lock_is_one_sentence(store: Store) -> None:
    _put(store, "home", "pin", "1111", "s")
    store.write(lambda c: c.execute(f"{_HARMED} json_set(value, '$[2]', 1 << 40) {_LOCKS}"))
    with pytest.raises(DamagedLibraryError, match="backup"):
        _get(store, "home", "pin", "s")


@pytest.mark.slow
def test_the_library_of_ciphers_is_not_loaded_with_the_workbench() -> None:
    import subprocess
    import sys

    script = "import sys, workbench.library; print('cryptography' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(100),
    )
    assert done.stdout.strip() == "False"
