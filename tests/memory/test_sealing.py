"""Keys from a secret, and sealed bytes that open only with their key at their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import DamagedLibraryError, WorkbenchError
from workbench.memory import sealing
from workbench.store.sealed import Cost

_LOW = Cost(n=2, r=1, p=1)


def test_a_secret_makes_the_same_key_only_with_its_salt_and_cost() -> None:
    key = sealing.derive("pear", b"s" * 16, _LOW)
    assert key == sealing.derive("pear", b"s" * 16, _LOW)
    others = [
        sealing.derive("Pear", b"s" * 16, _LOW),
        sealing.derive("pear ", b"s" * 16, _LOW),
        sealing.derive("pear", b"t" * 16, _LOW),
        sealing.derive("pear", b"s" * 16, Cost(n=4, r=1, p=1)),
        sealing.derive("pear", b"s" * 16, Cost(n=2, r=1, p=2)),
    ]
    assert len({key, *others}) == 6


def test_a_secret_may_be_typed_on_another_keyboard() -> None:
    for one, other in (("café", "cafe\u0301"), ("pin 42", "pin ４２"), ("ﬁne", "fine")):
        assert sealing.derive(one, bytes(16), _LOW) == sealing.derive(other, bytes(16), _LOW)


@pytest.mark.parametrize("cost", [Cost(n=1 << 40), Cost(n=0), Cost(n=3), Cost(r=0), Cost(p=99)])
def test_a_lock_that_asks_for_the_impossible_is_refused(cost: Cost) -> None:
    with pytest.raises(DamagedLibraryError, match="damaged"):
        sealing.derive("pear", bytes(16), cost)


def test_too_little_memory_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("hashlib.scrypt", none_left)
    with pytest.raises(WorkbenchError, match=r"128 MB.*Close other programs"):
        sealing.derive("pear", bytes(16), Cost())


def test_the_defaults_are_dear() -> None:
    assert Cost().memory == 128 << 20
    assert Cost().covers(Cost())
    assert not Cost(n=1 << 16).covers(Cost())
    assert Cost(n=1 << 18).covers(Cost())


@given(st.binary(max_size=3000), st.binary(max_size=60), st.integers(2, 600))
def test_what_is_sealed_opens_with_its_key_at_its_place_alone(
    content: bytes, place: bytes, least: int
) -> None:
    key, other = b"k" * 32, b"o" * 32
    sealed = sealing.seal(key, content, place, least)
    assert sealing.unseal(key, sealed, place) == content
    assert sealing.unseal(other, sealed, place) is None
    assert sealing.unseal(key, sealed, place + b"x") is None
    assert sealing.seal(key, content, place, least) != sealed
    assert len(sealed) == 29 + sealing.padded_length(max(least, 8 + len(content)))


@given(st.binary(min_size=1, max_size=40), st.data())
def test_no_changed_byte_goes_unnoticed(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(sealing.seal(b"k" * 32, content, b"", 64))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    assert sealing.unseal(b"k" * 32, bytes(sealed), b"") is None
    assert sealing.unseal(b"k" * 32, bytes(sealed[:at]), b"") is None


@given(st.integers(2, 1 << 30))
def test_padding_is_at_most_an_eighth_and_leaves_few_lengths(size: int) -> None:
    padded = sealing.padded_length(size)
    assert size <= padded <= size * 1.125
    assert sealing.padded_length(padded) == padded
