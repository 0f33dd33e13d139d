"""The best so far: a small ascending array of keys, score above ordinal.

Scores are whole numbers, so ties are exact, and of two facts with one score the newer one wins.
"""

from workbench import kernels
from workbench.memory.postings.arrays import I64

#: Bits below the score.
ORDINAL_BITS = 32
NEWEST = 0xFFFFFFFF


@kernels.inner
def push(heap: I64, held: int, key: int) -> int:
    """Put a key in; a full heap loses its worst, `heap[0]`. Returns how many it holds then."""
    if held < heap.size:
        i = held
        while i > 0 and heap[i - 1] > key:
            heap[i] = heap[i - 1]
            i -= 1
        heap[i] = key
        return held + 1
    i = 0
    while i + 1 < heap.size and heap[i + 1] < key:
        heap[i] = heap[i + 1]
        i += 1
    heap[i] = key
    return held


@kernels.inner
def bar(heap: I64, held: int) -> int:
    """What a key has to exceed to come in."""
    if held == heap.size:
        return heap[0]  # type: ignore[no-any-return]
    return -1
