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
