"""The vault: encrypted values, found by a question and opened with a secret.

A secret opens the records stored with it; with any other there are none, and a wrong secret looks
like an unused key. Two people may use one scope, each with their own secret. There is no index of
records: decrypting the keys of a thousand takes less time than deriving a key. The file reveals the
names of scopes, the numbers of records and writes, and the approximate lengths of values. Whoever
can write to it can remove records or restore older ones, but not read, forge or exchange them. A
weak secret can be guessed at the cost of one `Cost` per try.
"""

import os
import secrets
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Self

from workbench.errors import DamagedLibraryError, LibraryLockedError, UsageError
from workbench.memory import sealing, words
from workbench.memory.vocabulary import DENSE_STOP, STOP
from workbench.store import sealed
from workbench.store.sealed import Cost, Lock
from workbench.store.store import Store

# -- naming ----------------------------------------------------------------------------------------
# Matches questions with keys: “What is the wifi password?” names “wifi password”, not “bank pin”.
#
# A key in the same words matches. Otherwise every word of the key must be in the question, or
# every word of the question in the key: a bank password does not answer a question about the wifi
# password, though they share a word.

#: Maximum characters of a question, and of its words for more than a literal match.
_MAX_CHARACTERS = 20_000
_MAX_WORDS = 64

_QUESTION_VERBS = """
know knew need want look find get see say said remember recall remind current currently again
stored saved kept called put brauche suche finde weiß lautet heißt besoin sais cherche necesito
busco нужен
"""
#: Words that phrase questions, but may also be part of a key.
_QUESTION_WORDS = STOP | frozenset(_QUESTION_VERBS.split())

Form = frozenset[str]
#: The words of a text, each with its forms.
Reading = dict[str, Form]


@dataclass(frozen=True, slots=True)
class Naming:
    """How well a question names a key; larger is better. `literal` is an exact match."""

    literal: bool
    coverage: float
    words: int

    @property
    def order(self) -> tuple[bool, float, int]:
        """The sort key."""
        return self.literal, self.coverage, self.words


def name(key: str) -> str:
    """The normalised key: NFKC, case-folded, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", key).casefold().split())


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question parsed once, to be matched with many keys."""

    name: str
    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, question: str) -> Self:
        """Parse a question."""
        return cls(name(question), _readings(question))


def naming(question: ParsedQuestion, key: str) -> Naming | None:
    """How well the question names the key; None if it does not."""
    if question.name == name(key):
        return Naming(True, 1.0, len(key))
    namings = [_compare(*pair) for pair in product(question.readings, _readings(key))]
    return max((match for match in namings if match), key=lambda match: match.order, default=None)


def _compare(question: Reading, key: Reading) -> Naming | None:
    question_words, key_words = _carrying(question, _QUESTION_WORDS), _carrying(key, STOP)
    if not key_words or len(question_words) > _MAX_WORDS:
        return None
    # Question words count if the key has them, and may be missing otherwise.
    shared = sum(any(word & other for other in question.values()) for word in key_words)
    extra = sum(not any(word & other for other in key_words) for word in question_words)
    is_complete = shared == len(key_words) and extra < len(key_words)
    part = not extra and 2 * shared >= len(key_words)
    if not shared or not (is_complete or part):
        return None
    return Naming(False, shared / len(key_words), shared)


def _carrying(reading: Reading, idle: frozenset[str]) -> frozenset[Form]:
    """The content words; all words if there are none."""
    content = frozenset(forms for word, forms in reading.items() if word not in idle)
    return content or frozenset(reading.values())


def _readings(text: str) -> tuple[Reading, ...]:
    """The words of a text; a second variant if some are joined (WifiPassword)."""
    tokens = list(words.tokens(_cut(text[:_MAX_CHARACTERS])))
    if not tokens:
        tokens = list(words.tokens(text[:_MAX_CHARACTERS]))
    joined: list[str] = []
    parted: list[str] = []
    for token in tokens:
        pieces = [
            w for w in token.words if not (words.is_dense(w) and len(w) == 1 < len(token.raw))
        ]
        is_compound = len(pieces) > 1 and not any(map(words.is_dense, pieces))
        joined += pieces[:1] if is_compound else pieces
        parted += pieces[1:] if is_compound else pieces
    variants = (joined, parted) if parted != joined else (joined,)
    return tuple({word: _forms(word) for word in reading} for reading in variants)


def _cut(text: str) -> str:
    """The text without question words of scripts without spaces."""
    return DENSE_STOP.sub(" ", text)


def _forms(word: str) -> Form:
    return frozenset(words.forms(word, "en"))


# -- vault -----------------------------------------------------------------------------------------

#: Maximum characters of a key or scope name, and bytes of a value.
MAX_KEY = 1_000
MAX_SCOPE = 200
MAX_VALUE = 16 << 20

_HEAD_PADDING, _BODY_PADDING = 64, 256
_IDS = 1 << 62
_TRIES = 5


@dataclass(frozen=True, slots=True)
class _Door:
    """A lock and the key of a secret for it."""

    lock: Lock
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Head:
    """The decrypted head of a record; `number` counts the writes of its lock."""

    id: int
    number: int
    key: str


def save(
    store: Store, scope: str, key: str, value: str, *, secret: str, cost: Cost | None = None
) -> bool:
    """Store `value` under `key`, replacing the former one of this secret.

    `cost` is that of a new lock (None: `Cost()`). If all locks of the scope are cheaper, it gets
    another, to which the records of this secret move. Returns False if a reader of an older
    snapshot prevents truncating the write-ahead log, in which a former value may remain, encrypted.
    Raises `UsageError`.
    """
    scope, key = _scope(scope), key.strip()
    _check(key, value, secret)
    for _ in range(_TRIES):
        lock = store.write(lambda c: _lock(c, scope, cost or Cost()))
        with store.read() as connection:
            locks = sealed.locks(connection, scope)
        door = _open(lock, secret)
        older_doors = [_open(other, secret) for other in reversed(locks) if other.id != lock.id]
        if store.write(_putting(door, older_doors, key, value), sync=True):
            return store.empty_log()
    raise LibraryLockedError(
        "Other programs are changing this scope of the vault.", "Try again in a moment."
    )


def get(
    store: Store, scope: str, question: str, *, secret: str, cost: Cost | None = None
) -> str | None:
    """The value whose key equals the question, or matches it best; the newest of equals.

    None if this secret opens none: a wrong secret, an unused key and an unknown scope are
    indistinguishable, and take the time of a try (`cost` if there is no lock). Raises `UsageError`
    for empty input, `DamagedLibraryError` for a manipulated value.
    """
    scope = _scope(scope)
    if not question.strip():
        raise UsageError("Which value?", "Name its key, or ask for it.")
    _check_secret(secret)
    with store.read() as connection:
        locks = sealed.locks(connection, scope)
    if not locks:
        sealing.derive(secret, bytes(sealed.SALT), cost or Cost())
        return None
    for lock in locks:
        door = _open(lock, secret)
        with store.read() as connection:
            best = _best(connection, door, question)
            if best is not None:
                return _value(connection, door, best)
    return None


def scopes(store: Store) -> list[str]:
    """The scopes with records; how many and under which secrets is unknown."""
    with store.read() as connection:
        return sealed.scopes(connection)


def _scope(name: str) -> str:
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        raise UsageError("Whose vault?", "Give the name of a scope, such as “home”.")
    if len(name) > MAX_SCOPE:
        raise UsageError(
            f"The name of a scope may have {MAX_SCOPE} characters.", "Choose a shorter one."
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise UsageError(
            "The name of a scope may hold no control characters.", "Choose a plainer one."
        )
    return name


def _check(key: str, value: str, secret: str) -> None:
    _check_secret(secret)
    if not key:
        raise UsageError("A value needs a key.", "Name it, such as “wifi password”.")
    if len(key) > MAX_KEY:
        raise UsageError(f"A key may have {MAX_KEY} characters.", "Say it in fewer words.")
    if not value:
        raise UsageError("There is no value to keep.", "Give one.")
    if len(value.encode("utf-8", "surrogatepass")) > MAX_VALUE:
        raise UsageError(
            f"A value may have {MAX_VALUE >> 20} MB.",
            "Encrypt a file this large by itself, and keep its password here.",
        )


def _check_secret(secret: str) -> None:
    if not secret:
        raise UsageError("Without a secret there is no vault.", "Give one.")


# -- locks -----------------------------------------------------------------------------------------


def _lock(connection: sqlite3.Connection, scope: str, cost: Cost) -> Lock:
    """The newest lock of a scope with at least this cost; a new one if there is none."""
    for lock in sealed.locks(connection, scope):
        if lock.cost.covers(cost):
            return lock
    return sealed.add_lock(connection, scope, os.urandom(sealed.SALT), cost)


def _open(lock: Lock, secret: str) -> _Door:
    return _Door(lock, sealing.derive(secret, lock.salt, lock.cost))


def _putting(
    door: _Door, older_doors: Sequence[_Door], key: str, value: str
) -> Callable[[sqlite3.Connection], bool]:
    """One transaction: move records of former locks, then put; False if the lock is gone."""

    def work(connection: sqlite3.Connection) -> bool:
        if not sealed.exists(connection, door.lock.id):
            return False
        for other in older_doors:
            _move(connection, other, door)
        existing = _of_name(connection, door, key)
        _write(connection, door, key, value.encode("utf-8", "surrogatepass"), existing)
        return True

    return work


def _move(connection: sqlite3.Connection, old: _Door, new: _Door) -> None:
    """Store again the records of this secret under another lock, in order."""
    for head in sorted(_heads(connection, old), key=lambda record: record.number):
        body = _body(connection, old, head)
        if body is None:
            # Damaged records stay, to be repaired from a backup.
            continue
        sealed.drop(connection, head.id)
        # An existing one is newer.
        if _of_name(connection, new, head.key) is None:
            _write(connection, new, head.key, body, None)
    sealed.drop_empty(connection, old.lock.id)


# -- records ---------------------------------------------------------------------------------------


def _place(door: _Door, part: bytes, id: int, number: int) -> bytes:
    """The associated data of a record: of fixed length but for the scope."""
    numbers = id.to_bytes(8, "big") + number.to_bytes(8, "big")
    return part + door.lock.salt + numbers + door.lock.scope.encode()


def _write(
    connection: sqlite3.Connection, door: _Door, key: str, value: bytes, existing: _Head | None
) -> None:
    id = secrets.randbelow(_IDS) if existing is None else existing.id
    number = sealed.count_write(connection, door.lock.id)
    content = number.to_bytes(8, "big") + key.encode("utf-8", "surrogatepass")
    head = sealing.seal(door.key, content, _place(door, b"key.", id, 0), _HEAD_PADDING)
    body = sealing.seal(door.key, value, _place(door, b"data", id, number), _BODY_PADDING)
    sealed.store(connection, id, door.lock.id, head, body)


def _heads(connection: sqlite3.Connection, door: _Door) -> Iterator[_Head]:
    """Yield the records that this secret opens, with their keys."""
    for id, head in sealed.heads(connection, door.lock.id):
        content = sealing.unseal(door.key, head, _place(door, b"key.", id, 0))
        if content is not None:
            key = content[8:].decode("utf-8", "surrogatepass")
            yield _Head(id, int.from_bytes(content[:8], "big"), key)


def _body(connection: sqlite3.Connection, door: _Door, head: _Head) -> bytes | None:
    place = _place(door, b"data", head.id, head.number)
    return sealing.unseal(door.key, sealed.body(connection, head.id), place)


def _value(connection: sqlite3.Connection, door: _Door, head: _Head) -> str:
    body = _body(connection, door, head)
    if body is None:
        raise DamagedLibraryError(
            "This value of the vault is damaged, so it cannot be opened.",
            "Restore the library from a backup: workbench restore-backup FILE.",
        )
    return body.decode("utf-8", "surrogatepass")


def _of_name(connection: sqlite3.Connection, door: _Door, key: str) -> _Head | None:
    """The record with this normalised key."""
    target = name(key)
    heads = _heads(connection, door)
    return next((head for head in heads if name(head.key) == target), None)


def _best(connection: sqlite3.Connection, door: _Door, question: str) -> _Head | None:
    """The record whose key the question names best, the newest of equals."""
    parsed = ParsedQuestion.of(question)
    best: tuple[Naming, _Head] | None = None
    for head in _heads(connection, door):
        match = naming(parsed, head.key)
        if match is None:
            continue
        if best is None or (match.order, head.number) > (best[0].order, best[1].number):
            best = match, head
    return None if best is None else best[1]
