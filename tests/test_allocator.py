"""What a process frees goes back to the system."""

import subprocess
import sys

import pytest

from workbench import allocator
from workbench.memory import words

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


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc alone")
def test_what_a_model_needs_again_stays_until_it_is_given_back() -> None:
    code = (
        "import resource, numpy as np\n"
        "from workbench import allocator\n"
        "def faults():\n"
        "    for _ in range(20): np.ones(2_000_000, np.float32)\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "    for _ in range(50): np.ones(2_000_000, np.float32)\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before\n"
        "allocator.settle(); lent = faults()\n"
        "allocator.settle_for_models(); kept = faults()\n"
        "print(lent, kept)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lent, kept = map(int, told.stdout.split())
    # Eight megabytes are some 2,000 pages of the system, or four large ones.
    assert kept < max(lent // 10, 50)


def test_what_can_be_had_again_is_forgotten_when_memory_is_given_back() -> None:
    known = words.key("whale")
    assert words.key.cache_info().currsize
    allocator.give_back()
    assert not words.key.cache_info().currsize
    assert words.key("whale") == known
