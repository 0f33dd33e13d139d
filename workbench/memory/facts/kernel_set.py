"""The kernels of the fact memory, made ready together."""

from workbench.kernels import KernelSet

_POSTINGS = (
    "arrays",
    "salting",
    "heap",
    "lookup",
    "scoring",
    "meeting",
    "merging",
    "tail",
    "spelling",
)

FACT_KERNELS = KernelSet("facts", tuple(f"workbench.memory.postings.{name}" for name in _POSTINGS))
