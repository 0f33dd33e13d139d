"""Outlook's container: its letter and its files."""

import struct

import pytest

from ingest import tnef
from ingest.errors import DamagedFileError


def _attribute(name: int, value: bytes) -> bytes:
    return struct.pack("<BII", 1, name, len(value)) + value + b"\0\0"


def test_letter_and_files_are_taken_out() -> None:
    """The body is the letter, each file has its name."""
    data = struct.pack("<IH", 0x223E9F78, 1) + _attribute(0x2800C, b"The pump is late.\0")
    data += _attribute(0x69002, b"\0" * 14) + _attribute(0x18010, b"pump.txt\0")
    data += _attribute(0x6800F, b"It comes on Friday.")
    letter, file = tnef.message(data).iter_parts()
    assert letter.get_content().strip() == "The pump is late."
    assert (file.get_filename(), file.get_content()) == ("pump.txt", b"It comes on Friday.")


def test_something_else_is_damaged() -> None:
    """What only bears the name is refused."""
    with pytest.raises(DamagedFileError):
        tnef.message(b"no container")


def test_a_letter_kept_as_compressed_rich_text_is_read() -> None:
    """The stream is the example of [MS-OXRTFCP], 4.1."""
    stream = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )
    padded = stream.ljust(-(-len(stream) // 4) * 4, b"\0")
    properties = struct.pack("<IHHII", 1, 0x102, 0x1009, 1, len(stream)) + padded
    data = struct.pack("<IH", 0x223E9F78, 1) + _attribute(0x69003, properties)
    assert tnef.message(data).get_content().strip() == "hello world"


@pytest.mark.parametrize("cut", [17, 20, 30, 40])
def test_compressed_rich_text_may_be_cut_off(cut: int) -> None:
    """What is there is read."""
    stream = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}".startswith(tnef.decompressed(stream[:cut]))


def test_other_streams_are_damaged() -> None:
    """A form that nobody knows is named."""
    with pytest.raises(DamagedFileError):
        tnef.decompressed(b"\0" * 20)
