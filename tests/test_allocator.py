"""What a process frees goes back to the system."""

import subprocess
import sys

import pytest

_CHILD = """
import re, sys
from workbench import allocator
if sys.argv[1] == "settled":
    allocator.settle()
def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1000
# From the first large piece that is freed on glibc takes such pieces from its heap.
bytearray(30_000_000)
before = held()
pieces = [(bytearray(b"x") * 2_000_000, bytearray(100_000)) for _ in range(50)]
kept = [small for _, small in pieces]
full = held()
del pieces
print(full - before, held() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc has settings for this")
def test_large_pieces_that_are_freed_go_back_at_once() -> None:
    left = {}
    for how in ("settled", "as it comes"):
        command = [sys.executable, "-c", _CHILD, how]
        words = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        full, left[how] = map(int, words)
        assert full >= 95
    assert left["settled"] < 20
    if left["as it comes"] < 50:
        pytest.skip("this C library gives back what is freed by itself")
